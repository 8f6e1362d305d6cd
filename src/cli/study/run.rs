//! `flipscope study run`: carries out what remains of a study.

use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest as _, Sha256};

use flipscope_base::human::{counted, grouped};
use flipscope_base::{read, untrusted};
use flipscope_image::lesion;
use flipscope_lab::study::plan::{Model, Shard};
use flipscope_lab::study::store::Store;
use flipscope_lab::study::{ModelRunner, Settings, StudyError, run};
use flipscope_model::{Classifier, DeviceChoice, ModelSource, Precision};

use super::progress::ProgressDisplay;
use crate::cli::interrupt::on_ctrl_c;
use crate::cli::{Incomplete, Outcome, output};

/// The most photographs that are named.
const NAMED: usize = 3;

/// Carry out what remains of a study
///
/// Results are committed batch by batch. Ctrl-C, a kill, a power cut or a full disk cost at most the batch in flight; the same
/// command resumes from there, with the same results. Damaged results are named, removed and computed again.
///
/// Several runs may work on one file at the same time, on one machine or on several that see it, the window too. Each claims units before
/// it begins them, and takes others than the rest have claimed. What another run has claimed it does itself only if no other has written anything
/// for some seconds, or for twice as long as its own longest batch or search: that run may have been killed. If it was only slow, the work is
/// done twice, and the first result counts; each run counts what it has done itself.
///
/// A unit is one photograph for one job and one model, with all that the job asks of it: one frame for the evaluation, every variant for
/// perturbations, one search for an attack, one box for a proof. With --json each line has of this run `units` and `frames`, and what was left
/// of the study (or shard) when it began: `units_total`, and `frames_at_most` (of attacks and proofs the most that they take). `flipscope study status` counts the whole study.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Do only one of several equal parts, e.g. 2/4; `flipscope study merge` merges the copies of the file
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    shard: Shard,

    /// Folder of the photographs, if they are not found: they are looked for where they were when the study was made, seen from its file's
    /// folder or from one above it, and next to the file; their hashes decide
    #[arg(long, value_name = "FOLDER", visible_alias = "data")]
    root: Option<PathBuf>,

    /// A model's checkpoint, if it has moved since the study was made; found by its hash, as embedded models are; may be
    /// repeated
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,

    /// Processor: auto, cpu, cuda, cuda:N or metal
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: DeviceChoice,

    /// Judge the candidates of attacks in this type (not of fgsm, nor of searches for the smallest change). Without it: bf16 on an NVIDIA card for
    /// strategy auto with parameters other than the letter's, else as the study says (f32), which turns it off. What is reported, and every
    /// candidate that flips or is within the margin (twice the largest difference between the two types, in log-odds of melanoma), is judged as
    /// the study says; each finding states the margin
    #[arg(long, value_name = "TYPE")]
    proposal_precision: Option<Precision>,

    /// Frames that are judged and committed together; by default 32, and 256 on a card
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=4096))]
    batch: Option<u64>,

    /// Print progress as JSON, one object per line, instead of a bar
    #[arg(long)]
    json: bool,
}

/// What is said of photographs that are nowhere to be found, and what to do.
fn missing(names: &[String], root: Option<&Path>) -> String {
    let first: Vec<&str> = (names.iter().take(NAMED).map(String::as_str)).collect();
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", grouped(more as u64)),
    };
    let places = match root {
        None => String::new(),
        Some(root) => format!("in {}, ", untrusted::path(root)),
    };
    format!(
        "{} not found: {}{more}. Photographs are looked for {places}where they were when the study was made, seen from its file, and next to it: name their folder with --root",
        counted(names.len(), "photograph", "photographs"),
        first.join(", "),
    )
}

/// SHA-256 of a file, in hexadecimal.
fn hash(file: &Path) -> Result<String, StudyError> {
    let read = || -> io::Result<String> {
        let mut file = BufReader::with_capacity(1 << 20, read::open_regular(file)?);
        let mut hash = Sha256::new();
        loop {
            let part = file.fill_buf()?;
            if part.is_empty() {
                return Ok(lesion::hex(hash.finalize()));
            }
            hash.update(part);
            let read = part.len();
            file.consume(read);
        }
    };
    read().map_err(|source| StudyError::Io {
        path: file.to_owned(),
        source,
    })
}

impl Run {
    pub(super) fn run(self) -> Outcome {
        let cancel = on_ctrl_c()?;
        let settings = Settings {
            shard: self.shard,
            root: self.root.clone(),
        };
        let mut shown = ProgressDisplay::new(self.json);
        let outcome = run(
            &self.file,
            &settings,
            &mut |model| self.load(model),
            &cancel,
            &mut |event| shown.tell(&event),
        );
        shown.clear();
        let report = outcome?;
        let store = Store::open(&self.file)?;
        let plan = store.plan()?;
        let left = store.gaps(&plan)?.len();
        let of = plan.all_units(Shard::WHOLE).count();
        if report.cancelled {
            output::report("cancelled: what was done is kept; the same command resumes from there");
        }
        if !report.missing.is_empty() {
            output::report(&missing(&report.missing, self.root.as_deref()));
        }
        // Of those that are missing it has been said.
        let others = report.problems.len().saturating_sub(report.missing.len());
        if others > 0 {
            let photographs = match report.missing.len() {
                0 => counted(others, "photograph", "photographs"),
                _ => counted(others, "other photograph", "other photographs"),
            };
            output::report(&format!("{photographs} could not be judged"));
        }
        let text = format!(
            "{}  {} and {} in this run; {left} of {} left of the study{}",
            self.file.display(),
            counted(report.units, "unit", "units"),
            counted(report.frames, "frame", "frames"),
            match of {
                1 => "1 unit is".to_owned(),
                of => format!("{of} units are"),
            },
            if left == 0 {
                ": `flipscope study report` writes its results"
            } else {
                ""
            }
        );
        if self.json {
            output::report(&text);
        } else {
            output::line(&text)?;
        }
        let complete = !report.cancelled && report.problems.is_empty();
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }

    /// The network of a model: from the named file with its hash, or else from where it was when the study was made.
    fn load(&self, model: &Model) -> Result<ModelRunner, StudyError> {
        let mut named = None;
        for file in &self.model {
            let ModelSource::File(file) = ModelSource::called(file.clone()) else {
                // An embedded model is found by its hash.
                continue;
            };
            if hash(&file)? == model.sha256 {
                named = Some(ModelSource::File(file));
            }
        }
        let source = match named {
            Some(source) => source,
            None => model.source()?,
        };
        if let ModelSource::File(file) = &source
            && !file.exists()
        {
            return Err(StudyError::Plan(format!(
                "{}: its checkpoint is not at {}: name the file with --model",
                model.name,
                file.display()
            )));
        }
        let classifier = Classifier::load_with(&source, self.device, &model.overrides()?)?;
        let network = ModelRunner::new(classifier);
        let batch = self.batch.map_or(network.batch, |batch| batch as usize);
        let proposer = (network.proposer).map(|proposer| proposer.asked(self.proposal_precision));
        Ok(ModelRunner {
            batch,
            proposer,
            ..network
        })
    }
}
