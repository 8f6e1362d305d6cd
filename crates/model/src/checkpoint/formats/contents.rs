//! The contents of a file, as returned by every format's reader: dictionaries of tensors, and metadata.

use flipscope_language::{as_text, text};
use std::collections::BTreeMap;

use super::stored::Stored;

/// Tensors that are in one dictionary.
#[derive(Clone, Debug)]
pub(crate) struct WeightSet {
    /// Its keys from the outermost dictionary inwards, joined by dots; empty for the outermost.
    pub(crate) key: String,
    /// The tensors by name.
    pub(crate) tensors: BTreeMap<String, Stored>,
}

/// The contents of a file, before its values are read.
pub(crate) struct Directory {
    pub(crate) metadata: BTreeMap<String, String>,
    pub(crate) extra: serde_json::Value,
    pub(crate) sets: Vec<WeightSet>,
}

/// A few names and how many there are, for messages: "`a`, `b`, `c`, `d` and 5 more".
pub(crate) fn few(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let text = names
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text!(
            "checkpoint-more",
            text = as_text(&text),
            shown = names.len() - SHOWN
        )
    } else {
        text
    }
}
