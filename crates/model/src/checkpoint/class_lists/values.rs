//! The forms in which a class list is written: lists, maps in either direction, pairs, one text.

use flipscope_language::{as_text, text};
use serde_json::Value;

use super::keys::plain;
use crate::checkpoint::class_names;

/// The names of a list, or of a map in either direction; none if it is neither, an error if it contradicts itself.
pub(super) fn list(value: &Value) -> Option<Result<Vec<String>, String>> {
    match value {
        Value::Array(items) => {
            let names: Option<Vec<String>> = items.iter().map(name).collect();
            if let Some(names) = names.filter(|names| !names.is_empty()) {
                return Some(Ok(names));
            }
            let pairs: Option<Vec<(usize, String)>> = items.iter().map(pair).collect();
            pairs.filter(|pairs| !pairs.is_empty()).map(order)
        }
        Value::Object(fields) if !fields.is_empty() => {
            let by_name: Option<Vec<(usize, String)>> = fields
                .iter()
                .map(|(name, index)| Some((number(index)?, name.clone())))
                .collect();
            let by_index = || -> Option<Vec<(usize, String)>> {
                fields
                    .iter()
                    .map(|(index, name)| {
                        let index = index.trim().parse().ok()?;
                        let inside = || name.as_object().and_then(|one| of_keys(one, &NAMES));
                        Some((
                            index,
                            name.as_str().or_else(|| inside()?.as_str())?.to_owned(),
                        ))
                    })
                    .collect()
            };
            // {"nevus": {"id": 0}, "melanoma": {"id": 1}}
            let by_inner = || -> Option<Vec<(usize, String)>> {
                fields
                    .iter()
                    .map(|(name, one)| {
                        let index = of_keys(one.as_object()?, &INDICES)?;
                        Some((number(index)?, name.clone()))
                    })
                    .collect()
            };
            // {"nevus": false, "melanoma": true}; flags of a setting do not count.
            let by_flag = || -> Option<Vec<(usize, String)>> {
                let one = |(name, is): (&String, &Value)| {
                    Some((usize::from(is.as_bool()?), name.clone()))
                };
                let pairs: Vec<(usize, String)> = fields.iter().map(one).collect::<Option<_>>()?;
                let both =
                    pairs.iter().any(|(at, _)| *at == 0) && pairs.iter().any(|(at, _)| *at == 1);
                both.then_some(pairs)
            };
            (by_name.or_else(by_index).or_else(by_inner).or_else(by_flag)).map(order)
        }
        Value::String(text) => split(text).map(Ok),
        _ => None,
    }
}

/// Keys of a class's index and of its name in an object that describes one class.
const INDICES: [&str; 6] = ["id", "index", "idx", "classid", "labelid", "target"];
const NAMES: [&str; 5] = ["name", "classname", "label", "class", "title"];

/// The value of an object under one of these keys.
fn of_keys<'a>(one: &'a serde_json::Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    let find = |wanted: &&str| one.iter().find(|(key, _)| plain(key) == **wanted);
    keys.iter().find_map(find).map(|(_, value)| value)
}

/// A class with its index, as a pair in either order or as an object: ("nevus", 0), {"id": 0, "name": "nevus"}.
fn pair(item: &Value) -> Option<(usize, String)> {
    match item {
        Value::Array(pair) => match pair.as_slice() {
            [Value::String(name), index @ Value::Number(_)]
            | [index @ Value::Number(_), Value::String(name)] => {
                Some((number(index)?, name.clone()))
            }
            _ => None,
        },
        Value::Object(one) => {
            let name = of_keys(one, &NAMES)?.as_str()?;
            Some((number(of_keys(one, &INDICES)?)?, name.to_owned()))
        }
        _ => None,
    }
}

/// Names in one text, separated by commas, semicolons, bars or lines; by spaces only if each word is the name of a class.
fn split(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    // What Python printed and could not be parsed is not a list.
    if text.starts_with(['{', '[', '(']) || text.ends_with(['}', ']', ')']) {
        return None;
    }
    let names = |parts: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        parts.map(|name| name.trim().to_owned()).collect()
    };
    if let Some(separator) = [',', ';', '|', '\n']
        .into_iter()
        .find(|one| text.contains(*one))
    {
        return Some(names(&mut text.split(separator)));
    }
    let words = names(&mut text.split_whitespace());
    let count = |means: fn(&str) -> bool| words.iter().filter(|word| means(word)).count();
    let (melanoma, malignant) = (
        count(class_names::means_melanoma),
        count(class_names::means_malignant),
    );
    // "malignant melanoma" and "not melanoma" are each one name.
    let one_name = words.iter().any(|word| {
        matches!(
            plain(word).as_str(),
            "non" | "not" | "no" | "in" | "situ" | "metastatic" | "nodular" | "invasive"
        )
    });
    (words.len() > 1 && melanoma + malignant == 1 && !one_name).then_some(words)
}

/// A class's name in a list: text.
fn name(item: &Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// An index, also one written as text.
fn number(value: &Value) -> Option<usize> {
    match value {
        Value::Number(number) => number
            .as_u64()
            .or_else(|| {
                let number = number.as_f64()?;
                (number >= 0.0 && number.fract() == 0.0).then_some(number as u64)
            })
            .and_then(|number| usize::try_from(number).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Names in the order of their indices, from 0 without a gap; names with the same index are joined.
fn order(mut pairs: Vec<(usize, String)>) -> Result<Vec<String>, String> {
    let shown = |pairs: &[(usize, String)]| {
        let pairs = pairs
            .iter()
            .take(12)
            .map(|(index, name)| format!("{name}: {index}"));
        pairs.collect::<Vec<_>>().join(", ")
    };
    pairs.sort();
    let mut names: Vec<String> = Vec::new();
    for (index, name) in &pairs {
        match names.len().checked_sub(*index) {
            Some(0) => names.push(name.clone()),
            Some(1) => {
                if let Some(last) = names.last_mut() {
                    *last = format!("{last}/{name}");
                }
            }
            _ => {
                return Err(text!(
                    "checkpoint-numbers-classes-not-from",
                    pairs = as_text(&shown(&pairs))
                ));
            }
        }
    }
    Ok(names)
}
