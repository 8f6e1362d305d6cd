//! A path that a person types where the system shows no dialog: it is taken as what would have been chosen there.

pub(crate) mod apply;
pub mod command;
pub(crate) mod panel;
pub mod state;
