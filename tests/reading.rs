//! `flipscope reader`, run as a person would, on synthetic lesions with the network of three convolutions; the readings themselves
//! by the library, as the window leads them. Whatever happens to a reading, no answer is lost and none is asked twice.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod findings;
#[path = "reading/killing.rs"]
mod killing;
mod kills;
mod lesions;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use findings::Material;
use flipscope_lab::reader::{Answer, ReadingSession};
use flipscope_model::Label;
use program::{flipscope, text};
use serde_json::Value;

/// Lesions, a model, and findings of it, made once for all tests.
struct Fixture {
    material: Material,
    _folder: tempfile::TempDir,
}

impl Fixture {
    fn get() -> &'static Self {
        static GROUND: OnceLock<Fixture> = OnceLock::new();
        GROUND.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            Self {
                material: Material::new(folder.path(), 40),
                _folder: folder,
            }
        })
    }

    fn at(&self, name: &str) -> PathBuf {
        self.material.at(name)
    }

    /// A new study of all findings.
    fn new_study(&self, file: &Path, more: &[&str]) -> Output {
        self.material.study(file, more)
    }

    /// The files of findings that flipped, and of those that did not.
    fn findings(&self) -> (Vec<PathBuf>, Vec<PathBuf>) {
        let entries = std::fs::read_dir(self.at("findings"))
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut all: Vec<PathBuf> = entries
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .collect();
        all.sort();
        all.into_iter()
            .partition(|path| json(path)["success"] == true)
    }
}

fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn succeeds(output: &Output) -> &str {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What fails, and how it says so.
fn refused(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    text(&output.stderr)
}

/// Rows of a table, by the names of its columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Answers everything that is left: melanoma of every third case.
fn read_on(file: &Path, pseudonym: &str, slot: u32) {
    let mut session = ReadingSession::open_in_slot(file, pseudonym, Some(slot)).unwrap();
    while let Some(shown) = session.current() {
        let position = shown.position;
        session.answer(answer(position), 900 + position).unwrap();
    }
    assert!(session.is_finished());
}

fn answer(position: u32) -> Answer {
    Answer {
        call: if position.is_multiple_of(3) {
            Label::Melanoma
        } else {
            Label::Nevus
        },
        confidence: None,
        biopsy: None,
    }
}

const SMALL: [&str; 8] = [
    "--cases",
    "24",
    "--gap",
    "6",
    "--practice",
    "2",
    "--readers",
    "2",
];

#[test]
fn a_study_is_made_read_on_two_machines_merged_and_reported() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let [file, again, other] =
        ["a", "again", "b"].map(|name| folder.path().join(format!("{name}.readers")));
    let more = [&SMALL[..], &["--adversarial-share", "0.33", "--json"]].concat();
    let said: Value = serde_json::from_str(succeeds(&fixture.new_study(&file, &more))).unwrap();
    assert_eq!(said["cases"], 24);
    assert_eq!(said["lesions_in_both_forms"], 8);
    assert_eq!(said["network"]["remedy"], "none");
    let of = |form: &str, kind: &str| said[form][kind].as_u64().unwrap();
    assert_eq!(
        of("adversarial", "melanomas") + of("adversarial", "nevi"),
        8
    );
    assert_eq!(of("unmodified", "melanomas") + of("unmodified", "nevi"), 16);
    // The same command is the same study.
    let twice: Value = serde_json::from_str(succeeds(&fixture.new_study(&again, &more))).unwrap();
    assert_eq!(said["plan_sha256"], twice["plan_sha256"]);
    assert!(refused(&fixture.new_study(&file, &SMALL)).contains("exists already"));

    let protocol = flipscope(&["reader", "protocol", arg(&file)]);
    let protocol = succeeds(&protocol);
    for words in [
        "24 dermoscopic pictures",
        "at least 6 other cases",
        "598 points",
        "2 readers are planned",
        "without a time limit",
        said["plan_sha256"].as_str().unwrap(),
        "network_sha256",
        "no remedy) flips",
        "network_remedy",
    ] {
        assert!(protocol.contains(words), "{words}\n{protocol}");
    }

    std::fs::copy(&file, &other).unwrap();
    read_on(&file, "owl", 0);
    read_on(&other, "fox", 1);
    let merged = folder.path().join("all.readers");
    let merge = flipscope(&[
        "reader",
        "merge",
        arg(&file),
        arg(&other),
        "--out",
        arg(&merged),
    ]);
    assert!(succeeds(&merge).contains("2 files, 2 readers, 48 answers"));
    let status = flipscope(&["reader", "status", arg(&merged), "--json"]);
    let status: Value = serde_json::from_str(succeeds(&status)).unwrap();
    assert_eq!(
        (&status["finished"], &status["planned"]),
        (&2.into(), &2.into())
    );
    assert_eq!(status["readers"][1]["pseudonym"], "fox");
    assert_eq!(status["network"], said["network"]);
    let status = flipscope(&["reader", "status", arg(&merged)]);
    let status = succeeds(&status);
    assert!(
        status.contains("2 finished, 0 in progress") && status.contains(", remedy none\n"),
        "{status}"
    );

    let tables = folder.path().join("tables");
    let export = flipscope(&["reader", "export", arg(&merged), "--out", arg(&tables)]);
    assert_eq!(succeeds(&export).lines().count(), 12);
    let answers = rows(&tables.join("answers.csv"));
    assert_eq!(answers.len(), 48);
    for reader in ["owl", "fox"] {
        let own: Vec<_> = answers
            .iter()
            .filter(|row| row["reader"] == reader)
            .collect();
        let cases: BTreeSet<_> = own.iter().map(|row| &row["case"]).collect();
        assert_eq!((own.len(), cases.len()), (24, 24));
        let called = own.iter().filter(|row| row["call"] == "melanoma").count();
        assert_eq!(called, 8);
    }
    // The network was right before each attack, and is wrong after it, wherever truth and verdict agreed.
    for case in rows(&tables.join("cases.csv")) {
        if case["form"] == "adversarial" {
            assert_ne!(case["network_call"], "", "{case:?}");
            assert!(case["changed"].contains("noise"), "{case:?}");
        }
    }
    let report = folder.path().join("report");
    let page = flipscope(&["reader", "report", arg(&merged), "--out", arg(&report)]);
    let page = PathBuf::from(succeeds(&page).trim());
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("2 joined, 2 finished") && page.contains("The cases, revealed"));
    assert!(!page.contains("<script") && !page.contains(arg(folder.path())));
    let same = |name: &str| {
        assert_eq!(
            std::fs::read(tables.join(name)).unwrap(),
            std::fs::read(report.join("tables").join(name)).unwrap(),
            "{name}"
        );
    };
    for name in ["answers.csv", "across.csv", "calls.imrmc", "right.imrmc"] {
        same(name);
    }
}

/// Classes are not planned, and what is printed of their study speaks of no readers.
#[test]
fn status_and_merge_of_a_study_for_classes_count_classes() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lecture.readers");
    let class = ["--cases", "8", "--gap", "1", "--practice", "0"];
    succeeds(&fixture.new_study(&file, &[&class[..], &["--classroom"]].concat()));
    let said = |command: &str| {
        let output = flipscope(&["reader", command, arg(&file)]);
        succeeds(&output).to_owned()
    };
    assert!(said("status").ends_with("\nno class has answered yet\n"));
    drop(ReadingSession::open(&file, "year 4").unwrap());
    let status = said("status");
    assert!(
        status.ends_with("\n1 class has joined, 0 finished\n"),
        "{status}"
    );
    let protocol = said("protocol").replace("Protocol of a reader study", "");
    assert!(
        !protocol.contains("reader") && !protocol.contains("Wilson"),
        "{protocol}"
    );
    let merged = folder.path().join("all.readers");
    let merge = flipscope(&["reader", "merge", arg(&file), "--out", arg(&merged)]);
    let said = succeeds(&merge);
    assert!(said.ends_with("1 file, 1 class, 0 answers\n"), "{said}");
}

/// A finding of a lesion that nobody has diagnosed: named, it is refused; in a folder, it is left out and named.
#[test]
fn what_nobody_has_diagnosed_is_left_out() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let (file, findings) = (
        folder.path().join("a.readers"),
        folder.path().join("findings"),
    );
    std::fs::create_dir(&findings).unwrap();
    let (flipped, _) = fixture.findings();
    for path in flipped.iter().take(8) {
        let finding = json(path);
        for picture in ["frame_png", "altered_png"].map(|key| finding[key].as_str().unwrap()) {
            std::fs::copy(path.with_file_name(picture), findings.join(picture)).unwrap();
        }
        std::fs::copy(path, findings.join(path.file_name().unwrap())).unwrap();
    }
    let one = findings.join(flipped[0].file_name().unwrap());
    let mut finding = json(&one);
    finding["image"] = "Synthetic 1".into();
    std::fs::write(&one, finding.to_string()).unwrap();
    let (data, model) = (fixture.at("data"), fixture.material.model());
    let new = |findings: &Path| {
        let what = ["reader", "new", arg(&file), arg(findings)];
        let labelled = ["--data", arg(&data), "--model", arg(&model)];
        let sizes = ["--cases", "4", "--gap", "1", "--practice", "0"];
        flipscope(&[&what[..], &labelled, &sizes, &["--device", "cpu"]].concat())
    };
    let said = refused(&new(&one)).to_owned();
    assert!(said.contains("not known whether Synthetic 1 is"), "{said}");
    let output = new(&findings);
    succeeds(&output);
    let said = text(&output.stderr);
    let words = "not known to be melanoma or nevus are left out: Synthetic 1";
    assert!(said.contains(words), "{said}");
}

#[test]
fn what_cannot_be_planned_is_refused_by_name() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.readers");
    let (flipped, _) = fixture.findings();
    assert!(flipped.len() > 30, "{}", flipped.len());
    let too_many = refused(&fixture.new_study(&file, &["--cases", "400"])).to_owned();
    assert!(
        too_many.contains("200 altered cases need findings of 200 lesions"),
        "{too_many}"
    );
    let gap = refused(&fixture.new_study(&file, &["--cases", "24", "--gap", "30"])).to_owned();
    assert!(gap.contains("--gap 11"), "{gap}");
    // Findings apart, of files that are not as they were.
    let copied = |name: &str, count: usize| -> PathBuf {
        let to = folder.path().join(name);
        std::fs::create_dir(&to).unwrap();
        for path in flipped.iter().take(count) {
            let finding = json(path);
            for picture in ["frame_png", "altered_png"].map(|key| finding[key].as_str().unwrap()) {
                std::fs::copy(path.with_file_name(picture), to.join(picture)).unwrap();
            }
            std::fs::copy(path, to.join(path.file_name().unwrap())).unwrap();
        }
        to
    };
    let new = |findings: &Path, more: &[&str]| {
        let fixed = [
            "reader",
            "new",
            arg(&file),
            arg(findings),
            "--cases",
            "4",
            "--gap",
            "1",
            "--practice",
            "0",
        ];
        flipscope(&[&fixed[..], more].concat())
    };
    let untold = copied("untold", 4);
    let said = refused(&new(&untold, &[])).to_owned();
    assert!(
        said.contains("--data") && said.contains("--truth"),
        "{said}"
    );
    let changed = copied("changed", 4);
    let finding = json(&changed.join(flipped[1].file_name().unwrap()));
    let [frame, altered] =
        ["frame_png", "altered_png"].map(|key| changed.join(finding[key].as_str().unwrap()));
    std::fs::copy(&frame, &altered).unwrap();
    let said = refused(&new(&changed, &["--truth", "melanoma"])).to_owned();
    assert!(
        said.contains("holds other pixels")
            && said.contains(finding["altered_png"].as_str().unwrap()),
        "{said}"
    );
    let rewrite = |path: &Path, change: &dyn Fn(&mut Value)| {
        let mut finding = json(path);
        change(&mut finding);
        std::fs::write(path, finding.to_string()).unwrap();
    };
    let mixed = copied("mixed", 4);
    rewrite(&mixed.join(flipped[2].file_name().unwrap()), &|finding| {
        finding["model_sha256"] = "f".repeat(64).into();
    });
    let said = refused(&new(&mixed, &["--truth", "melanoma"])).to_owned();
    assert!(said.contains("another model than"), "{said}");
    // One that did not flip: named, it is refused; in a folder, it is left out and counted.
    let failed = copied("failed", 4);
    let one = failed.join(flipped[0].file_name().unwrap());
    rewrite(&one, &|finding| {
        finding["success"] = false.into();
    });
    let said = refused(&new(&one, &["--truth", "melanoma"])).to_owned();
    assert!(said.contains("did not flip"), "{said}");
    let output = new(&failed, &["--truth", "melanoma"]);
    succeeds(&output);
    let said = text(&output.stderr);
    for words in ["did not flip are left out: 1", "no unmodified nevus"] {
        assert!(said.contains(words), "{said}");
    }
    std::fs::remove_file(&file).unwrap();
    // Photographs of the set are judged by the findings' own model, or not at all.
    let (findings, data) = (fixture.at("findings"), fixture.at("data"));
    let fixed = [
        "reader",
        "new",
        arg(&file),
        arg(&findings),
        "--data",
        arg(&data),
        "--device",
        "cpu",
        "--adversarial-share",
        "0.25",
    ];
    let output = flipscope(&[&fixed[..], &SMALL].concat());
    let said = refused(&output).to_owned();
    assert!(said.contains("name its file with --model"), "{said}");
    assert!(!file.exists());
}
