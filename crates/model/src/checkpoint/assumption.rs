//! What a model does not state and what was therefore assumed: typed, so that results can include it and a window can show the
//! most serious first.

use std::fmt;

use flipscope_language::{Language, current, within};
use serde::{Deserialize, Serialize};

/// What an assumption is about, in order of severity: what can turn P(melanoma) into its opposite comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssumptionKind {
    /// Which output is which class.
    ClassOrder,
    /// What the single output of a sigmoid means.
    OneOutput,
    /// Which of the classes mean melanoma.
    MelanomaClasses,
    /// Which of several sets of weights was used.
    Weights,
    /// Tensors outside the network that were ignored though they may belong to it.
    #[serde(rename = "beside")]
    ExtraTensors,
    /// Which layer is the head.
    Head,
    /// How photographs become frames.
    Framing,
    /// The mean that inputs are normalised with.
    Mean,
    /// The standard deviation that inputs are normalised with.
    Std,
    /// Whether torchvision's `transform_input` is applied.
    TransformInput,
    /// P(melanoma) at or above which the verdict is melanoma.
    Threshold,
    /// The network's architecture.
    Architecture,
    /// A head that is used only in training.
    AuxiliaryHead,
    /// Something that a later version assumes.
    #[serde(other)]
    Other,
}

/// One assumption about a model.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assumption {
    /// What it is about.
    pub about: AssumptionKind,
    /// A sentence that says what was assumed.
    pub text: String,
    /// What to do to change it; empty if there is nothing to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remedy: String,
    /// Both as the German window says them; none where the sentence was read from a file.
    #[serde(skip)]
    german: Option<(String, String)>,
}

/// What a file keeps of it: it says the same in either language.
impl PartialEq for Assumption {
    fn eq(&self, other: &Self) -> bool {
        (self.about, &self.text, &self.remedy) == (other.about, &other.text, &other.remedy)
    }
}

impl Eq for Assumption {}

impl Assumption {
    /// An assumption with its remedy.
    #[must_use]
    pub fn new(about: AssumptionKind, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            about,
            text: text.into(),
            remedy: remedy.into(),
            german: None,
        }
    }

    /// One whose sentence and remedy are made from texts: in English, as files keep it, and in German for the window.
    #[must_use]
    pub fn spoken(about: AssumptionKind, say: impl Fn() -> (String, String)) -> Self {
        let (text, remedy) = within(Language::English, &say);
        let german = Some(within(Language::German, &say));
        Self {
            german,
            ..Self::new(about, text, remedy)
        }
    }

    fn local(&self) -> Option<&(String, String)> {
        self.german
            .as_ref()
            .filter(|_| current() == Language::German)
    }

    /// The sentence in this thread's language, where that is known.
    #[must_use]
    pub fn said(&self) -> &str {
        self.local().map_or(&self.text, |(text, _)| text)
    }

    /// The remedy in this thread's language, where that is known.
    #[must_use]
    pub fn said_remedy(&self) -> &str {
        self.local().map_or(&self.remedy, |(_, remedy)| remedy)
    }

    /// Whether P(melanoma) may be the probability of something else altogether if it is wrong: shown where no one can miss it.
    #[must_use]
    pub fn is_severe(&self) -> bool {
        self.about <= AssumptionKind::ExtraTensors
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.said())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_as_they_were_written_and_later_kinds_are_read_too() {
        let one = Assumption::new(AssumptionKind::ClassOrder, "melanoma, nevus", "Say it.");
        let json = serde_json::to_string(&one).unwrap();
        assert!(json.contains(r#""about":"class-order""#), "{json}");
        assert_eq!(serde_json::from_str::<Assumption>(&json).unwrap(), one);
        let later = r#"{"about":"colour-constancy","text":"grey world"}"#;
        let later: Assumption = serde_json::from_str(later).unwrap();
        assert_eq!(
            (later.about, later.is_severe()),
            (AssumptionKind::Other, false)
        );
        assert!(one.is_severe());
    }

    #[test]
    fn files_keep_it_in_english_whichever_language_is_spoken() {
        let say = || {
            let text = match current() {
                Language::English => "Assumed.",
                Language::German => "Angenommen.",
            };
            (text.to_owned(), String::new())
        };
        within(Language::German, || {
            let one = Assumption::spoken(AssumptionKind::Framing, say);
            assert_eq!((one.said(), one.text.as_str()), ("Angenommen.", "Assumed."));
            let json = serde_json::to_string(&one).unwrap();
            let read = serde_json::from_str::<Assumption>(&json).unwrap();
            assert_eq!((read.said(), &read), ("Assumed.", &one), "{json}");
        });
    }
}
