//! A row of mutually exclusive choices.

use egui::{Button, Role, Ui, WidgetInfo};

/// One choice: its value, its name, its tooltip (may be empty).
pub(crate) type Choice<'a, T> = (T, &'a str, &'a str);

/// Shows the choices; returns the new one if another was clicked. `label` names the group for assistive technology.
pub(crate) fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    current: T,
    choices: &[Choice<'_, T>],
) -> Option<T> {
    let mut chosen = None;
    // If there is no room for all of them, they wrap.
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(2.0, 2.0);
        for &(value, name, hint) in choices {
            let response = ui.add(Button::selectable(value == current, name));
            response.widget_info(|| {
                WidgetInfo::selected(
                    Role::RadioButton,
                    ui.is_enabled(),
                    value == current,
                    format!("{label}: {name}"),
                )
            });
            let response = if hint.is_empty() {
                response
            } else {
                response.on_hover_text(hint)
            };
            if response.clicked() && value != current {
                chosen = Some(value);
            }
        }
    });
    row.response
        .widget_info(|| WidgetInfo::labeled(Role::RadioGroup, true, label));
    chosen
}
