//! Tables of a study small enough to compute by hand.

use std::collections::BTreeMap;

use super::*;
use crate::reader::plan::tests::{made, small};
use crate::reader::plan::{Form, Settings};
use crate::reader::store::Hands;
use crate::reader::store::tests::file;
use crate::reader::{Answer, ReadingSession, Shown};
use flipscope_model::Label;

type Row = BTreeMap<String, String>;

/// Two readers with confidence: owl is right on every unmodified picture and calls every adversarial one nevus; fox, who stops
/// after 15, says melanoma throughout.
pub(in crate::reader) fn study() -> (tempfile::TempDir, Store) {
    let settings = Settings {
        confidence: true,
        time_limit: Some(30),
        ..small()
    };
    let (folder, path) = file(&settings);
    let plan = Store::open(&path).unwrap().plan().clone();
    let case = |shown: &Shown| {
        let sha256 = shown.frame.sha256();
        let mut all = plan.cases.iter();
        all.find(|case| plan.lesion(case).unwrap().sha256(case.form) == Some(&sha256))
            .cloned()
    };
    let mut owl = ReadingSession::open(&path, "owl").unwrap();
    while let Some(shown) = owl.current().cloned() {
        let call = match case(&shown) {
            Some(case) if case.form == Form::Unmodified => plan.lesion(&case).unwrap().truth,
            _ => Label::Nevus,
        };
        let answer = Answer {
            call,
            confidence: Some(4),
            biopsy: None,
        };
        owl.answer(answer, 1000 * shown.position).unwrap();
    }
    let mut fox = ReadingSession::open(&path, "fox").unwrap();
    for at in 0..17 {
        let answer = Answer {
            call: Label::Melanoma,
            confidence: Some(1),
            biopsy: None,
        };
        if at == 10 {
            fox.time_out(30_000).unwrap();
        } else {
            fox.answer(answer, 2000).unwrap();
        }
    }
    let store = Store::open(&path).unwrap();
    (folder, store)
}

/// A class in which seven of ten hands are always for melanoma.
pub(in crate::reader) fn class() -> (tempfile::TempDir, Store) {
    let settings = Settings {
        classroom: true,
        ..small()
    };
    let (folder, path) = file(&settings);
    let mut session = ReadingSession::open(&path, "year 4").unwrap();
    while session.current().is_some() {
        let hands = Hands {
            melanoma: 7,
            nevus: 3,
            biopsy: None,
        };
        session.answer_hands(hands, 5000).unwrap();
    }
    let store = Store::open(&path).unwrap();
    (folder, store)
}

fn exported(store: &Store) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let files = export(store, folder.path()).unwrap();
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(read).collect()
}

fn rows(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn row<'a>(table: &'a [Row], cells: &[(&str, &str)]) -> &'a Row {
    let is = |row: &&Row| cells.iter().all(|(key, value)| row[*key] == *value);
    let mut found = table.iter().filter(is);
    let first = found
        .next()
        .unwrap_or_else(|| panic!("no row has {cells:?}"));
    assert!(found.next().is_none(), "{cells:?}");
    first
}

#[test]
fn rates_are_those_of_the_answers() {
    let (_folder, store) = study();
    let tables = exported(&store);
    let plan = store.plan();
    let count = |form, truth| plan.count(0, form, truth).to_string();
    let readers = rows(&tables["readers.csv"]);
    assert_eq!(readers.len(), 4);
    let owl = |form| row(&readers, &[("reader", "owl"), ("form", form)]);
    let (before, after) = (owl("unmodified"), owl("adversarial"));
    assert_eq!(
        (
            &*before["accuracy"],
            &*before["right"],
            &*before["answered"]
        ),
        ("1.000000", "10", "10")
    );
    assert_eq!(before["sensitivity_upper"], "1.000000");
    assert_eq!(after["true_positives"], "0");
    assert_eq!(
        after["melanomas"],
        count(Form::Adversarial, Label::Melanoma)
    );
    assert_eq!(
        after["true_negatives"],
        count(Form::Adversarial, Label::Nevus)
    );
    // Wilson's interval of 10 of 10 (statsmodels): 0.722467 to 1.
    assert_eq!(before["accuracy_lower"], "0.722467");
    let fox: u32 = (readers.iter())
        .filter(|row| row["reader"] == "fox")
        .map(|row| {
            row["answered"].parse::<u32>().unwrap() + 100 * row["timed_out"].parse::<u32>().unwrap()
        })
        .sum();
    assert_eq!(fox, 14 + 100);
    // The network is right before and wrong after every attack.
    let pooled = rows(&tables["pooled.csv"]);
    let network = row(
        &pooled,
        &[("who", "network: tester"), ("form", "adversarial")],
    );
    assert_eq!((&*network["right"], &*network["answered"]), ("0", "10"));
    let all = row(&pooled, &[("who", "all readers"), ("form", "unmodified")]);
    let each: u32 = (readers.iter())
        .filter(|row| row["form"] == "unmodified")
        .map(|row| row["right"].parse::<u32>().unwrap())
        .sum();
    assert_eq!(all["right"], each.to_string());
    let paired = rows(&tables["paired.csv"]);
    let owl = row(&paired, &[("who", "owl")]);
    assert_eq!(owl["lesions"], "10");
    assert_eq!(owl["only_unmodified_right"], after["melanomas"]);
    assert_eq!(owl["test"], "McNemar, exact");
    let pooled = row(&paired, &[("who", "all readers")]);
    assert_eq!((&*pooled["test"], &*pooled["p"]), ("", ""));
    // Owl's right answers on adversarial pictures took as long as their positions.
    let times = rows(&tables["times.csv"]);
    let answers = rows(&tables["answers.csv"]);
    let mut took: Vec<f64> = (answers.iter())
        .filter(|row| row["reader"] == "owl" && row["form"] == "unmodified")
        .map(|row| row["position"].parse::<f64>().unwrap() * 1000.0)
        .collect();
    took.sort_by(f64::total_cmp);
    let owl = row(
        &times,
        &[("who", "owl"), ("form", "unmodified"), ("right", "1")],
    );
    assert_eq!(
        owl["median_ms"],
        format!("{:.1}", f64::midpoint(took[4], took[5]))
    );
    let none = row(
        &times,
        &[("who", "owl"), ("form", "unmodified"), ("right", "0")],
    );
    assert_eq!((&*none["answers"], &*none["median_ms"]), ("0", ""));
}

#[test]
fn the_analysis_across_readers_is_that_of_the_reads() {
    let (_folder, store) = study();
    let tables = exported(&store);
    let across = rows(&tables["across.csv"]);
    assert!(across.len() >= 7, "{across:?}");
    let value = |quantity| {
        row(&across, &[("measure", "accuracy"), ("quantity", quantity)])["value"]
            .parse::<f64>()
            .unwrap()
    };
    let pooled = rows(&tables["pooled.csv"]);
    for form in ["unmodified", "adversarial"] {
        let pooled = row(&pooled, &[("who", "all readers"), ("form", form)]);
        assert_eq!(value(form), pooled["accuracy"].parse::<f64>().unwrap());
    }
    let difference = value("adversarial less unmodified");
    assert!((difference - (value("adversarial") - value("unmodified"))).abs() < 2e-6);
    let agreement = rows(&tables["agreement.csv"]);
    let two = row(
        &agreement,
        &[("first", "owl"), ("second", "fox"), ("form", "unmodified")],
    );
    assert_eq!(two["kind"], "Cohen");
    let all = row(
        &agreement,
        &[("first", "all readers"), ("form", "unmodified")],
    );
    assert_eq!(
        (&two["cases"], &two["called_the_same"]),
        (&all["cases"], &all["called_the_same"])
    );
    let network = row(
        &agreement,
        &[
            ("first", "owl"),
            ("second", "tester"),
            ("form", "adversarial"),
        ],
    );
    assert_eq!(network["cases"], "10");
}

/// A file for iMRMC: counts in the header, truths by case, rows.
type Imrmc = (
    BTreeMap<String, usize>,
    BTreeMap<String, bool>,
    Vec<[String; 4]>,
);

/// Reads a file as iMRMC does: counts from the header, rows after the marker.
fn imrmc(text: &str) -> Imrmc {
    let (header, data) = text.split_once("BEGIN DATA:\n").unwrap();
    let mut counts = BTreeMap::new();
    for line in header.lines() {
        for name in ["NR:", "N0:", "N1:", "NM:"] {
            if line.contains(name) {
                counts.insert(name.to_owned(), line[3..].trim().parse().unwrap());
            }
        }
    }
    let (mut truths, mut rows) = (BTreeMap::new(), Vec::new());
    for line in data.lines() {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let cells: [String; 4] = cells.try_into().unwrap();
        if cells[0] == "-1" {
            let signal = match cells[3].as_str() {
                "0" => false,
                "1" => true,
                other => panic!("{other}"),
            };
            assert_eq!(truths.insert(cells[1].clone(), signal), None);
        } else {
            assert!(truths.contains_key(&cells[1]), "no truth for {cells:?}");
            rows.push(cells);
        }
    }
    (counts, truths, rows)
}

#[test]
fn imrmc_can_read_the_reads() {
    let (_folder, store) = study();
    let tables = exported(&store);
    let answers = rows(&tables["answers.csv"]);
    let called = answers.iter().filter(|row| !row["call"].is_empty()).count();
    for name in ["calls.imrmc", "right.imrmc"] {
        let (counts, truths, rows) = imrmc(&tables[name]);
        let with = truths.values().filter(|signal| **signal).count();
        assert_eq!(counts["N1:"], with);
        assert_eq!(counts["N0:"], truths.len() - with);
        let distinct = |at: usize| {
            rows.iter()
                .map(|row| &row[at])
                .collect::<std::collections::BTreeSet<_>>()
                .len()
        };
        assert_eq!((counts["NR:"], counts["NM:"]), (distinct(0), distinct(2)));
        // No read occurs twice.
        let mut keys: Vec<_> = rows.iter().map(|row| (&row[0], &row[1], &row[2])).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), rows.len());
    }
    let (_, truths, rows) = imrmc(&tables["calls.imrmc"]);
    assert_eq!(rows.len(), called);
    for ([reader, case, modality, score], answer) in rows
        .iter()
        .zip(answers.iter().filter(|row| !row["call"].is_empty()))
    {
        assert_eq!(reader, if answer["reader"] == "owl" { "1" } else { "2" });
        assert_eq!(*case, answer["lesion"]);
        assert_eq!(truths[case], answer["truth"] == "melanoma");
        assert_eq!(modality == "2", answer["form"] == "adversarial");
        let confidence: i32 = answer["confidence"].parse().unwrap();
        let expected = if answer["call"] == "melanoma" {
            5 + confidence
        } else {
            6 - confidence
        };
        assert_eq!(*score, expected.to_string());
    }
    let (_, truths, rows) = imrmc(&tables["right.imrmc"]);
    let scores = |wanted: bool| -> Vec<&str> {
        let of = rows.iter().filter(|row| truths[&row[1]] == wanted);
        of.map(|row| row[3].as_str()).collect()
    };
    assert!(scores(false).iter().all(|score| *score == "0.5"));
    let right = scores(true).iter().filter(|score| **score == "1").count();
    assert_eq!(
        right,
        answers.iter().filter(|row| row["right"] == "1").count()
    );
}

#[test]
fn a_class_is_counted_in_hands_and_never_as_readers() {
    let (_folder, store) = class();
    let tables = exported(&store);
    assert!(!tables.contains_key("across.csv") && !tables.contains_key("calls.imrmc"));
    let hands = rows(&tables["hands.csv"]);
    let plan = store.plan();
    for form in Form::ALL {
        let [melanomas, nevi] =
            [Label::Melanoma, Label::Nevus].map(|truth| plan.count(0, form, truth));
        let own = row(&hands, &[("class", "year 4"), ("form", form.name())]);
        assert_eq!(own["hands_right"], (7 * melanomas + 3 * nevi).to_string());
        assert_eq!(own["hands"], "100");
        assert_eq!(own["cases_most_hands_right"], melanomas.to_string());
    }
    let pooled = rows(&tables["pooled.csv"]);
    assert!(pooled.iter().all(|row| row["who"].starts_with("network")));
}

#[test]
fn cases_say_what_was_changed_and_tables_hold_no_path() {
    let (_folder, store) = study();
    let tables = exported(&store);
    let cases = rows(&tables["cases.csv"]);
    assert_eq!(cases.len(), store.plan().cases.len());
    for case in &cases {
        let is_altered = case["form"] == "adversarial";
        assert_eq!(case["changed"], if is_altered { "1 pixel" } else { "" });
        assert_eq!(case["pixels"], if is_altered { "1" } else { "" });
        let said: u32 = ["called_melanoma", "called_nevus", "timed_out"]
            .iter()
            .map(|column| case[*column].parse::<u32>().unwrap())
            .sum();
        assert_eq!(said.to_string(), case["readers"]);
    }
    let study = rows(&tables["study.csv"]);
    assert_eq!(row(&study, &[("fact", "readers_finished")])["value"], "1");
    for (name, table) in &tables {
        assert!(!table.contains('/'), "{name}");
    }
    assert_eq!(tables, exported(&store));
}

/// The network of the readers' study, with this remedy; nobody has read.
fn unread(remedy: &str) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.readers");
    let mut made = made(&small(), 24, 6);
    made.plan.network.remedy = remedy.parse().unwrap();
    Store::create(&path, &made).unwrap();
    let store = Store::open(&path).unwrap();
    (folder, store)
}

#[test]
fn the_networks_remedy_is_said_with_its_verdicts_and_so_is_none() {
    for (remedy, in_words) in [
        ("none", "(threshold 0.5, no remedy) flips"),
        (
            "average-8",
            "(threshold 0.5, average over 4 rotations and their mirror images) flips",
        ),
    ] {
        let (folder, store) = unread(remedy);
        let tables = exported(&store);
        let fact = [("fact", "network_remedy")];
        assert_eq!(row(&rows(&tables["study.csv"]), &fact)["value"], remedy);
        for case in rows(&tables["cases.csv"]) {
            assert_eq!(case["network_remedy"], remedy, "{case:?}");
        }
        let protocol = store.plan().protocol().unwrap().to_string();
        assert!(protocol.contains(in_words), "{protocol}");
        let page = crate::reader::report::write(&store, folder.path()).unwrap();
        let page = std::fs::read_to_string(page).unwrap();
        for words in [
            in_words,
            &format!("the network (threshold 0.5, remedy {remedy}) on the same pictures"),
            &format!("The network is tester: framing squash, threshold 0.5, remedy {remedy}."),
            &format!("<td>network_remedy</td><td class=\"words\"><code>{remedy}</code></td>"),
        ] {
            assert!(page.contains(words), "{words}");
        }
    }
}
