//! Whether findings still hold: `cargo run --release --example replay -- FINDING.json...`
//!
//! Renders each finding's perturbation again, judges it again, and compares pixels and verdicts. The model must be one of those inside the
//! program; `flipscope replay --model FILE` takes others.

#![allow(clippy::print_stdout, reason = "what an example has to say")]

use std::path::Path;

use anyhow::Context as _;
use flipscope_lab::search::{Finding, replay};
use flipscope_model::{Classifier, DemoModel, DeviceChoice, ModelSource};

fn main() -> anyhow::Result<()> {
    for file in std::env::args().skip(1) {
        let finding = Finding::from_json(&std::fs::read_to_string(&file)?)?;
        let model = DemoModel::from_sha256(&finding.model_sha256)
            .context("the finding is of a model that is not inside the program")?;
        let model = Classifier::load(&ModelSource::Embedded(model), DeviceChoice::Auto)?;
        let folder = Path::new(&file).parent().unwrap_or(Path::new("."));
        let replayed = replay(&model, &finding, folder)?;
        println!(
            "{file}: {} ({replayed})",
            if replayed.holds() {
                "holds"
            } else {
                "does not hold"
            }
        );
    }
    Ok(())
}
