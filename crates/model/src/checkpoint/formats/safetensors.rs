//! `.safetensors`: a JSON header, then the values.

use flipscope_language::{as_text, text};
use std::collections::BTreeMap;

use ::safetensors::tensor::{Dtype as FileDtype, Metadata};
use serde_json::Value;

use super::contents::{Directory, WeightSet};
use super::stored::{Dtype, Stored};
use super::unknown;
use crate::checkpoint::class_lists;

/// Longest header that is read. Torchvision's Inception-v3 has 60 kB.
const MAX_HEADER: usize = 16 << 20;

/// Parses the header and checks that it fits the file exactly.
pub(crate) fn parse(data: &[u8]) -> Result<Directory, String> {
    let unknown = || unknown::file(data);
    let (length, rest) = data.split_first_chunk::<8>().ok_or_else(unknown)?;
    if rest.first() != Some(&b'{') {
        return Err(unknown());
    }
    let length = u64::from_le_bytes(*length);
    let damaged = text!("checkpoint-file-cut-off-damaged");
    let header = usize::try_from(length)
        .ok()
        .and_then(|length| rest.get(..length))
        .ok_or_else(|| {
            text!(
                "checkpoint-safetensors-header-would-take",
                length = as_text(&length),
                damaged = as_text(&damaged)
            )
        })?;
    if header.len() > MAX_HEADER {
        return Err(text!(
            "checkpoint-safetensors-header-takes-bytes",
            length = as_text(&length),
            max_header = as_text(&MAX_HEADER)
        ));
    }
    let parsed: Metadata = serde_json::from_slice(header).map_err(|error| {
        text!(
            "checkpoint-safetensors-header-invalid",
            error = as_text(&error),
            damaged = as_text(&damaged)
        )
    })?;
    let values = rest.len() - header.len();
    if parsed.data_len() != values {
        let how = if parsed.data_len() > values {
            text!("checkpoint-cut-off")
        } else {
            text!("checkpoint-longer-than-header-says")
        };
        return Err(text!(
            "checkpoint-file-header-describes-bytes",
            how = as_text(&how),
            data_len = as_text(&parsed.data_len()),
            values = as_text(&values)
        ));
    }
    let start = data.len() - values;
    let tensors = parsed
        .tensors()
        .into_iter()
        .map(|(name, info)| {
            let stored = Stored {
                dtype: dtype(info.dtype),
                shape: info.shape.clone(),
                start: start + info.data_offsets.0,
                strides: None,
                zeros: None,
            };
            (name, stored)
        })
        .collect::<BTreeMap<_, _>>();
    if tensors.is_empty() {
        return Err(text!("checkpoint-file-holds-no-tensors").to_owned());
    }
    let metadata: BTreeMap<String, String> = parsed
        .metadata()
        .iter()
        .flatten()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    // Values in a header are text, in which lists are encoded as JSON.
    let extra = metadata
        .iter()
        .map(|(key, text)| {
            let value = class_lists::parsed(text).unwrap_or_else(|| Value::String(text.clone()));
            (key.clone(), value)
        })
        .collect();
    Ok(Directory {
        metadata,
        extra: Value::Object(extra),
        sets: vec![WeightSet {
            key: String::new(),
            tensors,
        }],
    })
}

fn dtype(dtype: FileDtype) -> Dtype {
    match dtype {
        FileDtype::F16 => Dtype::F16,
        FileDtype::BF16 => Dtype::BF16,
        FileDtype::F32 => Dtype::F32,
        FileDtype::F64 => Dtype::F64,
        FileDtype::I8 => Dtype::I8,
        FileDtype::U8 => Dtype::U8,
        other => Dtype::Other(other.to_string()),
    }
}
