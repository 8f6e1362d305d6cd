//! Few groups of several pictures: no part is left empty where it can be avoided, and none unnoticed.

use super::*;

/// A set whose lesions have these many melanomas and nevi.
fn lesions(of: &[(usize, usize)]) -> Dataset {
    let mut examples = Vec::new();
    for (lesion, (melanomas, nevi)) in of.iter().enumerate() {
        let labels = [(Label::Melanoma, *melanomas), (Label::Nevus, *nevi)];
        for (label, count) in labels {
            for number in 0..count {
                examples.push(Example {
                    lesion: Some(lesion.to_string()),
                    ..example(&format!("{lesion}-{}-{number}", label.name()), label)
                });
            }
        }
    }
    set(examples)
}

/// How many melanomas and nevi each part gets.
fn placed(dataset: &Dataset, targets: &[(Part, [f64; 2])], seed: u64) -> Vec<[usize; 2]> {
    let members: Vec<_> = dataset.labelled().collect();
    let parts = draw::place(&members, &groups::of(&members), targets, seed);
    let count = |part: Part, label: Label| {
        let both = members.iter().zip(&parts);
        both.filter(|((_, its), of)| *its == label && **of == part)
            .count()
    };
    let labels = [Label::Melanoma, Label::Nevus];
    (targets.iter())
        .map(|(part, _)| labels.map(|label| count(*part, label)))
        .collect()
}

#[test]
fn three_lesions_of_two_pictures_fill_two_parts() {
    let dataset = lesions(&[(1, 1), (2, 0), (0, 2)]);
    let targets = [(Part::Train, [2.0, 2.0]), (Part::Validation, [1.0, 1.0])];
    for seed in 0..20 {
        assert_eq!(placed(&dataset, &targets, seed), [[2, 2], [1, 1]]);
    }
}

#[test]
fn six_lesions_of_two_pictures_fill_three_parts() {
    let dataset = lesions(&[(2, 0), (2, 0), (0, 2), (0, 2), (1, 1), (1, 1)]);
    let targets = [
        (Part::Train, [4.0, 4.0]),
        (Part::Validation, [1.0, 1.0]),
        (Part::Test, [1.0, 1.0]),
    ];
    for seed in 0..50 {
        let counts = placed(&dataset, &targets, seed);
        assert!(
            counts.iter().flatten().all(|&count| count > 0),
            "{counts:?}"
        );
        assert!(counts[0].iter().all(|&count| count > 2), "{counts:?}");
    }
}

#[test]
fn a_part_that_would_be_empty_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dataset, fingerprints) = on_disk(folder.path(), &ROWS);
    let own = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap();
    // Since then, all pictures turned out to be those of one patient.
    for example in &mut dataset.examples {
        example.patient = Some("P".to_owned());
    }
    let redrawn = own.redraw(&dataset, &fingerprints, 1);
    let drawn = Split::draw(
        &dataset,
        &fingerprints,
        Fractions::default(),
        1,
        Duplicates::Refuse,
    );
    for outcome in [redrawn, drawn] {
        let error = outcome.unwrap_err();
        assert!(
            matches!(
                error,
                SplitError::OneSided {
                    part: Part::Validation,
                    label: Label::Melanoma
                }
            ),
            "{error}"
        );
        let said = error.to_string();
        assert!(said.contains("fewer lesions or patients"), "{said}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_part_lacks_a_label_only_if_too_few_lesions_have_it(
        of in prop::collection::vec((0_usize..4, 0_usize..4), 1..12),
        shares in prop::collection::vec(1_u8..10, 2..4),
        seed: u64,
    ) {
        let dataset = lesions(&of);
        let totals = [of.iter().map(|(m, _)| m).sum::<usize>(), of.iter().map(|(_, n)| n).sum()];
        let all: f64 = shares.iter().copied().map(f64::from).sum();
        let targets: Vec<(Part, [f64; 2])> = (Part::ALL.into_iter().zip(&shares))
            .map(|(part, share)| (part, totals.map(|total| total as f64 * f64::from(*share) / all)))
            .collect();
        let counts = placed(&dataset, &targets, seed);
        let having = [of.iter().filter(|(m, _)| *m > 0).count(), of.iter().filter(|(_, n)| *n > 0).count()];
        for label in [0, 1] {
            let lacking = counts.iter().filter(|counts| counts[label] == 0).count();
            prop_assert!(lacking == 0 || having[label] < targets.len(), "{:?} of {:?}", counts, of);
            prop_assert_eq!(counts.iter().map(|counts| counts[label]).sum::<usize>(), totals[label]);
        }
    }
}
