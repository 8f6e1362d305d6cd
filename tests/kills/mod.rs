//! Kills at a named point. A test starts its own program again to run one ignored test of the file, its child, which does the work
//! with the library and ends itself where it was asked to. As under a kill no destructor runs and every thread stops; but what has been done
//! by then does not depend on how fast the machine is.

#![allow(dead_code, reason = "not every file of tests uses all of it")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};

/// Holds what the child is asked.
const ASKED: &str = "FLIPSCOPE_TEST_CHILD";
/// Begins each line that a child tells.
const TOLD: &str = "told: ";
/// The last line that it tells.
const END: &str = "ends itself here";

/// In the child: what it is asked. Nothing where nobody has asked, as under `cargo test -- --include-ignored`.
pub(crate) fn asked<const N: usize>() -> Option<[String; N]> {
    let asked = std::env::var(ASKED).ok()?;
    let parts: Vec<String> = asked.lines().map(str::to_owned).collect();
    Some(parts.try_into().unwrap())
}

/// In the child: tells a line.
pub(crate) fn tell(line: &str) {
    eprintln!("{TOLD}{line}");
}

/// In the child: ends it.
pub(crate) fn die() -> ! {
    // Whatever another thread tells from here on would come after the end.
    let mut stderr = std::io::stderr().lock();
    writeln!(stderr, "{TOLD}{END}").unwrap();
    std::process::abort()
}

/// In the child: ends it as soon as something is so, whatever it is doing then. Whoever has nothing more to do may join the thread.
pub(crate) fn die_once(so: impl Fn() -> bool + Send + 'static) -> JoinHandle<()> {
    let watch = move || {
        while !so() {
            thread::yield_now();
        }
        die()
    };
    let watcher = thread::Builder::new().name("end".to_owned());
    watcher.spawn(watch).unwrap()
}

/// In the child: ends it while the next transaction of an `SQLite` file is written, which is while the file has a journal; or just
/// after it, where this thread is late.
pub(crate) fn die_within_the_next_commit(file: &Path) {
    let mut journal = file.as_os_str().to_owned();
    journal.push("-journal");
    die_once(move || Path::new(&journal).exists());
}

/// Has the child of this name do something, up to where it ends itself: the lines that it told.
pub(crate) fn killed(child: &str, asked: &[&str]) -> Vec<String> {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([child, "--exact", "--ignored", "--nocapture"])
        .env(ASKED, asked.join("\n"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let mut lines: Vec<String> = said
        .lines()
        .filter_map(|line| line.strip_prefix(TOLD))
        .map(str::to_owned)
        .collect();
    assert!(
        lines.pop().as_deref() == Some(END) && !output.status.success(),
        "{child} {asked:?} did not end itself: {}\n{said}",
        output.status
    );
    lines
}
