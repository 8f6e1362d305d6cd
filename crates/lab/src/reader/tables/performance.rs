//! The performance of readers and of the network, as tables.

use std::path::{Path, PathBuf};

use crate::figures::csv_writer::{Sheet, number, p_value, rate, text, with_interval};
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::results::{Evidence, Performance, Results, Tally};
use crate::statistics::Test;
use crate::statistics::readers::{Estimate, Interval, Kappa};

const COUNTS: [&str; 17] = [
    "form",
    "answered",
    "timed_out",
    "melanomas",
    "nevi",
    "right",
    "true_positives",
    "true_negatives",
    "sensitivity",
    "sensitivity_lower",
    "sensitivity_upper",
    "specificity",
    "specificity_lower",
    "specificity_upper",
    "accuracy",
    "accuracy_lower",
    "accuracy_upper",
];

/// The tables of rates, pairs, analysis, agreement and times.
pub(super) fn write(
    evidence: &Evidence<'_>,
    results: &Results,
    folder: &Path,
) -> Result<Vec<PathBuf>, ReaderError> {
    let mut files = vec![pooled(results, folder)?];
    if evidence.plan().settings.classroom {
        return Ok(files);
    }
    files.push(readers(evidence, results, folder)?);
    files.push(paired(results, folder)?);
    files.push(across(results, folder)?);
    files.push(agreement(results, folder)?);
    files.push(times(results, folder)?);
    Ok(files)
}

fn counts(form: Form, tally: &Tally) -> Vec<String> {
    let calls = &tally.calls;
    let mut cells = vec![form.name().to_owned()];
    let all = [
        tally.total(),
        tally.timed_out,
        tally.melanomas(),
        tally.nevi(),
        tally.right(),
        calls.true_positives,
        calls.true_negatives,
    ];
    cells.extend(all.map(|count| count.to_string()));
    cells.extend(rate(calls.true_positives, tally.melanomas()));
    cells.extend(rate(calls.true_negatives, tally.nevi()));
    cells.extend(rate(tally.right(), tally.total()));
    cells
}

fn readers(
    evidence: &Evidence<'_>,
    results: &Results,
    folder: &Path,
) -> Result<PathBuf, ReaderError> {
    let header = [&["reader", "slot"][..], &COUNTS].concat();
    let mut sheet = Sheet::new(folder, "readers.csv", &header)?;
    for one in &results.readers {
        let mut readers = evidence.readers().iter();
        let slot = readers.find(|reader| reader.pseudonym == one.who);
        let slot = slot.map(|reader| (reader.slot + 1).to_string());
        for form in Form::ALL {
            let mut row = vec![text(&one.who), slot.clone().unwrap_or_default()];
            row.extend(counts(form, one.tally.get(form)));
            sheet.row(row)?;
        }
    }
    Ok(sheet.finish()?)
}

/// All readers together, and the network.
fn pooled(results: &Results, folder: &Path) -> Result<PathBuf, ReaderError> {
    let header = [&["who"][..], &COUNTS].concat();
    let mut sheet = Sheet::new(folder, "pooled.csv", &header)?;
    for (name, one) in named(results) {
        for form in Form::ALL {
            let mut row = vec![text(&name)];
            row.extend(counts(form, one.tally.get(form)));
            sheet.row(row)?;
        }
    }
    Ok(sheet.finish()?)
}

/// All readers and the network; marks a pseudonym that could be taken for the network's name.
fn named(results: &Results) -> Vec<(String, &Performance)> {
    let pooled = (results.pooled.iter()).map(|pooled| (pooled.who.clone(), pooled));
    let network = &results.network;
    pooled
        .chain([(format!("network: {}", network.who), network)])
        .collect()
}

fn paired(results: &Results, folder: &Path) -> Result<PathBuf, ReaderError> {
    let header = [
        "who",
        "lesions",
        "both_right",
        "only_unmodified_right",
        "only_adversarial_right",
        "both_wrong",
        "difference",
        "test",
        "statistic",
        "p",
    ];
    let mut sheet = Sheet::new(folder, "paired.csv", &header)?;
    let readers = results.readers.iter().map(|one| (one.who.clone(), one));
    for (name, one) in readers.chain(named(results)) {
        let paired = one.paired;
        let mut row = vec![text(&name)];
        let all = [
            paired.total(),
            paired.both_right,
            paired.only_unmodified,
            paired.only_adversarial,
            paired.both_wrong,
        ];
        row.extend(all.map(|count| count.to_string()));
        row.push(number(paired.difference()));
        // Pairs from several readers about one lesion are not independent: across.csv has the test across readers.
        let is_pooled = results
            .pooled
            .as_ref()
            .is_some_and(|pooled| pooled.who == name);
        let test = paired.test().filter(|_| !is_pooled);
        row.push(test.map_or("", |test| name_of(test.test)).to_owned());
        row.push(number(test.map(|test| test.statistic)));
        row.push(test.map(|test| p_value(test.p)).unwrap_or_default());
        sheet.row(row)?;
    }
    Ok(sheet.finish()?)
}

fn name_of(test: Test) -> &'static str {
    match test {
        Test::Exact => "McNemar, exact",
        Test::ChiSquare => "McNemar, chi-square",
    }
}

fn across(results: &Results, folder: &Path) -> Result<PathBuf, ReaderError> {
    let header = [
        "measure",
        "readers",
        "lesions",
        "quantity",
        "value",
        "value_lower",
        "value_upper",
        "variance",
        "degrees_of_freedom",
        "variance_is_biased",
        "p",
        "why_not",
        "interval",
    ];
    let mut sheet = Sheet::new(folder, "across.csv", &header)?;
    for one in &results.across {
        let measure = one.measure.name().to_owned();
        let analysis = match &one.analysis {
            Ok(analysis) => analysis,
            Err(error) => {
                let mut row = vec![String::new(); header.len()];
                row.splice(0..1, [measure]);
                row.pop();
                row.pop();
                row.extend([error.to_string(), String::new()]);
                sheet.row(row)?;
                continue;
            }
        };
        let quantities = [
            (Form::Unmodified.name(), &analysis.unmodified),
            (Form::Adversarial.name(), &analysis.adversarial),
            ("adversarial less unmodified", &analysis.difference),
        ];
        for ((quantity, estimate), interval) in
            quantities.into_iter().zip(analysis.sound_intervals())
        {
            let mut row = vec![
                measure.clone(),
                analysis.readers.to_string(),
                analysis.cases.to_string(),
                quantity.to_owned(),
            ];
            row.extend(estimated(estimate, interval));
            row.push(String::new());
            let method = match (interval, quantity) {
                (None, _) => "none, and no test: the variance is 0",
                (Some(_), "adversarial less unmodified") => "t",
                (Some(_), _) => "t on the log odds",
            };
            row.push(method.to_owned());
            sheet.row(row)?;
        }
    }
    Ok(sheet.finish()?)
}

fn estimated(estimate: &Estimate, interval: Option<Interval>) -> Vec<String> {
    let mut cells = with_interval(Some(estimate.value), interval).to_vec();
    cells.push(format!("{:.9}", estimate.variance));
    cells.push(number(Some(estimate.degrees_of_freedom)));
    cells.push(u8::from(estimate.biased).to_string());
    let p = estimate.p.filter(|_| interval.is_some());
    cells.push(p.map(p_value).unwrap_or_default());
    cells
}

fn agreement(results: &Results, folder: &Path) -> Result<PathBuf, ReaderError> {
    let header = [
        "form",
        "first",
        "second",
        "cases",
        "called_the_same",
        "kappa",
        "kappa_lower",
        "kappa_upper",
        "standard_error",
        "kind",
        "why_not",
        "interval",
    ];
    let mut sheet = Sheet::new(folder, "agreement.csv", &header)?;
    for one in &results.agreement {
        let kappa = one.kappa.as_ref().ok();
        let mut row = vec![
            one.form.name().to_owned(),
            text(&one.first),
            text(&one.second),
            one.cases.to_string(),
            one.same.to_string(),
        ];
        row.extend(with_interval(
            kappa.map(|kappa| kappa.value),
            kappa.and_then(Kappa::sound_interval),
        ));
        row.push(number(kappa.map(|kappa| kappa.standard_error)));
        let kind = if one.second.is_empty() {
            "Fleiss"
        } else {
            "Cohen"
        };
        row.push(kind.to_owned());
        let why = one.kappa.as_ref().err();
        row.push(why.map(ToString::to_string).unwrap_or_default());
        let method = kappa.map_or("", |kappa| match kappa.sound_interval() {
            Some(_) => "κ ± z × standard error",
            None => "none: the standard error is 0",
        });
        row.push(method.to_owned());
        sheet.row(row)?;
    }
    Ok(sheet.finish()?)
}

fn times(results: &Results, folder: &Path) -> Result<PathBuf, ReaderError> {
    let header = [
        "who",
        "form",
        "right",
        "answers",
        "lower_quartile_ms",
        "median_ms",
        "upper_quartile_ms",
    ];
    let mut sheet = Sheet::new(folder, "times.csv", &header)?;
    for one in &results.times {
        let quartiles = one.quartiles;
        let ms = |value: Option<f64>| value.map(|ms| format!("{ms:.1}")).unwrap_or_default();
        sheet.row([
            text(&one.who),
            one.form.name().to_owned(),
            u8::from(one.right).to_string(),
            quartiles.map_or(0, |quartiles| quartiles.count).to_string(),
            ms(quartiles.map(|quartiles| quartiles.lower)),
            ms(quartiles.map(|quartiles| quartiles.median)),
            ms(quartiles.map(|quartiles| quartiles.upper)),
        ])?;
    }
    Ok(sheet.finish()?)
}

/// The votes of classes on each form. No intervals: hands in one class are not independent.
pub(super) fn hands(results: &Results, folder: &Path) -> Result<PathBuf, ReaderError> {
    let header = [
        "class",
        "form",
        "cases",
        "cases_most_hands_right",
        "hands_right",
        "hands",
        "share_of_hands_right",
    ];
    let mut sheet = Sheet::new(folder, "hands.csv", &header)?;
    for one in &results.hands {
        for form in Form::ALL {
            let votes = one.forms.get(form);
            let share = (votes.total > 0).then(|| votes.right as f64 / votes.total as f64);
            sheet.row([
                text(&one.who),
                form.name().to_owned(),
                votes.cases.to_string(),
                votes.majority_right.to_string(),
                votes.right.to_string(),
                votes.total.to_string(),
                number(share),
            ])?;
        }
    }
    Ok(sheet.finish()?)
}
