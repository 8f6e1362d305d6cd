//! What stands in the way of a new reader study.

use crate::explorer::readers::proposals;
use crate::explorer::readers::state::{ReaderActivity, ReaderForm, Source};
use crate::explorer::state::State;
use crate::explorer::wording::sentence;
use flipscope_language::text;

/// Findings in the tray that flip.
pub(crate) fn in_tray(state: &State) -> usize {
    let findings = &state.searches.findings;
    findings
        .iter()
        .filter(|kept| kept.found.finding.success)
        .count()
}

/// Why the reader study of a form cannot be made yet, as a sentence.
pub(crate) fn to_create(state: &State, form: &ReaderForm) -> Option<String> {
    let draft = &form.draft;
    // At once, while it is typed, and not only when files are chosen.
    let settings = &draft.settings;
    if let Err(error) = settings.validate().and_then(|()| settings.validate_gap()) {
        return Some(sentence(&error.to_string()));
    }
    match form.source {
        Source::Files if draft.findings.is_empty() => {
            return Some(text!("readers-needs-findings").to_owned());
        }
        Source::Tray if in_tray(state) == 0 => {
            return Some(text!("readers-needs-flips").to_owned());
        }
        _ => {}
    }
    if draft.data.is_none() && draft.truth.is_none() {
        return Some(text!("readers-needs-diagnoses").to_owned());
    }
    if proposals::undiagnosed(state, form) > 0
        && proposals::material(state, form).is_some_and(|there| there.findings == 0)
    {
        let why = match draft.truth {
            None => text!("readers-none-diagnosed"),
            Some(_) => text!("readers-all-other"),
        };
        return Some(why.to_owned());
    }
    let why = match state.reader_studies.activity {
        ReaderActivity::Idle => return None,
        ReaderActivity::Making { .. } => text!("readers-being-made"),
        ReaderActivity::Opening => text!("readers-another"),
        ReaderActivity::Reading => text!("readers-being-read"),
    };
    Some(why.to_owned())
}
