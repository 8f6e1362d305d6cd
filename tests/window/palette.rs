//! The command palette: it opens by its keys, finds by a part of a name, runs what is available, says why the rest is not; and it lists
//! what the menus and the window *Keys and mouse* list.

use std::collections::HashMap;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::explore::view::Layout;
use flipscope::explorer::page::Help;

use super::support::{Window, window, window_without_model, write_chart};

pub(super) const GROUPS: [&str; 14] = [
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
pub(super) struct Line {
    pub(super) name: String,
    /// Group, and why it is not available.
    pub(super) says: String,
    pub(super) keys: Option<String>,
    pub(super) available: bool,
    pub(super) chosen: bool,
}

impl Window {
    pub(super) fn palette_lines(&self) -> Vec<Line> {
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

    pub(super) fn open_palette(&mut self) {
        self.keys(Modifiers::COMMAND, Key::P);
        assert!(self.seen().palette.open.is_some());
        self.run_steps(2);
    }

    /// Opens it, types a name, goes down to it, and presses Enter.
    pub(super) fn run_from_palette(&mut self, name: &str) {
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

pub(super) fn prepared() -> Option<(tempfile::TempDir, Window)> {
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

/// Without a mouse, F10 leads to the menu bar; Enter or Down opens a menu, and Right leads to the next.
#[test]
fn f10_leads_to_the_menu_bar() {
    let Some(mut window) = window() else { return };
    window.key(Key::F10);
    window.run_steps(2);
    let file = window.node(Role::Button, "File");
    assert!(file.is_focused());
    window.key(Key::Enter);
    window.run_steps(2);
    let entry = |window: &Window| window.query_by_label_contains("Save session as").is_some();
    assert!(entry(&window));
    window.key(Key::Escape);
    window.run_steps(2);
    assert!(!entry(&window));
    window.key(Key::F10);
    window.run_steps(2);
    window.key(Key::ArrowDown);
    window.run_steps(2);
    assert!(entry(&window), "Down opens it, too");
    window.key(Key::Escape);
    window.run_steps(2);
    window.key(Key::F10);
    window.run_steps(2);
    window.key(Key::ArrowRight);
    window.run_steps(2);
    assert!(window.node(Role::Button, "Edit").is_focused());
}

/// With a menu open, Left and Right open its neighbours, from its name and from its entries; in a menu inside it they lead in and out.
#[test]
fn arrows_lead_from_one_open_menu_to_the_next() {
    let Some(mut window) = window() else { return };
    let press = |window: &mut Window, key: Key| {
        window.key(key);
        window.run_steps(4);
    };
    let open = |window: &Window, entry: &str| window.query_by_label_contains(entry).is_some();
    press(&mut window, Key::F10);
    press(&mut window, Key::ArrowDown);
    assert!(open(&window, "Save session as"));
    press(&mut window, Key::ArrowRight);
    assert!(open(&window, "Reset every slider") && !open(&window, "Save session as"));
    assert!(window.node(Role::Button, "Edit").is_focused());
    press(&mut window, Key::ArrowLeft);
    assert!(open(&window, "Save session as") && !open(&window, "Reset every slider"));
    // From the first to the last one, and from an entry.
    press(&mut window, Key::ArrowLeft);
    assert!(open(&window, "Command palette"));
    press(&mut window, Key::ArrowDown);
    assert!(!window.node(Role::Button, "Help").is_focused());
    press(&mut window, Key::ArrowRight);
    assert!(open(&window, "Save session as") && !open(&window, "Command palette"));
    for _ in 0..2 {
        press(&mut window, Key::ArrowRight);
    }
    assert!(window.node(Role::Button, "View").is_focused());

    // In and out of a menu inside it.
    let submenu = |window: &Window| window.node(Role::Button, "Theme").is_focused();
    for _ in 0..40 {
        if submenu(&window) {
            break;
        }
        press(&mut window, Key::ArrowDown);
    }
    assert!(submenu(&window));
    press(&mut window, Key::ArrowRight);
    assert!(open(&window, "High contrast"));
    press(&mut window, Key::ArrowLeft);
    assert!(submenu(&window));
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    assert!(!open(&window, "Theme"));
}
