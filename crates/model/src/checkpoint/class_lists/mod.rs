//! Class lists as training scripts write them next to weights, in headers and in sidecars: every customary key, at any depth.

mod keys;
mod python;
#[cfg(test)]
mod tests;
mod unread;
mod values;

use serde_json::Value;

use self::keys::{Form, form, plain};
use self::python::is_set;
use self::unread::{cannot_be_passed_over, names_one, shown};
use self::values::list;
use super::class_names;

pub(crate) use self::keys::gives_classes;
pub(super) use self::keys::gives_order;
pub(super) use self::python::SET;
pub(crate) use self::python::parsed;

/// Limits on the search through a file's metadata: depth and number of values.
const DEPTH: usize = 8;
const NODES: usize = 100_000;

/// The single key of an object that stands for a list of unnamed tensors: how many there are.
pub(super) const TENSORS: &str = "\u{1}tensors";

/// A class list in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Classes {
    /// Its path, e.g. `hyper_parameters.class_to_idx`.
    pub(crate) key: String,
    /// Names in the order of the outputs.
    pub(crate) names: Vec<String>,
}

/// Every class list in a file's metadata, the outermost first.
///
/// # Errors
/// A sentence, if a customary key holds a class list that contradicts itself, or if such keys name classes and none of them can
/// be read.
pub(crate) fn classes(extra: &Value) -> Result<Vec<Classes>, String> {
    let Search { found, unread, .. } = search(extra)?;
    match unread {
        Some(unread) if found.is_empty() => Err(unread),
        _ => Ok(found),
    }
}

/// The key under which a file names its classes as a Python set, if it does.
pub(crate) fn as_set(extra: &Value) -> Option<String> {
    search(extra).ok()?.set
}

/// The keys of lists of many unnamed tensors, which may be another copy of a network's weights.
pub(crate) fn tensor_lists(extra: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![(String::new(), extra)];
    while let Some((path, value)) = left.pop() {
        let Value::Object(fields) = value else {
            continue;
        };
        if fields.contains_key(TENSORS) {
            found.push(path);
            continue;
        }
        for (key, value) in fields {
            left.push((joined(&path, key), value));
        }
    }
    found.sort();
    found
}

/// A path of keys with one more appended.
fn joined(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

/// The search for classes in a file's metadata.
#[derive(Default)]
struct Search {
    found: Vec<Classes>,
    /// A sentence about the first customary key that names classes and cannot be read.
    unread: Option<String>,
    /// The first key that names them as a set.
    set: Option<String>,
}

fn search(extra: &Value) -> Result<Search, String> {
    let mut all = Search::default();
    let mut level = vec![(String::new(), extra)];
    let mut nodes = 0;
    for depth in 0..DEPTH {
        let mut next = Vec::new();
        for (path, value) in level {
            let Value::Object(fields) = value else {
                continue;
            };
            for (key, value) in fields {
                nodes += 1;
                if nodes > NODES {
                    break;
                }
                let path = joined(&path, key);
                match form(key).map(|form| (form, list(value))) {
                    Some((Form::Certain | Form::Possible, Some(Ok(names)))) => {
                        all.found.push(Classes { key: path, names });
                    }
                    Some((form, Some(Err(why)))) if form == Form::Certain || names_one(value) => {
                        return Err(format!("`{path}` {why}"));
                    }
                    Some((form, _)) if is_set(value) => {
                        if form == Form::Certain || names_one(value) {
                            all.set.get_or_insert(path);
                        }
                    }
                    Some((form, None)) if cannot_be_passed_over(form, value, depth) => {
                        all.unread.get_or_insert_with(|| {
                            format!(
                                "`{path}` is {}, which is not a list of names in the order of the outputs",
                                shown(value)
                            )
                        });
                        next.push((path, value));
                    }
                    _ => next.push((path, value)),
                }
            }
        }
        level = next;
    }
    Ok(all)
}

/// Whether two lists mean the same order for P(melanoma), or differ only in case and punctuation.
pub(crate) fn agree(one: &[String], other: &[String]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let same = one
        .iter()
        .zip(other)
        .all(|(one, other)| plain(one) == plain(other));
    let melanomas = |names: &[String]| class_names::melanomas(names).map(|(found, _)| found);
    same || melanomas(one).is_some_and(|found| Some(found) == melanomas(other))
}
