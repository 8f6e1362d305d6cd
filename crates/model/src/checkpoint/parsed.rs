//! Checkpoint files: `.safetensors`, and `.pth` as `torch.save` writes a state dict. Nothing in a file is executed.
//!
//! A file is recognised by its first bytes, not by its name. It is read into memory once (regular files of at most
//! [`MAX_BYTES`]) and its directory parsed; values are converted one tensor at a time, after names and shapes have been
//! compared with the architecture, so that a file costs its own size whatever it claims.

use flipscope_language::{as_text, text};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::formats::contents::{Directory, WeightSet};
use super::formats::stored::{Dtype, Part, Stored, Zeros};
use super::formats::{pth, safetensors};
use super::quantise;
use crate::error::ClassifierError;
use flipscope_base::system::about;
use flipscope_base::{hex, read};

/// Largest file read: 1 GiB. Inception-v3 with its auxiliary head takes 109 MB in f32, ResNet-152 241 MB.
pub(crate) const MAX_BYTES: u64 = 1 << 30;

/// A parsed checkpoint: the directory of its tensors, and its bytes.
pub(crate) struct Checkpoint {
    /// The file; for an embedded model, a description in its place.
    pub(crate) path: PathBuf,
    /// Size of the whole file.
    pub(crate) bytes: u64,
    /// The header's metadata; empty for a `.pth`, which has none.
    pub(crate) metadata: BTreeMap<String, String>,
    /// What the file states besides its weights: the header's texts, parsed, or what a `.pth` holds besides tensors.
    pub(crate) extra: serde_json::Value,
    /// Every dictionary of tensors, as stored in the file.
    pub(crate) sets: Vec<WeightSet>,
    /// The tensors by name; until a network has been found in the file (`selection`), those of the largest dictionary, without
    /// a prefix that `DataParallel` or `torch.compile` put before all of them.
    pub(crate) tensors: BTreeMap<String, Stored>,
    data: Cow<'static, [u8]>,
}

impl Checkpoint {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, ClassifierError> {
        let read_error = |source| ClassifierError::Read {
            path: path.to_owned(),
            source,
        };
        let about = fs::metadata(path).map_err(|error| read_error(about(path, error)))?;
        let refuse = |reason: String| ClassifierError::Format {
            path: path.to_owned(),
            reason,
        };
        if !about.is_file() {
            return Err(refuse(text!("checkpoint-this-not-regular-file").to_owned()));
        }
        let too_large = |bytes: u64| {
            refuse(text!(
                "checkpoint-bytes-more-than-checkpoint",
                bytes = as_text(&bytes),
                max_bytes = as_text(&MAX_BYTES)
            ))
        };
        if about.len() > MAX_BYTES {
            return Err(too_large(about.len()));
        }
        let mut data = Vec::with_capacity(about.len() as usize);
        read::open_regular(path)
            .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut data))
            .map_err(read_error)?;
        if data.len() as u64 > MAX_BYTES {
            return Err(too_large(data.len() as u64));
        }
        Self::parse(path, Cow::Owned(data))
    }

    /// Parses the bytes of a file.
    pub(crate) fn parse(path: &Path, data: Cow<'static, [u8]>) -> Result<Self, ClassifierError> {
        let directory = parse_directory(&data).map_err(|reason| ClassifierError::Format {
            path: path.to_owned(),
            reason,
        })?;
        let largest = (directory.sets.iter()).max_by_key(|set| set.tensors.len());
        let mut tensors = largest.map(|set| set.tensors.clone()).unwrap_or_default();
        for prefix in ["module.", "_orig_mod."] {
            if !tensors.is_empty() && tensors.keys().all(|name| name.starts_with(prefix)) {
                tensors = tensors
                    .into_iter()
                    .map(|(name, tensor)| {
                        (
                            name.strip_prefix(prefix).unwrap_or(&name).to_owned(),
                            tensor,
                        )
                    })
                    .collect();
            }
        }
        Ok(Self {
            path: path.to_owned(),
            bytes: data.len() as u64,
            metadata: directory.metadata,
            extra: directory.extra,
            sets: directory.sets,
            tensors,
            data,
        })
    }

    /// Makes two outputs of one: adds a row of zeros to the head for the other class, since P of a sigmoid, 1 / (1 + exp(−z)),
    /// is that of a softmax over z and 0. `positive` is the index of the output's class, 0 or 1.
    pub(crate) fn answer_as_two(&mut self, positive: usize) {
        for name in ["fc.weight", "fc.bias"] {
            let Some(stored) = self.tensors.get_mut(name) else {
                continue;
            };
            if let Some(rows @ 1) = stored.shape.first_mut() {
                *rows = 2;
                stored.zeros = Some(if positive == 0 {
                    Zeros::After
                } else {
                    Zeros::Before
                });
            }
        }
    }

    /// SHA-256 of the whole file, in hexadecimal.
    pub(crate) fn sha256(&self) -> String {
        hex(Sha256::digest(&self.data))
    }

    /// The values of a tensor of this shape in f32, row-major; weights in codes are decoded.
    ///
    /// # Errors
    /// A sentence that names the tensor: it is missing, its type is not floating point, or its parts do not fit together.
    pub(crate) fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        match self.tensors.get(name) {
            Some(stored) if stored.dtype != Dtype::I8 => stored
                .values(&self.data)
                .map_err(|reason| format!("`{name}`: {reason}")),
            Some(stored) => {
                let codes = self.bytes(name, stored)?;
                let codes: Vec<i16> = codes
                    .iter()
                    .map(|&byte| byte.cast_signed().into())
                    .collect();
                self.quantised(name, shape, &codes)
            }
            None => {
                let part = Part::Codes.name(name);
                let stored = self
                    .part(name, Part::Codes, None, &Dtype::U8)?
                    .ok_or_else(|| text!("checkpoint-missing", name = as_text(&name)))?;
                let packed = self.bytes(&part, stored)?;
                let count = shape.iter().product();
                let codes = quantise::unpack(packed, count).ok_or_else(|| {
                    text!(
                        "checkpoint-has-bytes-which-fit",
                        part = as_text(&part),
                        packed = as_text(&packed.len()),
                        count = as_text(&count)
                    )
                })?;
                self.quantised(name, shape, &codes)
            }
        }
    }

    /// Weights from their codes.
    fn quantised(&self, name: &str, shape: &[usize], codes: &[i16]) -> Result<Vec<f32>, String> {
        let rows = shape.first().copied().unwrap_or(0);
        let blocks = (codes.len() / rows.max(1)).div_ceil(quantise::BLOCK);
        let scales = self
            .part(name, Part::Scale, Some(&[rows]), &Dtype::F32)?
            .ok_or_else(|| {
                text!(
                    "checkpoint-codes-missing",
                    name = as_text(&name),
                    scale = as_text(&Part::Scale.name(name))
                )
            })?
            .values(&self.data)?;
        let multipliers = match self.part(name, Part::Block, Some(&[rows, blocks]), &Dtype::U8)? {
            Some(stored) => self.bytes(name, stored)?.to_vec(),
            None => vec![255; rows * blocks],
        };
        Ok(quantise::weights(codes, &scales, &multipliers))
    }

    /// A part of weights in codes, if it is present and fits.
    fn part(
        &self,
        weight: &str,
        part: Part,
        shape: Option<&[usize]>,
        dtype: &Dtype,
    ) -> Result<Option<&Stored>, String> {
        let part = part.name(weight);
        match self.tensors.get(&part) {
            Some(stored)
                if stored.dtype != *dtype || shape.is_some_and(|shape| shape != stored.shape) =>
            {
                Err(text!(
                    "checkpoint-which-does-not-fit",
                    part = as_text(&part),
                    stored = as_text(&stored),
                    weight = as_text(&weight)
                ))
            }
            found => Ok(found),
        }
    }

    fn bytes(&self, name: &str, stored: &Stored) -> Result<&[u8], String> {
        stored
            .bytes(&self.data)
            .ok_or_else(|| text!("checkpoint-tensor-outside-file", name = as_text(&name)))
    }
}

/// Recognises the format by the first bytes.
fn parse_directory(data: &[u8]) -> Result<Directory, String> {
    /// `torch.save` before PyTorch 1.6: a pickle that begins with this number.
    const LEGACY: &[u8] = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.";
    if data.is_empty() {
        return Err(text!("checkpoint-file-empty-copy-download").to_owned());
    }
    if data.starts_with(b"PK\x03\x04") {
        return pth::parse(data);
    }
    // A safetensors header whose length looks like the start of a pickle is recognised by its brace.
    let bare_pickle = matches!(data, [0x80, 2..=5, ..]) && data.get(8) != Some(&b'{');
    if data.starts_with(LEGACY) || bare_pickle {
        return Err(text!("checkpoint-this-format-torch-save").to_owned());
    }
    safetensors::parse(data)
}
