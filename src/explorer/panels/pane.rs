//! What every pane works with.

use crate::explorer::assets::Assets;
use crate::explorer::command::Command;
use crate::explorer::state::State;

/// What a pane works with.
pub(crate) struct Pane<'a> {
    /// What to show.
    pub state: &'a State,
    /// Textures.
    pub assets: &'a mut Assets,
    /// The commands of the person.
    pub commands: &'a mut Vec<Command>,
}

impl Pane<'_> {
    /// Emits a command.
    pub(crate) fn emit(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// A button that emits a command; the tooltip says what it does.
    pub(crate) fn button(&mut self, ui: &mut egui::Ui, text: &str, hint: &str, command: Command) {
        if ui.button(text).on_hover_text(hint).clicked() {
            self.emit(command);
        }
    }
}
