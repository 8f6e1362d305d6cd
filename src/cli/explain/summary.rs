//! `flipscope explain summary`.

use clap::Args;

use super::common::Common;
use crate::cli::arguments::at_least_one;
use crate::cli::{Outcome, output};
use flipscope_lab::explain::figure::bars;
use flipscope_lab::explain::summary::SummaryRequest;
use flipscope_lab::explain::table;
use flipscope_lab::json::value;
use flipscope_lab::search::DEFAULT_SEED;
use serde_json::json;

/// `summary`.
#[derive(Debug, Args)]
pub(super) struct SummaryFlags {
    /// The most frames that the network may judge for one family
    #[arg(long, value_name = "N", default_value_t = 360, value_parser = budget)]
    budget: u64,

    /// Seed of the search: the same seed gives the same summary
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    seed: u64,

    #[command(flatten)]
    common: Common,
}

fn budget(text: &str) -> Result<u64, String> {
    at_least_one(text).and_then(|frames| match frames {
        1..=1_000_000 => Ok(frames),
        _ => Err("give at most 1,000,000".to_owned()),
    })
}

impl SummaryFlags {
    pub(super) fn run(self) -> Outcome {
        let explained = self.common.open(None, &[], false)?;
        let request = SummaryRequest {
            subject: explained.subject.clone(),
            frame: std::sync::Arc::clone(&explained.frame),
            threshold: explained.threshold,
            seed: self.seed,
            budget: usize::try_from(self.budget).unwrap_or(usize::MAX),
        };
        let summary = explained.watched(|watch| request.run(&explained.classifier, watch))?;
        let svg = bars(&summary, &explained.caption(Vec::new()));
        let written = (explained.files).write(&svg, &table::summary_csv(&summary), &[])?;
        if self.common.json {
            let said = json!({"explanation": {"method": "summary", "seed": self.seed, "budget": self.budget},
                "label": summary.label, "p_melanoma": value(&summary.p_melanoma),
                "families": value(&summary.families), "statement": summary.statement});
            output::json(&explained.about(&self.common.photograph, &written, said))?;
        } else {
            output::line(&summary.statement)?;
            output::line(&written.in_words())?;
        }
        Ok(Ok(()))
    }
}
