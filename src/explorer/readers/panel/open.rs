//! The open reader study: what it asks, its readers' progress, what can be done with it.

use egui::{Button, ProgressBar, RichText, Ui};

use flipscope_base::untrusted::printable;

use crate::explorer::command::Command;
use crate::explorer::panels::{Pane, page};
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::state::{OpenedReaderStudy, ReaderActivity, Reveal};
use crate::explorer::study::request::Writing;
use crate::explorer::theme;
use crate::explorer::widgets::{fold, notices, number, primary};
use crate::explorer::wording::in_window;
use flipscope_base::number::Unit;
use flipscope_lab::reader::plan::Protocol;
use flipscope_language::text;
use flipscope_model::model_in_words;

/// Width of the names of the protocol's parameters, in points.
const NAMES: f32 = 190.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, opened: &OpenedReaderStudy) {
    let palette = theme::palette(ui.ctx());
    page::file_heading(ui, &opened.file);
    let plan = &opened.plan;
    let facts = [
        opened.summary.clone(),
        text!(
            "readers-facts",
            network = model_in_words(&printable(&plan.network.name)),
            remedy = plan.network.remedy_in_words(),
            seed = plan.settings.seed.to_string(),
            plan = page::short(&opened.sha256),
        ),
    ];
    for line in facts {
        ui.add(egui::Label::new(RichText::new(line).color(palette.muted)).wrap());
    }
    for caution in &opened.cautions {
        let text = text!("readers-caution", caution = in_window(caution));
        let text = RichText::new(text).color(palette.warning);
        ui.add(egui::Label::new(text).wrap());
    }
    if opened.one_sided {
        let text = RichText::new(text!("readers-one-sided")).color(palette.muted);
        ui.add(egui::Label::new(text).wrap());
    }
    ui.add_space(theme::GAP);
    buttons(pane, ui, opened);
    ui.add_space(theme::GAP);
    let heading = if plan.settings.classroom {
        text!("readers-classes-heading")
    } else {
        text!("readers-readers")
    };
    page::card(ui, heading, |ui| readers(ui, opened));
    ui.add_space(theme::GAP);
    page::notes(ui, &opened.notes);
    let header = egui::CollapsingHeader::new(text!("readers-protocol"));
    fold(ui, header, |ui| {
        if ui.button(text!("readers-protocol-copy")).clicked() {
            pane.emit(Command::Reader(ReaderCommand::CopyProtocol));
        }
        protocol(ui, &opened.protocol);
    });
}

/// The protocol: its parameters in two columns, as they would stand in a fixed-width text.
fn protocol(ui: &mut Ui, protocol: &Protocol) {
    let small = |text: &str| egui::Label::new(RichText::new(text).small()).wrap();
    ui.add(small(&protocol.methods));
    ui.label(theme::section(
        text!("readers-parameters"),
        &theme::palette(ui.ctx()),
    ));
    let wide = NAMES.min(ui.available_width() * 0.45);
    for (name, value) in &protocol.parameters {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(wide);
                ui.add(small(name));
            });
            ui.vertical(|ui| ui.add(small(value)));
        });
    }
}

fn buttons(pane: &mut Pane<'_>, ui: &mut Ui, opened: &OpenedReaderStudy) {
    let studies = &pane.state.reader_studies;
    let reading = matches!(studies.activity, ReaderActivity::Reading);
    let warned = matches!(studies.reveal, Some(Reveal::Warned));
    let writing = studies.writing;
    ui.horizontal_wrapped(|ui| {
        let class = opened.plan.settings.classroom;
        let text = match (reading, class) {
            (true, true) => text!("readers-class-answers"),
            (true, false) => text!("readers-somebody-reads"),
            (false, true) => text!("readers-read-class"),
            (false, false) => text!("readers-read-button"),
        };
        let hint = if class {
            text!("readers-read-class.hover")
        } else {
            text!("readers-read-button.hover")
        };
        if primary(ui, text, !reading).on_hover_text(hint).clicked() {
            pane.emit(Command::Reader(ReaderCommand::Read));
        }
        for (text, what) in [
            (text!("readers-tables"), Writing::Tables),
            (text!("readers-report"), Writing::Report),
        ] {
            let something = !opened.is_untouched();
            let hint = if class {
                text!("readers-reveals-truth-class")
            } else {
                text!("readers-reveals-truth")
            };
            let button = ui.add_enabled(something, Button::new(text));
            if button.on_hover_text(hint).clicked() {
                let ask = AskReader::Write(what);
                pane.emit(Command::Reader(ReaderCommand::Ask(ask)));
            }
        }
        let hint = if class {
            text!("readers-reveal-hover-class")
        } else {
            text!("readers-reveal-hover")
        };
        let reveal = ui.add_enabled(!reading && !warned, Button::new(text!("readers-reveal")));
        if reveal.on_hover_text(hint).clicked() {
            pane.emit(Command::Reader(ReaderCommand::Reveal));
        }
        let hint = if class {
            text!("readers-close-hover-class")
        } else {
            text!("readers-close-hover")
        };
        if ui
            .button(text!("readers-close"))
            .on_hover_text(hint)
            .clicked()
        {
            pane.emit(Command::Reader(ReaderCommand::Close));
        }
        page::writing(ui, writing);
    });
    slot(pane, ui, opened.plan.settings.classroom);
    if warned {
        warning(pane, ui, opened);
    }
    if page::report(ui, pane.state.reader_studies.report.as_deref()) {
        pane.emit(Command::Reader(ReaderCommand::CopyReport));
    }
}

/// The slot of the next reader, or class.
fn slot(pane: &mut Pane<'_>, ui: &mut Ui, class: bool) {
    ui.horizontal_wrapped(|ui| {
        let before = pane.state.reader_studies.slot.unwrap_or(0);
        let mut slot = before;
        let (row, hint) = if class {
            (
                text!("readers-slot-row-class"),
                text!("readers-slot-hint-class"),
            )
        } else {
            (text!("readers-slot-row"), text!("readers-slot-hint"))
        };
        ui.label(row);
        number(
            ui,
            text!("readers-slot"),
            &mut slot,
            0..=10_000,
            0.1,
            Unit::None,
        );
        ui.weak(hint);
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
    let text = if opened.plan.settings.classroom {
        // Of none that has answered it is said below.
        match opened.readers.len() {
            0 => text!("readers-reveal-warning-no-class").to_owned(),
            _ => text!(
                "readers-reveal-warning-class",
                finished = finished,
                all = all
            ),
        }
    } else {
        text!("readers-reveal-warning", finished = finished, all = all)
    };
    ui.add(egui::Label::new(RichText::new(text).color(palette.warning)).wrap());
    ui.horizontal_wrapped(|ui| {
        if ui.button(text!("readers-reveal-anyway")).clicked() {
            pane.emit(Command::Reader(ReaderCommand::RevealAnyway));
        }
        if ui.button(text!("readers-reveal-not")).clicked() {
            pane.emit(Command::Reader(ReaderCommand::EndReveal));
        }
    });
}

/// Each reader's progress.
fn readers(ui: &mut Ui, opened: &OpenedReaderStudy) {
    let palette = theme::palette(ui.ctx());
    let settings = &opened.plan.settings;
    let (joined, finished) = (opened.readers.len(), opened.finished());
    ui.label(if settings.classroom {
        text!(
            "readers-classes-counts",
            joined = joined,
            finished = finished
        )
    } else {
        text!(
            "readers-counts",
            planned = settings.readers,
            joined = joined,
            finished = finished,
        )
    });
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
                    text!("readers-practised", done = one.practised, of = practice)
                } else {
                    text!("study-done-of", done = one.answered, of = settings.cases)
                });
                ui.end_row();
            }
        });
}
