//! The entries of a menu: each one is an action of the table.

use egui::{Button, Role, Ui, WidgetInfo};

use crate::explorer::actions::Action;
use crate::explorer::command::Command;
use crate::explorer::panels::Pane;
use crate::explorer::widgets::Marked;

/// One entry; emits its command and closes the menu when clicked. If it is not available, it says why on hover.
pub(super) fn entry(pane: &mut Pane<'_>, ui: &mut Ui, action: &Action) {
    let keys = action.keys_text(ui.ctx());
    let mut button = Button::new(action.name.get());
    // No text if there are no keys: otherwise the accessible name would end with a space.
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

/// One of several that exclude one another.
pub(super) fn choice(pane: &mut Pane<'_>, ui: &mut Ui, action: &Action, chosen: bool) {
    let obstacle = action.obstacle(pane.state);
    let command = (action.command)(pane.state);
    ui.add_enabled_ui(obstacle.is_none(), |ui| {
        named_choice(pane, ui, action.name.get(), chosen, command);
    });
}

/// Something that is on or off.
pub(super) fn switch(pane: &mut Pane<'_>, ui: &mut Ui, action: &Action, on: bool) {
    let obstacle = action.obstacle(pane.state);
    let mut ticked = on;
    let tick = Marked(egui::Checkbox::new(&mut ticked, action.name.get()));
    let mut response = ui.add_enabled(obstacle.is_none(), tick);
    if let Some(obstacle) = obstacle {
        response = response.on_disabled_hover_text(obstacle);
    }
    if response.clicked() {
        pane.emit((action.command)(pane.state));
        ui.close();
    }
}

/// The same as [`named_choice`] with a shorter name, where the menu says the rest; who hears it hears the whole one.
pub(super) fn short_choice(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    (shown, name): (&str, &str),
    chosen: bool,
    command: Command,
) {
    let response = ui.add(Marked(egui::RadioButton::new(chosen, shown)));
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    if response.clicked() {
        pane.emit(command);
        ui.close();
    }
}

/// The same as [`choice`], for a command that is not in the table.
pub(super) fn named_choice(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    name: &str,
    chosen: bool,
    command: Command,
) {
    short_choice(pane, ui, (name, name), chosen, command);
}
