//! `flipscope replay`: renders findings again, judges them again, and says whether they still hold. Records of proofs as well.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use flipscope_base::cancel::Cancel;
use flipscope_base::human::counted;
use flipscope_lab::altered::AlteredFrame;
use flipscope_lab::json::value;
use flipscope_lab::proof::{self, ProofOutcome, ProofRecord, ProofReplayError};
use flipscope_lab::search::{Finding, FindingError, Replay, ReplayError, replay};
use flipscope_model::{Classifier, ModelSource, Remedy};

use super::arguments::ModelArguments;
use super::output::{self, Line};
use super::{Incomplete, Outcome, finding_files};
use crate::cli::interrupt::on_ctrl_c;

const EXAMPLES: &str = "\
Examples:
  flipscope replay findings/*.json --model my.safetensors
  flipscope replay proofs/*.proof.json --all";

/// Check whether findings and proofs still hold
///
/// A finding is rendered and judged again, from the frame next to it; its line says: holds, differs by …, image not the same, or
/// model not the same.
///
/// Of the record of a proof, the frames are counted again, everything in it is derived again from P(melanoma) of its frames, and
/// 100 of these are judged again (all of them with --all). A record that was changed differs.
///
/// Of a folder, every .json is replayed that holds a finding, a record or an altered picture. One that is damaged (empty or cut off) counts
/// as one that does not hold; a .json that holds something else is passed over.
///
/// Name the model of the findings with --model, unless it is embedded: embedded models are found by their hash. The exit status
/// is 0 if all findings and records hold, else 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReplayCommand {
    /// Findings that `flipscope attack` or the window wrote, records of `flipscope prove`, and altered pictures that the window saved, with
    /// their PNGs next to them; or folders of these
    #[arg(value_name = "FINDING.json|FOLDER", required = true)]
    findings: Vec<PathBuf>,

    /// Judge every frame of a proof again, not only 100 of them
    #[arg(long)]
    all: bool,

    /// Print one JSON object per line; of a file that cannot be replayed it has `file` and `error`
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
        let cancel = on_ctrl_c()?;
        let (mut held, mut of) = (0_usize, 0_usize);
        for (path, named) in &finding_files::listed(&self.findings)? {
            if cancel.is_requested() {
                break;
            }
            match one(path, &mut models, self.all, &cancel) {
                // A folder may hold other files; one that is named is meant.
                Err(Unreplayed::NoFinding(_)) if !named => {}
                Ok((about, said)) => {
                    of += 1;
                    held += usize::from(said.holds());
                    self.line(path, &about, &said).write()?;
                }
                Err(Unreplayed::NoFinding(error) | Unreplayed::Failed(error)) => {
                    of += 1;
                    output::report(&output::describe(&error));
                    if self.json {
                        let finding = json!({"error": output::describe(&error)});
                        let finding = output::with_file("finding", path, finding);
                        output::json(&output::with_file("file", path, finding))?;
                    }
                }
            }
        }
        anyhow::ensure!(
            of > 0 || cancel.is_requested(),
            "{}: there is no finding to replay: `flipscope attack` makes them",
            finding_files::names(&self.findings)
        );
        let cancelled = cancel.is_requested();
        if cancelled {
            output::report("cancelled: the findings after these were not replayed");
        }
        if of > 1 && !self.json {
            output::report(&format!("{held} of {of} hold"));
        }
        let all_hold = held == of && !cancelled;
        Ok(if all_hold { Ok(()) } else { Err(Incomplete) })
    }

    fn line(&self, path: &Path, about: &About, said: &Replay) -> Line {
        if !self.json {
            let remedy = match said {
                Replay::ModelNotTheSame { finding, .. } => {
                    format!(
                        ": name the checkpoint whose SHA-256 begins with {finding:.12} by --model"
                    )
                }
                Replay::RemedyNotTheSame { finding, .. } => {
                    format!(": leave out --remedy, or name {finding}")
                }
                Replay::Differs { .. } => about.of_another_type(),
                _ => String::new(),
            };
            let about = if said.holds() {
                about.in_words()
            } else {
                String::new()
            };
            return Line::Text(format!("{}  {said}{about}{remedy}", path.display()));
        }
        let mut object =
            json!({"holds": said.holds(), "said": said.to_string(), "detail": value(said)});
        if let Some(fields) = object.as_object_mut() {
            match about {
                About::Finding { finding, .. } => {
                    fields.insert("attack".to_owned(), finding.attack.name().into());
                    fields.insert("success".to_owned(), finding.success.into());
                    for (name, proposals) in [
                        ("proposal_precision", json!(finding.proposal_precision)),
                        ("proposal_margin", json!(finding.proposal_margin)),
                        (
                            "proposal_margin_frames",
                            json!(finding.proposal_margin_frames),
                        ),
                    ] {
                        fields.insert(name.to_owned(), proposals);
                    }
                }
                About::Altered { flipped } => {
                    fields.insert("attack".to_owned(), serde_json::Value::Null);
                    fields.insert("success".to_owned(), (*flipped).into());
                }
                About::Proof(outcome) => {
                    fields.insert("outcome".to_owned(), outcome.name().into());
                }
            }
        }
        Line::Json(output::with_file("finding", path, object))
    }
}

/// What a file holds, as far as its line says so.
enum About {
    Finding {
        finding: Box<Finding>,
        /// The type in which the network computes here.
        precision: &'static str,
    },
    /// A picture that was altered by hand.
    Altered {
        /// Whether the verdict had changed.
        flipped: bool,
    },
    Proof(ProofOutcome),
}

impl About {
    /// What holds: a finding may also be one that does not flip.
    fn in_words(&self) -> String {
        let flips = |flips| {
            if flips {
                ": the verdict flips"
            } else {
                ": the verdict does not flip"
            }
        };
        match self {
            Self::Finding { finding, .. } => {
                format!("{}{}", flips(finding.success), proposals(finding))
            }
            Self::Altered { flipped } => flips(*flipped).to_owned(),
            Self::Proof(_) => String::new(),
        }
    }

    /// What to do if its verdicts were computed in another type than here.
    fn of_another_type(&self) -> String {
        match self {
            Self::Finding { finding, precision } if finding.precision != *precision => format!(
                ": it was judged in {}, and here in {precision}: name the type by --precision {}",
                finding.precision, finding.precision
            ),
            _ => String::new(),
        }
    }
}

/// In which type the search judged its candidates, where that is not the type of the verdicts.
fn proposals(finding: &Finding) -> String {
    let Some(proposals) = &finding.proposal_precision else {
        return String::new();
    };
    let margin = finding.proposal_margin.zip(finding.proposal_margin_frames);
    let margin = margin.map_or_else(String::new, |(margin, frames)| {
        let frames = counted(frames, "frame", "frames");
        format!(
            ", again in {} within the margin: {margin:.2} in log-odds, twice the largest difference between the two on {frames}",
            finding.precision
        )
    });
    format!(" (candidates in {proposals}{margin})")
}

/// The models that findings are replayed with: the named one, or else the embedded ones, loaded when first needed.
struct Models<'a> {
    arguments: &'a ModelArguments,
    loaded: Vec<(ModelSource, Remedy, Classifier)>,
}

impl Models<'_> {
    fn of(&mut self, sha256: &str, remedy: Remedy) -> anyhow::Result<&Classifier> {
        let source = self.arguments.source_of(sha256);
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

/// Why a file was not replayed.
enum Unreplayed {
    /// It holds something else.
    NoFinding(anyhow::Error),
    /// It, or one of its pictures, cannot be read, or the network failed.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Unreplayed {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Names the finding of an error, and says what to do about a picture that is not there.
fn of_file(path: &Path, error: impl Into<ProofReplayError>) -> anyhow::Error {
    let error = error.into();
    let remedy = match &error {
        ProofReplayError::Files(ReplayError::Read { source, .. }) => {
            finding_files::picture_remedy(source)
        }
        _ => "",
    };
    anyhow::anyhow!("{}: {error}{remedy}", path.display())
}

fn one(
    path: &Path,
    models: &mut Models<'_>,
    all: bool,
    cancel: &Cancel,
) -> Result<(About, Replay), Unreplayed> {
    let file = || path.display().to_string();
    let text = finding_files::text(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    if ProofRecord::is_meant(&text) {
        let record = ProofRecord::from_json(&text).with_context(file)?;
        let classifier = models.of(&record.model_sha256, record.remedy)?;
        let said = proof::replay(classifier, &record, folder, all, cancel)
            .map_err(|error| of_file(path, error))?;
        return Ok((About::Proof(record.outcome), said));
    }
    if let Ok(altered) = AlteredFrame::from_json(&text) {
        let judged = altered.judged.as_ref();
        let judged = judged.ok_or(ReplayError::NotJudged).with_context(file)?;
        let classifier = models.of(&judged.model_sha256, judged.remedy)?;
        let said = (altered.replay(classifier, folder)).map_err(|error| of_file(path, error))?;
        let about = About::Altered {
            flipped: judged.label_before != judged.label_after,
        };
        return Ok((about, said));
    }
    let finding = match Finding::from_json(&text) {
        Ok(finding) => finding,
        Err(error @ FindingError::Schema { .. }) => {
            return Err(anyhow::Error::new(error).context(file()).into());
        }
        Err(error) => {
            let said = finding_files::no_finding(path, &text, &error);
            return Err(if finding_files::is_damaged(&text) {
                Unreplayed::Failed(said)
            } else {
                Unreplayed::NoFinding(said)
            });
        }
    };
    let classifier = models.of(&finding.model_sha256, finding.remedy)?;
    let said = replay(classifier, &finding, folder).map_err(|error| of_file(path, error))?;
    let about = About::Finding {
        finding: Box::new(finding),
        precision: classifier.precision(),
    };
    Ok((about, said))
}
