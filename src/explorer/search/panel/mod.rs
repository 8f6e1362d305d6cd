//! The *Search* pane: what to search for, the running searches and the newest finding, and the earlier findings on this lesion.

mod bounds;
pub(crate) mod findings;
mod form;
mod running;

use egui::{Id, Rect, Ui, vec2};

use crate::explorer::batch;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::page::Tool;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::proof;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::state::{SearchId, SearchTask};
use crate::explorer::theme;

/// Height of what is to be seen of a search that begins, in points.
const CARD: f32 = 150.0;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    scroll_layout::column(ui, Tool::Search, scroll_layout::TOOL, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        let start = form::show(pane, ui);
        // What a search does and finds is seen without scrolling: a search that begins is scrolled to, but not away from what started it.
        let by_hand = |task: &&SearchTask| !pane.state.batch.has_search(task.id);
        let newest = (pane.state.searches.tasks.iter().filter(by_hand))
            .map(|task| task.id)
            .max();
        if begins(ui, newest) {
            let begins = Rect::from_min_size(ui.cursor().min, vec2(1.0, CARD));
            ui.scroll_to_rect(begins, None);
        }
        batch::panel::searches(pane, ui);
        running::show(pane, ui);
        findings::newest(pane, ui, lesion);
        form::advanced(pane, ui, lesion);
        // After a number whose field is left by the very click on the button.
        if start {
            pane.emit(Command::Search(SearchCommand::Start));
        }
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
