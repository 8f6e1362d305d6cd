//! A study with proofs, killed in the middle of one: it goes on at the frame where it was, and ends with the same records.

use std::collections::BTreeMap;
use std::path::Path;

use flipscope_base::cancel::Cancel;
use flipscope_lab::study::plan::{Job, Model, Shard, WorkUnit};
use flipscope_lab::study::store::{Queue, Store};
use flipscope_lab::study::{self, Event, ModelRunner, Settings};
use flipscope_model::{Classifier, DeviceChoice};

use crate::killing::{Point, kill};
use crate::program::{flipscope, text};
use crate::{Fixture, arg, rows, run, status, succeeds, tables};

/// Every combination of three offsets of −1 to 1, and one gain: 27 frames and some; with the evaluation, the only jobs.
const PROOFS: [&str; 6] = [
    "--perturb",
    "none",
    "--sample",
    "8",
    "--prove",
    "offset:1,gain:0.02",
];

/// The frames of unfinished proofs that a study has.
fn begun(file: &Path) -> usize {
    let store = Store::open(file).unwrap();
    let plan = store.plan().unwrap();
    let proofs = |unit: &WorkUnit| matches!(plan.job(*unit), Some(Job::Proof(_)));
    let units = plan.all_units(Shard::WHOLE).filter(proofs);
    units
        .map(|unit| store.judged_frames(unit).unwrap().len())
        .sum()
}

/// How many frames a run says that it has judged.
fn frames(file: &Path) -> u64 {
    let output = run(file, &["--batch", "16"]).output().unwrap();
    succeeds(&output);
    let said = text(&output.stderr);
    let words: Vec<&str> = said.split_whitespace().collect();
    let at = words
        .iter()
        .position(|word| word.starts_with("frame"))
        .unwrap();
    words[at - 1].replace(',', "").parse().unwrap()
}

/// The records that `export --records` writes, by their names below the folder.
fn records(file: &Path, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    tables(file, folder, &[]);
    let again = [
        "study",
        "export",
        arg(file),
        "--out",
        arg(folder),
        "--records",
    ];
    succeeds(&flipscope(&again));
    let mut found = BTreeMap::new();
    for job in std::fs::read_dir(folder.join("records")).unwrap() {
        let job = job.unwrap().path();
        for entry in std::fs::read_dir(&job).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            found.insert(name.to_owned(), std::fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn killed_and_resumed_it_ends_with_the_same_records() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let [whole, killed] = ["whole", "killed"].map(|name| folder.path().join(name));
    let output = fixture.study(&whole, &PROOFS);
    let said = succeeds(&output);
    assert!(
        said.contains("proof (offsets of each channel within ±1, ")
            && said.contains("at most about"),
        "{said}"
    );
    std::fs::copy(&whole, &killed).unwrap();
    let all = frames(&whole);

    // The first commits are of the evaluation. Then each proof of 27 frames has one after its first 16.
    let mut interrupted = 0;
    for point in [
        Point::After(2),
        Point::After(1),
        Point::Within(2),
        Point::Before(2),
        Point::After(1),
    ] {
        kill(&killed, point);
        interrupted += usize::from(begun(&killed) > 0);
    }
    assert!(interrupted > 0, "no kill was in the middle of a proof");
    // Those of proofs under way are counted too.
    let known = status(&killed)["frames"].as_u64().unwrap();
    assert!(known >= begun(&killed) as u64);
    assert!(known < all, "{known} of {all}");
    // Nothing that is known is judged again.
    assert_eq!(frames(&killed), all - known);
    assert_eq!((frames(&killed), begun(&killed)), (0, 0));

    let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
    let (one, two) = (records(&whole, &a), records(&killed, &b));
    assert!(one.len() >= 4 && one == two, "{:?}", one.keys());
    for name in ["proofs.csv", "proof_lesions.csv", "study.csv"] {
        let read = |folder: &Path| std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read(&a), read(&b), "{name}");
    }
    // Counts and shares follow from the pictures.
    let read = |name: &str| rows(&std::fs::read_to_string(a.join(name)).unwrap());
    let (boxes, lesions) = (read("proofs.csv"), read("proof_lesions.csv"));
    assert_eq!(boxes.len(), 2);
    for row in &boxes {
        let own = lesions.iter().filter(|lesion| lesion["box"] == row["box"]);
        let found: Vec<_> = own.filter(|lesion| lesion["found"] == "true").collect();
        assert_eq!(row["found"], found.len().to_string());
        for outcome in ["steady", "fragile", "open"] {
            let count = found.iter().filter(|one| one["outcome"] == outcome).count();
            assert_eq!(row[outcome], count.to_string(), "{outcome}");
        }
        for lesion in found.iter().filter(|one| one["outcome"] == "steady") {
            assert_eq!(lesion["frames"], lesion["frames_judged"]);
        }
    }
    // A record is one that `flipscope replay` checks.
    let model = fixture.model("1");
    let paths: Vec<String> = (one.keys())
        .filter(|name| name.ends_with(".proof.json"))
        .map(|name| arg(&a.join(name)).to_owned())
        .collect();
    let mut replay = vec!["replay", "--all", "--device", "cpu", "--model", arg(&model)];
    replay.extend(paths.iter().map(String::as_str));
    let output = flipscope(&replay);
    assert!(output.status.success(), "{}", text(&output.stdout));

    let page = folder.path().join("page");
    succeeds(&flipscope(&[
        "study",
        "report",
        arg(&killed),
        "--out",
        arg(&page),
    ]));
    let page = std::fs::read_dir(&page)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "html"));
    let page = std::fs::read_to_string(page.unwrap()).unwrap();
    assert!(page.contains("<h2>Proved</h2>") && page.contains("proved steady"));
}

/// Another run has claimed every proof and does not get on: this one says that it waits, and then does them.
#[test]
fn proofs_of_a_run_that_does_not_get_on_are_waited_for_and_then_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    succeeds(&Fixture::get().study(&file, &PROOFS));
    let mut store = Store::open(&file).unwrap();
    let plan = store.plan().unwrap();
    let is_proof = |unit: &WorkUnit| matches!(plan.job(*unit), Some(Job::Proof(_)));
    let proofs: Vec<WorkUnit> = plan.all_units(Shard::WHOLE).filter(is_proof).collect();
    let other = store.enter("another run", Shard::WHOLE).unwrap();
    let mut queue = Queue::new(proofs.clone());
    let claimed = store.claim(other, &mut queue, proofs.len()).unwrap();
    assert_eq!(claimed, proofs);
    let mut load = |model: &Model| {
        let source = model.source()?;
        let network = Classifier::load_with(&source, DeviceChoice::Cpu, &model.overrides()?)?;
        Ok(ModelRunner {
            scorer: Box::new(network),
            batch: 16,
            together: 1,
            proposer: None,
        })
    };
    let (mut waited, mut begun) = (Vec::new(), 0);
    let mut tell = |event: Event<'_>| match event {
        Event::Waiting(units) => {
            assert_eq!(begun, 0, "it waits before it does them");
            waited.push(units);
        }
        Event::Proof(..) => begun += 1,
        _ => {}
    };
    let report = study::run(
        &file,
        &Settings::default(),
        &mut load,
        &Cancel::default(),
        &mut tell,
    );
    assert!(report.unwrap().problems.is_empty());
    assert_eq!(waited, [proofs.len()]);
    assert!(begun > 0);
    let standing = status(&file);
    assert_eq!(standing["done"], standing["of"]);
}

#[test]
fn a_budget_leaves_proofs_open_and_says_so() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    let more = [
        &PROOFS[..4],
        &["--prove", "offset:2", "--prove-budget", "9"],
    ]
    .concat();
    succeeds(&fixture.study(&file, &more));
    assert!(frames(&file) <= 8 + 4 * 9);
    let tables = tables(&file, &folder.path().join("tables"), &[]);
    let row = &rows(&tables["proofs.csv"])[0];
    assert_eq!(row["budget_frames"], "9");
    assert!(row["found"] != "0" && row["steady"] == "0", "{row:?}");
    let refused = fixture.study(
        &folder.path().join("b.study"),
        &["--prove", "offset:2.5", "--nevi"],
    );
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("whole number"));
    let nobody = fixture.study(&folder.path().join("c.study"), &["--nevi"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(text(&nobody.stderr).contains("--attack or --prove"));
}
