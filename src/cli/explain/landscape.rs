//! `flipscope explain landscape`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::axis::AxisFlag;
use super::common::{Common, Explained};
use super::files::Written;
use crate::cli::arguments::PerturbationArguments;
use crate::cli::{Outcome, judged_by, output};
use flipscope_lab::explain::figure::{self, Caption};
use flipscope_lab::explain::landscape::Landscape;
use flipscope_lab::explain::{Map, Quantity, table};
use flipscope_model::{Classifier, ModelSource};

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

    /// Another model (a file, or an embedded model: demo or demo-jitter) whose landscape stands beside the first one's; it judges the same frames
    #[arg(long, value_name = "FILE", help_heading = "Model")]
    against: Option<PathBuf>,

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
        let against = self.against.clone().map(ModelSource::called);
        let beside = match &against {
            Some(ModelSource::File(path)) => vec![path.clone()],
            _ => Vec::new(),
        };
        let explained = self.common.open(Some(&self.perturbation), &beside, false)?;
        let landscape = Landscape {
            x: self.x.0,
            y: self.y.0.map(|axis| axis.0),
            around: explained.perturbation.clone(),
        };
        let other = match &against {
            Some(source) => Some(self.common.model.load_from(source)?),
            None => None,
        };
        let mut models = vec![&explained.classifier];
        if let Some(other) = &other {
            output::assumptions(other.info());
            models.push(other);
        }
        let quantities = (models.iter())
            .map(|model| Quantity::probability(model.info(), self.class.as_deref()))
            .collect::<Result<Vec<_>, _>>()?;
        let maps = explained.watched(|watch| {
            (models.iter().zip(&quantities))
                .map(|(model, quantity)| {
                    landscape.map(*model, &explained.original, quantity, watch)
                })
                .collect::<Result<Vec<_>, _>>()
        })?;
        let captions: Vec<Caption> = (models.iter())
            .map(|model| Caption {
                model: model.info().name.clone(),
                threshold: self.threshold(model),
                ..explained.caption(Vec::new())
            })
            .collect();
        let svg = figure::landscape(&maps.iter().zip(&captions).collect::<Vec<_>>(), &landscape);
        let table = table::landscape_csv(&maps.iter().collect::<Vec<_>>());
        let written = explained.files.write(&svg, &table, &[])?;
        self.say(&explained, &models, &maps, &written)?;
        Ok(Ok(()))
    }

    fn threshold(&self, model: &Classifier) -> f32 {
        let stated = self.common.model.threshold();
        stated.unwrap_or(model.info().threshold)
    }

    /// One object or a line for each model.
    fn say(
        &self,
        explained: &Explained,
        models: &[&Classifier],
        maps: &[Map],
        written: &Written,
    ) -> anyhow::Result<()> {
        let mut maps = maps.iter().zip(models);
        let Some((first, model)) = maps.next() else {
            return Ok(());
        };
        if self.common.json {
            let mut about = first.about();
            if let (Some((second, other)), Value::Object(about)) = (maps.next(), &mut about) {
                let info = other.info();
                let mut of_other = second.about();
                if let Value::Object(of_other) = &mut of_other {
                    of_other.insert("model".to_owned(), json!(info.name));
                    of_other.insert("model_sha256".to_owned(), json!(info.sha256));
                    of_other.insert("remedy".to_owned(), json!(info.remedy));
                    let threshold = judged_by::short(self.threshold(other));
                    of_other.insert("threshold".to_owned(), threshold);
                    of_other.insert("assumptions".to_owned(), json!(info.assumptions));
                }
                about.insert("against".to_owned(), of_other);
            }
            output::json(&explained.about(&self.common.photograph, written, about))?;
            return Ok(());
        }
        let alone = models.len() == 1;
        for (map, model) in std::iter::once((first, model)).chain(maps) {
            let said = super::maps::sentence(map, self.threshold(model));
            if alone {
                output::line(&said)?;
            } else {
                output::line(&format!("{}: {said}", model.info().name))?;
            }
        }
        output::line(&written.in_words())?;
        Ok(())
    }
}
