//! Every pair of models in a study on the same pictures.
//!
//! AUCs by DeLong's test; whether they are right on the same melanomas (sensitivity), nevi (specificity) and pictures
//! (accuracy) by McNemar's test, each model at its threshold of the same name. All p-values of a study are corrected together,
//! after Holm. `pictures` and `lesions` are those that a row asks about: for sensitivity the melanomas. Both tests treat pictures as
//! independent: if several show one lesion (`lesions` is less than `pictures`), p is too small. If the variance of a difference of AUCs is 0 there is no test, and the row is not included in the correction.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::evidence::{Evidence, OperatingThreshold};
use crate::figures::csv_writer::{Sheet, exact, number, p_value, text};
use crate::statistics::{DeLong, McNemar, ScoredCase, Test, holm, is_zero_variance};
use crate::study::error::StudyError;
use crate::study::plan::Role;

/// One comparison.
struct Row {
    cells: Vec<String>,
    /// None if there is no test.
    p: Option<f64>,
}

/// A picture that both have judged.
type Pair = (ScoredCase, ScoredCase);

pub(super) fn write(evidence: &[Evidence<'_>], folder: &Path) -> Result<PathBuf, StudyError> {
    let header = [
        "first",
        "second",
        "first_remedy",
        "second_remedy",
        "question",
        "threshold",
        "first_p_melanoma_at_least",
        "second_p_melanoma_at_least",
        "pictures",
        "lesions",
        "first_value",
        "second_value",
        "difference",
        "only_first_right",
        "only_second_right",
        "test",
        "statistic",
        "p",
        "p_holm",
        "note",
    ];
    let mut rows = Vec::new();
    for (at, first) in evidence.iter().enumerate() {
        for second in evidence.iter().skip(at + 1) {
            compare(first, second, &mut rows)?;
        }
    }
    let p: Vec<f64> = rows.iter().filter_map(|row| row.p).collect();
    let mut adjusted = holm(&p)?.into_iter();
    let mut sheet = Sheet::new(folder, "comparison.csv", &header)?;
    for row in rows {
        let mut cells = row.cells;
        let corrected = row.p.and_then(|_| adjusted.next());
        let cell = |p: Option<f64>| p.map(p_value).unwrap_or_default();
        cells.extend([cell(row.p), cell(corrected)]);
        let note = match row.p {
            Some(_) => "",
            None => "no test: the variance of the difference is 0",
        };
        cells.push(note.to_owned());
        sheet.row(cells)?;
    }
    Ok(sheet.finish()?)
}

fn compare(
    first: &Evidence<'_>,
    second: &Evidence<'_>,
    rows: &mut Vec<Row>,
) -> Result<(), StudyError> {
    let pairs: Vec<(u32, Pair)> = first
        .judged(Role::Study)
        .filter_map(|(place, ours)| {
            let theirs = *second.scores.get(&place)?;
            let theirs = ScoredCase {
                score: f64::from(theirs),
                ..ours
            };
            Some((place, (ours, theirs)))
        })
        .collect();
    let all: Vec<&(u32, Pair)> = pairs.iter().collect();
    let head = |question: &str,
                operating_thresholds: Option<(&OperatingThreshold, &OperatingThreshold)>,
                asked: &[&(u32, Pair)]| {
        let at_least = |operating: &OperatingThreshold| exact(operating.threshold as f32);
        vec![
            text(&first.model.name),
            text(&second.model.name),
            first.remedy(),
            second.remedy(),
            question.to_owned(),
            operating_thresholds
                .map_or("", |(operating, _)| &operating.name)
                .to_owned(),
            operating_thresholds
                .map(|(operating, _)| at_least(operating))
                .unwrap_or_default(),
            operating_thresholds
                .map(|(_, operating)| at_least(operating))
                .unwrap_or_default(),
            asked.len().to_string(),
            lesions(first, asked).to_string(),
        ]
    };
    let (ours, theirs): (Vec<ScoredCase>, Vec<ScoredCase>) =
        pairs.iter().map(|(_, pair)| *pair).unzip();
    if let (Ok(ours), Ok(theirs)) = (DeLong::new(&ours), DeLong::new(&theirs)) {
        let compared = ours.compare(&theirs)?;
        let mut cells = head("auc", None, &all);
        cells.extend([ours.auc(), theirs.auc(), compared.difference].map(|v| number(Some(v))));
        cells.extend([String::new(), String::new()]);
        let is_tested = !is_zero_variance(compared.variance);
        let z = number(is_tested.then_some(compared.z));
        cells.extend(["DeLong, z".to_owned(), z]);
        rows.push(Row {
            cells,
            p: is_tested.then_some(compared.p),
        });
    }
    let operating_thresholds = first.operating_thresholds.iter().filter_map(|ours| {
        let theirs = second
            .operating_thresholds
            .iter()
            .find(|theirs| theirs.name == ours.name)?;
        Some((ours, theirs))
    });
    for (ours, theirs) in operating_thresholds {
        for (question, of) in [
            ("sensitivity", Some(true)),
            ("specificity", Some(false)),
            ("accuracy", None),
        ] {
            let asked: Vec<&(u32, Pair)> = (pairs.iter())
                .filter(|(_, (judged, _))| of.is_none_or(|melanoma| judged.melanoma == melanoma))
                .collect();
            if asked.is_empty() {
                continue;
            }
            let mut cells = head(question, Some((ours, theirs)), &asked);
            let p = right(&asked, ours, theirs, &mut cells)?;
            rows.push(Row { cells, p: Some(p) });
        }
    }
    Ok(())
}

/// How many lesions some pictures show.
fn lesions(evidence: &Evidence<'_>, asked: &[&(u32, Pair)]) -> usize {
    let shown: HashSet<u32> = (asked.iter())
        .filter_map(|(place, _)| evidence.image(*place).map(|image| image.cluster))
        .collect();
    shown.len()
}

/// How many each gets right, and whether that differs.
fn right(
    asked: &[&(u32, Pair)],
    ours: &OperatingThreshold,
    theirs: &OperatingThreshold,
    cells: &mut Vec<String>,
) -> Result<f64, StudyError> {
    let is_right = |judged: &ScoredCase, operating: &OperatingThreshold| {
        (judged.score >= operating.threshold) == judged.melanoma
    };
    let first: Vec<bool> = asked
        .iter()
        .map(|(_, (judged, _))| is_right(judged, ours))
        .collect();
    let second: Vec<bool> = asked
        .iter()
        .map(|(_, (_, judged))| is_right(judged, theirs))
        .collect();
    let share =
        |right: &[bool]| right.iter().filter(|right| **right).count() as f64 / right.len() as f64;
    let test = McNemar::of_pairs(&first, &second)?;
    let values = [
        share(&first),
        share(&second),
        share(&first) - share(&second),
    ];
    cells.extend(values.map(|value| number(Some(value))));
    cells.extend([test.only_first, test.only_second].map(|count| count.to_string()));
    cells.push(
        match test.test {
            Test::Exact => "McNemar, exact",
            Test::ChiSquare => "McNemar, chi-square",
        }
        .to_owned(),
    );
    cells.push(number(Some(test.statistic)));
    Ok(test.p)
}
