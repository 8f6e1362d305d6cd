//! Where a model comes from: a file, or the program itself.

use std::path::PathBuf;

use super::embedded::DemoModel;
use super::parsed::Checkpoint;
use crate::error::ClassifierError;

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// A model inside the program.
    Embedded(DemoModel),
    /// A `.safetensors` or `.pth` file.
    File(PathBuf),
}

impl Default for ModelSource {
    fn default() -> Self {
        Self::DEMO
    }
}

impl ModelSource {
    /// The model that answers where none is named.
    pub const DEMO: Self = Self::Embedded(DemoModel::Plain);

    /// What a person calls it: a model inside the program by its name, whatever files there are (one that is called so is named with its
    /// folder, as `./demo`), or a file.
    #[must_use]
    pub fn called(name: PathBuf) -> Self {
        let demo = name.to_str().and_then(DemoModel::named);
        demo.map_or(Self::File(name), Self::Embedded)
    }

    /// Where the model of a SHA-256 is to be had: inside the program, or else in the file that is named. None where there is neither.
    #[must_use]
    pub fn of_hash(sha256: &str, file: Option<PathBuf>) -> Option<Self> {
        let inside = DemoModel::of_hash(sha256).map(Self::Embedded);
        inside.or_else(|| file.map(Self::File))
    }

    /// The shown name of a model that is no file.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Embedded(demo) => Some(demo.title()),
            Self::File(_) => None,
        }
    }

    /// Reads and parses the checkpoint.
    pub(crate) fn read(&self) -> Result<Checkpoint, ClassifierError> {
        match self {
            Self::File(path) => Checkpoint::read(path),
            #[cfg(feature = "demo-model")]
            Self::Embedded(demo) => Checkpoint::parse(
                std::path::Path::new(&format!("the {} inside flipscope", demo.title())),
                std::borrow::Cow::Borrowed(demo.bytes()),
            ),
            #[cfg(not(feature = "demo-model"))]
            Self::Embedded(_) => Err(ClassifierError::NoDemoModel),
        }
    }
}
