//! What the page shows of a landscape in every arrangement: what its axes are, whether it is around what the sliders say, the plots.

use egui::{Label, RichText, Ui};

use flipscope_language::text;

use crate::explorer::landscape::panel::plot::Pointed;
use crate::explorer::landscape::panel::{plane, profile};
use crate::explorer::landscape::points::Marks;
use crate::explorer::landscape::state::Shown;
use crate::explorer::theme;

/// What is across and what upwards.
pub(super) fn axes(shown: &Shown) -> String {
    match shown.landscape.y {
        Some(y) => text!(
            "landscape-heading",
            x = shown.landscape.x.parameter.in_words(),
            y = y.parameter.in_words()
        ),
        None => text!(
            "landscape-heading-profile",
            x = shown.landscape.x.parameter.in_words()
        ),
    }
}

/// Says it, if the sliders are beyond the axes, and if others than those of the axes are not where they were: two things with two reasons.
pub(super) fn elsewhere(ui: &mut Ui, marks: &Marks) {
    let palette = theme::palette(ui.ctx());
    let beyond = marks.here.is_none();
    for (holds, said, colour) in [
        (beyond, text!("landscape-sliders-beyond"), palette.muted),
        (
            marks.others_moved,
            text!("landscape-of-other-sliders"),
            palette.warning,
        ),
    ] {
        if holds {
            ui.add(Label::new(RichText::new(said).color(colour)).wrap());
        }
    }
}

/// The plots of the models side by side, this high: what was asked of each, in their order.
pub(super) fn plots(ui: &mut Ui, shown: &Shown, marks: &Marks, high: f32) -> Vec<Pointed> {
    let count = shown.fields.len().max(1) as f32;
    let room = (ui.available_width() - (count - 1.0) * theme::GROUP) / count;
    let mut all = Vec::new();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GROUP;
        for (at, field) in shown.fields.iter().enumerate() {
            ui.vertical(|ui| {
                ui.set_width(room);
                if shown.fields.len() > 1 {
                    let palette = theme::palette(ui.ctx());
                    let model = theme::section(field.loaded.info.name_in_words(), &palette);
                    ui.add(Label::new(model).truncate());
                }
                let size = egui::vec2(room, high);
                all.push(match shown.landscape.y {
                    Some(y) => plane::show(ui, (shown, at, field), &y, marks, size),
                    None => profile::show(ui, (shown, field), marks, size),
                });
            });
        }
    });
    all
}
