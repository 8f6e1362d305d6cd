//! What can be wrong with a file, and times: `locales/` of this crate.

use flipscope_language::{Catalogue, catalogue};

/// The messages.
pub static TEXTS: Catalogue = catalogue!["files"];
