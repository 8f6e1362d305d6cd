//! Which widget has the keyboard, where its own look does not say it.

use egui::{Color32, Response, Stroke, StrokeKind, Ui};

use crate::explorer::theme;

/// Draws a ring inside the edge of a widget that has the keyboard: what is chosen, or filled, looks nearly the same with and without
/// it. `colour` must stand out from the widget's own. A ring outside would be cut off at the edge of a pane.
pub(super) fn ring(ui: &Ui, response: &Response, colour: Color32) {
    if response.has_focus() {
        let radius = f32::from(theme::RADIUS) - 1.0;
        let stroke = Stroke::new(2.0, colour);
        let place = response.rect.shrink(2.0);
        ui.painter()
            .rect_stroke(place, radius, stroke, StrokeKind::Inside);
    }
}
