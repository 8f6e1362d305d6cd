//! Which page is open, and which of several panes: text with a line below it, so that neither looks like an option or like the main
//! action. Pages are in the heavier weight.

use egui::{Color32, FontId, Rangef, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, vec2};

use crate::explorer::theme;
use crate::explorer::widgets::segmented::Choice;

/// Width of the line below the chosen one, in points.
const LINE: f32 = 3.0;

/// The pages of the window; returns the new one if another was clicked. `label` names the group for assistive technology.
pub(crate) fn pages<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    current: T,
    choices: &[Choice<'_, T>],
) -> Option<T> {
    row(ui, label, current, choices, true)
}

/// The panes of a column; returns the new one if another was clicked.
pub(crate) fn tabs<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    current: T,
    choices: &[Choice<'_, T>],
) -> Option<T> {
    row(ui, label, current, choices, false)
}

fn row<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    current: T,
    choices: &[Choice<'_, T>],
    heavy: bool,
) -> Option<T> {
    let mut chosen = None;
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
        for &choice in choices {
            if one(ui, label, choice, choice.0 == current, heavy) && choice.0 != current {
                chosen = Some(choice.0);
            }
        }
    });
    row.response
        .widget_info(|| WidgetInfo::labeled(Role::RadioGroup, true, label));
    chosen
}

/// One of them; returns whether it was clicked.
fn one<T>(
    ui: &mut Ui,
    label: &str,
    (_, name, hint): Choice<'_, T>,
    selected: bool,
    heavy: bool,
) -> bool {
    let palette = theme::palette(ui.ctx());
    let body = TextStyle::Button.resolve(ui.style());
    let font = if heavy {
        FontId::new(body.size, theme::semibold())
    } else {
        body
    };
    let colour = if selected {
        palette.text
    } else {
        palette.muted
    };
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font, Color32::PLACEHOLDER);
    let padding = ui.spacing().button_padding.x;
    let size = vec2(
        galley.size().x + 2.0 * padding,
        (galley.size().y + 2.0 * LINE).max(ui.spacing().interact_size.y),
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let text = format!("{label}: {name}");
        WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, text)
    });
    if ui.is_rect_visible(rect) {
        let lit = response.hovered() || response.has_focus();
        if lit {
            let fill = ui.visuals().widgets.hovered.bg_fill;
            ui.painter()
                .rect_filled(rect, f32::from(theme::RADIUS), fill);
        }
        let at = rect.center() - galley.size() / 2.0;
        let colour = if lit { palette.text } else { colour };
        ui.painter().galley(at, galley, colour);
        if selected {
            let line = Rangef::new(rect.left() + padding / 2.0, rect.right() - padding / 2.0);
            let y = rect.bottom() - LINE / 2.0;
            ui.painter()
                .hline(line, y, Stroke::new(LINE, palette.accent));
        }
        if response.has_focus() {
            ui.painter().rect_stroke(
                rect,
                f32::from(theme::RADIUS),
                Stroke::new(1.5, palette.accent),
                egui::StrokeKind::Inside,
            );
        }
    }
    let response = if hint.is_empty() {
        response
    } else {
        response.on_hover_text(hint)
    };
    response.clicked()
}
