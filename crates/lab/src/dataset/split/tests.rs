//! Splits drawn and taken from tables, their guarantees, and their file.

mod few_groups;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::dataset::Diagnosis;
use flipscope_base::cancel::Cancel;
use flipscope_language::{Language, within};

/// An example that needs no file.
fn example(id: &str, label: Label) -> Example {
    Example {
        id: id.to_owned(),
        path: PathBuf::from(id),
        diagnosis: Diagnosis::of(label.name()),
        lesion: None,
        patient: None,
        part: None,
        duplicate_of: None,
    }
}

fn set(mut examples: Vec<Example>) -> Dataset {
    examples.sort_by(|a, b| a.id.cmp(&b.id));
    Dataset {
        name: "set".to_owned(),
        table: None,
        found: None,
        format: "plain labels",
        examples,
        problems: Vec::new(),
        assumptions: Vec::new(),
    }
}

/// A data set in files, with the colour of each picture.
fn on_disk(folder: &Path, rows: &[(&str, &str, u8)]) -> (Dataset, Fingerprints) {
    let mut table = vec!["image_id,diagnosis,split".to_owned()];
    for (id, words, colour) in rows {
        table.push(format!("{id},{words}"));
        let path = folder.join(format!("{id}.png"));
        let raster = lesion::Raster::from_rgb(2, 2, [*colour; 12].to_vec()).unwrap();
        raster.write_png(path).unwrap();
    }
    fs::write(folder.join("labels.csv"), table.join("\n")).unwrap();
    let dataset = Dataset::read(folder, None).unwrap();
    let fingerprints = dataset.fingerprint(&|_, _| (), &Cancel::default()).unwrap();
    (dataset, fingerprints)
}

const ROWS: [(&str, &str, u8); 8] = [
    ("a", "melanoma,train", 1),
    ("b", "nevus,train", 2),
    ("c", "nevus,train", 3),
    ("d", "melanoma,val", 4),
    ("e", "nevus,val", 5),
    ("f", "melanoma,test", 6),
    ("g", "nevus,test", 7),
    ("h", "nevus,", 8),
];

#[test]
fn the_tables_own_split_is_kept_written_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let (dataset, fingerprints) = on_disk(folder.path(), &ROWS);
    let split = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap();
    let ids = |part| -> Vec<&str> { split.members(part).iter().map(|m| m.id.as_str()).collect() };
    assert_eq!(
        (ids(Part::Train), ids(Part::Test)),
        (vec!["a", "b", "c"], vec!["f", "g"])
    );
    assert_eq!(split.count(Part::Train, Label::Nevus), 2);
    assert_eq!(split.left_out().len(), 1);
    assert_eq!(split.left_out()[0].id, "h");

    let path = folder.path().join("split.json");
    split.write(&path).unwrap();
    let again = Split::read(&path).unwrap();
    assert_eq!(again, split);
    let everything = |cancel: &Cancel| again.verify(&dataset, &Part::ALL, &|_, _| (), cancel);
    everything(&Cancel::default()).unwrap();
    let cancel = Cancel::default();
    cancel.request();
    assert!(matches!(everything(&cancel), Err(SplitError::Dataset(_))));

    let images: Vec<_> = again.examples(&dataset, Part::Validation).unwrap();
    assert_eq!(images[0].0.path, folder.path().join("d.png"));
    fs::copy(folder.path().join("a.png"), folder.path().join("e.png")).unwrap();
    fs::remove_file(folder.path().join("f.png")).unwrap();
    let error = everything(&Cancel::default()).unwrap_err().to_string();
    assert!(error.contains("the file of e has changed"), "{error}");
    assert!(error.contains("f.png: there is no such file"), "{error}");
    assert!(
        again
            .verify(&dataset, &[Part::Train], &|_, _| (), &Cancel::default())
            .is_ok()
    );
}

#[test]
fn a_split_of_another_set_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (dataset, fingerprints) = on_disk(folder.path(), &ROWS);
    let split = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap();
    let mut other = dataset.clone();
    other.examples.remove(0);
    other.examples[0].diagnosis = Diagnosis::of("seborrheic_keratosis");
    let error = split.examples(&other, Part::Train).unwrap_err().to_string();
    for words in [
        "2 of its members",
        "a is missing",
        "b is a nevus in the split, and `seborrheic_keratosis`",
    ] {
        assert!(error.contains(words), "{words}: {error}");
    }
    assert_eq!(split.examples(&other, Part::Test).unwrap().len(), 2);
}

#[test]
fn a_split_is_drawn_anew_with_the_same_members_and_sizes() {
    let folder = tempfile::tempdir().unwrap();
    let (dataset, fingerprints) = on_disk(folder.path(), &ROWS);
    let first = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap();
    let counts = |split: &Split| {
        Part::ALL.map(|p| [Label::Melanoma, Label::Nevus].map(|label| split.count(p, label)))
    };
    let hashes: BTreeSet<String> = (0..20)
        .map(|seed| {
            let second = first.redraw(&dataset, &fingerprints, seed).unwrap();
            assert_eq!(counts(&second), counts(&first));
            assert_eq!(second.left_out(), first.left_out());
            assert_eq!(second.origin(), Origin::Redraw { seed });
            let again = first.redraw(&dataset, &fingerprints, seed).unwrap();
            assert_eq!(again, second);
            let path = folder.path().join("second.json");
            second.write(&path).unwrap();
            // Whether a file could be used is not in the file.
            assert_eq!(Split::read(&path).unwrap().data_hash(), second.data_hash());
            second.data_hash()
        })
        .collect();
    assert!(hashes.len() > 5, "{} different splits", hashes.len());
    let mut other = dataset.clone();
    other.examples.remove(0);
    assert!(matches!(
        first.redraw(&other, &fingerprints, 1),
        Err(SplitError::Misfit { .. })
    ));
}

#[test]
fn damaged_and_later_files_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (dataset, fingerprints) = on_disk(folder.path(), &ROWS);
    let path = folder.path().join("split.json");
    Split::of_table(&dataset, &fingerprints, Duplicates::Refuse)
        .unwrap()
        .write(&path)
        .unwrap();
    let json = fs::read_to_string(&path).unwrap();
    for (text, words) in [
        (json.replace("\"schema\": 1", "\"schema\": 7"), "schema 7"),
        (
            json.replacen("\"id\": \"a\"", "\"id\": \"z\"", 1),
            "was changed",
        ),
        (json[..json.len() / 2].to_owned(), "not a split"),
        ("{}".to_owned(), "not a split"),
        (json.replace("\"dataset\"", "\"data_set\""), "not a split"),
    ] {
        assert_ne!(text, json);
        fs::write(&path, text).unwrap();
        let error = Split::read(&path).unwrap_err().to_string();
        assert!(
            error.contains(words) && error.contains("split.json"),
            "{words}: {error}"
        );
    }
    let error = Split::read(&folder.path().join("none.json"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("no such file"), "{error}");
    let nowhere = folder.path().join("no/folder/split.json");
    let split = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap();
    assert!(matches!(
        split.write(&nowhere),
        Err(SplitError::Write { .. })
    ));
}

#[test]
fn duplicates_are_refused_by_name_or_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = ROWS.to_vec();
    rows[6].2 = 2; // g of test has the pixels of b of training.
    rows.push(("i", "nevus,train", 3)); // And i has those of c, in the same part.
    let (dataset, fingerprints) = on_disk(folder.path(), &rows);
    let taken = |duplicates| Split::of_table(&dataset, &fingerprints, duplicates);
    let error = taken(Duplicates::Refuse).unwrap_err().to_string();
    assert!(
        error.starts_with("1 sets of pictures have the same pixels: b = g;"),
        "{error}"
    );
    let shares = Fractions {
        train: 0.5,
        validation: 0.0,
        test: 0.5,
    };
    let drawn = |duplicates| Split::draw(&dataset, &fingerprints, shares, 1, duplicates);
    let error = drawn(Duplicates::Refuse).unwrap_err().to_string();
    assert!(error.contains("b = g; c = i"), "{error}");
    let split = drawn(Duplicates::LeaveOut).unwrap();
    let reasons: Vec<(&str, String)> = split
        .left_out()
        .iter()
        .map(|out| (out.id.as_str(), out.reason.to_string()))
        .collect();
    assert_eq!(
        reasons,
        [
            ("g", "has the pixels of b".to_owned()),
            ("i", "has the pixels of c".to_owned())
        ]
    );
    assert!(split.members(Part::Validation).is_empty());
    // Without g, no nevus is left to test on.
    let error = taken(Duplicates::LeaveOut).unwrap_err();
    assert!(matches!(
        error,
        SplitError::OneSidedTable {
            part: Part::Test,
            label: Label::Nevus
        }
    ));
    // Shares are not what a table's own parts can be helped by.
    let said = error.to_string();
    assert!(
        said.contains("test part") && said.contains("column split") && !said.contains("share"),
        "{said}"
    );

    rows[5].2 = 2; // f, a melanoma, has them as well.
    let (dataset, fingerprints) = on_disk(folder.path(), &rows);
    let error = Split::draw(&dataset, &fingerprints, shares, 1, Duplicates::Refuse).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("b = f = g (both melanoma and nevus)"),
        "{error}"
    );
    let split = Split::draw(&dataset, &fingerprints, shares, 1, Duplicates::LeaveOut).unwrap();
    assert_eq!(
        split.left_out().len(),
        4,
        "b, f, g contradict each other; i repeats c"
    );
}

#[test]
fn the_file_is_the_same_whichever_language_its_maker_speaks() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = ROWS.to_vec();
    rows.push(("i", "nevus,train", 3)); // The pixels of c.
    let (dataset, fingerprints) = on_disk(folder.path(), &rows);
    let [english, german] = Language::ALL.map(|language| {
        within(language, || {
            let split = Split::of_table(&dataset, &fingerprints, Duplicates::LeaveOut).unwrap();
            let path = folder.path().join(language.tag());
            split.write(&path).unwrap();
            let shown: Vec<String> = (Split::read(&path).unwrap().left_out().iter())
                .map(|out| out.reason.to_string())
                .collect();
            (fs::read_to_string(path).unwrap(), shown)
        })
    });
    assert_eq!(english.0, german.0);
    assert!(english.0.contains("the table puts it in no part"));
    // Whoever reads it is told in their own language.
    assert_eq!(
        english.1,
        ["the table puts it in no part", "has the pixels of c"]
    );
    assert!(
        german.1[1].ends_with("von c") && german.1[1] != english.1[1],
        "{german:?}"
    );
}

#[test]
fn lesions_and_patients_that_cross_a_table_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dataset, fingerprints) = on_disk(folder.path(), &ROWS);
    dataset.examples[1].patient = Some("P".to_owned());
    dataset.examples[2].patient = Some("P".to_owned());
    Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap();
    dataset.examples[6].patient = Some("P".to_owned());
    let error = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap_err();
    assert!(
        error.to_string().contains("c (train) and g (test)"),
        "{error}"
    );
    for example in &mut dataset.examples {
        example.part = None;
    }
    let error = Split::of_table(&dataset, &fingerprints, Duplicates::Refuse).unwrap_err();
    assert!(matches!(error, SplitError::NoParts { .. }));
}

#[test]
fn shares_that_are_none_are_refused() {
    for (train, validation, test) in [(0.5, 0.5, 0.5), (1.2, -0.2, 0.0), (f64::NAN, 0.0, 1.0)] {
        let shares = Fractions {
            train,
            validation,
            test,
        };
        assert!(matches!(shares.validate(), Err(SplitError::Fractions(_))));
    }
    Fractions {
        train: 0.8,
        validation: 0.1,
        test: 0.1,
    }
    .validate()
    .unwrap();
}

/// Draws without files.
fn draw(dataset: &Dataset, shares: Fractions, seed: u64) -> Vec<(String, Part)> {
    let members: Vec<_> = dataset.labelled().collect();
    let parts = draw::assign(&members, &groups::of(&members), shares, seed);
    members
        .iter()
        .zip(parts)
        .map(|((e, _), part)| (e.id.clone(), part))
        .collect()
}

#[test]
fn without_groups_each_part_gets_its_share_to_one() {
    let labels = (0..521)
        .map(|_| Label::Melanoma)
        .chain((0..1843).map(|_| Label::Nevus));
    let dataset = set(labels
        .enumerate()
        .map(|(n, label)| example(&format!("{n:04}"), label))
        .collect());
    let drawn = draw(&dataset, Fractions::default(), 5);
    for (label, total) in [(Label::Melanoma, 521.0), (Label::Nevus, 1843.0)] {
        for part in Part::ALL {
            let count = drawn.iter().zip(dataset.labelled());
            let count = count
                .filter(|((_, its), (_, has))| *its == part && *has == label)
                .count();
            let wanted = total * Fractions::default().of(part);
            assert!(
                (count as f64 - wanted).abs() < 1.0,
                "{part:?} {label:?}: {count}, {wanted}"
            );
        }
    }
    assert_ne!(
        drawn,
        draw(&dataset, Fractions::default(), 6),
        "another seed, another split"
    );
    let firsts = |seed| draw(&dataset, Fractions::default(), seed)[0].1 == Part::Train;
    let train = (0..200).filter(|seed| firsts(*seed)).count();
    assert!(
        (110..170).contains(&train),
        "the first of 521 is in training {train} of 200 times, 140 expected"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_group_crosses_and_the_order_of_reading_does_not_matter(
        rows in prop::collection::vec((any::<bool>(), prop::option::of(0_u8..30), prop::option::of(0_u8..12)), 1..120),
        seed: u64,
    ) {
        let examples: Vec<Example> = rows.iter().enumerate().map(|(n, (melanoma, lesion, patient))| Example {
            lesion: lesion.map(|l| l.to_string()),
            patient: patient.map(|p| p.to_string()),
            ..example(&format!("{n:03}"), if *melanoma { Label::Melanoma } else { Label::Nevus })
        }).collect();
        let dataset = set(examples.clone());
        let drawn = draw(&dataset, Fractions::default(), seed);
        prop_assert_eq!(drawn.len(), rows.len());
        for (a, (_, of_a)) in examples.iter().zip(&drawn) {
            for (b, (_, of_b)) in examples.iter().zip(&drawn) {
                let lesion = a.lesion.is_some() && a.lesion == b.lesion;
                let patient = a.patient.is_some() && a.patient == b.patient;
                prop_assert!(of_a == of_b || !(lesion || patient), "{} {}", a.id, b.id);
            }
        }
        prop_assert_eq!(draw(&set(examples.into_iter().rev().collect()), Fractions::default(), seed), drawn);
    }
}

#[test]
fn the_isic_2017_set_at_hand_is_divided() {
    let shared = Path::new("../shared/data/isic2017");
    if !shared.is_dir() {
        println!("../shared/data is absent: not tried");
        return;
    }
    let dataset = Dataset::read(shared, None).unwrap();
    let fingerprints = dataset.fingerprint(&|_, _| (), &Cancel::default()).unwrap();
    assert_eq!(fingerprints.problems, []);
    println!("same pixels: {:?}", fingerprints.duplicates());
    assert!(matches!(
        Split::of_table(&dataset, &fingerprints, Duplicates::Refuse),
        Err(SplitError::Duplicates(_))
    ));
    let split = Split::of_table(&dataset, &fingerprints, Duplicates::LeaveOut).unwrap();
    assert_eq!(split.left_out().len(), 6);
    let counts =
        Part::ALL.map(|p| [Label::Melanoma, Label::Nevus].map(|label| split.count(p, label)));
    assert_eq!(counts, [[374, 1372], [30, 77], [117, 388]]);
    split
        .verify(&dataset, &Part::ALL, &|_, _| (), &Cancel::default())
        .unwrap();
    let second = split.redraw(&dataset, &fingerprints, 2).unwrap();
    let of_second =
        Part::ALL.map(|p| [Label::Melanoma, Label::Nevus].map(|label| second.count(p, label)));
    assert_eq!(of_second, counts);
    assert_ne!(second.data_hash(), split.data_hash());
}
