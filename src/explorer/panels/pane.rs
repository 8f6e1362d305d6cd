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
    /// What the person asked for.
    pub commands: &'a mut Vec<Command>,
}

impl Pane<'_> {
    /// Asks for something.
    pub(crate) fn emit(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// A button that asks for something; on hover it says what that is.
    pub(crate) fn button(&mut self, ui: &mut egui::Ui, text: &str, hint: &str, command: Command) {
        if ui.button(text).on_hover_text(hint).clicked() {
            self.emit(command);
        }
    }
}
