//! The form for the next reader study, and the button that makes it.

use egui::{RichText, Ui};

use flipscope_base::number::Unit;
use flipscope_lab::reader::plan::Settings;
use flipscope_model::Label;

use crate::explorer::command::Command;
use crate::explorer::page::{Page, Tool};
use crate::explorer::panels::Pane;
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::obstacle;
use crate::explorer::readers::state::{ReaderForm, Source};
use crate::explorer::theme;
use crate::explorer::widgets::{chosen, forget, hint, number, primary, row, segmented};

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let mut form = pane.state.reader_studies.form.clone();
    ui.label(theme::section("New reader study", &palette));
    findings(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section("True diagnoses", &palette));
    labels(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section("Pictures", &palette));
    pictures(ui, &mut form.draft.settings);
    ui.add_space(theme::GAP);
    ui.label(theme::section("Questions", &palette));
    questions(ui, &mut form.draft.settings);
    row(ui, "Seed", |ui| {
        number(
            ui,
            "Seed of the readers",
            &mut form.draft.settings.seed,
            0..=u64::MAX,
            0.1,
            Unit::None,
        );
    });
    let obstacle = obstacle::to_create(pane.state, &form);
    if form != pane.state.reader_studies.form {
        pane.emit(Command::Reader(ReaderCommand::Set(Box::new(form))));
    }
    ui.add_space(4.0);
    if primary(ui, "Create reader study…", obstacle.is_none()).clicked() {
        pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::New)));
    }
    let below = obstacle.unwrap_or_else(|| {
        "Asks for a file. Lesions are drawn by the seed; their pictures are checked and kept in the file.".to_owned()
    });
    ui.add(egui::Label::new(RichText::new(below).small().color(palette.muted)).wrap());
}

fn findings(pane: &mut Pane<'_>, ui: &mut Ui, form: &mut ReaderForm) {
    let tray = format!("Tray ({})", obstacle::in_tray(pane.state));
    row(ui, "Findings", |ui| {
        let sources = [
            (
                Source::Files,
                "Files",
                "Written by flipscope: with Export in the tray, or by attacks on the command line",
            ),
            (
                Source::Tray,
                tray.as_str(),
                "Those of this window's searches that flip",
            ),
        ];
        if let Some(source) = segmented(ui, "Findings", form.source, &sources) {
            form.source = source;
        }
        let search = ui
            .button("Search…")
            .on_hover_text("Explore lesions, and search for changes that flip them");
        if search.clicked() {
            pane.emit(Command::Turn(Page::Explore));
            pane.emit(Command::Show(Tool::Search));
        }
    });
    if form.source == Source::Files {
        row(ui, "from", |ui| {
            if ui.button("Findings folder…").clicked() {
                pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Folder)));
            }
            if ui.button("Finding files…").clicked() {
                pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Findings)));
            }
            match form.draft.findings.as_slice() {
                [] => chosen(ui, None, "none chosen"),
                [one] => chosen(ui, Some(one), ""),
                many => {
                    ui.label(format!("{} files", many.len()));
                }
            }
        });
    }
}

fn labels(pane: &mut Pane<'_>, ui: &mut Ui, form: &mut ReaderForm) {
    row(ui, "Labels", |ui| {
        pane.button(
            ui,
            "Labels…",
            "A table (CSV) of ISIC or HAM10000",
            Command::Reader(ReaderCommand::Ask(AskReader::Table)),
        );
        pane.button(
            ui,
            "Classes…",
            "A folder with a folder per class: melanoma, nevus",
            Command::Reader(ReaderCommand::Ask(AskReader::Classes)),
        );
        chosen(ui, form.draft.data.as_deref(), "none chosen");
        forget(ui, "No labelled photographs", &mut form.draft.data);
    });
    if form.draft.data.is_some() {
        row(ui, "Pictures in", |ui| {
            if ui.button("Photographs…").clicked() {
                pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Images)));
            }
            chosen(ui, form.draft.images.as_deref(), "beside the table");
            forget(ui, "Photographs beside the table", &mut form.draft.images);
        });
    }
    row(ui, "If unlabelled", |ui| {
        let truths = [
            (
                None,
                "Reject",
                "A finding on a lesion that is in no table is refused",
            ),
            (
                Some(Label::Melanoma),
                "Melanomas",
                "Findings that are in no table count as melanomas; one that a table calls a nevus is refused",
            ),
            (
                Some(Label::Nevus),
                "Nevi",
                "Findings that are in no table count as nevi; one that a table calls a melanoma is refused",
            ),
        ];
        if let Some(truth) = segmented(ui, "Unknown lesions", form.draft.truth, &truths) {
            form.draft.truth = truth;
        }
    });
}

fn pictures(ui: &mut Ui, settings: &mut Settings) {
    row(ui, "Per reader", |ui| {
        number(
            ui,
            "Cases for each reader",
            &mut settings.cases,
            2..=Settings::MAX_CASES,
            0.5,
            Unit::None,
        );
        ui.label("cases, altered");
        let mut percent = settings.adversarial_share * 100.0;
        let before = percent;
        number(
            ui,
            "Share of altered cases",
            &mut percent,
            1.0..=100.0,
            0.5,
            Unit::Percent,
        );
        if percent != before {
            settings.adversarial_share = percent / 100.0;
        }
    });
    row(ui, "Practice", |ui| {
        number(
            ui,
            "Practice cases",
            &mut settings.practice,
            0..=100,
            0.1,
            Unit::None,
        );
        hint(ui, "cases first, with feedback");
    });
    row(ui, "Both forms", |ui| {
        ui.checkbox(&mut settings.both_forms, "Show both to each reader");
    });
    if settings.both_forms {
        row(ui, "at least", |ui| {
            number(
                ui,
                "Cases between both forms",
                &mut settings.gap,
                0..=Settings::MAX_CASES,
                0.2,
                Unit::None,
            );
            hint(ui, "cases apart");
        });
    }
    row(ui, "Readers", |ui| {
        number(
            ui,
            "Planned readers",
            &mut settings.readers,
            1..=1000,
            0.1,
            Unit::None,
        );
        hint(ui, "planned (even: balanced)");
    });
    row(ui, "Size", |ui| {
        let (smallest, largest) = Settings::SIDES;
        number(
            ui,
            "Side of a picture",
            &mut settings.side,
            smallest..=largest,
            1.0,
            Unit::None,
        );
        hint(ui, "points (598: 2× the frame)");
    });
    row(ui, "Time limit", |ui| {
        let mut limit = settings.time_limit.unwrap_or(0);
        let before = limit;
        number(
            ui,
            "Time limit",
            &mut limit,
            0..=Settings::MAX_TIME_LIMIT,
            0.2,
            Unit::Seconds,
        );
        if limit != before {
            settings.time_limit = (limit > 0).then_some(limit);
        }
        hint(ui, "per case (0 = no limit)");
    });
}

fn questions(ui: &mut Ui, settings: &mut Settings) {
    ui.label("Melanoma or nevus?");
    ui.add_enabled_ui(!settings.classroom, |ui| {
        ui.checkbox(&mut settings.confidence, "How sure, from 1 to 5?");
    });
    ui.checkbox(&mut settings.biopsy, "Would you biopsy it?");
    let class = ui.checkbox(&mut settings.classroom, "A class answers by show of hands");
    if class.changed() && settings.classroom {
        // A show of hands has no confidence.
        settings.confidence = false;
    }
}
