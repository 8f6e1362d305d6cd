//! The *Search* pane: what to look for, what is being looked for, and what was found on this lesion.

mod bounds;
mod findings;
mod form;
mod pursuits;

use egui::Ui;

use super::super::state::Lesion;
use super::super::theme;
use super::{Pane, room};

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    room::column(ui, room::TOOL, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        form::show(pane, ui, lesion);
        pursuits::show(pane, ui);
        findings::show(pane, ui, lesion);
        ui.add_space(theme::GAP);
    });
}
