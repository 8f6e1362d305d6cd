//! The entries that zoom the interface, with egui's keys for it.

use egui::gui_zoom::kb_shortcuts::{ZOOM_IN, ZOOM_OUT, ZOOM_RESET};
use egui::{Button, KeyboardShortcut, Ui, gui_zoom};

use flipscope_language::text;

use crate::explorer::actions::key_names;
use crate::explorer::appearance::{MAX_ZOOM, MIN_ZOOM};

pub(super) fn show(ui: &mut Ui) {
    let now = ui.ctx().zoom_factor();
    if button(ui, text!("menu-zoom-in"), ZOOM_IN, now < MAX_ZOOM) {
        gui_zoom::zoom_in(ui.ctx());
    }
    if button(ui, text!("menu-zoom-out"), ZOOM_OUT, now > MIN_ZOOM) {
        gui_zoom::zoom_out(ui.ctx());
    }
    if button(ui, text!("menu-zoom-reset"), ZOOM_RESET, now != 1.0) {
        ui.ctx().set_zoom_factor(1.0);
    }
}

/// The menu stays open: one step is rarely enough.
fn button(ui: &mut Ui, name: &str, keys: KeyboardShortcut, enabled: bool) -> bool {
    let keys = key_names::shortcut(ui.ctx(), keys);
    ui.add_enabled(enabled, Button::new(name).shortcut_text(keys))
        .clicked()
}
