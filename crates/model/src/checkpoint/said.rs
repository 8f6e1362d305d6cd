//! Class lists as training scripts write them next to weights, in headers and in sidecars: every customary key, at any depth.

use serde_json::Value;

use super::class_names;

/// Limits on the search through a file's metadata: depth and number of values.
const DEPTH: usize = 8;
const NODES: usize = 100_000;

/// The single key of an object that stands for a Python set, with its items: a set has no order.
pub(super) const SET: &str = "\u{1}set";
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

/// How a key gives classes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By customary names: if it cannot be read, the file is refused.
    Certain,
    /// By names that can also mean other things.
    Possible,
    /// What each class means, in no particular order: timm writes it next to a list of the names.
    Descriptions,
}

/// A key without case or punctuation: `Class-To-Idx` is `classtoidx`.
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
        | "classname" | "classlist" | "labels" | "labelnames" | "classlabels" | "classindices"
        | "classindex" | "labeldict" | "classdict" | "labelsdict" | "classesdict" | "int2label"
        | "inttolabel" | "int2class" | "inttoclass" | "label2int" | "labeltoint" | "class2int"
        | "classtoint" | "labellist" | "classorder" | "labelorder" | "labelstoidx"
        | "labels2idx" | "labelstoids" | "labels2ids" | "classestoidx" | "classes2idx"
        | "classestoids" | "classes2ids" | "idxtoclasses" | "idx2classes" | "idxtolabels"
        | "idx2labels" | "idtolabels" | "id2labels" | "idstolabels" | "idtoclasses"
        | "id2classes" => Form::Certain,
        "labeldescriptions" | "classdescriptions" => Form::Descriptions,
        "vocab" | "vocabulary" | "names" | "categories" | "targetnames" | "labelmap"
        | "classmap" | "classmapping" | "labelmapping" | "labelsmap" | "labelencoder" => {
            Form::Possible
        }
        _ => return None,
    })
}

/// Whether a sidecar's key is one that gives classes.
pub(crate) fn gives_classes(key: &str) -> bool {
    form(key).is_some()
}

/// Whether a key gives the classes with their order.
pub(super) fn gives_order(key: &str) -> bool {
    form(key) == Some(Form::Certain)
}

/// Every class list in a file's metadata, the outermost first.
///
/// # Errors
/// A sentence, if a customary key holds a class list that contradicts itself, or if such keys name classes and none of them can
/// be read.
pub(crate) fn classes(said: &Value) -> Result<Vec<Classes>, String> {
    let Search { found, unread, .. } = search(said)?;
    match unread {
        Some(unread) if found.is_empty() => Err(unread),
        _ => Ok(found),
    }
}

/// The key under which a file names its classes as a Python set, if it does.
pub(crate) fn as_set(said: &Value) -> Option<String> {
    search(said).ok()?.set
}

/// The keys of lists of many unnamed tensors, which may be another copy of a network's weights.
pub(crate) fn tensor_lists(said: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![(String::new(), said)];
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

fn search(said: &Value) -> Result<Search, String> {
    let mut all = Search::default();
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

/// Whether a value is a set, including one as Python prints it.
fn is_set(value: &Value) -> bool {
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

/// Whether a value that gives no class list nevertheless names classes, so that assuming an order would ignore it.
fn cannot_be_passed_over(form: Form, value: &Value, depth: usize) -> bool {
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
fn names_one(value: &Value) -> bool {
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
        Value::Array(items) => items.iter().take(NODES).any(names_one),
        Value::Object(fields) => fields
            .iter()
            .any(|(key, value)| is(key) || names_one(value)),
        _ => false,
    }
}

/// A value in a message, shortened.
fn shown(value: &Value) -> String {
    const LONGEST: usize = 120;
    let text = value.to_string();
    if text.chars().count() > LONGEST {
        format!("{}…", text.chars().take(LONGEST).collect::<String>())
    } else {
        text
    }
}

/// The names of a list, or of a map in either direction; none if it is neither, an error if it contradicts itself.
fn list(value: &Value) -> Option<Result<Vec<String>, String>> {
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
                return Err(format!(
                    "numbers its classes {}, and not from 0 on without a gap",
                    shown(&pairs)
                ));
            }
        }
    }
    Ok(names)
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
            json!({"vocab": ["nevus", "melanoma"]}),
            json!({"class_indices": {"nevus": 0, "melanoma": 1}}),
            json!({"label_dict": {"0": "nevus", "1": "melanoma"}}),
            json!({"class_dict": {"0": {"name": "nevus"}, "1": {"name": "melanoma"}}}),
            json!({"int2label": {"0": "nevus", "1": "melanoma"}}),
            json!({"label_list": ["nevus", "melanoma"], "label_descriptions": {"melanoma": "Melanoma"}}),
            json!({"class_order": ["nevus", "melanoma"]}),
            json!({"labels_to_idx": {"nevus": 0, "melanoma": 1}}),
            json!({"classes_to_idx": {"nevus": false, "melanoma": true}}),
            json!({"classes": [["nevus", 0], ["melanoma", 1]]}),
            json!({"classes": [[1, "melanoma"], [0, "nevus"]]}),
            json!({"categories": [{"id": 1, "name": "melanoma"}, {"id": 0, "name": "nevus"}]}),
            json!({"classes": {"nevus": {"id": 0}, "melanoma": {"id": 1}}}),
            json!({"hyper_parameters": {"classes": "nevus melanoma"}}),
            json!({"hyper_parameters": {"classes": "nevus;melanoma", "labels": "train.csv"}}),
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
        assert!(none.contains("not a list of names"), "{none}");
        for unread in [
            json!({"args": {"classes": "malignant melanoma"}}),
            json!({"hyper_parameters": {"deep": {"class_names": "classes.txt"}}}),
            json!({"label_descriptions": {"nevus": "Melanocytic nevus", "melanoma": "Melanoma"}}),
            json!({"classes": ["nevus", 1]}),
            json!({"categories": [{"id": 1, "name": "nevus"}, {"id": 2, "name": "melanoma"}]}),
            json!({"class_dict": {"nevus": "a", "melanoma": "b"}}),
            json!({"classes": "['nevus', melanoma]"}),
        ] {
            assert!(classes(&unread).is_err(), "{unread}");
        }
        for nothing in [
            json!({"args": {"classes": 2, "labels": "train.csv", "names": null}}),
            json!({"labels": [0, 1], "label_map": {"fine": "a.txt"}, "vocab": ["<pad>", 3]}),
        ] {
            assert_eq!(classes(&nothing), Ok(Vec::new()), "{nothing}");
        }
        for set in [
            json!({"classes": {SET: ["nevus", "melanoma"]}}),
            json!({"args": {"class_names": "{'nevus', 'melanoma'}"}}),
            json!({"classes": "frozenset({'nevus', 'melanoma'})"}),
        ] {
            assert_eq!(classes(&set), Ok(Vec::new()), "{set}");
            assert!(
                as_set(&set).is_some_and(|key| key.contains("class")),
                "{set}"
            );
        }
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
