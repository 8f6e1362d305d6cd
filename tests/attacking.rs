//! `flipscope attack` and `flipscope replay`, run as a person would, with the demo model and synthetic lesions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod kills;
mod program;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;
#[cfg(unix)]
use std::{
    process::Command,
    time::{Duration, Instant},
};

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{self, ColorHandling, Framing, synthetic};
use flipscope_lab::search::{
    Attack, AttackKind, Budget, Direction, Mode, Preset, ScheduledScorer, Scorer, Search, Strategy,
    Subject, run, save,
};
use flipscope_model::scheduler::{ModelSlot, Scheduler};
use flipscope_model::{Classifier, DeviceChoice, ModelSource, Overrides, Precision};
use program::{command, flipscope, text};
use serde_json::Value;

fn json_lines(output: &Output) -> Vec<Value> {
    let lines = text(&output.stdout).lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Three lesions: two that the demo model calls melanoma, one that it calls nevus.
fn samples(folder: &Path) {
    let output = flipscope(&["synth", "--samples", "--out", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

/// So many copies of the first sample under names of their own.
fn copies(folder: &Path, count: usize) {
    samples(folder);
    let first = std::fs::read(folder.join("synthetic-sample-1.png")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    for at in 0..count {
        std::fs::write(folder.join(format!("copy-{at}.png")), &first).unwrap();
    }
}

/// Every file of a folder but what a killed program may leave half written.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path)| (name, std::fs::read(path).unwrap()))
        .collect()
}

/// The files, the findings among them without their time fields.
fn timeless(folder: &Path) -> BTreeMap<String, String> {
    files(folder)
        .into_iter()
        .map(|(name, bytes)| {
            let Ok(json) = String::from_utf8(bytes.clone()) else {
                return (name, format!("{bytes:?}"));
            };
            let kept = json.lines().filter(|line| {
                let line = line.trim_start();
                !line.starts_with("\"seconds\": ") || line.contains("null")
            });
            let kept = kept.filter(|line| !line.contains("\"evaluations_per_second\""));
            (name, kept.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

#[test]
fn the_same_question_gives_the_same_bytes_and_is_not_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    samples(&photographs);
    let photographs = photographs.to_str().unwrap();
    let outs = ["a", "b"].map(|name| folder.path().join(name));
    let attack = |out: &Path, more: &[&str]| {
        let out = out.to_str().unwrap();
        let fixed = [
            "attack",
            "colour",
            photographs,
            "--out",
            out,
            "--mode",
            "lowest",
            "--budget",
            "3",
            "--json",
        ];
        flipscope(&[&fixed[..], more].concat())
    };
    for out in &outs {
        let output = attack(out, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let lines = json_lines(&output);
        let status: Vec<&str> = lines
            .iter()
            .map(|l| l["status"].as_str().unwrap())
            .collect();
        assert_eq!(status, ["searched", "searched", "nothing-to-flip"]);
        assert_eq!(lines[0]["evaluations"], 3);
        assert_eq!(lines[0]["ended"], "budget");
        assert!(
            text(&output.stderr).contains("attacked"),
            "the table goes to standard error"
        );
    }
    assert_eq!(files(&outs[0]).len(), 10, "two findings of five files");
    assert_eq!(timeless(&outs[0]), timeless(&outs[1]));

    let before = files(&outs[0]);
    let again = attack(&outs[0], &[]);
    assert_eq!(again.status.code(), Some(0));
    let lines = json_lines(&again);
    assert_eq!(
        (&lines[0]["status"], &lines[1]["status"]),
        (&"done-before".into(), &"done-before".into())
    );
    assert_eq!(files(&outs[0]), before);

    let other = attack(&outs[0], &["--seed", "2"]);
    assert_eq!(
        other.status.code(),
        Some(1),
        "another question does not overwrite"
    );
    assert!(
        text(&other.stderr).contains("another seed"),
        "{}",
        text(&other.stderr)
    );
    assert_eq!(files(&outs[0]), before);
}

/// The keys of a line that say which network judged, and when a verdict is melanoma.
const OF_THE_NETWORK: [&str; 9] = [
    "threshold",
    "classes",
    "model",
    "model_sha256",
    "remedy",
    "assumptions",
    "device",
    "precision",
    "version",
];

#[test]
fn both_directions_go_into_one_folder_and_each_line_names_its_network() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    samples(&photographs);
    std::fs::write(photographs.join("broken.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let out = folder.path().join("out");
    let (photographs, out_name) = (photographs.to_str().unwrap(), out.to_str().unwrap());
    let classified = json_lines(&flipscope(&["classify", photographs, "--json"]));
    let attack = |direction: &str, more: &[&str]| {
        let fixed = [
            "attack",
            "fgsm",
            photographs,
            "--out",
            out_name,
            "--direction",
            direction,
            "--preset",
            "letter",
            "--json",
        ];
        flipscope(&[&fixed[..], more].concat())
    };
    let statuses = |output: &Output| -> Vec<String> {
        let lines = json_lines(output);
        for line in &lines {
            let file = &line["file"];
            if line["status"] == "failed" {
                let error = line["error"].as_str().unwrap();
                assert!(error.starts_with(file.as_str().unwrap()), "{error}");
                continue;
            }
            let verdict = classified.iter().find(|one| one["file"] == *file).unwrap();
            assert_eq!(line["p_before"], verdict["p_melanoma"]);
            for key in OF_THE_NETWORK {
                assert!(!verdict[key].is_null(), "{key}");
                assert_eq!(line[key], verdict[key], "{key} of {line}");
            }
        }
        let status = |line: &Value| line["status"].as_str().unwrap().to_owned();
        lines.iter().map(status).collect()
    };
    let there = attack("melanoma-to-nevus", &[]);
    let back = attack("nevus-to-melanoma", &[]);
    assert_eq!(
        statuses(&there),
        ["failed", "searched", "searched", "nothing-to-flip"]
    );
    assert_eq!(
        statuses(&back),
        ["failed", "nothing-to-flip", "nothing-to-flip", "searched"],
        "{}",
        text(&back.stderr)
    );
    assert!(
        !text(&back.stderr).contains("--force"),
        "{}",
        text(&back.stderr)
    );
    assert_eq!(files(&out).len(), 15, "three findings of five files");

    // With a threshold at which there is something to flip, the finding of the other direction is in the way.
    let other = attack("nevus-to-melanoma", &["--threshold", "0.999"]);
    assert!(
        text(&other.stderr).contains("another direction"),
        "{}",
        text(&other.stderr)
    );
    assert_eq!(files(&out).len(), 15);
}

#[test]
fn a_line_says_in_words_what_was_changed_and_each_thing_once() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    samples(&photographs);
    let (photographs, out) = (photographs.to_str().unwrap(), folder.path().join("out"));
    let attack = |kind: &str, more: &[&str]| {
        let fixed = ["attack", kind, photographs, "--out", out.to_str().unwrap()];
        let output = flipscope(&[&fixed[..], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    let lines = |said: &str, start: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| line.starts_with(start));
        lines.map(str::to_owned).collect()
    };
    // The budget ends it, with a flip or without.
    let bounds = ["--gain", "1.05,1.06", "--budget", "4", "--mode", "lowest"];
    let said = attack("colour", &bounds);
    let attacked = [lines(&said, "stays"), lines(&said, "flips")].concat();
    assert_eq!(attacked.len(), 2, "{said}");
    for line in &attacked {
        let [words, cost] = line.rsplit_once("; ").unwrap().into();
        assert!(words.ends_with(" ΔE2000 on average)"), "{line}");
        assert!(
            words.contains(" % more ") || words.contains(" % brighter"),
            "{line}"
        );
        assert!(!line.contains("gain"), "{line}");
        assert!(
            cost.starts_with("4 frames") && cost.ends_with(", budget spent"),
            "{line}"
        );
    }
    let called = lines(&said, "-");
    let [called] = called.as_slice() else {
        panic!("one is a nevus: {said}")
    };
    assert!(
        called.ends_with("not attacked: it is called nevus already (threshold 0.5)"),
        "{called}"
    );
    assert!(said.contains("frames judged     4 (median)"), "{said}");

    let said = attack("fgsm", &["--epsilon", "2"]);
    for line in lines(&said, "flips") {
        assert!(line.contains("  noise up to 2 of 255; "), "{line}");
    }
    assert!(
        said.contains("size of a flip    2 of 255 (median)"),
        "{said}"
    );
}

/// One that is cut off or empty was a finding.
fn damaged_ones_of_a_folder_are_named_and_count(out: &Path, json: &str) {
    let damaged = [("cut.json", &json[..900]), ("empty.json", "")];
    for (name, what) in damaged {
        std::fs::write(out.join(name), what).unwrap();
    }
    let rest = flipscope(&["replay", out.to_str().unwrap()]);
    let said = text(&rest.stderr);
    assert_eq!(rest.status.code(), Some(1), "{said}");
    assert!(
        said.contains("cut.json") && said.contains("empty.json: it is empty"),
        "{said}"
    );
    assert!(said.contains("1 of 3 hold"), "{said}");
    assert!(!said.contains("other.json"), "{said}");
    for (name, _) in damaged {
        std::fs::remove_file(out.join(name)).unwrap();
    }
}

#[test]
fn replay_says_whether_a_finding_holds() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    copies(&photographs, 1);
    let out = folder.path().join("out");
    let attack = flipscope(&[
        "attack",
        "fgsm",
        photographs.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--preset",
        "letter",
        "--mode",
        "smallest",
        "--epsilon",
        "2",
    ]);
    assert_eq!(attack.status.code(), Some(0), "{}", text(&attack.stderr));
    assert!(
        text(&attack.stdout).starts_with("flips"),
        "{}",
        text(&attack.stdout)
    );
    let path = out.join("copy-0.fgsm.json");
    let json = std::fs::read_to_string(&path).unwrap();
    let finding: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(finding["success"], true);
    assert_eq!(finding["image"], "copy-0.png");
    let replay = |holds: bool, part: &str| {
        let output = flipscope(&["replay", path.to_str().unwrap()]);
        assert_eq!(
            output.status.code(),
            Some(i32::from(!holds)),
            "{}",
            text(&output.stderr)
        );
        assert!(
            text(&output.stdout).contains(part),
            "{} lacks {part}",
            text(&output.stdout)
        );
    };
    replay(true, "holds: the verdict flips\n");
    // A folder stands for the findings in it; what else is there is passed over.
    std::fs::write(out.join("other.json"), "{}").unwrap();
    let whole = flipscope(&["replay", out.to_str().unwrap()]);
    assert_eq!(whole.status.code(), Some(0), "{}", text(&whole.stderr));
    assert_eq!(text(&whole.stdout).lines().count(), 1);
    damaged_ones_of_a_folder_are_named_and_count(&out, &json);
    // Of several it is said how many hold, beside the lines.
    let twice = flipscope(&["replay", out.to_str().unwrap(), path.to_str().unwrap()]);
    assert!(
        text(&twice.stderr).contains("2 of 2 hold"),
        "{}",
        text(&twice.stderr)
    );
    assert_eq!(text(&twice.stdout).lines().count(), 2);

    let tampered = |field: &str, with: Value| {
        let mut finding = finding.clone();
        finding[field] = with;
        std::fs::write(&path, serde_json::to_string(&finding).unwrap()).unwrap();
    };
    // Older findings call the rounds of a search its generations.
    assert!(finding["rounds"].as_u64().unwrap() > 0 && finding["generations"].is_null());
    let older = json.replace("\"rounds\"", "\"generations\"");
    assert_ne!(older, json);
    std::fs::write(&path, older).unwrap();
    replay(true, "holds");
    tampered("p_after", 0.25.into());
    replay(false, "differs by P(melanoma) after");
    tampered("success", false.into());
    replay(false, "differs by success");
    tampered("model_sha256", "0".repeat(64).into());
    replay(false, "model not the same");
    replay(false, "by --model");
    std::fs::write(&path, &json).unwrap();
    let [frame, altered] =
        ["frame", "altered"].map(|name| out.join(format!("copy-0.fgsm.{name}.png")));
    let whole = std::fs::read(&altered).unwrap();
    std::fs::copy(&frame, &altered).unwrap();
    replay(false, "differs by the pixels of copy-0.fgsm.altered.png");
    std::fs::write(&altered, &whole).unwrap();
    std::fs::copy(&altered, &frame).unwrap();
    replay(false, "image not the same");
    std::fs::remove_file(&frame).unwrap();
    let output = flipscope(&["replay", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("copy-0.fgsm.frame.png")
            && text(&output.stderr).contains("put it back next to its finding"),
        "{}",
        text(&output.stderr)
    );
}

/// A finding may be that nothing flips: it holds as well, and its line says which of the two holds.
#[test]
fn replay_says_of_what_holds_whether_it_flips() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    copies(&photographs, 1);
    let out = folder.path().join("out");
    let [photographs, out] = [&photographs, &out].map(|path| path.to_str().unwrap());
    // A tenth of a pixel is no shift for the nearest one.
    let nothing = "--rotate 0,0 --shift-x 0,0 --shift-y 0,0.1 --budget 8";
    let attack = ["attack", "pose", photographs, "--out", out];
    let attack = flipscope(&[&attack[..], &nothing.split(' ').collect::<Vec<_>>()].concat());
    assert!(
        text(&attack.stdout).starts_with("stays"),
        "{}{}",
        text(&attack.stdout),
        text(&attack.stderr)
    );
    let replayed = flipscope(&["replay", out]);
    assert_eq!(replayed.status.code(), Some(0));
    let said = text(&replayed.stdout);
    assert!(
        said.ends_with("holds: the verdict does not flip\n"),
        "{said}"
    );
    let json = json_lines(&flipscope(&["replay", out, "--json"]));
    assert_eq!(
        (&json[0]["holds"], &json[0]["success"]),
        (&true.into(), &false.into())
    );
}

#[test]
fn a_remedy_is_recorded_and_replayed_and_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    copies(&photographs, 1);
    let out = folder.path().join("out");
    let (photographs, out_name) = (photographs.to_str().unwrap(), out.to_str().unwrap());
    let remedy = "average-4";
    let attack = [
        "attack",
        "fgsm",
        photographs,
        "--out",
        out_name,
        "--preset",
        "letter",
        "--epsilon",
        "2",
        "--threshold",
        "0.3",
        "--remedy",
        remedy,
    ];
    let made = flipscope(&attack);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let path = out.join("copy-0.fgsm.json");
    let finding: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(finding["remedy"], remedy);

    // The verdict before is that of classify with the remedy, and not without.
    let p = |flags: &[&str]| {
        let output = flipscope(&[&["classify", photographs, "--json"], flags].concat());
        let line: Value = serde_json::from_str(text(&output.stdout).trim()).unwrap();
        line["p_melanoma"].as_f64().unwrap()
    };
    let before = finding["p_before"].as_f64().unwrap();
    assert!((p(&["--remedy", remedy]) - before).abs() < 1e-6);
    assert!((p(&[]) - before).abs() > 1e-6);

    let replay = |flags: &[&str]| {
        let output = flipscope(&[&["replay", path.to_str().unwrap()], flags].concat());
        (output.status.success(), text(&output.stdout).to_string())
    };
    assert!(replay(&[]).0, "it is replayed with its own remedy");
    let (holds, said) = replay(&["--remedy", "none"]);
    assert!(!holds && said.contains("remedy not the same"), "{said}");

    // The same folder does not take a finding of another remedy for its own.
    let other = flipscope(&attack[..attack.len() - 2]);
    assert!(
        text(&other.stderr).contains("another remedy"),
        "{}",
        text(&other.stderr)
    );
    let wrong = flipscope(&["classify", photographs, "--remedy", "average-5"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        text(&wrong.stderr).contains("average-8"),
        "{}",
        text(&wrong.stderr)
    );
}

/// Whether a file is a finding.
fn is_finding(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "json")
}

/// Attacks three of the copies by the library as `flipscope attack pose --budget 1` does, and ends itself when it writes the third finding.
#[test]
#[ignore = "the child that the next test starts and kills"]
fn child_that_attacks() {
    let Some([photographs, out]) = kills::asked() else {
        return;
    };
    let (photographs, out) = (Path::new(&photographs), Path::new(&out));
    let classifier = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu).unwrap();
    std::fs::create_dir(out).unwrap();
    for name in ["copy-0", "copy-1", "copy-2"] {
        let path = photographs.join(format!("{name}.png"));
        let photograph = lesion::open(&path, ColorHandling::Converted).unwrap();
        let framing = classifier.info().framing;
        let search = Search {
            subject: Subject {
                image: photograph.source.name(),
                image_sha256: photograph.source.sha256().map(str::to_owned),
                framing,
                color_handling: ColorHandling::Converted,
            },
            frame: Arc::new(framing.apply(&photograph.raster)),
            attack: Attack::preset(AttackKind::Pose, Preset::Default),
            mode: Mode::First,
            strategy: Strategy::Auto,
            direction: Direction::MelanomaToNevus,
            threshold: classifier.info().threshold,
            seed: 1,
            budget: Budget {
                evaluations: Some(1),
                seconds: None,
            },
        };
        let found = run(&classifier, &search, &Cancel::default(), &mut |_| {}).unwrap();
        let watcher = (name == "copy-2").then(|| {
            let [first, ..] = save::files(out, name, "pose");
            kills::die_once(move || first.exists())
        });
        save::save(&found, out, name).unwrap();
        if let Some(watcher) = watcher {
            watcher.join().unwrap();
        }
    }
}

#[test]
fn killed_in_the_middle_and_run_again_it_does_the_rest_and_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (photographs, out) = (folder.path().join("photographs"), folder.path().join("out"));
    copies(&photographs, 6);
    let asked = [&photographs, &out].map(|path| path.to_str().unwrap());
    kills::killed("child_that_attacks", &asked);
    let before = files(&out);
    let there = |at: usize| before.contains_key(&format!("copy-{at}.pose.json"));
    assert!(there(0) && there(1), "{:?}", before.keys());
    assert!(before.contains_key("copy-2.pose.frame.png"));
    let output = flipscope(&[
        "attack",
        "pose",
        photographs.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--budget",
        "1",
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = json_lines(&output);
    let findings = before.keys().filter(|name| is_finding(name)).count();
    let old = lines
        .iter()
        .filter(|line| line["status"] == "done-before")
        .count();
    assert_eq!((lines.len(), old), (6, findings));
    let after = files(&out);
    assert_eq!(after.len(), 6 * 5, "{:?}", after.keys());
    for (name, bytes) in before.iter().filter(|(name, _)| is_finding(name)) {
        assert_eq!(after[name], *bytes, "{name} was done again");
    }
}

/// Waits for something; the limit only bounds a hang.
#[cfg(unix)]
fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(
            start.elapsed() < Duration::from_mins(10),
            "waited in vain for {what}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(unix)]
#[test]
fn interrupted_it_stops_at_the_next_batch_and_keeps_what_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let (photographs, out) = (folder.path().join("photographs"), folder.path().join("out"));
    copies(&photographs, 2);
    // The first search alone judges 4,941 poses, which takes minutes, and stops at no flip.
    let mut child = command(&[
        "attack",
        "grid",
        photographs.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--fine",
    ])
    .spawn()
    .unwrap();
    wait_for("the folder", || out.is_dir());
    let signal = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(signal.success());
    wait_for("its end", || child.try_wait().unwrap().is_some());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("cancelled before anything was done: 2 photographs left"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(files(&out).len(), 0, "half a search is no finding");
}

#[test]
fn the_windows_way_to_the_network_finds_what_the_command_line_finds() {
    let source = ModelSource::DEMO;
    let recipe = &synthetic::samples()[0].recipe;
    let raster = synthetic::draw(recipe, 600, 450).unwrap();
    let search = |attack: Attack, strategy: Strategy, evaluations: u64| Search {
        subject: Subject {
            image: "synthetic".to_owned(),
            image_sha256: None,
            framing: Framing::Squash,
            color_handling: ColorHandling::Converted,
        },
        frame: Arc::new(Framing::Squash.apply(&raster)),
        attack,
        mode: Mode::Lowest,
        strategy,
        direction: Direction::MelanomaToNevus,
        threshold: 0.5,
        seed: 1,
        budget: Budget {
            evaluations: Some(evaluations),
            seconds: None,
        },
    };
    let classifier = Classifier::load(&source, DeviceChoice::Cpu).unwrap();
    let scheduler = Scheduler::start(Overrides::default()).unwrap();
    let (sender, loaded) = crossbeam_channel::bounded(1);
    scheduler.load(
        ModelSlot::Primary,
        source,
        DeviceChoice::Cpu,
        Box::new(move |loaded| sender.send(loaded).unwrap()),
    );
    let scheduled = ScheduledScorer::new(scheduler.jobs(), loaded.recv().unwrap().unwrap());
    for (kind, preset, strategy, evaluations) in [
        (AttackKind::Fgsm, Preset::Letter, Strategy::Auto, 2),
        (AttackKind::Pose, Preset::Default, Strategy::Evolution, 3),
        (AttackKind::Colour, Preset::Default, Strategy::Auto, 5),
    ] {
        let search = search(Attack::preset(kind, preset), strategy, evaluations);
        let find = |scorer: &dyn Scorer| {
            let found = run(scorer, &search, &Cancel::default(), &mut |_| {});
            let mut finding = found.unwrap().finding;
            (finding.seconds, finding.evaluations_per_second) = (0.0, 0.0);
            finding
        };
        assert_eq!(find(&scheduled), find(&classifier));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (photographs, out) = (folder.path().join("photographs"), folder.path().join("out"));
    copies(&photographs, 1);
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nnothing more").unwrap();
    let output = flipscope(&[
        "attack",
        "pixels",
        broken.to_str().unwrap(),
        photographs.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--budget",
        "1",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("broken.png"),
        "{}",
        text(&output.stderr)
    );
    assert!(out.join("copy-0.pixels.json").exists());
    assert!(
        text(&output.stdout).contains("not done          1"),
        "{}",
        text(&output.stdout)
    );
    let made = folder.path().join("made");
    let nothing = made.join("for/nothing");
    let (broken, nothing) = (broken.to_str().unwrap(), nothing.to_str().unwrap());
    let output = flipscope(&["attack", "pixels", broken, "--out", nothing]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!made.exists(), "an empty folder is left");
    for wrong in [
        &["attack", "colour", "x.png"][..],
        &[
            "attack", "colour", "x.png", "--out", "y", "--preset", "mine",
        ],
        &["attack", "colour", "x.png", "--out", "y", "--rotate", "0,1"],
        &["attack", "blur", "x.png", "--out", "y"],
        &["replay"],
    ] {
        assert_eq!(flipscope(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let upside_down = flipscope(&[
        "attack", "colour", "x.png", "--out", "y", "--gain", "1.1,0.9",
    ]);
    assert_eq!(upside_down.status.code(), Some(2));
    assert!(
        text(&upside_down.stderr).contains("gain"),
        "{}",
        text(&upside_down.stderr)
    );
}

/// A search for colours with few frames.
fn brief(moles: &Path, out: &Path, more: &[&str]) -> Output {
    let [moles, out] = [moles, out].map(|path| path.to_str().unwrap());
    let arguments = ["attack", "colour", moles, "--out", out, "--budget", "20"];
    flipscope(&[&arguments, more].concat())
}

#[test]
fn drafts_are_part_of_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let (moles, out) = (folder.path().join("moles"), folder.path().join("found"));
    copies(&moles, 1);
    let with = |more: &[&str]| brief(&moles, &out, &[&["--json"], more].concat());
    let finding = || -> Value {
        let finding = std::fs::read_to_string(out.join("copy-0.colour.json")).unwrap();
        serde_json::from_str(&finding).unwrap()
    };
    // Nothing of its own where it is the type of the verdicts: what is there answers a request without it. The flag's former name.
    let output = with(&["--draft", "f32"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(finding().get("proposal_precision").is_none());
    let output = with(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(json_lines(&output)[0]["status"], "done-before");

    let bf16 = Overrides {
        precision: Precision::Bf16,
        ..Overrides::default()
    };
    let has_bf16 = Classifier::load_with(&ModelSource::DEMO, DeviceChoice::Cpu, &bf16).is_ok();
    let output = with(&["--proposal-precision", "bf16", "--force"]);
    if has_bf16 {
        assert!(output.status.success(), "{}", text(&output.stderr));
        let found = finding();
        assert_eq!(found["proposal_precision"], "bf16");
        assert_eq!(found["precision"], "f32");
        let line = &json_lines(&output)[0];
        for field in ["proposal_margin", "proposal_margin_frames"] {
            assert_eq!(line[field], found[field]);
        }
        assert!(found["proposal_margin"].as_f64().unwrap() > 0.0);
        assert!(found["proposal_margin_frames"].as_u64().unwrap() > 1);
        let file = out.join("copy-0.colour.json");
        let replayed = flipscope(&["replay", file.to_str().unwrap()]);
        assert!(replayed.status.success(), "{}", text(&replayed.stderr));
        assert!(
            text(&replayed.stdout).contains("candidates in bf16"),
            "{}",
            text(&replayed.stdout)
        );
        assert!(text(&replayed.stdout).contains("within the margin: "));
        let output = brief(&moles, &out, &["--proposal-precision", "bf16"]);
        let said = text(&output.stdout);
        assert!(said.contains("candidates in bf16"), "{said}");
        a_finding_of_another_type_names_it(&moles, &folder.path().join("half"));
        // What is there answers another request.
        let output = with(&[]);
        assert!(!output.status.success());
        assert!(text(&output.stderr).contains("another type of proposals (--proposal-precision)"));
    } else {
        assert!(!output.status.success());
        assert!(
            text(&output.stderr).contains("bf16"),
            "{}",
            text(&output.stderr)
        );
    }

    let output = with(&["--proposal-precision", "tf32", "--device", "cpu", "--force"]);
    let said = text(&output.stderr);
    assert!(said.contains("use --proposal-precision f32"), "{said}");

    let output = with(&["--proposal-precision", "f32", "--mode", "smallest"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("works only with --mode first or lowest"));

    // FGSM proposes nothing that it could be used for.
    let output = flipscope(&[
        "attack",
        "fgsm",
        moles.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--proposal-precision",
        "f32",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("does not work with fgsm"));
}

/// Replayed in another type a finding differs, and the line says how it is replayed as it was made.
fn a_finding_of_another_type_names_it(moles: &Path, out: &Path) {
    let output = brief(moles, out, &["--precision", "bf16"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let file = out.join("copy-0.colour.json");
    let replay = |more: &[&str]| {
        let arguments = [&["replay", file.to_str().unwrap()], more].concat();
        let output = flipscope(&arguments);
        (output.status.success(), text(&output.stdout).to_owned())
    };
    let (holds, said) = replay(&[]);
    assert!(!holds, "{said}");
    let remedy = ": it was judged in bf16, and here in f32: name the type by --precision bf16";
    assert!(said.trim_end().ends_with(remedy), "{said}");
    let (holds, said) = replay(&["--precision", "bf16"]);
    assert!(holds && !said.contains("--precision"), "{said}");
}

/// With a table of labels each pair says what the photograph is; rows that cannot be used are said, as other commands do.
fn a_sheet_states_labels(photographs: &Path, sheet: &dyn Fn(&str, &[&str]) -> Output) {
    let table = photographs.join("labels.csv");
    let rows = "image_id,diagnosis\nsynthetic-sample-1,melanoma\nnot-there,nevus\n";
    std::fs::write(&table, rows).unwrap();
    let labelled = photographs.with_file_name("labelled.svg");
    let output = sheet(
        labelled.to_str().unwrap(),
        &["--labels", table.to_str().unwrap()],
    );
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    for words in [
        "1 finding has no label there",
        "left out: ",
        "1 row without a picture (not-there)",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let of_it = std::fs::read_to_string(&labelled).unwrap();
    assert_eq!(of_it.matches("Label: melanoma").count(), 1);
    std::fs::remove_file(&table).unwrap();
}

/// Findings on a page, in each format; one whose picture is gone is named, and the rest are drawn.
#[test]
fn findings_are_put_on_a_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    samples(&photographs);
    let findings = folder.path().join("findings");
    let [photographs, findings_arg] = [&photographs, &findings].map(|path| path.to_str().unwrap());
    let attack = [
        "attack",
        "colour",
        photographs,
        "--out",
        findings_arg,
        "--budget",
        "20",
    ];
    let output = flipscope(&attack);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let sheet = |out: &str, more: &[&str]| {
        flipscope(&[&["sheet", findings_arg, "--out", out], more].concat())
    };
    let svg = at("sheet.svg");
    let output = sheet(&svg, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout).trim(), svg);
    let drawn = std::fs::read_to_string(&svg).unwrap();
    // Two of the samples are called melanoma: two pairs.
    assert_eq!(drawn.matches("<image").count(), 4);
    assert!(
        drawn.contains("synthetic-sample-1.png: colour") && drawn.contains("width=\"180.00mm\"")
    );
    // In a folder they go by name; named, in the order in which they are given.
    let places = |drawn: &str| {
        [
            "synthetic-sample-1.png: colour",
            "synthetic-sample-2.png: colour",
        ]
        .map(|heading| drawn.find(heading).unwrap())
    };
    let [one, two] = places(&drawn);
    assert!(one < two);
    let [one, two] = ["1", "2"].map(|n| at(&format!("findings/synthetic-sample-{n}.colour.json")));
    let given = at("given.svg");
    let output = flipscope(&["sheet", &two, &one, "--out", &given]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let [one, two] = places(&std::fs::read_to_string(&given).unwrap());
    assert!(two < one);
    for (out, first) in [("sheet.pdf", b"%PDF"), ("sheet.png", b"\x89PNG")] {
        let output = sheet(&at(out), &["--width", "85", "--dpi", "100"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let written = std::fs::read(at(out)).unwrap();
        assert!(written.starts_with(first));
        if out.ends_with("pdf") {
            let pictures = written
                .windows(14)
                .filter(|part| part == b"/Subtype/Image" || part == b"Subtype /Image");
            assert_eq!(pictures.count(), 4, "the pictures are on the paper");
        }
    }
    assert!(!drawn.contains("Label: "));
    a_sheet_states_labels(&folder.path().join("photographs"), &sheet);
    // Nothing is replaced without permission, and nothing but pictures is written.
    std::fs::write(&svg, "another drawing").unwrap();
    let output = sheet(&svg, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--force"));
    assert!(sheet(&svg, &["--force"]).status.success());
    let refused = sheet(&at("sheet.jpg"), &[]);
    assert!(text(&refused.stderr).contains(".svg, .pdf or .png"));
    assert_eq!(refused.status.code(), Some(2));
    for (flag, value, allowed) in [
        ("--width", "79", "80 to 420"),
        ("--dpi", "71", "72 to 1200"),
    ] {
        let refused = sheet(&at("other.png"), &[flag, value]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused.stderr).contains(allowed));
    }

    let [cut, other] = ["cut.json", "verdicts.json"].map(|name| findings.join(name));
    std::fs::write(&cut, "{\n  \"schema\": 1,\n  \"vers").unwrap();
    std::fs::write(&other, "{\"file\": \"a.png\"}\n").unwrap();
    let output = sheet(&at("whole.svg"), &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("cut.json") && said.contains("1 of 3 findings could not be drawn"),
        "{said}"
    );
    assert!(!said.contains("verdicts.json"), "{said}");
    std::fs::remove_file(&cut).unwrap();

    std::fs::remove_file(findings.join("synthetic-sample-1.colour.frame.png")).unwrap();
    let output = sheet(&at("rest.svg"), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("synthetic-sample-1.colour.json"));
    let drawn = std::fs::read_to_string(at("rest.svg")).unwrap();
    assert_eq!(drawn.matches("<image").count(), 2);
}
