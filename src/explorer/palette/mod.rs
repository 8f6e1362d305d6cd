//! The command palette: every command by name, found by typing a part of it.
//!
//! [`state`]: what is typed and chosen, and what was run recently; [`command`] and `apply`: how that changes; `ranking`: what is
//! listed for what is typed, and in which order; `panel`: what is drawn. What there is to run comes from
//! [`crate::explorer::actions`].

pub(crate) mod apply;
pub mod command;
pub(crate) mod panel;
mod ranking;
pub mod state;
