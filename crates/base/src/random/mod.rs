//! Seeded random numbers: one seed, the same numbers on every machine.
//!
//! [`Seeded`] is one long stream, whose position can be saved; [`KeyedRng`] is a short one for each key.

mod keyed;
mod seeded;

pub use keyed::KeyedRng;
pub use seeded::{RandomStream, Seeded};
