//! One thread owns the network and its device, and decides which request is served next.
//!
//! - **Interactive requests** ([`Scheduler::ask`]): the newest request replaces any older one still waiting, and goes first.
//!   There may be two models, each in its own [`ModelSlot`]: the first one's request goes before the second one's.
//! - **Jobs** ([`Jobs::start`], [`Jobs::gradients`]: searches, studies): long lists of candidates whose verdicts are wanted, or whose
//!   gradients are, cut into batches of at least one candidate that take at most 50 ms at the measured rate; gradients have a rate
//!   of their own. Between batches interactive requests go first, and jobs take turns. Dropping the [`Batches`] of a job cancels it:
//!   nothing of it runs after the batch in flight.
//! - **Background requests** ([`Scheduler::ask_background`], [`Scheduler::ask_list`]), one frame each, once the input has been
//!   idle. What a person has asked for about a list, and waits for, takes turns with jobs, and the other background requests wait
//!   for it. Otherwise the bands of the explored lesion's sliders, the verdicts of visible list entries, and jobs take turns: the one that
//!   has waited longest is next. List entries that are not visible come last; while jobs run they get one turn for every eight
//!   of theirs.
//! - **Jobs of the lowest priority** ([`Priority::Lowest`]) take turns with the rest of the list, when nothing else waits.
//! - **Turns** ([`Jobs::turn`]): jobs that use the model in another way than scoring frames, e.g. for explanations.
//!
//! A batch that does not fit into the device's memory is halved and tried again. After a device is lost, every request gets an
//! error that says so until a model is loaded again ([`Scheduler::load`]), on that device or on the processor.

mod backend;
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
pub use job::{Priority, VerdictAndGradient};
pub use jobs::{Batches, GradientStream, Jobs, ScoreStream};
pub use request::{Loaded, Reply, ReplyToLoad, Request};
pub use slots::{ModelSlot, PerModel};
