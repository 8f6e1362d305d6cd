//! How a hidden verdict is revealed: the key and the button, wherever something would give it away.

use egui::{Label, Ui};

use flipscope_language::text;

use crate::explorer::actions;
use crate::explorer::command::Command;
use crate::explorer::panels::Pane;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::widgets::primary;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let reveal = actions::presenter::REVEAL;
    let text = text!("presenter-decide", keys = reveal.keys_text(ui.ctx()));
    ui.add(Label::new(text).wrap());
    if primary(ui, reveal.name.get(), true).clicked() {
        pane.emit(Command::Presenter(PresenterCommand::Reveal));
    }
}
