//! `flipscope reader new`: makes a reader study from findings.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;
use serde_json::json;

use flipscope_image::lesion::Frame;
use flipscope_lab::reader::ReaderError;
use flipscope_lab::reader::plan::{Draft, Made, ReferenceModel, Settings};
use flipscope_lab::reader::store::Store;
use flipscope_lab::search::Scorer as _;
use flipscope_model::{Classifier, Label};

use crate::cli::arguments::ModelArguments;
use crate::cli::{Incomplete, Outcome, judged_by, misuse, out_folder, output};

const EXAMPLES: &str = "\
Examples:
  flipscope reader new department.readers findings --data labels.csv

  # A small one, with confidence and biopsy
  flipscope reader new small.readers findings/*.json --truth melanoma \\
      --cases 20 --gap 5 --practice 2 --confidence --biopsy

  # Each lesion in one form only, a quarter of them altered
  flipscope reader new once.readers findings --data labels.csv \\
      --both-forms false --cases 60 --adversarial-share 0.25";

/// Make a reader study from findings
///
/// Only findings that flipped a verdict are shown; every picture is checked against its finding. The ground truth comes from
/// --data or --truth, never from the network. The model is used only on photographs from --data that are shown unmodified, and
/// must be the one that made the findings.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools, reason = "flags of the command line")]
pub(super) struct New {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Findings that `flipscope attack` or the window wrote, or folders of them; in folders, those that did not flip are
    /// skipped
    #[arg(value_name = "FINDING.json|FOLDER", required = true)]
    findings: Vec<PathBuf>,

    /// Labelled photographs, which give the truth about lesions, and lesions that are only shown unmodified: an ISIC or
    /// HAM10000 table (CSV), or a folder per class (melanoma/, nevus/)
    #[arg(long, value_name = "TABLE|FOLDER", help_heading = "Lesions")]
    data: Option<PathBuf>,

    /// Folder with the table's photographs, if they are not next to it
    #[arg(long, value_name = "FOLDER", help_heading = "Lesions")]
    images: Option<PathBuf>,

    /// The truth about the lesions of all findings that are not in --data: melanoma or nevus
    #[arg(long, value_name = "TRUTH", value_parser = truth, help_heading = "Lesions")]
    truth: Option<Label>,

    /// Pictures that one reader judges, without practice
    #[arg(long, value_name = "N", default_value_t = Settings::default().cases, help_heading = "Protocol")]
    cases: u32,

    /// Share of the pictures that are altered
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().adversarial_share, help_heading = "Protocol")]
    adversarial_share: f64,

    /// Whether a reader sees a lesion in both forms; otherwise in one, and the next reader in the other
    #[arg(long, value_name = "true|false", default_value_t = Settings::default().both_forms, action = clap::ArgAction::Set, help_heading = "Protocol")]
    both_forms: bool,

    /// The fewest other cases between the two forms of a lesion
    #[arg(long, value_name = "N", default_value_t = Settings::default().gap, help_heading = "Protocol")]
    gap: u32,

    /// Planned number of readers; an even number balances which form comes first
    #[arg(long, value_name = "N", default_value_t = Settings::default().readers, help_heading = "Protocol")]
    readers: u32,

    /// Side of the picture on screen, in points
    #[arg(long, value_name = "POINTS", default_value_t = Settings::default().side, help_heading = "Protocol")]
    side: u32,

    /// Seconds for which a picture may be viewed; by default, no limit
    #[arg(long, value_name = "S", help_heading = "Protocol")]
    time_limit: Option<u32>,

    /// Also ask for confidence, from 1 to 5
    #[arg(long, help_heading = "Protocol")]
    confidence: bool,

    /// Also ask "would you biopsy?"
    #[arg(long, help_heading = "Protocol")]
    biopsy: bool,

    /// Pictures in a practice round with feedback, of lesions that are not in the study
    #[arg(long, value_name = "N", default_value_t = Settings::default().practice, help_heading = "Protocol")]
    practice: u32,

    /// A class answers by show of hands
    #[arg(long, help_heading = "Protocol")]
    classroom: bool,

    /// Seed for everything random
    #[arg(long, value_name = "N", default_value_t = Settings::default().seed, help_heading = "Protocol")]
    seed: u64,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    model: ModelArguments,
}

fn truth(text: &str) -> Result<Label, String> {
    match text {
        "melanoma" => Ok(Label::Melanoma),
        "nevus" => Ok(Label::Nevus),
        _ => Err("a truth is melanoma or nevus".to_owned()),
    }
}

impl New {
    pub(super) fn run(self) -> Outcome {
        ensure!(
            !self.file.exists(),
            ReaderError::Exists {
                path: self.file.clone()
            }
        );
        out_folder::try_file(&self.file)?;
        let mut network = OnDemand {
            arguments: &self.model,
            loaded: None,
        };
        let draft = self.draft();
        draft.settings.validate().map_err(misuse)?;
        let judge = &mut |wanted: &ReferenceModel, frame: &Frame| network.judge(wanted, frame);
        let made = draft.make(judge, &mut |note| output::report(&note))?;
        for problem in &made.problems {
            output::report(problem);
        }
        Store::create(&self.file, &made)?;
        self.say(&made)?;
        let complete = made.problems.is_empty();
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }

    fn draft(&self) -> Draft {
        let settings = Settings {
            cases: self.cases,
            adversarial_share: self.adversarial_share,
            both_forms: self.both_forms,
            gap: self.gap,
            side: self.side,
            time_limit: self.time_limit,
            confidence: self.confidence,
            biopsy: self.biopsy,
            practice: self.practice,
            readers: self.readers,
            classroom: self.classroom,
            seed: self.seed,
        };
        Draft {
            findings: self.findings.clone(),
            data: self.data.clone(),
            images: self.images.clone(),
            truth: self.truth,
            settings,
        }
    }

    /// What was made.
    fn say(&self, made: &Made) -> anyhow::Result<()> {
        let plan = &made.plan;
        let cautions = plan.cautions();
        for caution in &cautions {
            output::report(caution);
        }
        if self.json {
            let [unmodified, adversarial] = plan.counts();
            let text = json!({
                "plan_sha256": plan.sha256()?, "network": judged_by::reference(&plan.network), "cases": plan.settings.cases,
                "unmodified": {"melanomas": unmodified[0], "nevi": unmodified[1]},
                "adversarial": {"melanomas": adversarial[0], "nevi": adversarial[1]},
                "lesions_in_both_forms": plan.pairs(), "practice": plan.practice.len(), "cautions": cautions,
            });
            output::json(&output::with_file("file", &self.file, text))?;
            return Ok(());
        }
        output::line(&format!("{}  {}", self.file.display(), plan.summary()))?;
        let network = &plan.network;
        output::line(&format!("network {}: {}", network.name, network.terms()))?;
        Ok(())
    }
}

/// The network, loaded when it is first needed: many studies need none.
struct OnDemand<'a> {
    arguments: &'a ModelArguments,
    loaded: Option<Classifier>,
}

impl OnDemand<'_> {
    fn judge(&mut self, wanted: &ReferenceModel, frame: &Frame) -> Result<f32, ReaderError> {
        if self.loaded.is_none() {
            let source = self.arguments.source_of(&wanted.sha256);
            let classifier = self.arguments.load_with_remedy(&source, wanted.remedy)?;
            wanted.is(classifier.info())?;
            self.loaded = Some(classifier);
        }
        let Some(classifier) = &self.loaded else {
            return Err(ReaderError::Plan("no model is loaded".to_owned()));
        };
        Ok(classifier.verdict(frame)?.p_melanoma)
    }
}
