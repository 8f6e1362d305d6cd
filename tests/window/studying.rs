//! The *Study* page: a study made, started, paused, resumed, written down, closed and opened again.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::{Command, RemedyCommand};
use flipscope::explorer::message::Severity;
use flipscope::explorer::page::Page;
use flipscope::explorer::state::State;
use flipscope::explorer::study::command::StudyCommand;
use flipscope::explorer::study::request::Writing;
use flipscope::explorer::study::state::{Activity, Beginning, StudyForm};
use flipscope_lab::proof::{BoxKind, ProofBox};
use flipscope_lab::study::plan::Draft;
use flipscope_lab::study::sweep::Family;
use flipscope_model::Remedy;
use flipscope_model::scheduler::ModelSlot;

use crate::lesions::lesions;
use crate::support::{Window, window};

/// A form for shifts of some synthetic lesions.
pub(super) fn form(data: &Path) -> StudyForm {
    StudyForm {
        data: Some(data.to_owned()),
        draft: Draft {
            families: vec![Family::ShiftX],
            ..Draft::default()
        },
        ..StudyForm::default()
    }
}

pub(super) fn study(window: &mut Window, command: StudyCommand) {
    window.ask(Command::Study(command));
}

pub(super) fn ready() -> Option<Window> {
    let mut window = window()?;
    window.until("the model", |state| state.model.ready.is_some());
    window.keys(Modifiers::COMMAND, Key::Num2);
    assert_eq!(window.seen().page, Page::Study);
    Some(window)
}

pub(super) fn make(window: &mut Window, file: PathBuf) {
    study(window, StudyCommand::Make(file));
    window.until("the study", |state| {
        state.studies.is_idle() && state.studies.open.is_some()
    });
}

pub(super) fn complete(state: &State) -> bool {
    let open = state.studies.open.as_ref();
    state.studies.is_idle() && open.is_some_and(|open| open.status.is_complete())
}

/// The tables of the open study.
fn tables(window: &mut Window, folder: &Path) -> Vec<(String, String)> {
    std::fs::create_dir_all(folder).expect("a folder");
    let write = StudyCommand::Write(Writing::Tables, folder.to_owned());
    study(window, write);
    window.until("the tables", |state| state.studies.writing == 0);
    let mut tables: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a table");
            (name.into_owned(), text)
        })
        .collect();
    tables.sort();
    tables
}

fn has_error(state: &State, text: &str) -> bool {
    let mut messages = state.messages.iter();
    messages.any(|message| message.severity == Severity::Error && message.text.contains(text))
}

#[test]
fn the_page_says_which_remedy_a_study_will_be_made_with_and_which_it_was_made_with() {
    let Some(mut window) = ready() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, 2);
    window.get_by_label("No remedy");
    let remedy: Remedy = "average-4".parse().expect("a remedy");
    let wanted = RemedyCommand::Use(ModelSlot::Primary, remedy);
    window.ask(Command::Remedy(wanted));
    window.until("the remedy", |state| {
        (state.model.ready.as_ref()).is_some_and(|model| model.info.remedy == remedy)
    });
    window.run_steps(2);
    window.get_by_label("Average over 4 rotations");
    let mut form = form(&data);
    form.draft.families = Vec::new();
    study(&mut window, StudyCommand::Set(Box::new(form)));
    make(&mut window, folder.path().join("one.study"));
    window.get_by_label_contains(": average over 4 rotations");
    window.click(Role::Button, "Start");
    window.until("the end", complete);
    // In the form, and beside the results.
    let said = window.query_all_by_label("Average over 4 rotations");
    assert_eq!(said.count(), 2);
}

/// What the page says that is being done, where it has a bar for it.
fn under_way(window: &Window) -> Option<String> {
    let mut bars = window.query_all(by().role(Role::ProgressIndicator));
    bars.find_map(|bar| bar.accesskit_node().label())
}

#[test]
fn a_run_says_what_it_does_from_its_first_frame_on() {
    let Some(mut window) = ready() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, 2);
    study(&mut window, StudyCommand::Set(Box::new(form(&data))));
    let file = folder.path().join("one.study");
    window
        .state_mut()
        .command(Command::Study(StudyCommand::Make(file)));
    window.step();
    let said = under_way(&window).expect("a bar");
    assert!(said.starts_with("Reading"), "{said}");
    window.until("the study", |state| {
        state.studies.is_idle() && state.studies.open.is_some()
    });
    window
        .state_mut()
        .command(Command::Study(StudyCommand::Run));
    window.step();
    assert_eq!(
        under_way(&window).as_deref(),
        Some("Checking the file, and what is done already…")
    );
    let told = RefCell::new(Vec::new());
    window.until("the first batch", |state| {
        if let Activity::Running {
            beginning,
            progress: None,
            ..
        } = &state.studies.activity
        {
            told.borrow_mut().push(beginning.clone());
        }
        !matches!(
            state.studies.activity,
            Activity::Running { progress: None, .. }
        )
    });
    let judged = told.into_inner().into_iter().filter_map(|one| match one {
        Beginning::Judging(done, of) if of > 0 => Some([done, of]),
        _ => None,
    });
    let judged: Vec<_> = judged.collect();
    assert!(!judged.is_empty());
    assert!(judged.iter().all(|[done, of]| done <= of), "{judged:?}");
    window.until("the end", complete);
    assert!(under_way(&window).is_none());
}

/// Closes the study, which is said in a message that ends so.
fn closes(window: &mut Window, end: &str) {
    window.reach(Role::Button, "Close study");
    let state = window.seen();
    assert!(state.studies.open.is_none());
    let said = state.messages.iter().any(|one| one.text.ends_with(end));
    assert!(said, "{:?}", state.messages);
}

/// Words are there, and not broken by letters, as where a column is too narrow.
fn on_one_line(window: &Window, words: &[&str]) {
    for words in words {
        let lines = window.query_all_by_label(words);
        let height = (lines.map(|line| line.rect().height())).fold(0.0, f32::max);
        assert!(0.0 < height && height < 24.0, "{words}: {height} points");
    }
}

#[test]
fn a_study_is_made_paused_resumed_and_written_as_if_it_had_never_been_paused() {
    let Some(mut window) = ready() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, 3);
    window.get_by_label("Choose the labelled photographs first.");
    window.drop_files(std::slice::from_ref(&data));
    assert_eq!(window.seen().studies.form.data.as_ref(), Some(&data));
    window.click(Role::RadioButton, "Perturbations: None");
    assert!(window.seen().studies.form.draft.families.is_empty());
    window.click(Role::CheckBox, "FGSM");
    assert_eq!(window.seen().studies.form.draft.attacks.len(), 1);
    window.click(Role::CheckBox, "FGSM");
    study(&mut window, StudyCommand::Set(Box::new(form(&data))));

    make(&mut window, folder.path().join("one.study"));
    window.get_by_label_contains("data: 3 melanomas, 3 nevi");
    window.get_by_label_contains("Takes about");
    window.click(Role::Button, "Start");
    window.until("the first batch", |state| {
        let activity = &state.studies.activity;
        matches!(
            activity,
            Activity::Running {
                progress: Some(_),
                ..
            }
        )
    });
    // It is said on every page, and found again from there.
    window.click(Role::RadioButton, "Page: Explore");
    window
        .get_by_label_contains("Under way: one.study: ")
        .click();
    window.run_steps(2);
    assert_eq!(window.seen().page, Page::Study);
    window.click(Role::Button, "Pause");
    window.until("the pause", |state| state.studies.is_idle());
    assert!(window.query_by_label_contains("Under way").is_none());
    let open = window.seen().studies.open.as_ref().expect("it is open");
    assert!(!open.status.is_untouched(), "the first batch is kept");
    assert!(!open.status.is_complete(), "66 frames are three batches");
    window.click(Role::Button, "Resume");
    window.until("the end", complete);
    // Complete units, and the frames behind them.
    on_one_line(&window, &["evaluation", "6 of 6", "6 frames", "60 frames"]);
    let summary = window.seen().studies.open.as_ref().expect("it is open");
    let summary = summary.status.summaries[0].clone();
    let sensitivity = summary.sensitivity.expect("melanomas were judged");
    let rate = format!("{} of 3: ", sensitivity.count());
    assert!(window.query_all_by_label_contains(&rate).next().is_some());
    // The figures of the report, without writing one.
    window.until("the figures", |state| {
        !state.studies.figures.drawing && state.studies.figures.drawn.len() == 3
    });
    for title in [
        "Receiver operating characteristic",
        "Reliability",
        "Moved to the left or right",
    ] {
        window.node(Role::Image, title);
    }
    let one = tables(&mut window, &folder.path().join("tables one"));
    let (_, evaluation) = (one.iter().find(|(name, _)| name == "evaluation.csv")).expect("a table");
    let counts = format!(",{},{},", sensitivity.count(), 3 - sensitivity.count());
    assert!(evaluation.contains(&counts), "{evaluation}");

    make(&mut window, folder.path().join("two.study"));
    window.click(Role::Button, "Start");
    window.until("the end", complete);
    let two = tables(&mut window, &folder.path().join("tables two"));
    assert_eq!(one, two);

    let pages = folder.path().join("report");
    std::fs::create_dir(&pages).expect("a folder");
    study(&mut window, StudyCommand::Write(Writing::Report, pages));
    window.until("the report", |state| state.studies.report.is_some());
    window.click(Role::Button, "Copy its path");

    // Copies of one study become one; then there is nothing left to do.
    let copy = folder.path().join("copy.study");
    std::fs::copy(folder.path().join("two.study"), &copy).expect("a copy");
    let both = vec![folder.path().join("two.study"), copy];
    let whole = folder.path().join("whole.study");
    study(&mut window, StudyCommand::Merge(both, whole.clone()));
    window.until("the merged study", |state| {
        let open = state.studies.open.as_ref().expect("one stays open");
        open.file == whole && complete(state)
    });
    window.fits_everywhere("an open study");
    closes(&mut window, "whole.study is complete, and closed.");
    window.get_by_label("No study is open");
    window.fits_everywhere("the study page");
    window.node(Role::Button, "Open two.study");
    window.click(Role::Button, "Open whole.study");
    window.until("the study", |state| state.studies.open.is_some());
    let recent = window.seen().studies.recent.iter();
    let known: Vec<_> = recent
        .map(|one| (one.what.in_words(), one.progress.in_words()))
        .collect();
    let expected = ("data: 3 melanomas, 3 nevi", "Complete");
    assert_eq!(known.len(), 3);
    for (what, progress) in &known {
        assert_eq!((what.as_str(), progress.as_str()), expected);
    }
}

#[test]
fn proofs_are_asked_in_the_form_and_their_outcomes_shown() {
    let Some(mut window) = ready() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, 4);
    window.drop_files(std::slice::from_ref(&data));
    window.click(Role::RadioButton, "Perturbations: None");
    window.reach(Role::CheckBox, "Prove: Offset");
    window.reach(Role::CheckBox, "Prove: Rotation");
    let asked = &window.seen().studies.form.draft.proofs;
    let usual = [BoxKind::Offset, BoxKind::Rotation].map(ProofBox::usual);
    assert_eq!(asked[..], usual);
    window.reach(Role::RadioButton, "Attacked: Nevi too");
    let mut form = window.seen().studies.form.clone();
    form.draft.proofs = vec!["offset:1:green".parse().expect("a box")];
    study(&mut window, StudyCommand::Set(Box::new(form)));
    window.fits_everywhere("the form with proofs");
    make(&mut window, folder.path().join("one.study"));
    window.get_by_label_contains("Takes at most about");
    window.click(Role::Button, "Start");
    window.until("the end", complete);
    window.run_steps(2);
    let open = window.seen().studies.open.as_ref().expect("it is open");
    let proofs = open.status.summaries[0].proofs.clone();
    assert_eq!(proofs.len(), 2, "melanomas and nevi");
    let (of, (_, share)) = (proofs.iter())
        .find_map(|proof| Some((proof, *proof.outcomes.first()?)))
        .expect("some picture is called rightly");
    let class = of.direction.from().name();
    let name = format!("({class}, offsets ±1 (green))");
    window.get_by_label_contains(&name);
    let rate = format!("{} of {}: ", share.count(), share.total());
    assert!(window.query_all_by_label_contains(&rate).next().is_some());
}

#[test]
fn what_is_no_study_is_refused_and_what_was_open_stays_open() {
    let Some(mut window) = ready() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, 2);
    study(&mut window, StudyCommand::Set(Box::new(form(&data))));
    let file = folder.path().join("mine.study");
    make(&mut window, file.clone());

    let other = folder.path().join("other.study");
    std::fs::write(&other, "not a study").expect("a file");
    window.drop_files(std::slice::from_ref(&other));
    window.until("the refusal", |state| has_error(state, "other.study"));
    // The file of another study is never written over.
    study(&mut window, StudyCommand::Make(file.clone()));
    window.until("the refusal", |state| has_error(state, "exists already"));
    std::fs::remove_dir_all(data.join("melanoma")).expect("a folder");
    let third = folder.path().join("third.study");
    study(&mut window, StudyCommand::Make(third.clone()));
    window.until("the refusal", |state| has_error(state, "melanoma"));
    assert!(!third.exists());
    let open = window.seen().studies.open.as_ref().expect("it stays open");
    assert_eq!(open.file, file);

    // Pictures that are gone are named, and the rest goes on.
    window.click(Role::Button, "Start");
    window.until("the end", |state| state.studies.is_idle());
    assert!(window.seen().studies.problems.len() >= 2);
    window.get_by_label("Could not be judged");
    window.get_by_role_and_label(Role::Button, "Resume");
}

#[test]
fn keys_that_alter_a_lesion_do_nothing_where_none_is_in_sight() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    window.type_number(
        flipscope::explorer::explore::controls::Control::OffsetGreen,
        "-7",
    );
    let altered = window.perturbation();
    window.click(Role::RadioButton, "Page: Study");
    window.key(Key::R);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.perturbation(), altered);
    window.click(Role::RadioButton, "Page: Explore");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_ne!(window.perturbation(), altered);
}
