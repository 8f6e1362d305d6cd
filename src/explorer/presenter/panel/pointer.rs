//! The pointer of presenter mode: a ring that can be seen from the last row, as the dot of a laser pointer can.

use egui::{Color32, Context, Id, LayerId, Order, Stroke};

use crate::explorer::state::State;
use crate::explorer::theme;

/// Radius and width of the ring, in points.
const RADIUS: f32 = 26.0;
const WIDTH: f32 = 4.0;

/// Draws the ring around the pointer, in front of everything.
pub(crate) fn show(state: &State, ctx: &Context) {
    if !state.presenter.on || !state.presenter.pointer {
        return;
    }
    let Some(at) = ctx.pointer_latest_pos() else {
        return;
    };
    let layer = LayerId::new(Order::Tooltip, Id::unique("ring around the pointer"));
    let painter = ctx.layer_painter(layer);
    let palette = theme::palette(ctx);
    // Dark and light edges: it is visible on skin, on black corners and on the panels.
    for (wider, colour) in [
        (4.0, Color32::from_black_alpha(150)),
        (2.0, Color32::from_white_alpha(230)),
        (0.0, palette.pointer),
    ] {
        painter.circle_stroke(at, RADIUS, Stroke::new(WIDTH + wider, colour));
    }
}
