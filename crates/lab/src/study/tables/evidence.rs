//! A model's scores for the unaltered pictures, and the thresholds derived from them: the basis of all tables.

use flipscope_language::text;
use std::collections::BTreeMap;

use crate::statistics::{OperatingPoint, ScoredCase};
use crate::study::error::StudyError;
use crate::study::plan::{Image, Job, Model, Plan, Role};
use crate::study::store::{Scores, Store};
use flipscope_base::human::counted;
use flipscope_model::Label;

/// One model's part of a study.
pub(super) struct Evidence<'a> {
    pub(super) plan: &'a Plan,
    pub(super) model: &'a Model,
    /// Its index in the plan.
    pub(super) number: u32,
    /// Scores of the unaltered pictures, for all roles.
    pub(super) scores: Scores,
    /// The thresholds at which it is evaluated.
    pub(super) operating_thresholds: Vec<OperatingThreshold>,
}

/// A threshold with its origin.
#[derive(Clone, Debug)]
pub(super) struct OperatingThreshold {
    /// "0.5", "model", or "sensitivity S".
    pub(super) name: String,
    /// P(melanoma) at or above it is called melanoma.
    pub(super) threshold: f64,
    /// Where it comes from, as text.
    pub(super) origin: String,
}

impl<'a> Evidence<'a> {
    pub(super) fn read(store: &Store, plan: &'a Plan, number: u32) -> Result<Self, StudyError> {
        let model = plan.models.get(number as usize);
        let model = model
            .ok_or_else(|| StudyError::Plan(text!("studies-there-no-such-model").to_owned()))?;
        let place = |job: &Job| matches!(job, Job::Evaluation { .. });
        let job = plan.jobs.iter().position(place).unwrap_or_default();
        let scores = store.scores(job as u32, number, 0)?;
        let mut evidence = Self {
            plan,
            model,
            number,
            scores,
            operating_thresholds: Vec::new(),
        };
        evidence.operating_thresholds = evidence.choose_thresholds();
        Ok(evidence)
    }

    fn choose_thresholds(&self) -> Vec<OperatingThreshold> {
        let mut operating_thresholds = vec![OperatingThreshold {
            name: "0.5".to_owned(),
            threshold: 0.5,
            origin: "given".to_owned(),
        }];
        if self.model.threshold != 0.5 {
            operating_thresholds.push(OperatingThreshold {
                name: "model".to_owned(),
                threshold: f64::from(self.model.threshold),
                origin: "the model's own".to_owned(),
            });
        }
        let tuning: Vec<ScoredCase> = (self.judged(Role::Tuning))
            .map(|(_, judged)| judged)
            .collect();
        for wanted in &self.plan.sensitivities {
            // Without tuning pictures (in an incomplete study) there is no such threshold.
            let Ok(point) = OperatingPoint::for_sensitivity(&tuning, *wanted) else {
                continue;
            };
            let counts = point.confusion;
            operating_thresholds.push(OperatingThreshold {
                name: format!("sensitivity {wanted}"),
                threshold: point.threshold,
                origin: format!(
                    "chosen on the tuning pictures: {} of {} and {} of {} called rightly",
                    counts.true_positives,
                    counted(
                        counts.true_positives + counts.false_negatives,
                        "melanoma",
                        "melanomas"
                    ),
                    counts.true_negatives,
                    counted(
                        counts.true_negatives + counts.false_positives,
                        "nevus",
                        "nevi"
                    )
                ),
            });
        }
        operating_thresholds
    }

    /// The pictures of a role with their scores, by their indices in the plan.
    pub(super) fn judged(&self, role: Role) -> impl Iterator<Item = (u32, ScoredCase)> + '_ {
        self.scores.iter().filter_map(move |(place, score)| {
            let image = self.image(*place).filter(|image| image.role == role)?;
            Some((*place, judged(image, *score)))
        })
    }

    /// The pictures of the study.
    pub(super) fn study(&self) -> Vec<ScoredCase> {
        self.judged(Role::Study).map(|(_, judged)| judged).collect()
    }

    /// The pictures of the study, grouped by lesion or patient.
    pub(super) fn clusters(&self) -> Vec<Vec<ScoredCase>> {
        let mut groups: BTreeMap<u32, Vec<ScoredCase>> = BTreeMap::new();
        for (place, judged) in self.judged(Role::Study) {
            let cluster = self.image(place).map_or(place, |image| image.cluster);
            groups.entry(cluster).or_default().push(judged);
        }
        groups.into_values().collect()
    }

    /// What stands between a frame and the model's verdict, as every table names it; "none" if nothing does.
    pub(super) fn remedy(&self) -> String {
        self.model.remedy.to_string()
    }

    pub(super) fn image(&self, place: u32) -> Option<&'a Image> {
        self.plan.images.get(place as usize)
    }
}

/// What the denominator of an attack's or a proof's rate is: "melanomas that the model calls melanoma at 0.5".
pub(super) fn denominator(class: Label, threshold: f32) -> String {
    let (several, one) = (class.plural(), class.name());
    format!("{several} that the model calls {one} at {threshold}")
}

/// A picture with a score.
pub(super) fn judged(image: &Image, score: f32) -> ScoredCase {
    ScoredCase {
        score: f64::from(score),
        melanoma: image.label == Label::Melanoma,
    }
}
