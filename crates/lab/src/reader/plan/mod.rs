//! The protocol of a reader study: which lesions, in which forms, which questions, in which order. Fixed when the study is
//! made.
//!
//! A plan is made from findings by [`make()`], stored with the pictures, and never changed. Its hash identifies the study. Each
//! reader's order follows from the seed and their slot alone ([`Plan::order`]), so that copies of a file on several machines
//! agree.

mod case;
mod draft;
mod findings;
mod hash;
mod labels;
mod make;
mod material;
mod order;
mod parameters_in_words;
mod protocol;
mod settings;
mod source;
#[cfg(test)]
pub(super) mod tests;

use flipscope_language::{as_text, text};
use serde::{Deserialize, Serialize};

pub use case::{Altered, Case, Form, Lesion, ReferenceModel, SearchTerms, Turn};
pub use draft::Draft;
pub use findings::{Findings, findings};
pub(super) use hash::hash;
pub use labels::Labels;
pub use make::{Made, Pictures, make};
pub use material::{Length, Material};
pub use protocol::Protocol;
pub use settings::Settings;

use super::error::ReaderError;
use flipscope_base::random::Seeded;
use flipscope_image::perturb::Fill;
use flipscope_model::Label;

/// Streams of the seed, by purpose. Orders start at [`ORDERS`], one per slot.
const CHOICE: u64 = 0;
const NUMBERS: u64 = 1;
const ORDERS: u64 = 1000;

/// The plan of a reader study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of flipscope that made it.
    pub software: String,
    /// The settings.
    pub settings: Settings,
    /// The network for comparison.
    pub network: ReferenceModel,
    /// The lesions of the reading, and after them those of the practice round (older plans mix them), both in an order that carries no
    /// information.
    pub lesions: Vec<Lesion>,
    /// Every picture that may be shown, in an order that carries no information. With [`Turn::Either`] a reader sees one of a
    /// lesion's two.
    pub cases: Vec<Case>,
    /// The practice round, in its order.
    pub practice: Vec<Case>,
}

impl Plan {
    /// A lesion.
    #[must_use]
    pub fn lesion(&self, case: &Case) -> Option<&Lesion> {
        self.lesions.get(case.lesion as usize)
    }

    /// A case by its number.
    #[must_use]
    pub fn case(&self, number: u32) -> Option<&Case> {
        self.cases.get(number as usize)
    }

    /// The network's verdict on a form of a lesion.
    #[must_use]
    pub fn verdict(&self, case: &Case) -> Option<Label> {
        let p = self.lesion(case)?.p_melanoma(case.form)?;
        Some(if p >= self.network.threshold {
            Label::Melanoma
        } else {
            Label::Nevus
        })
    }

    /// The numbers of the cases that the reader in a slot (from 0) sees, in order: always the same for the same slot.
    #[must_use]
    pub fn order(&self, slot: u32) -> Vec<u32> {
        let even = slot.is_multiple_of(2);
        let either = (self.lesions.iter())
            .filter(|lesion| matches!(lesion.turn, Turn::Either(_)))
            .count() as u32;
        let adversarial = self.either_adversarial(either);
        let (mut pairs, mut singles) = (Vec::new(), Vec::new());
        for (lesion, at) in self.lesions.iter().zip(0_u32..) {
            let of = |form: Form| {
                let mut numbered = self.cases.iter().zip(0_u32..);
                numbered.find_map(|(case, number)| {
                    (case.lesion == at && case.form == form).then_some(number)
                })
            };
            let (unmodified, altered) = (of(Form::Unmodified), of(Form::Adversarial));
            match lesion.turn {
                Turn::Practice => {}
                Turn::Fixed => singles.extend(unmodified.or(altered)),
                Turn::Both(number) => {
                    let pair = if number.is_multiple_of(2) == even {
                        altered.zip(unmodified)
                    } else {
                        unmodified.zip(altered)
                    };
                    pairs.extend(pair);
                }
                Turn::Either(number) => {
                    let is_first = number < adversarial;
                    let is_last = number + adversarial >= either;
                    let chosen = if even { is_first } else { is_last };
                    singles.extend(if chosen { altered } else { unmodified });
                }
            }
        }
        let mut random = Seeded::stream(self.settings.seed, ORDERS + u64::from(slot));
        let gap = self.settings.gap as usize;
        order::arrange(&pairs, &singles, gap, &mut random).unwrap_or_default()
    }

    /// How many of the lesions that are shown in either form are adversarial for one reader.
    fn either_adversarial(&self, either: u32) -> u32 {
        let numbers = self.settings.numbers(either as usize);
        (numbers.adversarial as u32).min(either)
    }

    /// How many cases with a form and a truth the reader in a slot sees.
    #[must_use]
    pub fn count(&self, slot: u32, form: Form, truth: Label) -> usize {
        let order = self.order(slot);
        let cases = order.iter().filter_map(|number| self.case(*number));
        cases
            .filter(|case| {
                case.form == form
                    && self
                        .lesion(case)
                        .is_some_and(|lesion| lesion.truth == truth)
            })
            .count()
    }

    /// Melanomas and nevi that the first reader sees in each form.
    #[must_use]
    pub fn counts(&self) -> [[usize; 2]; 2] {
        let truths = [Label::Melanoma, Label::Nevus];
        Form::ALL.map(|form| truths.map(|truth| self.count(0, form, truth)))
    }

    /// What readers see, in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        let [unmodified, adversarial] = self.counts().map(|[melanomas, nevi]| {
            let nevi = text!("plan-nevi", count = nevi);
            text!("plan-lesions", count = melanomas, nevi = nevi)
        });
        let cases = text!("plan-cases", count = self.settings.cases);
        let both = text!("plan-both-forms", count = self.pairs());
        let practice = self.practice.len();
        if self.settings.classroom {
            return text!(
                "plan-summary-class",
                cases = cases,
                unmodified = unmodified,
                adversarial = adversarial,
                both = both,
                practice = as_text(&practice),
            );
        }
        text!(
            "plan-summary",
            cases = cases,
            unmodified = unmodified,
            adversarial = adversarial,
            both = both,
            practice = as_text(&practice),
        )
    }

    /// Lesions that a reader sees in both forms.
    #[must_use]
    pub fn pairs(&self) -> usize {
        let both = |lesion: &&Lesion| matches!(lesion.turn, Turn::Both(_));
        self.lesions.iter().filter(both).count()
    }

    /// The searches that the adversarial forms come from, ignoring seeds, each with its number of pictures.
    #[must_use]
    pub fn searches(&self) -> Vec<(String, usize)> {
        let mut all: Vec<(String, usize)> = Vec::new();
        let altered = (self.lesions.iter()).filter_map(|lesion| lesion.altered.as_ref());
        for search in altered.map(Altered::search) {
            match all.iter_mut().find(|(known, _)| *known == search) {
                Some((_, count)) => *count += 1,
                None => all.push((search, 1)),
            }
        }
        all
    }

    /// As JSON, the text that is hashed.
    ///
    /// # Errors
    /// If a number is not finite, which cannot happen.
    pub fn to_json(&self) -> Result<String, ReaderError> {
        serde_json::to_string(self).map_err(|error| ReaderError::Plan(error.to_string()))
    }

    /// SHA-256, in hexadecimal, of everything: settings, truths, hashes of all pictures.
    ///
    /// # Errors
    /// As [`Plan::to_json`].
    pub fn sha256(&self) -> Result<String, ReaderError> {
        Ok(hash(&self.to_json()?))
    }

    /// Checks that the plan can be carried out: that every reader sees the planned number of cases, with the gap between two
    /// forms.
    ///
    /// # Errors
    /// The first requirement that is not met.
    pub fn validate(&self) -> Result<(), ReaderError> {
        self.settings.validate()?;
        let wanted = self.settings.cases as usize;
        let pairs = self.pairs();
        self.settings.validate_gap_of(pairs)?;
        for slot in 0..2 {
            let has = self.order(slot).len();
            if has != wanted {
                return Err(ReaderError::Plan(text!(
                    "readers-slot-has-cases-planned",
                    slot = as_text(&(slot + 1)),
                    has = as_text(&has),
                    wanted = as_text(&wanted)
                )));
            }
        }
        Ok(())
    }

    /// What limits the plan's conclusions, one sentence each; usually empty.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let assumed = self.network.assumptions.iter();
        let mut all: Vec<String> = assumed
            .map(|one| {
                let text = one.said().trim_end_matches('.');
                text!(
                    "plan-network",
                    network = as_text(&self.network.name),
                    text = as_text(&text)
                )
            })
            .collect();
        for form in Form::ALL {
            for truth in [Label::Melanoma, Label::Nevus] {
                if (0..2).any(|slot| self.count(slot, form, truth) == 0) {
                    let form = form.in_words();
                    all.push(match (truth, self.settings.classroom) {
                        (Label::Melanoma, false) => text!("plan-no-melanoma", form = form),
                        (Label::Melanoma, true) => text!("plan-no-melanoma-class", form = form),
                        (Label::Nevus, false) => text!("plan-no-nevus", form = form),
                        (Label::Nevus, true) => text!("plan-no-nevus-class", form = form),
                    });
                }
            }
        }
        let uncovered = |lesion: &&Lesion| {
            lesion.altered.as_ref().is_some_and(|altered| {
                let change = &altered.perturbation;
                !change.keeps_pose() && change.fill == Fill::Black && !change.field_of_view
            })
        };
        let corners = self.lesions.iter().filter(uncovered).count();
        if corners > 0 {
            all.push(text!("plan-corners", count = corners));
        }
        if self.pairs() == 0 {
            let text = if self.settings.classroom {
                text!("plan-no-reader-sees-lesion-class")
            } else {
                text!("plan-no-reader-sees-lesion")
            };
            all.push(text.to_owned());
        }
        if !self.settings.classroom && self.settings.readers % 2 == 1 {
            all.push(text!("plan-odd", count = self.settings.readers));
        }
        all
    }
}
