//! The form for the next search, and the button that starts it.

use egui::{RichText, Ui};

use flipscope_base::human::{duration, grouped};
use flipscope_base::number::Unit;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Direction, Mode, Preset};

use crate::explorer::actions;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::Pane;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::obstacle;
use crate::explorer::search::panel::bounds;
use crate::explorer::search::state::Form;
use crate::explorer::theme;
use crate::explorer::widgets::{hint, number, primary, row, segmented};

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    let mut form = pane.state.searches.form.clone();
    ui.add_space(2.0);
    attack(ui, &mut form);
    ui.add(
        egui::Label::new(
            RichText::new(what(&form.attack))
                .small()
                .color(palette.muted),
        )
        .wrap(),
    );
    let modes = [
        (
            Mode::First,
            "Find a flip",
            "Whether anything within the bounds flips the verdict: ends at the first flip.",
        ),
        (
            Mode::Lowest,
            "How far it goes",
            "How far P(melanoma) can be moved within the bounds.",
        ),
        (
            Mode::Smallest,
            "How little flips it",
            "The smallest change that flips the verdict.",
        ),
    ];
    if let Some(mode) = segmented(ui, "Question", form.mode, &modes) {
        form.mode = mode;
    }
    let directions = [
        (
            Direction::MelanomaToNevus,
            "Melanoma → nevus",
            "A melanoma that the network then misses, as in Du-Harpur et al.",
        ),
        (
            Direction::NevusToMelanoma,
            "Nevus → melanoma",
            "A false alarm.",
        ),
    ];
    if let Some(direction) = segmented(ui, "Direction", form.direction, &directions) {
        form.direction = direction;
    }
    preset(ui, &mut form);
    bounds::show(ui, &mut form.attack);
    row(ui, "Seed", |ui| {
        number(ui, "Seed", &mut form.seed, 0..=u64::MAX, 0.1, Unit::None);
    });
    budget(ui, &mut form);
    if form != pane.state.searches.form {
        pane.emit(Command::Search(SearchCommand::Set(Box::new(form.clone()))));
    }
    start(pane, ui, lesion, &form);
}

fn attack(ui: &mut Ui, form: &mut Form) {
    let attacks = [
        (AttackKind::Colour, "Colour", ""),
        (AttackKind::Pose, "Pose", ""),
        (AttackKind::Grid, "Grid", ""),
        (AttackKind::Pixels, "Pixels", ""),
        (AttackKind::Fgsm, "FGSM", ""),
    ];
    if let Some(kind) = segmented(ui, "Attack", form.attack.kind(), &attacks) {
        let preset = match form.attack.which_preset() {
            Preset::Letter => Preset::Letter,
            Preset::Default | Preset::Custom => Preset::Default,
        };
        form.attack = Attack::preset(kind, preset);
        form.strategy = kind.strategy(preset);
    }
}

/// What an attack changes, in one line.
fn what(attack: &Attack) -> &'static str {
    match attack {
        Attack::Colour(_) => "Colour balance: a gain or an offset for each channel.",
        Attack::Pose(_) => "Rotation and shift.",
        Attack::Grid(_) => {
            "Every rotation and shift of a grid: a baseline that a search should match."
        }
        Attack::Pixels(_) => "A few pixels of any colour.",
        Attack::Fgsm(_) => "Noise along the sign of the gradient.",
    }
}

fn preset(ui: &mut Ui, form: &mut Form) {
    let now = form.attack.which_preset();
    row(ui, "Preset", |ui| {
        let presets = [
            (Preset::Default, "Default", "flipscope's own bounds."),
            (
                Preset::Letter,
                "Paper",
                "The bounds and the search of Du-Harpur et al.'s public code: differential evolution, as low as it can.",
            ),
        ];
        if let Some(preset) = segmented(ui, "Preset", now, &presets) {
            let kind = form.attack.kind();
            form.attack = Attack::preset(kind, preset);
            form.mode = Mode::of_preset(preset);
            form.strategy = kind.strategy(preset);
        }
        if now == Preset::Custom {
            ui.weak("custom");
        }
    });
}

fn budget(ui: &mut Ui, form: &mut Form) {
    row(ui, "Budget", |ui| {
        let mut evaluations = form.budget.evaluations.unwrap_or(0);
        let before = evaluations;
        number(
            ui,
            "Most evaluations",
            &mut evaluations,
            0..=10_000_000,
            10.0,
            Unit::None,
        );
        if evaluations != before {
            form.budget.evaluations = (evaluations > 0).then_some(evaluations);
        }
        let meaning = if form.budget.evaluations.is_none() {
            "0 = no limit"
        } else {
            "frames at most"
        };
        hint(ui, meaning);
    });
}

fn start(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion, form: &Form) {
    let palette = theme::palette(ui.ctx());
    let obstacle = obstacle::to_start(pane.state, form);
    ui.add_space(4.0);
    let shown =
        ui.vertical_centered_justified(|ui| primary(ui, "Start search", obstacle.is_none()));
    let keys = actions::search::START.keys_text(ui.ctx());
    let response = shown.inner.on_hover_text(keys);
    if response.clicked() {
        pane.emit(Command::Search(SearchCommand::Start));
    }
    let below = obstacle.or_else(|| estimate(pane, lesion, form));
    if let Some(text) = below {
        ui.add(egui::Label::new(RichText::new(text).small().color(palette.muted)).wrap());
    }
}

/// How long it takes at most, based on the time of the last verdict.
fn estimate(pane: &Pane<'_>, lesion: &Lesion, form: &Form) -> Option<String> {
    let provenance = &lesion
        .answers
        .primary
        .after
        .as_ref()
        .or(lesion.answers.primary.before.as_ref())?
        .provenance;
    let each = f64::from(provenance.ms) / provenance.batch.max(1) as f64 / 1000.0;
    let most = form.attack.evaluations(form.mode, form.strategy);
    let most = form
        .budget
        .evaluations
        .map_or(most, |budget| budget.min(most));
    let waiting = pane.state.searches.open().count();
    let queued = match waiting {
        0 => String::new(),
        1 => " One other search runs first.".to_owned(),
        n => format!(" {n} other searches run first."),
    };
    let stops = match form.mode {
        Mode::First => "; ends at the first flip",
        Mode::Lowest => "; stops early once certain",
        // How often the smallest change can be made smaller is not known beforehand.
        Mode::Smallest => "",
    };
    let at_most = match form.mode {
        Mode::Smallest if form.budget.evaluations.is_none() => "About",
        _ => "At most",
    };
    Some(format!(
        "{at_most} {} frames, about {}{stops}.{queued}",
        grouped(most),
        duration(each * most as f64)
    ))
}
