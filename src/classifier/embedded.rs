//! The models inside the program (feature `demo-model`): `assets/*.safetensors`, 8 bits a weight, each with a model card.

/// A model inside the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DemoModel {
    /// Colours were left as they are in training: what answers where no model is named.
    #[default]
    Plain,
}

impl DemoModel {
    /// All of them, the default first.
    pub const ALL: [Self; 1] = [Self::Plain];

    /// What the command line calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "demo",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "demo model",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The file.
    #[cfg(feature = "demo-model")]
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Plain => include_bytes!("../../assets/demo-model.safetensors"),
        }
    }
}
