//! The plan of a study: which models, which pictures, which jobs. Fixed when the study is made.
//!
//! A *job* is done for every picture; a [`WorkUnit`] is one job for one model and one picture, the smallest piece that a runner
//! claims. The hash of a plan identifies the study: results of two files belong together if it is the same.

mod details_in_words;
mod draft;
mod image;
mod job;
mod model;
mod parameters_text;
mod proof;
mod selection;
mod unit;

use flipscope_language::{as_text, text};
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

pub use details_in_words::{details_in_words, essential_details};
pub use draft::Draft;
pub use image::{Image, Role};
pub use job::{AttackJob, Job};
pub use model::Model;
pub use parameters_text::{budget, parameters, strategy};
pub use proof::ProofJob;
pub use selection::{ImageSelection, SelectedImages, choose};
pub use unit::{Shard, WorkUnit};

use super::error::StudyError;
use flipscope_base::untrusted::printable;
use flipscope_image::lesion::synthetic::name_in_words;
use flipscope_image::lesion::{self, ColorHandling};
use flipscope_model::{Label, model_in_words};

/// The plan of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Seed of random corruptions, of the sample, and of the bootstrap.
    pub seed: u64,
    /// The data set's name.
    pub dataset: String,
    /// How files are read.
    pub color_handling: ColorHandling,
    /// Sensitivities (0 to 1) for which a threshold is chosen on the tuning pictures.
    pub sensitivities: Vec<f64>,
    /// The folder that the pictures' paths are relative to; not part of the hash.
    pub root: PathBuf,
    /// The models, at least one. The others are compared with the first.
    pub models: Vec<Model>,
    /// The pictures, in the order of their ids, with those of the study first.
    pub images: Vec<Image>,
    /// The jobs, [`Job::Evaluation`] first.
    pub jobs: Vec<Job>,
}

impl Plan {
    /// The units of one model in a shard, job by job.
    pub fn units(&self, model: u32, shard: Shard) -> impl Iterator<Item = WorkUnit> + '_ {
        self.jobs.iter().zip(0..).flat_map(move |(job, number)| {
            let images = self.images.iter().zip(0..);
            images
                .filter(move |(image, at)| job.applies_to(image) && shard.has(*at))
                .map(move |(_, image)| WorkUnit {
                    job: number,
                    model,
                    image,
                })
        })
    }

    /// The units of all models in a shard.
    pub fn all_units(&self, shard: Shard) -> impl Iterator<Item = WorkUnit> + '_ {
        (0..self.models.len() as u32).flat_map(move |model| self.units(model, shard))
    }

    /// The job of a unit.
    #[must_use]
    pub fn job(&self, unit: WorkUnit) -> Option<&Job> {
        self.jobs.get(unit.job as usize)
    }

    /// The picture of a unit.
    #[must_use]
    pub fn image(&self, unit: WorkUnit) -> Option<&Image> {
        self.images.get(unit.image as usize)
    }

    /// A unit in words, e.g. "perturbations of mole-7 by demo model".
    #[must_use]
    pub fn describe(&self, unit: WorkUnit) -> String {
        let job = self.job(unit).map(Job::name).unwrap_or_default();
        let image = self.image(unit).map_or("", |image| image.id.as_str());
        let model = self.models.get(unit.model as usize);
        let model = model.map_or("", |model| model.name.as_str());
        text!(
            "unit-named",
            job = details_in_words(&job),
            image = name_in_words(&printable(image)),
            model = model_in_words(&printable(model))
        )
    }

    /// The total number of frames that the network judges, for attacks and proofs at most.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.all_units(Shard::WHOLE)
            .filter_map(|unit| self.job(unit))
            .map(Job::frames)
            .sum()
    }

    /// How many pictures have a role and a label.
    #[must_use]
    pub fn count(&self, role: Role, label: Label) -> usize {
        let has = |image: &&Image| image.role == role && image.label == label;
        self.images.iter().filter(has).count()
    }

    /// SHA-256, in hexadecimal, of everything except the paths of files.
    ///
    /// # Errors
    /// If a number is not finite, which cannot happen.
    pub fn sha256(&self) -> Result<String, StudyError> {
        let json = |value: serde_json::Result<String>| {
            value.map_err(|error| StudyError::Plan(error.to_string()))
        };
        let mut hash = Sha256::new();
        let head = (
            self.seed,
            &self.dataset,
            self.color_handling,
            &self.sensitivities,
            &self.jobs,
        );
        hash.update(json(serde_json::to_string(&head))?);
        for model in &self.models {
            let placeless = Model {
                file: None,
                ..model.clone()
            };
            hash.update(json(serde_json::to_string(&placeless))?);
        }
        for image in &self.images {
            let (role, label) = (image.role.name(), image.label.name());
            hash.update(format!(
                "{}\t{role}\t{label}\t{}\t{}\n",
                image.id, image.cluster, image.sha256
            ));
        }
        Ok(lesion::hex(hash.finalize()))
    }

    /// Checks that the plan can be carried out.
    ///
    /// # Errors
    /// The first requirement that is not met.
    pub fn validate(&self) -> Result<(), StudyError> {
        let wrong = |reason: String| Err(StudyError::Plan(reason));
        if self.models.is_empty() {
            return wrong(text!("studies-study-needs-model").to_owned());
        }
        let mut names: Vec<&str> = self
            .models
            .iter()
            .map(|model| model.name.as_str())
            .collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair.first() == pair.last()) {
            return wrong(text!(
                "studies-two-models-called-give",
                concat = as_text(&twice.concat())
            ));
        }
        for label in [Label::Melanoma, Label::Nevus] {
            if self.count(Role::Study, label) == 0 {
                return wrong(text!(
                    "studies-there-no-study",
                    label = as_text(&label.name())
                ));
            }
            if !self.sensitivities.is_empty() && self.count(Role::Tuning, label) == 0 {
                let tuning = self.images.iter();
                return Err(StudyError::NoTuning {
                    label,
                    count: tuning.filter(|image| image.role == Role::Tuning).count(),
                });
            }
        }
        if let Some(other) = (self.sensitivities.iter()).find(|p| !(0.0..=1.0).contains(*p)) {
            return wrong(text!(
                "studies-not-sensitivity-must-be",
                other = as_text(&other)
            ));
        }
        if !matches!(self.jobs.first(), Some(Job::Evaluation { .. })) {
            return wrong(text!("studies-evaluation-must-be-first").to_owned());
        }
        for job in &self.jobs {
            if let Job::Attack(attack_job) = job {
                attack_job.attack.validate()?;
                attack_job.attack.check_strategy(attack_job.followed())?;
            }
            if let Job::Proof(proof) = job {
                proof.region.validate()?;
                if let Some(model) = self.models.iter().find(|model| model.precision != "f32") {
                    return wrong(text!(
                        "studies-proof-precision",
                        model = &*model.name,
                        precision = &*model.precision,
                    ));
                }
            }
        }
        Ok(())
    }
}
