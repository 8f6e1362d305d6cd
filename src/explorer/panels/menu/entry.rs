//! The entries of a menu.

use egui::{Button, Ui};

use crate::explorer::command::{Command, keys_of};
use crate::explorer::panels::Pane;

/// One entry; emits the command and closes the menu when clicked.
pub(super) fn entry(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    name: &str,
    what: &str,
    enabled: bool,
    command: Command,
) {
    let keys = keys_of(what, ui.ctx());
    let mut button = Button::new(name);
    // No text if there are no keys: otherwise the accessible name would end with a space.
    if !keys.is_empty() {
        button = button.shortcut_text(keys);
    }
    if ui.add_enabled(enabled, button).clicked() {
        pane.emit(command);
        ui.close();
    }
}

pub(super) fn choice(pane: &mut Pane<'_>, ui: &mut Ui, name: &str, chosen: bool, command: Command) {
    if ui.radio(chosen, name).clicked() {
        pane.emit(command);
        ui.close();
    }
}
