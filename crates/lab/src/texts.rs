//! Names of attacks and units, and the texts of figures: `locales/` of this crate.

use flipscope_language::{Catalogue, catalogue};

/// The messages.
pub static TEXTS: Catalogue = catalogue!["attacks", "paper",];
