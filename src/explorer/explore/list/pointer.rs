//! What the pointer does with the rows of the list, as they were drawn last.

use egui::{Context, Vec2};

use crate::explorer::explore::list::keys::list_id;
use crate::explorer::explore::list::places::Pointer;

/// What it does now.
pub(crate) fn now(ctx: &Context) -> Pointer {
    let rows = ctx.read_response(list_id());
    ctx.input(|input| Pointer {
        over: rows.is_some_and(|rows| rows.contains_pointer()),
        pressed: input.pointer.any_down(),
        moves: input.pointer.delta() != Vec2::ZERO || input.smooth_scroll_delta() != Vec2::ZERO,
    })
}
