//! A run that was killed leaves claims behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use flipscope_lab::study::plan::{Shard, WorkUnit};
use flipscope_lab::study::store::{Queue, Store};

use super::program::text;
use super::{Fixture, run, status, succeeds};

/// Nor does it while somebody else, who does other units, writes into the file all the time.
#[test]
fn a_run_that_was_killed_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    succeeds(&Fixture::get().study(&file, &["--perturb", "flip"]));
    let mut store = Store::open(&file).unwrap();
    let plan = store.plan().unwrap();
    let units: Vec<WorkUnit> = plan.units(0, Shard::WHOLE).collect();
    let dead = store.enter("dead", Shard::WHOLE).unwrap();
    let mut queue = Queue::new(units.clone());
    let claimed = store.claim(dead, &mut queue, units.len()).unwrap();
    assert_eq!(claimed, units);
    let over = AtomicBool::new(false);
    let output = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                store.enter("busy", Shard::WHOLE).unwrap();
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        let output = run(&file, &[]).output().unwrap();
        over.store(true, Ordering::Relaxed);
        output
    });
    succeeds(&output);
    assert!(text(&output.stderr).contains("in this run"));
    let standing = status(&file);
    assert_eq!(standing["done"], standing["of"]);
}
