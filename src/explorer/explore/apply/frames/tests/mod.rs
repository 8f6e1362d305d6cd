//! Which frames of a long list are read and held.
//!
//! - [`bench`]: a list of thousands, with stand-ins for the threads; `bounds`: how much is held; `order`: what is read next; `again`: what
//!   is read once more; `late`: answers that arrive in another order; `known`: verdicts that need not be asked for; `needed`: those that a filter waits for

mod again;
mod bench;
mod bounds;
mod known;
mod late;
mod needed;
mod order;
