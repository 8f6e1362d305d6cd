//! Carries out what a person asks about a path that is typed, and takes in that it was needed, or refused.

use std::path::{Path, PathBuf};
use std::time::Instant;

use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::message::Severity;
use crate::explorer::state::State;
use crate::explorer::typed_path::command::TypedPathCommand;
use crate::explorer::typed_path::state::TypedPath;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: TypedPathCommand) -> Vec<Effect> {
    let Some(typed) = &mut state.typed_path else {
        return Vec::new();
    };
    match command {
        TypedPathCommand::Ask => typed.open = true,
        TypedPathCommand::Set(text) => typed.text = text,
        TypedPathCommand::Cancel => typed.open = false,
        TypedPathCommand::Done => {
            let path = typed.text.trim();
            if path.is_empty() {
                return Vec::new();
            }
            typed.open = false;
            let path = PathBuf::from(path);
            return vec![Effect::Typed(typed.dialog.clone(), path)];
        }
    }
    Vec::new()
}

/// The system has not shown a dialog: says so, and what to do.
pub(crate) fn not_shown(state: &mut State, dialog: Box<Dialog>, now: Instant) {
    // Each says what was not written: the same sentence once more would be taken for the earlier one.
    let text = match dialog.writes() {
        Some(what) => text!("window-no-dialog-to-write", what = what),
        None => text!("window-no-dialog").to_owned(),
    };
    state.say(Severity::Warning, text, now);
    state.typed_path = Some(TypedPath::instead_of(dialog));
}

/// What was typed cannot be taken: it can be corrected.
pub(crate) fn refused(state: &mut State, dialog: Box<Dialog>, path: &Path, why: String) {
    state.typed_path = Some(TypedPath {
        text: path.to_string_lossy().into_owned(),
        refused: Some(why),
        open: true,
        ..TypedPath::instead_of(dialog)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::apply::{apply, receive};
    use crate::explorer::command::Command;
    use crate::explorer::study::command::AskStudy;
    use crate::explorer::worker::Answer;

    fn ask(state: &mut State, command: TypedPathCommand) -> Vec<Effect> {
        apply(state, Command::TypedPath(command), Instant::now())
    }

    #[test]
    fn a_path_is_typed_where_no_dialog_was_shown_and_corrected_where_it_is_refused() {
        let mut state = State::default();
        ask(&mut state, TypedPathCommand::Ask);
        assert!(!state.is_typing_path(), "nothing was asked");
        let dialog = Box::new(Dialog::Study(AskStudy::New));
        let answer = Answer::NoDialog(dialog.clone());
        receive(&mut state, answer, Instant::now());
        // It is said first: nothing opens under the hands of a person.
        assert!(!state.is_typing_path() && state.messages.len() == 1);
        ask(&mut state, TypedPathCommand::Ask);
        assert!(ask(&mut state, TypedPathCommand::Done).is_empty() && state.is_typing_path());
        ask(&mut state, TypedPathCommand::Set(" mine.study ".to_owned()));
        let effects = ask(&mut state, TypedPathCommand::Done);
        let [Effect::Typed(of, path)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert_eq!((of, path.as_path()), (&dialog, Path::new("mine.study")));
        assert!(!state.is_typing_path());
        let answer = Answer::PathRefused {
            dialog,
            path: path.clone(),
            why: "a file of this name exists already".to_owned(),
        };
        receive(&mut state, answer, Instant::now());
        let typed = state.typed_path.as_ref().unwrap();
        assert!(typed.open && typed.refused.is_some());
        assert_eq!(typed.text, "mine.study");
    }
}
