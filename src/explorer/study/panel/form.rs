//! The form for the next study, and the button that makes it.

use egui::{RichText, Ui};

use flipscope_base::number::Unit;
use flipscope_base::untrusted::printable;
use flipscope_lab::dataset::Part;
use flipscope_lab::search::{AttackKind, Mode, Preset};
use flipscope_lab::study::report::family_in_words;
use flipscope_lab::study::sweep::Family;
use flipscope_language::text;
use flipscope_model::ModelInfo;

use crate::explorer::command::Command;
use crate::explorer::panels::Pane;
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::obstacle;
use crate::explorer::study::panel::proofs;
use crate::explorer::study::state::StudyForm;
use crate::explorer::theme;
use crate::explorer::widgets::{
    Marked, chosen, fold, forget, hint, number, primary, row, segmented,
};

/// Which systematic perturbations.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sweep {
    All,
    Letter,
    /// Some of them, as *Make a study of this* chooses them.
    Some,
    None,
}

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let mut form = pane.state.studies.form.clone();
    // While labels are being read, as those of a session are, nobody knows yet which the list has.
    if pane.state.list.reading == 0 {
        form.propose(&pane.state.list.data);
    }
    ui.label(theme::section(text!("study-new"), &palette));
    photographs(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("study-models"), &palette));
    models(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("study-questions"), &palette));
    questions(ui, &mut form);
    row(ui, text!("study-seed"), |ui| {
        number(
            ui,
            text!("study-seed"),
            &mut form.draft.seed,
            0..=u64::MAX,
            0.1,
            Unit::None,
        );
    });
    if form != pane.state.studies.form {
        pane.emit(Command::Study(StudyCommand::Set(Box::new(form.clone()))));
    }
    ui.add_space(4.0);
    let obstacle = obstacle::to_create(pane.state, &form);
    if primary(ui, text!("study-create"), obstacle.is_none()).clicked() {
        pane.emit(Command::Study(StudyCommand::Ask(AskStudy::New)));
    }
    let below = obstacle.unwrap_or(text!("study-create-below"));
    ui.add(egui::Label::new(RichText::new(below).small().color(palette.muted)).wrap());
}

fn photographs(pane: &mut Pane<'_>, ui: &mut Ui, form: &mut StudyForm) {
    row(ui, text!("study-photographs"), |ui| {
        pane.button(
            ui,
            text!("study-table"),
            text!("study-table.hover"),
            Command::Study(StudyCommand::Ask(AskStudy::Table)),
        );
        pane.button(
            ui,
            text!("study-folder"),
            text!("study-folder.hover"),
            Command::Study(StudyCommand::Ask(AskStudy::Classes)),
        );
        chosen(ui, form.data.as_deref(), text!("study-none-chosen"));
    });
    row(ui, text!("study-sample"), |ui| {
        let mut sample = form.draft.sample.unwrap_or(0) as u64;
        let before = sample;
        number(
            ui,
            text!("study-sample-size"),
            &mut sample,
            0..=1_000_000,
            1.0,
            Unit::None,
        );
        if sample != before {
            // A sample has at least one melanoma and one nevus.
            form.draft.sample = (sample > 0).then(|| sample.max(2) as usize);
        }
        hint(
            ui,
            match form.draft.sample {
                None => text!("study-sample-all"),
                Some(_) => text!("study-sample-some"),
            },
        );
    });
    let header = egui::CollapsingHeader::new(text!("study-location"));
    fold(ui, header, |ui| {
        row(ui, text!("study-pictures-in"), |ui| {
            if ui.button(text!("study-pictures")).clicked() {
                pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Images)));
            }
            chosen(ui, form.images.as_deref(), text!("study-beside"));
            forget(ui, text!("study-pictures-forget"), &mut form.images);
        });
        row(ui, text!("study-split"), |ui| {
            if ui.button(text!("study-split-choose")).clicked() {
                pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Split)));
            }
            chosen(ui, form.split.as_deref(), text!("study-split-own"));
            forget(ui, text!("study-split-forget"), &mut form.split);
        });
        part(ui, text!("study-results-on"), &mut form.draft.part);
        part(ui, text!("study-thresholds-on"), &mut form.draft.tuning);
    });
}

fn part(ui: &mut Ui, name: &str, part: &mut Part) {
    row(ui, name, |ui| {
        let parts = Part::ALL.map(|part| (part, part.in_words(), ""));
        if let Some(chosen) = segmented(ui, name, *part, &parts) {
            *part = chosen;
        }
    });
}

fn models(pane: &Pane<'_>, ui: &mut Ui, form: &mut StudyForm) {
    let state = pane.state;
    let name = (state.model.ready.as_ref()).map_or(text!("study-no-model-yet"), |ready| {
        ready.info.name_in_words()
    });
    ui.add(egui::Label::new(printable(name)).truncate());
    if let Some(ready) = &state.model.ready {
        remedy(ui, &ready.info);
    }
    match &state.comparison.ready {
        Some(comparison) => {
            let text = text!(
                "study-compared",
                name = printable(comparison.info.name_in_words())
            );
            ui.add(Marked(egui::Checkbox::new(
                &mut form.include_comparison,
                text,
            )));
            remedy(ui, &comparison.info);
        }
        None => {
            ui.weak(text!("study-to-compare"));
        }
    }
}

/// What will stand between each frame and a model's verdict, also where that is nothing.
fn remedy(ui: &mut Ui, info: &ModelInfo) {
    let muted = theme::palette(ui.ctx()).muted;
    let text = RichText::new(info.remedy.in_words()).small().color(muted);
    ui.add(egui::Label::new(text).wrap())
        .on_hover_text(text!("explore-remedy-hover"));
}

fn questions(ui: &mut Ui, form: &mut StudyForm) {
    let draft = &mut form.draft;
    row(ui, text!("study-perturbations"), |ui| {
        let some: Vec<String> = draft
            .families
            .iter()
            .copied()
            .map(family_in_words)
            .collect();
        let some = some.join(", ");
        let mut sweeps = vec![
            (
                Sweep::All,
                text!("study-sweep-all"),
                text!("study-sweep-all.hover"),
            ),
            (
                Sweep::Letter,
                text!("study-letter"),
                text!("study-sweep-letter-hover"),
            ),
            (
                Sweep::None,
                text!("study-sweep-none"),
                text!("study-sweep-none.hover"),
            ),
        ];
        let now = if draft.families.is_empty() {
            Sweep::None
        } else if draft.families == Family::letter() {
            Sweep::Letter
        } else if draft.families == Family::all() {
            Sweep::All
        } else {
            sweeps.push((Sweep::Some, text!("study-sweep-some"), some.as_str()));
            Sweep::Some
        };
        match segmented(ui, text!("study-perturbations"), now, &sweeps) {
            Some(Sweep::All) => draft.families = Family::all(),
            Some(Sweep::Letter) => draft.families = Family::letter(),
            Some(Sweep::None) => draft.families = Vec::new(),
            Some(Sweep::Some) | None => {}
        }
    });
    row(ui, text!("study-attacks"), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        // Two rows: those that no camera makes, and those that an ordinary photograph may show.
        for (kind, name) in [
            (AttackKind::Fgsm, "FGSM"),
            (AttackKind::Pixels, text!("study-attack-pixels")),
            (AttackKind::Colour, text!("study-attack-colour")),
            (AttackKind::Pose, text!("study-attack-pose")),
            (AttackKind::Grid, text!("study-attack-grid")),
        ] {
            let mut wanted = draft.attacks.contains(&kind);
            if ui
                .add(Marked(egui::Checkbox::new(&mut wanted, name)))
                .changed()
            {
                draft.attacks.retain(|other| *other != kind);
                if wanted {
                    draft.attacks.push(kind);
                }
            }
            if kind == AttackKind::Pixels {
                ui.end_row();
            }
        }
    });
    if !draft.attacks.is_empty() {
        attacks(ui, form);
    }
    proofs::show(ui, &mut form.draft);
    whom(ui, form);
    row(ui, text!("study-sensitivity"), |ui| {
        let mut wanted = form.draft.sensitivities.first().copied().unwrap_or(0.0) * 100.0;
        let before = wanted;
        number(
            ui,
            text!("study-sensitivity-wanted"),
            &mut wanted,
            0.0..=100.0,
            0.5,
            Unit::Percent,
        );
        if wanted != before {
            form.draft.sensitivities = (wanted > 0.0)
                .then_some(wanted / 100.0)
                .into_iter()
                .collect();
        }
        hint(ui, text!("study-sensitivity-hint"));
    });
}

fn attacks(ui: &mut Ui, form: &mut StudyForm) {
    let draft = &mut form.draft;
    row(ui, text!("study-preset"), |ui| {
        let presets = [
            (
                Preset::Default,
                text!("study-preset-default"),
                text!("study-preset-default.hover"),
            ),
            (
                Preset::Letter,
                text!("study-letter"),
                text!("study-preset-letter-hover"),
            ),
        ];
        if let Some(preset) = segmented(ui, text!("study-preset"), draft.preset, &presets) {
            draft.preset = preset;
            draft.mode = Mode::of_preset(preset);
        }
    });
    row(ui, text!("study-question"), |ui| {
        let modes = [
            (
                Mode::First,
                text!("study-question-first"),
                text!("study-question-first.hover"),
            ),
            (
                Mode::Lowest,
                text!("study-question-lowest"),
                text!("study-question-lowest.hover"),
            ),
            (
                Mode::Smallest,
                text!("study-question-smallest"),
                text!("study-question-smallest.hover"),
            ),
        ];
        if let Some(mode) = segmented(ui, text!("study-question"), draft.mode, &modes) {
            draft.mode = mode;
        }
    });
    row(ui, text!("study-budget"), |ui| {
        let mut frames = draft.budget.unwrap_or(0);
        let before = frames;
        number(
            ui,
            text!("study-budget-frames"),
            &mut frames,
            0..=10_000_000,
            10.0,
            Unit::None,
        );
        if frames != before {
            draft.budget = (frames > 0).then_some(frames);
        }
        hint(ui, text!("study-budget-hint"));
    });
}

/// Whose verdicts are attacked or proved.
fn whom(ui: &mut Ui, form: &mut StudyForm) {
    let draft = &mut form.draft;
    if draft.attacks.is_empty() && draft.proofs.is_empty() {
        return;
    }
    row(ui, text!("study-attacked-row"), |ui| {
        let whom = [
            (
                false,
                text!("study-attacked-melanomas"),
                text!("study-attacked-melanomas.hover"),
            ),
            (
                true,
                text!("study-attacked-nevi"),
                text!("study-attacked-nevi.hover"),
            ),
        ];
        if let Some(nevi) = segmented(ui, text!("study-attacked"), draft.nevi, &whom) {
            draft.nevi = nevi;
        }
    });
}
