//! What stands in the way of a new study.

use crate::explorer::state::State;
use crate::explorer::study::state::StudyForm;
use flipscope_language::text;

/// Why the study of a form cannot be made yet, as a sentence.
pub(crate) fn to_create(state: &State, form: &StudyForm) -> Option<&'static str> {
    if form.data.is_none() {
        return Some(text!("study-needs-photographs"));
    }
    if state.model.ready.is_none() {
        return Some(text!("obstacle-no-model"));
    }
    (!state.studies.is_idle()).then_some(text!("study-another-under-way"))
}
