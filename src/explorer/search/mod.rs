//! Searches for the smallest change that flips the answer, and the findings tray.
//!
//! - [`state`]: searches and findings; [`command`]: what can be asked; `apply`, `stopping`: what that, and an answer, changes
//! - [`request`]: what the thread is asked and what it answers; [`worker`]: the thread, and the writing of findings
//! - `panel`: the form, the searches under way, the tray

pub(crate) mod apply;
pub mod command;
pub(crate) mod panel;
pub mod request;
pub mod state;
pub(crate) mod stopping;
pub mod worker;
