//! `flipscope study`, run as a person would, on synthetic lesions with the network of three convolutions: whatever happens to a
//! study under way, it ends with the same tables.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "studying/dead_runs.rs"]
mod dead_runs;
#[path = "studying/figures.rs"]
mod figures;
#[path = "studying/killing.rs"]
mod killing;
mod kills;
mod lesions;
#[path = "studying/pausing.rs"]
mod pausing;
mod program;
#[path = "studying/proposals.rs"]
mod proposals;
#[path = "studying/proving.rs"]
mod proving;
#[path = "studying/refusing.rs"]
mod refusing;
#[path = "studying/stand_in.rs"]
mod stand_in;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use lesions::lesions;
use program::{command, flipscope, text};
use serde_json::Value;

/// Pictures and two models, made once for all tests.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn get() -> &'static Self {
        static GROUND: OnceLock<Fixture> = OnceLock::new();
        GROUND.get_or_init(|| {
            let fixture = Self {
                folder: tempfile::tempdir().unwrap(),
            };
            lesions(&fixture.data(), 40);
            for seed in ["1", "2"] {
                let out = fixture.folder.path().join(format!("training {seed}"));
                let data = fixture.data();
                let output = flipscope(&[
                    "train",
                    "--data",
                    arg(&data),
                    "--out",
                    arg(&out),
                    "--device",
                    "cpu",
                    "--arch",
                    "small-test",
                    "--init",
                    "none",
                    "--batch",
                    "8",
                    "--dropout",
                    "0",
                    "--epochs",
                    "2",
                    "--lr",
                    "0.02",
                    "--augment",
                    "none",
                    "--seed",
                    seed,
                ]);
                succeeds(&output);
                std::fs::copy(out.join("best.safetensors"), fixture.model(seed)).unwrap();
            }
            fixture
        })
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn model(&self, seed: &str) -> PathBuf {
        self.folder.path().join(format!("model-{seed}.safetensors"))
    }

    /// A new study of the first model.
    fn study(&self, file: &Path, more: &[&str]) -> Output {
        let (data, model) = (self.data(), self.model("1"));
        let fixed = [
            "study",
            "new",
            arg(file),
            "--data",
            arg(&data),
            "--model",
            arg(&model),
            "--device",
            "cpu",
        ];
        flipscope(&[&fixed[..], more].concat())
    }
}

fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn succeeds(output: &Output) -> &str {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn run(file: &Path, more: &[&str]) -> Command {
    let fixed = ["study", "run", arg(file), "--device", "cpu", "--json"];
    command(&[&fixed[..], more].concat())
}

/// The exported tables by name.
fn tables(file: &Path, folder: &Path, more: &[&str]) -> BTreeMap<String, String> {
    let fixed = [
        "study",
        "export",
        arg(file),
        "--out",
        arg(folder),
        "--resamples",
        "100",
    ];
    succeeds(&flipscope(&[&fixed[..], more].concat()));
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// Rows of a table, by the names of its columns.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.deserialize();
    rows.map(|row| row.unwrap()).collect()
}

fn status(file: &Path) -> Value {
    let output = flipscope(&["study", "status", arg(file), "--json"]);
    serde_json::from_str(succeeds(&output)).unwrap()
}

/// Units and frames that a run says it has done.
fn in_this_run(said: &str) -> [u64; 2] {
    let line = said.lines().find(|line| line.contains("in this run"));
    let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
    ["unit", "frame"].map(|noun| {
        let at = words.iter().position(|word| word.starts_with(noun));
        let number = at.and_then(|at| words[at - 1].parse().ok());
        number.expect("how many units and frames")
    })
}

/// Every kind of job, two models: 80 · 2 evaluations, 80 · 2 perturbations, 40 · 2 and 40 · 2 attacks.
const EVERYTHING: [&str; 12] = [
    "--perturb",
    "flip,gaussian-noise",
    "--attack",
    "colour,pixels",
    "--budget",
    "6",
    "--mode",
    "flip",
    "--seed",
    "3",
    "--preset",
    "letter",
];

/// What stands in one table follows from another.
fn the_tables_agree_with_each_other(tables: &BTreeMap<String, String>) {
    let lesions = rows(&tables["lesions.csv"]);
    assert_eq!(lesions.len(), 160);
    let called = |model: &str, label: &str, as_melanoma: bool| {
        let of = lesions
            .iter()
            .filter(|row| row["model"] == model && row["label"] == label);
        of.filter(|row| (row["p_melanoma"].parse::<f32>().unwrap() >= 0.5) == as_melanoma)
            .count()
            .to_string()
    };
    for row in rows(&tables["evaluation.csv"]) {
        let model = row["model"].as_str();
        assert_eq!(row["true_positives"], called(model, "melanoma", true));
        assert_eq!(row["false_positives"], called(model, "nevus", true));
    }
    // Of every variant the pictures that are called otherwise than before, counted from the scores themselves.
    let before: BTreeMap<(&str, &str), bool> = lesions
        .iter()
        .map(|row| {
            let p: f32 = row["p_melanoma"].parse().unwrap();
            ((row["model"].as_str(), row["id"].as_str()), p >= 0.5)
        })
        .collect();
    let scores = rows(&tables["scores.csv"]);
    let variants = rows(&tables["perturbations.csv"]);
    assert_eq!(variants.len(), 2 * (3 + 5));
    assert_eq!(scores.len(), 80 * variants.len());
    for variant in &variants {
        let same = |row: &&BTreeMap<String, String>| {
            ["model", "family", "level"]
                .iter()
                .all(|key| row[*key] == variant[*key])
        };
        let flipped = scores.iter().filter(same).filter(|row| {
            let p: f32 = row["p_melanoma"].parse().unwrap();
            (p >= 0.5) != before[&(row["model"].as_str(), row["id"].as_str())]
        });
        assert_eq!(
            variant["flipped"],
            flipped.count().to_string(),
            "{variant:?}"
        );
    }
    for family in rows(&tables["families.csv"]) {
        let sum: u64 = [
            "always_right",
            "always_wrong",
            "right_to_wrong",
            "wrong_to_right",
        ]
        .iter()
        .map(|way| family[*way].parse::<u64>().unwrap())
        .sum();
        assert_eq!(sum, 80, "{family:?}");
    }
    for attack in rows(&tables["attacks.csv"]) {
        assert_eq!(attack["labelled"], "40");
        let expected = called(&attack["model"], "melanoma", true);
        assert_eq!(attack["attacked"], expected);
    }
    // AUC, and sensitivity, specificity and accuracy at 0.5.
    assert_eq!(rows(&tables["comparison.csv"]).len(), 4);
    let said = &tables["study.csv"];
    assert!(!said.contains('/'), "a table holds a path: {said}");
}

#[test]
fn two_runs_on_one_file_and_three_shards_give_the_tables_of_one_run() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let names = ["alone", "together", "1", "2", "3"];
    let files = names.map(|name| folder.path().join(format!("{name}.study")));
    let [alone, together, shards @ ..] = &files;
    let new = [
        "--perturb",
        "flip,contrast",
        "--attack",
        "colour",
        "--budget",
        "6",
        "--nevi",
    ];
    succeeds(&fixture.study(alone, &new));
    for other in &files[1..] {
        std::fs::copy(alone, other).unwrap();
    }
    succeeds(&run(alone, &[]).output().unwrap());
    let expected = tables(alone, &folder.path().join("a"), &[]);

    let both = [0, 1].map(|_| run(together, &["--batch", "8"]).spawn().unwrap());
    let mut done = [0, 0];
    for child in both {
        let output = child.wait_with_output().unwrap();
        succeeds(&output);
        let [units, frames] = in_this_run(text(&output.stderr));
        done = [done[0] + units, done[1] + frames];
    }
    // Each run counts what it has done itself.
    let standing = status(together);
    assert_eq!(
        done.map(Value::from),
        [&standing["of"], &standing["frames"]].map(Clone::clone)
    );
    assert_eq!(tables(together, &folder.path().join("b"), &[]), expected);

    let out = folder.path().join("merged.study");
    let merge = |files: &[PathBuf], more: &[&str]| {
        let mut arguments = vec!["study", "merge", "--out", arg(&out)];
        arguments.extend(files.iter().map(|file| arg(file)));
        arguments.extend(more);
        flipscope(&arguments)
    };
    for (file, shard) in shards.iter().zip(["1/3", "2/3", "3/3"]).take(2) {
        succeeds(&run(file, &["--shard", shard]).output().unwrap());
    }
    let gaps = merge(shards, &[]);
    assert_eq!(gaps.status.code(), Some(1));
    let said = text(&gaps.stderr);
    assert!(
        said.contains("results are missing: evaluation of "),
        "{said}"
    );
    let exported = flipscope(&[
        "study",
        "export",
        arg(&shards[0]),
        "--out",
        arg(folder.path()),
    ]);
    assert!(
        text(&exported.stderr).contains("--partial"),
        "{}",
        text(&exported.stderr)
    );
    succeeds(&run(&shards[2], &["--shard", "3/3"]).output().unwrap());
    succeeds(&merge(shards, &[]));
    assert_eq!(tables(&out, &folder.path().join("c"), &[]), expected);
    let again = merge(shards, &[]);
    assert!(
        text(&again.stderr).contains("exists already"),
        "{}",
        text(&again.stderr)
    );
}

#[cfg(unix)]
#[test]
fn interrupted_it_keeps_what_is_done_and_goes_on() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    succeeds(&fixture.study(&file, &["--perturb", "offset-green"]));
    // What it tells of all its commits is more than a pipe holds that nobody reads: it waits, and cannot end before it is interrupted.
    let mut child = run(&file, &["--batch", "1"]).spawn().unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(told.by_ref().take(3).flatten().count(), 3);
    let id = child.id().to_string();
    // Twice at once, as `timeout -s INT` does, which signals the group too: that is no second Ctrl-C.
    for _ in 0..2 {
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
    }
    assert!(told.all(|line| line.is_ok()));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("cancelled"),
        "{}",
        text(&output.stderr)
    );
    let standing = status(&file);
    assert!(standing["done"].as_u64().unwrap() < 160, "{standing}");
    // What the run says it has done is what the study has.
    let [units, frames] = in_this_run(text(&output.stderr));
    assert_eq!(standing["done"], units);
    assert_eq!(standing["frames"], frames);
    assert!(frames >= units && frames > 0, "{standing}");
    assert_eq!(standing["claimed"], 0, "what it had claimed is given back");
    let shown = flipscope(&["study", "status", arg(&file)]);
    assert!(succeeds(&shown).contains("in total"));
    let partial = tables(&file, &folder.path().join("tables"), &["--partial"]);
    assert!(!partial["study.csv"].contains("results_missing,0"));
    succeeds(&run(&file, &[]).output().unwrap());
    assert_eq!(status(&file)["done"], 160);
}

#[test]
fn a_study_says_what_classify_says_and_names_a_picture_that_has_changed() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 3);
    let file = folder.path().join("a.study");
    let model = fixture.model("1");
    succeeds(&flipscope(&[
        "study",
        "new",
        arg(&file),
        "--data",
        arg(&data),
        "--model",
        arg(&model),
        "--device",
        "cpu",
        "--perturb",
        "offset-green,rotation",
    ]));
    // Moved since, and one picture is another.
    let moved = folder.path().join("moved");
    std::fs::rename(&data, &moved).unwrap();
    std::fs::copy(moved.join("nevus/0.png"), moved.join("nevus/1.png")).unwrap();
    let output = run(&file, &["--root", arg(&moved)]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("1.png: is not the file"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(
        (status(&file)["done"].clone(), status(&file)["of"].clone()),
        (10.into(), 12.into())
    );
    // It is known from then on where they are: to reports, and to the next run.
    let again = run(&file, &[]).output().unwrap();
    let said = text(&again.stderr);
    assert!(
        said.contains("1.png: is not the file") && !said.contains("not found"),
        "{said}"
    );
    let tables = tables(&file, &folder.path().join("tables"), &["--partial"]);
    let classified = |more: &[&str]| -> Value {
        let picture = moved.join("melanoma/10001.png");
        let fixed = [
            "classify",
            arg(&picture),
            "--model",
            arg(&model),
            "--device",
            "cpu",
            "--json",
        ];
        let output = flipscope(&[&fixed[..], more].concat());
        serde_json::from_str::<Value>(succeeds(&output)).unwrap()["p_melanoma"].clone()
    };
    let scored = |table: &str, family: &str, level: &str| -> Value {
        let found = rows(&tables[table]).into_iter().find(|row| {
            row["id"].contains("10001")
                && row.get("family").is_none_or(|its| its == family)
                && row.get("level").is_none_or(|its| its == level)
        });
        serde_json::from_str(&found.unwrap()["p_melanoma"]).unwrap()
    };
    let close = |a: &Value, b: &Value| (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-7;
    assert!(close(&scored("lesions.csv", "", ""), &classified(&[])));
    let green = classified(&["--offset", "0,-10,0"]);
    assert!(close(&scored("scores.csv", "offset-green", "-10"), &green));
    let turned = classified(&["--rotate", "45"]);
    assert!(close(&scored("scores.csv", "rotation", "45"), &turned));
}
