//! Properties that hold for any numbers.

use proptest::prelude::*;

use super::special::{beta_quantile, binomial_cdf};
use super::*;

fn judged(rows: &[(bool, u8)]) -> Vec<ScoredCase> {
    rows.iter()
        .map(|&(melanoma, score)| ScoredCase {
            score: f64::from(score) / 255.0,
            melanoma,
        })
        .collect()
}

/// Lesions with at least two melanomas and two nevi; many scores are equal.
fn lesions() -> impl Strategy<Value = Vec<(bool, u8)>> {
    let side = || prop::collection::vec(0_u8..40, 2..40);
    (side(), side()).prop_map(|(melanomas, nevi)| {
        let melanomas = melanomas.into_iter().map(|score| (true, score));
        melanomas
            .chain(nevi.into_iter().map(|score| (false, score)))
            .collect()
    })
}

/// The definition: every melanoma against every nevus.
fn pairwise_auc(judged: &[ScoredCase]) -> f64 {
    let (mut sum, mut pairs) = (0.0, 0.0);
    for melanoma in judged.iter().filter(|one| one.melanoma) {
        for nevus in judged.iter().filter(|one| !one.melanoma) {
            pairs += 1.0;
            sum += match melanoma.score.total_cmp(&nevus.score) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
        }
    }
    sum / pairs
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    #[test]
    fn intervals_hold_the_estimate_and_mirror_the_complement(total in 1_u64..3000, share in 0.0..=1.0, level in 0.01..0.9999) {
        let count = (total as f64 * share) as u64;
        let one = Proportion::new(count, total).unwrap();
        let other = Proportion::new(total - count, total).unwrap();
        for of in [Proportion::wilson, Proportion::clopper_pearson] {
            let (a, b) = (of(one, level).unwrap(), of(other, level).unwrap());
            prop_assert!(0.0 <= a.lower && a.lower <= one.value() && one.value() <= a.upper && a.upper <= 1.0, "{one:?} {a:?}");
            prop_assert!(near(a.lower, 1.0 - b.upper) && near(a.upper, 1.0 - b.lower), "{a:?} {b:?}");
            let wider = of(one, 1.0 - (1.0 - level) / 2.0).unwrap();
            prop_assert!(wider.lower <= a.lower && a.upper <= wider.upper);
        }
    }

    #[test]
    fn clopper_pearson_leaves_each_tail_its_half(total in 1_u64..400, share in 0.0..=1.0, level in 0.5..0.999) {
        let count = (total as f64 * share) as u64;
        let interval = Proportion::new(count, total).unwrap().clopper_pearson(level).unwrap();
        let tail = (1.0 - level) / 2.0;
        if count < total {
            prop_assert!((binomial_cdf(count, total, interval.upper) - tail).abs() < 1e-9);
        }
        if count > 0 {
            prop_assert!((1.0 - binomial_cdf(count - 1, total, interval.lower) - tail).abs() < 1e-9);
        }
    }

    #[test]
    fn an_auc_is_its_definition_whatever_the_order(rows in lesions(), turn in 0_usize..80) {
        let one = judged(&rows);
        let area = auc(&one).unwrap();
        prop_assert!(near(area, pairwise_auc(&one)));
        let delong = DeLong::new(&one).unwrap();
        prop_assert_eq!(delong.auc(), area);

        let mut turned = one.clone();
        turned.rotate_left(turn % one.len());
        let again = DeLong::new(&turned).unwrap();
        prop_assert_eq!(again.auc(), area);
        prop_assert!(near(again.variance(), delong.variance()));

        // With melanoma and nevus exchanged, and under any increasing function of the scores.
        let swapped: Vec<ScoredCase> = one.iter().map(|j| ScoredCase { score: j.score, melanoma: !j.melanoma }).collect();
        let bent: Vec<ScoredCase> = one.iter().map(|j| ScoredCase { score: j.score.exp() - 7.0, ..*j }).collect();
        prop_assert!(near(auc(&swapped).unwrap(), 1.0 - area));
        prop_assert!(near(DeLong::new(&swapped).unwrap().variance(), delong.variance()));
        prop_assert_eq!(DeLong::new(&bent).unwrap(), delong.clone());

        let interval = delong.interval(0.95).unwrap();
        prop_assert!(0.0 <= interval.lower && interval.lower <= area && area <= interval.upper && interval.upper <= 1.0);
    }

    #[test]
    fn comparing_is_antisymmetric(rows in lesions(), other in prop::collection::vec(0_u8..40, 80)) {
        let changed: Vec<(bool, u8)> = rows.iter().zip(other).map(|((melanoma, _), score)| (*melanoma, score)).collect();
        let (a, b) = (DeLong::new(&judged(&rows)).unwrap(), DeLong::new(&judged(&changed)).unwrap());
        let (one, two) = (a.compare(&b).unwrap(), b.compare(&a).unwrap());
        prop_assert_eq!((one.difference, one.z, one.p), (-two.difference, -two.z, two.p));
        prop_assert!((0.0..=1.0).contains(&one.p) && one.variance >= 0.0);
        let same = a.compare(&a).unwrap();
        prop_assert_eq!((same.difference, same.variance, same.z, same.p), (0.0, 0.0, 0.0, 1.0));
    }

    #[test]
    fn an_operating_point_is_the_best_of_all_thresholds(rows in lesions(), wanted in 0.0..=1.0) {
        let judged = judged(&rows);
        let point = OperatingPoint::for_sensitivity(&judged, wanted).unwrap();
        prop_assert_eq!(point.confusion, Confusion::at(point.threshold, &judged));
        prop_assert!(point.confusion.sensitivity().unwrap().value() >= wanted);
        for one in &judged {
            let other = Confusion::at(one.score, &judged);
            if other.sensitivity().unwrap().value() >= wanted && one.score > point.threshold {
                prop_assert!(false, "{} is higher than {}", one.score, point.threshold);
            }
        }
    }

    #[test]
    fn counts_add_up_and_calibration_stays_in_range(rows in lesions(), bins in 1_usize..30) {
        let judged = judged(&rows);
        let counts = Confusion::at(0.08, &judged);
        let melanomas = rows.iter().filter(|(melanoma, _)| *melanoma).count() as u64;
        prop_assert_eq!(counts.sensitivity().unwrap().total(), melanomas);
        prop_assert_eq!(counts.accuracy().unwrap().total(), rows.len() as u64);

        let curve = Reliability::new(&judged, bins).unwrap();
        prop_assert_eq!(curve.bins.iter().map(|bin| bin.observed.total()).sum::<u64>(), rows.len() as u64);
        prop_assert!(0.0 <= curve.ece && curve.ece <= curve.mce + 1e-12 && curve.mce <= 1.0);
        for bin in &curve.bins {
            prop_assert!(bin.above - 1e-12 <= bin.predicted && bin.predicted <= bin.up_to + 1e-12, "{bin:?}");
        }
    }

    #[test]
    fn holm_keeps_the_order_and_is_between_the_p_and_bonferroni(ps in prop::collection::vec(0.0..=1.0, 1..40)) {
        let adjusted = holm(&ps).unwrap();
        for (at, (p, a)) in ps.iter().zip(&adjusted).enumerate() {
            prop_assert!(p <= a && *a <= (p * ps.len() as f64).min(1.0));
            for (q, b) in ps.iter().zip(&adjusted).skip(at) {
                prop_assert!((p <= q) == (a <= b) || a == b, "{p} {q} {a} {b}");
            }
        }
    }

    #[test]
    fn mcnemar_asks_which_of_two_is_right_more_often(pairs in prop::collection::vec(any::<(bool, bool)>(), 0..200)) {
        let (first, second): (Vec<bool>, Vec<bool>) = pairs.into_iter().unzip();
        let test = McNemar::of_pairs(&first, &second).unwrap();
        let again = McNemar::of_pairs(&second, &first).unwrap();
        prop_assert_eq!((test.only_first, test.p), (again.only_second, again.p));
        prop_assert!(test.p > 0.0 && test.p <= 1.0);
        prop_assert_eq!(McNemar::of_pairs(&first, &first).unwrap().p, 1.0);
    }
}

#[test]
fn the_bootstrap_is_seeded_and_counts_what_is_undefined() {
    let groups: Vec<Vec<f64>> = (0..60)
        .map(|n| vec![f64::from(n); 1 + n as usize % 3])
        .collect();
    let mean = |values: &[f64]| Some(values.iter().sum::<f64>() / values.len() as f64);
    let one = bootstrap(&groups, mean, 500, 0.9, 7).unwrap();
    assert_eq!(one, bootstrap(&groups, mean, 500, 0.9, 7).unwrap());
    assert_ne!(one, bootstrap(&groups, mean, 500, 0.9, 8).unwrap());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(3)
        .build()
        .unwrap();
    assert_eq!(
        one,
        pool.install(|| bootstrap(&groups, mean, 500, 0.9, 7))
            .unwrap()
    );

    let whole = |values: &[f64]| {
        let threes = values.iter().filter(|value| **value == 2.0).count();
        assert_eq!(threes % 3, 0, "a group of three comes whole");
        Some(threes as f64)
    };
    bootstrap(&groups, whole, 200, 0.9, 7).unwrap();

    let sometimes = |values: &[f64]| values.contains(&5.0).then_some(1.0);
    let found = bootstrap(&groups, sometimes, 1000, 0.9, 7).unwrap();
    // A group is absent with (59/60)⁶⁰ = 0.365.
    assert!((290..440).contains(&found.undefined), "{found:?}");
    let never = |_: &[f64]| None;
    assert_eq!(
        bootstrap(&groups, never, 10, 0.9, 7),
        Err(StatisticsError::Undefined(10))
    );
}

#[test]
fn numbers_without_a_meaning_are_refused() {
    let rows = judged(&[(true, 9), (true, 8), (false, 3), (false, 4)]);
    let half = Proportion::new(1, 2).unwrap();
    for level in [0.0, 1.0, -0.5, f64::NAN] {
        assert!(half.wilson(level).is_err() && half.clopper_pearson(level).is_err());
        assert!(DeLong::new(&rows).unwrap().interval(level).is_err());
        assert!(bootstrap(&[vec![1], vec![2]], |_| Some(0.0), 3, level, 1).is_err());
    }
    assert!(Proportion::new(0, 0).is_err() && Proportion::new(3, 2).is_err());
    assert!(holm(&[0.5, f64::NAN]).is_err() && holm(&[1.1]).is_err());
    assert_eq!(holm(&[]), Ok(Vec::new()));
    assert!(OperatingPoint::for_sensitivity(&rows, 1.5).is_err());
    assert!(Reliability::new(&rows, 0).is_err() && Reliability::new(&[], 5).is_err());
    let beyond = [ScoredCase {
        score: 1.5,
        melanoma: true,
    }];
    assert_eq!(
        Reliability::new(&beyond, 5),
        Err(StatisticsError::Probability(1.5))
    );

    let mut odd = rows.clone();
    odd[2].score = f64::NAN;
    assert_eq!(auc(&odd), Err(StatisticsError::Score(2)));
    assert!(matches!(
        auc(&rows[..2]),
        Err(StatisticsError::TooFew {
            kind: "nevi",
            have: 0,
            need: 1
        })
    ));
    assert!(auc(&rows[1..3]).is_ok() && DeLong::new(&rows[1..3]).is_err());
    let one = DeLong::new(&rows).unwrap();
    odd[2] = ScoredCase {
        score: 0.5,
        melanoma: true,
    };
    odd.push(rows[3]);
    let error = one
        .compare(&DeLong::new(&odd).unwrap())
        .unwrap_err()
        .to_string();
    assert!(error.contains("about 4, the other about 5"), "{error}");
    let mut turned = rows.clone();
    turned.rotate_left(2);
    assert!(one.compare(&DeLong::new(&turned).unwrap()).is_err());
    assert!(McNemar::of_pairs(&[true], &[]).is_err());
    assert_eq!(quantile(&[], 0.5), None);
}

#[test]
fn the_beta_quantile_has_closed_forms() {
    for q in [1e-9, 0.025, 0.5, 0.975] {
        // Beta(a, 1): x^a; Beta(1, b): 1 − (1 − x)^b.
        for n in [1.0, 7.0, 388.0, 1e5] {
            let first = beta_quantile(n, 1.0, q);
            assert!((first / q.powf(1.0 / n) - 1.0).abs() < 1e-12, "{n} {q}");
            let second = beta_quantile(1.0, n, q);
            let exact = -(f64::ln_1p(-q) / n).exp_m1();
            assert!(
                (second / exact - 1.0).abs() < 1e-9,
                "{n} {q}: {second} {exact}"
            );
        }
    }
}
