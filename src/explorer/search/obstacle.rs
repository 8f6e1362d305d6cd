//! What stands in the way of a search.

use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::explore::lesion::Picture;
use crate::explorer::search::direction;
use crate::explorer::search::state::Form;
use crate::explorer::state::State;
use crate::explorer::wording::in_window;

/// Why the search of a form cannot start on the selected lesion, as a sentence.
pub(crate) fn to_start(state: &State, form: &Form) -> Option<String> {
    let Some(lesion) = state.current() else {
        return Some(text!("obstacle-no-lesion").to_owned());
    };
    match lesion.picture {
        Picture::Ready { .. } => {}
        Picture::Loading | Picture::Released { .. } => {
            return Some(text!("obstacle-photograph-not-read").to_owned());
        }
        Picture::Failed(_) => {
            return Some(text!("search-nothing-to-search-on").to_owned());
        }
    }
    if state.model.ready.is_none() {
        return Some(text!("obstacle-no-model").to_owned());
    }
    if let Err(error) = form.attack.validate() {
        return Some(in_window(&error.to_string()));
    }
    let before = lesion.answers.primary.before.as_ref()?;
    let label = state.label(&before.verdict);
    (label != direction::of(state, form).from()).then(|| {
        let text = match label {
            Label::Melanoma => text!("search-already-melanoma"),
            Label::Nevus => text!("search-already-nevus"),
        };
        text.to_owned()
    })
}
