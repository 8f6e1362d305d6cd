//! What a perturbation changes, in words, and what can be wrong with a photograph: `locales/` of this crate.

use flipscope_language::{Catalogue, catalogue};

/// The messages.
pub static TEXTS: Catalogue = catalogue!["changes", "errors"];
