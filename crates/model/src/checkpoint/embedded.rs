//! The embedded models (feature `demo-model`): `assets/*.safetensors`, 8 bits a weight, each with a model card.

use flipscope_language::text;

/// The name of a model as people read it, in the thread's language: an embedded one's; all others are named by their files.
#[must_use]
pub fn model_in_words(name: &str) -> &str {
    let demo = (DemoModel::ALL.into_iter()).find(|one| one.title() == name);
    demo.map_or(name, |demo| demo.in_words())
}

/// A name as [`model_in_words`] gives it, where the word "model" stands before it already: the word at its end is left out, in German, where
/// it is part of one word, not.
#[must_use]
pub fn bare_model_name(name: &str) -> &str {
    let bare = name.strip_suffix(" model");
    bare.filter(|name| !name.is_empty()).unwrap_or(name)
}

/// An embedded model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DemoModel {
    /// Colours were not jittered in training; the model that is used if none is named.
    #[default]
    Plain,
    /// Gain and offset of each channel were drawn anew for every frame in training.
    Jitter,
}

impl DemoModel {
    /// All of them, the default first.
    pub const ALL: [Self; 2] = [Self::Plain, Self::Jitter];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "demo",
            Self::Jitter => "demo-jitter",
        }
    }

    /// Its name for people, in the thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Plain => text!("demo-plain"),
            Self::Jitter => text!("demo-jitter"),
        }
    }

    /// Its name for people, as files have it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "demo model",
            Self::Jitter => "demo model, colour jitter",
        }
    }

    /// The model with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The model with this SHA-256 in hexadecimal.
    #[cfg(feature = "demo-model")]
    #[must_use]
    pub fn from_sha256(sha256: &str) -> Option<Self> {
        use sha2::{Digest as _, Sha256};
        static HASHES: std::sync::OnceLock<[String; 2]> = std::sync::OnceLock::new();
        let hashes = HASHES.get_or_init(|| {
            Self::ALL.map(|one| flipscope_image::lesion::hex(Sha256::digest(one.bytes())))
        });
        let mut all = Self::ALL.into_iter().zip(hashes);
        all.find_map(|(one, hash)| (hash == sha256).then_some(one))
    }

    /// The model with this SHA-256; this build has none embedded.
    #[cfg(not(feature = "demo-model"))]
    #[must_use]
    pub fn from_sha256(_sha256: &str) -> Option<Self> {
        None
    }

    /// Its operating point, as the header of a checkpoint states it: what `flipscope train --init NAME --epochs 0` finds for nine of ten
    /// melanomas of the validation part. Their own headers are older than that.
    #[cfg(feature = "demo-model")]
    pub(crate) fn operating_point(self) -> &'static str {
        match self {
            Self::Plain => include_str!("../../../../assets/demo-model.operating-point.json"),
            Self::Jitter => {
                include_str!("../../../../assets/demo-jitter-model.operating-point.json")
            }
        }
    }

    /// The file.
    #[cfg(feature = "demo-model")]
    pub(crate) fn bytes(self) -> &'static [u8] {
        // Statics, which are in the program once; a constant would be copied to every place where it is inlined.
        static PLAIN: &[u8] = include_bytes!("../../../../assets/demo-model.safetensors");
        static JITTER: &[u8] = include_bytes!("../../../../assets/demo-jitter-model.safetensors");
        match self {
            Self::Plain => PLAIN,
            Self::Jitter => JITTER,
        }
    }
}
