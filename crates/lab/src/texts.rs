//! Names of attacks and units, the texts of figures, and what can be wrong: `locales/` of this crate.

use flipscope_language::{Catalogue, catalogue};

/// The messages.
pub static TEXTS: Catalogue = catalogue![
    "attacks", "dataset", "errors", "explain", "pages", "paper", "protocol", "readers", "report",
    "search", "studies"
];
