//! Tooltips of the page, which stand in front of everything: not of a dialog. egui leaves one open as long as the pointer rests on its
//! widget, also when a key opens a dialog above both.

use egui::layers::PaintList;
use egui::{Context, LayerId, Order};

use crate::explorer::page::Help;
use crate::explorer::state::State;

/// Takes those away that are drawn already, if a dialog follows; call between the page and the dialogs.
pub(super) fn hide_behind_dialogs(state: &State, ctx: &Context) {
    let dialog = state.help != Help::Closed
        || state.all_messages
        || state.palette.open.is_some()
        || state.figures.open.is_some()
        || state.leaving.is_some()
        || state.is_typing_path();
    if !dialog {
        return;
    }
    let layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
    ctx.graphics_mut(|graphics| {
        for layer in layers {
            if layer.order == Order::Tooltip {
                *graphics.entry(layer) = PaintList::default();
            }
        }
    });
}
