//! What happens to the files of a study: moved with its pictures, damaged, no file at all, with strangers' text in its table; run as a
//! person would, on synthetic lesions with the demo model.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod lesions;
mod program;

use std::path::{Path, PathBuf};
use std::process::Output;

use lesions::lesions;
use program::{flipscope, text};

fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn succeeds(output: &Output) -> &str {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// `study new` of a data set, without perturbations.
fn new(file: &Path, data: &Path, more: &[&str]) -> Output {
    let fixed = [
        "study",
        "new",
        arg(file),
        "--data",
        arg(data),
        "--device",
        "cpu",
        "--perturb",
        "none",
    ];
    flipscope(&[&fixed[..], more].concat())
}

fn run(file: &Path, more: &[&str]) -> Output {
    let fixed = ["study", "run", arg(file), "--device", "cpu"];
    flipscope(&[&fixed[..], more].concat())
}

fn export(file: &Path, out: &Path, more: &[&str]) -> Output {
    let fixed = ["study", "export", arg(file), "--out", arg(out)];
    flipscope(&[&fixed[..], more].concat())
}

/// A folder with a study of so many pictures of each kind, not run yet.
fn study(count: u64, more: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    lesions(&folder.path().join("data"), count);
    let file = folder.path().join("a.study");
    succeeds(&new(&file, &folder.path().join("data"), more));
    (folder, file)
}

#[test]
fn a_study_that_was_moved_with_its_pictures_finds_them_and_holds_no_place_of_the_machine() {
    let (folder, file) = study(2, &[]);
    let bytes = std::fs::read(&file).unwrap();
    let machine = arg(folder.path()).as_bytes();
    assert!(!bytes.windows(machine.len()).any(|part| part == machine));
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("b.study");
    std::fs::copy(&file, &moved).unwrap();
    std::fs::rename(folder.path().join("data"), elsewhere.path().join("data")).unwrap();
    succeeds(&run(&moved, &[]));
    // The pictures are in no order that the study knows, and one of their names is another picture: hashes decide.
    let loose = tempfile::tempdir().unwrap();
    for class in ["melanoma", "nevus"] {
        for entry in std::fs::read_dir(elsewhere.path().join("data").join(class)).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, loose.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let output = run(&file, &["--data", arg(loose.path())]);
    succeeds(&output);
}

/// Only the file is moved, into a folder below: photographs and checkpoint stay, and are found. Where they are not, one sentence says so.
#[test]
fn a_study_that_was_moved_alone_finds_what_has_stayed() {
    let (folder, file) = study(3, &[]);
    let below = folder.path().join("old/er");
    std::fs::create_dir_all(&below).unwrap();
    let moved = below.join("a.study");
    std::fs::rename(&file, &moved).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let alone = elsewhere.path().join("a.study");
    std::fs::copy(&moved, &alone).unwrap();
    succeeds(&run(&moved, &[]));

    let output = run(&alone, &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches(".png").count(), 3, "{said}");
    assert!(
        said.contains("6 photographs not found") && said.contains("and 3 more"),
        "{said}"
    );
    assert!(said.contains("--root"), "{said}");
    assert!(!said.contains("could not be judged"), "said twice: {said}");
    let wrong = run(&alone, &["--root", arg(&below)]);
    let said = text(&wrong.stderr);
    let places = format!(
        "Photographs are looked for in {}, where they were",
        below.display()
    );
    assert!(said.contains(&places), "{said}");
    let data = folder.path().join("data");
    succeeds(&run(&alone, &["--root", arg(&data)]));
}

#[test]
fn a_checkpoint_that_has_moved_is_asked_for_by_its_flag() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    let [model, moved, file] =
        ["m.safetensors", "n.safetensors", "a.study"].map(|name| folder.path().join(name));
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo-model.safetensors");
    // Of an embedded checkpoint the hash would be enough.
    let converted = ["model", "convert", demo, arg(&model), "--format", "f32"];
    succeeds(&flipscope(&converted));
    succeeds(&flipscope(&[
        "study",
        "new",
        arg(&file),
        "--data",
        arg(&data),
        "--model",
        arg(&model),
        "--perturb",
        "none",
    ]));
    std::fs::rename(&model, &moved).unwrap();
    let output = run(&file, &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("m.safetensors") && said.contains("--model"),
        "{said}"
    );
    succeeds(&run(&file, &["--model", arg(&moved)]));
}

#[test]
fn photographs_are_counted_and_not_questions_about_them() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    let file = folder.path().join("a.study");
    let more = ["--perturb", "flip", "--against", "demo"];
    let fixed = [
        "study",
        "new",
        arg(&file),
        "--data",
        arg(&data),
        "--device",
        "cpu",
    ];
    succeeds(&flipscope(&[&fixed[..], &more].concat()));
    let gone = std::fs::read_dir(data.join("nevus"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    std::fs::write(gone.path(), "no picture").unwrap();
    let output = run(&file, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("1 photograph could not be judged"), "{said}");
    let name = gone.file_name().into_string().unwrap();
    assert_eq!(said.matches(&name).count(), 1, "{said}");
}

#[test]
fn a_damaged_result_is_named_and_the_next_run_does_it_again() {
    let (folder, file) = study(2, &["--attack", "colour", "--budget", "25"]);
    succeeds(&run(&file, &[]));
    let out = folder.path().join("tables");
    succeeds(&export(&file, &out, &[]));
    let right = std::fs::read_to_string(out.join("lesions.csv")).unwrap();
    let attacks = std::fs::read_to_string(out.join("attacks.csv")).unwrap();
    assert!(
        attacks.contains("budget_frames,parameters")
            && attacks.contains(",25,balance gain; gain 0.9 to 1.1; early stop "),
        "{attacks}"
    );
    let shown = flipscope(&["study", "status", arg(&file)]);
    assert!(succeeds(&shown).contains("budget 25 frames"));
    let p = right.lines().nth(1).unwrap().split(',').nth(7).unwrap();
    let p = f64::from(p.parse::<f32>().unwrap()).to_be_bytes();
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(8).position(|eight| eight == p).unwrap();
    bytes[at + 5] ^= 16;
    std::fs::write(&file, bytes).unwrap();
    let merged = folder.path().join("merged.study");
    let merge = ["study", "merge", arg(&file), "--out", arg(&merged)];
    let status = ["study", "status", arg(&file)];
    for output in [
        export(&file, &out, &[]),
        flipscope(&status),
        flipscope(&merge),
    ] {
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(
            said.contains("1 result is damaged: evaluation of ") && said.contains("checksum"),
            "{said}"
        );
    }
    let output = run(&file, &[]);
    succeeds(&output);
    assert!(text(&output.stderr).contains("damaged, and done again: evaluation of "));
    succeeds(&export(&file, &out, &[]));
    assert_eq!(
        std::fs::read_to_string(out.join("lesions.csv")).unwrap(),
        right
    );
}

#[test]
fn numbers_of_any_size_are_usage_errors() {
    let (folder, file) = study(2, &[]);
    succeeds(&run(&file, &[]));
    let out = folder.path().join("tables");
    for step in ["export", "report"] {
        for flag in ["--bins", "--resamples"] {
            for number in [
                "0",
                "18446744073709551615",
                "99999999999999999999999",
                "-1",
                "9e99",
            ] {
                let number = format!("{flag}={number}");
                let output = flipscope(&["study", step, arg(&file), "--out", arg(&out), &number]);
                assert_eq!(
                    output.status.code(),
                    Some(2),
                    "{number}: {}",
                    text(&output.stderr)
                );
            }
        }
    }
    for shard in ["0/0", "1/0", "2/1", "4294967296/4294967297", "1/-1"] {
        let shard = format!("--shard={shard}");
        assert_eq!(run(&file, &[&shard]).status.code(), Some(2), "{shard}");
    }
    succeeds(&run(&file, &["--shard", "4294967295/4294967295"]));
    // What is large and means something.
    let large = folder.path().join("large.study");
    let most = u64::MAX.to_string();
    let more = [
        "--sample", &most, "--budget", &most, "--seed", &most, "--attack", "colour",
    ];
    succeeds(&new(&large, &folder.path().join("data"), &more));
    succeeds(&flipscope(&["study", "status", arg(&large)]));
}

#[test]
fn a_threshold_for_a_sensitivity_without_pictures_to_choose_it_on_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    let file = folder.path().join("a.study");
    let output = new(&file, &data, &["--sensitivity", "0.9"]);
    assert!(!output.status.success() && !file.exists());
    let said = text(&output.stderr);
    for words in [
        "no melanoma among",
        "divide the photographs",
        "--tuning",
        "--sensitivity",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_study_and_nobody_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let out = folder.path().join("out");
    let other = folder.path().join("b.study");
    let (_guard, study) = study(2, &[]);
    for arguments in [
        vec!["study", "status", arg(&pipe)],
        vec!["study", "run", arg(&pipe)],
        vec!["study", "export", arg(&pipe), "--out", arg(&out)],
        vec!["study", "report", arg(&pipe), "--out", arg(&out)],
        vec!["study", "merge", arg(&pipe), "--out", arg(&out)],
        vec!["study", "run", arg(&study), "--model", arg(&pipe)],
        vec![
            "study",
            "new",
            arg(&other),
            "--data",
            arg(&data),
            "--split",
            arg(&pipe),
            "--device",
            "cpu",
        ],
        vec!["reader", "status", arg(&pipe)],
        vec!["reader", "export", arg(&pipe), "--out", arg(&out)],
        vec!["reader", "merge", arg(&pipe), "--out", arg(&out)],
    ] {
        let output = flipscope(&arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("pipe"), "{arguments:?}: {said}");
    }
}

#[test]
fn text_of_a_table_reaches_no_terminal_and_no_spreadsheet_raw() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    let pictures = folder.path().join("pictures");
    std::fs::create_dir(&pictures).unwrap();
    let mut table = "image_id,diagnosis\n".to_owned();
    for (class, names) in [("melanoma", ["=1+1", "-a"]), ("nevus", ["@b", "c"])] {
        let entries = std::fs::read_dir(data.join(class)).unwrap();
        for (entry, name) in entries.zip(names) {
            std::fs::copy(entry.unwrap().path(), pictures.join(format!("{name}.png"))).unwrap();
            table.extend([name, ",", class, "\n"]);
        }
    }
    table += "c,\u{1b}[31mfoo\u{1b}[0m\n";
    std::fs::copy(pictures.join("c.png"), pictures.join("d.png")).unwrap();
    let csv = folder.path().join("table.csv");
    std::fs::write(&csv, table).unwrap();
    let file = folder.path().join("a.study");
    let out = folder.path().join("out");
    let all = [
        new(&file, &csv, &["--images", arg(&pictures)]),
        run(&file, &[]),
        export(&file, &out, &[]),
        flipscope(&["study", "report", arg(&file), "--out", arg(&out)]),
    ];
    let raw = |text: &str| text.contains(|c: char| c.is_control() && c != '\n');
    for output in &all {
        assert!(
            !raw(text(&output.stdout)) && !raw(text(&output.stderr)),
            "{output:?}"
        );
    }
    for folder in [out.clone(), out.join("tables"), out.join("figures")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|end| end == "csv" || end == "svg" || end == "html")
            {
                assert!(!raw(&std::fs::read_to_string(&path).unwrap()), "{path:?}");
            }
        }
    }
    let lesions = std::fs::read_to_string(out.join("lesions.csv")).unwrap();
    for line in lesions.lines() {
        for cell in line.split(',') {
            assert!(!cell.starts_with(['=', '@']), "{line}");
        }
    }
    assert!(lesions.contains(",'=1+1,"), "{lesions}");
}

/// A study says which remedy its verdicts went through, wherever it shows them; one without says that there is none.
#[test]
fn the_remedy_of_a_study_is_said_by_every_step() {
    for (more, remedy) in [
        (vec![], "none"),
        (vec!["--remedy", "average-4"], "average-4"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        lesions(&data, 2);
        let file = folder.path().join("a.study");
        let terms = format!(", remedy {remedy}");
        let made = new(&file, &data, &more);
        assert!(succeeds(&made).contains(&terms), "{made:?}");
        succeeds(&run(&file, &[]));
        let status = flipscope(&["study", "status", arg(&file)]);
        assert!(succeeds(&status).contains(&terms), "{status:?}");
        let status = flipscope(&["study", "status", arg(&file), "--json"]);
        let status: serde_json::Value = serde_json::from_str(succeeds(&status)).unwrap();
        assert_eq!(status["models"][0]["remedy"], remedy);
        let out = folder.path().join("out");
        succeeds(&export(&file, &out, &[]));
        let facts = std::fs::read_to_string(out.join("study.csv")).unwrap();
        assert!(
            facts.contains(&format!("model_1_remedy,{remedy}\n")),
            "{facts}"
        );
        let page = folder.path().join("report");
        succeeds(&flipscope(&[
            "study",
            "report",
            arg(&file),
            "--out",
            arg(&page),
        ]));
        let page = std::fs::read_to_string(page.join("report.html")).unwrap();
        assert!(page.contains(&terms), "{page}");
    }
}

#[test]
fn what_cannot_be_made_is_said_before_anything_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    // Not the table, which is all right, but the folder that is not there.
    let table = folder.path().join("labels.csv");
    std::fs::write(&table, "image_id,diagnosis\na,melanoma\nb,nevus\n").unwrap();
    let nowhere = folder.path().join("nowhere");
    let file = folder.path().join("a.study");
    let output = new(&file, &table, &["--images", arg(&nowhere)]);
    let said = text(&output.stderr);
    assert!(
        said.contains(&format!("{}: there is no such folder", arg(&nowhere)))
            && !said.contains("labels.csv"),
        "{said}"
    );
    // Nothing is said to be planned whose file cannot be written.
    let output = new(&nowhere.join("a.study"), &data, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let said = text(&output.stderr);
    assert!(
        said.contains("cannot be written") && said.contains(arg(&nowhere)),
        "{said}"
    );
}

#[test]
fn the_plan_says_that_only_what_is_called_right_is_attacked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 2);
    let file = |name: &str| folder.path().join(name);
    let melanomas = "attacked are only melanomas that a model calls melanoma";
    let made = new(&file("a.study"), &data, &["--attack", "pose"]);
    let said = succeeds(&made).lines().next().unwrap();
    assert!(said.ends_with(melanomas), "{said}");
    let made = new(&file("b.study"), &data, &["--attack", "pose", "--nevi"]);
    let said = succeeds(&made).lines().next().unwrap();
    let both = format!("{melanomas}, and nevi that a model calls nevus");
    assert!(said.ends_with(&both), "{said}");
    let made = new(&file("c.study"), &data, &[]);
    assert!(!succeeds(&made).contains("are only"));
}
