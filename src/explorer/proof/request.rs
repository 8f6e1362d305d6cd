//! Requests to the threads of proofs, and their answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::proof::{Proof, ProofProgress, ProofRecord, Proved};
use flipscope_lab::search::SearchOutcome;
use flipscope_model::scheduler::Loaded;

use crate::explorer::proof::state::ProofId;

/// Work on a proof.
#[derive(Clone, Debug)]
pub enum ProofWork {
    /// Count the distinct frames of the box.
    Count(ProofId, Box<Proof>),
    /// Judge them.
    Prove {
        /// Its identifier in answers.
        id: ProofId,
        /// What is proved.
        proof: Box<Proof>,
        /// What an earlier run has judged.
        earlier: Option<Box<ProofRecord>>,
        /// By which model.
        loaded: Box<Loaded>,
        /// Cancels it.
        cancel: Cancel,
    },
    /// Write a record, and the nearest flip, into a folder.
    Save {
        /// What is written.
        record: Arc<ProofRecord>,
        /// The unaltered frame.
        frame: Arc<Frame>,
        /// The nearest flip, if it is to be written too.
        nearest: Option<Arc<SearchOutcome>>,
        /// Name of the photograph.
        name: String,
        /// Where to.
        folder: PathBuf,
    },
}

/// What the threads report.
#[derive(Debug)]
pub enum ProofAnswer {
    /// The distinct frames, and how many of them are judged; or why they cannot be counted.
    Counted(ProofId, Result<(u64, usize), String>),
    /// A batch is judged.
    Progress(ProofId, ProofProgress),
    /// What is judged so far, from which another run can go on.
    SoFar(ProofId, Arc<ProofRecord>),
    /// It has ended: finished, or cancelled.
    Ended(ProofId, Result<Box<Proved>, String>),
    /// A record was written, or not.
    Saved(Result<PathBuf, String>),
}
