//! The *Search* pane: what to search for, the running searches, and the findings on this lesion.

mod bounds;
mod findings;
mod form;
mod running;

use egui::Ui;

use crate::explorer::batch;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    scroll_layout::column(ui, scroll_layout::TOOL, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        form::show(pane, ui, lesion);
        batch::panel::search_buttons(pane, ui);
        batch::panel::searches(pane, ui);
        running::show(pane, ui);
        findings::show(pane, ui, lesion);
        ui.add_space(theme::GAP);
    });
}
