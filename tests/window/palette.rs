//! The command palette: it opens by its keys, finds by a part of a name, runs what is available, says why the rest is not; and it lists
//! what the menus and the window *Keys and mouse* list.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
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

use super::support::{Window, only, window_without_model, write_chart};

const GROUPS: [&str; 14] = [
    "File",
    "Edit",
    "View",
    "Presenter",
    "Search",
    "Batch",
    "Figures",
    "Model",
    "Remedy",
    "Pages",
    "Study",
    "Readers",
    "Explanations",
    "Help",
];

/// A line of the palette as assistive technology hears it.
#[derive(Debug)]
struct Line {
    name: String,
    /// Group, and why it is not available.
    says: String,
    keys: Option<String>,
    available: bool,
    chosen: bool,
}

impl Window {
    fn palette_lines(&self) -> Vec<Line> {
        self.query_all(by().role(Role::ListBoxOption))
            .filter_map(|node| {
                let node = node.accesskit_node();
                let says = node.description()?;
                // The list of lesions is behind it.
                let group = says.split('.').next().unwrap_or_default();
                GROUPS.contains(&group).then_some(())?;
                Some(Line {
                    name: node.label()?,
                    says,
                    keys: node.data().keyboard_shortcut().map(str::to_owned),
                    available: !node.is_disabled(),
                    chosen: node.is_selected() == Some(true),
                })
            })
            .collect()
    }

    fn open_palette(&mut self) {
        self.keys(Modifiers::COMMAND, Key::P);
        assert!(self.seen().palette.open.is_some());
        self.run_steps(2);
    }

    /// Opens it, types a name, goes down to it, and presses Enter.
    fn run_from_palette(&mut self, name: &str) {
        self.open_palette();
        self.letters(name);
        self.run_steps(2);
        let lines = self.palette_lines();
        let at = lines.iter().position(|line| line.name == name);
        let at = at.unwrap_or_else(|| panic!("{name} is not in {lines:?}"));
        for _ in 0..at {
            self.key(Key::ArrowDown);
        }
        let lines = self.palette_lines();
        assert!(lines[at].chosen && lines[at].available, "{lines:?}");
        self.key(Key::Enter);
        self.run_steps(2);
    }
}

fn prepared() -> Option<(tempfile::TempDir, Window)> {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.png", "b.png"].map(|name| write_chart(folder.path(), name));
    let window = window_without_model(paths.into())?;
    Some((folder, window))
}

#[test]
fn it_opens_filters_and_runs_by_keys_and_mouse() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    window.open_palette();
    window.node(Role::TextInput, "Find a command");
    // Assistive technology follows the chosen line while the field has the keys.
    let line = window.node(Role::ListBoxOption, "Open photographs…");
    assert!(line.accesskit_node().is_focused());
    let all = window.palette_lines();
    assert!(all.len() > 60, "{}", all.len());
    assert!(all[0].chosen);

    // What is typed stays in the field: none of it is a shortcut.
    window.letters("wipe");
    window.run_steps(2);
    let lines = window.palette_lines();
    let names: Vec<&str> = lines.iter().map(|line| &*line.name).collect();
    assert_eq!(names, ["Wipe"]);
    assert_eq!(lines[0].says, "View");
    assert_eq!(lines[0].keys.as_deref(), Some("2"));
    // One line needs little room: the box is no longer mostly empty.
    let low = window
        .get_by_label("Up and Down choose, Enter runs it, Esc closes")
        .rect();
    let field = window.place(Role::TextInput, "Find a command");
    assert!(low.top() - field.bottom() < 90.0, "{low:?} {field:?}");
    window.key(Key::Enter);
    assert_eq!(window.seen().view.layout, Layout::Wipe);
    assert_eq!(window.seen().palette.open, None);

    // Those of a group are found by its name, as the menu has it.
    window.open_palette();
    window.letters("remedy");
    window.run_steps(2);
    let found = |name: &str| window.palette_lines().iter().any(|line| line.name == name);
    assert!(found("Average over 4 rotations") && found("Colour constancy, grey world"));
    window.key(Key::Escape);

    // Recent ones first.
    window.open_palette();
    assert_eq!(window.palette_lines()[0].name, "Wipe");
    // By the mouse.
    window.letters("blink");
    window.run_steps(2);
    window.click(Role::ListBoxOption, "Blink");
    assert_eq!(window.seen().view.layout, Layout::Blink);
    assert_eq!(window.seen().palette.recent, ["view-blink", "view-wipe"]);

    // Typed and run in one frame, as a fast typist does.
    window.open_palette();
    window.event(egui::Event::Text("difference".to_owned()));
    window.key(Key::Enter);
    assert_eq!(window.seen().view.layout, Layout::Difference);

    // Up from the first is the last.
    window.open_palette();
    window.key(Key::ArrowUp);
    assert!(window.palette_lines().last().expect("lines").chosen);
    window.key(Key::ArrowDown);
    assert!(window.palette_lines()[0].chosen);
    window.letters("qqq");
    window.run_steps(2);
    window.get_by_label("No command fits “qqq”.");
    window.key(Key::Enter);
    assert!(window.seen().palette.open.is_some(), "nothing to run");
    window.key(Key::Escape);
    assert_eq!(window.seen().palette.open, None);

    // Its keys close it too, and it replaces the help.
    window.open_palette();
    window.keys(Modifiers::COMMAND, Key::P);
    assert_eq!(window.seen().palette.open, None);
    window.key(Key::F1);
    assert_eq!(window.seen().help, Help::Keys);
    window.open_palette();
    assert_eq!(window.seen().help, Help::Closed);
    window.check_accessibility();
}

#[test]
fn it_says_why_a_command_is_not_available() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    window.open_palette();
    let lines = window.palette_lines();
    let said: HashMap<&str, (&str, bool)> = (lines.iter())
        .map(|line| (&*line.name, (&*line.says, line.available)))
        .collect();
    for (name, why) in [
        ("Undo", "Edit. Not available: There is nothing to undo."),
        (
            "Reset every slider",
            "Edit. Not available: No slider has been moved.",
        ),
        (
            "Start search",
            "Search. Not available: There is no model yet.",
        ),
        (
            "Previous lesion",
            "View. Not available: This is the first lesion of the list.",
        ),
        (
            "Close study",
            "Study. Not available: Only on the page Study.",
        ),
    ] {
        assert_eq!(said[name], (why, false), "{name}");
    }
    assert_eq!(said["Next lesion"], ("View", true));
    // Neither Enter nor a click does it.
    window.letters("undo");
    window.run_steps(2);
    window.key(Key::Enter);
    window.click(Role::ListBoxOption, "Undo");
    let open = window.seen().palette.open.as_ref();
    assert_eq!(open.map(|open| &*open.query), Some("undo"));
    assert_eq!(window.seen().palette.recent, Vec::<String>::new());
    window.key(Key::Escape);

    // On another page, other commands.
    window.keys(Modifiers::COMMAND, Key::Num2);
    window.open_palette();
    let lines = window.palette_lines();
    let says = |name: &str| {
        let line = lines.iter().find(|line| line.name == name);
        line.map(|line| &*line.says)
    };
    assert_eq!(
        says("Wipe"),
        Some("View. Not available: Only on the page Explore.")
    );
    assert_eq!(
        says("Close study"),
        Some("Study. Not available: No study is open.")
    );
    assert_eq!(says("Open a study…"), Some("Study"));
}

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
    window.run_from_palette("About this model…");
    assert_eq!(window.seen().help, Help::Model);
    window.ask(Command::Help(Help::Closed));
    window.run_from_palette("Quit");
    assert!(window.state().is_quitting());
}

/// Menus in menus.
const SUBMENUS: [&str; 9] = [
    "Picture",
    "List",
    "Interface size",
    "Theme",
    "Language",
    "Compare with",
    "Remedy",
    "Device",
    "Framing",
];

/// The menus and the window of the keys list what the palette lists.
#[test]
fn menus_keys_and_palette_are_one_table() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    window.open_palette();
    let lines = window.palette_lines();
    window.key(Key::Escape);
    let with_keys: Vec<String> = (lines.iter())
        .flat_map(|line| {
            let keys = line.keys.iter();
            let together = keys.map(|keys| format!("{} {keys}", line.name));
            together.chain([line.name.clone()])
        })
        .collect();
    let mut seen = 0;
    for menu in ["File", "Edit", "View", "Batch", "Model", "Help"] {
        let entries = |window: &Window| -> Vec<String> {
            [Role::Button, Role::RadioButton]
                .into_iter()
                .flat_map(|role| window.query_all(by().role(role)))
                .filter_map(|node| node.accesskit_node().label())
                .collect()
        };
        let before = entries(&window);
        window.click(Role::Button, menu);
        window.run_steps(2);
        let mut open = entries(&window);
        for submenu in SUBMENUS {
            if open.iter().any(|entry| entry == submenu) {
                window.click(Role::Button, submenu);
                window.run_steps(2);
                open.extend(entries(&window));
            }
        }
        open.sort();
        open.dedup();
        for entry in open {
            // The zoom of the interface has egui's keys, and a language its own name.
            let other = entry.to_lowercase().contains("interface")
                || ["English", "Deutsch"].contains(&entry.as_str())
                || SUBMENUS.contains(&entry.as_str());
            if before.contains(&entry) || other {
                continue;
            }
            seen += 1;
            assert!(with_keys.contains(&entry), "{menu}: {entry}");
        }
        window.key(Key::Escape);
        window.run_steps(2);
    }
    assert!(seen > 40, "{seen}");

    window.key(Key::F1);
    window.run_steps(2);
    let labels: Vec<String> = window
        .query_all(by().role(Role::Label))
        .filter_map(|node| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value())
        })
        .collect();
    for line in &lines {
        let Some(keys) = &line.keys else {
            continue;
        };
        let several = format!("{keys} or ");
        let together = |pair: &[String]| {
            let [shown, name] = pair else { return false };
            *name == line.name && (shown == keys || shown.starts_with(&several))
        };
        assert!(
            labels.windows(2).any(together),
            "{} ({keys}) is not in {labels:?}",
            line.name
        );
    }
}
