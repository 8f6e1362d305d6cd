//! The reader study: people, blinded, judge frames with and without a perturbation, beside the network on the same pictures.
//!
//! - [`plan`]: the protocol: which lesions in which form, what is asked, in which order; made from findings, seeded, hashed
//! - [`store`]: the file that holds the pictures and the answers, and the merging of several such files
//! - [`ReadingSession`]: a reading under way, without a window: what to show, what was answered
//! - [`results`]: what came out, per reader, pooled, across readers, beside the network
//! - [`tables`]: that as CSV, also for iMRMC; [`report`]: as a page to read
//!
//! A *lesion* is what is shown; a *case* is a lesion in one [`plan::Form`]. A *reader* is a pseudonym with a *slot*, which
//! decides the order of the cases. A class that votes by show of hands is one reader, and is never counted as a person.

mod error;
pub mod plan;
mod reading_session;
pub mod report;
pub mod results;
pub mod store;
pub mod tables;

pub use error::ReaderError;
pub use reading_session::{Answer, Feedback, Progress, Question, ReadingSession, Shown};
