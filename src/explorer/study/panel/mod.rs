//! The *Study* page: on the left the form for the next study, on the right the open one.

mod figures;
mod form;
mod open;
mod results;

use egui::{ProgressBar, Ui};

use crate::explorer::command::Command;
use crate::explorer::panels::page::AboutRecent;
use crate::explorer::panels::{Pane, page};
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::state::Activity;
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    page::form(ui, "next study", |ui| form::show(pane, ui));
    page::canvas(ui, |ui, _| match &pane.state.studies.activity {
        Activity::Making { read, .. } => making(pane, ui, *read),
        Activity::Opening => page::opening(ui),
        _ => match &pane.state.studies.open {
            Some(opened) => open::show(pane, ui, opened),
            None => nothing(pane, ui),
        },
    });
}

/// A study is being made.
fn making(pane: &mut Pane<'_>, ui: &mut Ui, read: Option<(usize, usize)>) {
    let palette = theme::palette(ui.ctx());
    page::heading(ui, "Making a study");
    ui.add_space(theme::GAP);
    match read {
        Some((done, total)) if done < total => {
            ui.label(format!("Reading photographs: {done} of {total}"));
            let share = done as f32 / total.max(1) as f32;
            ui.add(ProgressBar::new(share).fill(palette.accent));
        }
        Some(_) => {
            ui.label("Measuring how long it will take…");
        }
        None => {
            ui.label("Reading the table…");
        }
    }
    ui.add_space(theme::GAP);
    if ui.button("Cancel").clicked() {
        pane.emit(Command::Study(StudyCommand::Cancel));
    }
}

/// No study is open: an introduction, and how to make or open one.
fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    let text = "A study tests a model on a whole labelled set of photographs: how often it is right when they are unaltered, \
                under every change of colour, pose, noise and light, and under attack. A study is a single file. It can be \
                paused and resumed where it left off, even after a crash, on this machine or another.";
    page::introduction(ui, "No study is open", text);
    page::steps(
        ui,
        &[
            "In the form, choose labelled photographs: a table (CSV), or a folder with a folder per class.",
            "Choose what is tested. “Create study…” measures how long it will take before anything runs.",
            "Start it. Results and figures appear here while it runs; tables and a report for print can be written at any time.",
        ],
    );
    ui.horizontal(|ui| {
        if ui.button("Open a study…").clicked() {
            pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Open)));
        }
        pane.button(
            ui,
            "Merge copies…",
            "Merges copies of one study that were run on several machines into one file.",
            Command::Study(StudyCommand::Ask(AskStudy::MergeFrom)),
        );
    });
    let asked = page::recent(ui, "Recent studies", &pane.state.studies.recent);
    let asked = asked.map(|asked| match asked {
        AboutRecent::Open(file) => StudyCommand::Open(file),
        AboutRecent::Forget(file) => StudyCommand::Forget(file),
    });
    if let Some(command) = asked {
        pane.emit(Command::Study(command));
    }
}
