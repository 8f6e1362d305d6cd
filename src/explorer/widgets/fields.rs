//! The rows of a form: a name, then a number with its unit, or whatever belongs to it.

use std::ops::RangeInclusive;
use std::path::Path;

use egui::Ui;

use super::number::{NumberField, Quantity, field_size, notices};
use crate::base::number::Unit;

use crate::base::text;

/// Width of the names.
const NAME: f32 = 104.0;
/// Width of a number: two of them with a word between fit beside a name in the narrowest pane.
const NUMBER: f32 = 68.0;

/// A name, then what belongs to it; below it, what could not be taken of what was typed.
pub(crate) fn row(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        let height = ui.spacing().interact_size.y;
        ui.allocate_ui_with_layout(
            egui::vec2(NAME, height),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_width(NAME);
                ui.label(name);
            },
        );
        // What has no room beside the name goes on below it.
        ui.horizontal_wrapped(content);
    });
    notices(ui);
}

/// A number with an accessible name.
pub(crate) fn number<N: Quantity>(
    ui: &mut Ui,
    name: &str,
    value: &mut N,
    range: RangeInclusive<N>,
    speed: f64,
    unit: Unit,
) {
    let field = NumberField {
        name,
        range,
        speed,
        decimals: (0, 3),
        unit,
        hint: "",
        size: field_size(ui, NUMBER),
    };
    if let Some(new) = field.show(ui, *value) {
        *value = new;
    }
}

/// The name of the file or folder that was chosen; its whole path on hover.
pub(crate) fn chosen(ui: &mut Ui, path: Option<&Path>, none: &str) {
    match path {
        Some(path) => {
            let whole = text::path(path);
            let name = path
                .file_name()
                .map_or(whole.clone(), |name| text::path(Path::new(name)));
            ui.add(egui::Label::new(name).truncate())
                .on_hover_text(whole);
        }
        None => {
            ui.weak(none);
        }
    }
}

/// A button that takes a choice back, where there is one.
pub(crate) fn forget<T>(ui: &mut Ui, name: &str, choice: &mut Option<T>) {
    if choice.is_some() && ui.small_button("Forget").on_hover_text(name).clicked() {
        *choice = None;
    }
}
