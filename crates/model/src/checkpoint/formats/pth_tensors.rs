//! Where the values of a `.pth` file's tensors are: files in its zip, and the storages that a pickle describes.

use flipscope_language::{as_text, text};
use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::pickle::{Id, Pickle, REMEDY, Value};
use super::stored::{Dtype, Stored};

/// The files of a zip.
pub(super) struct Zip<'a> {
    pub(super) archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be read: files that overlap, as in a zip bomb, exceed the total.
    pub(super) left: u64,
}

/// First byte and length of a file in the zip, with its checksum verified.
pub(super) fn locate(zip: &mut Zip<'_>, name: &str) -> Result<(usize, usize), String> {
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

/// A storage in the zip.
#[derive(Clone)]
pub(super) struct Storage {
    start: usize,
    bytes: usize,
    dtype: Dtype,
    width: usize,
}

/// The position of a tensor, from `(storage, offset, size, stride, …)`.
pub(super) fn tensor(
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

/// The value of a zero-dimensional tensor: an integer or a Boolean.
pub(super) fn number(stored: &Stored, data: &[u8]) -> Option<serde_json::Number> {
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
