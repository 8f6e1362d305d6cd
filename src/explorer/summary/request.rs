//! Requests to the thread that looks for the smallest changes that flip, and its answers.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::explain::summary::{Memory, Smallest, Summary, SummaryRequest};
use flipscope_model::scheduler::Loaded;

use crate::explorer::explain::request::NotMade;
use crate::explorer::summary::rest::Rest;
use crate::explorer::summary::state::SummaryId;

/// A summary that is wanted.
#[derive(Clone, Debug)]
pub struct SummaryWork {
    /// Its identifier in answers.
    pub id: SummaryId,
    /// Of what.
    pub request: SummaryRequest,
    /// The families that are known already.
    pub known: Vec<Smallest>,
    /// What the network has said of the next one.
    pub memory: Memory,
    /// It begins after a rest.
    pub rest: Rest,
    /// By which model.
    pub loaded: Box<Loaded>,
    /// Stops it.
    pub cancel: Cancel,
}

/// What the thread reports.
#[derive(Debug)]
pub enum SummaryAnswer {
    /// What was found so far.
    SoFar(SummaryId, Arc<Summary>),
    /// Pictures that are judged, and how many at most.
    Progress(SummaryId, [usize; 2]),
    /// It has ended.
    Ended(SummaryId, Result<Arc<Summary>, NotMade>),
}
