//! Keys that stand for commands.
//!
//! A key is known by what is written on it, so that Ctrl+Z is where Z is. Only the digits are also known by their place in the
//! row above the letters: on French and Czech keyboards they need Shift there, and the key alone gives ' or +.

use egui::{Context, Event, Id, InputState, Key, KeyboardShortcut, Modifiers};

use crate::explorer::actions::action::Action;
use crate::explorer::actions::help;
use crate::explorer::actions::list::ACTIONS;
use crate::explorer::command::Command;
use crate::explorer::palette::command::PaletteCommand;
use crate::explorer::state::State;
use crate::explorer::widgets::slider_keys;

/// Escape dismisses the newest message, unless a field or a menu uses it.
pub(crate) fn escape(ctx: &Context) -> Option<Command> {
    let elsewhere = was_typing(ctx) || egui::Popup::is_any_open(ctx);
    let pressed =
        !elsewhere && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    pressed.then_some(Command::DismissNewest)
}

/// Whether a text field had the focus when the last frame was drawn. At Escape egui takes it away before anybody sees the key.
pub(crate) fn was_typing(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(typing_id())).unwrap_or(false)
}

/// Keeps it for the next frame; call after everything is drawn.
pub(crate) fn note_typing(ctx: &Context) {
    let typing = ctx.text_edit_focused();
    ctx.data_mut(|data| data.insert_temp(typing_id(), typing));
}

fn typing_id() -> Id {
    Id::unique("a text field had the focus")
}

/// Commands of the keys pressed in this frame. Plain keys are left to a text field that has the focus, some to a slider that has
/// it, and commands about one page to that page; what help or the messages cover hears none. The palette has the keys for itself
/// while it is open; its own closes it.
pub(crate) fn from_keys(ctx: &Context, state: &State) -> Vec<Command> {
    if state.palette.open.is_some() {
        let pressed = ctx.input_mut(|input| taken(input, &help::PALETTE));
        let close = pressed.then_some(Command::Palette(PaletteCommand::Close));
        return close.into_iter().collect();
    }
    let typing = ctx.egui_wants_keyboard_input() && ctx.text_edit_focused();
    let sliding = slider_keys::are_claimed(ctx);
    let usable = |action: &Action, keys: &KeyboardShortcut| {
        let here = action.is_on(state.page);
        let own = |key: &Key| sliding && keys.modifiers.is_none() && *key == keys.logical_key;
        // A plain key of a command that is not available is left to whatever has the focus: a space to a button.
        let wanted = keys.modifiers.command || action.obstacle(state).is_none();
        here && wanted
            && action.hears_keys(state)
            && (!typing || keys.modifiers.command)
            && !slider_keys::SHARED.iter().any(own)
    };
    let mut shortcuts: Vec<(&Action, &KeyboardShortcut)> = (ACTIONS.iter().copied().flatten())
        .flat_map(|action| action.keys.iter().map(move |keys| (action, keys)))
        .filter(|(action, keys)| usable(action, keys))
        .collect();
    // egui ignores additional modifiers, so that the keys with most of them come first.
    shortcuts.sort_by_key(|(_, keys)| {
        let Modifiers { shift, command, .. } = keys.modifiers;
        std::cmp::Reverse(u8::from(shift) + u8::from(command))
    });
    // Press by press, in their order: on a slow machine, several come in one frame.
    ctx.input_mut(|input| {
        let mut pressed = Vec::new();
        for by in [by_name, by_place] {
            input.events.retain(|event| {
                let given = shortcuts.iter().find(|(_, keys)| by(event, **keys));
                pressed.extend(given.map(|(action, _)| (action.command)(state)));
                given.is_none()
            });
        }
        pressed
    })
}

/// Whether one of an action's keys was pressed; it is consumed.
fn taken(input: &mut InputState, action: &Action) -> bool {
    let before = input.events.len();
    let taken = |event: &Event| {
        let mut keys = action.keys.iter();
        keys.any(|keys| by_name(event, *keys) || by_place(event, *keys))
    };
    input.events.retain(|event| !taken(event));
    input.events.len() < before
}

/// Whether a key was pressed, known by what it gives.
fn by_name(event: &Event, keys: KeyboardShortcut) -> bool {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    *key == keys.logical_key && modifiers.matches_logically(keys.modifiers)
}

/// Whether the key of a digit was pressed, known by its place.
fn by_place(event: &Event, keys: KeyboardShortcut) -> bool {
    let Event::Key {
        key,
        physical_key: Some(place),
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    is_digit(keys.logical_key)
        && *place == keys.logical_key
        && !is_digit(*key)
        && modifiers.matches_logically(keys.modifiers)
        // With them, the key means a sign.
        && modifiers.shift == keys.modifiers.shift
        && !modifiers.alt
}

fn is_digit(key: Key) -> bool {
    use Key::{Num0, Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9};
    [Num0, Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9].contains(&key)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use egui::RawInput;

    use super::*;
    use crate::explorer::apply::apply;
    use crate::explorer::explore::view::{Layout, View};
    use crate::explorer::page::Page;

    /// The commands of one key: what it gives, where it is, and with which modifiers.
    fn commands(state: &State, key: Key, place: Key, modifiers: Modifiers) -> Vec<Command> {
        let ctx = Context::default();
        let mut commands = Vec::new();
        let events = vec![Event::Key {
            key,
            physical_key: Some(place),
            pressed: true,
            repeat: false,
            modifiers,
        }];
        let input = RawInput {
            events,
            ..RawInput::default()
        };
        ctx.begin_pass(input);
        commands.extend(from_keys(&ctx, state));
        // Nothing draws it.
        ctx.end_pass().textures_delta.clear();
        commands
    }

    #[test]
    fn presses_that_come_in_one_frame_all_count_in_their_order() {
        let mut state = State::default();
        apply(&mut state, Command::OpenSamples(1), Instant::now());
        let press = |key| Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let ctx = Context::default();
        let keys = [Key::PageDown, Key::PageDown, Key::Plus, Key::Plus];
        let events = keys.into_iter().chain([Key::PageUp]).map(press).collect();
        ctx.begin_pass(RawInput {
            events,
            ..RawInput::default()
        });
        let commands = from_keys(&ctx, &state);
        ctx.end_pass().textures_delta.clear();
        let expected = [
            Command::Step(1),
            Command::Step(1),
            Command::Zoom(true),
            Command::Zoom(true),
            Command::Step(-1),
        ];
        assert_eq!(commands, expected);
    }

    fn layout(layout: Layout) -> Vec<Command> {
        vec![Command::SetView(View {
            layout,
            ..View::default()
        })]
    }

    #[test]
    fn digits_are_known_by_their_place_as_well() {
        let state = State::default();
        let none = Modifiers::NONE;
        for (key, place, expected) in [
            (Key::Num4, Key::Num4, Layout::Difference),
            // French: the key of 4 gives an apostrophe, the key of 1 something that has no name.
            (Key::Quote, Key::Num4, Layout::Difference),
            (Key::Num1, Key::Num1, Layout::SideBySide),
            // Czech: the key of 1 gives a plus.
            (Key::Plus, Key::Num1, Layout::SideBySide),
            // A French 4 with Shift, and one of the number pad.
            (Key::Num4, Key::Quote, Layout::Difference),
        ] {
            assert_eq!(
                commands(&state, key, place, none),
                layout(expected),
                "{key:?} at {place:?}"
            );
        }
        let turn = commands(&state, Key::Plus, Key::Num2, Modifiers::COMMAND);
        assert_eq!(turn, [Command::OpenPage(Page::Study)]);
        // With Shift, it is a sign; letters are known by what they give alone.
        let sign = commands(&state, Key::Exclamationmark, Key::Num1, Modifiers::SHIFT);
        assert_eq!(sign, []);
        let german = commands(&state, Key::Z, Key::Y, Modifiers::COMMAND);
        assert_eq!(german, [Command::Undo]);
    }

    #[test]
    fn additional_modifiers_mean_the_longer_shortcut() {
        let state = State::default();
        let both = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        assert_eq!(commands(&state, Key::O, Key::O, both), [Command::AskFolder]);
        assert_eq!(commands(&state, Key::Z, Key::Z, both), [Command::Redo]);
    }

    #[test]
    fn commands_about_another_page_are_left_alone() {
        let state = State {
            page: Page::Study,
            ..State::default()
        };
        assert_eq!(commands(&state, Key::R, Key::R, Modifiers::NONE), []);
        let open = commands(&state, Key::P, Key::P, Modifiers::COMMAND);
        assert_eq!(open, [Command::Palette(PaletteCommand::Open)]);
    }
}
