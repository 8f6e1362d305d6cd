//! The thread's handle: how the window makes requests, loads and unloads models.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use flipscope_base::inbox::Inbox;
use flipscope_language::Language;

use super::backend::Backend;
use super::job::Priority;
use super::jobs::Jobs;
use super::queues::{Change, Queues};
use super::request::{ReplyToLoad, Request};
use super::slots::ModelSlot;
use super::thread;
use crate::checkpoint::overrides::Overrides;
use crate::checkpoint::source::ModelSource;
use crate::error::ClassifierError;
use crate::inference::classifier::Classifier;
use crate::inference::device::DeviceChoice;
use crate::remedy::Remedy;

/// The thread's handle; dropping it ends the thread after the batch in flight.
pub struct Scheduler {
    inbox: Inbox<Queues>,
    thread: Option<JoinHandle<()>>,
    /// What is stated about the models that are loaded from now on.
    overrides: Arc<Mutex<Overrides>>,
    /// The language that the thread speaks from the next load on: that of whoever asked for it.
    language: Arc<Mutex<Language>>,
}

impl Scheduler {
    /// Starts the thread; it has no model until [`Scheduler::load`].
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(overrides: Overrides) -> std::io::Result<Self> {
        let overrides = Arc::new(Mutex::new(overrides));
        let stated = Arc::clone(&overrides);
        let language = Arc::<Mutex<Language>>::default();
        let spoken = Arc::clone(&language);
        let mut started = Self::start_with(move |source: &ModelSource, device, remedy| {
            flipscope_language::set(*spoken.lock().unwrap_or_else(PoisonError::into_inner));
            // The lock is not held while the model is loaded.
            let mut stated = (stated.lock().unwrap_or_else(PoisonError::into_inner)).clone();
            stated.remedy = remedy.unwrap_or(stated.remedy);
            Classifier::load_with(source, device, &stated)
        })?;
        started.overrides = overrides;
        started.language = language;
        Ok(started)
    }

    pub(super) fn start_with<S: Backend>(
        load: impl FnMut(&ModelSource, DeviceChoice, Option<Remedy>) -> Result<S, ClassifierError>
        + Send
        + 'static,
    ) -> std::io::Result<Self> {
        let inbox = Inbox::<Queues>::new();
        let theirs = inbox.clone();
        let thread = std::thread::Builder::new()
            .name("network".to_owned())
            .spawn(move || thread::run(&theirs, load))?;
        Ok(Self {
            inbox,
            thread: Some(thread),
            overrides: Arc::default(),
            language: Arc::default(),
        })
    }

    /// Loads another model onto a device; the previous one in its slot answers until it is loaded. Jobs continue with the model
    /// that they started with.
    pub fn load(
        &self,
        slot: ModelSlot,
        source: ModelSource,
        device: DeviceChoice,
        reply: ReplyToLoad,
    ) {
        self.speak();
        let load = Change::Load(source, device, None, reply);
        self.inbox
            .put(|queues| *queues.models.of_mut(slot) = Some(load));
    }

    /// As [`Scheduler::load`], with a remedy in place of that of the overrides.
    pub fn load_with_remedy(
        &self,
        slot: ModelSlot,
        source: ModelSource,
        device: DeviceChoice,
        remedy: Remedy,
        reply: ReplyToLoad,
    ) {
        self.speak();
        let load = Change::Load(source, device, Some(remedy), reply);
        self.inbox
            .put(|queues| *queues.models.of_mut(slot) = Some(load));
    }

    /// Lets the thread speak the language of this one.
    fn speak(&self) {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner) =
            flipscope_language::current();
    }

    /// States something else about the models that are loaded from now on.
    pub fn assume(&self, overrides: Overrides) {
        *self
            .overrides
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = overrides;
    }

    /// Unloads the model of a slot, and cancels a pending load for it.
    pub fn unload(&self, slot: ModelSlot) {
        self.inbox.put(|queues| {
            *queues.models.of_mut(slot) = Some(Change::Unload);
            *queues.interactive.of_mut(slot) = None;
        });
    }

    /// An interactive request: it goes before everything else, and replaces an earlier request to the same slot that is still
    /// waiting.
    pub fn ask(&self, request: Request) {
        self.inbox.put(|queues| {
            queues.last_interactive = Some(std::time::Instant::now());
            let place = queues.interactive.of_mut(request.slot);
            *place = Some(request);
        });
    }

    /// Background requests about the explored lesion, in this order; they replace the rest of earlier such requests.
    /// `originals` wait for nothing but the interactive request; `bands` take turns with jobs once the input has been idle.
    pub fn ask_background(&self, originals: Vec<Request>, bands: Vec<Request>) {
        self.inbox.put(|queues| {
            queues.originals = originals.into();
            queues.bands = bands.into();
        });
    }

    /// Background requests about a list, in this order; they replace the rest of earlier such requests. Those that a person
    /// has `wanted` take turns with jobs once the input has been idle, and bands wait for them; those `in_sight` take turns with
    /// jobs and bands; the rest comes last.
    pub fn ask_list(
        &self,
        wanted: Vec<Request>,
        in_sight: Vec<Request>,
        out_of_sight: Vec<Request>,
    ) {
        self.inbox.put(|queues| {
            queues.wanted = wanted.into();
            queues.in_sight = in_sight.into();
            queues.out_of_sight = out_of_sight.into();
        });
    }

    /// A handle with which other threads have lists of candidates scored.
    #[must_use]
    pub fn jobs(&self) -> Jobs {
        Jobs {
            inbox: self.inbox.clone(),
            priority: Priority::default(),
        }
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        self.inbox.close();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has already been reported on standard error.
            thread.join().ok();
        }
    }
}
