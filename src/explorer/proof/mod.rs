//! *Prove it steady…*: every distinct frame of a box of changes to the explored lesion, judged in the background, at the lowest priority.
//!
//! - [`state`]: the form, what is counted, under way and proved; [`command`]: what a person can ask for; `apply`: what becomes of it
//! - [`request`]: requests to the threads and their answers; `worker`: the threads
//! - `about`: what a proof depends on; `obstacle`: why it cannot begin; `words`: boxes and outcomes in words; `panel`: the form, the progress
//!   and the outcome

pub(crate) mod about;
pub(crate) mod apply;
pub mod command;
pub(crate) mod obstacle;
pub(crate) mod panel;
pub mod request;
pub mod state;
pub(crate) mod words;
pub(crate) mod worker;
