//! The bounds of each attack, as numbers with their units.

use std::ops::RangeInclusive;

use egui::Ui;

use flipscope_base::number::Unit;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::attack::{Attack, Balance, Colour, Fgsm, Grid, Pixels, Pose};
use flipscope_lab::search::evolution::Settings;

use crate::explorer::explore::panel::resampling;
use crate::explorer::widgets::{number, row, segmented};

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
            &format!("{name}, from"),
            low,
            limits.clone(),
            speed,
            unit,
        );
        if *low != before {
            *high = high.max(*low);
        }
        ui.label("to");
        let before = *high;
        number(ui, &format!("{name}, to"), high, limits, speed, unit);
        if *high != before {
            *low = low.min(*high);
        }
    });
}

fn noise(ui: &mut Ui, fgsm: &mut Fgsm) {
    row(ui, "ε, at most", |ui| {
        number(ui, "Epsilon", &mut fgsm.epsilon, 1..=255, 0.1, Unit::None);
        ui.label("of 255");
    });
    row(ui, "Steps", |ui| {
        number(ui, "Steps", &mut fgsm.steps, 1..=1000, 0.1, Unit::None);
        ui.label(if fgsm.steps > 1 {
            "I-FGSM (BIM)"
        } else {
            "FGSM"
        });
    });
    if fgsm.steps > 1 {
        row(ui, "A step", |ui| {
            number(ui, "Step size", &mut fgsm.step, 1..=255, 0.1, Unit::None);
            ui.label("of 255");
        });
    }
}

fn some_pixels(ui: &mut Ui, pixels: &mut Pixels) {
    row(ui, "Pixels", |ui| {
        number(
            ui,
            "Pixels",
            &mut pixels.count,
            1..=Pixels::MAX_PIXELS,
            0.05,
            Unit::None,
        );
    });
    population(ui, &mut pixels.evolution);
}

fn balance(ui: &mut Ui, colour: &mut Colour) {
    row(ui, "What varies", |ui| {
        let choices = [
            (
                Balance::Gain,
                "Gain",
                "One factor per channel, as Du-Harpur et al. searched.",
            ),
            (
                Balance::Offset,
                "Offset",
                "Added per channel, as in their systematic study.",
            ),
            (Balance::Both, "Both", ""),
            (
                Balance::Lamp,
                "Lamp",
                "The colour temperature of the lamp, while the camera's white balance stays.",
            ),
        ];
        if let Some(balance) = segmented(ui, "What varies", colour.balance, &choices) {
            colour.balance = balance;
        }
    });
    if matches!(colour.balance, Balance::Gain | Balance::Both) {
        range(
            ui,
            "Gain",
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
            "Lamp",
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
            "Offset",
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
        "Rotation",
        &mut pose.rotate,
        -360.0..=360.0,
        1.0,
        Unit::Degrees,
    );
    range(
        ui,
        "Shift right",
        &mut pose.shift_x,
        -299.0..=299.0,
        0.5,
        Unit::Pixels,
    );
    range(
        ui,
        "Shift down",
        &mut pose.shift_y,
        -299.0..=299.0,
        0.5,
        Unit::Pixels,
    );
    row(ui, "Sampling", |ui| {
        let chosen = resampling::sampling(ui, "Sampling of the search", pose.sampling);
        pose.sampling = chosen.unwrap_or(pose.sampling);
    });
    row(ui, "Uncovered area", |ui| {
        pose.fill = resampling::fill(ui, "Uncovered area of the search", pose.fill);
    });
    ui.checkbox(&mut pose.field_of_view, "Circular field of view on both")
        .on_hover_text("Black outside a circle, on the original as well: then rotation brings no new black corners.");
}

fn poses(ui: &mut Ui, grid: &mut Grid) {
    bounds_of_pose(ui, &mut grid.pose);
    row(ui, "Rotations", |ui| {
        number(
            ui,
            "Rotations",
            &mut grid.rotations,
            1..=1000,
            0.2,
            Unit::None,
        );
    });
    row(ui, "Shifts an axis", |ui| {
        number(
            ui,
            "Shifts an axis",
            &mut grid.shifts,
            1..=100,
            0.1,
            Unit::None,
        );
    });
}

fn population(ui: &mut Ui, settings: &mut Settings) {
    egui::CollapsingHeader::new("Population")
        .id_salt("population")
        .show(ui, |ui| {
            row(ui, "Members a gene", |ui| {
                number(
                    ui,
                    "Members a gene",
                    &mut settings.population_per_gene,
                    1..=1000,
                    0.1,
                    Unit::None,
                );
            });
            row(ui, "Generations", |ui| {
                number(
                    ui,
                    "Generations",
                    &mut settings.generations,
                    0..=10_000,
                    0.2,
                    Unit::None,
                );
            });
        });
}
