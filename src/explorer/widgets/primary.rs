//! The button for the main action of a pane.

use egui::{Button, Response, RichText, Ui, vec2};

use crate::explorer::theme;
use crate::explorer::widgets::focus;

/// Shows it, filled with the accent colour if it is enabled.
pub(crate) fn primary(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let palette = theme::palette(ui.ctx());
    let text = RichText::new(text).color(if enabled {
        palette.on_accent
    } else {
        palette.muted
    });
    let mut button = Button::new(text).min_size(vec2(0.0, 30.0));
    if enabled {
        button = button.fill(palette.accent);
    }
    let response = ui.add_enabled(enabled, button);
    focus::ring(ui, &response, palette.on_accent);
    response
}
