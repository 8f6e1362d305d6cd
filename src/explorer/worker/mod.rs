//! What the window's threads have in common: they receive requests through inboxes, and send [`Answer`]s through one channel;
//! each answer wakes the window. Each feature has its own threads; the system's dialogs ([`dialogs`]), and saving a frame, are here.

pub(crate) mod altered_frame;
mod answer;
pub(crate) mod choice;
pub mod dialogs;

pub use answer::{Answer, Outbox, SavedPicture};
