//! Properties that hold for any reads.

use proptest::prelude::*;

use super::*;

/// The scores of a study with some reads missing; every form keeps readers 0 and 1 on lesions 0 and 1.
fn study() -> impl Strategy<Value = Vec<Read>> {
    let score = prop_oneof![Just(0.0), Just(1.0), -3.0..3.0_f64];
    let one = (score, prop::bool::weighted(0.8));
    (2_u32..6, 2_u32..9)
        .prop_flat_map(move |(readers, cases)| {
            let reads = (readers * cases * 2) as usize;
            (
                Just((readers, cases)),
                prop::collection::vec(one.clone(), reads),
            )
        })
        .prop_map(|((readers, cases), scores)| {
            let places = (0..readers).flat_map(|reader| {
                (0..cases).flat_map(move |case| [(reader, case, false), (reader, case, true)])
            });
            places
                .zip(scores)
                .filter(|&((reader, case, _), (_, kept))| kept || (reader < 2 && case < 2))
                .map(|((reader, case, adversarial), (score, _))| Read {
                    reader,
                    case,
                    adversarial,
                    score,
                })
                .collect()
        })
}

/// All readers on all lesions, each form with its own pattern of right answers.
fn crossed(readers: u32, cases: u32, right: impl Fn(u32, u32, bool) -> bool) -> Vec<Read> {
    let mut reads = Vec::new();
    for reader in 0..readers {
        for case in 0..cases {
            for adversarial in [false, true] {
                reads.push(Read {
                    reader,
                    case,
                    adversarial,
                    score: f64::from(u8::from(right(reader, case, adversarial))),
                });
            }
        }
    }
    reads
}

fn parts(of: &Mrmc) -> [Estimate; 3] {
    [of.unmodified, of.adversarial, of.difference]
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_order_of_the_reads_does_not_matter((reads, other) in study().prop_flat_map(|reads| (Just(reads.clone()), Just(reads).prop_shuffle()))) {
        prop_assert_eq!(mrmc(&reads).unwrap(), mrmc(&other).unwrap());
    }

    #[test]
    fn where_zero_lies_does_not_matter(reads in study(), shift in -5.0..5.0_f64) {
        let moved: Vec<Read> = reads.iter().map(|read| Read { score: read.score + shift, ..*read }).collect();
        let (one, two) = (mrmc(&reads).unwrap(), mrmc(&moved).unwrap());
        for (a, b) in parts(&one).into_iter().zip(parts(&two)) {
            prop_assert!((a.variance - b.variance).abs() <= 1e-9, "{a:?} {b:?}");
        }
        prop_assert!(near(one.difference.value, two.difference.value));
        prop_assert!(near(one.unmodified.value + shift, two.unmodified.value));
    }

    #[test]
    fn right_and_wrong_mirror_each_other(reads in study()) {
        let mirrored: Vec<Read> = reads.iter().map(|read| Read { score: 1.0 - read.score, ..*read }).collect();
        let (one, two) = (mrmc(&reads).unwrap(), mrmc(&mirrored).unwrap());
        for (a, b) in parts(&one).into_iter().zip(parts(&two)) {
            prop_assert!((a.variance - b.variance).abs() <= 1e-9, "{a:?} {b:?}");
        }
        prop_assert!(near(one.difference.value, -two.difference.value));
    }

    #[test]
    fn exchanged_forms_exchange_the_estimates(reads in study()) {
        let exchanged: Vec<Read> = reads.iter().map(|read| Read { adversarial: !read.adversarial, ..*read }).collect();
        let (one, two) = (mrmc(&reads).unwrap(), mrmc(&exchanged).unwrap());
        prop_assert_eq!(one.unmodified, two.adversarial);
        prop_assert!(near(one.difference.variance, two.difference.variance));
        prop_assert_eq!(one.difference.value, -two.difference.value);
    }

    #[test]
    fn estimates_are_numbers_in_their_ranges(reads in study()) {
        let all = mrmc(&reads).unwrap();
        for of in parts(&all) {
            prop_assert!(of.variance >= 0.0 && of.degrees_of_freedom >= 1.0 && of.degrees_of_freedom.is_finite(), "{of:?}");
            prop_assert!(of.interval.lower <= of.value && of.value <= of.interval.upper, "{of:?}");
        }
        prop_assert!(all.unmodified.p.is_none() && all.adversarial.p.is_none());
        let p = all.difference.p.unwrap();
        prop_assert!((0.0..=1.0).contains(&p), "{p}");
        for of in [all.unmodified, all.adversarial] {
            let share = of.on_log_odds();
            if of.value > 0.0 && of.value < 1.0 {
                prop_assert!(share.lower >= 0.0 && share.upper <= 1.0, "{share:?}");
                prop_assert!(share.lower <= of.value + 1e-12 && of.value <= share.upper + 1e-12, "{share:?}");
                let odds = |p: f64| (p / (1.0 - p)).ln();
                let (below, above) = (odds(of.value) - odds(share.lower), odds(share.upper) - odds(of.value));
                // As long as the odds can be distinguished from those of 0 and 1.
                if share.lower > 1e-9 && share.upper < 1.0 - 1e-9 {
                    prop_assert!((below - above).abs() < 1e-5 * (1.0 + below), "{share:?}");
                }
            } else {
                prop_assert_eq!(share, of.interval);
            }
        }
        let outside = all.difference.interval.lower > 0.0 || all.difference.interval.upper < 0.0;
        prop_assert!(outside == (p < 0.05) || (p - 0.05).abs() < 1e-9, "{:?}", all.difference);
    }

    #[test]
    fn equal_forms_do_not_differ(reads in study()) {
        let mut reads: Vec<Read> = reads.into_iter().filter(|read| !read.adversarial).collect();
        let other: Vec<Read> = reads.iter().map(|read| Read { adversarial: true, ..*read }).collect();
        reads.extend(other);
        let of = mrmc(&reads).unwrap();
        prop_assert_eq!(of.unmodified, of.adversarial);
        prop_assert_eq!((of.difference.value, of.difference.variance, of.difference.p), (0.0, 0.0, Some(1.0)));
        prop_assert!(!of.difference.biased);
    }

    #[test]
    fn kappa_does_not_depend_on_the_names_or_the_order_of_the_readers(pairs in prop::collection::vec((0_u32..3, 0_u32..3), 2..30)) {
        let renamed: Vec<(u32, u32)> = pairs.iter().map(|&(one, other)| (other * 10 + 4, one * 10 + 4)).collect();
        match (cohen_kappa(&pairs), cohen_kappa(&renamed)) {
            (Ok(one), Ok(two)) => {
                prop_assert!(near(one.value, two.value) && near(one.standard_error, two.standard_error), "{one:?} {two:?}");
                prop_assert!(one.value <= 1.0 + 1e-12 && one.standard_error.is_finite());
            }
            (one, two) => prop_assert_eq!(one, two),
        }
    }

    #[test]
    fn two_judgements_of_one_table_agree_as_many_as_they_are(table in prop::collection::vec(0_u32..=4, 2..30)) {
        let rows: Vec<Vec<u32>> = table.iter().map(|&melanoma| vec![melanoma, 4 - melanoma]).collect();
        let wider: Vec<Vec<u32>> = rows.iter().map(|row| vec![row[1], 0, row[0]]).collect();
        match (fleiss_kappa(&rows), fleiss_kappa(&wider)) {
            (Ok(one), Ok(two)) => prop_assert!(near(one.value, two.value) && near(one.standard_error, two.standard_error)),
            (one, two) => prop_assert_eq!(one, two),
        }
    }
}

#[test]
fn what_cannot_be_told_is_refused_by_name() {
    let right =
        |reader: u32, case: u32, adversarial: bool| (reader + case) % 3 > u32::from(adversarial);
    let few = |kind, have| {
        Err(StatisticsError::TooFew {
            kind,
            have,
            need: 2,
        })
    };
    let one_reader = mrmc(&crossed(1, 9, right));
    assert_eq!(one_reader, few("readers of the unmodified form", 1));
    assert_eq!(
        mrmc(&crossed(4, 1, right)),
        few("lesions in the unmodified form", 1)
    );
    assert_eq!(mrmc(&[]), few("readers of the unmodified form", 0));
    let unmodified: Vec<Read> = crossed(3, 3, right)
        .into_iter()
        .filter(|read| !read.adversarial)
        .collect();
    assert_eq!(mrmc(&unmodified), few("readers of the altered form", 0));
    let mut twice = crossed(3, 3, right);
    twice.push(twice[4]);
    let Read {
        reader,
        case,
        adversarial,
        ..
    } = twice[4];
    assert_eq!(
        mrmc(&twice),
        Err(StatisticsError::Twice {
            reader,
            case,
            adversarial
        })
    );
    let mut endless = crossed(3, 3, right);
    endless[2].score = f64::NAN;
    let Read { reader, case, .. } = endless[2];
    assert_eq!(
        mrmc(&endless),
        Err(StatisticsError::ReadScore { reader, case })
    );
    // Two readers, two lesions, each pair in one form: no read has another reader's read of another lesion in the other form.
    let square: Vec<Read> = crossed(2, 2, right)
        .into_iter()
        .filter(|read| ((read.reader + read.case) % 2 == 0) == read.adversarial)
        .collect();
    assert_eq!(mrmc(&square), Err(StatisticsError::NoPairs));
}

#[test]
fn agreement_without_a_meaning_is_refused_by_name() {
    assert_eq!(cohen_kappa(&[(1, 1); 5]), Err(StatisticsError::OneCategory));
    let few = |kind, have| {
        Err(StatisticsError::TooFew {
            kind,
            have,
            need: 2,
        })
    };
    assert_eq!(cohen_kappa(&[(1, 0)]), few("lesions that both judged", 1));
    assert_eq!(fleiss_kappa(&[]), few("lesions", 0));
    assert_eq!(
        fleiss_kappa(&[vec![1, 0], vec![0, 1]]),
        few("judgements of each lesion", 1)
    );
    assert_eq!(
        fleiss_kappa(&[vec![3, 0], vec![3, 0]]),
        Err(StatisticsError::OneCategory)
    );
    let uneven = StatisticsError::Uneven {
        lesion: 1,
        have: 2,
        need: 3,
    };
    assert_eq!(fleiss_kappa(&[vec![3, 0], vec![1, 1]]), Err(uneven));
    let categories = StatisticsError::Categories {
        lesion: 1,
        have: 3,
        need: 2,
    };
    assert_eq!(fleiss_kappa(&[vec![3, 0], vec![1, 1, 1]]), Err(categories));
    assert_eq!(cohen_kappa(&[(0, 1), (1, 0)]).unwrap().value, -1.0);
}

#[test]
fn answers_that_never_vary_have_no_variance() {
    let all = mrmc(&crossed(4, 7, |_, _, adversarial| !adversarial)).unwrap();
    assert_eq!((all.unmodified.value, all.unmodified.variance), (1.0, 0.0));
    assert_eq!(
        (
            all.difference.value,
            all.difference.variance,
            all.difference.p
        ),
        (-1.0, 0.0, Some(0.0))
    );
    assert_eq!(all.difference.degrees_of_freedom, 3.0);
    assert_eq!((all.readers, all.cases), (4, 7));
}

#[test]
fn no_interval_is_a_point() {
    let all_agree = cohen_kappa(&[(0, 0), (1, 1), (0, 0), (1, 1)]).unwrap();
    assert_eq!((all_agree.value, all_agree.sound_interval()), (1.0, None));
    let fleiss = fleiss_kappa(&[vec![3, 0], vec![0, 3], vec![3, 0]]).unwrap();
    assert!((fleiss.value - 1.0).abs() < 1e-12 && fleiss.sound_interval().is_none());
    let some = cohen_kappa(&[(0, 0), (1, 1), (0, 1), (1, 1), (0, 0)]).unwrap();
    assert_eq!(some.sound_interval(), Some(some.interval));
    // Everyone is right on every lesion in one form, and wrong in the other: nothing varies.
    let reads: Vec<Read> = (0..3)
        .flat_map(|reader| (0..5).map(move |case| (reader, case)))
        .flat_map(|(reader, case)| {
            [false, true].map(|adversarial| Read {
                reader,
                case,
                adversarial,
                score: f64::from(u8::from(!adversarial)),
            })
        })
        .collect();
    let analysis = mrmc(&reads).unwrap();
    assert_eq!(analysis.difference.value, -1.0);
    assert_eq!(analysis.sound_intervals(), [None; 3]);
    assert!(!analysis.difference.varies());
}
