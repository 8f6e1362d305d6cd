//! The *Readers* page: on the left the form for the next reader study, on the right the open one; or its reveal, alone.

mod form;
mod open;
mod reveal;

use egui::Ui;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::panels::page::AboutRecent;
use crate::explorer::panels::{Pane, page};
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::state::{ReaderActivity, Reveal};
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let studies = &pane.state.reader_studies;
    // The pictures of a reveal use the whole width.
    if !matches!(studies.reveal, Some(Reveal::Shown { .. }))
        && pane.state.presenter.shows_form(studies.open.is_none())
    {
        page::form(ui, "next reader study", |ui| form::show(pane, ui));
    }
    let revealing = matches!(studies.reveal, Some(Reveal::Shown { .. }));
    // In a hall its pictures need the height.
    let above = if revealing && pane.state.presenter.on {
        reveal::ABOVE
    } else {
        page::ABOVE
    };
    page::canvas_within(ui, Page::Readers, above, |ui, height| {
        content(pane, ui, height);
    });
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
    page::heading(ui, text!("readers-making"));
    ui.add_space(theme::GAP);
    ui.horizontal(|ui| {
        ui.spinner();
        ui.label(match judged {
            0 => text!("readers-reading").to_owned(),
            judged => text!("readers-judging", count = judged),
        });
    });
    ui.add_space(theme::GAP);
    if ui.button(text!("cancel")).clicked() {
        pane.emit(Command::Reader(ReaderCommand::Cancel));
    }
}

/// None is open: an introduction, and how to make or open one.
fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    let class = (pane.state.reader_studies.form.draft.settings).classroom;
    let (text, diagnoses, read) = if class {
        (
            text!("readers-introduction-class"),
            text!("readers-step-diagnoses-class"),
            text!("readers-step-read-class"),
        )
    } else {
        (
            text!("readers-introduction"),
            text!("readers-step-diagnoses"),
            text!("readers-step-read"),
        )
    };
    page::introduction(ui, text!("readers-none-open"), text);
    page::steps(ui, &[text!("readers-step-findings"), diagnoses, read]);
    ui.horizontal(|ui| {
        if ui.button(text!("readers-open")).clicked() {
            pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Open)));
        }
        pane.button(
            ui,
            text!("study-merge-copies"),
            text!("readers-merge-hover"),
            Command::Reader(ReaderCommand::Ask(AskReader::MergeFrom)),
        );
    });
    let recent = &pane.state.reader_studies.recent;
    let asked = page::recent(ui, text!("readers-recent"), recent);
    let asked = asked.map(|asked| match asked {
        AboutRecent::Open(file) => ReaderCommand::Open(file),
        AboutRecent::Forget(file) => ReaderCommand::Forget(file),
    });
    if let Some(command) = asked {
        pane.emit(Command::Reader(command));
    }
}
