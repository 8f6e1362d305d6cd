//! The results of the attack campaigns.
//!
//! The denominator of every rate is the number *attacked*: the pictures of one class that the model classifies correctly
//! without alteration, at its own threshold. The number in the class is given next to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::evidence::{Evidence, denominator};
use crate::figures::csv_writer::{Sheet, exact, number, rate, text};
use crate::statistics::quantile;
use crate::study::error::StudyError;
use crate::study::plan::{AttackJob, Image, Job, Role, parameters};
use crate::study::store::{Outcome, Store};

/// Bins of P(melanoma) before the attack.
const BINS: u32 = 10;

/// Cells at the beginning of every row: which campaign, with everything that its rate depends on.
fn which(one: &Evidence<'_>, attack_job: &AttackJob) -> Vec<String> {
    vec![
        text(&one.model.name),
        one.model.framing.to_string(),
        one.remedy(),
        exact(one.model.threshold),
        attack_job.attack.name().to_owned(),
        attack_job.attack.which_preset().to_string(),
        attack_job.mode.to_string(),
        attack_job.direction.to_string(),
        attack_job.seed.to_string(),
        attack_job
            .budget
            .map_or("none".to_owned(), |budget| budget.to_string()),
        parameters(&attack_job.attack),
    ]
}

const WHICH: [&str; 11] = [
    "model",
    "framing",
    "remedy",
    "threshold",
    "attack",
    "preset",
    "mode",
    "direction",
    "seed",
    "budget_frames",
    "parameters",
];

fn header<'a>(more: &[&'a str]) -> Vec<&'a str> {
    WHICH.iter().chain(more).copied().collect()
}

pub(super) fn write(
    store: &Store,
    evidence: &[Evidence<'_>],
    folder: &Path,
) -> Result<Vec<PathBuf>, StudyError> {
    let mut whole = Sheet::new(
        folder,
        "attacks.csv",
        &header(&[
            "labelled",
            "attacked",
            "flipped",
            "flip_rate",
            "flip_rate_lower",
            "flip_rate_upper",
            "denominator",
            "frames_judged_median",
            "size_unit",
            "size_of_flips_quarter",
            "size_of_flips_median",
            "size_of_flips_three_quarters",
        ]),
    )?;
    let mut confidence = Sheet::new(
        folder,
        "attack_confidence.csv",
        &header(&[
            "p_melanoma_from",
            "p_melanoma_below",
            "attacked",
            "flipped",
            "flip_rate",
            "flip_rate_lower",
            "flip_rate_upper",
        ]),
    )?;
    let mut sizes = Sheet::new(
        folder,
        "attack_sizes.csv",
        &header(&[
            "size_at_most",
            "size_unit",
            "flipped",
            "attacked",
            "flip_rate",
            "flip_rate_lower",
            "flip_rate_upper",
        ]),
    )?;
    let mut lesions = Sheet::new(
        folder,
        "attack_lesions.csv",
        &header(&[
            "id",
            "image_sha256",
            "attacked",
            "flipped",
            "p_melanoma_before",
            "p_melanoma_after",
            "size",
            "size_unit",
            "frames_judged",
        ]),
    )?;
    for one in evidence {
        for (number, job) in (0_u32..).zip(&one.plan.jobs) {
            let Job::Attack(attack_job) = job else {
                continue;
            };
            let outcomes = store.outcomes(number, one.number)?;
            let attacked: Vec<&Outcome> = outcomes
                .values()
                .filter(|outcome| outcome.attacked)
                .collect();
            whole.row(summary(one, attack_job, &attacked))?;
            for row in by_confidence(one, attack_job, &attacked) {
                confidence.row(row)?;
            }
            for row in by_size(one, attack_job, &attacked) {
                sizes.row(row)?;
            }
            for (place, outcome) in &outcomes {
                if let Some(image) = one.image(*place) {
                    lesions.row(lesion(one, attack_job, image, outcome))?;
                }
            }
        }
    }
    Ok(vec![
        whole.finish()?,
        confidence.finish()?,
        sizes.finish()?,
        lesions.finish()?,
    ])
}

fn flips(outcomes: &[&Outcome]) -> u64 {
    outcomes.iter().filter(|outcome| outcome.flipped).count() as u64
}

fn summary(one: &Evidence<'_>, attack_job: &AttackJob, attacked: &[&Outcome]) -> Vec<String> {
    let from = attack_job.direction.from();
    let total = attacked.len() as u64;
    let mut evaluations: Vec<f64> = (attacked.iter())
        .map(|outcome| outcome.evaluations as f64)
        .collect();
    evaluations.sort_by(f64::total_cmp);
    let sizes = sizes(attacked);
    let mut row = which(one, attack_job);
    row.push(one.plan.count(Role::Study, from).to_string());
    row.extend([total, flips(attacked)].map(|count| count.to_string()));
    row.extend(rate(flips(attacked), total));
    row.push(denominator(from, one.model.threshold));
    row.push(number(quantile(&evaluations, 0.5)));
    row.push(attack_job.attack.unit().text().to_owned());
    row.extend([0.25, 0.5, 0.75].map(|q| number(quantile(&sizes, q))));
    row
}

/// The sizes of the changes that flip, sorted.
fn sizes(attacked: &[&Outcome]) -> Vec<f64> {
    let flipped = attacked.iter().filter(|outcome| outcome.flipped);
    let mut sizes: Vec<f64> = flipped.filter_map(|outcome| outcome.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes
}

/// In bins of a tenth, leaving out those in which nothing was attacked.
fn by_confidence(
    one: &Evidence<'_>,
    attack_job: &AttackJob,
    attacked: &[&Outcome],
) -> Vec<Vec<String>> {
    let mut bins: BTreeMap<u32, Vec<&Outcome>> = BTreeMap::new();
    for outcome in attacked {
        let bin = (outcome.p_before * f64::from(BINS)) as u32;
        bins.entry(bin.min(BINS - 1)).or_default().push(outcome);
    }
    let rows = bins.into_iter().map(|(bin, outcomes)| {
        let edge = |at: u32| number(Some(f64::from(at) / f64::from(BINS)));
        let total = outcomes.len() as u64;
        let mut row = which(one, attack_job);
        row.extend([edge(bin), edge(bin + 1)]);
        row.extend([total, flips(&outcomes)].map(|count| count.to_string()));
        row.extend(rate(flips(&outcomes), total));
        row
    });
    rows.collect()
}

/// A row for each size at which another picture has flipped.
fn by_size(one: &Evidence<'_>, attack_job: &AttackJob, attacked: &[&Outcome]) -> Vec<Vec<String>> {
    let sizes = sizes(attacked);
    let mut rows = Vec::new();
    let mut flipped = 0;
    for ties in sizes.chunk_by(|a, b| a == b) {
        flipped += ties.len() as u64;
        let mut row = which(one, attack_job);
        row.push(number(ties.first().copied()));
        row.push(attack_job.attack.unit().text().to_owned());
        row.extend([flipped, attacked.len() as u64].map(|count| count.to_string()));
        row.extend(rate(flipped, attacked.len() as u64));
        rows.push(row);
    }
    rows
}

fn lesion(
    one: &Evidence<'_>,
    attack_job: &AttackJob,
    image: &Image,
    outcome: &Outcome,
) -> Vec<String> {
    let p = |p: f64| exact(p as f32);
    let mut row = which(one, attack_job);
    row.extend([
        text(&image.id),
        image.sha256.clone(),
        outcome.attacked.to_string(),
        outcome.flipped.to_string(),
        p(outcome.p_before),
        outcome.p_after.map(p).unwrap_or_default(),
        number(outcome.size),
        outcome.unit.clone().unwrap_or_default(),
        outcome.evaluations.to_string(),
    ]);
    row
}
