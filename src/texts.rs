//! The texts of the window: `locales/` of this crate.

use flipscope_language::{Catalogue, catalogue};

/// The messages.
pub static TEXTS: Catalogue = catalogue![
    "actions",
    "batch",
    "common",
    "explain",
    "explore",
    "figures",
    "guide",
    "landscape",
    "list",
    "palette",
    "panels",
    "picture",
    "presenter",
    "proof",
    "readers",
    "reading",
    "search",
    "session",
    "study",
    "summary",
    "tour",
    "widgets",
    "window",
];
