//! From a checkpoint to a self-describing `.safetensors` with another weight format.

use flipscope_language::{as_text, text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::activation_stats::{self, Input};
use super::encode::{Writer, serialise};
use super::info::ModelInfo;
use super::opened::{self, Opened};
use super::overrides::Overrides;
use super::source::ModelSource;
use super::weight_format::Format;
use super::{class_lists, state_dict};
use crate::architectures::Architecture;
use crate::error::ClassifierError;
use flipscope_base::atomic::{self, Existing};
use flipscope_base::hex;
use flipscope_image::lesion::Frame;

/// What a conversion wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversionReport {
    /// The new file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Tensors written, scales included.
    pub tensors: usize,
    /// The weights that changed most, and by how much: √(Σ(new − old)² / Σ old²).
    pub largest_change: Option<(String, f64)>,
}

/// Converts a checkpoint (or an embedded model, by its name), keeping its metadata; an existing file is left alone.
///
/// # Errors
/// As [`crate::Classifier::load`] of `source`; if a weight does not fit the format; if `target` exists, or cannot be written.
pub fn convert(
    source: &Path,
    target: &Path,
    format: Format,
) -> Result<ConversionReport, ClassifierError> {
    let overrides = Overrides::default();
    convert_with(source, target, format, &overrides, &BTreeMap::new())
}

/// Converts a checkpoint about which the user states more than the file does, or something else; `notes` go into the header, in
/// place of what the file's own header has under the same keys. The new file appears whole or not at all.
///
/// # Errors
/// As [`convert`].
pub fn convert_with(
    source: &Path,
    target: &Path,
    format: Format,
    overrides: &Overrides,
    notes: &BTreeMap<String, String>,
) -> Result<ConversionReport, ClassifierError> {
    write(source, target, format, overrides, notes, Existing::Refuse)
}

/// As [`convert_with`], replacing an existing file, but never `source`.
///
/// # Errors
/// As [`convert`].
pub fn convert_over(
    source: &Path,
    target: &Path,
    format: Format,
    overrides: &Overrides,
    notes: &BTreeMap<String, String>,
) -> Result<ConversionReport, ClassifierError> {
    write(source, target, format, overrides, notes, Existing::Replace)
}

/// Whether two names refer to one file.
fn same_file(source: &Path, target: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    match (real(source), real(target)) {
        (Some(source), Some(target)) if source == target => true,
        #[cfg(unix)]
        (Some(source), Some(target)) => {
            use std::os::unix::fs::MetadataExt as _;
            let place = |path: &Path| {
                let about = path.metadata().ok()?;
                Some((about.dev(), about.ino()))
            };
            place(&source).is_some() && place(&source) == place(&target)
        }
        _ => false,
    }
}

fn write(
    source: &Path,
    target: &Path,
    format: Format,
    overrides: &Overrides,
    notes: &BTreeMap<String, String>,
    existing: Existing,
) -> Result<ConversionReport, ClassifierError> {
    let from = ModelSource::called(source.to_owned());
    let own = same_file(source, target);
    if own || (existing == Existing::Refuse && target.exists()) {
        return Err(ClassifierError::Exists {
            path: target.to_owned(),
            own,
        });
    }
    let Opened {
        checkpoint,
        architecture,
        info,
    } = opened::open(from.read()?, from.name(), overrides)?;
    let classes = info.classes.len();
    let refuse = |reason: String| ClassifierError::Tensors {
        path: source.to_owned(),
        reason,
    };
    let names = state_dict::check(&checkpoint, &architecture, classes).map_err(refuse)?;

    let mut values = BTreeMap::new();
    let mut shapes = BTreeMap::new();
    let auxiliary = architecture.auxiliary.as_ref().map(|one| one.prefix);
    for (name, shape) in names.tensors {
        if format == Format::Int8 && auxiliary.is_some_and(|prefix| name.starts_with(prefix)) {
            continue;
        }
        let read = state_dict::finite(&checkpoint, &name, &shape).map_err(refuse)?;
        values.insert(name.clone(), read);
        shapes.insert(name, shape);
    }
    let inputs = average_inputs(&architecture, &values).map_err(refuse)?;
    let mut writer = Writer {
        format,
        entries: BTreeMap::new(),
        largest_change: None,
    };
    for conv in architecture.convs() {
        if let Some(input) = inputs.get(&conv.name) {
            writer
                .convolution(conv, &mut values, input)
                .map_err(refuse)?;
        }
    }
    // The heads, and the convolutions of the auxiliary head.
    for (name, values) in &values {
        let shape = shapes.remove(name).unwrap_or_default();
        writer.plain(name, shape, values).map_err(refuse)?;
    }
    let Writer {
        entries,
        largest_change,
        ..
    } = writer;
    let tensors = entries.len();
    let bytes = serialise(&metadata(&info, format, notes), entries);
    atomic::write(target, &bytes, existing).map_err(|source| {
        let path = target.to_owned();
        if source.kind() == std::io::ErrorKind::AlreadyExists {
            ClassifierError::Exists { path, own: false }
        } else {
            ClassifierError::Write { path, source }
        }
    })?;
    Ok(ConversionReport {
        path: target.to_owned(),
        bytes: bytes.len() as u64,
        sha256: hex(Sha256::digest(&bytes)),
        tensors,
        largest_change,
    })
}

/// The average inputs of the body's convolutions.
fn average_inputs(
    architecture: &Architecture,
    values: &BTreeMap<String, Vec<f32>>,
) -> Result<BTreeMap<String, Input>, String> {
    activation_stats::inputs(architecture, Frame::SIDE as usize, |conv| {
        let part = |part: &str| {
            let name = conv.norm_name(part);
            values
                .get(&name)
                .cloned()
                .ok_or_else(|| text!("checkpoint-missing", name = as_text(&name)))
        };
        Ok((part("bias")?, part("weight")?))
    })
}

/// The new header: the file's own header, what is known about the model, and where it came from.
fn metadata(
    info: &ModelInfo,
    format: Format,
    notes: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let weights = match format {
        Format::F32 => "f32",
        Format::F16 => "convolutions and head f16, the rest f32",
        Format::Int8 => {
            "convolutions: weight = code * weight_scale[channel] * weight_block[channel, block of 32] / 255; weight_codes \
             packs n bits a code, lowest first, as code + 2^(n-1) - 1; running means corrected for the rounding; the rest f32"
        }
    };
    let mut metadata = info.metadata.clone();
    // The file's statement about its classes may have been overridden, and one output has become two.
    metadata.retain(|key, text| {
        let value = class_lists::parsed(text).unwrap_or_else(|| Value::String(text.clone()));
        let alone = Value::Object([(key.clone(), value)].into_iter().collect());
        key != "positive_class" && class_lists::classes(&alone).is_ok_and(|lists| lists.is_empty())
    });
    metadata.extend(info.header());
    for (key, value) in [
        ("quantisation", weights.to_owned()),
        ("converted_from_sha256", info.sha256.clone()),
        (
            "converted_by",
            concat!("flipscope ", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
    ] {
        metadata.insert(key.to_owned(), value);
    }
    metadata.extend(notes.clone());
    metadata
}
