//! The tour: five steps from a synthetic sample to a person's own first flip. It goes on by what the person does, can be left at
//! any time, and started again from the menu *Help*.

pub mod apply;
pub mod command;
pub mod flip;
pub(crate) mod flipped;
pub(crate) mod panel;
pub mod state;
pub mod tasks;
