//! The *Study* page: on the left the form for the next study, on the right the open one.

mod figures;
mod form;
mod open;
mod proofs;
mod results;

use egui::Ui;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::panels::page::AboutRecent;
use crate::explorer::panels::{Pane, page};
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::state::Activity;
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let empty = pane.state.studies.open.is_none();
    if pane.state.presenter.shows_form(empty) {
        page::form(ui, "next study", |ui| form::show(pane, ui));
    }
    page::canvas(ui, Page::Study, |ui, _| {
        match &pane.state.studies.activity {
            Activity::Making { read, .. } => making(pane, ui, *read),
            Activity::Opening => page::opening(ui),
            _ => match &pane.state.studies.open {
                Some(opened) => open::show(pane, ui, opened),
                None => nothing(pane, ui),
            },
        }
    });
}

/// A study is being made.
fn making(pane: &mut Pane<'_>, ui: &mut Ui, read: Option<(usize, usize)>) {
    page::heading(ui, text!("study-making"));
    ui.add_space(theme::GAP);
    match read {
        Some((done, total)) if done < total => {
            let said = text!("study-reading", done = done, total = total);
            open::part(ui, &said, done, total);
        }
        Some((done, total)) => open::part(ui, text!("study-measuring"), done, total),
        None => open::part(ui, text!("study-reading-table"), 0, 1),
    }
    ui.add_space(theme::GAP);
    if ui.button(text!("cancel")).clicked() {
        pane.emit(Command::Study(StudyCommand::Cancel));
    }
}

/// No study is open: an introduction, and how to make or open one.
fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    let text = text!("study-introduction");
    page::introduction(ui, text!("study-none-open"), text);
    page::steps(
        ui,
        &[
            text!("study-step-photographs"),
            text!("study-step-create"),
            text!("study-step-start"),
        ],
    );
    ui.horizontal(|ui| {
        if ui.button(text!("study-open")).clicked() {
            pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Open)));
        }
        pane.button(
            ui,
            text!("study-merge-copies"),
            text!("study-merge-copies.hover"),
            Command::Study(StudyCommand::Ask(AskStudy::MergeFrom)),
        );
    });
    let asked = page::recent(ui, text!("study-recent"), &pane.state.studies.recent);
    let asked = asked.map(|asked| match asked {
        AboutRecent::Open(file) => StudyCommand::Open(file),
        AboutRecent::Forget(file) => StudyCommand::Forget(file),
    });
    if let Some(command) = asked {
        pane.emit(Command::Study(command));
    }
}
