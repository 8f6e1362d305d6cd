//! `flipscope model`: what a checkpoint says about itself; the embedded models; converting.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::assumed::with_remedy;
use flipscope_lab::json::value;
use flipscope_model::{self as classifier, Classifier, DemoModel, Format, ModelSource, Overrides};

use super::arguments::ModelArguments;
use super::{Outcome, output};

/// Describes a model.
#[derive(Debug, Args)]
pub(super) struct Model {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Print the embedded models
    List,
    /// Load a checkpoint and print what it says about itself, and what was assumed
    Info {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
        /// The checkpoint; by default, the demo model
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        model: Box<ModelArguments>,
    },
    /// Write a checkpoint as safetensors with its weights in another format: f32, f16 or 8 bits
    Convert {
        /// The checkpoint to read, or an embedded model by its name
        #[arg(value_name = "FILE")]
        from: PathBuf,
        /// The .safetensors file to write
        #[arg(value_name = "OUT")]
        to: PathBuf,
        /// Format of the weights: f32, f16, or int8 (8 bits with one scale per output channel)
        #[arg(long, value_name = "FORM", default_value_t = Format::F16)]
        format: Format,
        /// Replace OUT if it exists; never the checkpoint itself
        #[arg(long)]
        force: bool,
    },
}

impl Model {
    pub(super) fn run(self) -> Outcome {
        match self.verb {
            Verb::List => list()?,
            Verb::Info { json, file, model } => info(json, file, &model)?,
            Verb::Convert {
                from,
                to,
                format,
                force,
            } => {
                let write = if force {
                    classifier::convert_over
                } else {
                    classifier::convert_with
                };
                let report = write(&from, &to, format, &Overrides::default(), &BTreeMap::new())?;
                output::line(&format!(
                    "{}  {} bytes  sha256 {}",
                    report.path.display(),
                    report.bytes,
                    report.sha256
                ))?;
                if let Some((tensor, change)) = &report.largest_change {
                    output::report(&format!(
                        "{tensor} changed most, by {:.3} % of its norm",
                        change * 100.0
                    ));
                }
            }
        }
        Ok(Ok(()))
    }
}

fn list() -> anyhow::Result<()> {
    if cfg!(feature = "demo-model") {
        for demo in DemoModel::ALL {
            let source = ModelSource::Embedded(demo);
            let loaded = Classifier::load(&source, classifier::DeviceChoice::Cpu)?;
            let info = loaded.info();
            output::line(&format!(
                "{:<12}  {:<28}  {}  {}  sha256 {}",
                demo.name(),
                demo.title(),
                info.architecture,
                info.classes.join("/"),
                info.sha256
            ))?;
        }
    } else {
        output::report(
            "this build has no embedded model (it was built without the feature demo-model): name one with --model",
        );
    }
    Ok(())
}

fn info(as_json: bool, file: Option<PathBuf>, model: &ModelArguments) -> anyhow::Result<()> {
    let source = file.map_or_else(|| model.source(), ModelSource::called);
    let loaded = Classifier::load_with(&source, model.device(), &model.overrides())?;
    let info = loaded.info();
    if as_json {
        let object = json!({
            "name": info.name, "architecture": info.architecture, "classes": info.classes,
            "melanoma_classes": info.melanoma_classes, "mean": value(&info.mean), "std": value(&info.std),
            "transform_input": info.transform_input, "framing": info.framing, "threshold": value(&info.threshold),
            "sha256": info.sha256, "bytes": info.bytes, "parameters": info.parameters,
            "weight_types": info.weight_types, "auxiliary_head": info.auxiliary_head,
            "metadata": info.metadata, "weights": info.weights, "positive_class": info.positive_class,
            "beside": info.beside, "assumptions": info.assumptions,
        });
        output::json(&object)?;
        return Ok(());
    }
    let melanoma: Vec<_> = info
        .melanoma_classes
        .iter()
        .filter_map(|&class| info.classes.get(class))
        .map(String::as_str)
        .collect();
    let rows = [
        ("name", info.name.clone()),
        ("architecture", info.architecture.clone()),
        ("classes", info.classes.join(", ")),
        ("melanoma means", melanoma.join(", ")),
        ("mean", format!("{:?}", info.mean)),
        ("std", format!("{:?}", info.std)),
        ("transform_input", info.transform_input.to_string()),
        ("framing", info.framing.to_string()),
        ("threshold", info.threshold.to_string()),
        ("parameters", info.parameters.to_string()),
        (
            "weights",
            format!("{}, {} bytes", info.weight_types, info.bytes),
        ),
        ("sha256", info.sha256.clone()),
    ];
    for (name, value) in rows {
        output::line(&format!("{name:<16}  {value}"))?;
    }
    let more = [
        ("weights taken", info.weights.clone()),
        (
            "one output",
            info.positive_class
                .clone()
                .map(|class| format!("P({class}), by a sigmoid")),
        ),
        ("beside", beside(&info.beside)),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            output::line(&format!("{name:<16}  {value}"))?;
        }
    }
    for (name, value) in &info.metadata {
        card(name, value, 1)?;
    }
    for assumption in &info.assumptions {
        output::line(&format!("assumed           {}", with_remedy(assumption)))?;
    }
    Ok(())
}

/// How many tensors outside the network were ignored, and the first of them.
fn beside(names: &[String]) -> Option<String> {
    const SHOWN: usize = 6;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count = names.len();
    (count > 0).then(|| format!("{count} tensors ignored: {}{more}", shown.join(", ")))
}

/// One line of the header; an object in it (a recipe, figures) is indented, one line per field.
fn card(name: &str, value: &str, depth: usize) -> std::io::Result<()> {
    let indent = "  ".repeat(depth);
    let Ok(Value::Object(fields)) = serde_json::from_str(value) else {
        return output::line(&format!("{indent}{name:<14}  {value}"));
    };
    output::line(&format!("{indent}{name}"))?;
    for (name, value) in &fields {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        card(name, &text, depth + 1)?;
    }
    Ok(())
}
