//! `flipscope replay`: renders findings again, judges them again, and says whether they still hold.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use flipscope_base::read;
use flipscope_lab::altered::AlteredFrame;
use flipscope_lab::search::{Finding, Replay, ReplayError, replay};
use flipscope_model::{Classifier, ModelSource};

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
    /// Findings that `flipscope attack` or the window wrote, and altered pictures that the window saved, with their PNGs next to
    /// them
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
                Ok(replayed) => {
                    all_hold &= replayed.said.holds();
                    self.line(path, &replayed).write()?;
                }
                Err(error) => {
                    all_hold = false;
                    output::report(&output::describe(&error));
                }
            }
        }
        Ok(if all_hold { Ok(()) } else { Err(Incomplete) })
    }

    fn line(&self, path: &Path, replayed: &Replayed) -> Line {
        let Replayed {
            said,
            attack,
            success,
        } = replayed;
        if !self.json {
            return Line::Text(format!("{}  {said}", path.display()));
        }
        let object = json!({
            "holds": said.holds(), "said": said.to_string(), "detail": said,
            "attack": attack, "success": success,
        });
        Line::Json(output::with_file("finding", path, object))
    }
}

/// The models that findings are replayed with: the named one, or else the embedded ones, loaded when first needed.
struct Models<'a> {
    arguments: &'a ModelArguments,
    loaded: Vec<(ModelSource, Classifier)>,
}

impl Models<'_> {
    fn of(&mut self, sha256: &str) -> anyhow::Result<&Classifier> {
        let source = self.arguments.source_of(sha256);
        if !self.loaded.iter().any(|(loaded, _)| *loaded == source) {
            let classifier = self.arguments.load_from(&source)?;
            self.loaded.push((source.clone(), classifier));
        }
        let found = self.loaded.iter().find(|(loaded, _)| *loaded == source);
        found
            .map(|(_, classifier)| classifier)
            .context("no model is loaded")
    }
}

/// What became of one file.
struct Replayed {
    said: Replay,
    /// None for a picture that was altered by hand.
    attack: Option<&'static str>,
    /// Whether the verdict had changed.
    success: bool,
}

fn one(path: &Path, models: &mut Models<'_>) -> anyhow::Result<Replayed> {
    let file = || path.display().to_string();
    let text =
        read::text(path, read::MAX_JSON).with_context(|| format!("{}: cannot be read", file()))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    if let Ok(altered) = AlteredFrame::from_json(&text) {
        let judged = altered.judged.as_ref();
        let judged = judged.ok_or(ReplayError::NotJudged).with_context(file)?;
        let classifier = models.of(&judged.model_sha256)?;
        return Ok(Replayed {
            said: altered.replay(classifier, folder).with_context(file)?,
            attack: None,
            success: judged.label_before != judged.label_after,
        });
    }
    let finding = Finding::from_json(&text).with_context(file)?;
    let classifier = models.of(&finding.model_sha256)?;
    Ok(Replayed {
        said: replay(classifier, &finding, folder).with_context(file)?,
        attack: Some(finding.attack.name()),
        success: finding.success,
    })
}
