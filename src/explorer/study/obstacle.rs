//! What stands in the way of a new study.

use crate::explorer::state::State;
use crate::explorer::study::state::StudyForm;

/// Why the study of a form cannot be made yet, as a sentence.
pub(crate) fn to_create(state: &State, form: &StudyForm) -> Option<&'static str> {
    if form.data.is_none() {
        return Some("Choose the labelled photographs first.");
    }
    if state.model.ready.is_none() {
        return Some("There is no model yet.");
    }
    (!state.studies.is_idle()).then_some("Another study is under way: pause it first.")
}
