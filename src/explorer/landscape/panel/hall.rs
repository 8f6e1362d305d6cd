//! A landscape in a lecture hall: the plots fill the screen, and beside them, in letters for the last row, is what they show: the axes, the
//! point under the pointer or of the sliders, the colours.

use egui::{Align, Label as Words, Layout, RichText, TextStyle, Ui, vec2};

use flipscope_base::human::{probability, probability_beside};
use flipscope_lab::explain::landscape::Known;
use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::landscape::panel::parts::{axes, elsewhere, plots};
use crate::explorer::landscape::panel::{legend, readout};
use crate::explorer::landscape::points::Marks;
use crate::explorer::landscape::state::{Field, Shown};
use crate::explorer::panels::scroll_layout;
use crate::explorer::theme;
use crate::explorer::widgets::look;

/// From this width in points on, there is room for it.
pub(super) const LEAST: f32 = 560.0;
/// Width of the column beside the plots, in points.
const BESIDE: f32 = 236.0;
/// Sizes of letters in points: numbers and names of the axes, what is read out, and P of one and of two models.
const AXES: f32 = 17.0;
const READ: f32 = 18.0;
const LARGE: f32 = 44.0;
const SMALL: f32 = 30.0;
/// Height of a model's name above its plot, in points.
const NAME: f32 = 24.0;

/// Shows it; returns the point that was clicked.
pub(super) fn show(ui: &mut Ui, shown: &Shown, marks: &Marks, height: f32) -> Option<usize> {
    let named = if shown.fields.len() > 1 { NAME } else { 0.0 };
    let room = vec2(ui.available_width() - BESIDE - theme::GROUP, height - 4.0);
    let mut asked = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GROUP;
        let drawn = ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
            if let Some(font) = ui.style_mut().text_styles.get_mut(&TextStyle::Small) {
                font.size = AXES;
            }
            plots(ui, shown, marks, room.y - named)
        });
        asked = drawn.inner.iter().find_map(|pointed| pointed.asked);
        let under = drawn.inner.iter().find_map(|pointed| pointed.under);
        ui.allocate_ui_with_layout(vec2(BESIDE, room.y), Layout::top_down(Align::Min), |ui| {
            scroll_layout::column(ui, egui::Id::unique("beside"), BESIDE - 20.0, |ui| {
                beside(ui, shown, marks, under);
            });
        });
    });
    asked
}

/// What the plots show, and what is under the pointer (row, column).
fn beside(ui: &mut Ui, shown: &Shown, marks: &Marks, under: Option<(usize, usize)>) {
    let palette = theme::palette(ui.ctx());
    let heading = RichText::new(axes(shown)).font(theme::large_number(READ));
    ui.add(Words::new(heading).wrap());
    ui.add_space(theme::GAP);
    let sliders = marks.here.map(|here| {
        let place = |place: f64| place.round().max(0.0) as usize;
        (place(here.row), place(here.column))
    });
    if let Some((row, column)) = under.or(sliders) {
        let which = if under.is_some() {
            text!("landscape-read-pointer")
        } else {
            text!("landscape-read-sliders")
        };
        ui.label(RichText::new(which).color(palette.muted));
        for line in readout::place(shown, row, column) {
            ui.add(Words::new(RichText::new(line).size(READ)).wrap());
        }
        for field in &shown.fields {
            p(ui, field, (row, column), shown.fields.len() > 1);
        }
        ui.add_space(theme::GAP);
    }
    elsewhere(ui, marks);
    legend::show(ui, shown, ui.available_width());
}

/// P of one model at a point, and what it calls it.
fn p(ui: &mut Ui, field: &Field, (row, column): (usize, usize), several: bool) {
    let palette = theme::palette(ui.ctx());
    if several {
        let model = RichText::new(field.loaded.info.name_in_words()).color(palette.muted);
        ui.add(Words::new(model).truncate());
    }
    let (known, text) = match field.grid.known(row, column) {
        Known::Judged(p) => (Some(p), probability_beside(p, field.threshold, 2)),
        Known::Provisional(p) => {
            let p = probability(p, 2);
            (None, text!("landscape-about", p = p))
        }
        Known::Unknown => (None, "–".to_owned()),
    };
    let size = if several { SMALL } else { LARGE };
    ui.label(RichText::new(text).font(theme::large_number(size)));
    let Some(p) = known else {
        return;
    };
    let label = if p >= field.threshold {
        Label::Melanoma
    } else {
        Label::Nevus
    };
    let (colour, icon) = look(label, &palette);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        icon.show(ui, READ, colour);
        let word = RichText::new(label.in_words()).font(theme::large_number(READ));
        ui.label(word.color(colour));
    });
}
