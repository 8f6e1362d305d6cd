//! One thread owns the network and its device, and decides who is served next.
//!
//! - **Interactive requests** ([`Scheduler::ask`]): the newest request replaces an older one that still waits, and goes first. Two models may be
//!   asked, each in its own [`ModelSlot`]: the first one's request goes before the second one's.
//! - **Jobs** ([`Jobs::start`], [`Jobs::gradient`]: searches, studies): long lists of candidates, cut into batches that take no
//!   longer than 50 ms at the measured rate, and one candidate at least; or one gradient. Between batches interactive requests go first, and jobs take turns. Whoever drops
//!   the [`Batches`] of a job has cancelled it: nothing of it runs after the batch in flight.
//! - **Background requests** ([`Scheduler::ask_background`], [`Scheduler::ask_list`]), one frame each, once the input has been idle. The bands of
//!   the explored lesion's sliders, the verdicts of a list that are in sight, and jobs take turns, and whoever has waited longest is
//!   next. What of the list is not in sight comes last; while jobs run it is given one turn in nine of theirs.
//!
//! A batch that does not fit into the device's memory is halved and tried again. A lost device answers every request with an
//! error that says so until a model is loaded again ([`Scheduler::load`]), on that device or on the processor.

mod handle;
mod job;
mod jobs;
mod pace;
mod queues;
mod request;
mod slots;
#[cfg(test)]
mod tests;
mod thread;

pub use handle::Scheduler;
pub use job::WithGradient;
pub use jobs::{Batches, Gradient, Jobs};
pub use request::{Loaded, Reply, ReplyToLoad, Request};
pub use slots::{ModelSlot, PerModel};
