//! The *Readers* page: on the left what the next reader study will be, on the right the one that is open; or its reveal, alone.

mod form;
mod open;
mod reveal;

use egui::{CentralPanel, Panel, RichText, ScrollArea, Ui};

use super::super::command::{AskReader, Command, ReaderCommand};
use super::super::reader_studies::{ReaderActivity, Reveal};
use super::super::theme;
use super::Pane;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let revealing = matches!(pane.state.reader_studies.reveal, Some(Reveal::Shown { .. }));
    // The pictures have the whole width.
    if !revealing {
        Panel::left("next reader study")
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
    }
    let canvas = theme::palette(ui.ctx()).canvas;
    CentralPanel::no_frame()
        .frame(
            egui::Frame::new()
                .fill(canvas)
                .inner_margin(egui::Margin::symmetric(20, 14)),
        )
        .show(ui, |ui| {
            let height = ui.available_height();
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| content(pane, ui, height));
        });
}

/// What is on the right, where so many points of height are in sight.
fn content(pane: &mut Pane<'_>, ui: &mut Ui, height: f32) {
    let state = pane.state;
    let studies = &state.reader_studies;
    match (&studies.activity, &studies.open, &studies.reveal) {
        (ReaderActivity::Making { judged, .. }, ..) => making(pane, ui, *judged),
        (ReaderActivity::Opening, ..) => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("Opening…");
            });
        }
        (_, Some(open), Some(Reveal::Shown { lesions, at, page })) => {
            reveal::show(pane, ui, open, (lesions, *at), page.as_ref(), height);
        }
        (_, Some(open), _) => open::show(pane, ui, open),
        (_, None, _) => nothing(pane, ui),
    }
}

/// A reader study is being made.
fn making(pane: &mut Pane<'_>, ui: &mut Ui, judged: u32) {
    ui.label(RichText::new("Making a reader study").font(theme::figure(20.0)));
    ui.add_space(theme::GAP);
    ui.horizontal(|ui| {
        ui.spinner();
        ui.label(match judged {
            0 => "Reading findings and photographs…".to_owned(),
            judged => format!("The network judges unmodified photographs: {judged}"),
        });
    });
    ui.add_space(theme::GAP);
    if ui.button("Cancel").clicked() {
        pane.emit(Command::Reader(ReaderCommand::CallOff));
    }
}

/// None is open: what one is, and how to come by one.
fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.label(RichText::new("No reader study is open").font(theme::figure(20.0)));
    ui.add_space(theme::GAP);
    let text = "In a reader study people judge the pictures that the network judges: lesions as they are, and lesions altered so that \
                the network's verdict flips. They do not know which is which. It is one file, with the pictures in it; readers are \
                pseudonyms, every answer is kept at once, and copies of the file that were read on several machines are merged.";
    let text = RichText::new(text).color(palette.muted);
    ui.scope(|ui| {
        ui.set_max_width(560.0);
        ui.add(egui::Label::new(text).wrap());
    });
    ui.add_space(theme::GROUP);
    ui.horizontal(|ui| {
        if ui.button("Open a reader study…").clicked() {
            pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Open)));
        }
        let merge = ui
            .button("Merge copies…")
            .on_hover_text("Copies that were read on several machines become one file.");
        if merge.clicked() {
            pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::MergeFrom)));
        }
    });
}
