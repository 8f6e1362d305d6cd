//! The menu of a picture. Its entries are actions of the table.

use egui::{Button, Response, Ui};

use crate::explorer::actions::{Action, edit, figures, file, view};
use crate::explorer::panels::{Pane, scroll_layout};

/// The entries, in groups.
const ENTRIES: [&[&Action]; 4] = [
    &[
        &file::SAVE_ALTERED,
        &figures::COPY_PICTURE,
        &file::COPY_COMMAND_LINE,
    ],
    &[&edit::UNDO, &edit::REDO, &edit::RESET_ALL],
    &[&view::ZOOM_IN, &view::ZOOM_OUT, &view::WHOLE_PICTURE],
    &[&view::TOGGLE_RESOLUTION, &view::HISTOGRAM],
];

/// Shows it after a click with the other button (a drag with it moves the zoomed picture).
pub(crate) fn show(pane: &mut Pane<'_>, response: &Response) {
    response.context_menu(|ui| {
        scroll_layout::menu(ui, |ui| {
            for (at, group) in ENTRIES.iter().enumerate() {
                if at > 0 {
                    ui.separator();
                }
                for action in *group {
                    entry(pane, ui, action);
                }
            }
        });
    });
}

fn entry(pane: &mut Pane<'_>, ui: &mut Ui, action: &Action) {
    let mut button = Button::new(action.name.get());
    let keys = action.keys_text(ui.ctx());
    if !keys.is_empty() {
        button = button.shortcut_text(keys);
    }
    let obstacle = action.obstacle(pane.state);
    let mut response = ui.add_enabled(obstacle.is_none(), button);
    if let Some(obstacle) = obstacle {
        response = response.on_disabled_hover_text(obstacle);
    }
    if response.clicked() {
        pane.emit((action.command)(pane.state));
        ui.close();
    }
}
