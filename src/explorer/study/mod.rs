//! Studies of a whole labelled set.
//!
//! - [`state`]: the open study and the form; [`command`]: what can be asked; `apply`: what that, and an answer, changes
//! - [`request`]: what the threads are asked and what they answer; [`worker`]: the threads
//! - `panel`: the page

pub(crate) mod apply;
pub mod command;
pub(crate) mod panel;
pub mod request;
pub mod state;
pub mod worker;
