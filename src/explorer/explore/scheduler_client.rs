//! The window's questions to the scheduler, and its answers as the window takes them.

use std::sync::Arc;

use flipscope_model::scheduler::{Jobs, Question, Scheduler, Seat};
use flipscope_model::{Candidate, DeviceChoice, ModelSource, Overrides};

use crate::explorer::explore::request::{Asked, Purpose};
use crate::explorer::worker::{Answer, Outbox};

/// The scheduler, and where its answers go.
pub struct Judge {
    scheduler: Scheduler,
    outbox: Outbox,
}

impl Judge {
    /// Starts the thread; it has no model until [`Judge::load`].
    ///
    /// # Errors
    /// If the system starts no thread.
    pub fn start(overrides: Overrides, outbox: Outbox) -> std::io::Result<Self> {
        Ok(Self {
            scheduler: Scheduler::start(overrides)?,
            outbox,
        })
    }

    /// Loads another model into a seat; the one that sits there answers until it is there.
    pub fn load(&self, seat: Seat, source: ModelSource, device: DeviceChoice) {
        let outbox = self.outbox.clone();
        self.scheduler.load(
            seat,
            source.clone(),
            device,
            Box::new(move |result| {
                let result = result.map(Box::new).map_err(|error| error.to_string());
                outbox.send(Answer::Model {
                    seat,
                    source,
                    device,
                    result,
                });
            }),
        );
    }

    /// Lets the model of a seat go.
    pub fn unload(&self, seat: Seat) {
        self.scheduler.unload(seat);
    }

    /// By which searches have their candidates judged.
    pub fn jobs(&self) -> Jobs {
        self.scheduler.jobs()
    }

    /// Asks at once.
    pub fn ask(&self, asked: Asked) {
        self.scheduler.ask(self.question(asked));
    }

    /// Asks about the explored lesion when there is time; replaces what was asked so before. The verdict of the original is half of
    /// what the person looks at: it waits for nothing but the hand's own question.
    pub fn ask_later(&self, asked: Vec<Asked>) {
        let (originals, bands): (Vec<_>, Vec<_>) =
            (asked.into_iter()).partition(|asked| asked.purpose == Purpose::Before);
        self.scheduler
            .ask_later(self.questions(originals), self.questions(bands));
    }

    /// Asks about the list: what is in sight, and the rest; replaces what was asked so before.
    pub fn ask_list(&self, in_sight: Vec<Asked>, out_of_sight: Vec<Asked>) {
        self.scheduler
            .ask_list(self.questions(in_sight), self.questions(out_of_sight));
    }

    fn questions(&self, asked: Vec<Asked>) -> Vec<Question> {
        asked
            .into_iter()
            .map(|asked| self.question(asked))
            .collect()
    }

    fn question(&self, asked: Asked) -> Question {
        let perturbation = match asked.purpose {
            Purpose::Before | Purpose::Listed => Arc::new(asked.perturbation.of_original()),
            Purpose::Altered | Purpose::Track(_) => Arc::clone(&asked.perturbation),
        };
        let outbox = self.outbox.clone();
        Question {
            seat: asked.seat,
            candidate: Candidate {
                frame: Arc::clone(&asked.frame),
                perturbation,
            },
            reply: Box::new(move |result| {
                outbox.send(Answer::Judged {
                    asked,
                    result: result.map_err(|error| error.to_string()),
                });
            }),
        }
    }
}
