//! The open reader study: what it asks, its readers' progress, what can be done with it.

use egui::{Button, ProgressBar, RichText, Ui};

use flipscope_base::text::printable;

use crate::explorer::command::Command;
use crate::explorer::panels::{Pane, page};
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::state::{OpenedReaderStudy, ReaderActivity, Reveal};
use crate::explorer::study::request::Writing;
use crate::explorer::theme;
use crate::explorer::widgets::{notices, number, primary};
use crate::explorer::wording::in_window;
use flipscope_base::number::Unit;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, opened: &OpenedReaderStudy) {
    let palette = theme::palette(ui.ctx());
    page::file_heading(ui, &opened.file);
    let plan = &opened.plan;
    let facts = [
        opened.summary.clone(),
        format!(
            "network {} · seed {} · plan {}",
            plan.network.name,
            plan.settings.seed,
            page::short(&opened.sha256)
        ),
    ];
    for line in facts {
        ui.add(egui::Label::new(RichText::new(line).color(palette.muted)).wrap());
    }
    for caution in &opened.cautions {
        let text = RichText::new(format!("Note: {}.", in_window(caution))).color(palette.warning);
        ui.add(egui::Label::new(text).wrap());
    }
    ui.add_space(theme::GAP);
    buttons(pane, ui, opened);
    ui.add_space(theme::GAP);
    page::card(ui, "Readers", |ui| readers(ui, opened));
    ui.add_space(theme::GAP);
    page::notes(ui, &opened.notes);
    ui.collapsing("Protocol", |ui| {
        if ui.small_button("Copy the protocol").clicked() {
            pane.emit(Command::Reader(ReaderCommand::CopyProtocol));
        }
        ui.add(egui::Label::new(RichText::new(&opened.protocol).small()).wrap());
    });
}

fn buttons(pane: &mut Pane<'_>, ui: &mut Ui, opened: &OpenedReaderStudy) {
    let studies = &pane.state.reader_studies;
    let reading = matches!(studies.activity, ReaderActivity::Reading);
    let warned = matches!(studies.reveal, Some(Reveal::Warned));
    let writing = studies.writing;
    ui.horizontal_wrapped(|ui| {
        let text = if reading { "Somebody reads…" } else { "Read…" };
        let hint = "Opens a separate full-screen window; it asks for a pseudonym.";
        if primary(ui, text, !reading).on_hover_text(hint).clicked() {
            pane.emit(Command::Reader(ReaderCommand::Read));
        }
        for (text, what) in [
            ("Write reader tables…", Writing::Tables),
            ("Write reader report…", Writing::Report),
        ] {
            let something = !opened.is_untouched();
            let hint = "It reveals the truth: keep it from readers who have not finished.";
            let button = ui.add_enabled(something, Button::new(text));
            if button.on_hover_text(hint).clicked() {
                let ask = AskReader::Write(what);
                pane.emit(Command::Reader(ReaderCommand::Ask(ask)));
            }
        }
        let hint = "Steps through the lesions: what they are, what was changed, what readers and the network said.";
        let reveal = ui.add_enabled(!reading && !warned, Button::new("Reveal…"));
        if reveal.on_hover_text(hint).clicked() {
            pane.emit(Command::Reader(ReaderCommand::Reveal));
        }
        let hint = "Its file keeps the answers; a window in which somebody is reading stays open.";
        if ui
            .button("Close reader study")
            .on_hover_text(hint)
            .clicked()
        {
            pane.emit(Command::Reader(ReaderCommand::Close));
        }
        page::writing(ui, writing);
    });
    slot(pane, ui);
    if warned {
        warning(pane, ui, opened);
    }
    if page::report(ui, pane.state.reader_studies.report.as_deref()) {
        pane.emit(Command::Reader(ReaderCommand::CopyReport));
    }
}

/// The slot of the next reader.
fn slot(pane: &mut Pane<'_>, ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        let before = pane.state.reader_studies.slot.unwrap_or(0);
        let mut slot = before;
        ui.label("Slot of a new reader");
        number(ui, "Slot", &mut slot, 0..=10_000, 0.1, Unit::None);
        ui.weak("0: the next free one. With copies of the file, give each reader a different one.");
        notices(ui);
        if slot != before {
            let slot = (slot > 0).then_some(slot);
            pane.emit(Command::Reader(ReaderCommand::Slot(slot)));
        }
    });
}

/// Whether to show the truth before everybody has finished.
fn warning(pane: &mut Pane<'_>, ui: &mut Ui, opened: &OpenedReaderStudy) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(4.0);
    let finished = opened.finished();
    let all = finished + opened.unfinished();
    let text = format!(
        "{finished} of {all} readers have finished. Anyone who sees the reveal can no longer be a reader."
    );
    ui.add(egui::Label::new(RichText::new(text).color(palette.warning)).wrap());
    ui.horizontal_wrapped(|ui| {
        if ui.button("Reveal anyway").clicked() {
            pane.emit(Command::Reader(ReaderCommand::RevealAnyway));
        }
        if ui.button("Do not").clicked() {
            pane.emit(Command::Reader(ReaderCommand::EndReveal));
        }
    });
}

/// Each reader's progress.
fn readers(ui: &mut Ui, opened: &OpenedReaderStudy) {
    let palette = theme::palette(ui.ctx());
    let settings = &opened.plan.settings;
    let (joined, finished) = (opened.readers.len(), opened.finished());
    ui.label(format!(
        "{} planned, {joined} joined, {finished} finished",
        settings.readers
    ));
    egui::Grid::new("readers")
        .num_columns(3)
        .spacing([14.0, 6.0])
        .show(ui, |ui| {
            for one in &opened.readers {
                ui.label(printable(&one.reader.pseudonym));
                let share = one.answered as f32 / settings.cases.max(1) as f32;
                let bar = ProgressBar::new(share).desired_width(220.0);
                ui.add(bar.fill(palette.accent).desired_height(8.0));
                let practice = opened.plan.practice.len() as u32;
                ui.label(if one.answered == 0 && one.practised < practice {
                    format!("practice {} of {practice}", one.practised)
                } else {
                    format!("{} of {}", one.answered, settings.cases)
                });
                ui.end_row();
            }
        });
}
