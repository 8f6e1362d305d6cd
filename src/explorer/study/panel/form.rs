//! The form for the next study, and the button that makes it.

use egui::{RichText, Ui};

use flipscope_base::number::Unit;
use flipscope_base::text::printable;
use flipscope_lab::dataset::Part;
use flipscope_lab::search::{AttackKind, Mode, Preset};
use flipscope_lab::study::sweep::Family;

use crate::explorer::command::Command;
use crate::explorer::panels::Pane;
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::obstacle;
use crate::explorer::study::state::StudyForm;
use crate::explorer::theme;
use crate::explorer::widgets::{chosen, forget, hint, number, primary, row, segmented};

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
    ui.label(theme::section("New study", &palette));
    photographs(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section("Models", &palette));
    models(pane, ui, &mut form);
    ui.add_space(theme::GAP);
    ui.label(theme::section("Questions", &palette));
    questions(ui, &mut form);
    row(ui, "Seed", |ui| {
        number(
            ui,
            "Seed",
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
    if primary(ui, "Create study…", obstacle.is_none()).clicked() {
        pane.emit(Command::Study(StudyCommand::Ask(AskStudy::New)));
    }
    let below = obstacle.unwrap_or(
        "Asks for a file, computes the photographs' hashes, and measures how long it will take. Nothing else is done before you \
        start it.",
    );
    ui.add(egui::Label::new(RichText::new(below).small().color(palette.muted)).wrap());
}

fn photographs(pane: &mut Pane<'_>, ui: &mut Ui, form: &mut StudyForm) {
    row(ui, "Photographs", |ui| {
        pane.button(
            ui,
            "Table…",
            "A table (CSV) of ISIC or HAM10000",
            Command::Study(StudyCommand::Ask(AskStudy::Table)),
        );
        pane.button(
            ui,
            "Folder…",
            "A folder with a folder per class: melanoma, nevus",
            Command::Study(StudyCommand::Ask(AskStudy::Classes)),
        );
        chosen(ui, form.data.as_deref(), "none chosen");
    });
    row(ui, "Sample", |ui| {
        let mut sample = form.draft.sample.unwrap_or(0) as u64;
        let before = sample;
        number(
            ui,
            "Lesions sampled",
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
                None => "lesions (0 = all)",
                Some(_) => "lesions, in proportion",
            },
        );
    });
    ui.collapsing("Location and splits", |ui| {
        row(ui, "Pictures in", |ui| {
            if ui.button("Pictures…").clicked() {
                pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Images)));
            }
            chosen(ui, form.images.as_deref(), "beside the table");
            forget(ui, "Pictures beside the table", &mut form.images);
        });
        row(ui, "Split", |ui| {
            if ui.button("Split…").clicked() {
                pane.emit(Command::Study(StudyCommand::Ask(AskStudy::Split)));
            }
            chosen(ui, form.split.as_deref(), "the table's own, if any");
            forget(ui, "The table's own split", &mut form.split);
        });
        part(ui, "Results on", &mut form.draft.part);
        part(ui, "Thresholds on", &mut form.draft.tuning);
    });
}

fn part(ui: &mut Ui, name: &str, part: &mut Part) {
    row(ui, name, |ui| {
        let parts = Part::ALL.map(|part| (part, part.name(), ""));
        if let Some(chosen) = segmented(ui, name, *part, &parts) {
            *part = chosen;
        }
    });
}

fn models(pane: &Pane<'_>, ui: &mut Ui, form: &mut StudyForm) {
    let state = pane.state;
    let name = (state.model.ready.as_ref()).map_or("none yet", |ready| ready.info.name.as_str());
    ui.add(egui::Label::new(printable(name)).truncate());
    match &state.comparison.ready {
        Some(comparison) => {
            let text = format!(
                "and, compared with it, {}",
                printable(&comparison.info.name)
            );
            ui.checkbox(&mut form.include_comparison, text);
        }
        None => {
            ui.weak("To compare two: Model > Compare with…");
        }
    }
}

fn questions(ui: &mut Ui, form: &mut StudyForm) {
    let draft = &mut form.draft;
    row(ui, "Perturbations", |ui| {
        let some: Vec<String> = draft.families.iter().map(|family| family.name()).collect();
        let some = some.join(", ");
        let mut sweeps = vec![
            (
                Sweep::All,
                "All",
                "Colour, pose, noise, blur, light, storage, dermatoscope",
            ),
            (
                Sweep::Letter,
                "Paper",
                "Offsets, gains, rotations, shifts, flips",
            ),
            (Sweep::None, "None", "Only as they are"),
        ];
        let now = if draft.families.is_empty() {
            Sweep::None
        } else if draft.families == Family::letter() {
            Sweep::Letter
        } else if draft.families == Family::all() {
            Sweep::All
        } else {
            sweeps.push((Sweep::Some, "Some", some.as_str()));
            Sweep::Some
        };
        match segmented(ui, "Perturbations", now, &sweeps) {
            Some(Sweep::All) => draft.families = Family::all(),
            Some(Sweep::Letter) => draft.families = Family::letter(),
            Some(Sweep::None) => draft.families = Vec::new(),
            Some(Sweep::Some) | None => {}
        }
    });
    row(ui, "Attacks", |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (kind, name) in [
            (AttackKind::Fgsm, "FGSM"),
            (AttackKind::Pixels, "Pixels"),
            (AttackKind::Colour, "Colour"),
            (AttackKind::Pose, "Pose"),
            (AttackKind::Grid, "Grid"),
        ] {
            let mut wanted = draft.attacks.contains(&kind);
            if ui.checkbox(&mut wanted, name).changed() {
                draft.attacks.retain(|other| *other != kind);
                if wanted {
                    draft.attacks.push(kind);
                }
            }
        }
    });
    if !draft.attacks.is_empty() {
        attacks(ui, form);
    }
    row(ui, "Sensitivity", |ui| {
        let mut wanted = form.draft.sensitivities.first().copied().unwrap_or(0.0) * 100.0;
        let before = wanted;
        number(
            ui,
            "Wanted sensitivity",
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
        hint(ui, "extra threshold (0 = off)");
    });
}

fn attacks(ui: &mut Ui, form: &mut StudyForm) {
    let draft = &mut form.draft;
    row(ui, "of", |ui| {
        let whom = [
            (
                false,
                "Melanomas",
                "Every melanoma that the model calls melanoma",
            ),
            (true, "Nevi too", "Every nevus that it calls nevus as well"),
        ];
        if let Some(nevi) = segmented(ui, "Attacked", draft.nevi, &whom) {
            draft.nevi = nevi;
        }
    });
    row(ui, "Preset", |ui| {
        let presets = [
            (Preset::Default, "Default", "flipscope's own bounds."),
            (
                Preset::Letter,
                "Paper",
                "The bounds of Du-Harpur et al.'s public code.",
            ),
        ];
        if let Some(preset) = segmented(ui, "Preset", draft.preset, &presets) {
            draft.preset = preset;
            draft.mode = Mode::of_preset(preset);
        }
    });
    row(ui, "Question", |ui| {
        let modes = [
            (
                Mode::First,
                "Find a flip",
                "Whether it flips within the bounds: ends at the first flip",
            ),
            (
                Mode::Lowest,
                "How far it goes",
                "The lowest probability within the bounds",
            ),
            (
                Mode::Smallest,
                "How little flips it",
                "The smallest change that flips",
            ),
        ];
        if let Some(mode) = segmented(ui, "Question", draft.mode, &modes) {
            draft.mode = mode;
        }
    });
    row(ui, "Budget", |ui| {
        let mut frames = draft.budget.unwrap_or(0);
        let before = frames;
        number(
            ui,
            "Frames for a picture",
            &mut frames,
            0..=10_000_000,
            10.0,
            Unit::None,
        );
        if frames != before {
            draft.budget = (frames > 0).then_some(frames);
        }
        hint(ui, "per picture (0 = no limit)");
    });
}
