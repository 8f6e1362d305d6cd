//! How commands change the palette.

use crate::explorer::apply::Effect;
use crate::explorer::page::Help;
use crate::explorer::palette::command::PaletteCommand;
use crate::explorer::palette::state::Open;
use crate::explorer::state::State;

/// The most recent commands that are remembered.
const RECENT: usize = 5;

/// Carries out one command. It has no effects of its own: what is run from it is a command of its own.
pub(crate) fn apply(state: &mut State, command: PaletteCommand) -> Vec<Effect> {
    let palette = &mut state.palette;
    match command {
        PaletteCommand::Open => {
            palette.open = Some(Open::default());
            // One window in front at a time.
            state.help = Help::Closed;
            state.all_messages = false;
        }
        PaletteCommand::Close => palette.open = None,
        PaletteCommand::Type(query) => palette.open = Some(Open { query, chosen: 0 }),
        PaletteCommand::Choose(chosen) => {
            if let Some(open) = &mut palette.open {
                open.chosen = chosen;
            }
        }
        PaletteCommand::CloseAndRemember(id) => {
            palette.open = None;
            palette.recent.retain(|earlier| *earlier != id);
            palette.recent.insert(0, id);
            palette.recent.truncate(RECENT);
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_commands_are_few_and_the_newest_first() {
        let mut state = State::default();
        for name in ["a", "b", "c", "d", "e", "f", "b"] {
            apply(&mut state, PaletteCommand::Open);
            assert!(state.palette.open.is_some());
            apply(
                &mut state,
                PaletteCommand::CloseAndRemember(name.to_owned()),
            );
            assert!(state.palette.open.is_none());
        }
        assert_eq!(state.palette.recent, ["b", "f", "e", "d", "c"]);
    }

    #[test]
    fn typing_chooses_the_first_line_again() {
        let mut state = State::default();
        apply(&mut state, PaletteCommand::Open);
        apply(&mut state, PaletteCommand::Choose(3));
        apply(&mut state, PaletteCommand::Type("un".to_owned()));
        let open = state.palette.open.as_ref();
        assert_eq!(
            open.map(|open| (&*open.query, open.chosen)),
            Some(("un", 0))
        );
        apply(&mut state, PaletteCommand::Close);
        apply(&mut state, PaletteCommand::Choose(3));
        assert_eq!(state.palette.open, None);
    }

    #[test]
    fn it_replaces_other_windows_in_front() {
        let mut state = State {
            help: Help::Keys,
            all_messages: true,
            ..State::default()
        };
        apply(&mut state, PaletteCommand::Open);
        assert_eq!(state.help, Help::Closed);
        assert!(!state.all_messages);
    }
}
