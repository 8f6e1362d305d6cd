//! The command palette runs every command that is available.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use egui::Key;
use flipscope::explorer::appearance::ThemeChoice;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::Lesion;
use flipscope::explorer::explore::view::{Layout, View};
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Help, Page, Tool};
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope::explorer::state::State;
use flipscope::explorer::tour::command::TourCommand;
use flipscope::explorer::tour::state::Tour;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_language::Language;
use flipscope_model::{Constancy, DeviceChoice, Vote};

use super::palette::{Line, prepared};
use super::support::{Window, only};

/// A state in which nearly everything about one lesion is available.
fn prepare(window: &mut Window) {
    window.ask(Command::Language(Language::English));
    window.ask(Command::Help(Help::Closed));
    window.ask(Command::AllMessages(false));
    if window.seen().presenter.on {
        window.ask(Command::Presenter(PresenterCommand::Toggle));
    }
    if window.seen().presenter.guessing {
        window.ask(Command::Presenter(PresenterCommand::Guess));
    }
    window.ask(Command::Tour(TourCommand::End));
    window.ask(Command::OpenPage(Page::Explore));
    if window.seen().lesions[0].name != "a.png" {
        window.ask(Command::Undo);
    }
    let first = window.seen().lesions[0].id;
    window.ask(Command::Select(first));
    window.until("the picture", |state| {
        state
            .current()
            .is_some_and(|lesion| lesion.frame().is_some())
    });
    let shift = |x| Arc::new(only(Control::ShiftX, x));
    for x in [2.0, 3.0] {
        window.ask(Command::Alter(Gesture::Click, shift(x)));
    }
    window.ask(Command::Undo);
    window.ask(Command::SetView(View {
        zoom: 2.0,
        ..View::default()
    }));
    window.ask(Command::SetFraming(Some(Framing::Crop)));
    window.ask(Command::SetThreshold(Some(0.25)));
    window.ask(Command::CopyCommandLine);
}

type Check = fn(&State) -> bool;

/// What is so after a command, where the state shows it.
#[allow(clippy::too_many_lines, reason = "a table: one line a command")]
fn checks() -> HashMap<&'static str, Check> {
    let checks: [(&'static str, Check); 51] = [
        ("Open synthetic samples", |state| {
            state.lesions.iter().any(Lesion::is_synthetic)
        }),
        ("Copy as command line", |state| {
            let newest = state.messages.last();
            newest.is_some_and(|message| message.text.contains("clipboard"))
        }),
        ("Close lesion", |state| {
            state.lesions.iter().all(|lesion| lesion.name != "a.png")
        }),
        ("Undo", |state| {
            state
                .current()
                .is_some_and(|lesion| lesion.perturbation.is_identity())
        }),
        ("Redo", |state| {
            let lesion = state.current();
            lesion.is_some_and(|lesion| *lesion.perturbation == only(Control::ShiftX, 3.0))
        }),
        ("Reset every slider", |state| {
            state
                .current()
                .is_some_and(|lesion| lesion.perturbation.is_identity())
        }),
        ("Side by side", |state| {
            state.view.layout == Layout::SideBySide
        }),
        ("Wipe", |state| state.view.layout == Layout::Wipe),
        ("Blink", |state| state.view.layout == Layout::Blink),
        ("Difference", |state| {
            state.view.layout == Layout::Difference
        }),
        ("The network's 299 × 299", |state| {
            !state.view.full_resolution
        }),
        ("Full resolution", |state| state.view.full_resolution),
        ("Toggle full resolution", |state| state.view.full_resolution),
        ("Show the whole picture", |state| state.view.zoom <= 1.0),
        ("Show the sliders", |state| state.tool == Tool::Alter),
        ("Show the searches", |state| state.tool == Tool::Search),
        ("Apply this alteration to all", |state| {
            let altered = |lesion: &Lesion| *lesion.perturbation == only(Control::ShiftX, 2.0);
            state.lesions.iter().all(altered)
        }),
        ("Show the table of findings", |state| {
            state.tool == Tool::Findings
        }),
        ("Make a study of this", |state| state.page == Page::Study),
        ("Copy altered picture", |state| {
            let newest = state.messages.last();
            newest.is_some_and(|message| message.text.contains("299 × 299"))
        }),
        ("Next lesion", |state| {
            state.selected == state.lesions.get(1).map(|lesion| lesion.id)
        }),
        ("Find in the list", |state| state.list.find > 0),
        ("Grid of pictures", |state| state.list.grid),
        ("Table of lesions", |state| !state.list.grid),
        ("Zoom into the picture", |state| state.view.zoom > 2.0),
        ("Zoom out of the picture", |state| state.view.zoom < 2.0),
        ("Histograms below the sliders", |state| state.view.histogram),
        ("Theme of the system", |state| {
            state.appearance.theme == ThemeChoice::System
        }),
        ("Light theme", |state| {
            state.appearance.theme == ThemeChoice::Light
        }),
        ("Dark theme", |state| {
            state.appearance.theme == ThemeChoice::Dark
        }),
        ("High contrast", |state| state.appearance.contrast),
        ("Look for the smallest flips in the background", |state| {
            !state.summary.automatic
        }),
        ("Presenter mode", |state| state.presenter.on),
        ("Hide verdicts in presenter mode", |state| {
            state.presenter.guessing
        }),
        ("Tour: five steps to a first flip", |state| {
            state.tour != Tour::Off
        }),
        ("The numbers explained", |state| state.help == Help::Numbers),
        ("The letter explained", |state| state.help == Help::Letter),
        ("Cite", |state| state.help == Help::Cite),
        ("Show all messages", |state| state.all_messages),
        ("Dismiss all messages", |state| state.messages.is_empty()),
        ("Framing: crop (centre, aspect kept)", |state| {
            state.framing == Some(Framing::Crop)
        }),
        ("Framing: squash (whole picture)", |state| {
            state.framing == Some(Framing::Squash)
        }),
        ("The model's own framing", |state| state.framing.is_none()),
        ("Apply orientation and colour profile", |state| {
            state.color_handling == ColorHandling::Converted
        }),
        ("Raw values, as the letter's pipeline", |state| {
            state.color_handling == ColorHandling::Raw
        }),
        ("The model's own threshold", |state| {
            state.threshold.is_none()
        }),
        ("Go to Explore", |state| state.page == Page::Explore),
        ("Go to Study", |state| state.page == Page::Study),
        ("Go to Readers", |state| state.page == Page::Readers),
        ("Go to Explain", |state| state.page == Page::Explain),
        ("Go to Landscape", |state| state.page == Page::Landscape),
    ];
    let mut checks = HashMap::from(checks);
    checks.extend::<[(&str, Check); 8]>([
        ("Colours as they are", |state| {
            state.remedy.primary.constancy == Constancy::None
        }),
        ("Colour constancy, grey world", |state| {
            state.remedy.primary.constancy == Constancy::GreyWorld
        }),
        ("Colour constancy, shades of grey", |state| {
            state.remedy.primary.constancy == Constancy::ShadesOfGrey
        }),
        ("Judge one view", |state| {
            state.remedy.primary.vote == Vote::One
        }),
        ("Average over 4 rotations", |state| {
            state.remedy.primary.vote == Vote::Average4
        }),
        ("Average over 4 rotations and mirror images", |state| {
            state.remedy.primary.vote == Vote::Average8
        }),
        ("Average over 8 rotations and mirror images", |state| {
            state.remedy.primary.vote == Vote::Average16
        }),
        ("Median over 9 colour balances", |state| {
            state.remedy.primary.vote == Vote::MedianColours
        }),
    ]);
    checks.insert("Keys and mouse", |state| state.help == Help::Keys);
    checks.insert("About flipscope", |state| state.help == Help::About);
    checks
}

/// Every command that is available, but those that ask with a dialog of the system (…), and quitting: of these, a test of the palette
/// itself says what is emitted. Models are loaded last.
#[test]
fn it_runs_every_command_that_is_available() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    prepare(&mut window);
    window.open_palette();
    let lines = window.palette_lines();
    window.key(Key::Escape);
    let checks = checks();
    let here = |line: &&Line| {
        let loads = line.name.starts_with("Use ") || line.name.starts_with("Compare with: ");
        // The names of the others change with the language.
        let speaks = line.name.starts_with("Language: ");
        line.available && !line.name.ends_with('…') && line.name != "Quit" && !loads && !speaks
    };
    let names: Vec<String> = (lines.iter().filter(here))
        .map(|line| line.name.clone())
        .collect();
    let mut ids = BTreeSet::new();
    for name in &names {
        prepare(&mut window);
        window.run_from_palette(name);
        assert_eq!(window.seen().palette.open, None, "{name}");
        let id = window.seen().palette.recent[0].clone();
        assert!(ids.insert(id), "{name} is remembered by an id of its own");
        let done = checks
            .get(&**name)
            .unwrap_or_else(|| panic!("{name} has no check"));
        assert!(done(window.seen()), "{name}");
    }
    let left: Vec<_> = checks
        .keys()
        .filter(|name| !names.iter().any(|one| one == *name))
        .collect();
    assert!(left.is_empty(), "not available: {left:?}");

    window.run_from_palette("Language: German (Deutsch)");
    assert_eq!(window.seen().language(), Language::German);
    window.ask(Command::Language(Language::English));
    window.run_from_palette("Language: English");
    assert_eq!(window.seen().language(), Language::English);

    window.run_from_palette("Use demo model");
    window.until("the model", |state| state.model.ready.is_some());
    window.run_from_palette("Device: the processor");
    let there = |state: &State| state.model.ready.is_some() && state.model.loading.is_none();
    window.until("the model on the processor", there);
    assert_eq!(window.seen().device, DeviceChoice::Cpu);
    window.run_from_palette("The model's operating point as threshold");
    let state = window.seen();
    let ready = state.model.ready.as_ref().expect("a model");
    let point = ready.info.operating_point();
    assert!(point.is_some_and(|p| p < ready.info.threshold));
    assert_eq!(state.threshold, point);
    window.run_from_palette("The model's own threshold");
    assert_eq!(window.seen().threshold, None);
    window.run_from_palette("About this model…");
    assert_eq!(window.seen().help, Help::Model);
    window.ask(Command::Help(Help::Closed));
    window.run_from_palette("Quit");
    assert!(window.state().is_quitting());
}
