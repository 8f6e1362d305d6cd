//! The rows of a form: a name, then a number with its unit, or whatever belongs to it.

use std::ops::RangeInclusive;
use std::path::Path;

use egui::{DragValue, Role, Ui, WidgetInfo};

/// Width of the names.
const NAME: f32 = 104.0;
/// Width of a number.
const NUMBER: f32 = 84.0;

/// A name, then what belongs to it.
pub(crate) fn row(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let height = ui.spacing().interact_size.y;
        ui.allocate_ui_with_layout(
            egui::vec2(NAME, height),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_width(NAME);
                ui.label(name);
            },
        );
        content(ui);
    });
}

/// A number with an accessible name.
pub(crate) fn number<N: egui::emath::Numeric>(
    ui: &mut Ui,
    name: &str,
    value: &mut N,
    range: RangeInclusive<N>,
    speed: f64,
    unit: &str,
) {
    let height = ui.spacing().interact_size.y;
    let field = DragValue::new(value)
        .range(range)
        .speed(speed)
        .max_decimals(if N::INTEGRAL { 0 } else { 3 })
        .min_decimals(0)
        .update_while_editing(false)
        .suffix(unit);
    let response = ui.add_sized([NUMBER, height], field);
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, ui.is_enabled(), name));
}

/// The name of the file or folder that was chosen; its whole path on hover.
pub(crate) fn chosen(ui: &mut Ui, path: Option<&Path>, none: &str) {
    match path {
        Some(path) => {
            let whole = path.display().to_string();
            let name = path
                .file_name()
                .map_or(whole.clone(), |name| name.to_string_lossy().into_owned());
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
