//! Carries out what a person asks about a path that is typed, and takes in that it was needed, or refused.

use std::path::{Path, PathBuf};

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::state::State;
use crate::explorer::typed_path::command::TypedPathCommand;
use crate::explorer::typed_path::state::TypedPath;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: TypedPathCommand) -> Vec<Effect> {
    let Some(typed) = &mut state.typed_path else {
        return Vec::new();
    };
    match command {
        TypedPathCommand::Set(text) => typed.text = text,
        TypedPathCommand::Cancel => state.typed_path = None,
        TypedPathCommand::Done => {
            let path = typed.text.trim();
            if path.is_empty() {
                return Vec::new();
            }
            let effect = Effect::Typed(typed.dialog.clone(), PathBuf::from(path));
            state.typed_path = None;
            return vec![effect];
        }
    }
    Vec::new()
}

/// The system has not shown a dialog: the path is typed, beginning with the name that the dialog would have proposed.
pub(crate) fn not_shown(state: &mut State, dialog: Box<Dialog>, proposed: Option<PathBuf>) {
    let proposed = proposed.unwrap_or_default();
    state.typed_path = Some(TypedPath {
        dialog,
        text: proposed.to_string_lossy().into_owned(),
        refused: None,
    });
}

/// What was typed cannot be taken: it can be corrected.
pub(crate) fn refused(state: &mut State, dialog: Box<Dialog>, path: &Path, why: String) {
    state.typed_path = Some(TypedPath {
        dialog,
        text: path.to_string_lossy().into_owned(),
        refused: Some(why),
    });
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

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
        let dialog = Box::new(Dialog::Study(AskStudy::New));
        let not_shown = |proposed: Option<&str>| Answer::NoDialog {
            dialog: dialog.clone(),
            proposed: proposed.map(PathBuf::from),
        };
        receive(&mut state, not_shown(None), Instant::now());
        assert!(ask(&mut state, TypedPathCommand::Done).is_empty() && state.is_typing_path());
        ask(&mut state, TypedPathCommand::Cancel);
        assert!(!state.is_typing_path());
        // The proposed name can be taken as it is.
        receive(&mut state, not_shown(Some("mine.study")), Instant::now());
        let effects = ask(&mut state, TypedPathCommand::Done);
        assert!(matches!(&effects[..], [Effect::Typed(_, path)] if path == "mine.study"));
        receive(&mut state, not_shown(Some("my.study")), Instant::now());
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
        assert!(typed.refused.is_some());
        assert_eq!(typed.text, "mine.study");
    }
}
