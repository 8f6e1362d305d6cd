//! Class lists as training scripts write them beside weights, in headers and in sidecars: every customary key, at any depth.

use serde_json::Value;

use super::class_names;

/// How deep and how far a file's own facts are searched.
const DEPTH: usize = 8;
const NODES: usize = 100_000;

/// A class list that a file gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Classes {
    /// Where it stands, e.g. `hyper_parameters.class_to_idx`.
    pub(crate) key: String,
    /// Names in the order of the outputs.
    pub(crate) names: Vec<String>,
}

/// How a key gives classes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By customary names, so that what cannot be read is refused.
    Certain,
    /// By names that also mean other things.
    Possible,
}

/// A key without case and punctuation: `Class-To-Idx` is `classtoidx`.
fn plain(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn form(key: &str) -> Option<Form> {
    Some(match plain(key).as_str() {
        "classtoidx" | "classtoindex" | "class2idx" | "class2index" | "classtoid" | "class2id"
        | "label2id" | "labeltoid" | "label2idx" | "labeltoidx" | "labeltoindex"
        | "label2index" | "nametoidx" | "name2idx" | "nametoindex" | "idxtoclass"
        | "indextoclass" | "idx2class" | "index2class" | "idtoclass" | "id2class" | "id2label"
        | "idtolabel" | "idx2label" | "idxtolabel" | "indextolabel" | "index2label"
        | "idxtoname" | "idx2name" | "indextoname" | "id2name" | "classes" | "classnames"
        | "classname" | "classlist" | "labels" | "labelnames" | "classlabels" => Form::Certain,
        "names" | "categories" | "targetnames" | "labelmap" | "classmap" | "classmapping"
        | "labelmapping" | "labelsmap" | "labelencoder" => Form::Possible,
        _ => return None,
    })
}

/// Whether a key of a sidecar is one that gives classes.
pub(crate) fn gives_classes(key: &str) -> bool {
    form(key).is_some()
}

/// Every class list in what a file says, the outermost first.
///
/// # Errors
/// A sentence, where a customary key holds no class list.
pub(crate) fn classes(said: &Value) -> Result<Vec<Classes>, String> {
    let mut found = Vec::new();
    let mut level = vec![(String::new(), said)];
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
                    return Ok(found);
                }
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                match form(key).map(|form| (form, list(value))) {
                    Some((_, Some(Ok(names)))) => found.push(Classes { key: path, names }),
                    Some((Form::Certain, Some(Err(why)))) => {
                        return Err(format!("`{path}` {why}"));
                    }
                    Some((Form::Certain, None)) if depth == 0 && value.is_string() => {
                        return Err(format!("`{path}` is {value}, which is no list of names"));
                    }
                    _ => next.push((path, value)),
                }
            }
        }
        level = next;
    }
    Ok(found)
}

/// The names of a list or of a map in either direction; none where it is neither, an error where it contradicts itself.
fn list(value: &Value) -> Option<Result<Vec<String>, String>> {
    match value {
        Value::Array(items) => {
            let names: Option<Vec<String>> = items.iter().map(name).collect();
            names.filter(|names| !names.is_empty()).map(Ok)
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
                        Some((index.trim().parse().ok()?, name.as_str()?.to_owned()))
                    })
                    .collect()
            };
            by_name.or_else(by_index).map(order)
        }
        Value::String(text) if text.contains(',') => {
            let names = text.split(',').map(|name| name.trim().to_owned());
            Some(Ok(names.collect()))
        }
        _ => None,
    }
}

/// A class's name in a list: text, also within a pair of index and name.
fn name(item: &Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// An index, also one that is written as text.
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

/// Names in the order of their indices, from 0 on without a gap; names of one index are joined.
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
                return Err(format!(
                    "numbers its classes {}, and not from 0 on without a gap",
                    shown(&pairs)
                ));
            }
        }
    }
    Ok(names)
}

/// Whether two lists mean the same order for P(melanoma), or are the same but for case and punctuation.
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

/// A value of a text: JSON, or a list or dictionary as Python prints it.
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

/// JSON has texts for keys where Python's dictionaries may have numbers.
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_customary_form_is_read() {
        for said in [
            json!({"class_to_idx": {"melanoma": 1, "nevus": 0}}),
            json!({"classToIdx": {"melanoma": "1", "nevus": "0"}}),
            json!({"idx_to_class": {"1": "melanoma", "0": "nevus"}}),
            json!({"hyper_parameters": {"model_args": {"class_names": ["nevus", "melanoma"]}}}),
            json!({"config": {"id2label": {"0": "nevus", "1": "melanoma"}, "label2id": {"nevus": 0, "melanoma": 1}}}),
            json!({"meta": {"CLASSES": ["nevus", "melanoma"]}, "labels": [0, 1, 1, 0]}),
            json!({"classes": "nevus, melanoma", "num_classes": 2}),
            json!({"args": {"classes": 2, "names": {"0": "nevus", "1": "melanoma"}}}),
        ] {
            let found = classes(&said).unwrap();
            assert!(!found.is_empty(), "{said}");
            for one in &found {
                assert_eq!(one.names, ["nevus", "melanoma"], "{said}");
            }
        }
        let groups = json!({"class_to_idx": {"nv": 0, "bkl": 0, "mel": 1}});
        assert_eq!(classes(&groups).unwrap()[0].names, ["bkl/nv", "mel"]);
        assert_eq!(classes(&json!({"epoch": 3})).unwrap(), []);
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let gap = classes(&json!({"class_to_idx": {"nevus": 0, "melanoma": 2}})).unwrap_err();
        assert!(gap.contains("class_to_idx") && gap.contains("melanoma: 2"));
        let none = classes(&json!({"classes": "{"})).unwrap_err();
        assert!(none.contains("no list of names"), "{none}");
        let names = |names: [&str; 2]| names.map(str::to_owned);
        assert!(agree(&names(["MEL", "nv"]), &names(["melanoma", "Nevus"])));
        assert!(!agree(&names(["mel", "nv"]), &names(["nevus", "melanoma"])));
    }

    #[test]
    fn python_literals_are_read() {
        assert_eq!(
            parsed("{'nevus': 0, 'melanoma': 1}"),
            Some(json!({"nevus": 0, "melanoma": 1}))
        );
        assert_eq!(
            parsed("{0: 'nevus', 1: 'melanoma'}"),
            Some(json!({"0": "nevus", "1": "melanoma"}))
        );
        assert_eq!(
            parsed("('nevus', 'melanoma')"),
            Some(json!(["nevus", "melanoma"]))
        );
        assert_eq!(parsed("melanoma"), None);
    }
}
