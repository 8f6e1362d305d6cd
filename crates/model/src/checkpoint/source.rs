//! Where a model comes from: a file, or the program itself.

use std::path::PathBuf;

use super::embedded::DemoModel;
#[cfg(feature = "demo-model")]
use super::metadata::OPERATING_POINT;
use super::parsed::Checkpoint;
use crate::error::ClassifierError;

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// An embedded model.
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
    /// The model that is used if none is named.
    pub const DEMO: Self = Self::Embedded(DemoModel::Plain);

    /// Resolves a name: an embedded model by its name, whatever files there are (a file of that name is given with its folder,
    /// as `./demo`), or else a file.
    #[must_use]
    pub fn called(name: PathBuf) -> Self {
        let demo = name.to_str().and_then(DemoModel::named);
        demo.map_or(Self::File(name), Self::Embedded)
    }

    /// Where to find the model with a SHA-256: embedded, or else in the given file. None if there is neither.
    #[must_use]
    pub fn from_sha256(sha256: &str, file: Option<PathBuf>) -> Option<Self> {
        let inside = DemoModel::from_sha256(sha256).map(Self::Embedded);
        inside.or_else(|| file.map(Self::File))
    }

    /// The display name of a model that is not a file.
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
            Self::Embedded(demo) => {
                let mut checkpoint = Checkpoint::parse(
                    std::path::Path::new(&format!("the {} inside flipscope", demo.title())),
                    std::borrow::Cow::Borrowed(demo.bytes()),
                )?;
                let point = demo.operating_point().trim().to_owned();
                checkpoint
                    .metadata
                    .insert(OPERATING_POINT.to_owned(), point);
                Ok(checkpoint)
            }
            #[cfg(not(feature = "demo-model"))]
            Self::Embedded(_) => Err(ClassifierError::NoDemoModel),
        }
    }
}
