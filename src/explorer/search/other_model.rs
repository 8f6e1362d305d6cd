//! Findings of another model or another remedy than those in use: their verdicts are not what the window would say now.

use flipscope_base::untrusted::printable;
use flipscope_lab::search::Finding;
use flipscope_language::{text, within_sentence};

use crate::explorer::state::State;

/// What a finding was made with, if that is not what judges now, as a phrase.
pub(crate) fn judged_otherwise(state: &State, finding: &Finding) -> Option<String> {
    let ready = state.model.ready.as_ref()?;
    if finding.is_of(&ready.info) {
        return None;
    }
    let remedy = within_sentence(&finding.remedy.in_words());
    Some(if ready.info.sha256 == finding.model_sha256 {
        text!("search-another-remedy", remedy = remedy)
    } else {
        let model = printable(&finding.model);
        text!("search-another-model", model = model, remedy = remedy)
    })
}
