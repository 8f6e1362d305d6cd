//! What the program does to other people's files, run as they would: it replaces none that is not its own, goes on whatever one is
//! called or is, and leaves nothing half written.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod kills;
mod lesions;
#[allow(dead_code, reason = "other tests use more of it")]
mod program;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use flipscope_base::atomic::AtomicFile;
use lesions::lesions;
use serde_json::Value;

/// The program, with arguments that need not be text.
fn flipscope<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    let mut command = program::command(&[]);
    command.args(arguments).output().unwrap()
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn ends(output: &Output, code: i32) -> String {
    let said = shown(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn json(output: &Output) -> Vec<Value> {
    let text = shown(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The bytes of a small lesion that the demo model calls melanoma.
fn lesion(scratch: &Path) -> Vec<u8> {
    let out = scratch.join("drawn");
    let arguments = ["synth", "--samples", "--size", "100x80", "--out"].map(OsStr::new);
    let output = flipscope(&[&arguments[..], &[out.as_os_str()]].concat());
    ends(&output, 0);
    fs::read(out.join("synthetic-sample-1.png")).unwrap()
}

fn names(folder: &Path) -> Vec<OsString> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<OsString> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

/// `attack fgsm` with a budget that ends it at once.
fn attack(photographs: &[&Path], out: &Path, more: &[&str]) -> Output {
    let mut arguments: Vec<&OsStr> = ["attack", "fgsm", "--budget", "2", "--out"]
        .map(OsStr::new)
        .into();
    arguments.push(out.as_os_str());
    arguments.extend(more.iter().map(OsStr::new));
    arguments.extend(photographs.iter().map(|path| path.as_os_str()));
    flipscope(&arguments)
}

fn classify(photographs: &[&Path], more: &[&str]) -> Output {
    let mut arguments: Vec<&OsStr> = vec![OsStr::new("classify")];
    arguments.extend(more.iter().map(OsStr::new));
    arguments.extend(photographs.iter().map(|path| path.as_os_str()));
    flipscope(&arguments)
}

/// One epoch of the network of three convolutions.
fn train(data: &Path, out: &Path, more: &[&str]) -> Output {
    let recipe = "--device cpu --arch small-test --init none --batch 8 --dropout 0 --epochs 1 --augment none";
    let mut arguments = vec![OsStr::new("train"), OsStr::new("--data"), data.as_os_str()];
    arguments.extend([OsStr::new("--out"), out.as_os_str()]);
    arguments.extend(
        recipe
            .split(' ')
            .chain(more.iter().copied())
            .map(OsStr::new),
    );
    flipscope(&arguments)
}

#[test]
fn nothing_of_a_persons_is_replaced_without_being_told_and_an_input_never() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let picture = lesion(folder.path());
    let mole = at("mole.png");
    fs::write(&mole, &picture).unwrap();
    let save = at("save");
    fs::create_dir(&save).unwrap();
    let (own, into) = (
        save.join("mole.altered.png"),
        ["--save", save.to_str().unwrap()],
    );
    fs::write(&own, "mine").unwrap();
    let said = ends(&classify(&[&mole], &into), 1);
    assert!(
        said.contains("mole.altered.png") && said.contains("--force"),
        "{said}"
    );
    assert_eq!(fs::read(&own).unwrap(), b"mine");
    let force = [&into[..], &["--force"]].concat();
    ends(&classify(&[&mole], &force), 0);
    // The same once more is no harm.
    ends(&classify(&[&mole], &into), 0);
    for link in [fs::hard_link::<&Path, &Path>, std::os::unix::fs::symlink] {
        fs::remove_file(&own).unwrap();
        link(&mole, &own).unwrap();
        ends(&classify(&[&mole], &force), 1);
        assert_eq!(fs::read(&mole).unwrap(), picture, "it was read");
        assert_eq!(fs::read(&own).unwrap(), picture);
    }

    let found = at("found");
    fs::create_dir(&found).unwrap();
    for ending in [
        "frame.png",
        "altered.png",
        "figure.svg",
        "figure.png",
        "json",
    ] {
        let own = found.join(format!("mole.fgsm.{ending}"));
        fs::write(&own, "mine").unwrap();
        let said = ends(&attack(&[&mole], &found, &[]), 1);
        assert!(said.contains(ending) && said.contains("--force"), "{said}");
        assert_eq!(names(&found).len(), 1, "half a finding");
        assert_eq!(fs::read(&own).unwrap(), b"mine");
        fs::remove_file(own).unwrap();
    }
    ends(&attack(&[&mole], &found, &[]), 0);
    let before = fs::read(found.join("mole.fgsm.json")).unwrap();
    ends(&attack(&[&mole], &found, &["--seed", "9"]), 1);
    assert_eq!(fs::read(found.join("mole.fgsm.json")).unwrap(), before);
    ends(&attack(&[&mole], &found, &["--seed", "9", "--force"]), 0);
    assert_ne!(fs::read(found.join("mole.fgsm.json")).unwrap(), before);

    let drawn = at("drawn-2");
    fs::create_dir(&drawn).unwrap();
    fs::write(drawn.join("synthetic-1.json"), "mine").unwrap();
    let synth = [
        "synth",
        "--count",
        "2",
        "--size",
        "40x30",
        "--out",
        drawn.to_str().unwrap(),
    ];
    let output = flipscope(&synth);
    let said = ends(&output, 1);
    assert!(said.contains("synthetic-1.json"), "{said}");
    assert_eq!(
        shown(&output.stdout).lines().count(),
        1,
        "the other is drawn"
    );
    assert_eq!(fs::read(drawn.join("synthetic-1.json")).unwrap(), b"mine");
    assert!(!drawn.join("synthetic-1.png").exists());
    ends(&flipscope(&[&synth[..], &["--force"]].concat()), 0);
    ends(&flipscope(&synth), 0);
}

#[test]
fn a_training_replaces_no_checkpoint_and_no_records() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 8);
    for name in ["best.safetensors", "curve.csv", "curve.svg", "log.jsonl"] {
        let out = folder.path().join(name.replace('.', "-"));
        fs::create_dir(&out).unwrap();
        fs::write(out.join(name), "mine").unwrap();
        let said = ends(&train(&data, &out, &[]), 1);
        assert!(said.contains(name) && said.contains("--out"), "{said}");
        assert_eq!(fs::read(out.join(name)).unwrap(), b"mine");
    }
    // What a training leaves that ended before its first state holds nothing.
    let out = folder.path().join("run");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("log.jsonl"), "{\"steps_done\":1}\n").unwrap();
    ends(&train(&data, &out, &[]), 0);
    fs::remove_file(out.join("state.safetensors")).unwrap();
    let best = fs::read(out.join("best.safetensors")).unwrap();
    ends(&train(&data, &out, &[]), 1);
    assert_eq!(fs::read(out.join("best.safetensors")).unwrap(), best);
}

#[test]
fn a_finding_names_files_beside_it_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("mole.png"), lesion(folder.path())).unwrap();
    let out = at("found");
    ends(&attack(&[&at("mole.png")], &out, &[]), 0);
    lesions(&at("data"), 8);
    let finding = out.join("mole.fgsm.json");
    let honest: Value = serde_json::from_slice(&fs::read(&finding).unwrap()).unwrap();
    fs::copy(out.join("mole.fgsm.altered.png"), at("elsewhere.png")).unwrap();
    let whole = at("elsewhere.png").to_str().unwrap().to_owned();
    for (number, name) in [
        "../elsewhere.png",
        "../found/mole.fgsm.altered.png",
        "",
        "..",
        &whole,
    ]
    .into_iter()
    .enumerate()
    {
        let mut forged = honest.clone();
        forged["altered_png"] = name.into();
        fs::write(&finding, forged.to_string()).unwrap();
        let refusal = "is not the name of a file next to the finding";
        let replayed = flipscope(&[OsStr::new("replay"), finding.as_os_str()]);
        ends(&replayed, 1);
        assert!(shown(&replayed.stdout).contains(refusal), "{name}");
        let mix = ["--adversarial", out.to_str().unwrap()];
        let said = ends(&train(&at("data"), &at(&format!("run-{number}")), &mix), 1);
        assert!(
            said.contains(refusal) && said.contains("mole.fgsm.json"),
            "{said}"
        );
    }
}

#[test]
fn photographs_of_one_name_keep_all_their_results() {
    let folder = tempfile::tempdir().unwrap();
    let picture = lesion(folder.path());
    let folders = ["a", "b", "c/d"].map(|name| folder.path().join("moles").join(name));
    for folder in &folders {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("x.png"), &picture).unwrap();
    }
    let [a, b, _] = &folders;
    let save = folder.path().join("save");
    let output = classify(&[a, b], &["--save", save.to_str().unwrap()]);
    ends(&output, 0);
    assert_eq!(names(&save), ["a-x.altered.png", "b-x.altered.png"]);
    let out = folder.path().join("found");
    let output = attack(&[&folder.path().join("moles")], &out, &["--json"]);
    ends(&output, 0);
    let findings: Vec<Value> = json(&output)
        .into_iter()
        .map(|line| line["finding"].clone())
        .collect();
    assert_eq!(
        findings,
        ["a-x.fgsm.json", "b-x.fgsm.json", "c-d-x.fgsm.json"]
    );
    for finding in findings {
        assert!(out.join(finding.as_str().unwrap()).exists());
    }
}

#[test]
fn a_run_into_its_own_folder_does_not_take_its_own_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let picture = lesion(folder.path());
    let moles = folder.path().join("moles");
    fs::create_dir(&moles).unwrap();
    fs::write(moles.join("x.png"), &picture).unwrap();
    let found = moles.join("found");
    for out in [&moles, &found, &moles] {
        ends(&attack(&[&moles], out, &["--json"]), 0);
        let again = attack(&[&moles], out, &["--json"]);
        ends(&again, 0);
        assert_eq!(json(&again).len(), 1, "{}", shown(&again.stdout));
        assert_eq!(json(&again)[0]["status"], "done-before");
    }
    // A run that was killed may have left pictures without their finding.
    fs::remove_file(moles.join("x.fgsm.json")).unwrap();
    let rest = attack(&[&moles], &moles, &["--json"]);
    ends(&rest, 0);
    assert_eq!(json(&rest).len(), 1);
    assert_eq!(json(&rest)[0]["status"], "searched");
    // A person who names one wants it.
    let named = moles.join("x.fgsm.frame.png");
    let output = classify(&[&named], &["--json"]);
    assert_eq!(json(&output).len(), 1);
    let save = ["--save", moles.to_str().unwrap()];
    ends(&classify(&[&moles], &save), 0);
    let count = names(&moles).len();
    ends(&classify(&[&moles], &save), 0);
    assert_eq!(names(&moles).len(), count);
}

#[test]
fn whatever_a_file_is_called_it_is_judged_and_told_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let picture = lesion(folder.path());
    let moles = folder.path().join("moles");
    fs::create_dir(&moles).unwrap();
    let odd: [&[u8]; 6] = [
        b"caf\xe9.png",
        b"caf\xe8.png",
        b"new\nline.png",
        b"e\x1b[2J\x7f\xc2\x9b1m\xe2\x80\xaegnp.png",
        b"--json.png",
        b"plain name.png",
    ];
    for name in odd {
        fs::write(moles.join(OsStr::from_bytes(name)), &picture).unwrap();
    }
    let unhex = |text: &str| -> Vec<u8> {
        let digits = (0..text.len()).step_by(2);
        digits
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    };
    let told = |output: &Output, key: &str| {
        let harmless = |text: &str| {
            let control = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
            assert!(!text.contains(control), "{text:?}");
        };
        harmless(&shown(&output.stdout));
        harmless(&shown(&output.stderr));
        let mut files: Vec<Vec<u8>> = json(output)
            .iter()
            .map(|line| match line[format!("{key}_bytes")].as_str() {
                Some(bytes) => unhex(bytes),
                None => line[key].as_str().unwrap().as_bytes().to_vec(),
            })
            .map(|path| PathBuf::from(OsString::from_vec(path)))
            .map(|path| path.file_name().unwrap().as_bytes().to_vec())
            .collect();
        files.sort();
        files
    };
    let mut all: Vec<Vec<u8>> = odd.iter().map(|name| name.to_vec()).collect();
    all.sort();
    let output = classify(&[&moles], &["--json"]);
    ends(&output, 0);
    assert_eq!(told(&output, "file"), all);
    let output = classify(&[&moles], &[]);
    ends(&output, 0);
    assert_eq!(shown(&output.stdout).lines().count(), odd.len());
    assert!(shown(&output.stdout).contains("e\\u{1b}[2J\\u{7f}"));

    let out = folder.path().join("found");
    let output = attack(&[&moles], &out, &["--json"]);
    ends(&output, 0);
    assert_eq!(told(&output, "file"), all);
    assert!(out.join("caf%E8.fgsm.json").exists() && out.join("caf%E9.fgsm.json").exists());

    let finding = out.join(OsStr::from_bytes(b"finding \xff.json"));
    fs::rename(out.join("caf%E8.fgsm.json"), &finding).unwrap();
    let output = flipscope(&[
        OsStr::new("replay"),
        OsStr::new("--json"),
        finding.as_os_str(),
        out.join("caf%E9.fgsm.json").as_os_str(),
    ]);
    ends(&output, 0);
    assert_eq!(
        told(&output, "finding"),
        [b"caf%E9.fgsm.json".to_vec(), b"finding \xff.json".to_vec()]
    );

    // What a shell makes of `*` is quoted by messages about the command line.
    let output = flipscope(&["classify", "a.png", "--\u{1b}[2J\u{9b}.png"]);
    let said = ends(&output, 2);
    assert!(!said.contains(['\u{1b}', '\u{9b}']), "{said:?}");
}

#[test]
fn an_export_replaces_what_is_of_the_same_study_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    lesions(&at("data"), 2);
    // A study's file holds text: a picture with another name is left out by name, and the rest goes on.
    let odd = OsStr::from_bytes(b"caf\xe9.png");
    fs::write(at("data/melanoma").join(odd), lesion(folder.path())).unwrap();
    let run = |arguments: &[&str], paths: &[&Path]| {
        let mut all: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        all.extend(paths.iter().map(|path| path.as_os_str()));
        flipscope(&all)
    };
    let make = |study: &Path, seed: &str| {
        let flags = [
            "study",
            "new",
            "--perturb",
            "none",
            "--seed",
            seed,
            "--data",
        ];
        let said = ends(&run(&flags, &[&at("data"), study]), 1);
        assert!(
            said.contains("left out") && said.contains("caf\u{fffd}"),
            "{said}"
        );
        ends(&run(&["study", "run"], &[study]), 0);
    };
    let [one, other] = ["one.study", "other.study"].map(at);
    make(&one, "1");
    make(&other, "2");
    let export = |study: &Path, out: &Path, more: &[&str]| {
        let flags = [more, &["--out"]].concat();
        run(&[&["study", "export"], &flags[..]].concat(), &[out, study])
    };
    let report = |study: &Path, out: &Path| run(&["study", "report", "--out"], &[out, study]);
    let tables = at("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(tables.join("lesions.csv"), "mine").unwrap();
    let said = ends(&export(&one, &tables, &[]), 1);
    assert!(
        said.contains("lesions.csv") && said.contains("--force"),
        "{said}"
    );
    assert_eq!(names(&tables), ["lesions.csv"]);
    ends(&export(&one, &tables, &["--force"]), 0);
    ends(&export(&one, &tables, &[]), 0);
    ends(&export(&other, &tables, &[]), 1);
    fs::remove_file(tables.join("lesions.csv")).unwrap();
    fs::hard_link(&one, tables.join("lesions.csv")).unwrap();
    let before = fs::read(&one).unwrap();
    ends(&export(&one, &tables, &["--force"]), 1);
    assert_eq!(fs::read(tables.join("lesions.csv")).unwrap(), before);

    let page = at("report");
    fs::create_dir_all(page.join("figures")).unwrap();
    for name in ["report.html", "figures/roc.svg"] {
        fs::write(page.join(name), "mine").unwrap();
        assert!(ends(&report(&one, &page), 1).contains(name));
        assert_eq!(fs::read(page.join(name)).unwrap(), b"mine");
        fs::remove_file(page.join(name)).unwrap();
    }
    ends(&report(&one, &page), 0);
    ends(&report(&one, &page), 0);
    ends(&report(&other, &page), 1);
}

#[test]
fn pipes_devices_and_endless_files_are_refused_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("mole.png"), lesion(folder.path())).unwrap();
    let out = at("found");
    ends(&attack(&[&at("mole.png")], &out, &[]), 0);
    let finding = out.join("mole.fgsm.json");
    let pipe = |path: &Path| {
        let made = Command::new("mkfifo").arg(path).status().unwrap();
        assert!(made.success());
    };
    pipe(&at("pipe.json"));
    std::os::unix::fs::symlink("/dev/zero", at("zero.json")).unwrap();
    fs::File::create(at("large.json"))
        .unwrap()
        .set_len(5 << 30)
        .unwrap();
    let paths = [
        at("pipe.json"),
        at("zero.json"),
        at("large.json"),
        finding.clone(),
    ];
    let mut arguments = vec![OsStr::new("replay")];
    arguments.extend(paths.iter().map(|path| path.as_os_str()));
    let output = flipscope(&arguments);
    let said = ends(&output, 1);
    for name in ["pipe.json", "zero.json", "large.json"] {
        assert!(said.contains(name), "{said}");
    }
    assert!(shown(&output.stdout).contains("holds"));

    let altered = out.join("mole.fgsm.altered.png");
    fs::OpenOptions::new()
        .write(true)
        .open(&altered)
        .unwrap()
        .set_len(3 << 30)
        .unwrap();
    let replay = [OsStr::new("replay"), finding.as_os_str()];
    assert!(ends(&flipscope(&replay), 1).contains("mole.fgsm.altered.png"));
    fs::remove_file(&altered).unwrap();
    pipe(&altered);
    assert!(ends(&flipscope(&replay), 1).contains("mole.fgsm.altered.png"));

    pipe(&at("model.safetensors"));
    pipe(&at("labels.csv"));
    pipe(&at("split.json"));
    fs::create_dir_all(at("data/melanoma")).unwrap();
    fs::create_dir_all(at("data/nevus")).unwrap();
    for (flag, name) in [
        ("--model", "model.safetensors"),
        ("--data", "labels.csv"),
        ("--split", "split.json"),
    ] {
        let (study, data, path) = (at("a.study"), at("data"), at(name));
        let mut arguments = vec![OsStr::new("study"), OsStr::new("new"), study.as_os_str()];
        if flag != "--data" {
            arguments.extend([OsStr::new("--data"), data.as_os_str()]);
        }
        arguments.extend([OsStr::new(flag), path.as_os_str()]);
        let said = ends(&flipscope(&arguments), 1);
        assert!(said.contains(name) || flag == "--split", "{said}");
    }
}

#[test]
fn a_full_disk_ends_an_attack_at_once_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let picture = lesion(folder.path());
    let (moles, out) = (folder.path().join("moles"), folder.path().join("found"));
    fs::create_dir(&moles).unwrap();
    for number in 0..3 {
        fs::write(moles.join(format!("{number}.png")), &picture).unwrap();
    }
    ends(&attack(&[&moles.join("0.png")], &out, &[]), 0);
    let before = names(&out);
    // Larger files than 16 kB cannot be written.
    let script = "trap '' XFSZ; ulimit -f 32; exec \"$@\"";
    let program = env!("CARGO_BIN_EXE_flipscope");
    let output = Command::new("sh")
        .args([
            "-c", script, "sh", program, "attack", "fgsm", "--budget", "2", "--out",
        ])
        .arg(&out)
        .arg(&moles)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = ends(&output, 1);
    assert_eq!(
        said.matches("no further finding can be written").count(),
        1,
        "{said}"
    );
    assert_eq!(names(&out), before);
    let lines = shown(&output.stdout);
    assert!(
        lines.contains("done before") && !lines.contains("2.png"),
        "{lines}"
    );
    ends(&attack(&[&moles], &out, &[]), 0);
    assert_eq!(names(&out).len(), 3 * 5);

    let output = Command::new(program)
        .arg("classify")
        .arg(&moles)
        .stdout(
            fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap(),
        )
        .output()
        .unwrap();
    assert!(ends(&output, 1).contains("standard output"));
}

#[test]
fn two_attacks_into_one_folder_do_not_fail_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let picture = lesion(folder.path());
    let (moles, out) = (folder.path().join("moles"), folder.path().join("found"));
    fs::create_dir(&moles).unwrap();
    for number in 0..4 {
        fs::write(moles.join(format!("{number}.png")), &picture).unwrap();
    }
    let spawn = |_| {
        Command::new(env!("CARGO_BIN_EXE_flipscope"))
            .args(["attack", "fgsm", "--budget", "2", "--out"])
            .args([&out, &moles])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    for child in [0, 1].map(spawn) {
        ends(&child.wait_with_output().unwrap(), 0);
    }
    assert_eq!(names(&out).len(), 4 * 5);
    // What is there is of another question: a third run says what may be the matter only where it meets a file that came meanwhile.
    let said = ends(&attack(&[&moles], &out, &["--seed", "2"]), 1);
    assert!(said.contains("holds a finding of another seed"), "{said}");
}

/// Writes half a file as every command writes its files, and ends itself.
#[test]
#[ignore = "the child that the next test starts and kills"]
fn child_that_writes() {
    let Some([target]) = kills::asked() else {
        return;
    };
    let mut file = AtomicFile::create(Path::new(&target)).unwrap();
    file.write_all(&vec![7; 100_000]).unwrap();
    kills::die();
}

#[test]
fn what_a_killed_run_left_half_written_goes_with_the_next_write_into_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let half_written = || {
        let left = names(folder.path()).into_iter();
        left.filter(|name| name.as_bytes().starts_with(b".flipscope-"))
            .collect::<Vec<_>>()
    };
    let target = folder.path().join("model.safetensors");
    kills::killed("child_that_writes", &[target.to_str().unwrap()]);
    assert_eq!(half_written(), names(folder.path()));
    assert_eq!(half_written().len(), 1);
    let listed = classify(&[folder.path()], &[]);
    assert!(
        ends(&listed, 1).contains("holds no pictures"),
        "it is no picture"
    );
    for name in half_written() {
        let file = fs::File::options()
            .write(true)
            .open(folder.path().join(name))
            .unwrap();
        file.set_modified(SystemTime::now() - Duration::from_mins(5))
            .unwrap();
    }
    ends(
        &flipscope(&[
            "synth",
            "--size",
            "40x30",
            "--out",
            folder.path().to_str().unwrap(),
        ]),
        0,
    );
    assert!(half_written().is_empty(), "{:?}", half_written());
}
