//! What means nothing on the command line of a study.

use crate::program::{flipscope, text};
use crate::{Fixture, arg, succeeds};

#[test]
fn what_means_nothing_is_refused_before_anything_is_written() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    for (more, part) in [
        (&["--sensitivity", "0.9"][..], "tuning"),
        (&["--against", "nowhere.safetensors"], "nowhere.safetensors"),
    ] {
        let output = fixture.study(&file, more);
        assert_eq!(output.status.code(), Some(1), "{more:?}");
        assert!(
            text(&output.stderr).contains(part),
            "{}",
            text(&output.stderr)
        );
        assert!(!file.exists());
    }
    for usage in [
        &["--perturb", "sunshine"][..],
        &["--sample", "1"],
        &["--attack", "lightning"],
        &["--nevi"],
        &["--part", "all"],
    ] {
        assert_eq!(
            fixture.study(&file, usage).status.code(),
            Some(2),
            "{usage:?}"
        );
    }
    let shard = flipscope(&["study", "run", arg(&file), "--shard", "3/2"]);
    assert_eq!(shard.status.code(), Some(2));
    let nothing = flipscope(&["study", "run", arg(&file)]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(
        text(&nothing.stderr).contains("a.study: there is no such file")
            && text(&nothing.stderr).contains("flipscope study new"),
        "{}",
        text(&nothing.stderr)
    );
    let sampled = fixture.study(&file, &["--sample", "10", "--perturb", "none"]);
    assert!(
        succeeds(&sampled).contains("5 melanomas, 5 nevi"),
        "{}",
        text(&sampled.stdout)
    );
}

/// What is said of a type that a processor has not names the flag that asked for it.
#[test]
fn a_type_of_candidates_that_cannot_be_computed_in_is_refused_by_its_flag() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    let flags = ["--attack", "colour", "--budget", "6", "--sample", "2"];
    succeeds(&Fixture::get().study(&file, &flags));
    let refused = flipscope(&[
        "study",
        "run",
        arg(&file),
        "--device",
        "cpu",
        "--proposal-precision",
        "tf32",
    ]);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("use --proposal-precision f32"), "{said}");
}
