//! The settings of a study, as a person chooses them on the command line or in the window.

use serde::{Deserialize, Serialize};

use super::{AttackJob, ImageSelection, Job, Model, Plan, ProofJob, SelectedImages};
use crate::dataset::split::Split;
use crate::dataset::{Dataset, Part};
use crate::proof::{ProofBox, ProofError};
use crate::search::{Attack, AttackKind, Direction, Mode, Preset, Strategy};
use crate::study::sweep::Family;
use flipscope_image::lesion::ColorHandling;
use flipscope_image::perturb::{Fill, Sampling};

/// Settings for a study that is to be made. What its JSON lacks is as by default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The part that results are reported for, if the set is divided.
    pub part: Part,
    /// The part on which thresholds are chosen, if the set is divided.
    pub tuning: Part,
    /// This many lesions instead of all, melanomas and nevi in proportion.
    pub sample: Option<usize>,
    /// Sensitivities (0 to 1) for which a threshold is chosen on the tuning pictures.
    pub sensitivities: Vec<f64>,
    /// Systematic perturbations.
    pub families: Vec<Family>,
    /// Resampling of rotations and shifts.
    pub sampling: Sampling,
    /// What fills the uncovered area.
    pub fill: Fill,
    /// Attacks on every melanoma that is classified correctly.
    pub attacks: Vec<AttackKind>,
    /// Boxes that are proved around every melanoma that is classified correctly.
    pub proofs: Vec<ProofBox>,
    /// The most frames that a proof may judge for one picture.
    pub proof_budget: Option<u64>,
    /// Whether every nevus that is classified correctly is attacked and proved too.
    pub nevi: bool,
    /// Parameters of the attacks.
    pub preset: Preset,
    /// Question of the attacks.
    pub mode: Mode,
    /// Strategy of the attacks that have several; none: that of the preset.
    pub strategy: Option<Strategy>,
    /// The most frames that an attack may use for one picture.
    pub budget: Option<u64>,
    /// Seed of the sample, of random corruptions, of the attacks, and of the bootstrap.
    pub seed: u64,
}

impl Default for Draft {
    /// Everything on the test part except attacks and proofs, which take hours; resampling and fill are the letter's.
    fn default() -> Self {
        Self {
            part: Part::Test,
            tuning: Part::Validation,
            sample: None,
            sensitivities: Vec::new(),
            families: Family::all(),
            sampling: Sampling::Nearest,
            fill: Fill::Black,
            attacks: Vec::new(),
            proofs: Vec::new(),
            proof_budget: None,
            nevi: false,
            preset: Preset::Default,
            mode: Mode::First,
            strategy: None,
            budget: None,
            seed: 1,
        }
    }
}

impl Draft {
    /// With more lesions than this, it is worth saying how long a sample of this size would take.
    pub const SAMPLE: usize = 200;

    /// The pictures to select.
    #[must_use]
    pub fn choice<'a>(&self, split: Option<&'a Split>) -> ImageSelection<'a> {
        ImageSelection {
            split,
            part: self.part,
            tuning: self.tuning,
            sample: self.sample,
            seed: self.seed,
        }
    }

    /// The jobs, starting with the evaluation and ending with the proofs, which take longest.
    ///
    /// # Errors
    /// If the box of a proof is impossible.
    pub fn jobs(&self) -> Result<Vec<Job>, ProofError> {
        let mut jobs = vec![Job::evaluation()];
        if !self.families.is_empty() {
            jobs.push(Job::perturbations(&self.families, self.sampling, self.fill));
        }
        let mut directions = vec![Direction::MelanomaToNevus];
        if self.nevi {
            directions.push(Direction::NevusToMelanoma);
        }
        for kind in &self.attacks {
            let attack = Attack::preset(*kind, self.preset);
            let chosen = self.strategy.filter(|_| attack.has_strategies());
            for direction in &directions {
                jobs.push(Job::Attack(Box::new(AttackJob {
                    attack: attack.clone(),
                    mode: self.mode,
                    strategy: chosen.unwrap_or(kind.strategy(self.preset)),
                    direction: *direction,
                    seed: self.seed,
                    budget: self.budget,
                })));
            }
        }
        for region in &self.proofs {
            for direction in &directions {
                let (budget, region) = (self.proof_budget, region.clone());
                let proof = ProofJob::new(region, *direction, budget, self.seed)?;
                jobs.push(Job::Proof(Box::new(proof)));
            }
        }
        Ok(jobs)
    }

    /// The plan, from selected pictures and known models. Models of the same name are distinguished by a number.
    ///
    /// # Errors
    /// If the box of a proof is impossible.
    pub fn plan(
        &self,
        dataset: &Dataset,
        chosen: SelectedImages,
        mut models: Vec<Model>,
        color_handling: ColorHandling,
    ) -> Result<Plan, ProofError> {
        tell_apart(&mut models);
        Ok(Plan {
            seed: self.seed,
            dataset: dataset.name.clone(),
            color_handling,
            sensitivities: self.sensitivities.clone(),
            root: chosen.root,
            models,
            images: chosen.images,
            jobs: self.jobs()?,
        })
    }

    /// Seconds for a sample of [`Draft::SAMPLE`] lesions, if all `lesions` take `seconds` and are more than that.
    #[must_use]
    pub fn seconds_of_a_sample(&self, seconds: f64, lesions: usize) -> Option<f64> {
        (self.sample.is_none() && lesions > Self::SAMPLE)
            .then(|| seconds * Self::SAMPLE as f64 / lesions as f64)
    }
}

/// Files of the same name in different folders would otherwise have the same name.
fn tell_apart(models: &mut [Model]) {
    for at in 1..models.len() {
        let (before, rest) = models.split_at_mut(at);
        let Some(model) = rest.first_mut() else {
            continue;
        };
        let name = model.name.clone();
        for number in 2.. {
            if before.iter().all(|other| other.name != model.name) {
                break;
            }
            model.name = format!("{name} ({number})");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::store::tests::plan;

    #[test]
    fn models_of_one_name_are_told_apart() {
        let model = plan(2).models.remove(0);
        let mut models = vec![model.clone(), model.clone(), model];
        tell_apart(&mut models);
        let names: Vec<&str> = models.iter().map(|model| model.name.as_str()).collect();
        assert_eq!(names, ["one", "one (2)", "one (3)"]);
    }

    #[test]
    fn a_sample_is_offered_where_it_saves_time() {
        let draft = Draft::default();
        assert_eq!(draft.seconds_of_a_sample(600.0, 200), None);
        assert_eq!(draft.seconds_of_a_sample(600.0, 400), Some(300.0));
        let sampled = Draft {
            sample: Some(50),
            ..draft
        };
        assert_eq!(sampled.seconds_of_a_sample(600.0, 400), None);
    }

    #[test]
    fn attacks_on_nevi_are_asked_beside_those_on_melanomas() {
        let draft = Draft {
            attacks: vec![AttackKind::Pose, AttackKind::Fgsm],
            nevi: true,
            families: Vec::new(),
            ..Draft::default()
        };
        let names: Vec<String> = draft.jobs().unwrap().iter().map(Job::name).collect();
        assert_eq!(names.len(), 5, "{names:?}");
        assert!(names[1].starts_with("pose") && names[2].starts_with("pose"));
    }
}
