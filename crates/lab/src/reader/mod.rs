//! The reader study: blinded readers judge frames with and without a perturbation, and are compared with the network on the
//! same pictures.
//!
//! - [`plan`]: the protocol: which lesions in which form, which questions, in which order; made from findings, seeded, hashed
//! - [`store`]: the file that holds the pictures and the answers, and the merging of several such files
//! - [`ReadingSession`]: a reading session without a window: what to show, and the answers
//! - [`results`]: the results, per reader, pooled, across readers, and of the network
//! - [`tables`]: the results as CSV, also for iMRMC; [`report`]: the results as a readable page
//!
//! A *lesion* is what is shown; a *case* is a lesion in one [`plan::Form`]. A *reader* is a pseudonym with a *slot*, which
//! determines the order of the cases. A class that votes by show of hands is one reader, and is never counted as a person.

mod error;
pub mod plan;
mod reading_session;
pub mod report;
pub mod results;
pub mod store;
pub mod tables;

pub use error::ReaderError;
pub use reading_session::{Answer, Feedback, Progress, Question, ReadingSession, Shown};
