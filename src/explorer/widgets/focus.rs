//! Which widget has the keyboard, where its own look does not say it.

use egui::{Response, Stroke, StrokeKind, Ui};

use crate::explorer::theme;

/// Draws a ring around a widget that has the keyboard: what is chosen, or filled, looks nearly the same with and without it.
pub(super) fn ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let palette = theme::palette(ui.ctx());
        let radius = f32::from(theme::RADIUS) + 2.0;
        let stroke = Stroke::new(2.0, palette.text);
        let place = response.rect.expand(1.0);
        ui.painter()
            .rect_stroke(place, radius, stroke, StrokeKind::Outside);
    }
}
