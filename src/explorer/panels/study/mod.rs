//! The *Study* page: on the left what the next study will be, on the right the one that is open.

mod form;
mod open;
mod results;

use egui::{CentralPanel, Panel, ProgressBar, RichText, ScrollArea, Ui};

use super::super::command::{AskStudy, Command, StudyCommand};
use super::super::studies::Activity;
use super::super::theme;
use super::Pane;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    Panel::left("next study")
        .default_size(420.0)
        .size_range(360.0..=560.0)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(14, 8)),
        )
        .show(ui, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 5.0;
                    form::show(pane, ui);
                });
        });
    let canvas = theme::palette(ui.ctx()).canvas;
    CentralPanel::no_frame()
        .frame(
            egui::Frame::new()
                .fill(canvas)
                .inner_margin(egui::Margin::symmetric(20, 14)),
        )
        .show(ui, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| match &pane.state.studies.activity {
                    Activity::Making { read, .. } => making(pane, ui, *read),
                    Activity::Opening => {
                        ui.horizontal(|ui| {
                            ui.spinner();
                            ui.label("Opening…");
                        });
                    }
                    _ => match &pane.state.studies.open {
                        Some(opened) => open::show(pane, ui, opened),
                        None => nothing(pane, ui),
                    },
                });
        });
}

/// A study is being made.
fn making(pane: &mut Pane<'_>, ui: &mut Ui, read: Option<(usize, usize)>) {
    let palette = theme::palette(ui.ctx());
    ui.label(RichText::new("Making a study").font(theme::figure(20.0)));
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
        pane.emit(Command::Study(StudyCommand::CallOff));
    }
}

/// No study is open: what one is, and how to come by one.
fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.label(RichText::new("No study is open").font(theme::figure(20.0)));
    ui.add_space(theme::GAP);
    let text = "A study puts the same questions to a whole labelled set of photographs: how often a model is right on them as they \
                are, under every change of colour, pose, noise and light, and under attack. It is one file. It can be paused, \
                and goes on where it stood, also after a crash, on this machine or on others.";
    let text = RichText::new(text).color(palette.muted);
    ui.scope(|ui| {
        ui.set_max_width(560.0);
        ui.add(egui::Label::new(text).wrap());
    });
    ui.add_space(theme::GROUP);
    ui.horizontal(|ui| {
        if ui.button("Open a study…").clicked() {
            pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Open)));
        }
        let merge = ui.button("Merge copies…").on_hover_text(
            "Copies of one study that were run on several machines become one file.",
        );
        if merge.clicked() {
            pane.emit(Command::Study(StudyCommand::Ask(AskStudy::MergeFrom)));
        }
    });
}
