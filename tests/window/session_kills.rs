//! Kills while a session is saved: the file is always whole, and holds what was saved last or what was being saved.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use flipscope::explorer::session::capture::capture;
use flipscope::explorer::session::file;
use flipscope::explorer::session::request::{SessionAnswer, SessionWork};
use flipscope::explorer::session::worker::Keeper;
use flipscope::explorer::state::State;
use flipscope::explorer::worker::{Answer, Outbox};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Noise, Perturbation};

use super::kills;

/// The number that a session was saved with; 0 if there is none.
fn number(folder: &Path) -> u64 {
    let last = folder.join("last.session");
    if !last.exists() {
        return 0;
    }
    let read = file::open(&last).expect("a whole session");
    assert!(read.problems.is_empty());
    assert_eq!(read.session.perturbations.len(), 1);
    read.session.contents.form.seed
}

/// Files that are being written, or were when an earlier child ended itself.
fn temporary(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.starts_with(".flipscope-")).count()
}

/// Saves one session after another, and ends itself after some: at once, while the next one is written, or some time later.
#[test]
#[ignore = "the child that another test starts and kills"]
fn child_that_saves_sessions() {
    let Some([folder, saves, how]) = kills::asked() else {
        return;
    };
    let saves: u64 = saves.parse().expect("a number");
    let (sender, answers) = crossbeam_channel::unbounded();
    let wake = Arc::new(|| {});
    let folder = Path::new(&folder).to_owned();
    let keeper = Keeper::start(Some(folder.clone()), Outbox { sender, wake }).expect("a thread");
    keeper.put(SessionWork::Look);
    let found = answers.recv().expect("an answer");
    assert!(matches!(
        found,
        Answer::Session(SessionAnswer::Found {
            kept: Ok(()),
            set_aside: None,
            ..
        })
    ));
    let first = number(&folder) + 1;
    let mut state = State::default();
    let noise = (0..Frame::BYTES)
        .map(|at| (at % 509) as i16 - 254)
        .collect();
    let perturbation = Perturbation {
        noise: Some(Noise { field: noise }),
        ..Perturbation::default()
    };
    for next in first.. {
        if next == first + saves {
            match how.as_str() {
                "after" => kills::die(),
                "within" => {
                    // What earlier children left is not it.
                    let folder = folder.clone();
                    let before = temporary(&folder);
                    kills::die_once(move || temporary(&folder) > before);
                }
                micros => {
                    let pause = Duration::from_micros(micros.parse().expect("a number"));
                    let end = std::time::Instant::now() + pause;
                    kills::die_once(move || std::time::Instant::now() >= end);
                }
            }
        }
        state.searches.form.seed = next;
        let mut session = capture(&state);
        session.perturbations.push(Arc::new(perturbation.clone()));
        keeper.put(SessionWork::Save(Box::new(session)));
        let answer = answers.recv().expect("an answer");
        assert!(matches!(
            answer,
            Answer::Session(SessionAnswer::Saved(Ok(())))
        ));
        kills::tell(&next.to_string());
    }
}

/// One save is in flight at a time: what is there is what was told last, or the one after it.
#[test]
fn a_hundred_kills_never_damage_a_session_nor_lose_one_that_was_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("Unicode");
    let mut kept = [0, 0];
    for kill in 0..100_u64 {
        let saves = (kill % 4).to_string();
        let how = match kill % 3 {
            0 => "after".to_owned(),
            1 => "within".to_owned(),
            _ => (kill * 37).to_string(),
        };
        let before = number(folder.path());
        let told = kills::killed(
            "session_kills::child_that_saves_sessions",
            &[path, &saves, &how],
        );
        let told: Vec<u64> = told
            .iter()
            .map(|line| line.parse().expect("a number"))
            .collect();
        let least = told.last().copied().unwrap_or(before);
        let now = number(folder.path());
        assert!(
            (least..=least + 1).contains(&now),
            "{how}: {now}, not {least}"
        );
        kept[usize::from(now > least)] += 1;
    }
    assert!(kept[0] > 30, "{kept:?}");
    let entries = fs::read_dir(folder.path()).expect("a folder").flatten();
    let aside = entries.filter(|entry| entry.path().to_string_lossy().contains("set-aside"));
    assert_eq!(aside.count(), 0);
}
