//! The *Readers* page: on the left the form for the next reader study, on the right the open one; or its reveal, alone.

mod form;
mod open;
mod reveal;

use egui::Ui;

use crate::explorer::command::Command;
use crate::explorer::panels::page::AboutRecent;
use crate::explorer::panels::{Pane, page};
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::state::{ReaderActivity, Reveal};
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    // The pictures of a reveal use the whole width.
    if !matches!(pane.state.reader_studies.reveal, Some(Reveal::Shown { .. })) {
        page::form(ui, "next reader study", |ui| form::show(pane, ui));
    }
    page::canvas(ui, |ui, height| content(pane, ui, height));
}

/// The right side, with this visible height in points.
fn content(pane: &mut Pane<'_>, ui: &mut Ui, height: f32) {
    let state = pane.state;
    let studies = &state.reader_studies;
    match (&studies.activity, &studies.open, &studies.reveal) {
        (ReaderActivity::Making { judged, .. }, ..) => making(pane, ui, *judged),
        (ReaderActivity::Opening, ..) => page::opening(ui),
        (_, Some(open), Some(Reveal::Shown { lesions, at, page })) => {
            reveal::show(pane, ui, open, (lesions, *at), page.as_ref(), height);
        }
        (_, Some(open), _) => open::show(pane, ui, open),
        (_, None, _) => nothing(pane, ui),
    }
}

/// A reader study is being made.
fn making(pane: &mut Pane<'_>, ui: &mut Ui, judged: u32) {
    page::heading(ui, "Making a reader study");
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
        pane.emit(Command::Reader(ReaderCommand::Cancel));
    }
}

/// None is open: an introduction, and how to make or open one.
fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    let text = "In a reader study people judge the pictures that the network judges: lesions as they are, and lesions altered so that \
                the network's verdict flips. They do not know which is which. It is a single file that includes the pictures. Readers \
                are pseudonymous, every answer is saved immediately, and copies filled in on several machines can be merged.";
    page::introduction(ui, "No reader study is open", text);
    page::steps(
        ui,
        &[
            "In the form, choose findings: saved files, or those in the tray of the page Explore.",
            "Choose the true diagnoses, and what readers are asked. “Create reader study…” checks every picture and asks for a file.",
            "Let people read, each in a separate window. Then reveal the lesions one by one, or write tables and a report.",
        ],
    );
    ui.horizontal(|ui| {
        if ui.button("Open a reader study…").clicked() {
            pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Open)));
        }
        pane.button(
            ui,
            "Merge copies…",
            "Merges copies that were filled in on several machines into one file.",
            Command::Reader(ReaderCommand::Ask(AskReader::MergeFrom)),
        );
    });
    let recent = &pane.state.reader_studies.recent;
    let asked = page::recent(ui, "Recent reader studies", recent);
    let asked = asked.map(|asked| match asked {
        AboutRecent::Open(file) => ReaderCommand::Open(file),
        AboutRecent::Forget(file) => ReaderCommand::Forget(file),
    });
    if let Some(command) = asked {
        pane.emit(Command::Reader(command));
    }
}
