//! Batch actions: one alteration on many lesions, searches on many lesions with their table of findings, exports, a study.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::batch::command::{BatchCommand, Whom};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::Lesion;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope::explorer::study::command::StudyCommand;
use flipscope::explorer::study::state::StudyForm;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::dataset::Part;
use flipscope_lab::search::attack::{Attack, AttackKind, Balance, Colour};
use flipscope_lab::search::{Budget, Mode, Preset, Strategy};
use flipscope_lab::study::sweep::{Channel, Family};
use flipscope_model::Label;

use super::support::{Window, launch, only, window_without_model, write_chart};

const LARGE: [f32; 2] = [1920.0, 1080.0];

/// A folder of plain pictures with a table of labels: two melanomas, a nevus, two without a diagnosis.
fn album() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, light) in [("a", 235), ("b", 60), ("c", 150), ("d", 20), ("e", 190)] {
        let pixels = [light, light / 2, light / 3].repeat(Frame::BYTES / 3);
        let frame = Frame::from_rgb(pixels).expect("a whole frame");
        let path = folder.path().join(format!("{name}.png"));
        frame.write_png(path).expect("a PNG");
    }
    let labels = "image_id,diagnosis\na,melanoma\nb,melanoma\nc,nevus\n";
    std::fs::write(folder.path().join("labels.csv"), labels).expect("written");
    folder
}

fn judged(state: &State) -> bool {
    state.listing == 0
        && state.list.reading == 0
        && state.lesions.len() == 5
        && (state.lesions.iter()).all(|lesion| lesion.answers.primary.before.is_some())
}

fn opened(folder: &Path) -> Option<Window> {
    let start = Launch {
        paths: vec![folder.to_owned()],
        ..Launch::default()
    };
    let mut window = launch(start, LARGE, Theme::Light)?;
    window.until("verdicts and labels", judged);
    Some(window)
}

pub(super) fn ask(window: &mut Window, command: BatchCommand) {
    window.ask(Command::Batch(command));
}

pub(super) fn said(state: &State, text: &str) -> bool {
    let mut messages = state.messages.iter();
    messages.any(|message| message.text.contains(text))
}

/// The labels of both verdicts on a lesion.
fn labels(state: &State, lesion: &Lesion) -> [Label; 2] {
    let answers = lesion.answers.primary.answered(&lesion.perturbation);
    answers
        .expect("judged")
        .map(|answer| state.label(&answer.verdict))
}

/// The cells of a CSV file without its header, by column.
pub(super) fn cells(path: &Path, column: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let header = reader.headers().expect("a header").clone();
    let at = header.iter().position(|name| name == column);
    let at = at.unwrap_or_else(|| panic!("{column} in {header:?}"));
    reader
        .records()
        .map(|row| row.expect("a row")[at].to_owned())
        .collect()
}

#[test]
fn an_alteration_is_applied_to_all_counted_and_undone_at_once() {
    let folder = album();
    let Some(mut window) = opened(folder.path()) else {
        return;
    };
    let alteration = only(Control::OffsetGreen, -35.0);
    window.ask(Command::Alter(Gesture::Click, Arc::new(alteration.clone())));
    let button = window.place(Role::Button, "Apply to all 5");
    let least = window.ctx.style_of(Theme::Light).spacing.interact_size.y;
    assert!(button.height() >= least, "{button:?}: less than {least}");
    window.click(Role::Button, "Apply to all 5");
    let complete = |state: &State| {
        let applied = state.batch.applied.as_ref();
        applied.is_some_and(|applied| applied.counts.is_complete())
    };
    window.until("the verdicts", complete);
    let state = window.seen();
    assert!((state.lesions.iter()).all(|lesion| *lesion.perturbation == alteration));

    // What the list says is what the verdicts say.
    let of = |names: &[&str]| -> Vec<[Label; 2]> {
        let named = |lesion: &&Lesion| names.iter().any(|name| lesion.name.starts_with(name));
        let lesions = state.lesions.iter().filter(named);
        lesions.map(|lesion| labels(state, lesion)).collect()
    };
    let nevi = |at: usize| {
        of(&["a", "b"])
            .iter()
            .filter(|both| both[at] == Label::Nevus)
            .count()
    };
    let missed = nevi(1);
    let line = format!("{missed} of 2 melanomas missed (unaltered: {})", nevi(0));
    window.get_by_label(&line);
    let changed = of(&["d", "e"]).iter().filter(|[a, b]| a != b).count();
    window.get_by_label(&format!("{changed} of 2 verdicts of other lesions changed"));
    window.get_by_label("Altered: green lowered by 35 of 255");

    // The same verdict as by hand: to the last bit.
    let second = state.lesions[1].id;
    let applied = state.lesions[1]
        .current()
        .expect("judged")
        .verdict
        .p_melanoma;
    window.ask(Command::Select(second));
    window.ask(Command::ResetAll);
    window.verdict();
    window.ask(Command::Alter(Gesture::Click, Arc::new(alteration.clone())));
    assert_eq!(window.verdict().verdict.p_melanoma, applied);
    for _ in 0..2 {
        window.keys(Modifiers::COMMAND, Key::Z);
    }

    // The list as CSV: rows as shown, no path.
    window.until("the verdicts of the redone step", |state| {
        (state.lesions.iter()).all(|lesion| lesion.current().is_some())
    });
    let csv = folder.path().join("list.csv");
    ask(&mut window, BatchCommand::ListCsv(csv.clone()));
    window.until("the table", |state| said(state, "Saved"));
    let text = std::fs::read_to_string(&csv).expect("a table");
    assert!(!text.contains(folder.path().to_str().expect("Unicode")));
    assert_eq!(
        cells(&csv, "lesion"),
        ["a.png", "b.png", "c.png", "d.png", "e.png"]
    );
    assert_eq!(
        cells(&csv, "truth"),
        ["melanoma", "melanoma", "nevus", "", ""]
    );
    let model = &window.seen().model.ready.as_ref().expect("a model").info;
    assert_eq!(cells(&csv, "model_sha256"), [model.sha256.as_str(); 5]);
    assert_eq!(cells(&csv, "remedy"), vec![model.remedy.to_string(); 5]);
    assert_eq!(
        cells(&csv, "framing"),
        vec![window.seen().framing().to_string(); 5]
    );
    assert_eq!(cells(&csv, "version"), [env!("CARGO_PKG_VERSION"); 5]);
    assert_eq!(cells(&csv, "altered_by"), ["green lowered by 35 of 255"; 5]);
    let altered: Vec<String> = (window.seen().lesions.iter())
        .map(|lesion| {
            lesion
                .current()
                .expect("judged")
                .verdict
                .p_melanoma
                .to_string()
        })
        .collect();
    assert_eq!(cells(&csv, "p_melanoma_altered"), altered);

    // One step takes it back, but for the lesion that it came from; one more brings it back.
    window.keys(Modifiers::COMMAND, Key::Z);
    let altered = |window: &Window| -> Vec<bool> {
        let lesions = window.seen().lesions.iter();
        lesions
            .map(|lesion| *lesion.perturbation == alteration)
            .collect()
    };
    assert_eq!(altered(&window), [true, false, false, false, false]);
    assert!(window.query_by_label(&line).is_none());
    window.keys(Modifiers::COMMAND, Key::Y);
    assert_eq!(altered(&window), [true; 5]);
    window.until("the verdicts again", complete);
    window.get_by_label(&line);
}

#[test]
fn selected_lesions_alone_are_altered_and_cancel_keeps_their_sliders() {
    let folder = album();
    let Some(mut window) = opened(folder.path()) else {
        return;
    };
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::Rotation, 40.0)),
    ));
    let third = window.seen().lesions[2].id;
    window.ask(Command::List(ListCommand::Mark(third)));
    window.get_by_label("Apply to all 5");
    // Applied and cancelled before any verdict can have come.
    window
        .state_mut()
        .command(Command::Batch(BatchCommand::Apply(Whom::Selected)));
    window
        .state_mut()
        .command(Command::Batch(BatchCommand::StopApplying));
    window.run_steps(2);
    assert!(said(
        window.seen(),
        "of 2 verdicts. The lesions keep the alteration"
    ));
    let rotated = |lesion: &Lesion| lesion.perturbation.rotate == 40.0;
    let which: Vec<bool> = window.seen().lesions.iter().map(rotated).collect();
    assert_eq!(which, [true, false, true, false, false]);
    assert!(
        !window
            .seen()
            .batch
            .applied
            .as_ref()
            .expect("applied")
            .asking
    );
    // The explored lesion is judged anyway; nothing else is asked for.
    window.verdict();
    window.ask(Command::Select(third));
    window.verdict();
    window.keys(Modifiers::COMMAND, Key::Z);
    let which: Vec<bool> = window.seen().lesions.iter().map(rotated).collect();
    assert_eq!(which, [true, false, false, false, false]);
}

/// Bounds within which nothing flips, and no end before the budget.
pub(super) fn narrow(evaluations: u64) -> Form {
    Form {
        attack: Attack::Colour(Colour {
            gain: [0.9995, 1.0005],
            ..Colour::default()
        }),
        mode: Mode::Lowest,
        strategy: Strategy::Evolution,
        budget: Budget {
            evaluations: Some(evaluations),
            seconds: None,
        },
        ..Form::default()
    }
}

pub(super) fn set(window: &mut Window, form: Form) {
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
}

#[test]
fn a_study_is_made_of_the_labels_and_the_alteration() {
    let folder = album();
    let Some(mut window) = window_without_model(vec![folder.path().to_owned()]) else {
        return;
    };
    window.until("the labels", |state| !state.list.data.is_empty());
    let alteration = Perturbation {
        rotate: 10.0,
        ..only(Control::OffsetGreen, -10.0)
    };
    window.ask(Command::Alter(Gesture::Click, Arc::new(alteration)));
    window.click(Role::Button, "Batch");
    window.run_steps(2);
    window.click(Role::Button, "Make a study of this");
    assert_eq!(window.seen().page, Page::Study);
    let form = &window.seen().studies.form;
    let data = form.data.clone().expect("labels");
    assert_eq!(data.file_name().expect("a name"), "labels.csv");
    assert_eq!(form.images, None, "beside the table");
    assert_eq!(
        form.draft.families,
        [Family::Offset(Channel::Green), Family::Rotation]
    );
    assert!(form.draft.attacks.is_empty());
    window.node(Role::RadioButton, "Perturbations: Some");
    assert!(said(window.seen(), "Added to green, Turned"));

    // What it has no steps of is said, beside steps and without them.
    for (rotate, has) in [
        (10.0, "in the steps of: Turned"),
        (0.0, "attacks every melanoma that the model calls melanoma"),
    ] {
        window.ask(Command::OpenPage(Page::Explore));
        let alteration = Perturbation {
            tint: 0.01,
            rotate,
            ..Perturbation::default()
        };
        window.ask(Command::Alter(Gesture::Click, Arc::new(alteration)));
        ask(&mut window, BatchCommand::MakeStudy);
        let sentence = "The tint of the lamp is left out";
        assert!(
            said(window.seen(), sentence) && said(window.seen(), has),
            "{has}"
        );
        window.ask(Command::DismissAll);
    }

    // With the searches shown, it is their attack; without labels, the data is asked for.
    window.ask(Command::OpenPage(Page::Explore));
    window.ask(Command::ShowTool(Tool::Search));
    window.ask(Command::List(ListCommand::ForgetLabels));
    let form = Form {
        attack: Attack::preset(AttackKind::Pose, Preset::Letter),
        seed: 7,
        ..Form::default()
    };
    set(&mut window, form);
    ask(&mut window, BatchCommand::MakeStudy);
    let form = &window.seen().studies.form;
    assert_eq!((form.data.as_ref(), form.draft.seed), (None, 7));
    assert_eq!(form.draft.attacks, [AttackKind::Pose]);
    assert_eq!(form.draft.preset, Preset::Letter);
    assert!(said(window.seen(), "have no labels"));

    // Studies have no search over the lamp: its steps take the place of that.
    let mut attack = Attack::preset(AttackKind::Colour, Preset::Default);
    if let Attack::Colour(colour) = &mut attack {
        colour.balance = Balance::Lamp;
    }
    let form = Form {
        attack,
        ..Form::default()
    };
    set(&mut window, form);
    ask(&mut window, BatchCommand::MakeStudy);
    let draft = &window.seen().studies.form.draft;
    assert_eq!(draft.families, [Family::Illuminant]);
    assert!(draft.attacks.is_empty());
    assert!(said(window.seen(), "no search over the lamp"));
}

#[test]
fn the_form_of_a_study_proposes_the_labels_of_the_list() {
    let folder = album();
    let Some(mut window) = opened(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Study));
    window.run_steps(3);
    window.get_by_label("labels.csv");
    let form = &window.seen().studies.form;
    let table = form.data.clone().expect("the labels of the list");
    assert!(table.ends_with("labels.csv"), "{table:?}");
    assert_eq!(form.images, None, "beside the table");
    // They leave with the labels; what a person has chosen stays, whatever the list has.
    window.ask(Command::List(ListCommand::ForgetLabels));
    window.run_steps(3);
    assert_eq!(window.seen().studies.form.data, None);
    let own = folder.path().join("own.csv");
    let form = StudyForm {
        data: Some(own.clone()),
        ..window.seen().studies.form.clone()
    };
    window.ask(Command::Study(StudyCommand::Set(Box::new(form))));
    let rows = "image_id,diagnosis,split\na,melanoma,val\nb,melanoma,val\nc,nevus,val\n";
    std::fs::write(&table, rows).expect("written");
    window.ask(Command::List(ListCommand::Labels(table.clone())));
    window.until("the labels", |state| {
        state.list.reading == 0 && !state.list.data.is_empty()
    });
    window.run_steps(3);
    assert_eq!(window.seen().studies.form.data, Some(own));
    // Asked for, it is of the list again, and of the part that its lesions are in.
    ask(&mut window, BatchCommand::MakeStudy);
    let form = &window.seen().studies.form;
    assert_eq!(
        (form.data.as_ref(), form.draft.part),
        (Some(&table), Part::Validation)
    );
}

#[test]
fn what_is_not_possible_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = write_chart(folder.path(), "one.png");
    let Some(mut window) = window_without_model(vec![path]) else {
        return;
    };
    for (command, why) in [
        (BatchCommand::Apply(Whom::All), "No slider has been moved"),
        (BatchCommand::Search(Whom::All), "There is no model yet"),
        (
            BatchCommand::Export(folder.path().to_owned()),
            "There are no findings yet",
        ),
    ] {
        ask(&mut window, command.clone());
        assert!(said(window.seen(), why), "{command:?}");
    }
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::ShiftX, 3.0)),
    ));
    ask(&mut window, BatchCommand::Apply(Whom::All));
    assert!(said(window.seen(), "No other lesion is listed"));
    window.click(Role::RadioButton, "Tools: Findings");
    window.get_by_label_contains("No findings yet");
}
