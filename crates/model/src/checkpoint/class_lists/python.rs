//! Values that Python printed.

use serde_json::Value;

/// The single key of an object that stands for a Python set, with its items: a set has no order.
pub(in crate::checkpoint) const SET: &str = "\u{1}set";

/// Whether a value is a set, including one as Python prints it.
pub(super) fn is_set(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key(SET),
        Value::String(text) => {
            let text = text.trim();
            let text = text
                .strip_prefix("frozenset(")
                .or(text.strip_prefix("set("))
                .unwrap_or(text);
            text.starts_with('{')
                && text.trim_end_matches(')').ends_with('}')
                && !text.contains(':')
                && text.contains(['\'', '"'])
        }
        _ => false,
    }
}

/// The value of a text: JSON, or a list or dictionary as Python prints it.
pub(crate) fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().or_else(|| {
        let trimmed = text.trim();
        let python = trimmed.starts_with(['{', '[', '(']) && !trimmed.contains('"');
        let json = || -> String {
            trimmed
                .replace('\'', "\"")
                .replace('(', "[")
                .replace(')', "]")
        };
        python
            .then(json)
            .and_then(|json| serde_json::from_str(&quoted_keys(&json)).ok())
    })
}

/// JSON requires texts as keys where Python's dictionaries may have numbers.
fn quoted_keys(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(at) = rest.find(['{', ',']) {
        let (head, tail) = rest.split_at(at + 1);
        out.push_str(head);
        let trimmed = tail.trim_start();
        let digits = trimmed.len()
            - trimmed
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let (number, after) = trimmed.split_at(digits);
        if digits > 0 && after.trim_start().starts_with(':') {
            out.push('"');
            out.push_str(number);
            out.push('"');
            rest = after;
        } else {
            rest = tail;
        }
    }
    out + rest
}
