//! Named tensors and text: the contents of a checkpoint, and what training keeps in a file between its steps.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::encode::{Entry, serialise};
use super::parsed::Checkpoint;
use crate::error::ClassifierError;
use flipscope_base::atomic::{self, Existing};

/// The values of one tensor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// Lengths of its axes; empty for a single number.
    pub shape: Vec<usize>,
    /// Row-major.
    pub values: Vec<f32>,
}

/// Tensors by name, and text by key: the content of a `.safetensors` file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tensors {
    /// The header's metadata.
    pub metadata: BTreeMap<String, String>,
    /// The tensors, f32.
    pub tensors: BTreeMap<String, Values>,
}

impl Tensors {
    /// The bytes of the file. The same content gives the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let entries = self
            .tensors
            .iter()
            .map(|(name, one)| (name.clone(), Entry::f32(one.shape.clone(), &one.values)))
            .collect();
        serialise(&self.metadata, entries)
    }

    /// Writes the file; it appears whole or not at all, also after a power cut.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), ClassifierError> {
        atomic::write(path, &self.to_bytes(), Existing::Replace).map_err(|source| {
            ClassifierError::Write {
                path: path.to_owned(),
                source,
            }
        })
    }

    /// Reads what [`Tensors::write`] wrote, to the last bit.
    ///
    /// # Errors
    /// If the file is unreadable or damaged.
    pub fn read(path: &Path) -> Result<Self, ClassifierError> {
        let checkpoint = Checkpoint::read(path)?;
        let mut tensors = BTreeMap::new();
        for (name, stored) in &checkpoint.tensors {
            let values = checkpoint.values(name, &stored.shape).map_err(|reason| {
                ClassifierError::Tensors {
                    path: path.to_owned(),
                    reason,
                }
            })?;
            let shape = stored.shape.clone();
            tensors.insert(name.clone(), Values { shape, values });
        }
        Ok(Self {
            metadata: checkpoint.metadata,
            tensors,
        })
    }

    /// The checkpoint that a reader of the file would see; `name` stands for the file in messages.
    pub(crate) fn checkpoint(&self, name: &Path) -> Result<Checkpoint, ClassifierError> {
        Checkpoint::parse(name, Cow::Owned(self.to_bytes()))
    }
}
