//! What is refused before any work is done.

use std::path::Path;

use crate::case::Case;
use crate::program::{flipscope, text};

#[test]
fn what_cannot_be_done_is_said_before_the_work() {
    let case = Case::new();
    for (more, words, status) in [
        (&["--size", "0"][..], "1 to 299", 2),
        (&["--stride", "300"], "1 to 299", 2),
        (&["--gain", "-1,1,1"], "gain", 2),
        (&["--out", "map.jpeg"], "ends in .png, .svg or .pdf", 2),
        (&["--class", "wart"], "its classes are melanoma, nevus", 1),
        (
            &["--out", "/nowhere/map.png"],
            "/nowhere/map.png: cannot be written: there is no folder /nowhere: make it",
            1,
        ),
    ] {
        let more: Vec<&str> = more.to_vec();
        let fixed = ["explain", "occlusion", case.photograph.to_str().unwrap()];
        let out = case.path("other.png");
        let named = more.contains(&"--out");
        let out = if named { vec![] } else { vec!["--out", &out] };
        let model = ["--model", case.model.to_str().unwrap()];
        let output = flipscope(&[&fixed[..], &out, &model, &more].concat());
        assert_eq!(output.status.code(), Some(status), "{more:?}");
        assert!(
            text(&output.stderr).contains(words),
            "{}",
            text(&output.stderr)
        );
    }
    // Not over another file without --force, and never over the photograph.
    let taken = case.path("taken.png");
    std::fs::write(&taken, "mine").unwrap();
    for (out, more) in [
        (&*taken, &[][..]),
        (case.photograph.to_str().unwrap(), &["--force"]),
    ] {
        let fixed = [
            "explain",
            "gradcam",
            case.photograph.to_str().unwrap(),
            "--out",
            out,
        ];
        let model = ["--model", case.model.to_str().unwrap()];
        let output = flipscope(&[&fixed[..], &model, more].concat());
        assert_eq!(output.status.code(), Some(1));
    }
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine");
    assert!(!Path::new(&case.path("other.png")).exists());
}
