//! *Guess, then reveal* beyond the page Explore: no export shows what is hidden, and every page that is hidden says how it is revealed.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::figures::command::FigureCommand;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope::explorer::{Launch, title};
use flipscope_lab::search::Budget;

use super::opened::{self, album, no_model, write_labels};
use super::support::{HALL, Window, launch, only};

/// The borderline sample with less green, judged, and one finding on it; in presenter mode.
fn presented() -> Option<Window> {
    let mut window = launch(Launch::default(), HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    window.verdict();
    let form = Form {
        budget: Budget {
            evaluations: Some(8),
            seconds: None,
        },
        ..Form::default()
    };
    window.search(form);
    window.key(Key::F11);
    Some(window)
}

fn said(state: &State, text: &str) -> bool {
    let mut messages = state.messages.iter();
    messages.any(|message| message.text.contains(text))
}

#[test]
fn no_figure_shows_a_hidden_verdict() {
    let Some(mut window) = presented() else {
        return;
    };
    // The dialog that is open when a round begins is closed.
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(window.seen().figures.open.is_some());
    window.key(Key::Escape);
    window.ask(Command::Figure(FigureCommand::OpenFigure));
    window.ask(Command::Presenter(PresenterCommand::Guess));
    assert!(window.seen().figures.open.is_none());

    let figure = "A figure gives away what the network makes of this lesion";
    let sheet = "The contact sheet gives away what the network makes of the lesions";
    for (modifiers, command, why) in [
        (Modifiers::COMMAND, FigureCommand::OpenFigure, figure),
        (
            Modifiers::COMMAND | Modifiers::SHIFT,
            FigureCommand::OpenSheet,
            sheet,
        ),
    ] {
        // By key, and however else it is asked for.
        window.keys(modifiers, Key::E);
        assert!(window.seen().figures.open.is_none());
        assert!(said(window.seen(), why), "{:?}", window.seen().messages);
        window.ask(Command::Figure(command));
        assert!(window.seen().figures.open.is_none());
    }
    window.ask(Command::Figure(FigureCommand::CopyExplored));
    assert_eq!(window.seen().figures.drawing, 0, "nothing is drawn");
    assert!(!title::of(window.seen()).contains("0."));
    // Revealed, both are there.
    window.key(Key::Space);
    for keys in [Modifiers::COMMAND, Modifiers::COMMAND | Modifiers::SHIFT] {
        window.keys(keys, Key::E);
        assert!(window.seen().figures.open.is_some());
        window.ask(Command::Figure(FigureCommand::Close));
    }
}

/// Explain, Landscape and the searches say that they are hidden, and what reveals them does so there.
#[test]
fn a_hidden_page_is_revealed_where_it_is() {
    let Some(mut window) = presented() else {
        return;
    };
    window.key(Key::G);
    for (page, hidden) in [
        (Page::Explain, "Explanations say what the network makes"),
        (Page::Landscape, "A landscape says what the network makes"),
    ] {
        window.ask(Command::OpenPage(page));
        window.run_steps(3);
        for by_key in [true, false] {
            assert!(window.query_all_by_label_contains(hidden).next().is_some());
            window.get_by_label_contains("Then Space reveals the verdict");
            if by_key {
                window.key(Key::Space);
            } else {
                window.click(Role::Button, "Reveal the verdict");
            }
            window.run_steps(3);
            assert!(window.query_all_by_label_contains(hidden).next().is_none());
            // A space is the form's again: it hides nothing here.
            window.key(Key::Space);
            let id = window.lesion().id;
            assert!(!window.seen().presenter.hides(id), "{page:?}");
            window.ask(Command::Presenter(PresenterCommand::Reveal));
            window.run_steps(3);
        }
    }
    window.ask(Command::OpenPage(Page::Explore));
    window.key(Key::T);
    window.ask(Command::ShowTool(Tool::Search));
    window.run_steps(3);
    window.get_by_label_contains("Searches say what the network makes");
    assert_eq!(
        window.query_all_by_label("Reveal the verdict").count(),
        2,
        "below the pictures, and here"
    );
    window.check_accessibility();
}

/// Hidden before presenter mode begins, no verdict is seen when it does.
#[test]
fn verdicts_can_be_hidden_before_anybody_looks() {
    let Some(mut window) = launch(Launch::default(), HALL, Theme::Light) else {
        return;
    };
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    window.get_by_label("View").click();
    window.run_steps(3);
    window.reach(Role::CheckBox, "Hide verdicts in presenter mode");
    assert!(said(window.seen(), "will begin with every verdict hidden"));
    assert!(window.query_by_label("The verdict is hidden").is_none());
    window.key(Key::F11);
    window.get_by_label("The verdict is hidden");
    assert!(said(window.seen(), "verdicts are hidden until Space"));
    window.check_accessibility();
}

/// A folder that is opened while verdicts are hidden says that it has labels, and not how many are of melanomas.
#[test]
fn labels_that_are_read_while_a_class_guesses_give_nothing_away() {
    let folder = album(&["a.png", "b.png", "c.png"]);
    write_labels(folder.path(), "a,melanoma\nb,melanoma\nc,nevus\n");
    let Some(mut window) = opened::with(Vec::new(), no_model(), HALL, Theme::Light) else {
        return;
    };
    window.key(Key::F11);
    window.key(Key::G);
    window.ask(Command::Open(vec![folder.path().to_owned()]));
    window.until("the labels", |state| {
        said(state, "Labels from labels.csv: 3 photographs.")
    });
    assert!(!said(window.seen(), "melanoma"));
    // Where nothing is to be guessed, they are counted.
    window.key(Key::G);
    window.ask(Command::Open(vec![folder.path().to_owned()]));
    window.until("the labels", |state| {
        said(state, "Labels from labels.csv: 2 melanomas, 1 nevus.")
    });
}
