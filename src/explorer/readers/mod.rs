//! Reader studies.
//!
//! - [`state`]: the open reader study and the form; [`command`]: what can be asked; `apply`: what that, and an answer, changes
//! - [`request`]: what the threads are asked and what they answer; [`worker`]: the threads
//! - `panel`: the page
//! - [`reading`]: another window, in which readers read

pub(crate) mod apply;
pub mod command;
pub(crate) mod panel;
pub mod reading;
pub mod request;
pub mod state;
pub mod worker;
