//! Interim results of a running study: the most important figures, with their counts.

use super::evidence::Evidence;
use super::intervals::{AucEstimate, area};
use crate::proof::{ProofBox, ProofOutcome};
use crate::search::Direction;
use crate::statistics::{Confusion, Proportion};
use crate::study::error::StudyError;
use crate::study::plan::{Job, Plan};
use crate::study::store::Store;

/// One model, on the pictures that it has judged so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSummary {
    /// The model's name.
    pub model: String,
    /// Its threshold.
    pub threshold: f32,
    /// Melanomas called melanoma, of those judged.
    pub sensitivity: Option<Proportion>,
    /// Nevi called nevus, of those judged.
    pub specificity: Option<Proportion>,
    /// Area under the ROC curve, with its 95 % interval.
    pub auc: Option<AucEstimate>,
    /// The campaigns.
    pub attacks: Vec<AttackSummary>,
    /// The proofs.
    pub proofs: Vec<ProofSummary>,
}

/// The results of a campaign so far.
#[derive(Clone, Debug, PartialEq)]
pub struct AttackSummary {
    /// The job's name.
    pub name: String,
    /// Everything that the rate depends on, as text.
    pub details: String,
    /// Flipped, of those attacked.
    pub flipped: Option<Proportion>,
}

/// The results of a proof so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ProofSummary {
    /// The box.
    pub region: ProofBox,
    /// The class whose pictures are proved.
    pub direction: Direction,
    /// Everything that the outcomes depend on, as text.
    pub details: String,
    /// Each outcome that occurs, of those that the model classifies correctly.
    pub outcomes: Vec<(ProofOutcome, Proportion)>,
}

/// The results of each model so far.
///
/// # Errors
/// If the file cannot be read.
pub fn headlines(store: &Store, plan: &Plan) -> Result<Vec<ModelSummary>, StudyError> {
    store.check(plan)?;
    let models = plan.models.iter().zip(0..);
    models
        .map(|(model, number)| {
            let evidence = Evidence::read(store, plan, number)?;
            let study = evidence.study();
            let counts = Confusion::at(f64::from(model.threshold), &study);
            let (mut attacks, mut proofs) = (Vec::new(), Vec::new());
            for (job, at) in plan.jobs.iter().zip(0..) {
                if let Job::Attack(attack_job) = job {
                    let outcomes = store.outcomes(at, number)?;
                    let count = |of: fn(&&crate::study::store::Outcome) -> bool| {
                        outcomes.values().filter(of).count() as u64
                    };
                    let (flipped, attacked) = (count(|one| one.flipped), count(|one| one.attacked));
                    attacks.push(AttackSummary {
                        name: job.name(),
                        details: attack_job.details(),
                        flipped: Proportion::new(flipped, attacked).ok(),
                    });
                }
                if let Job::Proof(proof) = job {
                    let stored = store.proofs(at, number)?;
                    let known: Vec<ProofOutcome> =
                        stored.values().filter_map(|one| one.outcome).collect();
                    let count =
                        |outcome| known.iter().filter(|one| **one == outcome).count() as u64;
                    let outcomes = (ProofOutcome::ALL.into_iter()).filter_map(|outcome| {
                        let share = Proportion::new(count(outcome), known.len() as u64).ok()?;
                        (share.count() > 0).then_some((outcome, share))
                    });
                    proofs.push(ProofSummary {
                        region: proof.region.clone(),
                        direction: proof.direction,
                        details: proof.details(),
                        outcomes: outcomes.collect(),
                    });
                }
            }
            Ok(ModelSummary {
                model: model.name.clone(),
                threshold: model.threshold,
                sensitivity: counts.sensitivity().ok(),
                specificity: counts.specificity().ok(),
                auc: area(&study),
                attacks,
                proofs,
            })
        })
        .collect()
}
