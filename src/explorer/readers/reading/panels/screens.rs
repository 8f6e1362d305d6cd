//! The text screens: the pseudonym, the welcome, feedback in practice, pauses, the end.

use egui::{FontId, RichText, Role, Ui, WidgetInfo};

use crate::explorer::readers::reading::panels::style::{SOFT, column, error, heading, key, line};
use crate::explorer::readers::reading::state::{Act, Reading};
use flipscope_lab::reader::{Feedback, Question};
use flipscope_model::Label;

pub(super) fn name(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        heading(ui, "Who reads?");
        line(
            ui,
            "Enter a pseudonym, and use the same one whenever you continue. Only the study's own records say who is behind it.",
        );
        let mut pseudonym = reading.pseudonym.clone();
        let field = egui::TextEdit::singleline(&mut pseudonym)
            .desired_width(300.0)
            .font(FontId::proportional(18.0))
            .align(egui::Align2::CENTER_CENTER);
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Pseudonym"));
        // A window that is not in front is refused the focus, and would ask for it again and again.
        let in_front = ui.input(|input| input.focused);
        if in_front && !response.has_focus() && pseudonym.is_empty() {
            response.request_focus();
        }
        if pseudonym != reading.pseudonym {
            acts.push(Act::Type(pseudonym.clone()));
        }
        ui.add_space(12.0);
        ui.add_enabled_ui(!pseudonym.trim().is_empty(), |ui| {
            if key(ui, "Go on", "Enter", 200.0) {
                acts.push(Act::Next);
            }
        });
        error(ui, reading);
    });
}

pub(super) fn welcome(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    let (practised, practice) = reading.progress.practice;
    let (read, cases) = reading.progress.reading;
    column(ui, |ui| {
        heading(ui, "Melanoma or nevus?");
        let left = cases - read.min(cases);
        let again = if read > 0 || practised > 0 {
            format!("{}: welcome back. ", reading.pseudonym)
        } else {
            format!("{}: ", reading.pseudonym)
        };
        line(
            ui,
            &format!(
                "{again}{left} pictures of skin lesions, one after another. Say of each whether it is a melanoma or a nevus."
            ),
        );
        if practised < practice {
            let first = practice - practised;
            line(
                ui,
                &format!(
                    "{first} for practice come first: there you are told the answer afterwards."
                ),
            );
        }
        if let Some(question) = reading.question() {
            for text in keys(question) {
                line(ui, text);
            }
        }
        if let Some(limit) = reading.shown.as_ref().and_then(|shown| shown.time_limit) {
            let seconds = limit.as_secs();
            line(
                ui,
                &format!("A picture stays for {seconds} seconds at most."),
            );
        }
        line(
            ui,
            "Each answer is saved at once and cannot be changed. Escape pauses; nothing is lost, and you continue where you left \
            off.",
        );
        ui.add_space(12.0);
        if key(ui, "Begin", "Enter", 200.0) {
            acts.push(Act::Next);
        }
        error(ui, reading);
        ui.add_space(18.0);
        let text = "For research and teaching. Not a medical device: what is shown here may have been altered.";
        ui.label(RichText::new(text).small().color(SOFT));
    });
}

/// What is asked, with the keys.
fn keys(question: Question) -> Vec<&'static str> {
    if question.hands {
        return vec!["The class raises hands; type both counts, and press Enter on the button."];
    }
    let mut lines = vec!["M: melanoma.  N: nevus."];
    if question.confidence {
        lines.push("Then how sure you are: 1 (a guess) to 5 (certain).");
    }
    if question.biopsy {
        lines.push("Then whether you would biopsy it: Y or N.");
    }
    if question.confidence || question.biopsy {
        lines.push("Backspace takes back a part before the answer is complete.");
    }
    lines
}

pub(super) fn feedback(ui: &mut Ui, feedback: Feedback, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        let truth = match feedback.truth {
            Label::Melanoma => "a melanoma",
            Label::Nevus => "a nevus",
        };
        let text = match feedback.right {
            Some(true) => format!("Right: it is {truth}."),
            Some(false) => format!("No: it is {truth}."),
            None => format!("It is {truth}."),
        };
        heading(ui, &text);
        line(ui, "In the study itself you are not told the answer.");
        ui.add_space(12.0);
        if key(ui, "Go on", "Enter", 200.0) {
            acts.push(Act::Next);
        }
    });
}

pub(super) fn paused(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        heading(ui, "Paused");
        let (read, cases) = reading.progress.reading;
        line(
            ui,
            &format!(
                "{read} of {cases} pictures are answered. Continue when you like; or close, and open the study again under the \
                name {}.",
                reading.pseudonym
            ),
        );
        ui.add_space(12.0);
        if key(ui, "Go on", "Enter", 200.0) {
            acts.push(Act::Next);
        }
        close(ui);
        error(ui, reading);
    });
}

pub(super) fn finished(ui: &mut Ui, reading: &Reading) {
    column(ui, |ui| {
        heading(ui, "Thank you");
        let cases = reading.progress.reading.1;
        line(
            ui,
            &format!("All {cases} pictures are answered, and every answer is saved."),
        );
        ui.add_space(12.0);
        close(ui);
    });
}

pub(super) fn stopped(ui: &mut Ui, reading: &Reading) {
    column(ui, |ui| {
        heading(ui, "The next picture cannot be shown");
        error(ui, reading);
        line(ui, "Your answers are saved.");
        ui.add_space(12.0);
        close(ui);
    });
}

fn close(ui: &mut Ui) {
    if key(ui, "Close", "", 200.0) {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
    }
}
