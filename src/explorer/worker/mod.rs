//! What the window's threads have in common: they take requests through inboxes, and send [`Answer`]s through one channel; each answer
//! wakes the window. Each feature has its threads with it; here are the system's dialogs, and saving ([`dialogs`]).

mod answer;
pub mod dialogs;

pub use answer::{Answer, Outbox};
