//! Class lists in files of their own beside a checkpoint, as training scripts leave them: `class_indices.json`, `classes.txt`.
//!
//! Such a file may belong to another checkpoint of the folder. So it is asked only where nothing else names the classes, it counts only if
//! it names as many as the network has outputs, and what was taken from it is recorded as an assumption.

use std::path::Path;

use serde_json::{Map, Value};

use super::class_lists::{self, Classes};
use flipscope_base::read;

/// The files, those that number their classes first. Their stems are keys that give classes.
const NAMES: [&str; 12] = [
    "class_indices.json",
    "class_to_idx.json",
    "idx_to_class.json",
    "label2id.json",
    "id2label.json",
    "classes.json",
    "class_names.json",
    "labels.json",
    "classes.txt",
    "class_names.txt",
    "labels.txt",
    "class_list.txt",
];

/// The class lists beside a checkpoint, each with the name of its file. What cannot be read as one is passed over.
pub(crate) fn read_beside(weights: &Path) -> Vec<(Classes, &'static str)> {
    let lists = NAMES.into_iter().filter_map(|name| {
        let path = weights.with_file_name(name);
        // A sidecar states more than classes, and is read as one.
        if !path.is_file() || path == weights.with_extension("json") {
            return None;
        }
        let text = read::text(&path, read::MAX_JSON).ok()?;
        let text = text.trim_start_matches('\u{feff}');
        let (stem, ending) = name.split_once('.')?;
        let value = match ending {
            "json" => serde_json::from_str(text).ok()?,
            _ => lines(text),
        };
        let object = Value::Object(Map::from_iter([(stem.to_owned(), value)]));
        let list = class_lists::classes(&object).ok()?.into_iter().next()?;
        Some((list, name))
    });
    lists.collect()
}

/// A name on each line; where all lines begin with their number, from 0, without it: `0 nevus`, `1: melanoma`.
fn lines(text: &str) -> Value {
    let all: Vec<&str> = (text.lines().map(str::trim))
        .filter(|line| !line.is_empty())
        .collect();
    let numbered = all.iter().enumerate().map(|(number, line)| {
        let rest = line.strip_prefix(&number.to_string())?;
        let name = rest.trim_start_matches([':', ',', ';', '.', ')', '\t', ' ']);
        (name.len() < rest.len() && !name.is_empty()).then_some(name)
    });
    let names = numbered.collect::<Option<Vec<&str>>>().unwrap_or(all);
    Value::from(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<(Vec<String>, &'static str)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        (read_beside(&folder.path().join("best.pth")).into_iter())
            .map(|(list, name)| (list.names, name))
            .collect()
    }

    #[test]
    fn lists_are_read_as_scripts_write_them() {
        for (name, text) in [
            ("class_indices.json", r#"{"melanoma": 1, "nevus": 0}"#),
            ("class_indices.json", r#"{"0": "nevus", "1": "melanoma"}"#),
            ("classes.json", r#"["nevus", "melanoma"]"#),
            ("classes.txt", "nevus\nmelanoma\n"),
            ("classes.txt", "\u{feff}nevus\r\n\r\nmelanoma\r\n"),
            ("labels.txt", "0 nevus\n1 melanoma"),
            ("class_names.txt", "0: nevus\n1: melanoma\n"),
        ] {
            let found = found(&[(name, text)]);
            assert_eq!(found.len(), 1, "{text:?}");
            assert_eq!(found[0].0, ["nevus", "melanoma"], "{text:?}");
            assert_eq!(found[0].1, name);
        }
    }

    #[test]
    fn what_is_no_list_is_passed_over() {
        for (name, text) in [
            ("class_indices.json", "not JSON"),
            ("class_indices.json", r#"{"melanoma": 0, "nevus": 2}"#),
            ("best.json", r#"["nevus", "melanoma"]"#),
            ("notes.txt", "nevus\nmelanoma\n"),
        ] {
            assert_eq!(found(&[(name, text)]), [], "{name}: {text}");
        }
    }
}
