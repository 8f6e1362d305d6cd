//! The results of a study as tables: CSV files in a folder, with counts next to rates in each row.
//!
//! | file | a row is |
//! |---|---|
//! | `study.csv` | a fact of the study: hashes, seed, counts, what is missing |
//! | `lesions.csv` | an unaltered picture, by one model: P(melanoma), verdict |
//! | `scores.csv` | a picture under one variant, by one model: P(melanoma) |
//! | `evaluation.csv` | a model at a threshold: counts, sensitivity, specificity, accuracy, balanced accuracy |
//! | `auc_calibration.csv` | a model: AUC (DeLong's interval, and the bootstrap's by lesion), calibration error, Brier score |
//! | `reliability.csv` | a bin of a model's reliability curve |
//! | `perturbations.csv` | a variant, for a model at a threshold: false negatives and positives, rates, AUC, flips |
//! | `families.csv` | a family likewise: mean balanced error, flips from step to step, always right, right to wrong, … |
//! | `robustness.csv` | a model at a threshold: mBCE, relative mBCE, mFR |
//! | `attacks.csv` | a campaign: how many of how many were attacked, how many of those flipped, how large the changes are |
//! | `attack_confidence.csv` | the same, by P(melanoma) before the attack |
//! | `attack_sizes.csv` | flips of at most a size, of all that were attacked: the distribution of the smallest flipping change |
//! | `attack_lesions.csv` | a picture in a campaign |
//! | `proofs.csv` | a box: of how many pictures how many are steady, fragile, open |
//! | `proof_lesions.csv` | a picture in a box: outcome, frames, the closest frame, the hash over all |
//! | `comparison.csv` | a comparison of two models, paired by picture |
//!
//! Rates have six decimals and come from the counts next to them; P(melanoma) has as many digits as an f32 needs to be read
//! back. Intervals are at 95 %: Wilson's for rates; for an AUC and for balanced accuracy a column names the method, or why
//! there is no interval. An empty cell is a number that cannot be computed, such as an AUC without nevi. Next to every rate is
//! everything that it depends on: model, framing, remedy, threshold, and for attacks every parameter. A remedy has its name on the
//! command line, and is `none` where nothing stands between frame and verdict. `image_sha256` is of the photograph's file; `scores.csv`,
//! which has a row for every variant, has the `id` of `lesions.csv` alone. Files of jobs that a study does not have are not written.
//! The same results give the same bytes. Untrusted text that a spreadsheet would take for a formula begins with an apostrophe.

mod attacks;
mod comparison;
mod evaluation;
mod evidence;
mod families;
mod headline;
mod intervals;
mod options;
mod pair;
mod perturbations;
mod proofs;
#[cfg(test)]
pub(super) mod tests;

use std::path::{Path, PathBuf};

pub use headline::{AttackSummary, ModelSummary, ProofSummary, headlines};
pub use intervals::AucEstimate;
pub use options::Options;

use super::error::StudyError;
use super::plan::{Job, Plan, Role, Shard};
use super::store::Store;
use crate::figures::csv_writer::{Sheet, exact, text};
use crate::results_file::may_write::{are_known, may_write_tables};
use evidence::Evidence;
use flipscope_model::Label;

/// The most missing results that are named.
const NAMED: usize = 10;

/// Every table that [`export`] may write.
const FILES: [&str; 16] = [
    "study.csv",
    "lesions.csv",
    "scores.csv",
    "evaluation.csv",
    "auc_calibration.csv",
    "reliability.csv",
    "perturbations.csv",
    "families.csv",
    "robustness.csv",
    "attacks.csv",
    "attack_confidence.csv",
    "attack_sizes.csv",
    "attack_lesions.csv",
    "proofs.csv",
    "proof_lesions.csv",
    "comparison.csv",
];

/// Whether the tables, or a report with its tables, may be written into a folder: not if they would replace files that are not
/// from an earlier export of this study (unless `force` is set), and never if they would replace `study`, the file itself.
///
/// # Errors
/// If not, with the file that is in the way.
pub fn may_write(
    store: &Store,
    study: &Path,
    folder: &Path,
    report: bool,
    force: bool,
) -> Result<(), StudyError> {
    let sha256 = store.plan()?.sha256()?;
    Ok(may_write_tables(
        study, &sha256, &FILES, folder, report, force,
    )?)
}

/// Writes the tables of a study into an existing folder, and returns their paths. Each appears whole or not at all.
///
/// # Errors
/// If results are damaged; if results are missing and that is not allowed; if an option is out of range; if a file cannot be read or
/// written.
pub fn export(store: &Store, folder: &Path, options: &Options) -> Result<Vec<PathBuf>, StudyError> {
    options.validate()?;
    let plan = store.plan()?;
    store.check(&plan)?;
    let gaps = store.gaps(&plan)?;
    let total = plan.all_units(Shard::WHOLE).count();
    if !gaps.is_empty() && !options.partial {
        let named = gaps.iter().take(NAMED);
        return Err(StudyError::Gaps {
            count: gaps.len(),
            total,
            names: named.map(|unit| plan.describe(*unit)).collect(),
        });
    }
    let evidence: Vec<Evidence<'_>> = (0..plan.models.len() as u32)
        .map(|model| Evidence::read(store, &plan, model))
        .collect::<Result<_, _>>()?;
    let mut files = vec![facts(&plan, folder, gaps.len(), total)?];
    files.push(lesions(&evidence, folder)?);
    files.extend(evaluation::write(&evidence, folder, options)?);
    let has = |wanted: fn(&Job) -> bool| plan.jobs.iter().any(wanted);
    if has(|job| matches!(job, Job::Perturbations { .. })) {
        files.push(perturbations::scores(store, &evidence, folder)?);
        files.extend(perturbations::write(store, &evidence, folder)?);
    }
    if has(|job| matches!(job, Job::Attack(_))) {
        files.extend(attacks::write(store, &evidence, folder)?);
    }
    if has(|job| matches!(job, Job::Proof(_))) {
        files.extend(proofs::write(store, &evidence, folder)?);
    }
    if plan.models.len() > 1 {
        files.push(comparison::write(&evidence, folder)?);
    }
    debug_assert!(are_known(&files, &FILES), "{files:?}");
    Ok(files)
}

/// The facts about the study.
fn facts(plan: &Plan, folder: &Path, missing: usize, total: usize) -> Result<PathBuf, StudyError> {
    let mut sheet = Sheet::new(folder, "study.csv", &["fact", "value"])?;
    let mut row = |fact: &str, value: String| sheet.row([fact.to_owned(), value]);
    row("plan_sha256", plan.sha256()?)?;
    row("software", env!("CARGO_PKG_VERSION").to_owned())?;
    row("seed", plan.seed.to_string())?;
    row("dataset", text(&plan.dataset))?;
    row("intervals_of_rates", "Wilson, 95 %".to_owned())?;
    row("reading", plan.color_handling.name().to_owned())?;
    for role in [Role::Study, Role::Tuning] {
        for label in [Label::Melanoma, Label::Nevus] {
            let fact = format!("{}_{}", role.name(), label.name());
            row(&fact, plan.count(role, label).to_string())?;
        }
    }
    for (model, number) in plan.models.iter().zip(1..) {
        row(&format!("model_{number}"), text(&model.name))?;
        row(&format!("model_{number}_sha256"), model.sha256.clone())?;
        row(
            &format!("model_{number}_framing"),
            model.framing.to_string(),
        )?;
        row(&format!("model_{number}_threshold"), exact(model.threshold))?;
        row(&format!("model_{number}_remedy"), model.remedy.to_string())?;
        row(&format!("model_{number}_precision"), text(&model.precision))?;
        for assumption in &model.assumptions {
            row(&format!("model_{number}_assumed"), text(&assumption.text))?;
        }
    }
    for (job, number) in plan.jobs.iter().zip(1..) {
        row(&format!("job_{number}"), job.name())?;
        if let Job::Attack(attack_job) = job {
            row(&format!("job_{number}_details"), attack_job.details())?;
        }
        if let Job::Proof(proof) = job {
            row(&format!("job_{number}_details"), proof.details())?;
        }
    }
    row("results", total.to_string())?;
    row("results_missing", missing.to_string())?;
    Ok(sheet.finish()?)
}

/// Every unaltered picture.
fn lesions(evidence: &[Evidence<'_>], folder: &Path) -> Result<PathBuf, StudyError> {
    let header = [
        "model",
        "remedy",
        "id",
        "image_sha256",
        "role",
        "label",
        "lesion",
        "p_melanoma",
        "called",
    ];
    let mut sheet = Sheet::new(folder, "lesions.csv", &header)?;
    for one in evidence {
        for (place, score) in &one.scores {
            let Some(image) = one.plan.images.get(*place as usize) else {
                continue;
            };
            let called = if *score >= one.model.threshold {
                Label::Melanoma
            } else {
                Label::Nevus
            };
            sheet.row([
                text(&one.model.name),
                one.remedy(),
                text(&image.id),
                image.sha256.clone(),
                image.role.name().to_owned(),
                image.label.name().to_owned(),
                image.cluster.to_string(),
                exact(*score),
                called.name().to_owned(),
            ])?;
        }
    }
    Ok(sheet.finish()?)
}
