//! The window's requests to the scheduler, and the answers in the form that the window uses.

use std::sync::Arc;

use flipscope_language::{current, within};
use flipscope_model::scheduler::{Jobs, ModelSlot, Request, Scheduler};
use flipscope_model::{Candidate, DeviceChoice, ModelSource, Overrides, Remedy};

use crate::explorer::explore::request::{Asked, Purpose};
use crate::explorer::worker::{Answer, Outbox};

/// The scheduler, and where its answers are sent.
pub struct SchedulerClient {
    scheduler: Scheduler,
    outbox: Outbox,
}

impl SchedulerClient {
    /// Starts the thread; it has no model until [`SchedulerClient::load`].
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(overrides: Overrides, outbox: Outbox) -> std::io::Result<Self> {
        Ok(Self {
            scheduler: Scheduler::start(overrides)?,
            outbox,
        })
    }

    /// Loads another model into a slot; the previous one answers until it is loaded.
    pub fn load(&self, slot: ModelSlot, source: ModelSource, device: DeviceChoice, remedy: Remedy) {
        let outbox = self.outbox.clone();
        let language = current();
        self.scheduler.load_with_remedy(
            slot,
            source.clone(),
            device,
            remedy,
            Box::new(move |result| {
                let result = result.map(Box::new);
                let result = result.map_err(|error| within(language, || error.to_string()));
                outbox.send(Answer::Model {
                    slot,
                    source,
                    device,
                    result,
                });
            }),
        );
    }

    /// States something else about the models that are loaded from now on.
    pub fn assume(&self, overrides: Overrides) {
        self.scheduler.assume(overrides);
    }

    /// Unloads the model of a slot.
    pub fn unload(&self, slot: ModelSlot) {
        self.scheduler.unload(slot);
    }

    /// Used by searches to have their candidates judged.
    pub fn jobs(&self) -> Jobs {
        self.scheduler.jobs()
    }

    /// Asks at once.
    pub fn ask(&self, asked: Asked) {
        self.scheduler.ask(self.request(asked));
    }

    /// Asks about the explored lesion in the background; replaces earlier background requests. The verdict on the original is
    /// half of what the person looks at: it waits for nothing but the interactive request.
    pub fn ask_background(&self, asked: Vec<Asked>) {
        let (originals, bands): (Vec<_>, Vec<_>) =
            (asked.into_iter()).partition(|asked| asked.purpose == Purpose::Before);
        self.scheduler
            .ask_background(self.requests(originals), self.requests(bands));
    }

    /// Asks about the list: what a person waits for, the visible part, and the rest; replaces earlier requests about the list.
    pub fn ask_list(&self, wanted: Vec<Asked>, in_sight: Vec<Asked>, out_of_sight: Vec<Asked>) {
        self.scheduler.ask_list(
            self.requests(wanted),
            self.requests(in_sight),
            self.requests(out_of_sight),
        );
    }

    fn requests(&self, asked: Vec<Asked>) -> Vec<Request> {
        asked.into_iter().map(|asked| self.request(asked)).collect()
    }

    fn request(&self, asked: Asked) -> Request {
        let perturbation = match asked.purpose {
            Purpose::Before | Purpose::Listed => Arc::new(asked.perturbation.of_original()),
            Purpose::Altered | Purpose::Applied | Purpose::Band(_) => {
                Arc::clone(&asked.perturbation)
            }
        };
        let outbox = self.outbox.clone();
        let language = current();
        Request {
            slot: asked.slot,
            candidate: Candidate {
                frame: Arc::clone(&asked.frame),
                perturbation,
            },
            reply: Box::new(move |result| {
                outbox.send(Answer::Judged {
                    asked,
                    result: result.map_err(|error| within(language, || error.to_string())),
                });
            }),
        }
    }
}
