//! What every other crate may use, and what knows none of them: files that appear whole and in the place of none that is a
//! person's, files that are read within bounds, strangers' text made safe to show, numbers that people type and read, and seeded
//! random numbers.
//!
//! - [`atomic`], [`overwrite`], [`export`]: files are written whole or not at all, and never over one that nobody gave away
//! - [`read`]: files are read within a limit, and only regular ones
//! - [`text`]: names and texts of strangers, shown harmlessly
//! - [`number`]: what people type; [`human`]: what people read
//! - [`hex()`]: bytes as people compare them
//! - [`random`]: seeded streams, the same on every machine
//! - [`cancel`], [`inbox`]: a switch and a letter box between threads
//!
//! Conventions: nothing here prints, and nothing here knows of pictures or networks. Errors of files are [`std::io::Error`]s, which
//! the caller gives their file name.
//!
//! ```
//! use flipscope_base::human;
//! use flipscope_base::random::{RandomStream as _, Seeded};
//!
//! assert_eq!(human::duration(1500.0), "25 min");
//!
//! let (mut one, mut other) = (Seeded::new(7), Seeded::new(7));
//! assert_eq!(one.uniform(), other.uniform());
//! ```

pub mod atomic;
pub mod cancel;
pub mod export;
mod hex;
pub mod human;
pub mod inbox;
pub mod number;
pub mod overwrite;
pub mod random;
pub mod read;
pub mod text;

pub use hex::hex;
