//! The bounds of each attack, as numbers with their units.

use std::ops::RangeInclusive;

use egui::Ui;

use flipscope_base::number::Unit;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::attack::{Attack, Balance, Colour, Fgsm, Grid, Pixels, Pose};
use flipscope_lab::search::evolution::Settings;
use flipscope_language::text;

use crate::explorer::explore::panel::resampling;
use crate::explorer::widgets::{Marked, fold, number, row, segmented};

/// Shows the bounds; returns whether one was changed.
pub(super) fn show(ui: &mut Ui, attack: &mut Attack) -> bool {
    let before = attack.clone();
    match attack {
        Attack::Fgsm(fgsm) => noise(ui, fgsm),
        Attack::Pixels(pixels) => some_pixels(ui, pixels),
        Attack::Colour(colour) => balance(ui, colour),
        Attack::Pose(pose) => {
            bounds_of_pose(ui, pose);
            population(ui, &mut pose.evolution);
        }
        Attack::Grid(grid) => poses(ui, grid),
    }
    *attack != before
}

/// Two numbers, the lower one first: moving one past the other takes the other along.
fn range(
    ui: &mut Ui,
    name: &str,
    [low, high]: &mut [f64; 2],
    limits: RangeInclusive<f64>,
    speed: f64,
    unit: Unit,
) {
    row(ui, name, |ui| {
        let before = *low;
        number(
            ui,
            &text!("search-bound-from", name = name),
            low,
            limits.clone(),
            speed,
            unit,
        );
        if *low != before {
            *high = high.max(*low);
        }
        ui.label(text!("search-to"));
        let before = *high;
        let name = text!("search-bound-to", name = name);
        number(ui, &name, high, limits, speed, unit);
        if *high != before {
            *low = low.min(*high);
        }
    });
}

fn noise(ui: &mut Ui, fgsm: &mut Fgsm) {
    row(ui, text!("search-epsilon-most"), |ui| {
        let name = text!("search-epsilon");
        number(ui, name, &mut fgsm.epsilon, 1..=255, 0.1, Unit::None);
        ui.label(text!("search-of-255"));
    });
    row(ui, text!("search-steps"), |ui| {
        let name = text!("search-steps");
        number(ui, name, &mut fgsm.steps, 1..=1000, 0.1, Unit::None);
        ui.label(if fgsm.steps > 1 {
            "I-FGSM (BIM)"
        } else {
            "FGSM"
        });
    });
    if fgsm.steps > 1 {
        row(ui, text!("search-a-step"), |ui| {
            let name = text!("search-step-size");
            number(ui, name, &mut fgsm.step, 1..=255, 0.1, Unit::None);
            ui.label(text!("search-of-255"));
        });
    }
}

fn some_pixels(ui: &mut Ui, pixels: &mut Pixels) {
    row(ui, text!("search-pixels"), |ui| {
        number(
            ui,
            text!("search-pixels"),
            &mut pixels.count,
            1..=Pixels::MAX_PIXELS,
            0.05,
            Unit::None,
        );
    });
    population(ui, &mut pixels.evolution);
}

fn balance(ui: &mut Ui, colour: &mut Colour) {
    row(ui, text!("search-what-varies"), |ui| {
        let choices = [
            (
                Balance::Gain,
                text!("search-gain"),
                text!("search-gain.hover"),
            ),
            (
                Balance::Offset,
                text!("search-offset"),
                text!("search-offset.hover"),
            ),
            (Balance::Both, text!("search-both"), ""),
            (
                Balance::Lamp,
                text!("search-lamp"),
                text!("search-lamp.hover"),
            ),
        ];
        if let Some(balance) = segmented(ui, text!("search-what-varies"), colour.balance, &choices)
        {
            colour.balance = balance;
        }
    });
    if matches!(colour.balance, Balance::Gain | Balance::Both) {
        range(
            ui,
            text!("search-gain"),
            &mut colour.gain,
            0.0..=Perturbation::MAX_GAIN,
            0.005,
            Unit::Times,
        );
    }
    if colour.balance == Balance::Lamp {
        let [lowest, highest] = Perturbation::KELVIN;
        range(
            ui,
            text!("search-lamp"),
            &mut colour.kelvin,
            lowest..=highest,
            100.0,
            Unit::Kelvin,
        );
    }
    if matches!(colour.balance, Balance::Offset | Balance::Both) {
        let most = Perturbation::MAX_OFFSET;
        range(
            ui,
            text!("search-offset"),
            &mut colour.offset,
            -most..=most,
            0.5,
            Unit::None,
        );
    }
    population(ui, &mut colour.evolution);
}

fn bounds_of_pose(ui: &mut Ui, pose: &mut Pose) {
    range(
        ui,
        text!("search-rotation"),
        &mut pose.rotate,
        -360.0..=360.0,
        1.0,
        Unit::Degrees,
    );
    range(
        ui,
        text!("search-shift-right"),
        &mut pose.shift_x,
        -299.0..=299.0,
        0.5,
        Unit::Pixels,
    );
    range(
        ui,
        text!("search-shift-down"),
        &mut pose.shift_y,
        -299.0..=299.0,
        0.5,
        Unit::Pixels,
    );
    row(ui, text!("search-sampling"), |ui| {
        let chosen = resampling::sampling(ui, text!("search-sampling.name"), pose.sampling);
        pose.sampling = chosen.unwrap_or(pose.sampling);
    });
    row(ui, text!("search-fill"), |ui| {
        pose.fill = resampling::fill(ui, text!("search-fill.name"), pose.fill);
    });
    ui.add(Marked(egui::Checkbox::new(
        &mut pose.field_of_view,
        text!("search-field-of-view"),
    )))
    .on_hover_text(text!("search-field-of-view.hover"));
}

fn poses(ui: &mut Ui, grid: &mut Grid) {
    bounds_of_pose(ui, &mut grid.pose);
    row(ui, text!("search-rotations"), |ui| {
        number(
            ui,
            text!("search-rotations"),
            &mut grid.rotations,
            1..=1000,
            0.2,
            Unit::None,
        );
    });
    row(ui, text!("search-shifts"), |ui| {
        number(
            ui,
            text!("search-shifts"),
            &mut grid.shifts,
            1..=100,
            0.1,
            Unit::None,
        );
    });
}

fn population(ui: &mut Ui, settings: &mut Settings) {
    let header = egui::CollapsingHeader::new(text!("search-population")).id_salt("population");
    fold(ui, header, |ui| {
        row(ui, text!("search-members"), |ui| {
            number(
                ui,
                text!("search-members"),
                &mut settings.population_per_gene,
                1..=1000,
                0.1,
                Unit::None,
            );
        });
        row(ui, text!("search-generations"), |ui| {
            number(
                ui,
                text!("search-generations"),
                &mut settings.generations,
                0..=10_000,
                0.2,
                Unit::None,
            );
        });
    });
}
