//! Help in place: the legend, the numbers explained, the letter, the citation; themes.

use egui::accesskit::Role;
use egui::{Key, OutputCommand, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::appearance::ThemeChoice;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::page::Help;

use super::support::{Window, letters, only, window_without_model, write_chart};

fn prepared() -> Option<(tempfile::TempDir, Window)> {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let window = window_without_model(vec![picture])?;
    Some((folder, window))
}

fn copied(window: &Window) -> Option<String> {
    let commands = window.output().platform_output.commands.iter();
    let mut texts = commands.filter_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    texts.next_back()
}

/// Clicks a button in the frame whose output is then read.
fn copy(window: &mut Window, button: &str) -> String {
    window.node(Role::Button, button).scroll_to_me();
    window.run_steps(12);
    let at = window.place(Role::Button, button).center();
    window.hover_at(at);
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
    }
    for _ in 0..4 {
        window.step();
        if let Some(text) = copied(window) {
            return text;
        }
    }
    panic!("{button} copied nothing")
}

#[test]
fn the_bands_have_a_legend() {
    let Some((_folder, window)) = prepared() else {
        return;
    };
    window.get_by_label_contains("Legend of the tracks: thick");
}

#[test]
fn numbers_letter_and_citation_are_in_the_menu_help() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    for (entry, help, part) in [
        (
            "The numbers explained",
            Help::Numbers,
            "It is not the risk of the patient",
        ),
        (
            "The letter explained",
            Help::Letter,
            "68 were missed as they are",
        ),
        ("Cite", Help::Cite, "doi = {10.1016/j.jid.2020.07.034}"),
    ] {
        window.click(Role::Button, "Help");
        window.click(Role::Button, entry);
        assert_eq!(window.seen().help, help);
        // In its first frame, a window in front is only measured.
        window.run_steps(4);
        window.get_by_label_contains(part);
        window.check_accessibility();
        window.key(Key::Escape);
        assert_eq!(window.seen().help, Help::Closed);
    }
    // Beside the letter's changes, too.
    window.click(Role::Button, "About the letter");
    assert_eq!(window.seen().help, Help::Letter);
    window.run_steps(4);
    let doi = copy(&mut window, "Copy DOI");
    assert_eq!(doi, "https://doi.org/10.1016/j.jid.2020.07.034");
    window.click(Role::Button, "Cite");
    window.run_steps(4);
    let text = copy(&mut window, "Copy text: the letter");
    assert!(text.ends_with("doi:10.1016/j.jid.2020.07.034"), "{text}");
    let bibtex = copy(&mut window, "Copy BibTeX: the letter");
    assert!(bibtex.starts_with("@article{"), "{bibtex}");
}

#[test]
fn the_theme_is_the_systems_a_light_or_a_dark_one_each_in_high_contrast_too() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    let text = |window: &Window| window.ctx.style_of(Theme::Light).visuals.text_color();
    let usual = text(&window);
    window.ask(Command::Theme(Theme::Dark));
    assert_eq!(window.seen().appearance.theme, ThemeChoice::Dark);
    window.ask(Command::SystemTheme);
    assert_eq!(window.seen().appearance.theme, ThemeChoice::System);
    window.click(Role::Button, "View");
    window.run_steps(3);
    window.click(Role::Button, "Theme");
    window.run_steps(3);
    window.click(Role::CheckBox, "High contrast");
    window.run_steps(2);
    assert!(window.seen().appearance.contrast);
    assert_ne!(text(&window), usual);
    window.ask(Command::Contrast(false));
    assert_eq!(text(&window), usual);
    assert!(!window.seen().appearance.contrast);
}

/// A page behind help does nothing that its reader does not see; help itself is read by the keyboard.
#[test]
fn keys_scroll_the_help_in_front_and_leave_the_page_behind_as_it_is() {
    let Some((folder, mut window)) = prepared() else {
        return;
    };
    let other = write_chart(folder.path(), "other.png");
    window.ask(Command::Open(vec![other]));
    window.until("both", |state| state.lesions.len() == 2);
    let lesions: Vec<_> = window.seen().lesions.iter().map(|one| one.id).collect();
    window.ask(Command::Select(lesions[0]));
    window.type_number(Control::Rotation, "21");
    for help in [Help::Keys, Help::Numbers] {
        window.ask(Command::Help(help));
        window.run_steps(4);
        let close = window.place(Role::Button, "Close");
        let top = |window: &Window| {
            // The last ones of that name are those of the help.
            let first = match help {
                Help::Keys => "Open photographs…",
                _ => "P(melanoma)",
            };
            let places = window.get_all_by_label(first);
            places.last().map(|node| node.rect().top())
        };
        let before = top(&window);
        for key in [Key::R, Key::PageDown, Key::ArrowDown] {
            window.key(key);
        }
        window.run_steps(12);
        assert_ne!(top(&window), before, "{help:?} has scrolled");
        assert_eq!(window.place(Role::Button, "Close"), close);
        assert_eq!(window.seen().selected, Some(lesions[0]));
        assert_eq!(window.perturbation(), only(Control::Rotation, 21.0));
        window.key(Key::Home);
        window.run_steps(12);
        assert_eq!(top(&window), before, "back at the top");
    }
    window.key(Key::Escape);
    window.run_steps(2);
    assert_eq!(window.seen().help, Help::Closed);
    window.key(Key::R);
    assert!(window.perturbation().is_identity());
}

/// The keys open where they begin, not where they were left; in presenter mode, its own come first.
#[test]
fn the_keys_open_at_their_beginning() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    for presenting in [false, true] {
        if presenting {
            window.key(Key::F11);
        }
        let top = |window: &Window, name: &str| {
            let all = window.query_all_by_role_and_label(egui::accesskit::Role::Label, name);
            all.last().expect(name).rect().top()
        };
        window.key(Key::F1);
        window.run_steps(4);
        let [reveal, find] = ["Reveal the verdict", "Find in the list"];
        let before = top(&window, reveal);
        assert_eq!(before < top(&window, find), presenting);
        window.wheel(window.ctx.content_rect().center(), -200.0);
        window.run_steps(20);
        assert!(top(&window, reveal) < before, "scrolled");
        window.key(Key::Escape);
        window.key(Key::F1);
        window.run_steps(4);
        assert!((top(&window, reveal) - before).abs() < 1.0);
        window.key(Key::Escape);
    }
}

/// A tooltip stays open while the pointer rests, but behind a dialog that a key opens.
#[test]
fn no_tooltip_stands_in_front_of_a_dialog() {
    let Some((_folder, mut window)) = prepared() else {
        return;
    };
    let tip = |window: &Window| {
        let drawn = letters(window);
        drawn.iter().any(|(text, _)| text.contains("Network: …"))
    };
    let row = window.place(Role::ListBoxOption, "chart.png, …");
    window.hover_at(row.center());
    window.pause();
    window.run_steps(60);
    assert!(tip(&window));
    window.key(Key::F1);
    assert_eq!(window.seen().help, Help::Keys);
    assert!(!tip(&window));
    window.run_steps(60);
    assert!(!tip(&window), "nor later");
}
