//! The keys of the list: Up, Down, Home and End move through it, in a grid Left and Right too; Delete closes, Ctrl+A selects all.

use egui::{Context, FocusDirection, Id, Key, Modifiers};

use crate::explorer::command::Command;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::page::{Help, Page};
use crate::explorer::state::State;

/// What has the keyboard while the list does.
pub(crate) fn list_id() -> Id {
    Id::unique("list of lesions")
}

/// How many lesions stand in a row of the list, as it was drawn last.
pub(crate) fn across_id() -> Id {
    Id::unique("lesions in a row of the list")
}

/// Commands of the keys pressed in this frame. The list has the keyboard after a click on it, or by Tab; Up, Down and End are
/// its keys as long as nothing else has the keyboard.
pub(crate) fn from_keys(ctx: &Context, state: &State) -> Vec<Command> {
    let elsewhere = state.page != Page::Explore
        || state.lesions.is_empty()
        || state.help != Help::Closed
        || state.all_messages
        || egui::Popup::is_any_open(ctx);
    if elsewhere {
        return Vec::new();
    }
    let focused = ctx.memory(egui::Memory::focused);
    let ours = focused == Some(list_id());
    if focused.is_some() && !ours {
        return Vec::new();
    }
    let arrows = [
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowRight,
    ];
    let arrow = ctx.input(|input| arrows.iter().any(|key| input.key_pressed(*key)));
    let mut commands = Vec::new();
    let across = ctx.data(|data| data.get_temp::<usize>(across_id()));
    let across = across.map_or(1, |across| across.max(1) as i32);
    let mut moves = vec![
        (Key::ArrowDown, false, Command::Step(across)),
        (Key::ArrowUp, false, Command::Step(-across)),
        (Key::End, false, Command::List(ListCommand::Last)),
        (Key::Home, true, Command::List(ListCommand::First)),
    ];
    if across > 1 {
        moves.push((Key::ArrowRight, true, Command::Step(1)));
        moves.push((Key::ArrowLeft, true, Command::Step(-1)));
    }
    ctx.input_mut(|input| {
        for (key, with_focus, command) in moves {
            if ours || !with_focus {
                let count = input.count_and_consume_key(Modifiers::NONE, key);
                commands.extend(std::iter::repeat_n(command, count));
            }
        }
        if ours && input.consume_key(Modifiers::COMMAND, Key::A) {
            commands.push(Command::List(ListCommand::MarkAll));
        }
        if ours && input.consume_key(Modifiers::NONE, Key::Delete) {
            commands.push(Command::List(ListCommand::Close(state.marked())));
        }
    });
    if !commands.is_empty() {
        ctx.memory_mut(|memory| memory.request_focus(list_id()));
    }
    // An arrow never leaves the list, neither when it is the key that brings the keyboard there: above it is a field, into which the next
    // keys would be typed.
    if arrow && (ours || !commands.is_empty()) {
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    commands
}
