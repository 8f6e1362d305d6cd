//! `flipscope prove`, and `flipscope replay` of its records, run as a person would, with the demo model and synthetic lesions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod program;

use std::path::Path;
use std::process::Output;

use program::{flipscope, text};
use serde_json::Value;

fn lines(output: &Output) -> Vec<Value> {
    (text(&output.stdout).lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Three lesions: two that the demo model calls melanoma, one that it calls nevus.
fn samples(folder: &Path) {
    let output = flipscope(&["synth", "--samples", "--out", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

fn prove(arguments: &[&str]) -> Output {
    let fixed = ["prove"];
    flipscope(&[&fixed[..], arguments, &["--device", "cpu"]].concat())
}

fn without_time(path: &Path) -> Value {
    let mut record: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for time in ["seconds", "checksum"] {
        record.as_object_mut().unwrap().remove(time);
    }
    record
}

#[test]
fn a_box_is_proved_once_and_its_record_replays_until_it_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let photographs = folder.path().join("photographs");
    samples(&photographs);
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    let asked = photographs.to_str().unwrap();
    let run = |out: &Path, more: &[&str]| {
        let fixed = ["offset", asked, "--radius", "3", "--channels", "green"];
        let out = ["--json", "--out", out.to_str().unwrap()];
        prove(&[&fixed[..], &out, more].concat())
    };
    let output = run(&one, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    assert!(said.contains("7 distinct frames, at most about"), "{said}");
    let first = lines(&output);
    assert_eq!(first.len(), 3);
    for line in &first {
        assert_eq!(line["frames"], 7);
        assert_eq!(line["box"]["kind"], "offset");
        assert!(line["file"].as_str().unwrap().contains("synthetic-sample"));
        let outcome = line["outcome"].as_str().unwrap();
        assert!(["steady", "fragile"].contains(&outcome), "{outcome}");
        assert!(line["closest"]["p_melanoma"].is_number());
        assert_eq!(line["finding"].is_null(), outcome == "steady");
        let judged = line["judged"].as_u64().unwrap();
        assert!(if outcome == "steady" {
            judged == 7
        } else {
            judged <= 7
        });
    }
    // Asked again, nothing is judged again, and the pictures of records are not photographs.
    let again = lines(&run(&one, &[]));
    for (before, after) in first.iter().zip(&again) {
        assert_eq!(before["hash"], after["hash"]);
    }
    let own = prove(&["gain", one.to_str().unwrap(), "--radius", "0.001", "--json"]);
    assert!(lines(&own).is_empty(), "{}", text(&own.stdout));
    // Out of time at once, and asked again without a limit: the same records.
    let hurried = run(&two, &["--seconds", "0.000001"]);
    assert_eq!(hurried.status.code(), Some(1), "{}", text(&hurried.stderr));
    let said = text(&hurried.stderr);
    assert!(
        said.contains("out of time: what was done is kept"),
        "{said}"
    );
    assert!(lines(&hurried).iter().any(|line| line["outcome"] == "open"));
    assert!(run(&two, &[]).status.success());
    let records: Vec<_> = first
        .iter()
        .map(|line| line["record"].as_str().unwrap().to_owned())
        .collect();
    for name in &records {
        assert_eq!(without_time(&one.join(name)), without_time(&two.join(name)));
    }
    // They replay.
    let paths: Vec<String> = (records.iter())
        .map(|name| one.join(name).to_str().unwrap().to_owned())
        .collect();
    let mut replay = vec!["replay", "--json", "--all", "--device", "cpu"];
    replay.extend(paths.iter().map(String::as_str));
    let output = flipscope(&replay);
    assert!(output.status.success(), "{}", text(&output.stdout));
    // One digit of a probability: noticed.
    let changed = std::fs::read_to_string(&paths[0]).unwrap();
    let changed = changed.replacen("\"threshold\": 0.5", "\"threshold\": 0.4", 1);
    std::fs::write(&paths[0], changed).unwrap();
    let output = flipscope(&replay);
    assert_eq!(output.status.code(), Some(1));
    let said = lines(&output);
    assert_eq!(said[0]["holds"], false);
    assert_eq!(said[1]["holds"], true);
}

#[test]
fn a_gain_has_as_many_frames_as_it_has_steps_and_three_free_ones_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    samples(folder.path());
    let photograph = folder.path().join("synthetic-sample-1.png");
    let photograph = photograph.to_str().unwrap();
    let output = prove(&["gain", photograph, "--radius", "0.002", "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let line = &lines(&output)[0];
    // Below 1 every value falls by one at once; above it nothing changes before 255 · gain reaches 256.
    assert_eq!(line["frames"], 2);
    let draws = ["--channels", "each", "--draws", "5", "--json"];
    let output = prove(&[&["gain", photograph], &draws[..]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let line = &lines(&output)[0];
    assert!(line["frames"].as_u64().unwrap() > 1_000_000_000);
    assert_eq!(line["judged"], 5);
    let outcome = line["outcome"].as_str().unwrap();
    assert!(["bounded", "fragile"].contains(&outcome));
    assert!(!line["said"].as_str().unwrap().contains("steady"));
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_remedy() {
    for (arguments, part) in [
        (&["offset", "x.png", "--radius", "2.5"][..], "whole number"),
        (&["gain", "x.png", "--radius", "2"], "at most 1"),
        (&["gain", "x.png", "--channels", "cyan"], "together, each"),
    ] {
        let output = prove(arguments);
        assert!(!output.status.success());
        assert!(
            text(&output.stderr).contains(part),
            "{}",
            text(&output.stderr)
        );
    }
}
