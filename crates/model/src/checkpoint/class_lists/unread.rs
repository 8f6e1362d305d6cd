//! Values under a customary key that cannot be read as a class list, but name classes.

use serde_json::Value;

use super::keys::{Form, plain};
use crate::checkpoint::class_names;

/// Items of a list that are looked at.
const ITEMS: usize = 100_000;

/// Whether a value that gives no class list nevertheless names classes, so that assuming an order would ignore it.
pub(super) fn cannot_be_passed_over(form: Form, value: &Value, depth: usize) -> bool {
    match value {
        // Among the settings of a script, a text may also be a column, a Python class, or the path of a table.
        Value::String(text) => {
            let text = text.trim().to_lowercase();
            let ends = |endings: &[&str]| endings.iter().any(|end| text.ends_with(end));
            let list = ends(&[".txt", ".json", ".yaml", ".yml", ".names", ".pkl"])
                || text.starts_with(['[', '{', '(']);
            let table = ends(&[".csv", ".tsv", ".xlsx"]);
            form == Form::Certain
                && !text.is_empty()
                && !table
                && (depth == 0 || list || names_one(value))
        }
        Value::Array(items) => {
            let texts = items.iter().any(Value::is_string);
            form == Form::Certain && texts || names_one(value)
        }
        Value::Object(_) => names_one(value),
        _ => false,
    }
}

/// Whether a key or a text in a value names melanoma, malignancy, or nevus.
pub(super) fn names_one(value: &Value) -> bool {
    let is = |name: &str| {
        class_names::means_melanoma(name)
            || class_names::means_malignant(name)
            || matches!(
                plain(name).as_str(),
                "nevus" | "naevus" | "nevi" | "naevi" | "nv" | "benign"
            )
    };
    match value {
        Value::String(text) => text.split_whitespace().any(is) || is(text),
        Value::Array(items) => items.iter().take(ITEMS).any(names_one),
        Value::Object(fields) => fields
            .iter()
            .any(|(key, value)| is(key) || names_one(value)),
        _ => false,
    }
}

/// A value in a message, shortened.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 120;
    let text = value.to_string();
    if text.chars().count() > LONGEST {
        format!("{}…", text.chars().take(LONGEST).collect::<String>())
    } else {
        text
    }
}
