//! The text screens: the pseudonym, the welcome, feedback in practice, pauses, the end.

use egui::{FontId, RichText, Role, Ui, WidgetInfo};

use crate::explorer::readers::reading::panels::style::{
    SOFT, column, error, heading, key, line, plain,
};
use crate::explorer::readers::reading::stage::Act;
use crate::explorer::readers::reading::state::Reading;
use flipscope_base::untrusted::printable;
use flipscope_lab::reader::{Feedback, Question};
use flipscope_language::text;
use flipscope_model::Label;

/// The question for the pseudonym; in a hall, for the name of the class.
pub(super) fn name(ui: &mut Ui, reading: &Reading, hall: bool, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        if hall {
            heading(ui, text!("reading-which-class"));
            line(ui, text!("reading-which-class-why"));
        } else {
            heading(ui, text!("reading-who"));
            line(ui, text!("reading-who-why"));
        }
        let mut pseudonym = reading.pseudonym.clone();
        let field = egui::TextEdit::singleline(&mut pseudonym)
            .desired_width(300.0)
            .font(FontId::proportional(18.0))
            .align(egui::Align2::CENTER_CENTER);
        let response = ui.add(field);
        response
            .widget_info(|| WidgetInfo::labeled(Role::TextInput, true, text!("reading-pseudonym")));
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
            if key(ui, text!("reading-go-on"), text!("key-enter"), 200.0) {
                acts.push(Act::Next);
            }
        });
        close(ui);
        error(ui, reading);
        classes(ui, reading, acts);
    });
}

/// The classes that have answered before: one click goes on with one, however its name is spelt.
fn classes(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    if reading.known.is_empty() {
        return;
    }
    ui.add_space(12.0);
    line(ui, text!("reading-known-classes"));
    for class in &reading.known {
        if plain(ui, &printable(class), 200.0) {
            acts.extend([Act::Type(class.clone()), Act::Next]);
        }
    }
}

pub(super) fn welcome(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    let (practised, practice) = reading.progress.practice;
    let (read, cases) = reading.progress.reading;
    column(ui, |ui| {
        heading(ui, text!("readers-question"));
        let left = cases - read.min(cases);
        let name = &*reading.pseudonym;
        let text = if read > 0 || practised > 0 {
            text!("reading-welcome-back", name = name, count = left)
        } else {
            text!("reading-welcome", name = name, count = left)
        };
        line(ui, &text);
        if practised < practice {
            let first = practice - practised;
            line(ui, &text!("reading-practice-first", count = first));
        }
        if let Some(question) = reading.question() {
            for text in keys(question) {
                line(ui, text);
            }
        }
        if let Some(limit) = reading.shown.as_ref().and_then(|shown| shown.time_limit) {
            let seconds = limit.as_secs();
            line(ui, &text!("reading-time-limit", seconds = seconds));
        }
        let class = reading.question().is_some_and(|question| question.hands);
        let saved = if class {
            text!("reading-saved-at-once-class")
        } else {
            text!("reading-saved-at-once")
        };
        line(ui, saved);
        ui.add_space(12.0);
        if key(ui, text!("reading-begin"), text!("key-enter"), 200.0) {
            acts.push(Act::Next);
        }
        if !reading.asks {
            close(ui);
        } else if key(ui, text!("reading-other-name"), text!("key-escape"), 200.0) {
            acts.push(Act::Pause);
        }
        error(ui, reading);
        ui.add_space(18.0);
        let text = text!("reading-intended-use");
        ui.label(RichText::new(text).small().color(SOFT));
    });
}

/// What is asked, with the keys.
fn keys(question: Question) -> Vec<&'static str> {
    if question.hands {
        return vec![text!("reading-keys-hands")];
    }
    let mut lines = vec![text!("reading-keys-call")];
    if question.confidence {
        lines.push(text!("reading-keys-sure"));
    }
    if question.biopsy {
        lines.push(text!("reading-keys-biopsy"));
    }
    if question.confidence || question.biopsy {
        lines.push(text!("reading-keys-back"));
    }
    lines
}

/// The truth of a practice case; after the time limit also why it has come.
pub(super) fn feedback(ui: &mut Ui, reading: &Reading, feedback: Feedback, acts: &mut Vec<Act>) {
    let class = reading.question().is_some_and(|question| question.hands);
    let timed_out = feedback.right.is_none() && !class;
    column(ui, |ui| {
        let text = match (feedback.right, feedback.truth) {
            (Some(true), Label::Melanoma) => text!("reading-right-melanoma"),
            (Some(true), Label::Nevus) => text!("reading-right-nevus"),
            (Some(false), Label::Melanoma) => text!("reading-wrong-melanoma"),
            (Some(false), Label::Nevus) => text!("reading-wrong-nevus"),
            (None, Label::Melanoma) => text!("reading-is-melanoma"),
            (None, Label::Nevus) => text!("reading-is-nevus"),
        };
        heading(ui, text);
        if timed_out {
            line(ui, text!("reading-time-is-up"));
        }
        line(ui, text!("reading-not-told"));
        ui.add_space(12.0);
        if key(ui, text!("reading-go-on"), text!("key-enter"), 200.0) {
            acts.push(Act::Next);
        }
    });
}

pub(super) fn paused(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        heading(ui, text!("reading-paused"));
        let (read, cases) = reading.progress.reading;
        let name = &*reading.pseudonym;
        line(
            ui,
            &text!("reading-paused-at", read = read, cases = cases, name = name),
        );
        ui.add_space(12.0);
        if key(ui, text!("reading-go-on"), text!("key-enter"), 200.0) {
            acts.push(Act::Next);
        }
        close(ui);
        error(ui, reading);
    });
}

pub(super) fn finished(ui: &mut Ui, reading: &Reading) {
    column(ui, |ui| {
        heading(ui, text!("reading-thank-you"));
        let cases = reading.progress.reading.1;
        line(ui, &text!("reading-all-answered", cases = cases));
        ui.add_space(12.0);
        close(ui);
    });
}

pub(super) fn stopped(ui: &mut Ui, reading: &Reading) {
    column(ui, |ui| {
        heading(ui, text!("reading-stopped"));
        error(ui, reading);
        line(ui, text!("reading-answers-saved"));
        ui.add_space(12.0);
        close(ui);
    });
}

fn close(ui: &mut Ui) {
    if key(ui, text!("close"), text!("key-escape"), 200.0) {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
    }
}
