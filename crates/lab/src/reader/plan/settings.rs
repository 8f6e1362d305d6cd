//! The questions to readers, and the number of cases.

use flipscope_language::{as_text, decimal, text};
use serde::{Deserialize, Serialize};

use crate::reader::error::ReaderError;
use crate::reader::plan::order;
use flipscope_base::human::counted;

/// The settings of a reader study. `Default` names the source of each value: the letter's if it gives one, else our own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, with yes or no for an answer"
)]
pub struct Settings {
    /// Pictures that one reader judges, without practice. Default 204: the letter's.
    pub cases: u32,
    /// Share of the pictures that are adversarial, above 0 and at most 1. Default 0.5: the letter's.
    pub adversarial_share: f64,
    /// Whether one reader sees a lesion in both forms, and so serves as their own control. Default true: our own, since the
    /// letter does not say. Without it, a lesion that could be shown in both forms is shown in one, and in the other to the
    /// next reader.
    pub both_forms: bool,
    /// The fewest other cases between the two forms of a lesion. Default 20: our own; recall of a lesion fades with intervening
    /// cases.
    pub gap: u32,
    /// Side of the picture on screen, in points. Default 598: our own; twice the frame, so that all pixels are drawn equally
    /// large.
    pub side: u32,
    /// Seconds for which a picture may be viewed, after which the case counts as not answered; none: no limit. Default none:
    /// our own.
    pub time_limit: Option<u32>,
    /// Whether confidence from 1 (a guess) to 5 (certain) is asked. Default false: our own; the letter does not mention any.
    pub confidence: bool,
    /// Whether "would you biopsy?" is asked. Default false: our own.
    pub biopsy: bool,
    /// Pictures of a practice round with feedback, of lesions that are not in the study. Default 4: our own.
    pub practice: u32,
    /// Planned number of readers. Default 4: the letter's.
    pub readers: u32,
    /// Whether a class answers by show of hands, which a teacher enters. Default false.
    pub classroom: bool,
    /// The seed of everything random. Default 1.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cases: 204,
            adversarial_share: 0.5,
            both_forms: true,
            gap: 20,
            side: 598,
            time_limit: None,
            confidence: false,
            biopsy: false,
            practice: 4,
            readers: 4,
            classroom: false,
            seed: 1,
        }
    }
}

/// How many lesions are shown in which form. Of lesions shown in either form, each reader sees some as adversarial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Adversarial cases that one reader sees.
    pub(super) adversarial: usize,
    /// Lesions that need a finding.
    pub(super) altered: usize,
    /// Of these, lesions that one reader sees in both forms.
    pub(super) pairs: usize,
    /// Lesions that are only shown unmodified.
    pub(super) plain: usize,
}

impl Settings {
    /// The most cases of a reader: more than anyone would read.
    pub const MAX_CASES: u32 = 2000;
    /// Smallest and largest side of a picture on screen, in points.
    pub const SIDES: (u32, u32) = (100, 4000);
    /// Longest time limit, in seconds.
    pub const MAX_TIME_LIMIT: u32 = 3600;

    /// Checks that every value is in range.
    ///
    /// # Errors
    /// The first that is not.
    pub fn validate(&self) -> Result<(), ReaderError> {
        let (smallest, largest) = Self::SIDES;
        let wrong = |reason: String| Err(ReaderError::Plan(reason));
        if !(2..=Self::MAX_CASES).contains(&self.cases) {
            let most = Self::MAX_CASES;
            return wrong(format!(
                "{} not possible: choose 2 to {most}",
                counted(self.cases, "case is", "cases are")
            ));
        }
        if !(self.adversarial_share > 0.0 && self.adversarial_share <= 1.0) {
            let share = self.adversarial_share;
            return wrong(text!(
                "readers-not-share-adversarial-cases",
                share = decimal(share)
            ));
        }
        if self.adversarial() == 0 {
            return wrong(text!(
                "readers-share-cases-gives-no",
                adversarial_share = decimal(self.adversarial_share),
                cases = as_text(&self.cases)
            ));
        }
        if !(smallest..=largest).contains(&self.side) {
            return wrong(text!(
                "readers-side-points-not-possible",
                side = as_text(&self.side),
                smallest = as_text(&smallest),
                largest = as_text(&largest)
            ));
        }
        if let Some(limit) = self.time_limit
            && !(1..=Self::MAX_TIME_LIMIT).contains(&limit)
        {
            let longest = Self::MAX_TIME_LIMIT;
            return wrong(text!(
                "readers-time-limit-1-seconds",
                longest = as_text(&longest),
                limit = as_text(&limit)
            ));
        }
        if self.readers == 0 {
            return wrong(text!("readers-study-needs-at-least").to_owned());
        }
        if self.classroom && self.confidence {
            return wrong(text!("readers-show-hands-has-no").to_owned());
        }
        Ok(())
    }

    /// Checks that the gap can be kept, whatever the lesions will be.
    ///
    /// # Errors
    /// If it cannot; the largest that can is named.
    pub fn validate_gap(&self) -> Result<(), ReaderError> {
        self.validate_gap_of(self.numbers(0).pairs)
    }

    /// The same with so many lesions in both forms.
    pub(super) fn validate_gap_of(&self, pairs: usize) -> Result<(), ReaderError> {
        let wanted = self.cases as usize;
        match order::largest_gap(pairs, wanted.saturating_sub(2 * pairs)) {
            Some(largest) if largest < self.gap as usize => Err(ReaderError::Plan(text!(
                "readers-gap-cases-cannot-be",
                gap = as_text(&self.gap),
                pairs = as_text(&pairs),
                wanted = as_text(&wanted),
                largest = as_text(&largest)
            ))),
            _ => Ok(()),
        }
    }

    /// The gap that is proposed for the cases as they are set.
    #[must_use]
    pub fn suited_gap(&self) -> u32 {
        Self::default().gap.min(self.cases / Self::GAP_OF)
    }

    fn adversarial(&self) -> usize {
        (f64::from(self.cases) * self.adversarial_share).round() as usize
    }

    /// How many lesions of each kind are needed, if there are findings of this many lesions.
    pub(super) fn numbers(&self, findings: usize) -> Numbers {
        let cases = self.cases as usize;
        let adversarial = self.adversarial().min(cases);
        if self.both_forms {
            let pairs = adversarial.min(cases - adversarial);
            Numbers {
                adversarial,
                altered: adversarial,
                pairs,
                plain: cases - adversarial - pairs,
            }
        } else {
            // With more than twice the adversarial cases, some lesion would never be adversarial for anyone.
            let altered = findings.min(2 * adversarial).min(cases).max(adversarial);
            Numbers {
                adversarial,
                altered,
                pairs: 0,
                plain: cases - altered,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_numbers_are_the_default_and_can_be_planned() {
        let settings = Settings::default();
        settings.validate().unwrap();
        let numbers = settings.numbers(500);
        assert_eq!((numbers.adversarial, numbers.pairs), (102, 102));
        assert_eq!((numbers.altered, numbers.plain), (102, 0));
        let once = Settings {
            both_forms: false,
            adversarial_share: 0.25,
            cases: 40,
            ..settings
        };
        assert_eq!(once.numbers(500).altered, 20);
        assert_eq!(once.numbers(14).altered, 14);
        assert_eq!(once.numbers(14).plain, 26);
    }

    #[test]
    fn what_means_nothing_is_refused_by_name() {
        let good = Settings::default;
        for (settings, words) in [
            (Settings { cases: 1, ..good() }, "1 case is not possible"),
            (
                Settings {
                    adversarial_share: 1.5,
                    ..good()
                },
                "1.5 is not a share",
            ),
            (
                Settings {
                    adversarial_share: f64::NAN,
                    ..good()
                },
                "NaN is not a share",
            ),
            (
                Settings {
                    adversarial_share: 0.001,
                    ..good()
                },
                "no altered case",
            ),
            (Settings { side: 5, ..good() }, "5 points"),
            (
                Settings {
                    time_limit: Some(0),
                    ..good()
                },
                "time limit",
            ),
            (
                Settings {
                    readers: 0,
                    ..good()
                },
                "at least one reader",
            ),
            (
                Settings {
                    classroom: true,
                    confidence: true,
                    ..good()
                },
                "show of hands",
            ),
        ] {
            let error = settings.validate().unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
