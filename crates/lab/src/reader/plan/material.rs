//! What a reader study can be made of, counted before it is made, and how many cases suit that.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Settings;
use super::findings::lesions_that_flip;
use super::labels::{file_name, key};
use crate::dataset::Dataset;

/// How many lesions there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// Lesions with a finding that flips.
    pub findings: usize,
    /// Those among them that are not among the labelled photographs, by the names of their files.
    pub unlabelled: usize,
    /// Those among them that the labelled photographs call something else than a melanoma or a nevus.
    pub other: usize,
    /// Lesions in the labelled photographs, those with findings among them.
    pub labelled: usize,
}

/// How long a reader sits, and what follows from that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// Pictures that one reader judges, without practice.
    pub cases: u32,
    /// The fewest other cases between the two forms of a lesion.
    pub gap: u32,
    /// Pictures of the practice round.
    pub practice: u32,
}

impl Material {
    /// Counts them without decoding a picture. What cannot be read counts as nothing: making the study says so.
    #[must_use]
    pub fn count(findings: &[PathBuf], data: Option<&Path>, images: Option<&Path>) -> Self {
        Self::of(&lesions_that_flip(findings), data, images)
    }

    /// The same for lesions that are known to have a finding that flips: by which they are told apart, and the name of the file.
    #[must_use]
    pub fn of(
        findings: &BTreeSet<[String; 2]>,
        data: Option<&Path>,
        images: Option<&Path>,
    ) -> Self {
        let data = data.and_then(|data| Dataset::read(data, images).ok());
        let labelled = || data.iter().flat_map(Dataset::labelled);
        let lesions: HashSet<String> = labelled().map(|(example, _)| key(example)).collect();
        let examples = data.iter().flat_map(|data| &data.examples);
        let mut diagnosed: HashMap<String, bool> = HashMap::new();
        for example in examples {
            *diagnosed.entry(file_name(&example.path)).or_default() |= example.label().is_some();
        }
        let count = |what: Option<bool>| {
            let is = |[_, name]: &&[String; 2]| diagnosed.get(name).copied() == what;
            findings.iter().filter(is).count()
        };
        Self {
            findings: findings.len(),
            unlabelled: count(None),
            other: count(Some(false)),
            labelled: lesions.len(),
        }
    }

    /// What is left where nothing is given about unlabelled lesions (`given`: whether something is).
    #[must_use]
    pub fn diagnosed(self, given: bool) -> Self {
        Self {
            findings: self.findings - self.undiagnosed(given),
            unlabelled: if given { self.unlabelled } else { 0 },
            other: 0,
            ..self
        }
    }

    /// Lesions with findings that are left out, because they are not known to be a melanoma or a nevus (`given`: whether something is given
    /// about unlabelled ones).
    #[must_use]
    pub fn undiagnosed(self, given: bool) -> usize {
        self.other + if given { 0 } else { self.unlabelled }
    }

    /// All of them: a finding's lesion is taken to be among the labelled ones, if there are any.
    fn lesions(self) -> usize {
        self.findings.max(self.labelled)
    }
}

impl Settings {
    /// The most cases that are proposed for one reader. Our own: at 10 to 20 seconds a case, which is an estimate, ten to twenty minutes.
    /// The letter's 204 are for readers who have agreed to an hour.
    pub const MOST_CASES: u32 = 60;
    /// The same for a class. Our own: a show of hands takes about half a minute to count, so ten minutes of a lecture.
    pub const MOST_CASES_OF_A_CLASS: u32 = 20;
    /// A lesion of practice for so many lesions.
    const PRACTICE_OF: usize = 5;
    /// The gap is at most this part of the cases: the closer it is to half of them, which is all that is possible, the less random is the
    /// order.
    pub(super) const GAP_OF: u32 = 3;

    /// The length of these settings.
    #[must_use]
    pub fn length(&self) -> Length {
        Length {
            cases: self.cases,
            gap: self.gap,
            practice: self.practice,
        }
    }

    /// The most cases that some material is enough for, with everything else as set; at most [`Settings::MOST_CASES`], or
    /// [`Settings::MOST_CASES_OF_A_CLASS`]. Without any findings that is proposed; where nothing fits, the least.
    #[must_use]
    pub fn suited(&self, material: Material) -> Length {
        let usual = Self::default();
        let (most, practice) = if self.classroom {
            (Self::MOST_CASES_OF_A_CLASS, 1)
        } else {
            (Self::MOST_CASES, usual.practice)
        };
        let lesions = material.lesions();
        let practice = match material.findings {
            0 => practice,
            _ => practice.min((lesions / Self::PRACTICE_OF) as u32),
        };
        let enough = |cases: &u32| {
            let settings = Self {
                cases: *cases,
                ..self.clone()
            };
            let needed = settings.numbers(material.findings);
            needed.adversarial > 0
                && needed.altered <= material.findings
                && needed.altered + needed.plain + practice as usize <= lesions
        };
        let cases = match material.findings {
            0 => most,
            _ => (2..=most).rev().find(enough).unwrap_or(2),
        };
        Length {
            cases,
            gap: usual.gap.min(cases / Self::GAP_OF),
            practice,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::plan::order::largest_gap;

    fn length(findings: usize, labelled: usize, settings: &Settings) -> [u32; 3] {
        let length = settings.suited(Material {
            findings,
            labelled,
            ..Material::default()
        });
        [length.cases, length.gap, length.practice]
    }

    #[test]
    fn the_number_of_cases_follows_the_lesions_there_are_and_ends_after_a_quarter_of_an_hour() {
        let usual = Settings::default();
        assert_eq!(length(0, 0, &usual), [60, 20, 4], "nothing is chosen yet");
        assert_eq!(length(500, 0, &usual), [60, 20, 4]);
        assert_eq!(length(30, 100, &usual), [60, 20, 4]);
        // Two of ten lesions are for practice, and the others are shown in both forms.
        assert_eq!(length(10, 0, &usual), [16, 5, 2]);
        assert_eq!(length(5, 40, &usual), [10, 3, 4]);
        assert_eq!(length(1, 0, &usual), [2, 0, 0]);
        let class = Settings {
            classroom: true,
            ..usual.clone()
        };
        assert_eq!(length(500, 0, &class), [20, 6, 1]);
        let once = Settings {
            both_forms: false,
            adversarial_share: 0.25,
            ..usual
        };
        assert_eq!(length(6, 20, &once)[0], 16);
    }

    /// Without a stated truth, only lesions that the labels name can be shown; what they call something else never can.
    #[test]
    fn lesions_that_the_labels_do_not_name_are_counted_apart() {
        let folder = tempfile::tempdir().unwrap();
        for (class, name) in [
            ("melanoma", "a.png"),
            ("nevus", "b.png"),
            ("seborrheic keratosis", "c.png"),
        ] {
            let class = folder.path().join(class);
            std::fs::create_dir(&class).unwrap();
            std::fs::write(class.join(name), name).unwrap();
        }
        let findings = [
            ["1", "a.png"],
            ["2", "b.png"],
            ["3", "Synthetic 1"],
            ["4", "c.png"],
        ];
        let findings = findings.map(|lesion| lesion.map(str::to_owned)).into();
        let material = Material::of(&findings, Some(folder.path()), None);
        let counted = |of: Material| [of.findings, of.unlabelled, of.other, of.labelled];
        assert_eq!(counted(material), [4, 1, 1, 2]);
        assert_eq!(counted(material.diagnosed(false)), [2, 0, 0, 2]);
        assert_eq!(counted(material.diagnosed(true)), [3, 1, 0, 2]);
        assert_eq!(
            [true, false].map(|given| material.undiagnosed(given)),
            [1, 2]
        );
    }

    #[test]
    fn what_is_proposed_can_be_planned() {
        let shares = [0.1, 0.25, 0.5, 0.8, 1.0];
        let asked = shares
            .into_iter()
            .flat_map(|share| [(share, true), (share, false)]);
        for (adversarial_share, both_forms) in asked {
            for (findings, more) in (1..80).flat_map(|n| [0, 7, 400].map(|more| (n, more))) {
                let labelled = findings + more;
                let settings = Settings {
                    adversarial_share,
                    both_forms,
                    ..Settings::default()
                };
                let length = settings.suited(Material {
                    findings,
                    labelled,
                    ..Material::default()
                });
                let settings = Settings {
                    cases: length.cases,
                    ..settings
                };
                let needed = settings.numbers(findings);
                let singles = length.cases as usize - 2 * needed.pairs;
                let largest = largest_gap(needed.pairs, singles);
                let said = format!("{findings} of {labelled}: {length:?}");
                assert!(
                    largest.is_none_or(|largest| length.gap as usize <= largest),
                    "{said}"
                );
                // One lesion is enough for nobody who may not see it twice.
                if adversarial_share == 0.5 && both_forms {
                    let lesions = needed.altered + needed.plain + length.practice as usize;
                    assert!(needed.altered <= findings && lesions <= labelled, "{said}");
                    settings.validate().unwrap();
                }
            }
        }
    }
}
