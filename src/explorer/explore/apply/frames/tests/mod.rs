//! Which frames of a long list are read and held.
//!
//! - [`bench`]: a list of thousands, with stand-ins for the threads; `bounds`: how much is held; `order`: what is read next; `again`: what
//!   is read once more

mod again;
mod bench;
mod bounds;
mod order;
