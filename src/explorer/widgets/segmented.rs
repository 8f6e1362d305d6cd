//! A row of mutually exclusive choices: an outline and a tint for the chosen one. Pages and tabs look otherwise (`tabs`), and only
//! the main action of a pane is filled with the accent (`primary`).

use egui::{Button, Color32, Role, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo};

use crate::explorer::theme;
use crate::explorer::widgets::focus;

/// One choice: its value, its name, its tooltip (may be empty).
pub(crate) type Choice<'a, T> = (T, &'a str, &'a str);

/// Has what is chosen or open, from here on in this part, look otherwise than the main action.
pub(crate) fn chosen_look(ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let selection = &mut ui.visuals_mut().selection;
    selection.bg_fill = palette.accent.gamma_multiply(0.14);
    selection.stroke = Stroke::new(1.0, palette.text);
}

/// Points between two choices.
const GAP: f32 = 3.0;
/// The least room beside a name, in points.
const LEAST_PADDING: f32 = 4.0;

/// The room left and right of each name: as everywhere, or as much less as lets all choices stand in one row.
fn padding<T>(ui: &Ui, choices: &[Choice<'_, T>]) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let name = |text: &str| {
        let text = text.to_owned();
        let galley = ui
            .painter()
            .layout_no_wrap(text, font.clone(), Color32::PLACEHOLDER);
        galley.size().x.ceil() + GAP
    };
    let names: f32 = choices.iter().map(|(_, text, _)| name(text)).sum();
    let each = (ui.available_width() + GAP - names) / (2.0 * choices.len().max(1) as f32);
    let usual = ui.spacing().button_padding.x;
    if each < LEAST_PADDING {
        return usual;
    }
    usual.min(each)
}

/// Shows the choices; returns the new one if another was clicked. `label` names the group for assistive technology.
pub(crate) fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    current: T,
    choices: &[Choice<'_, T>],
) -> Option<T> {
    let mut chosen = None;
    // If there is no room for all of them, they move together, and then wrap.
    let row = ui.horizontal_wrapped(|ui| {
        let palette = theme::palette(ui.ctx());
        ui.spacing_mut().item_spacing = egui::Vec2::splat(GAP);
        ui.spacing_mut().button_padding.x = padding(ui, choices);
        chosen_look(ui);
        for &(value, name, hint) in choices {
            let response = ui.add(Button::selectable(value == current, name));
            let edge = if value == current {
                Stroke::new(1.5, palette.accent)
            } else {
                Stroke::new(1.0, palette.line)
            };
            let radius = f32::from(theme::RADIUS);
            ui.painter()
                .rect_stroke(response.rect, radius, edge, StrokeKind::Inside);
            focus::ring(ui, &response, palette.text);
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
