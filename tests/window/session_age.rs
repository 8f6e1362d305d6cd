//! How old a session is when the whole program is killed: nothing that is older than five seconds is lost.

use std::path::Path;
use std::time::{Duration, Instant};

use flipscope::explorer::command::Command;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::session::file;
use flipscope::explorer::{App, Launch};

use super::kills;
use super::opened::no_model;

/// What a kill may lose.
const LOST: Duration = Duration::from_secs(5);
/// Between two changes.
const EVERY: Duration = Duration::from_millis(40);
/// Programs that run at the same time, and how often.
const TOGETHER: u64 = 20;
const ROUNDS: u64 = 5;

/// The number of the last change that a session holds; none if there is no session.
fn last_change(folder: &Path) -> Option<u64> {
    let last = folder.join("last.session");
    let read = last.exists().then(|| file::open(&last))?;
    let read = read.expect("a whole session");
    assert!(read.problems.is_empty());
    Some(read.session.contents.form.seed)
}

/// The application without a window, as its window would drive it: a change every few milliseconds, until it is killed. Tells at
/// the end which changes were older than five seconds.
#[test]
#[ignore = "the child that another test starts and kills"]
fn child_that_changes_something_all_the_time() {
    let Some([folder, milliseconds]) = kills::asked() else {
        return;
    };
    let end = Duration::from_millis(milliseconds.parse().expect("a number"));
    let folder = Path::new(&folder);
    let launch = Launch {
        memory: Some(folder.join("window.json")),
        model: no_model(),
        ..Launch::default()
    };
    let context = egui::Context::default();
    let mut app = App::new(&context, false, launch).expect("threads");
    let start = Instant::now();
    let mut changes = Vec::new();
    while start.elapsed() < end {
        let number = changes.len() as u64 + 1;
        let form = Form {
            seed: number,
            ..Form::default()
        };
        app.command(Command::Search(SearchCommand::Set(Box::new(form))));
        let mut drawn = context.run_ui(egui::RawInput::default(), |ui| app.logic(ui.ctx()));
        drawn.textures_delta.clear();
        // From here on it is a change that a person has seen.
        changes.push(Instant::now());
        std::thread::sleep(EVERY);
    }
    let old = changes.iter().filter(|at| at.elapsed() > LOST).count();
    kills::tell(&format!("{old} {}", changes.len()));
    kills::die()
}

/// A hundred programs, each killed some time after its start, most of them after it has saved once or several times.
#[test]
fn a_hundred_kills_lose_nothing_that_is_older_than_five_seconds() {
    let (mut saved, mut ages) = (0, Vec::new());
    for round in 0..ROUNDS {
        let children: Vec<_> = (0..TOGETHER)
            .map(|child| {
                let number = round * TOGETHER + child;
                let work = move || {
                    let folder = tempfile::tempdir().expect("a folder");
                    // Before the first save, during one, between two, after several.
                    let milliseconds = (1_500 + number * 67 % 5_000).to_string();
                    let path = folder.path().to_str().expect("Unicode");
                    let child = "session_age::child_that_changes_something_all_the_time";
                    let told = kills::killed(child, &[path, &milliseconds]);
                    let told = told.last().expect("it tells").split(' ');
                    let [old, all]: [u64; 2] = told
                        .map(|number| number.parse().expect("a number"))
                        .collect::<Vec<_>>()
                        .try_into()
                        .expect("two numbers");
                    (last_change(folder.path()), old, all)
                };
                let named = std::thread::Builder::new().name(format!("child {number}"));
                named.spawn(work).expect("a thread")
            })
            .collect();
        for child in children {
            let (held, old, all) = child.join().expect("a child");
            let held_at_most = held.unwrap_or(0);
            assert!(
                (old..=all).contains(&held_at_most),
                "{held:?}: {old} of {all} were old"
            );
            saved += u64::from(held.is_some());
            ages.push(all - held_at_most);
        }
    }
    assert!(
        saved > ROUNDS * TOGETHER / 2,
        "{saved} have saved something"
    );
    assert!(ages.iter().any(|age| *age > 0), "{ages:?}");
}

/// While the window is open, and nobody does anything else: one change, on disk within five seconds.
#[test]
fn one_change_is_on_disk_within_five_seconds() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = super::opened::keeping_bare(folder.path(), Vec::new()) else {
        return;
    };
    window.ask(Command::OpenSamples(0));
    window.until("the samples", super::opened::settled);
    window.until("the first save", |_| last_change(folder.path()).is_some());
    let form = Form {
        seed: 4711,
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    let start = Instant::now();
    window.until("the change", |_| last_change(folder.path()) == Some(4711));
    let took = start.elapsed();
    assert!(took < LOST, "{took:?}");
}
