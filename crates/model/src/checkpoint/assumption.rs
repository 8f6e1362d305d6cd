//! What nobody said of a model and what was therefore assumed: typed, so that results can carry it and a window can say the gravest first.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What an assumption is about. The order is that of gravity: what can turn P(melanoma) into its opposite comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Which output is which class.
    ClassOrder,
    /// What the one output of a sigmoid means.
    OneOutput,
    /// Which of the classes mean melanoma.
    MelanomaClasses,
    /// Which of several sets of weights was taken.
    Weights,
    /// Tensors beside the network that were ignored though they may belong to it.
    Beside,
    /// Which layer is the head.
    Head,
    /// How photographs become frames.
    Framing,
    /// The mean that inputs are normalised with.
    Mean,
    /// The standard deviation that inputs are normalised with.
    Std,
    /// Whether torchvision's `transform_input` follows.
    TransformInput,
    /// P(melanoma) at or above which the verdict is melanoma.
    Threshold,
    /// The network's architecture.
    Architecture,
    /// A head that takes part in training only.
    AuxiliaryHead,
    /// Something that a later version assumes.
    #[serde(other)]
    Other,
}

/// One thing that was assumed of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    /// What it is about.
    pub about: About,
    /// A sentence: what was assumed.
    pub text: String,
    /// What to do to have it otherwise; empty where nothing is to be done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remedy: String,
}

impl Assumption {
    /// An assumption with its remedy.
    #[must_use]
    pub fn new(about: About, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            about,
            text: text.into(),
            remedy: remedy.into(),
        }
    }

    /// Whether P(melanoma) may be that of something else altogether if it is wrong: said where no one can miss it.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        self.about <= About::Beside
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_they_were_written_and_later_kinds_are_read_too() {
        let one = Assumption::new(About::ClassOrder, "melanoma, nevus", "Say it.");
        let json = serde_json::to_string(&one).unwrap();
        assert!(json.contains(r#""about":"class-order""#), "{json}");
        assert_eq!(serde_json::from_str::<Assumption>(&json).unwrap(), one);
        let later = r#"{"about":"colour-constancy","text":"grey world"}"#;
        let later: Assumption = serde_json::from_str(later).unwrap();
        assert_eq!((later.about, later.is_grave()), (About::Other, false));
        assert!(one.is_grave());
    }
}
