//! `scripts/run` without a display: every command is the program's, and only the window needs one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the script with programs in place of `cargo` and of flipscope: the latter prints its arguments and ends with 7.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let program = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    program("bin/cargo", "exit 0");
    program("target/release/flipscope", "echo \"got $*\"; exit 7");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/run");
    // The script asks scripts/setup what the system lacks; a copy beside an empty one does not.
    fs::create_dir_all(folder.join("scripts")).unwrap();
    fs::copy(script, folder.join("scripts/run")).unwrap();
    program("scripts/setup", "exit 0");
    let path = format!(
        "{}:{}",
        folder.join("bin").display(),
        std::env::var("PATH").unwrap()
    );
    Command::new("bash")
        .arg(folder.join("scripts/run"))
        .args(arguments)
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap()
}

#[test]
fn without_a_display_a_command_is_carried_out_and_its_status_is_the_programs() {
    for arguments in [
        &["study", "status", "mine.study"][..],
        &["reader", "export", "a.readers"],
        &["reader", "read", "a.readers"],
        &["train", "--data", "x"],
        &["a-command-of-tomorrow", "--flag"],
        &["--help"],
        &["mole.jpg"],
        &["--model", "my.pth", "classify", "mole.jpg"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = run(folder.path(), arguments);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(said, format!("got {}\n", arguments.join(" ")));
        assert_eq!(output.status.code(), Some(7));
    }
}

#[test]
fn without_a_display_and_without_arguments_it_shows_what_the_command_line_does() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("There is no display here"), "{said}");
}
