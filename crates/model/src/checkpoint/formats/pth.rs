//! `.pth` and `.pt` as PyTorch ≥ 1.6 writes them: a zip of uncompressed files, `NAME/data.pkl` with the names and shapes, and
//! `NAME/data/KEY` with the values of each storage.

use flipscope_language::{as_text, text};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;

use zip::ZipArchive;

use super::contents::{Directory, WeightSet, few};
use super::pickle::{Id, Pickle, REMEDY, Value};
use super::pth_tensors::{Zip, locate, number, tensor};
use super::{extra_values, unknown};

/// Longest pickle that is read. A state dict of Inception-v3 takes 100 kB.
const MAX_PICKLE: u64 = 4 << 20;
/// The most dictionaries of tensors that one file may have, and how deeply they may be nested.
const MAX_SETS: usize = 64;
const MAX_DEPTH: usize = 4;

/// Parses the directory of a zip.
pub(crate) fn parse(data: &[u8]) -> Result<Directory, String> {
    let archive = ZipArchive::new(Cursor::new(data))
        .map_err(|error| text!("checkpoint-zip-cut-off-damaged", error = as_text(&error)))?;
    let mut zip = Zip {
        archive,
        left: data.len() as u64,
    };
    let names: Vec<String> = zip
        .archive
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .collect();
    let Some(pickle) = names.iter().find(|name| name.ends_with("data.pkl")) else {
        return Err(unknown::zip(&names));
    };
    let folder = pickle
        .strip_suffix("data.pkl")
        .unwrap_or_default()
        .to_owned();
    if names
        .iter()
        .any(|name| *name == format!("{folder}constants.pkl"))
    {
        return Err(text!(
            "checkpoint-this-torchscript-archive-code",
            remedy = as_text(&REMEDY)
        ));
    }
    if names.contains(&format!("{folder}byteorder")) {
        let (at, length) = locate(&mut zip, &format!("{folder}byteorder"))?;
        if data.get(at..at + length) != Some(b"little") {
            return Err(text!("checkpoint-values-big-endian-re").to_owned());
        }
    }
    let (at, length) = locate(&mut zip, pickle)?;
    if length as u64 > MAX_PICKLE {
        return Err(text!(
            "checkpoint-pickle-takes-bytes-more",
            length = as_text(&length),
            max_pickle = as_text(&MAX_PICKLE),
            remedy = as_text(&REMEDY)
        ));
    }
    let pickle = Pickle::read(data.get(at..at + length).unwrap_or_default())?;
    let found = Found::of(&pickle)?;
    let mut storages = HashMap::new();
    let largest = found.sets.iter().map(|(_, entries)| entries.len()).max();
    let mut sets = Vec::new();
    for (key, entries) in found.sets {
        let may_be_a_network = entries.len() >= 8 || Some(entries.len()) == largest;
        let tensors = entries
            .into_iter()
            .map(|(name, arguments)| {
                match tensor(&pickle, arguments, &folder, &mut zip, &mut storages) {
                    Ok(stored) => Ok((name, stored)),
                    Err(reason) => Err(format!("`{name}`: {reason}")),
                }
            })
            .collect::<Result<BTreeMap<_, _>, _>>();
        match tensors {
            Ok(tensors) => sets.push(WeightSet { key, tensors }),
            Err(reason) if may_be_a_network => return Err(reason),
            Err(_) => {}
        }
    }
    let extra = extra_values::extra_values(&pickle, &mut |arguments| {
        let stored = tensor(&pickle, arguments, &folder, &mut zip, &mut storages).ok()?;
        number(&stored, data)
    });
    Ok(Directory {
        metadata: BTreeMap::new(),
        extra,
        sets,
    })
}

/// The tensors of a dictionary: their names, and the arguments that they are rebuilt from.
type Entries = Vec<(String, Id)>;

/// Every dictionary of tensors in a pickle.
struct Found {
    /// By their keys from the outermost dictionary inwards, joined by dots.
    sets: Vec<(String, Entries)>,
    /// Dictionaries that have been visited.
    seen: HashSet<Id>,
    too_deep: bool,
    /// A network that was pickled as a whole.
    module: Option<String>,
}

impl Found {
    /// # Errors
    /// A sentence that says what the pickle holds instead.
    fn of(pickle: &Pickle) -> Result<Self, String> {
        let mut found = Self {
            sets: Vec::new(),
            seen: HashSet::new(),
            too_deep: false,
            module: None,
        };
        found.look(pickle, pickle.root(), "", 0);
        if !found.sets.is_empty() {
            return Ok(found);
        }
        if let Some(module) = found.module {
            return Err(text!(
                "checkpoint-holds-whole-pickled-module",
                module = as_text(&module),
                remedy = as_text(&REMEDY)
            ));
        }
        if let Some(foreign) = &pickle.foreign {
            return Err(text!(
                "checkpoint-holds-no-weights-wants",
                foreign = as_text(&foreign),
                remedy = as_text(&REMEDY)
            ));
        }
        if found.too_deep {
            return Err(text!(
                "checkpoint-dictionaries-nest-too-deep",
                remedy = as_text(&REMEDY)
            ));
        }
        let Some(items) = pickle.items(pickle.root()) else {
            return Err(text!(
                "checkpoint-holds-no-dictionary-tensors",
                remedy = as_text(&REMEDY)
            ));
        };
        let keys: Vec<String> = items
            .iter()
            .filter_map(|&(key, _)| match pickle.get(key) {
                Value::Text(key) => Some(format!("`{key}`")),
                _ => None,
            })
            .collect();
        let holds = if keys.is_empty() {
            "nothing".to_owned()
        } else {
            few(&keys)
        };
        Err(text!(
            "checkpoint-holds-no-tensors-no",
            holds = as_text(&holds),
            remedy = as_text(&REMEDY)
        ))
    }

    fn look(&mut self, pickle: &Pickle, id: Id, path: &str, depth: usize) {
        if let Some(module) = pickle.module(id) {
            self.module.get_or_insert(module);
            return;
        }
        let Some(items) = pickle.items(id) else {
            return;
        };
        if !self.seen.insert(id) || depth > MAX_DEPTH || self.sets.len() >= MAX_SETS {
            self.too_deep = true;
            return;
        }
        let mut tensors = Vec::new();
        let mut within = Vec::new();
        for &(key, value) in items {
            let Value::Text(key) = pickle.get(key) else {
                continue;
            };
            match pickle.get(value) {
                Value::Tensor(arguments) => tensors.push((key.clone(), *arguments)),
                Value::Dict(_) | Value::Object(_) => within.push((key, value)),
                _ => {}
            }
        }
        if !tensors.is_empty() {
            self.sets.push((path.to_owned(), tensors));
        }
        for (key, value) in within {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            self.look(pickle, value, &path, depth + 1);
        }
    }
}
