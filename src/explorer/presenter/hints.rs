//! What presenter mode says of its keys.

use flipscope_language::text;

use crate::explorer::page::Page;
use crate::explorer::state::State;

/// The keys that do something where presenter mode begins.
pub(crate) fn of(state: &State) -> &'static str {
    if state.reader_studies.reveal.is_some() {
        text!("presenter-began-reveal")
    } else if state.page == Page::Explore && state.presenter.guessing {
        if !state.presenter.revealed.is_empty() {
            return text!("presenter-began-again");
        }
        text!("presenter-began-guessing")
    } else if state.page == Page::Explore {
        text!("presenter-began")
    } else {
        text!("presenter-began-page")
    }
}

/// What presenter mode will do with verdicts, said before it begins.
pub(crate) fn prepared(hides: bool) -> &'static str {
    if hides {
        text!("presenter-will-hide")
    } else {
        text!("presenter-will-show")
    }
}

/// Takes back what was said and asked of keys: they mean something else from now on, or nothing.
pub(crate) fn forget(state: &mut State) {
    state.presenter.asked = None;
    let hints = [
        text!("presenter-began"),
        text!("presenter-began-guessing"),
        text!("presenter-began-again"),
        prepared(true),
        prepared(false),
        text!("presenter-began-page"),
        text!("presenter-began-reveal"),
    ];
    (state.messages).retain(|message| !hints.contains(&message.text.as_str()));
}
