//! Searches for the smallest change that flips the verdict, and the findings tray.
//!
//! - [`state`]: searches and findings; [`command`]: what can be asked for; `apply`, `stopping`: how commands and answers change
//!   the state
//! - [`request`]: requests to the thread and its answers; [`worker`]: the thread, and the writing of findings; `queue`: which searches run together on it
//! - `reopen`, `opened`: findings from files, read on a thread, join the tray
//! - `enqueue`: how a search joins the queue; `pace`: how long the network takes for a frame
//! - `direction`: from which verdict to which; `obstacle`: what stands in the way of a search; `other_model`: findings of another model or remedy
//! - `proposing`: in which type its candidates are judged
//! - `finding_words`: what a finding says, also as a text to be copied
//! - `tray`: findings that go with their lesions
//! - `panel`: the form, the running searches, the tray

pub(crate) mod apply;
pub mod command;
pub(crate) mod direction;
pub(crate) mod enqueue;
pub(crate) mod finding_words;
pub(crate) mod obstacle;
pub(crate) mod opened;
pub(crate) mod other_model;
pub(crate) mod pace;
pub(crate) mod panel;
pub(crate) mod proposing;
mod queue;
pub(crate) mod reopen;
pub mod request;
pub mod state;
pub(crate) mod stopping;
pub(crate) mod tray;
pub mod worker;
