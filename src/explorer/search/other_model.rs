//! Findings of another model, another remedy, another type or another threshold than those in use: their verdicts are not what the window would say
//! now.

use flipscope_base::human::probability;
use flipscope_base::untrusted::printable;
use flipscope_lab::search::Finding;
use flipscope_language::{text, within_sentence};

use crate::explorer::state::State;

/// What a finding was made with, if that is not what judges now, as a phrase.
pub(crate) fn judged_otherwise(state: &State, finding: &Finding) -> Option<String> {
    let ready = state.model.ready.as_ref()?;
    let remedy = || within_sentence(&finding.remedy.in_words());
    let network = if finding.is_of(&ready.info) {
        None
    } else if ready.info.sha256 == finding.model_sha256 {
        Some(text!("search-another-remedy", remedy = remedy()))
    } else {
        let model = printable(&finding.model);
        Some(text!(
            "search-another-model",
            model = model,
            remedy = remedy()
        ))
    };
    let precision = another_type(&finding.precision, ready.precision);
    let (then, now) = (finding.threshold, state.threshold());
    let threshold = (then != now).then(|| {
        let threshold = told_apart(then, now);
        text!("search-another-threshold", threshold = threshold)
    });
    let said: Vec<String> = [network, precision, threshold]
        .into_iter()
        .flatten()
        .collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The type that a finding's verdicts were computed in, if that is not the one in use.
fn another_type(then: &str, now: &str) -> Option<String> {
    (then != now).then(|| text!("search-another-precision", precision = printable(then)))
}

/// A threshold as the meter shows it, with as many decimals more as it takes to be seen to be another one.
fn told_apart(then: f32, now: f32) -> String {
    let decimals = (2..=6).find(|&digits| probability(then, digits) != probability(now, digits));
    probability(then, decimals.unwrap_or(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_that_is_not_in_use() {
        let said = another_type("bf16", "f32");
        assert_eq!(said.as_deref(), Some("judged in bf16"));
        assert_eq!(another_type("f32", "f32"), None);
    }
}
