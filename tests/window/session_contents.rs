//! What a session holds besides lesions, sliders and findings: the list as it was shown, where its labels come from, open studies,
//! and what flags of the command line stated about a model.

use egui::accesskit::Role;
use egui::{Key, Theme};
use egui_kittest::kittest::NodeT as _;
use flipscope::explorer::Launch;
use flipscope::explorer::batch::command::BatchCommand;
use flipscope::explorer::batch::findings::{FindingColumn, FindingSort};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::list::arrange::{Chosen, Filter, Sort};
use flipscope::explorer::explore::list::columns::Column;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::page::Page;
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope::explorer::session::command::SessionCommand;
use flipscope::explorer::state::State;
use flipscope::explorer::study::command::StudyCommand;
use flipscope::explorer::study::state::StudyForm;
use flipscope_lab::search::AttackKind;
use flipscope_lab::study::plan::Draft;
use flipscope_lab::study::sweep::Family;
use flipscope_model::{Label, ModelSource, Overrides};

use super::opened::{album, keeping, keeping_bare, message, settled, write_labels};
use super::sessions::go_on;
use super::support::{LECTURE_HALL, Window, launch};
use crate::lesions::lesions;

fn truths(window: &Window) -> Vec<Option<Label>> {
    let rows = window.seen().list.rows.iter();
    let label = |row: &flipscope::explorer::explore::list::rows::Row| {
        row.truth.as_ref().and_then(|truth| truth.label)
    };
    rows.map(label).collect()
}

fn labelled(state: &State) -> bool {
    settled(state) && state.list.counts.known > 0
}

#[test]
fn the_list_is_as_it_was_and_its_labels_are_read_again() {
    let folder = album(&["a.png", "b.png", "c.png"]);
    write_labels(folder.path(), "a,nevus\nb,nevus\nc,melanoma\n");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let corrected = write_labels(elsewhere.path(), "a,melanoma\n");
    let kept = tempfile::tempdir().expect("a folder");
    let paths = vec![folder.path().to_owned()];
    let Some(mut window) = keeping_bare(kept.path(), paths) else {
        return;
    };
    window.until("the labels", labelled);
    window.ask(Command::List(ListCommand::Labels(corrected.clone())));
    window.until("the other labels", |state| state.list.labels.len() == 2);
    let wanted = [
        Some(Label::Melanoma),
        Some(Label::Nevus),
        Some(Label::Melanoma),
    ];
    assert_eq!(truths(&window), wanted);
    window.ask(Command::List(ListCommand::Sort(Column::Name)));
    window.ask(Command::List(ListCommand::Sort(Column::Name)));
    window.ask(Command::List(ListCommand::Filter(Filter::Melanomas)));
    window.ask(Command::List(ListCommand::Search("png".to_owned())));
    window.ask(Command::List(ListCommand::Grid(true)));
    window.ask(Command::Batch(BatchCommand::Sort(FindingColumn::Size)));
    window.ask(Command::Presenter(PresenterCommand::Guess));
    drop(window);

    let mut window = keeping_bare(kept.path(), Vec::new()).expect("as before");
    go_on(&mut window);
    window.until("the labels", labelled);
    let table = &window.seen().list;
    let chosen = Chosen {
        sort: Some(Sort {
            column: Column::Name,
            reversed: true,
        }),
        filter: Filter::Melanomas,
        search: "png".to_owned(),
    };
    assert_eq!(table.chosen, chosen);
    assert!(table.grid && table.shown == 2);
    let of_findings = FindingSort::default().clicked(FindingColumn::Size);
    assert_eq!(window.seen().batch.sort, of_findings);
    assert!(window.seen().presenter.guessing);
    // What the person named later still comes after what was in the folder.
    assert_eq!(truths(&window), wanted);
    assert!(
        window.seen().messages.is_empty(),
        "what is known is not said again: {:?}",
        window.seen().messages
    );
    drop(window);

    // A table that is gone is named; it is not forgotten.
    let aside = elsewhere.path().join("aside");
    std::fs::rename(&corrected, &aside).expect("moved");
    let mut window = keeping_bare(kept.path(), Vec::new()).expect("as before");
    go_on(&mut window);
    window.until("the labels", labelled);
    assert!(message(&window, "No labels").contains("labels.csv"));
    assert_eq!(truths(&window)[0], Some(Label::Nevus));
    drop(window);
    std::fs::rename(&aside, &corrected).expect("moved back");
    let mut window = keeping_bare(kept.path(), Vec::new()).expect("as before");
    go_on(&mut window);
    window.until("the labels", labelled);
    assert_eq!(truths(&window), wanted);

    // Labels that a person forgot are not read again.
    window.ask(Command::List(ListCommand::ForgetLabels));
    drop(window);
    let mut window = keeping_bare(kept.path(), Vec::new()).expect("as before");
    go_on(&mut window);
    window.run_steps(10);
    assert_eq!(truths(&window), [None; 3]);
}

#[test]
fn an_open_study_is_open_again_and_listed_among_the_recent_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    lesions(&data, 2);
    let kept = folder.path().join("state");
    let Some(mut window) = keeping(&kept, Vec::new(), ModelSource::default()) else {
        return;
    };
    window.until("the model", |state| state.model.ready.is_some());
    window.ask(Command::OpenPage(Page::Study));
    let form = StudyForm {
        data: Some(data),
        draft: Draft {
            families: vec![Family::Flip],
            ..Draft::default()
        },
        ..StudyForm::default()
    };
    window.ask(Command::Study(StudyCommand::Set(Box::new(form))));
    let file = folder.path().join("mine.study");
    window.ask(Command::Study(StudyCommand::Make(file.clone())));
    let open = |state: &State| state.studies.is_idle() && state.studies.open.is_some();
    window.until("the study", open);
    drop(window);

    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    window.until("the question", |state| state.sessions.offer.is_some());
    window.ask(Command::Session(SessionCommand::Continue));
    window.until("the study", open);
    let opened = window.seen().studies.open.as_ref().map(|open| &open.file);
    assert_eq!((opened, window.seen().page), (Some(&file), Page::Study));
    window.ask(Command::Study(StudyCommand::Close));
    drop(window);

    // Closed, it is offered by name.
    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    window.ask(Command::OpenPage(Page::Study));
    window.click(egui::accesskit::Role::Button, "Open mine.study");
    window.until("the study", open);
    window.ask(Command::Study(StudyCommand::Close));
    window.click(
        egui::accesskit::Role::Button,
        "Take mine.study off the list",
    );
    assert!(window.seen().studies.recent.is_empty() && file.exists());
}

/// What was typed for a study that is not made yet is typed once: after a restart it is there, with nothing open and with something.
#[test]
fn the_form_of_a_study_is_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("state");
    let Some(mut window) = keeping_bare(&kept, Vec::new()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Study));
    let seed = |window: &mut Window, seed: &str| {
        window.reach(Role::SpinButton, "Seed");
        window.letters(seed);
        window.key(Key::Enter);
    };
    seed(&mut window, "4711");
    window.reach(Role::CheckBox, "Pose");
    let data = folder.path().join("data");
    window.ask(Command::Study(StudyCommand::Data(data.clone())));
    drop(window);

    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    window.until("the page", |state| state.page == Page::Study);
    let form = &window.seen().studies.form;
    assert_eq!((form.draft.seed, form.data.as_ref()), (4711, Some(&data)));
    assert_eq!(form.draft.attacks, [AttackKind::Pose]);
    window.ask(Command::OpenSamples(0));
    window.until("the samples", settled);
    window.ask(Command::OpenPage(Page::Study));
    seed(&mut window, "4712");
    drop(window);

    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    go_on(&mut window);
    let form = &window.seen().studies.form;
    assert_eq!((form.draft.seed, form.data.as_ref()), (4712, Some(&data)));
    assert_eq!(form.draft.attacks, [AttackKind::Pose]);
}

/// Sessions of before the form was kept say nothing about it.
#[test]
fn a_session_without_a_form_leaves_the_one_that_is_being_filled_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("state");
    let Some(mut window) = keeping_bare(&kept, Vec::new()) else {
        return;
    };
    window.ask(Command::OpenSamples(0));
    window.until("the samples", settled);
    let file = folder.path().join("older.session");
    let save = Command::Session(SessionCommand::SaveAs(file.clone()));
    window.ask(save);
    window.until("the file", |state| !state.sessions.recent.is_empty());
    let text = std::fs::read_to_string(&file).expect("a session");
    let mut older: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let contents = older["contents"].as_object_mut().expect("contents");
    contents.remove("study_form").expect("the form");
    std::fs::write(&file, older.to_string()).expect("written");

    window.ask(Command::Close(window.seen().lesions[2].id));
    window.ask(Command::OpenPage(Page::Study));
    window.reach(Role::SpinButton, "Seed");
    window.letters("4711");
    window.key(Key::Enter);
    window.ask(Command::Session(SessionCommand::Open(file)));
    window.until("the session", |state| {
        settled(state) && state.lesions.len() == 3
    });
    window.ask(Command::OpenPage(Page::Study));
    assert_eq!(window.seen().studies.form.draft.seed, 4711);
    let seed = window.node(Role::SpinButton, "Seed").accesskit_node();
    assert_eq!(seed.numeric_value(), Some(4711.0));
}

/// Without them the same file would be another model, or none.
#[test]
fn what_flags_state_about_a_model_is_stated_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let photographs = album(&["a.png"]);
    let stated = Overrides {
        threshold: Some(0.125),
        ..Overrides::default()
    };
    let start = |overrides, paths| {
        let start = Launch {
            overrides,
            paths,
            memory: Some(folder.path().join("window.json")),
            ..Launch::default()
        };
        launch(start, LECTURE_HALL, Theme::Light)
    };
    let paths = vec![photographs.path().to_owned()];
    let Some(mut window) = start(stated.clone(), paths) else {
        return;
    };
    let ready = |state: &State| state.model.ready.is_some() && state.model.loading.is_none();
    window.until("the model", |state| settled(state) && ready(state));
    assert_eq!(window.seen().threshold(), 0.125);
    drop(window);

    let mut window = start(Overrides::default(), Vec::new()).expect("as before");
    window.until("the model", ready);
    assert_ne!(window.seen().threshold(), 0.125);
    go_on(&mut window);
    window.until("the model", |state| {
        ready(state) && state.threshold() == 0.125
    });
    assert_eq!(window.seen().overrides, stated);
    drop(window);

    // What the next command line states itself comes first.
    let other = Overrides {
        threshold: Some(0.75),
        ..Overrides::default()
    };
    let mut window = start(other, Vec::new()).expect("as before");
    window.until("the model", ready);
    go_on(&mut window);
    window.until("the model", ready);
    assert_eq!(window.seen().threshold(), 0.75);
}
