//! Reader studies.
//!
//! - [`state`]: the open reader study and the form; [`command`]: what can be asked for; `apply`: how commands and answers
//!   change the state
//! - [`request`]: requests to the threads and their answers; [`worker`]: the threads
//! - `obstacle`: what stands in the way of a new reader study; `proposals`: what its form proposes
//! - `panel`: the page
//! - [`reading`]: the separate window in which readers read

pub(crate) mod apply;
pub mod command;
pub(crate) mod obstacle;
pub(crate) mod panel;
pub(crate) mod proposals;
pub mod reading;
pub mod request;
pub mod state;
pub mod worker;
