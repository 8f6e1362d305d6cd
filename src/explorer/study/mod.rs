//! Studies of a whole labelled set.
//!
//! - [`state`]: the open study and the form; [`command`]: what can be asked for; `apply`, `answers`: how commands and answers
//!   change the state
//! - [`request`]: requests to the threads and their answers; [`worker`]: the threads
//! - `obstacle`: what stands in the way of a new study
//! - `panel`: the page

pub(crate) mod answers;
pub(crate) mod apply;
pub mod command;
pub(crate) mod obstacle;
pub(crate) mod panel;
pub mod request;
pub mod state;
pub mod worker;
