//! `flipscope study run`: carries out what remains of a study.

use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest as _, Sha256};

use flipscope_base::human::counted;
use flipscope_base::read;
use flipscope_image::lesion;
use flipscope_lab::study::plan::{Model, Shard};
use flipscope_lab::study::store::Store;
use flipscope_lab::study::{ModelRunner, Settings, StudyError, run};
use flipscope_model::{Classifier, DeviceChoice, ModelSource};

use super::progress::ProgressDisplay;
use crate::cli::interrupt::on_ctrl_c;
use crate::cli::{Incomplete, Outcome, output};

/// Carry out what remains of a study
///
/// Results are committed batch by batch. Ctrl-C, a kill, a power cut or a full disk cost at most the batch in flight; the same
/// command resumes from there, with the same results. Several runs may work on one file at the same time. Damaged results are
/// named, removed and computed again.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The study's file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Do only one of several equal parts, e.g. 2/4; `flipscope study merge` merges the copies of the file
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    shard: Shard,

    /// Folder of the photographs, if they are neither where they were when the study was made nor next to its file; their
    /// hashes decide
    #[arg(long, value_name = "FOLDER", visible_alias = "data")]
    root: Option<PathBuf>,

    /// A model's checkpoint, if it has moved since the study was made; found by its hash, as embedded models are; may be
    /// repeated
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,

    /// Processor: auto, cpu, cuda, cuda:N or metal
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: DeviceChoice,

    /// Frames that are judged and committed together; by default 32, and 256 on a card
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=4096))]
    batch: Option<u64>,

    /// Print progress as JSON, one object per line, instead of a bar
    #[arg(long)]
    json: bool,
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
        let left = store.gaps(&store.plan()?)?.len();
        if report.cancelled {
            output::report("cancelled: what was done is kept; the same command resumes from there");
        }
        if !report.problems.is_empty() {
            let photographs = counted(report.problems.len(), "photograph", "photographs");
            output::report(&format!("{photographs} could not be judged"));
        }
        let text = format!(
            "{}  {} and {} in this run; {} left of the study{}",
            self.file.display(),
            counted(report.units, "unit", "units"),
            counted(report.frames, "frame", "frames"),
            match left {
                1 => "1 unit is".to_owned(),
                left => format!("{left} units are"),
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
        let classifier = Classifier::load_with(&source, self.device, &model.overrides()?)?;
        let network = ModelRunner::new(classifier);
        let batch = self.batch.map_or(network.batch, |batch| batch as usize);
        Ok(ModelRunner { batch, ..network })
    }
}
