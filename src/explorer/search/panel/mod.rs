//! The *Search* pane: the running searches and the newest finding, what to search for, and the earlier findings on this lesion.

mod bounds;
mod findings;
mod form;
mod running;

use egui::Ui;

use crate::explorer::batch;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::proof;
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    scroll_layout::column(ui, scroll_layout::TOOL, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        // What a search does and finds is seen without scrolling.
        batch::panel::searches(pane, ui);
        running::show(pane, ui);
        findings::newest(pane, ui, lesion);
        form::show(pane, ui, lesion);
        batch::panel::search_buttons(pane, ui);
        proof::panel::show(pane, ui, lesion);
        findings::earlier(pane, ui, lesion);
        ui.add_space(theme::GAP);
    });
}
