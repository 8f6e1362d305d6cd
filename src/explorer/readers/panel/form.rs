//! The form for the next reader study, and the button that makes it.

use egui::{RichText, Ui};

use flipscope_base::number::Unit;
use flipscope_lab::reader::plan::Settings;
use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::command::Command;
use crate::explorer::page::{Page, Tool};
use crate::explorer::panels::Pane;
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::state::{ReaderForm, Source};
use crate::explorer::readers::{obstacle, proposals};
use crate::explorer::theme;
use crate::explorer::widgets::{Marked, chosen, forget, hint, number, primary, row, segmented};

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let mut form = pane.state.reader_studies.form.clone();
    proposals::enter(pane.state, &mut form);
    if let Some(origins) = proposals::to_count(pane.state, &form) {
        pane.emit(Command::Reader(ReaderCommand::Count(origins)));
    }
    ui.label(theme::section(text!("readers-new"), &palette));
    findings(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("readers-diagnoses"), &palette));
    labels(pane, ui, &mut form);
    undiagnosed(pane, ui, &form);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("readers-pictures"), &palette));
    pictures(ui, &mut form.draft.settings);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("readers-questions"), &palette));
    questions(ui, &mut form.draft.settings);
    row(ui, text!("readers-seed"), |ui| {
        number(
            ui,
            text!("readers-seed-name"),
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
    if primary(ui, text!("readers-create"), obstacle.is_none()).clicked() {
        pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::New)));
    }
    let below = obstacle.unwrap_or_else(|| text!("readers-create-below").to_owned());
    ui.add(egui::Label::new(RichText::new(below).small().color(palette.muted)).wrap());
}

fn findings(pane: &mut Pane<'_>, ui: &mut Ui, form: &mut ReaderForm) {
    let tray = match proposals::of_tray(pane.state, form) {
        [taken, all] if taken == all => text!("readers-tray", count = all),
        [taken, all] => text!("readers-tray-part", count = taken, all = all),
    };
    row(ui, text!("readers-findings"), |ui| {
        let sources = [
            (
                Source::Files,
                text!("readers-files"),
                text!("readers-files.hover"),
            ),
            (Source::Tray, tray.as_str(), text!("readers-tray-hover")),
        ];
        if let Some(source) = segmented(ui, text!("readers-findings"), form.source, &sources) {
            form.source = source;
        }
        let search = ui
            .button(text!("readers-search"))
            .on_hover_text(text!("readers-search.hover"));
        if search.clicked() {
            pane.emit(Command::OpenPage(Page::Explore));
            pane.emit(Command::ShowTool(Tool::Search));
        }
    });
    if form.source == Source::Files {
        row(ui, text!("readers-from"), |ui| {
            if ui.button(text!("readers-findings-folder")).clicked() {
                pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Folder)));
            }
            if ui.button(text!("readers-finding-files")).clicked() {
                pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Findings)));
            }
            match form.draft.findings.as_slice() {
                [] => chosen(ui, None, text!("study-none-chosen")),
                [one] => chosen(ui, Some(one), ""),
                many => {
                    ui.label(text!("readers-files-chosen", count = many.len()));
                }
            }
            if let Some(count) = proposals::found(pane.state, form) {
                hint(ui, &text!("readers-found", count = count));
            }
        });
    }
}

/// Says it, if findings are left out because nothing says what their lesions are.
fn undiagnosed(pane: &Pane<'_>, ui: &mut Ui, form: &ReaderForm) {
    let count = proposals::undiagnosed(pane.state, form);
    if count == 0 {
        return;
    }
    let warning = theme::palette(ui.ctx()).warning;
    let said = match form.draft.truth {
        None => text!("readers-undiagnosed", count = count),
        Some(_) => text!("readers-otherwise", count = count),
    };
    ui.add(egui::Label::new(RichText::new(said).small().color(warning)).wrap());
}

fn labels(pane: &mut Pane<'_>, ui: &mut Ui, form: &mut ReaderForm) {
    row(ui, text!("readers-labels"), |ui| {
        pane.button(
            ui,
            text!("readers-labels-choose"),
            text!("study-table.hover"),
            Command::Reader(ReaderCommand::Ask(AskReader::Table)),
        );
        pane.button(
            ui,
            text!("readers-classes"),
            text!("study-folder.hover"),
            Command::Reader(ReaderCommand::Ask(AskReader::Classes)),
        );
        chosen(ui, form.draft.data.as_deref(), text!("study-none-chosen"));
        forget(ui, text!("readers-labels-forget"), &mut form.draft.data);
    });
    let tables = pane.state.list.data.len();
    if tables > 1 && form.draft.data.is_some() && form.draft.data == form.proposed.data {
        hint(ui, &text!("readers-one-table", count = tables));
    }
    if form.draft.data.is_some() {
        row(ui, text!("study-pictures-in"), |ui| {
            if ui.button(text!("readers-photographs")).clicked() {
                pane.emit(Command::Reader(ReaderCommand::Ask(AskReader::Images)));
            }
            chosen(ui, form.draft.images.as_deref(), text!("study-beside"));
            forget(
                ui,
                text!("readers-photographs-forget"),
                &mut form.draft.images,
            );
        });
    }
    row(ui, text!("readers-unlabelled"), |ui| {
        let truths = [
            (None, text!("readers-reject"), text!("readers-reject.hover")),
            (
                Some(Label::Melanoma),
                text!("readers-melanomas"),
                text!("readers-melanomas.hover"),
            ),
            (
                Some(Label::Nevus),
                text!("readers-nevi"),
                text!("readers-nevi.hover"),
            ),
        ];
        if let Some(truth) = segmented(ui, text!("readers-unknown"), form.draft.truth, &truths) {
            form.draft.truth = truth;
        }
    });
}

fn pictures(ui: &mut Ui, settings: &mut Settings) {
    cases(ui, settings);
    people(ui, settings);
}

/// What each of those who answer sees.
fn cases(ui: &mut Ui, settings: &mut Settings) {
    let (whose, cases, both) = if settings.classroom {
        (
            text!("readers-per-class"),
            text!("readers-cases-class"),
            text!("readers-both-forms-show-class"),
        )
    } else {
        (
            text!("readers-per-reader"),
            text!("readers-cases"),
            text!("readers-both-forms-show"),
        )
    };
    row(ui, whose, |ui| {
        number(
            ui,
            cases,
            &mut settings.cases,
            2..=Settings::MAX_CASES,
            0.5,
            Unit::None,
        );
        ui.label(text!("readers-cases-altered"));
        let mut percent = settings.adversarial_share * 100.0;
        let before = percent;
        number(
            ui,
            text!("readers-share"),
            &mut percent,
            1.0..=100.0,
            0.5,
            Unit::Percent,
        );
        if percent != before {
            settings.adversarial_share = percent / 100.0;
        }
    });
    row(ui, text!("readers-practice"), |ui| {
        number(
            ui,
            text!("readers-practice-cases"),
            &mut settings.practice,
            0..=100,
            0.1,
            Unit::None,
        );
        hint(ui, text!("readers-practice-hint"));
    });
    row(ui, text!("readers-both-forms"), |ui| {
        ui.add(Marked(egui::Checkbox::new(&mut settings.both_forms, both)));
    });
    if settings.both_forms {
        row(ui, text!("readers-gap-row"), |ui| {
            number(
                ui,
                text!("readers-gap"),
                &mut settings.gap,
                0..=Settings::MAX_CASES,
                0.2,
                Unit::None,
            );
            hint(ui, text!("readers-gap-hint"));
        });
    }
}

/// Who answers, and under what conditions.
fn people(ui: &mut Ui, settings: &mut Settings) {
    // Classes are not planned: whichever comes answers.
    if !settings.classroom {
        row(ui, text!("readers-readers"), |ui| {
            number(
                ui,
                text!("readers-planned"),
                &mut settings.readers,
                1..=1000,
                0.1,
                Unit::None,
            );
            hint(ui, text!("readers-planned-hint"));
        });
    }
    row(ui, text!("readers-size"), |ui| {
        if settings.classroom {
            hint(ui, text!("readers-side-class"));
            return;
        }
        let (smallest, largest) = Settings::SIDES;
        number(
            ui,
            text!("readers-side"),
            &mut settings.side,
            smallest..=largest,
            1.0,
            Unit::None,
        );
        hint(ui, text!("readers-side-hint"));
    });
    row(ui, text!("readers-time-limit"), |ui| {
        let mut limit = settings.time_limit.unwrap_or(0);
        let before = limit;
        number(
            ui,
            text!("readers-time-limit"),
            &mut limit,
            0..=Settings::MAX_TIME_LIMIT,
            0.2,
            Unit::Seconds,
        );
        if limit != before {
            settings.time_limit = (limit > 0).then_some(limit);
        }
        hint(ui, text!("readers-time-limit-hint"));
    });
}

fn questions(ui: &mut Ui, settings: &mut Settings) {
    ui.label(text!("readers-question"));
    ui.add_enabled_ui(!settings.classroom, |ui| {
        ui.add(Marked(egui::Checkbox::new(
            &mut settings.confidence,
            text!("readers-question-sure"),
        )));
    });
    ui.add(Marked(egui::Checkbox::new(
        &mut settings.biopsy,
        text!("readers-question-biopsy"),
    )));
    let class = ui.add(Marked(egui::Checkbox::new(
        &mut settings.classroom,
        text!("readers-classroom"),
    )));
    if class.changed() && settings.classroom {
        // A show of hands has no confidence.
        settings.confidence = false;
    }
}
