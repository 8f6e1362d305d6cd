//! The smallest changes that flip the verdict on the explored lesion, one for each family of changes: looked for in the background, at
//! the lowest priority, while that lesion is looked at.
//!
//! - [`state`]: what was found; [`command`]: what a person can ask for; `apply`: when a search begins and ends
//! - [`rest`]: it begins after a rest; [`request`]: requests to the thread and its answers; `worker`: the thread
//! - `findings`: flips of the tray, named beside them
//! - `panel`: a bar for each family, and the stability in words

pub(crate) mod apply;
pub mod command;
mod findings;
pub(crate) mod panel;
pub mod request;
pub mod rest;
pub mod state;
pub(crate) mod worker;
