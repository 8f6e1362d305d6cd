//! `flipscope explain landscape`.

use clap::Args;

use super::axis::AxisFlag;
use super::common::Common;
use crate::cli::arguments::PerturbationArguments;
use crate::cli::{Outcome, output};
use flipscope_lab::explain::figure::plane;
use flipscope_lab::explain::landscape::Landscape;
use flipscope_lab::explain::{Quantity, table};

/// `landscape`.
#[derive(Debug, Args)]
pub(super) struct LandscapeFlags {
    /// The axis from left to right: NAME, or NAME,FROM,TO, or NAME,FROM,TO,COUNT with both ends included; COUNT is 25 by default
    #[arg(
        long,
        value_name = "AXIS",
        default_value = "rotate",
        allow_hyphen_values = true
    )]
    x: AxisFlag,

    /// The axis from bottom to top; `none` for a profile along the first axis
    #[arg(long, value_name = "AXIS|none", default_value = "shift-x", value_parser = second, allow_hyphen_values = true)]
    y: Second,

    /// The class whose probability it is; by default, all classes that mean melanoma
    #[arg(long, value_name = "NAME")]
    class: Option<String>,

    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    perturbation: PerturbationArguments,
}

/// The second axis, if there is one.
#[derive(Clone, Copy, Debug)]
struct Second(Option<AxisFlag>);

fn second(text: &str) -> Result<Second, String> {
    if text == "none" {
        return Ok(Second(None));
    }
    text.parse().map(|axis| Second(Some(axis)))
}

impl LandscapeFlags {
    pub(super) fn run(self) -> Outcome {
        let explained = self.common.open(Some(&self.perturbation))?;
        let landscape = Landscape {
            x: self.x.0,
            y: self.y.0.map(|axis| axis.0),
            around: explained.perturbation.clone(),
        };
        let classifier = &explained.classifier;
        let quantity = Quantity::probability(classifier.info(), self.class.as_deref())?;
        let map = explained
            .watched(|watch| landscape.map(classifier, &explained.original, &quantity, watch))?;
        let svg = plane(&map, &landscape, &explained.caption(Vec::new()))?;
        explained.files.write(&svg, &table::csv(&map), &[])?;
        if self.common.json {
            output::json(&explained.about(&self.common.photograph, map.about()))?;
        } else {
            output::line(&super::maps::sentence(&map, &explained))?;
        }
        Ok(Ok(()))
    }
}
