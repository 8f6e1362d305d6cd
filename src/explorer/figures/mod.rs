//! Figures from the page *Explore*: the altered picture as a figure of a chosen size, a contact sheet of findings, and what goes
//! to the clipboard.
//!
//! - [`state`]: the settings, the dialog, its preview; [`command`]: what a person can ask for; `apply`: what follows
//! - `obstacle`: what stands in the way
//! - [`request`], `worker`: drawing takes longer than a frame, so that a thread does it
//! - `panel`: the dialog

pub(crate) mod apply;
pub mod command;
pub(crate) mod obstacle;
pub(crate) mod panel;
pub mod request;
pub mod state;
pub(crate) mod worker;
