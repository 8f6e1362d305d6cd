//! The *Search* pane: the running searches and the newest finding, what to search for, and the earlier findings on this lesion.

mod bounds;
pub(crate) mod findings;
mod form;
mod running;

use egui::{Align, Id, Ui};

use crate::explorer::batch;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::page::Tool;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::proof;
use crate::explorer::search::state::{SearchId, SearchTask};
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    scroll_layout::column(ui, Tool::Search, scroll_layout::TOOL, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        // What a search does and finds is seen without scrolling: a search that begins is scrolled to.
        let by_hand = |task: &&SearchTask| !pane.state.batch.has_search(task.id);
        let newest = (pane.state.searches.tasks.iter().filter(by_hand))
            .map(|task| task.id)
            .max();
        if begins(ui, newest) {
            ui.scroll_to_cursor(Some(Align::TOP));
        }
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

/// Whether the newest search is another than in the frame before, and not just one less.
fn begins(ui: &Ui, newest: Option<SearchId>) -> bool {
    let id = Id::unique("the newest search that was shown");
    ui.data_mut(|data| {
        let before = data.get_temp::<Option<SearchId>>(id);
        data.insert_temp(id, newest);
        before.is_some_and(|before| newest > before)
    })
}
