//! `.pth` and `.pt` as PyTorch ≥ 1.6 writes them: a zip of uncompressed files, `NAME/data.pkl` with the names and shapes, and
//! `NAME/data/KEY` with the values of each storage.

use flipscope_language::{as_text, text};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::contents::{Directory, WeightSet, few};
use super::pickle::{Id, Pickle, REMEDY, Value};
use super::stored::{Dtype, Stored};
use super::{extra_values, unknown};

/// Longest pickle that is read. A state dict of Inception-v3 takes 100 kB.
const MAX_PICKLE: u64 = 4 << 20;
/// The most dictionaries of tensors that one file may have, and how deeply they may be nested.
const MAX_SETS: usize = 64;
const MAX_DEPTH: usize = 4;

/// The files of a zip.
struct Zip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be read: files that overlap, as in a zip bomb, exceed the total.
    left: u64,
}

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

/// The value of a zero-dimensional tensor: an integer or a Boolean.
fn number(stored: &Stored, data: &[u8]) -> Option<serde_json::Number> {
    if !stored.shape.is_empty() {
        return None;
    }
    let bytes = data.get(stored.start..)?;
    let whole = match &stored.dtype {
        Dtype::Other(name) if name == "int64" => i64::from_le_bytes(*bytes.first_chunk()?),
        Dtype::Other(name) if name == "int32" => i32::from_le_bytes(*bytes.first_chunk()?).into(),
        Dtype::Other(name)
            if matches!(name.as_str(), "ByteStorage" | "CharStorage" | "BoolStorage") =>
        {
            i64::from(*bytes.first()?)
        }
        Dtype::Other(name) if name == "ShortStorage" => {
            i16::from_le_bytes(*bytes.first_chunk()?).into()
        }
        _ => {
            let value = stored.values(data).ok()?;
            return serde_json::Number::from_f64(f64::from(*value.first()?));
        }
    };
    Some(whole.into())
}

/// First byte and length of a file in the zip, with its checksum verified.
fn locate(zip: &mut Zip<'_>, name: &str) -> Result<(usize, usize), String> {
    let damaged = |error: &dyn std::fmt::Display| {
        text!(
            "checkpoint-zip-damaged-copy-download",
            name = as_text(&name),
            error = as_text(&error)
        )
    };
    let mut file = zip.archive.by_name(name).map_err(|error| damaged(&error))?;
    if file.compression() != CompressionMethod::Stored || file.size() != file.compressed_size() {
        return Err(text!(
            "checkpoint-zip-compressed-as-torch",
            name = as_text(&name),
            remedy = as_text(&REMEDY)
        ));
    }
    let at = file
        .data_start()
        .ok_or_else(|| damaged(&text!("checkpoint-no-place")))?;
    let length = file.size();
    zip.left = zip
        .left
        .checked_sub(length)
        .ok_or_else(|| damaged(&text!("checkpoint-zip-files-overlap")))?;
    let read = std::io::copy(
        &mut Read::by_ref(&mut file).take(length),
        &mut std::io::sink(),
    )
    .and_then(|read| {
        // The checksum is compared at the end of the file, which takes one more read.
        let mut end = [0];
        file.read(&mut end).map(|more| read + more as u64)
    })
    .map_err(|error| damaged(&error))?;
    match (usize::try_from(at), usize::try_from(length)) {
        (Ok(at), Ok(length)) if read == length as u64 && at.checked_add(length).is_some() => {
            Ok((at, length))
        }
        _ => Err(damaged(&text!("checkpoint-length-wrong"))),
    }
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

/// A storage in the zip.
#[derive(Clone)]
struct Storage {
    start: usize,
    bytes: usize,
    dtype: Dtype,
    width: usize,
}

/// The position of a tensor, from `(storage, offset, size, stride, …)`.
fn tensor(
    pickle: &Pickle,
    arguments: Id,
    folder: &str,
    zip: &mut Zip<'_>,
    storages: &mut HashMap<String, Storage>,
) -> Result<Stored, String> {
    let unknown = || {
        text!(
            "checkpoint-tensor-described-as-pytorch",
            remedy = as_text(&REMEDY)
        )
    };
    let Value::Sequence(arguments) = pickle.get(arguments) else {
        return Err(unknown());
    };
    let [storage, offset, size, stride, ..] = arguments.as_slice() else {
        return Err(unknown());
    };
    let &Value::Storage(id) = pickle.get(*storage) else {
        return Err(unknown());
    };
    let storage = find_storage(pickle, id, folder, zip, storages)?;
    let offset = match pickle.get(*offset) {
        &Value::Int(offset) => usize::try_from(offset).map_err(|_| unknown())?,
        _ => return Err(unknown()),
    };
    let shape = sizes(pickle, *size).ok_or_else(unknown)?;
    let strides = sizes(pickle, *stride).ok_or_else(unknown)?;
    if shape.len() != strides.len() || shape.len() > 8 {
        return Err(unknown());
    }
    // The last value, counted from the storage's first; none if a side is 0.
    let last = shape
        .iter()
        .zip(&strides)
        .try_fold(offset, |last, (&side, &stride)| {
            last.checked_add(side.checked_sub(1)?.checked_mul(stride)?)
        });
    let inside = last
        .and_then(|last| last.checked_add(1)?.checked_mul(storage.width))
        .is_some_and(|end| end <= storage.bytes);
    if !inside {
        return Err(text!("checkpoint-values-lie-outside-storage").to_owned());
    }
    let row_major = shape
        .iter()
        .rev()
        .scan(1_usize, |stride, &side| {
            let this = *stride;
            *stride = stride.saturating_mul(side);
            Some((this, side))
        })
        .zip(strides.iter().rev())
        .all(|((wanted, side), &stride)| side == 1 || stride == wanted);
    Ok(Stored {
        dtype: storage.dtype,
        shape,
        start: storage.start + offset * storage.width,
        strides: (!row_major).then_some(strides),
        zeros: None,
    })
}

/// A storage, from `("storage", type, key, location, length)`.
fn find_storage(
    pickle: &Pickle,
    id: Id,
    folder: &str,
    zip: &mut Zip<'_>,
    storages: &mut HashMap<String, Storage>,
) -> Result<Storage, String> {
    let unknown = || {
        text!(
            "checkpoint-storage-described-as-pytorch",
            remedy = as_text(&REMEDY)
        )
    };
    let Value::Sequence(items) = pickle.get(id) else {
        return Err(unknown());
    };
    let [_, kind, key, ..] = items.as_slice() else {
        return Err(unknown());
    };
    let (Value::Global(_, kind), Value::Text(key)) = (pickle.get(*kind), pickle.get(*key)) else {
        return Err(unknown());
    };
    if let Some(known) = storages.get(key) {
        return Ok(known.clone());
    }
    let (dtype, width) = match kind.as_str() {
        "FloatStorage" => (Dtype::F32, 4),
        "DoubleStorage" => (Dtype::F64, 8),
        "HalfStorage" => (Dtype::F16, 2),
        "BFloat16Storage" => (Dtype::BF16, 2),
        "LongStorage" => (Dtype::Other("int64".to_owned()), 8),
        "IntStorage" => (Dtype::Other("int32".to_owned()), 4),
        other => (Dtype::Other(other.to_owned()), 1),
    };
    let (start, bytes) = locate(zip, &format!("{folder}data/{key}"))?;
    let storage = Storage {
        start,
        bytes,
        dtype,
        width,
    };
    storages.insert(key.clone(), storage.clone());
    Ok(storage)
}

/// A tuple of numbers ≥ 0.
fn sizes(pickle: &Pickle, id: Id) -> Option<Vec<usize>> {
    let Value::Sequence(items) = pickle.get(id) else {
        return None;
    };
    items
        .iter()
        .map(|&item| match pickle.get(item) {
            &Value::Int(value) => usize::try_from(value).ok(),
            _ => None,
        })
        .collect()
}
