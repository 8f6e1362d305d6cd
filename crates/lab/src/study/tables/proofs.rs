//! The results of the proofs.
//!
//! The denominator of every share is the number *found*: the pictures of one class that the model classifies correctly without
//! alteration, at its own threshold. The number in the class is given next to it.

use std::path::{Path, PathBuf};

use super::evidence::{Evidence, denominator};
use crate::figures::csv_writer::{Sheet, exact, number, rate, text};
use crate::proof::ProofOutcome;
use crate::statistics::quantile;
use crate::study::error::StudyError;
use crate::study::plan::{Image, Job, ProofJob, Role};
use crate::study::store::{Store, StoredProof};

const WHICH: [&str; 10] = [
    "model",
    "framing",
    "remedy",
    "threshold",
    "box",
    "kind",
    "radius",
    "direction",
    "budget_frames",
    "random_frames",
];

/// Cells at the beginning of every row: which proof, with everything that its outcome depends on.
fn which(one: &Evidence<'_>, job: &ProofJob) -> Vec<String> {
    let none = || "none".to_owned();
    vec![
        text(&one.model.name),
        one.model.framing.to_string(),
        one.remedy(),
        exact(one.model.threshold),
        job.region.to_string(),
        job.region.kind().to_string(),
        job.region.radius().to_string(),
        job.direction.to_string(),
        job.budget.map_or_else(none, |frames| frames.to_string()),
        if job.is_sampled() {
            format!("{}, seed {}", job.draws, job.seed)
        } else {
            none()
        },
    ]
}

pub(super) fn write(
    store: &Store,
    evidence: &[Evidence<'_>],
    folder: &Path,
) -> Result<Vec<PathBuf>, StudyError> {
    let mut shares = vec!["labelled", "found"];
    let names: Vec<[String; 4]> = (ProofOutcome::ALL.iter())
        .map(|outcome| {
            let name = outcome.name();
            let of = |ending: &str| format!("{name}{ending}");
            [of(""), of("_share"), of("_share_lower"), of("_share_upper")]
        })
        .collect();
    shares.extend(names.iter().flatten().map(String::as_str));
    shares.extend(["denominator", "frames_median", "frames_judged_median"]);
    let header: Vec<&str> = WHICH.into_iter().chain(shares).collect();
    let mut whole = Sheet::new(folder, "proofs.csv", &header)?;
    let own = [
        "id",
        "image_sha256",
        "found",
        "outcome",
        "frames",
        "frames_judged",
        "p_melanoma_before",
        "p_melanoma_closest",
        "closest",
        "steady_within",
        "hash",
    ];
    let header: Vec<&str> = WHICH.into_iter().chain(own).collect();
    let mut lesions = Sheet::new(folder, "proof_lesions.csv", &header)?;
    for one in evidence {
        for (at, job) in (0_u32..).zip(&one.plan.jobs) {
            let Job::Proof(job) = job else {
                continue;
            };
            let proofs = store.proofs(at, one.number)?;
            whole.row(summary(one, job, proofs.values()))?;
            for (place, proof) in &proofs {
                if let Some(image) = one.image(*place) {
                    lesions.row(lesion(one, job, image, proof))?;
                }
            }
        }
    }
    Ok(vec![whole.finish()?, lesions.finish()?])
}

fn summary<'a>(
    one: &Evidence<'_>,
    job: &ProofJob,
    proofs: impl Iterator<Item = &'a StoredProof>,
) -> Vec<String> {
    let from = job.direction.from();
    let found: Vec<&StoredProof> = proofs.filter(|proof| proof.outcome.is_some()).collect();
    let total = found.len() as u64;
    let mut row = which(one, job);
    row.push(one.plan.count(Role::Study, from).to_string());
    row.push(total.to_string());
    for outcome in ProofOutcome::ALL {
        let count = found.iter().filter(|proof| proof.outcome == Some(outcome));
        let count = count.count() as u64;
        row.push(count.to_string());
        row.extend(rate(count, total));
    }
    row.push(denominator(from, one.model.threshold));
    let median = |of: fn(&StoredProof) -> u64| {
        let mut all: Vec<f64> = found.iter().map(|proof| of(proof) as f64).collect();
        all.sort_by(f64::total_cmp);
        number(quantile(&all, 0.5))
    };
    row.push(median(|proof| proof.frames));
    row.push(median(|proof| proof.judged));
    row
}

fn lesion(one: &Evidence<'_>, job: &ProofJob, image: &Image, proof: &StoredProof) -> Vec<String> {
    let p = |p: f64| exact(p as f32);
    let record = proof.record();
    let record = record.as_ref();
    let mut row = which(one, job);
    row.extend([
        text(&image.id),
        image.sha256.clone(),
        proof.outcome.is_some().to_string(),
        proof.outcome.map_or("", ProofOutcome::name).to_owned(),
        proof.frames.to_string(),
        proof.judged.to_string(),
        p(proof.p_before),
        proof.p_closest.map(p).unwrap_or_default(),
        record.map_or_else(String::new, |record| {
            text(&record.closest.perturbation.to_string())
        }),
        number(record.and_then(|record| record.steady_within)),
        proof.hash.clone().unwrap_or_default(),
    ]);
    row
}
