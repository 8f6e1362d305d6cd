//! `flipscope replay`: renders findings again, judges them again, and says whether they still hold.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use flipscope_base::read;
use flipscope_lab::search::{Finding, Replay, replay};
use flipscope_model::{Classifier, ModelSource, Remedy};

use super::arguments::ModelArguments;
use super::output::{self, Line};
use super::{Incomplete, Outcome};

/// Renders and judges findings again, from the frames next to them, and says for each: holds, differs by …, image not the same,
/// or model not the same.
///
/// Name the model of the findings with --model, unless it is embedded: embedded models are found by their hash. The exit status
/// is 0 if all findings hold, else 1.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  flipscope replay findings/*.json --model my.safetensors")]
pub(super) struct ReplayCommand {
    /// Findings that `flipscope attack` or the window wrote, with their PNGs next to them
    #[arg(value_name = "FINDING.json", required = true)]
    findings: Vec<PathBuf>,

    /// Print one JSON object per line
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    model: ModelArguments,
}

impl ReplayCommand {
    pub(super) fn run(self) -> Outcome {
        let mut models = Models {
            arguments: &self.model,
            loaded: Vec::new(),
        };
        let mut all_hold = true;
        for path in &self.findings {
            match one(path, &mut models) {
                Ok((finding, said)) => {
                    all_hold &= said.holds();
                    self.line(path, &finding, &said).write()?;
                }
                Err(error) => {
                    all_hold = false;
                    output::report(&output::describe(&error));
                }
            }
        }
        Ok(if all_hold { Ok(()) } else { Err(Incomplete) })
    }

    fn line(&self, path: &Path, finding: &Finding, said: &Replay) -> Line {
        if !self.json {
            return Line::Text(format!("{}  {said}", path.display()));
        }
        let object = json!({
            "holds": said.holds(), "said": said.to_string(), "detail": said,
            "attack": finding.attack.name(), "success": finding.success,
        });
        Line::Json(output::with_file("finding", path, object))
    }
}

/// The models that findings are replayed with: the named one, or else the embedded ones, loaded when first needed.
struct Models<'a> {
    arguments: &'a ModelArguments,
    loaded: Vec<(ModelSource, Remedy, Classifier)>,
}

impl Models<'_> {
    fn of(&mut self, finding: &Finding) -> anyhow::Result<&Classifier> {
        let (source, remedy) = (
            self.arguments.source_of(&finding.model_sha256),
            finding.remedy,
        );
        let is_it = |one: &&(ModelSource, Remedy, Classifier)| one.0 == source && one.1 == remedy;
        if !self.loaded.iter().any(|one| is_it(&one)) {
            let classifier = self.arguments.load_with_remedy(&source, remedy)?;
            self.loaded.push((source.clone(), remedy, classifier));
        }
        let found = self.loaded.iter().find(is_it);
        found
            .map(|(_, _, classifier)| classifier)
            .context("no model is loaded")
    }
}

fn one(path: &Path, models: &mut Models<'_>) -> anyhow::Result<(Finding, Replay)> {
    let file = || path.display().to_string();
    let text =
        read::text(path, read::MAX_JSON).with_context(|| format!("{}: cannot be read", file()))?;
    let finding = Finding::from_json(&text).with_context(file)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let classifier = models.of(&finding)?;
    let said = replay(classifier, &finding, folder).with_context(file)?;
    Ok((finding, said))
}
