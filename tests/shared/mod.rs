//! The folder `../shared` beside the checkout: photographs, checkpoints and goldens that are not in this repository. A test that was
//! compiled on another machine finds it where `FLIPSCOPE_TEST_SHARED` says.

#![allow(
    clippy::print_stdout,
    reason = "clippy.toml allows it in tests, but not in what tests call"
)]

use std::path::{Path, PathBuf};

/// A file or folder of `../shared`. Where there is no such folder at all, the test that asks has nothing to do, and a line says so; where the
/// folder is there and the part is not, the test fails rather than passing without having tested anything.
pub(crate) fn part(name: &str) -> Option<PathBuf> {
    let shared = match std::env::var_os("FLIPSCOPE_TEST_SHARED") {
        Some(named) => named.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    };
    if !shared.is_dir() {
        println!("skipped: ../shared is not there, which holds {name}");
        return None;
    }
    let part = shared.join(name);
    assert!(part.exists(), "../shared is there, and {name} is not in it");
    Some(part)
}
