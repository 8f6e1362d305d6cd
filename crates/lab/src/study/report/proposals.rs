//! In which type the candidates of attacks were judged, where that is not the type of the verdicts. The findings in the study's file say
//! it; no table does.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::study::error::StudyError;
use crate::study::plan::{Job, Plan};
use crate::study::store::Store;
use flipscope_language::text;
use flipscope_model::model_in_words;

/// What is read of a finding.
#[derive(Deserialize)]
struct Proposed {
    proposal_precision: Option<String>,
}

/// A sentence for each model some of whose searches had such candidates, and each type.
pub(super) fn sentences(store: &Store, plan: &Plan) -> Result<Vec<String>, StudyError> {
    let mut sentences = Vec::new();
    for (at, model) in (0_u32..).zip(&plan.models) {
        let (mut searches, mut by_type) = (0_u64, BTreeMap::<String, u64>::new());
        for (number, job) in (0_u32..).zip(&plan.jobs) {
            if !matches!(job, Job::Attack(_)) {
                continue;
            }
            for outcome in store.outcomes(number, at)?.values() {
                let Ok(finding) = serde_json::from_str::<Proposed>(&outcome.json) else {
                    continue;
                };
                searches += 1;
                if let Some(fast) = finding.proposal_precision {
                    *by_type.entry(fast).or_default() += 1;
                }
            }
        }
        sentences.extend(by_type.iter().map(|(fast, count)| {
            text!(
                "report-proposals",
                model = model_in_words(&model.name),
                count = *count,
                all = searches,
                fast = fast.as_str(),
                exact = model.precision.as_str()
            )
        }));
    }
    Ok(sentences)
}
