//! `--check`: whether a map can be believed.

use clap::Args;
use serde_json::{Value, json};

use super::common::Explained;
use crate::cli::arguments::ModelArguments;
use flipscope_lab::explain::check::{SEED, STEPS, compare, curves, importance};
use flipscope_lab::explain::{ExplainError, Map, ProbedNetwork, Watch};
use flipscope_lab::json::value;
use flipscope_model::Score;

/// Whether the map is checked.
#[derive(Debug, Args)]
pub(super) struct CheckFlags {
    /// Check the map: deletion and insertion curves beside random orders, and whether the map survives when the network's weights are
    /// put in a random order, so that it cannot come from what was learned. Takes as long as a second map, and 264 frames more
    #[arg(long, help_heading = "Map")]
    check: bool,
}

/// What the checks found.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) sentences: Vec<String>,
    pub(super) json: Option<Value>,
}

impl CheckFlags {
    /// Runs the checks, if they are wanted. `make` makes the map of another network.
    pub(super) fn run(
        &self,
        explained: &Explained,
        map: &Map,
        make: &dyn Fn(&dyn ProbedNetwork, &mut Watch<'_>) -> Result<Map, ExplainError>,
        model: &ModelArguments,
    ) -> anyhow::Result<Checked> {
        if !self.check {
            return Ok(Checked::default());
        }
        let classes = match &map.quantity.score {
            Score::Logit(class) => vec![*class],
            Score::Probability(classes) => classes.clone(),
        };
        let (classifier, frame) = (&explained.classifier, &explained.frame);
        let order = importance(map);
        let curves = explained
            .watched(|watch| curves(classifier, frame, &classes, &order, (STEPS, SEED), watch))?;
        let shuffled = model.load_shuffled(classifier.double_gradients(), SEED)?;
        let random = explained.watched(|watch| make(&shuffled, watch))?;
        let comparison = compare(map, &random);
        Ok(Checked {
            sentences: vec![curves.sentence(), comparison.sentence()],
            json: Some(json!({
                "curves": value(&curves), "better_than_random_orders": curves.beats_random(),
                "random_weights": value(&comparison),
            })),
        })
    }
}
