//! A study that another run works on too, and one whose photographs were moved.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::state::State;
use flipscope::explorer::study::command::StudyCommand;
use flipscope::explorer::study::state::{Activity, StudyForm};
use flipscope_lab::study::plan::{Draft, Plan, Shard, WorkUnit};
use flipscope_lab::study::store::{Queue, Score, Store};
use flipscope_lab::study::sweep::Family;

use super::studying::{complete, form, make, ready, study};
use crate::lesions::lesions;
use crate::support::Window;

/// What another run of the study in a file has claimed: the first of its units, all but so many.
fn claimed(file: &Path, all_but: usize) -> (Store, Plan, i64, Vec<WorkUnit>) {
    let mut store = Store::open(file).expect("a study");
    let plan = store.plan().expect("a plan");
    let mut units: Vec<WorkUnit> = plan.units(0, Shard::WHOLE).collect();
    units.truncate(units.len() - all_but);
    let other = store.enter("another run", Shard::WHOLE).expect("a number");
    let mut queue = Queue::new(units.clone());
    let claimed = store.claim(other, &mut queue, units.len());
    assert_eq!(claimed.expect("claims"), units);
    (store, plan, other, units)
}

/// A study of some lesions of each class, made in a window.
fn made(window: &mut Window, each: u64, families: Vec<Family>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, each);
    let form = StudyForm {
        draft: Draft {
            families,
            ..Draft::default()
        },
        ..form(&data)
    };
    study(window, StudyCommand::Set(Box::new(form)));
    let file = folder.path().join("one.study");
    make(window, file.clone());
    (folder, file)
}

/// Another run, which does not get on, has claimed all there is to do: the window says that it waits for it, and then does it.
#[test]
fn a_run_says_that_it_waits_for_another_run_of_the_same_study() {
    let Some(mut window) = ready() else { return };
    let (_folder, file) = made(&mut window, 2, vec![Family::ShiftX]);
    claimed(&file, 0);
    study(&mut window, StudyCommand::Run);
    let waits = |state: &State| {
        matches!(
            state.studies.activity,
            Activity::Running {
                waiting: Some(_),
                ..
            }
        )
    };
    window.until("the wait", waits);
    window.get_by_label_contains("Another run of this study is at the last");
    window.until("the end", complete);
}

/// While the window works, what another run does meanwhile is counted, too.
#[test]
fn the_units_of_another_run_are_counted_while_the_window_works() {
    let Some(mut window) = ready() else { return };
    let families = vec![Family::ShiftX, Family::ShiftY, Family::Rotation];
    let (_folder, file) = made(&mut window, 5, families);
    let (mut store, plan, other, theirs) = claimed(&file, 8);
    study(&mut window, StudyCommand::Run);
    let works = |state: &State| {
        matches!(
            state.studies.activity,
            Activity::Running {
                progress: Some(_),
                ..
            }
        )
    };
    window.until("the first batch", works);
    for unit in &theirs {
        let variants = plan.jobs[unit.job as usize].variants().len();
        let scores: Vec<Score> = (0..variants)
            .map(|variant| Score {
                unit: *unit,
                variant: variant.try_into().expect("a small number"),
                p_melanoma: 0.25,
            })
            .collect();
        let kept = store.keep_scores(other, &scores, &[(*unit, variants as u64)]);
        assert_eq!(kept.expect("kept").units, 1);
    }
    // More than the eight that are left to the window.
    assert!(theirs.len() > 8);
    window.until("their units", |state| {
        let open = state.studies.open.as_ref().expect("a study");
        works(state) && open.status.work()[0] >= theirs.len() as u64
    });
    study(&mut window, StudyCommand::Pause);
    window.until("the pause", |state| state.studies.is_idle());
}

/// Photographs that were moved are named by the folder that they are in now; files that are not theirs are not taken for them.
#[test]
fn photographs_that_were_moved_are_found_where_a_person_says() {
    let Some(mut window) = ready() else { return };
    let (folder, file) = made(&mut window, 1, vec![Family::ShiftX]);
    let now = folder.path().join("elsewhere/now");
    std::fs::create_dir_all(now.with_file_name("")).expect("a folder");
    std::fs::rename(folder.path().join("data"), &now).expect("moved");
    let asked = |window: &Window| {
        window
            .query_by_label("Where are the photographs?…")
            .is_some()
    };
    assert!(!asked(&window), "nothing is known to be missing");
    study(&mut window, StudyCommand::Run);
    let ended = |state: &State| state.studies.is_idle();
    window.until("the end", ended);
    assert_eq!(window.seen().studies.missing, 2);
    window.run_steps(2);
    let mut messages = window.seen().messages.iter();
    assert!(messages.any(|one| one.text.contains("could not judge 2 photographs")));
    let problems = &window.seen().studies.problems;
    assert!(
        problems
            .iter()
            .all(|problem| problem.ends_with(" is missing")),
        "{problems:?}"
    );
    // Before what is done already.
    let asked_at = window.place(Role::Button, "Where are the photographs?…");
    assert!(asked_at.top() < window.get_by_label("Progress").rect().top());
    window.fits_everywhere("missing photographs");
    window.check_accessibility();

    // The same names, and other pictures.
    let others = folder.path().join("others");
    for (name, content) in [
        ("nevus/0.png", "melanoma/10000.png"),
        ("melanoma/10000.png", "nevus/0.png"),
    ] {
        let name = others.join(name);
        std::fs::create_dir_all(name.with_file_name("")).expect("a folder");
        std::fs::copy(now.join(content), name).expect("copied");
    }
    study(&mut window, StudyCommand::RunWith(others));
    window.until("the end", ended);
    window.run_steps(2);
    assert_eq!(window.seen().studies.problems.len(), 2);
    assert!(!complete(window.seen()) && asked(&window));

    // Where the system shows no dialog, a folder is dropped. Of one that holds nothing of the study that is said, and said once.
    let wrong = folder.path().join("wrong");
    std::fs::create_dir(&wrong).expect("a folder");
    window.drop_files(std::slice::from_ref(&wrong));
    window.until("the end", ended);
    window.run_steps(2);
    let about_it = window.seen().messages.iter();
    let about_it: Vec<&str> = about_it.map(|one| one.text.as_str()).collect();
    assert_eq!(about_it.len(), 1, "{about_it:?}");
    assert!(about_it[0].ends_with("wrong holds none of the missing photographs."));
    assert!(window.query_by_label("Could not be judged").is_none() && asked(&window));

    window.drop_files(std::slice::from_ref(&now));
    window.until("the end", complete);
    window.run_steps(2);
    assert!(window.seen().studies.problems.is_empty() && !asked(&window));
    assert!(window.seen().messages.is_empty(), "it was tried again");
    assert_ne!(window.seen().studies.form.data.as_ref(), Some(&now));

    // Or it is named with the study.
    study(&mut window, StudyCommand::Close);
    window.drop_files(&[file, now.clone()]);
    window.until("the study", |state| state.studies.open.is_some());
    let root = window
        .seen()
        .studies
        .open
        .as_ref()
        .and_then(|open| open.root.as_ref());
    assert_eq!(root, Some(&now));
    let mut messages = window.seen().messages.iter();
    assert!(!messages.any(|one| one.text.contains("not in")) && !asked(&window));
}

/// A folder that is named with a study, and that its photographs are not in, is said to be the wrong one before the study is resumed.
#[test]
fn how_many_photographs_a_folder_named_with_a_study_lacks_is_said_at_once() {
    let Some(mut window) = ready() else { return };
    let (folder, file) = made(&mut window, 1, vec![Family::ShiftX]);
    study(&mut window, StudyCommand::Close);
    let wrong = folder.path().join("wrong");
    std::fs::create_dir(&wrong).expect("a folder");
    let said = |window: &mut Window| {
        window.ask(Command::DismissAll);
        window.drop_files(&[file.clone(), wrong.clone()]);
        window.until("the study", |state| state.studies.open.is_some());
        window.run_steps(2);
        window.node(Role::Button, "Where are the photographs?…");
        let about_it = window.seen().messages.iter();
        let about_it: Vec<String> = about_it.map(|one| one.text.clone()).collect();
        study(window, StudyCommand::Close);
        about_it
    };
    let [none] = &said(&mut window)[..] else {
        panic!("one message");
    };
    let part = "None of the study's photographs is in ";
    assert!(none.starts_with(part) && none.ends_with("wrong."), "{none}");
    std::fs::copy(folder.path().join("data/nevus/0.png"), wrong.join("0.png")).expect("copied");
    let [some] = &said(&mut window)[..] else {
        panic!("one message");
    };
    let part = "1 of the study's 2 photographs is not in ";
    assert!(some.starts_with(part) && some.ends_with("wrong."), "{some}");
}
