//! What a finding says can be taken along as text, with the verdicts in words: from its card, and from its row over all lesions.

use egui::accesskit::Role;
use egui::{Event, Modifiers, OutputCommand, PointerButton, Pos2, Theme};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::state::Form;
use flipscope_lab::search::Budget;

use super::support::{LECTURE_HALL, Window, launch};

/// A sample with one finding on it.
fn searched() -> Option<Window> {
    let mut window = launch(Launch::default(), LECTURE_HALL, Theme::Light)?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    let form = Form {
        budget: Budget {
            evaluations: Some(8),
            seconds: None,
        },
        ..Form::default()
    };
    window.search(form);
    window.run_steps(4);
    Some(window)
}

/// Clicks somewhere, and waits for what is copied.
fn copied(window: &mut Window, at: Pos2) -> String {
    window.hover_at(at);
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    for _ in 0..4 {
        window.step();
        let commands = window.output().platform_output.commands.iter();
        let mut texts = commands.filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = texts.next() {
            return text;
        }
    }
    panic!("nothing was copied")
}

#[test]
fn a_finding_is_copied_with_its_verdicts_in_words() {
    let Some(mut window) = searched() else {
        return;
    };
    let kept = window.seen().searches.findings[0].clone();
    let button = format!("Copy the text of {}", kept.title());
    window.node(Role::Button, &button).scroll_to_me();
    window.run_steps(12);
    let at = window.place(Role::Button, &button).center();
    let from_card = copied(&mut window, at);
    let [before, after] = kept
        .verdicts()
        .map(|verdict| verdict.label(kept.found.finding.threshold).in_words());
    let first = format!("Synthetic 2: {}\n", kept.title());
    assert!(from_card.starts_with(&first), "{from_card}");
    assert!(from_card.contains(&format!("P(melanoma) before: {before}, 0.")));
    assert!(from_card.contains(&format!("; after: {after}, 0.")));
    for said in [kept.outcome(), "SSIM", "seed", "framing", "Network: "] {
        assert!(from_card.contains(said), "{said}: {from_card}");
    }
    // The same from its row.
    window.ask(Command::ShowTool(Tool::Findings));
    window.run_steps(4);
    let size = &kept.found.finding.size;
    let row = format!(
        "Synthetic 2, {}, {}, {}",
        kept.title(),
        kept.outcome(),
        size.unit.size_in_words(size.value)
    );
    let row = window.place(Role::Button, &row);
    let at = row.left_center() + egui::vec2(30.0, 0.0);
    window.hover_at(at);
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.run_steps(4);
    let at = window.place(Role::Button, "Copy text").center();
    assert_eq!(copied(&mut window, at), from_card);
}
