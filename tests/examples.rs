//! The examples run, and say what they promise. `cargo test` builds them beside the tests.

#![allow(clippy::unwrap_used, reason = "a test stops at the first fault")]

use std::path::Path;
use std::process::Command;

fn run(name: &str, arguments: &[&Path]) -> String {
    let tests = std::env::current_exe().unwrap();
    let built = tests.parent().unwrap().with_file_name("examples");
    let example = built
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        example.exists(),
        "{} is built by a plain `cargo test`",
        example.display()
    );
    let output = Command::new(example).args(arguments).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{name}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_lesion_is_classified_attacked_replayed_and_studied() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(run("classify", &[]).contains("P(melanoma) 0."));
    let said = run("attack", &[&at("findings")]);
    assert!(said.contains("flipped: "), "{said}");
    let said = run("replay", &[&at("findings/sample.colour.json")]);
    assert!(said.contains(": holds"), "{said}");
    let frame = at("findings/sample.colour.frame.png");
    assert!(run("classify", &[&frame]).contains("frame.png: P(melanoma)"));
    for (class, picture) in [("melanoma", "frame"), ("nevus", "altered")] {
        std::fs::create_dir_all(at("set").join(class)).unwrap();
        let from = at("findings").join(format!("sample.colour.{picture}.png"));
        std::fs::copy(from, at("set").join(class).join("a.png")).unwrap();
    }
    let said = run("study", &[&at("set"), &at("a.study"), &at("tables")]);
    assert!(
        said.contains("frames judged") && said.contains("evaluation.csv"),
        "{said}"
    );
}
