//! A model's performance on the unaltered pictures.

use std::path::{Path, PathBuf};

use super::evidence::Evidence;
use super::intervals::{area, area_cells, by_lesion};
use super::options::Options;
use crate::figures::csv_writer::{Sheet, number, rate, text, with_interval};
use crate::statistics::{Confusion, LEVEL, Reliability, ScoredCase, auc, mean_proportion};
use crate::study::error::StudyError;

pub(super) fn write(
    evidence: &[Evidence<'_>],
    folder: &Path,
    options: &Options,
) -> Result<Vec<PathBuf>, StudyError> {
    Ok(vec![
        thresholds(evidence, folder, options)?,
        areas(evidence, folder, options)?,
        reliability(evidence, folder, options)?,
    ])
}

fn thresholds(
    evidence: &[Evidence<'_>],
    folder: &Path,
    options: &Options,
) -> Result<PathBuf, StudyError> {
    let header = [
        "model",
        "framing",
        "remedy",
        "threshold",
        "p_melanoma_at_least",
        "threshold_origin",
        "melanomas",
        "nevi",
        "true_positives",
        "false_negatives",
        "true_negatives",
        "false_positives",
        "sensitivity",
        "sensitivity_lower",
        "sensitivity_upper",
        "specificity",
        "specificity_lower",
        "specificity_upper",
        "accuracy",
        "accuracy_lower",
        "accuracy_upper",
        "balanced_accuracy",
        "balanced_accuracy_lower",
        "balanced_accuracy_upper",
        "balanced_accuracy_interval",
        "balanced_accuracy_lower_by_lesion",
        "balanced_accuracy_upper_by_lesion",
        "balanced_accuracy_interval_by_lesion",
    ];
    let mut sheet = Sheet::new(folder, "evaluation.csv", &header)?;
    for one in evidence {
        let study = one.study();
        let clusters = one.clusters();
        for operating in &one.operating_thresholds {
            let counts = Confusion::at(operating.threshold, &study);
            let (tp, fn_) = (counts.true_positives, counts.false_negatives);
            let (tn, fp) = (counts.true_negatives, counts.false_positives);
            let balanced = |judged: &[ScoredCase]| {
                let counts = Confusion::at(operating.threshold, judged);
                counts.balanced_accuracy().ok()
            };
            let rates = counts.sensitivity().ok().zip(counts.specificity().ok());
            let interval = rates.and_then(|(a, b)| mean_proportion(a, b, LEVEL).ok());
            let mut row = vec![
                text(&one.model.name),
                one.model.framing.to_string(),
                one.remedy(),
                operating.name.clone(),
                (operating.threshold as f32).to_string(),
                operating.origin.clone(),
            ];
            let all = [tp + fn_, tn + fp, tp, fn_, tn, fp];
            row.extend(all.map(|count| count.to_string()));
            row.extend(rate(tp, tp + fn_));
            row.extend(rate(tn, tn + fp));
            row.extend(rate(tp + tn, tp + tn + fp + fn_));
            row.extend(with_interval(balanced(&study), interval));
            row.push(interval.map_or("", |_| "MOVER of Wilson's").to_owned());
            row.extend(by_lesion(&clusters, balanced, options, one.plan.seed));
            sheet.row(row)?;
        }
    }
    Ok(sheet.finish()?)
}

fn areas(
    evidence: &[Evidence<'_>],
    folder: &Path,
    options: &Options,
) -> Result<PathBuf, StudyError> {
    let header = [
        "model",
        "framing",
        "remedy",
        "melanomas",
        "nevi",
        "lesions",
        "auc",
        "auc_lower",
        "auc_upper",
        "auc_interval",
        "auc_lower_by_lesion",
        "auc_upper_by_lesion",
        "auc_interval_by_lesion",
        "bins",
        "expected_calibration_error",
        "maximum_calibration_error",
        "brier_score",
    ];
    let mut sheet = Sheet::new(folder, "auc_calibration.csv", &header)?;
    for one in evidence {
        let study = one.study();
        let clusters = one.clusters();
        let melanomas = study.iter().filter(|judged| judged.melanoma).count();
        let curve = Reliability::new(&study, options.bins).ok();
        let mut row = vec![
            text(&one.model.name),
            one.model.framing.to_string(),
            one.remedy(),
        ];
        let counts = [melanomas, study.len() - melanomas, clusters.len()];
        row.extend(counts.map(|count| count.to_string()));
        row.extend(area_cells(area(&study)));
        let of = |judged: &[ScoredCase]| auc(judged).ok();
        row.extend(by_lesion(&clusters, of, options, one.plan.seed));
        row.push(options.bins.to_string());
        row.push(number(curve.as_ref().map(|curve| curve.ece)));
        row.push(number(curve.as_ref().map(|curve| curve.mce)));
        row.push(number(curve.as_ref().map(|curve| curve.brier)));
        sheet.row(row)?;
    }
    Ok(sheet.finish()?)
}

fn reliability(
    evidence: &[Evidence<'_>],
    folder: &Path,
    options: &Options,
) -> Result<PathBuf, StudyError> {
    let header = [
        "model",
        "remedy",
        "above",
        "up_to",
        "pictures",
        "melanomas",
        "mean_p_melanoma",
        "share_of_melanomas",
        "share_lower",
        "share_upper",
    ];
    let mut sheet = Sheet::new(folder, "reliability.csv", &header)?;
    for one in evidence {
        let Ok(curve) = Reliability::new(&one.study(), options.bins) else {
            continue;
        };
        for bin in curve.bins {
            let (count, total) = (bin.observed.count(), bin.observed.total());
            let mut row = vec![
                text(&one.model.name),
                one.remedy(),
                number(Some(bin.above)),
                number(Some(bin.up_to)),
                total.to_string(),
                count.to_string(),
                number(Some(bin.predicted)),
            ];
            row.extend(rate(count, total));
            sheet.row(row)?;
        }
    }
    Ok(sheet.finish()?)
}
