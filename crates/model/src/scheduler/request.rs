//! One request to the scheduler, and who is told its answer.

use std::sync::Arc;

use super::slots::ModelSlot;
use crate::checkpoint::info::ModelInfo;
use crate::error::ClassifierError;
use crate::inference::candidate::{Candidate, Scored};

/// Told the score of one candidate. Dropped unused where a newer request takes its place, or no model is loaded.
pub type Reply = Box<dyn FnOnce(Result<Scored, ClassifierError>) + Send>;

/// Told what has been loaded, or why nothing has.
pub type ReplyToLoad = Box<dyn FnOnce(Result<Loaded, ClassifierError>) + Send>;

/// A candidate, and who wants to know its score. Called on the scheduler's thread: it must not take long.
pub struct Request {
    /// Who is asked.
    pub slot: ModelSlot,
    /// What is scored.
    pub candidate: Candidate,
    /// Told the score.
    pub reply: Reply,
}

/// A model that answers from now on.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What its checkpoint says.
    pub info: ModelInfo,
    /// The device that answers, in words.
    pub device: Arc<str>,
    /// Why it is not the device that was hoped for.
    pub note: Option<String>,
    /// The type that it computes in.
    pub precision: &'static str,
    /// Counts the models that this scheduler has loaded: what a job names.
    pub generation: u64,
}
