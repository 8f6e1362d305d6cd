//! Presenter mode, for a lecture hall: the whole screen, everything in the size of the last row, panes on demand, a pointer that
//! can be seen, and *guess, then reveal*: the verdict stays hidden until a key.

pub mod apply;
pub mod command;
pub mod fit;
pub(crate) mod hints;
pub(crate) mod keys;
pub(crate) mod leaving;
pub(crate) mod panel;
pub mod state;
