//! What every other crate may use and what depends on none of them: files that appear whole and never replace a person's file,
//! files that are read within bounds, untrusted text made safe to show, numbers that people type and read, and seeded random
//! numbers.
//!
//! - [`atomic`], [`overwrite`], [`may_export`]: files are written whole or not at all, and replace others only with permission
//! - [`read`]: files are read within a limit, and only regular ones; [`system`]: what the system says of a file, in plain words
//! - [`untrusted`]: untrusted names and texts, made safe to show
//! - [`number`]: what people type; [`human`]: what people read; [`natural`]: the order of names
//! - [`hex()`]: bytes as hexadecimal text
//! - [`random`]: seeded streams, the same on every machine
//! - [`cancel`], [`inbox`]: a flag and a request queue between threads
//!
//! Conventions: nothing here prints, and nothing here depends on pictures or networks. Errors about files are
//! [`std::io::Error`]s, to which the caller adds the file name.
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
pub mod human;
pub mod inbox;
pub mod may_export;
pub mod natural;
pub mod number;
pub mod overwrite;
pub mod random;
pub mod read;
pub mod system;
pub mod texts;
pub mod untrusted;

/// Bytes as lower-case hexadecimal digits.
pub use hex::encode as hex;
