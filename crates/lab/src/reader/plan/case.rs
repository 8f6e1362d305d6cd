//! What is shown: lesions, their two forms, and the network for comparison.

use flipscope_language::{as_text, text, within_sentence};
use serde::{Deserialize, Serialize};

use crate::reader::error::ReaderError;
use crate::search::{Attack, Budget, Direction, Mode, Size, Strategy};
use crate::study::plan::{budget, parameters, strategy};
use flipscope_image::distance::Distances;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Assumption, Label, ModelInfo, Remedy};

/// The network whose verdicts are compared with the readers'.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceModel {
    /// Name for display.
    pub name: String,
    /// SHA-256 of the checkpoint, in hexadecimal.
    pub sha256: String,
    /// P(melanoma) at or above which it says melanoma.
    pub threshold: f32,
    /// How photographs became frames.
    pub framing: Framing,
    /// How files were read.
    #[serde(rename = "reading")]
    pub color_handling: ColorHandling,
    /// Whether every frame has a circular field of view, black outside.
    pub field_of_view: bool,
    /// What stands between a frame and its verdict.
    #[serde(default, skip_serializing_if = "Remedy::is_none")]
    pub remedy: Remedy,
    /// What was assumed about it when the findings were made, the most serious first; older studies have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
}

/// In which form a lesion is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// As in the photograph.
    Unmodified,
    /// Altered so that the network's verdict flips.
    Adversarial,
}

/// Which form of a lesion is shown when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Turn {
    /// To every reader in the one form that it has a case for.
    Fixed,
    /// To every reader in both forms. For lesions with an even number, the adversarial form comes first in even slots and the
    /// unmodified one in odd slots; for odd numbers, the other way round.
    Both(u32),
    /// To every reader in one form: the first lesions by number (as many as there are adversarial cases) are adversarial in
    /// even slots, the last ones in odd slots.
    Either(u32),
    /// Only in the practice round.
    Practice,
}

/// A lesion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesion {
    /// The ground truth.
    pub truth: Label,
    /// Where the truth comes from: the name of the labelled set, or "--truth".
    pub truth_from: String,
    /// File name of the photograph, without its folder. Never shown to readers.
    pub image: String,
    /// SHA-256 of the photograph's file; none for a synthetic sample.
    pub image_sha256: Option<String>,
    /// SHA-256 of the unmodified frame's RGB bytes.
    pub frame_sha256: String,
    /// The network's P(melanoma) for the unmodified frame.
    pub p_melanoma: f32,
    /// The adversarial form, if it is shown.
    pub altered: Option<Altered>,
    /// Which form is shown when.
    pub turn: Turn,
}

/// The adversarial form of a lesion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Altered {
    /// SHA-256 of the altered frame's RGB bytes.
    pub frame_sha256: String,
    /// The network's P(melanoma) for the altered frame.
    pub p_melanoma: f32,
    /// The attack with its parameters.
    #[serde(flatten)]
    pub attack: Attack,
    /// The seed of the search.
    pub search_seed: u64,
    /// The mode, direction and budget of the search; none in studies made by older versions, which did not store them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<SearchTerms>,
    /// What was changed, in words.
    pub changed: String,
    /// What was changed; noise is left out, since the pictures hold it.
    pub perturbation: Perturbation,
    /// The size of the change, in the attack's unit.
    pub size: Size,
    /// How far it is from the unmodified frame.
    pub distances: Distances,
    /// SHA-256 of the finding's file.
    pub finding_sha256: String,
}

/// What was asked of a search, in addition to the attack's parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchTerms {
    /// Its question. The lowest probability is `flip` here, as it always was: the plan's hash depends on it.
    #[serde(serialize_with = "Mode::in_plan")]
    pub mode: Mode,
    /// Its strategy; plans without one are of evolution.
    #[serde(
        default = "Strategy::of_older_files",
        skip_serializing_if = "Strategy::is_of_older_files"
    )]
    pub strategy: Strategy,
    /// From which verdict to which.
    pub direction: Direction,
    /// Its budget.
    pub budget: Budget,
}

impl Altered {
    /// The search that found it: mode, direction, preset, budget and every parameter except the seed.
    #[must_use]
    pub fn search(&self) -> String {
        let preset = self.attack.which_preset();
        let parameters = parameters(&self.attack);
        let name = self.attack.name();
        match &self.asked {
            None => format!("{name}; preset {preset}; question and budget not kept; {parameters}"),
            Some(asked) => {
                let frames = asked.budget.evaluations;
                let frames = budget(&self.attack, asked.mode, asked.strategy, frames);
                let seconds = (asked.budget.seconds)
                    .map(|seconds| format!(", {seconds} seconds"))
                    .unwrap_or_default();
                format!(
                    "{name} ({}, {}); preset {preset}; {}{frames}{seconds}; {parameters}",
                    asked.mode,
                    asked.direction,
                    strategy(&self.attack, asked.strategy)
                )
            }
        }
    }
}

/// A lesion in one form: the content of one picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name in tables, e.g. "case 017": it reveals nothing about the picture.
    pub id: String,
    /// Index of the lesion in [`super::Plan::lesions`].
    pub lesion: u32,
    /// In which form.
    pub form: Form,
}

impl ReferenceModel {
    /// What its verdicts depend on beside its checkpoint, as text: "framing squash, threshold 0.5, remedy none".
    #[must_use]
    pub fn terms(&self) -> String {
        format!(
            "framing {}, threshold {}, remedy {}",
            self.framing, self.threshold, self.remedy
        )
    }

    /// What stands between a frame and its verdict, within a sentence in this thread's language: "no remedy".
    #[must_use]
    pub fn remedy_in_words(&self) -> String {
        within_sentence(&self.remedy.in_words())
    }

    /// Checks that a model is this network.
    ///
    /// # Errors
    /// If its checkpoint or its remedy is a different one.
    pub fn is(&self, model: &ModelInfo) -> Result<(), ReaderError> {
        if model.sha256 == self.sha256 && model.remedy == self.remedy {
            return Ok(());
        }
        if model.sha256 == self.sha256 {
            return Err(ReaderError::Plan(text!(
                "readers-labelled-photographs-judged-as",
                remedy = as_text(&self.remedy),
                remedy_2 = as_text(&model.remedy)
            )));
        }
        Err(ReaderError::Plan(text!(
            "readers-labelled-photographs-judged-by",
            name = as_text(&self.name),
            sha256 = as_text(&self.sha256),
            model = as_text(&model.name),
            sha256_2 = as_text(&model.sha256)
        )))
    }
}

impl Form {
    /// Both forms, in the order used in tables.
    pub const ALL: [Self; 2] = [Self::Unmodified, Self::Adversarial];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unmodified => "unmodified",
            Self::Adversarial => "adversarial",
        }
    }

    /// Its name in this thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Unmodified => text!("plan-form-unmodified"),
            Self::Adversarial => text!("plan-form-adversarial"),
        }
    }
}

impl Lesion {
    /// The network's P(melanoma) for a form; none if there is no such form.
    #[must_use]
    pub fn p_melanoma(&self, form: Form) -> Option<f32> {
        match form {
            Form::Unmodified => Some(self.p_melanoma),
            Form::Adversarial => self.altered.as_ref().map(|altered| altered.p_melanoma),
        }
    }

    /// SHA-256 of the RGB bytes of a form; none if there is no such form.
    #[must_use]
    pub fn sha256(&self, form: Form) -> Option<&str> {
        match form {
            Form::Unmodified => Some(&self.frame_sha256),
            Form::Adversarial => self
                .altered
                .as_ref()
                .map(|altered| altered.frame_sha256.as_str()),
        }
    }
}
