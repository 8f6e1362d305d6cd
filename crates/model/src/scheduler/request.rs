//! One request to the scheduler, and the callback for its answer.

use std::sync::Arc;

use super::slots::ModelSlot;
use crate::checkpoint::info::ModelInfo;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};
use crate::inference::device::DeviceKind;

/// Called with the score of one candidate. Dropped uncalled if a newer request replaces it, or no model is loaded.
pub type Reply = Box<dyn FnOnce(Result<Scored, ClassifierError>) + Send>;

/// Called with what has been loaded, or why loading failed.
pub type ReplyToLoad = Box<dyn FnOnce(Result<Loaded, ClassifierError>) + Send>;

/// A candidate, and the callback for its score. It is called on the scheduler's thread, so it must be quick.
pub struct Request {
    /// The model to use.
    pub slot: ModelSlot,
    /// What to score.
    pub candidate: Candidate,
    /// Called with the score.
    pub reply: Reply,
}

/// The model that answers from now on.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its checkpoint's metadata.
    pub info: ModelInfo,
    /// The device in use, in words.
    pub device: Arc<str>,
    /// What kind of device that is.
    pub kind: DeviceKind,
    /// Why it is not the preferred device.
    pub note: Option<String>,
    /// The type that it computes in.
    pub precision: &'static str,
    /// Counts the models that this scheduler has loaded; a job names its model by it.
    pub generation: u64,
}
