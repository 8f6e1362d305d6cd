//! The statistics of reader studies against brute force, iMRMC, statsmodels and irrCAC: `tests/golden/readers/make_goldens.py`.

#![allow(clippy::unwrap_used, reason = "tests")]

use flipscope_lab::statistics::readers::{
    Estimate, Interval, Kappa, Read, cohen_kappa, fleiss_kappa, mrmc,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    studies: Vec<Study>,
    imrmc: Vec<Published>,
    cohen: Vec<OfTwo>,
    fleiss: Vec<OfMany>,
}

/// Reader, lesion, whether altered, score.
type Row = (u32, u32, bool, f64);

#[derive(Deserialize)]
struct Study {
    name: String,
    reads: Vec<Row>,
    readers: usize,
    cases: usize,
    unmodified: Expected,
    adversarial: Expected,
    difference: Expected,
}

#[derive(Deserialize)]
struct Expected {
    value: f64,
    variance: f64,
    degrees_of_freedom: f64,
    lower: f64,
    upper: f64,
    p: Option<f64>,
    biased: bool,
}

/// What iMRMC wrote of an area under the curve.
#[derive(Deserialize)]
struct Published {
    name: String,
    reads: Vec<Row>,
    auc: f64,
    variance: f64,
    lower: f64,
    upper: f64,
    /// Of the difference of two areas.
    p: Option<f64>,
    /// The degrees of freedom, where one form alone has the area.
    negatives_only: Option<f64>,
}

#[derive(Deserialize)]
struct OfTwo {
    name: String,
    pairs: Vec<(u32, u32)>,
    #[serde(flatten)]
    expected: Agreement,
}

#[derive(Deserialize)]
struct OfMany {
    name: String,
    table: Vec<Vec<u32>>,
    #[serde(flatten)]
    expected: Agreement,
}

#[derive(Deserialize)]
struct Agreement {
    kappa: f64,
    standard_error: f64,
    lower: f64,
    upper: f64,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("golden/readers/readers.json")).unwrap()
}

fn reads(rows: &[Row]) -> Vec<Read> {
    rows.iter()
        .map(|&(reader, case, adversarial, score)| Read {
            reader,
            case,
            adversarial,
            score,
        })
        .collect()
}

fn near(ours: f64, theirs: f64, relative: f64) -> bool {
    (ours - theirs).abs() <= relative * theirs.abs() + 1e-13
}

#[track_caller]
fn equal(what: &str, ours: Estimate, theirs: &Expected) {
    for (name, a, b) in [
        ("value", ours.value, theirs.value),
        ("variance", ours.variance, theirs.variance),
        (
            "degrees of freedom",
            ours.degrees_of_freedom,
            theirs.degrees_of_freedom,
        ),
        ("lower", ours.interval.lower, theirs.lower),
        ("upper", ours.interval.upper, theirs.upper),
        ("p", ours.p.unwrap_or(0.0), theirs.p.unwrap_or(0.0)),
    ] {
        assert!(near(a, b, 1e-11), "{what}: {name} is {a}, not {b}");
    }
    assert_eq!(ours.p.is_some(), theirs.p.is_some(), "{what}");
    assert_eq!(ours.biased, theirs.biased, "{what}");
}

#[test]
fn variances_are_those_of_every_pair_of_reads() {
    for study in golden().studies {
        let ours = mrmc(&reads(&study.reads)).unwrap();
        assert_eq!(
            (ours.readers, ours.cases),
            (study.readers, study.cases),
            "{}",
            study.name
        );
        equal(
            &format!("{}, unmodified", study.name),
            ours.unmodified,
            &study.unmodified,
        );
        equal(
            &format!("{}, altered", study.name),
            ours.adversarial,
            &study.adversarial,
        );
        equal(
            &format!("{}, difference", study.name),
            ours.difference,
            &study.difference,
        );
    }
}

#[test]
fn variances_are_those_that_imrmc_published() {
    for published in golden().imrmc {
        let ours = mrmc(&reads(&published.reads)).unwrap();
        // Area, variance, interval.
        let found = if let Some(freedom) = published.negatives_only {
            let one = ours.unmodified;
            let df = one.degrees_of_freedom;
            assert!(near(df, freedom, 5e-9), "{}: {df}", published.name);
            let Interval { lower, upper } = one.interval;
            [one.value, one.variance, lower, upper]
        } else {
            let twice = ours.difference;
            let Interval { lower, upper } = twice.interval;
            [
                -twice.value / 2.0,
                twice.variance / 4.0,
                -upper / 2.0,
                -lower / 2.0,
            ]
        };
        let expected = [
            published.auc,
            published.variance,
            published.lower,
            published.upper,
        ];
        // Nine digits are given.
        for (a, b) in found.into_iter().zip(expected) {
            assert!(near(a, b, 5e-9), "{}: {found:?}", published.name);
        }
        if let Some(expected) = published.p {
            let p = ours.difference.p.unwrap();
            assert!(near(p, expected, 5e-9), "{}: {p}", published.name);
        }
    }
}

#[track_caller]
fn agree(what: &str, ours: Kappa, theirs: &Agreement) {
    for (name, a, b) in [
        ("kappa", ours.value, theirs.kappa),
        ("standard error", ours.standard_error, theirs.standard_error),
        ("lower", ours.interval.lower, theirs.lower),
        ("upper", ours.interval.upper, theirs.upper),
    ] {
        // Where all agree the standard error is 0 but for rounding, of which the root is taken.
        assert!(
            near(a, b, 1e-9) || (a - b).abs() < 1e-7 && theirs.standard_error < 1e-7,
            "{what}: {name} is {a}, not {b}"
        );
    }
}

#[test]
fn kappa_is_that_of_statsmodels_and_irr_cac() {
    let golden = golden();
    for one in golden.cohen {
        agree(&one.name, cohen_kappa(&one.pairs).unwrap(), &one.expected);
    }
    for one in golden.fleiss {
        agree(&one.name, fleiss_kappa(&one.table).unwrap(), &one.expected);
    }
}
