//! The form for the next search, and the button that starts it.

use egui::{RichText, Ui};

use flipscope_base::human::duration;
use flipscope_base::number::Unit;
use flipscope_lab::search::attack::{Attack, AttackKind, Balance};
use flipscope_lab::search::{Direction, Mode, Preset};
use flipscope_language::text;

use crate::explorer::actions;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::Pane;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::panel::bounds;
use crate::explorer::search::state::Form;
use crate::explorer::search::{direction, obstacle, proposing};
use crate::explorer::theme;
use crate::explorer::widgets::{fold, hint, number, primary, row, segmented};

/// What is searched for, and the button that starts it, above all that comes and goes with a search: it stays under the pointer. Returns
/// whether it was clicked.
pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) -> bool {
    let palette = theme::palette(ui.ctx());
    let mut form = form(pane);
    let followed = direction::followed(pane.state);
    let before = form.clone();
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
            text!("search-first"),
            text!("search-first.hover"),
        ),
        (
            Mode::Lowest,
            text!("search-lowest"),
            text!("search-lowest.hover"),
        ),
        (
            Mode::Smallest,
            text!("search-smallest"),
            text!("search-smallest.hover"),
        ),
    ];
    if let Some(mode) = segmented(ui, text!("search-question"), form.mode, &modes) {
        form.mode = mode;
    }
    let directions = [
        (
            Direction::MelanomaToNevus,
            text!("search-to-nevus"),
            text!("search-to-nevus.hover"),
        ),
        (
            Direction::NevusToMelanoma,
            text!("search-to-melanoma"),
            text!("search-to-melanoma.hover"),
        ),
    ];
    if let Some(direction) = segmented(ui, text!("search-direction"), form.direction, &directions) {
        form.direction = direction;
        // Choosing what the verdict says lets it follow the verdict again.
        form.direction_chosen = followed != Some(direction);
    }
    if form != before {
        pane.emit(Command::Search(SearchCommand::Set(Box::new(form.clone()))));
    }
    start(pane, ui, &form)
}

/// The form as it is now.
fn form(pane: &Pane<'_>) -> Form {
    let form = pane.state.searches.form.clone();
    Form {
        direction: direction::of(pane.state, &form),
        ..form
    }
}

/// Preset, bounds, seed and budget: folded up while a search runs, to leave room for what it finds, and left so if it has found something.
pub(super) fn advanced(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let mut form = form(pane);
    let before = form.clone();
    let busy = pane.state.searches.open().next().is_some();
    let id = egui::Id::unique("whether a search was running");
    let changed = ui.data_mut(|data| data.get_temp(id).unwrap_or(false) != busy);
    ui.data_mut(|data| data.insert_temp(id, busy));
    let found = pane.state.searches.of(lesion.id).next().is_some();
    let turned = changed && (busy || !found);
    let header = egui::CollapsingHeader::new(text!("search-advanced"))
        .id_salt("advanced")
        .default_open(!busy && !found)
        .open(turned.then_some(!busy));
    fold(ui, header, |ui| {
        preset(ui, &mut form);
        bounds::show(ui, &mut form.attack);
        row(ui, text!("search-seed"), |ui| {
            let name = text!("search-seed");
            number(ui, name, &mut form.seed, 0..=u64::MAX, 0.1, Unit::None);
        });
        budget(ui, &mut form);
        proposals(pane, ui, &form);
    });
    if form != before {
        pane.emit(Command::Search(SearchCommand::Set(Box::new(form))));
    }
}

/// Where candidates are judged in a faster type than verdicts: that they are.
fn proposals(pane: &Pane<'_>, ui: &mut Ui, form: &Form) {
    let Some(ready) = &pane.state.model.ready else {
        return;
    };
    if let Some(fast) = proposing::of_form(ready, form) {
        let exact = ready.precision.to_owned();
        let text = text!("search-will-propose", fast = fast.name(), exact = exact);
        let muted = theme::palette(ui.ctx()).muted;
        ui.add(egui::Label::new(RichText::new(text).small().color(muted)).wrap());
    }
}

fn attack(ui: &mut Ui, form: &mut Form) {
    let attacks = [
        (AttackKind::Colour, text!("search-colour"), ""),
        (AttackKind::Pose, text!("search-pose"), ""),
        (AttackKind::Grid, text!("search-grid"), ""),
        (AttackKind::Pixels, text!("search-pixels"), ""),
        (AttackKind::Fgsm, "FGSM", ""),
    ];
    if let Some(kind) = segmented(ui, text!("search-attack"), form.attack.kind(), &attacks) {
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
        Attack::Colour(colour) => match colour.balance {
            Balance::Gain => text!("search-what-gain"),
            Balance::Offset => text!("search-what-offset"),
            Balance::Both => text!("search-what-both"),
            Balance::Lamp => text!("search-what-lamp"),
        },
        Attack::Pose(_) => text!("search-what-pose"),
        Attack::Grid(_) => text!("search-what-grid"),
        Attack::Pixels(_) => text!("search-what-pixels"),
        Attack::Fgsm(_) => text!("search-what-fgsm"),
    }
}

fn preset(ui: &mut Ui, form: &mut Form) {
    let now = form.attack.which_preset();
    row(ui, text!("search-preset"), |ui| {
        let presets = [
            (
                Preset::Default,
                text!("search-preset-default"),
                text!("search-preset-default.hover"),
            ),
            (
                Preset::Letter,
                text!("search-preset-letter"),
                text!("search-preset-letter.hover"),
            ),
        ];
        if let Some(preset) = segmented(ui, text!("search-preset"), now, &presets) {
            let kind = form.attack.kind();
            form.attack = Attack::preset(kind, preset);
            // The letter's searches have a question of their own; other bounds than the usual ones do not.
            if preset == Preset::Letter || now == Preset::Letter {
                form.mode = Mode::of_preset(preset);
            }
            form.strategy = kind.strategy(preset);
        }
        if now == Preset::Custom {
            ui.weak(text!("search-preset-custom"));
        }
    });
}

fn budget(ui: &mut Ui, form: &mut Form) {
    row(ui, text!("search-budget"), |ui| {
        let mut evaluations = form.budget.evaluations.unwrap_or(0);
        let before = evaluations;
        number(
            ui,
            text!("search-most-evaluations"),
            &mut evaluations,
            0..=10_000_000,
            10.0,
            Unit::None,
        );
        if evaluations != before {
            form.budget.evaluations = (evaluations > 0).then_some(evaluations);
        }
        let meaning = if form.budget.evaluations.is_none() {
            text!("search-no-limit")
        } else {
            text!("search-frames-at-most")
        };
        hint(ui, meaning);
    });
}

fn start(pane: &Pane<'_>, ui: &mut Ui, form: &Form) -> bool {
    let palette = theme::palette(ui.ctx());
    let obstacle = obstacle::to_start(pane.state, form);
    ui.add_space(4.0);
    let shown = ui.vertical_centered_justified(|ui| {
        primary(ui, text!("search-start-button"), obstacle.is_none())
    });
    let keys = actions::search::START.keys_text(ui.ctx());
    let clicked = shown.inner.on_hover_text(keys).clicked();
    let below = obstacle.or_else(|| estimate(pane, form));
    if let Some(text) = below {
        ui.add(egui::Label::new(RichText::new(text).small().color(palette.muted)).wrap());
    }
    clicked
}

/// How long it takes at most, based on the time that the last verdicts took.
fn estimate(pane: &Pane<'_>, form: &Form) -> Option<String> {
    let each = pane.state.seconds_a_frame_of_search()?;
    let most = form.attack.evaluations(form.mode, form.strategy);
    let most = form
        .budget
        .evaluations
        .map_or(most, |budget| budget.min(most));
    let first = proposing::run_first(pane.state, form);
    let time = duration(each * most as f64);
    let text = match form.mode {
        Mode::First => text!("search-at-most-first", frames = most, time = time),
        Mode::Lowest => text!("search-at-most-lowest", frames = most, time = time),
        // How often the smallest change can be made smaller is not known beforehand.
        Mode::Smallest if form.budget.evaluations.is_none() => {
            text!("search-about", frames = most, time = time)
        }
        Mode::Smallest => text!("search-at-most", frames = most, time = time),
    };
    Some(if first == 0 {
        text
    } else {
        format!("{text} {}", text!("search-others-first", count = first))
    })
}
