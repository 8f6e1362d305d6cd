//! Statistics against SciPy, statsmodels, scikit-learn and R's pROC: `tests/golden/statistics/make_goldens.py`.

#![allow(clippy::unwrap_used, reason = "tests")]

use flipscope_lab::statistics::{
    Confusion, DeLong, Interval, McNemar, OperatingPoint, Proportion, Reliability, ScoredCase,
    Test, auc, bootstrap, holm, quantile,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    proportions: Vec<Rate>,
    delong: Vec<Pair>,
    mcnemar: Vec<Disagreement>,
    holm: Vec<Family>,
    confusion: AtThreshold,
    operating_points: Vec<Point>,
    calibration: Vec<Calibration>,
    quantiles: Quantiles,
    bootstrap: Clusters,
}

#[derive(Deserialize)]
struct Rate {
    count: u64,
    total: u64,
    level: f64,
    wilson: [f64; 2],
    clopper_pearson: [f64; 2],
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    melanoma: Vec<bool>,
    first: Vec<f64>,
    second: Vec<f64>,
    auc: f64,
    variance: f64,
    lower: f64,
    upper: f64,
    second_auc: f64,
    second_variance: f64,
    z: f64,
    p: f64,
}

#[derive(Deserialize)]
struct Disagreement {
    b: u64,
    c: u64,
    exact: bool,
    statistic: f64,
    p: f64,
}

#[derive(Deserialize)]
struct Family {
    p: Vec<f64>,
    adjusted: Vec<f64>,
}

#[derive(Deserialize)]
struct AtThreshold {
    melanoma: Vec<bool>,
    scores: Vec<f64>,
    threshold: f64,
    /// As scikit-learn's: true negatives, false positives, false negatives, true positives.
    counts: [u64; 4],
    sensitivity: f64,
    specificity: f64,
    balanced_accuracy: f64,
    accuracy: f64,
}

#[derive(Deserialize)]
struct Point {
    wanted: f64,
    threshold: f64,
    sensitivity: f64,
    specificity: f64,
}

#[derive(Deserialize)]
struct Calibration {
    name: String,
    scores: Vec<f64>,
    bins: usize,
    counts: Vec<u64>,
    observed: Vec<f64>,
    predicted: Vec<f64>,
    ece: f64,
    mce: f64,
    brier: f64,
}

#[derive(Deserialize)]
struct Quantiles {
    sorted: Vec<f64>,
    q: Vec<f64>,
    expected: Vec<f64>,
}

#[derive(Deserialize)]
struct Clusters {
    melanoma: Vec<bool>,
    scores: Vec<f64>,
    groups: Vec<usize>,
    sensitivity: Resampled,
    auc: Resampled,
}

#[derive(Deserialize)]
struct Resampled {
    standard_error: f64,
    interval: [f64; 2],
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("golden/statistics/statistics.json")).unwrap()
}

fn judged(melanoma: &[bool], scores: &[f64]) -> Vec<ScoredCase> {
    let pairs = melanoma.iter().zip(scores);
    pairs
        .map(|(&melanoma, &score)| ScoredCase { score, melanoma })
        .collect()
}

/// Equal to so many parts of the golden, or as close to it where that is 0.
#[track_caller]
fn close(ours: f64, theirs: f64, within: f64, what: &str) {
    let apart = (ours - theirs).abs();
    assert!(
        apart <= within * theirs.abs().max(1e-6),
        "{what}: {ours}, {theirs}"
    );
}

#[test]
fn intervals_of_proportions_are_those_of_statsmodels() {
    let rates = golden().proportions;
    assert_eq!(rates.len(), 39);
    for rate in rates {
        let what = format!("{} of {} at {}", rate.count, rate.total, rate.level);
        let proportion = Proportion::new(rate.count, rate.total).unwrap();
        let wilson = proportion.wilson(rate.level).unwrap();
        let exact = proportion.clopper_pearson(rate.level).unwrap();
        for (Interval { lower, upper }, theirs, within) in [
            (wilson, rate.wilson, 1e-11),
            (exact, rate.clopper_pearson, 1e-9),
        ] {
            close(lower, theirs[0], within, &what);
            close(upper, theirs[1], within, &what);
        }
    }
}

#[test]
fn aucs_and_their_comparison_are_those_of_p_roc() {
    let pairs = golden().delong;
    assert_eq!(pairs.len(), 5);
    for pair in pairs {
        let first = judged(&pair.melanoma, &pair.first);
        let second = judged(&pair.melanoma, &pair.second);
        let (one, two) = (DeLong::new(&first).unwrap(), DeLong::new(&second).unwrap());
        let interval = one.interval(0.95).unwrap();
        let comparison = one.compare(&two).unwrap();
        assert_eq!(auc(&first).unwrap(), one.auc());
        for (ours, theirs) in [
            (one.auc(), pair.auc),
            (one.variance(), pair.variance),
            (interval.lower, pair.lower),
            (interval.upper, pair.upper),
            (two.auc(), pair.second_auc),
            (two.variance(), pair.second_variance),
            (comparison.difference, pair.auc - pair.second_auc),
            (comparison.z, pair.z),
            (comparison.p, pair.p),
        ] {
            close(ours, theirs, 1e-10, &pair.name);
        }
    }
}

#[test]
fn mcnemars_test_is_that_of_statsmodels_and_r() {
    let tables = golden().mcnemar;
    assert_eq!(tables.len(), 12);
    for Disagreement {
        b,
        c,
        exact,
        statistic,
        p,
    } in tables
    {
        let test = McNemar::of_counts(b, c);
        assert_eq!(test.test == Test::Exact, exact);
        close(test.statistic, statistic, 1e-13, &format!("{b} {c}"));
        close(test.p, p, 1e-10, &format!("{b} {c}"));
        assert_eq!(McNemar::of_counts(c, b).p, test.p, "either way");
    }
}

#[test]
fn holms_correction_is_that_of_statsmodels() {
    for Family { p, adjusted } in golden().holm {
        for (ours, theirs) in holm(&p).unwrap().into_iter().zip(&adjusted) {
            close(ours, *theirs, 1e-13, &format!("{p:?}"));
        }
    }
}

#[test]
fn counts_and_operating_points_are_those_of_scikit_learn() {
    let Golden {
        confusion: golden,
        operating_points,
        ..
    } = golden();
    let judged = judged(&golden.melanoma, &golden.scores);
    let counts = Confusion::at(golden.threshold, &judged);
    let [
        true_negatives,
        false_positives,
        false_negatives,
        true_positives,
    ] = golden.counts;
    let expected = Confusion {
        true_positives,
        false_negatives,
        true_negatives,
        false_positives,
    };
    assert_eq!(counts, expected);
    for (ours, theirs) in [
        (counts.sensitivity().unwrap().value(), golden.sensitivity),
        (counts.specificity().unwrap().value(), golden.specificity),
        (counts.accuracy().unwrap().value(), golden.accuracy),
        (
            counts.balanced_accuracy().unwrap(),
            golden.balanced_accuracy,
        ),
    ] {
        close(ours, theirs, 1e-14, "rates");
    }
    assert_eq!(operating_points.len(), 6);
    for golden in operating_points {
        let point = OperatingPoint::for_sensitivity(&judged, golden.wanted).unwrap();
        assert_eq!(point.threshold, golden.threshold, "{}", golden.wanted);
        let (sensitivity, specificity) = (
            point.confusion.sensitivity().unwrap(),
            point.confusion.specificity().unwrap(),
        );
        close(
            sensitivity.value(),
            golden.sensitivity,
            1e-14,
            "sensitivity",
        );
        close(
            specificity.value(),
            golden.specificity,
            1e-14,
            "specificity",
        );
    }
}

#[test]
fn calibration_is_that_of_scikit_learn() {
    let Golden {
        confusion,
        calibration,
        ..
    } = golden();
    assert_eq!(calibration.len(), 12);
    for golden in calibration {
        let what = format!("{} in {}", golden.name, golden.bins);
        let judged = judged(&confusion.melanoma, &golden.scores);
        let ours = Reliability::new(&judged, golden.bins).unwrap();
        let counts: Vec<u64> = ours.bins.iter().map(|bin| bin.observed.total()).collect();
        assert_eq!(counts, golden.counts, "{what}");
        for (at, bin) in ours.bins.iter().enumerate() {
            close(bin.predicted, golden.predicted[at], 1e-12, &what);
            close(bin.observed.value(), golden.observed[at], 1e-14, &what);
        }
        close(ours.ece, golden.ece, 1e-12, &what);
        close(ours.mce, golden.mce, 1e-12, &what);
        close(ours.brier, golden.brier, 1e-12, &what);
    }
}

#[test]
fn quantiles_are_those_of_numpy() {
    let Quantiles {
        sorted,
        q,
        expected,
    } = golden().quantiles;
    for (q, theirs) in q.into_iter().zip(expected) {
        close(quantile(&sorted, q).unwrap(), theirs, 1e-13, &q.to_string());
    }
}

/// Other random numbers: they agree as closely as 20,000 resamples on either side let them, which is about 0.027 standard
/// errors for the ends and 0.7 % for the standard error itself; four times that is allowed.
#[test]
fn the_cluster_bootstrap_agrees_with_numpys() {
    let golden = golden().bootstrap;
    let all = judged(&golden.melanoma, &golden.scores);
    let mut groups = vec![Vec::new(); golden.groups.iter().max().unwrap() + 1];
    for (one, group) in all.iter().zip(&golden.groups) {
        groups[*group].push(*one);
    }
    let sensitivity =
        |judged: &[ScoredCase]| Some(Confusion::at(0.5, judged).sensitivity().ok()?.value());
    let area = |judged: &[ScoredCase]| auc(judged).ok();
    for (ours, theirs) in [
        (
            bootstrap(&groups, sensitivity, 20_000, 0.95, 1).unwrap(),
            &golden.sensitivity,
        ),
        (
            bootstrap(&groups, area, 20_000, 0.95, 2).unwrap(),
            &golden.auc,
        ),
    ] {
        println!("{ours:?}, {} {:?}", theirs.standard_error, theirs.interval);
        assert_eq!(ours.undefined, 0);
        let error = theirs.standard_error;
        assert!(
            (ours.standard_error - error).abs() < 0.03 * error,
            "{ours:?}"
        );
        assert!(
            (ours.interval.lower - theirs.interval[0]).abs() < 0.1 * error,
            "{ours:?}"
        );
        assert!(
            (ours.interval.upper - theirs.interval[1]).abs() < 0.1 * error,
            "{ours:?}"
        );
    }
    let singles: Vec<Vec<ScoredCase>> = all.iter().map(|one| vec![*one]).collect();
    let alone = bootstrap(&singles, area, 1000, 0.95, 2).unwrap();
    println!("by picture: {alone:?}");
    assert!(
        alone.standard_error < 0.8 * golden.auc.standard_error,
        "pictures of one lesion are alike: resampling them singly would feign certainty"
    );
}
