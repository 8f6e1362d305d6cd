//! The window of a reader study: one picture at a time, at a fixed size, on neutral grey.
//!
//! - [`state`]: what is shown, and what a key or a button changes; no clock of its own, no egui; [`stage`]: the words for both
//! - [`session_thread`]: the thread that hands out cases and stores answers
//! - `panels`: the appearance; everything but the picture's pixels is the same for every case
//! - [`app`]: connects them; `window` opens it
//!
//! Blinding: the window receives the pixels and the question ([`flipscope_lab::reader::Shown`]), and nothing else about a case.
//! Before every picture the screen is empty for [`state::BLANK`], however long storing the previous answer took. The response
//! time runs from the moment that the picture is drawn to the last key of the answer.

pub mod app;
mod panels;
pub mod session_thread;
pub mod stage;
pub mod state;
mod window;

pub use app::ReadingApp;
pub use window::run;
