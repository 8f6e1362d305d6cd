//! The effect of the systematic perturbations: variant by variant, and (in [`super::families`]) family by family.
//!
//! A picture flips if its verdict differs from that of the unaltered picture, whichever is right. *Before* refers to the same
//! pictures, unaltered.

use std::path::{Path, PathBuf};

use super::evidence::{Evidence, judged};
use super::families::{Families, FamilyTotals};
use super::intervals::{area, area_cells};
use super::pair::{Pair, balanced_error, parameters};
use crate::figures::csv_writer::{Sheet, exact, number, rate, text};
use crate::statistics::{Confusion, ScoredCase};
use crate::study::error::StudyError;
use crate::study::plan::Job;
use crate::study::store::Store;
use crate::study::sweep::Variant;

/// The perturbation jobs of a plan, with their indices, variant by variant.
fn variants<'a>(one: &Evidence<'a>) -> impl Iterator<Item = (u32, u32, &'a Variant)> {
    let jobs = (0_u32..).zip(&one.plan.jobs);
    let jobs = jobs.filter(|(_, job)| matches!(job, Job::Perturbations { .. }));
    jobs.flat_map(|(number, job)| {
        let variants = (0_u32..).zip(job.variants());
        variants.map(move |(at, variant)| (number, at, variant))
    })
}

/// Every score of every variant.
pub(super) fn scores(
    store: &Store,
    evidence: &[Evidence<'_>],
    folder: &Path,
) -> Result<PathBuf, StudyError> {
    let header = [
        "model",
        "remedy",
        "family",
        "level",
        "id",
        "label",
        "p_melanoma",
    ];
    let mut sheet = Sheet::new(folder, "scores.csv", &header)?;
    for one in evidence {
        for (job, at, variant) in variants(one) {
            for (place, score) in store.scores(job, one.number, at)? {
                let Some(image) = one.image(place) else {
                    continue;
                };
                sheet.row([
                    text(&one.model.name),
                    one.remedy(),
                    variant.family.name(),
                    variant.level.to_string(),
                    text(&image.id),
                    image.label.name().to_owned(),
                    exact(score),
                ])?;
            }
        }
    }
    Ok(sheet.finish()?)
}

pub(super) fn write(
    store: &Store,
    evidence: &[Evidence<'_>],
    folder: &Path,
) -> Result<Vec<PathBuf>, StudyError> {
    let header = [
        "model",
        "framing",
        "remedy",
        "threshold",
        "p_melanoma_at_least",
        "family",
        "level",
        "unit",
        "parameters",
        "seed",
        "melanomas",
        "nevi",
        "false_negatives",
        "false_negatives_before",
        "false_positives",
        "false_positives_before",
        "sensitivity",
        "sensitivity_lower",
        "sensitivity_upper",
        "specificity",
        "specificity_lower",
        "specificity_upper",
        "balanced_error",
        "auc",
        "auc_lower",
        "auc_upper",
        "auc_interval",
        "flipped",
        "flipped_to_nevus",
        "flipped_to_melanoma",
        "flip_rate",
        "flip_rate_lower",
        "flip_rate_upper",
    ];
    let mut sheet = Sheet::new(folder, "perturbations.csv", &header)?;
    let mut families = Families::new(folder)?;
    for one in evidence {
        let mut all_totals: Vec<FamilyTotals> = one
            .operating_thresholds
            .iter()
            .map(FamilyTotals::new)
            .collect();
        for (job, at, variant) in variants(one) {
            let scores = store.scores(job, one.number, at)?;
            let pairs: Vec<Pair<'_>> = scores
                .iter()
                .filter_map(|(place, after)| {
                    Some(Pair {
                        place: *place,
                        image: one.image(*place)?,
                        before: f64::from(*one.scores.get(place)?),
                        after: f64::from(*after),
                    })
                })
                .collect();
            for totals in &mut all_totals {
                sheet.row(row(one, totals, variant, &pairs))?;
                if let Some(ended) = totals.step(variant, &pairs) {
                    families.row(one, totals, &ended)?;
                }
            }
        }
        for totals in &mut all_totals {
            if let Some(ended) = totals.end() {
                families.row(one, totals, &ended)?;
            }
            families.summary(one, totals)?;
        }
    }
    let mut files = vec![sheet.finish()?];
    files.extend(families.finish()?);
    Ok(files)
}

fn row(
    one: &Evidence<'_>,
    totals: &FamilyTotals,
    variant: &Variant,
    pairs: &[Pair<'_>],
) -> Vec<String> {
    let of = |score: fn(&Pair<'_>) -> f64| -> Vec<ScoredCase> {
        let judged = |pair: &Pair<'_>| ScoredCase {
            score: score(pair),
            ..judged(pair.image, 0.0)
        };
        pairs.iter().map(judged).collect()
    };
    let altered = of(|pair| pair.after);
    let threshold = totals.threshold();
    let after = Confusion::at(threshold, &altered);
    let before = Confusion::at(threshold, &of(|pair| pair.before));
    let to = |melanoma: bool| {
        let flips = pairs.iter().filter(|pair| {
            let (was, is) = (pair.before >= threshold, pair.after >= threshold);
            was != is && is == melanoma
        });
        flips.count() as u64
    };
    let (to_nevus, to_melanoma) = (to(false), to(true));
    let melanomas = after.true_positives + after.false_negatives;
    let nevi = after.true_negatives + after.false_positives;
    let mut row = vec![
        text(&one.model.name),
        one.model.framing.to_string(),
        one.remedy(),
        totals.name().to_owned(),
        exact(threshold as f32),
        variant.family.name(),
        variant.level.to_string(),
        variant.family.unit().to_owned(),
        parameters(variant),
        one.plan.seed.to_string(),
    ];
    let counts = [
        melanomas,
        nevi,
        after.false_negatives,
        before.false_negatives,
        after.false_positives,
        before.false_positives,
    ];
    row.extend(counts.map(|count| count.to_string()));
    row.extend(rate(after.true_positives, melanomas));
    row.extend(rate(after.true_negatives, nevi));
    row.push(number(balanced_error(&after)));
    row.extend(area_cells(area(&altered)));
    row.extend([to_nevus + to_melanoma, to_nevus, to_melanoma].map(|count| count.to_string()));
    row.extend(rate(to_nevus + to_melanoma, pairs.len() as u64));
    row
}
