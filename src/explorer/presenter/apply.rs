//! How commands change presenter mode.

use std::time::Instant;

use crate::explorer::apply::Effect;
use crate::explorer::message::Severity;
use crate::explorer::page::Help;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::presenter::{hints, leaving};
use crate::explorer::state::State;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: PresenterCommand, now: Instant) -> Vec<Effect> {
    // A class that still guesses would see every verdict.
    let leaves = match command {
        PresenterCommand::Leave => true,
        PresenterCommand::Toggle => state.presenter.on,
        _ => false,
    };
    if leaves && state.presenter.asked.is_none() && leaving::hidden(state) > 0 {
        // The hall's room is for the question.
        hints::forget(state);
        state.presenter.asked = Some(now);
        // Nothing stands in front of the question.
        state.help = Help::Closed;
        state.all_messages = false;
        return Vec::new();
    }
    // Whatever else is asked for is an answer to it.
    state.presenter.asked = None;
    let presenter = &mut state.presenter;
    match command {
        PresenterCommand::Toggle | PresenterCommand::Leave => {
            // What was revealed stays so when presenter mode is left for a while.
            presenter.on = !presenter.on;
            let on = presenter.on;
            state.help = Help::Closed;
            state.all_messages = false;
            let mut effects = vec![Effect::FullScreen(on)];
            if on {
                hints::forget(state);
                if state.presenter.guessing {
                    // A figure that is being drawn shows what is to be guessed.
                    state.figures.open = None;
                }
                let hint = hints::of(state);
                state.say(Severity::Note, hint, now);
            } else {
                hints::forget(state);
                // Back to the zoom of before.
                effects.push(Effect::Appearance(state.appearance));
            }
            return effects;
        }
        PresenterCommand::Stay => {}
        PresenterCommand::List => presenter.list = !presenter.list,
        PresenterCommand::Tools => presenter.tools = !presenter.tools,
        PresenterCommand::Pointer => presenter.pointer = !presenter.pointer,
        PresenterCommand::Guess => {
            presenter.guessing = !presenter.guessing;
            // A new round hides everything.
            if presenter.guessing {
                presenter.revealed.clear();
            }
            if presenter.on {
                // A figure that is being drawn shows what is to be guessed.
                if presenter.guessing {
                    state.figures.open = None;
                }
            } else {
                let prepared = hints::prepared(presenter.guessing);
                hints::forget(state);
                state.say(Severity::Note, prepared, now);
            }
        }
        PresenterCommand::Reveal => {
            if let Some(id) = state.selected.filter(|_| presenter.guessing)
                && !presenter.revealed.remove(&id)
            {
                presenter.revealed.insert(id);
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::explore::lesion::LesionId;

    fn started() -> State {
        let mut state = State {
            selected: Some(LesionId(1)),
            help: Help::Keys,
            ..State::default()
        };
        apply(&mut state, PresenterCommand::Toggle, Instant::now());
        state
    }

    #[test]
    fn it_takes_the_whole_screen_and_gives_it_back() {
        let mut state = started();
        assert!(state.presenter.on);
        assert_eq!(state.help, Help::Closed);
        assert_eq!(state.messages.len(), 1, "its keys are named");
        let effects = apply(&mut state, PresenterCommand::Toggle, Instant::now());
        assert!(!state.presenter.on);
        assert!(state.messages.is_empty(), "and not when it is left");
        assert!(matches!(
            effects[..],
            [Effect::FullScreen(false), Effect::Appearance(_)]
        ));
    }

    #[test]
    fn verdicts_can_be_hidden_before_it_begins() {
        let mut state = State {
            selected: Some(LesionId(1)),
            ..State::default()
        };
        let now = Instant::now();
        apply(&mut state, PresenterCommand::Guess, now);
        assert!(!state.presenter.hides(LesionId(1)), "not before it begins");
        let said = |state: &State| -> Vec<String> {
            state.messages.iter().map(|one| one.text.clone()).collect()
        };
        assert_eq!(said(&state), [hints::prepared(true)]);
        apply(&mut state, PresenterCommand::Guess, now);
        assert_eq!(said(&state), [hints::prepared(false)], "the last word");
        apply(&mut state, PresenterCommand::Guess, now);
        apply(&mut state, PresenterCommand::Toggle, now);
        assert!(state.presenter.hides(LesionId(1)), "from the first moment");
        assert_eq!(said(&state), [hints::of(&state)]);
    }

    #[test]
    fn what_was_revealed_stays_so_when_it_begins_again_and_that_is_said() {
        let mut state = started();
        let now = Instant::now();
        for command in [PresenterCommand::Guess, PresenterCommand::Reveal] {
            apply(&mut state, command, now);
        }
        apply(&mut state, PresenterCommand::Leave, now);
        apply(&mut state, PresenterCommand::Toggle, now);
        assert!(!state.presenter.hides(LesionId(1)));
        let said: Vec<&str> = state.messages.iter().map(|one| &*one.text).collect();
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("revealed before"), "{said:?}");
        for _ in 0..2 {
            apply(&mut state, PresenterCommand::Guess, now);
        }
        assert!(state.presenter.hides(LesionId(1)), "as it says");
    }

    #[test]
    fn a_verdict_is_hidden_until_it_is_revealed_and_hidden_again_by_the_same_key() {
        let mut state = started();
        let [first, second] = [LesionId(1), LesionId(2)];
        // Without the game, nothing is hidden, and the key does nothing.
        apply(&mut state, PresenterCommand::Reveal, Instant::now());
        assert!(!state.presenter.hides(first));
        apply(&mut state, PresenterCommand::Guess, Instant::now());
        assert!(state.presenter.hides(first));
        apply(&mut state, PresenterCommand::Reveal, Instant::now());
        assert!(!state.presenter.hides(first));
        assert!(state.presenter.hides(second), "one lesion at a time");
        apply(&mut state, PresenterCommand::Reveal, Instant::now());
        assert!(state.presenter.hides(first));
        // A new round hides everything.
        apply(&mut state, PresenterCommand::Reveal, Instant::now());
        apply(&mut state, PresenterCommand::Guess, Instant::now());
        apply(&mut state, PresenterCommand::Guess, Instant::now());
        assert!(state.presenter.hides(first));
        // Outside presenter mode, nothing is hidden; back in it, what had been revealed is not hidden again.
        apply(&mut state, PresenterCommand::Reveal, Instant::now());
        apply(&mut state, PresenterCommand::Toggle, Instant::now());
        assert!(!state.presenter.hides(second));
        apply(&mut state, PresenterCommand::Toggle, Instant::now());
        assert!(!state.presenter.hides(first));
        assert!(state.presenter.hides(second));
    }
}
