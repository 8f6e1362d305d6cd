//! The rows of the list: what is known about each lesion. Needs no window.

use std::sync::Arc;

use flipscope_language::{Language, text, within};
use flipscope_model::Label;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::truth::Truth;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The lesion.
    pub id: LesionId,
    /// Its name in lower case: rows are sorted by it and searched in it.
    pub name: Arc<str>,
    /// Its diagnosis, if a table states it.
    pub truth: Option<Truth>,
    /// P(melanoma) of the unaltered frame, once it is judged.
    pub p_melanoma: Option<f32>,
    /// P(melanoma) of the frame as its sliders alter it, once it is judged; none if they alter nothing.
    pub p_altered: Option<f32>,
    /// What flips its verdict.
    pub flipped_by: Option<FlippedBy>,
    /// The smallest change that is known to flip it.
    pub smallest: Option<Change>,
}

/// What flips a verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlippedBy {
    /// The sliders, as they are.
    pub sliders: bool,
    /// The findings, oldest first.
    pub findings: Vec<Title>,
}

/// What is called otherwise in files than in the window.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Title {
    /// In files.
    pub name: String,
    /// In the window's language when the row was made.
    pub shown: String,
}

impl Title {
    /// A text in both.
    pub(crate) fn of(text: impl Fn() -> String) -> Self {
        Self {
            name: within(Language::English, &text),
            shown: text(),
        }
    }
}

impl FlippedBy {
    fn in_words(&self, title: fn(&Title) -> &String) -> String {
        let sliders = self.sliders.then(|| text!("list-by-sliders"));
        let findings = self.findings.iter().map(|one| title(one).as_str());
        let by: Vec<&str> = sliders.into_iter().chain(findings).collect();
        by.join(", ")
    }

    /// In words, as it is written to files.
    pub fn name(&self) -> String {
        within(Language::English, || self.in_words(|title| &title.name))
    }

    /// The same in the thread's language.
    pub(crate) fn shown(&self) -> String {
        self.in_words(|title| &title.shown)
    }
}

/// The size of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Mean CIEDE2000 over the frame.
    pub delta_e: f64,
    /// What was found, and its size in the unit of its attack.
    pub title: Title,
}

/// Whether the verdict agrees with the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It does not.
    Wrong,
    /// It does.
    Right,
}

impl Outcome {
    /// In one word, as it is written to files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Right => "right",
        }
    }

    /// Whether the verdict agrees with the label, in the thread's language.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Wrong => text!("list-wrong"),
            Self::Right => text!("list-right"),
        }
    }
}

impl Row {
    /// The verdict at a threshold.
    pub fn verdict(&self, threshold: f32) -> Option<Label> {
        self.p_melanoma.map(|p| {
            if p >= threshold {
                Label::Melanoma
            } else {
                Label::Nevus
            }
        })
    }

    /// Whether the verdict is right; none without verdict, without truth, or for a lesion that is neither melanoma nor nevus.
    pub fn outcome(&self, threshold: f32) -> Option<Outcome> {
        let truth = self.truth.as_ref()?.label?;
        Some(if self.verdict(threshold)? == truth {
            Outcome::Right
        } else {
            Outcome::Wrong
        })
    }

    /// The same without anything that gives the verdict away.
    #[must_use]
    pub fn concealed(&self) -> Self {
        Self {
            truth: None,
            p_melanoma: None,
            p_altered: None,
            flipped_by: None,
            smallest: None,
            ..self.clone()
        }
    }

    pub(super) fn is(&self, label: Label) -> bool {
        self.truth.as_ref().and_then(|truth| truth.label) == Some(label)
    }
}
