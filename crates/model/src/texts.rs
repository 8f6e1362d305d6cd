//! Names of verdicts and remedies, and what can be wrong with a checkpoint or a device: `locales/` of this crate.

use flipscope_language::{Catalogue, catalogue};

/// The messages.
pub static TEXTS: Catalogue = catalogue!["checkpoint", "errors", "names"];
