//! The rows of a form: a name, then a number with its unit, or other widgets.

use std::ops::RangeInclusive;
use std::path::Path;

use egui::{Role, Sense, TextStyle, Ui, WidgetInfo};

use crate::explorer::widgets::number::{NumberField, Quantity, field_size, notices};
use flipscope_base::number::Unit;

use flipscope_base::untrusted;
use flipscope_language::text;

/// Width of the names.
const NAME: f32 = 104.0;
/// Width of a number: two of them with a word between fit next to a name in the narrowest pane.
const NUMBER: f32 = 68.0;
/// Minimum width of a hint's column, in points.
const LEAST_HINT: f32 = 70.0;

/// A name, then its content; below it, notices about typed text that was not accepted.
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
        // Content that does not fit next to the name wraps below it.
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

/// What a number means, next to its field: it wraps within its own column, or below the field if hardly anything is left of the
/// row.
pub(crate) fn hint(ui: &mut Ui, text: &str) {
    let left = ui.available_size_before_wrap().x;
    let galley = egui::WidgetText::from(text).into_galley(
        ui,
        Some(egui::TextWrapMode::Wrap),
        left.max(0.0),
        TextStyle::Body,
    );
    let color = ui.visuals().weak_text_color();
    if left < LEAST_HINT {
        ui.weak(text);
        return;
    }
    // A block, since a label in a wrapped row would continue at the row's left end.
    let size = egui::vec2(
        galley.size().x,
        galley.size().y.max(ui.spacing().interact_size.y),
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter()
        .galley(egui::pos2(rect.left(), top), galley, color);
}

/// The name of the chosen file or folder; its whole path on hover.
pub(crate) fn chosen(ui: &mut Ui, path: Option<&Path>, none: &str) {
    match path {
        Some(path) => {
            let whole = untrusted::path(path);
            let name = path
                .file_name()
                .map_or(whole.clone(), |name| untrusted::path(Path::new(name)));
            ui.add(egui::Label::new(name).truncate())
                .on_hover_text(whole);
        }
        None => {
            ui.weak(none);
        }
    }
}

/// A button that clears a choice, if there is one.
pub(crate) fn forget<T>(ui: &mut Ui, name: &str, choice: &mut Option<T>) {
    if choice.is_some()
        && ui
            .button(text!("fields-forget"))
            .on_hover_text(name)
            .clicked()
    {
        *choice = None;
    }
}
