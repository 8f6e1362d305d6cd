//! A run that is cancelled while the pictures are ahead of the network.

use std::sync::mpsc;
use std::time::Duration;

use flipscope_base::cancel::Cancel;
use flipscope_lab::study::plan::Model;
use flipscope_lab::study::{self, Event, ModelRunner, Settings};

use crate::stand_in::{self, StandIn};
use crate::{Fixture, status, succeeds};

#[test]
fn cancelled_behind_a_slow_network_it_ends() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.study");
    succeeds(&fixture.study(&file, &["--perturb", "offset-green"]));
    let (sender, ended) = mpsc::channel();
    let running = file.clone();
    let builder = std::thread::Builder::new().name("study".to_owned());
    let work = move || {
        let mut load = |model: &Model| {
            let slow = StandIn {
                network: stand_in::load(model)?,
                precision: None,
                wait: Duration::from_secs(1),
            };
            Ok(ModelRunner {
                scorer: Box::new(slow),
                batch: 2,
                together: 1,
                proposer: None,
            })
        };
        let cancel = Cancel::default();
        // By the end of the second batch as many wait as may, and what reads pictures waits to hand over the next.
        let mut tell = |event: Event<'_>| {
            if matches!(event, Event::Progress(progress) if progress.frames >= 4) {
                cancel.request();
            }
        };
        let report = study::run(
            &running,
            &Settings::default(),
            &mut load,
            &cancel,
            &mut tell,
        );
        sender.send(report.map(|report| report.cancelled)).ok();
    };
    builder.spawn(work).unwrap();
    let cancelled = ended.recv_timeout(Duration::from_mins(2));
    assert!(cancelled.expect("it hangs").unwrap());
    let standing = status(&file);
    assert_eq!(standing["claimed"], 0, "{standing}");
}
