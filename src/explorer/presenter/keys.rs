//! Escape leaves presenter mode, unless something in front of it uses the key. All other keys are in the table of actions.

use egui::{Context, Key, Modifiers};

use crate::explorer::actions::was_typing;
use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::state::State;

/// The command of Escape, if it was pressed for presenter mode.
pub(crate) fn from_keys(ctx: &Context, state: &State) -> Option<Command> {
    let in_front = state.help != Help::Closed
        || state.all_messages
        || state.palette.open.is_some()
        // Escape ends the reveal first.
        || state.reader_studies.reveal.is_some()
        || was_typing(ctx)
        || egui::Popup::is_any_open(ctx);
    if !state.presenter.on || in_front {
        return None;
    }
    let pressed = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    pressed.then_some(Command::Presenter(PresenterCommand::Leave))
}
