//! The edge of a pane that is dragged to make it wider. egui names it in English; here it gets its name in the window's language.

use egui::{Context, Id};

use flipscope_language::text;

/// Names the edge of a panel that was just shown; `panel` is its id: its salt below the id of the `Ui` that it is in.
pub(crate) fn name_edge(ctx: &Context, panel: Id) {
    // The id that egui gives the edge.
    let edge = panel.with("__resize");
    ctx.accesskit_node_builder(edge, |node| node.set_label(text!("pane-edge")));
}
