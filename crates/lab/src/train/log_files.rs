//! The records of a training for people: `log.jsonl` (a line per step, a line per epoch), `curve.csv` and `curve.svg`.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::best::{BEST, NEXT};
use super::curve;
use super::error::TrainError;
use super::events::StepDone;
use super::progress::{EpochMetrics, Progress};
use flipscope_base::atomic::{self, Existing};
use flipscope_base::read;
use flipscope_model::Precision;

/// The most bytes of a log that are read: a step takes 150.
const MAX_LOG: u64 = 4 << 30;

/// Refuses a folder in which the checkpoint or the records of a new training would replace something of value: anything but the
/// records of a training that ended before its first state was saved, which hold nothing.
pub(super) fn is_free(out: &Path) -> Result<(), TrainError> {
    let nothing = |name: &str, text: &str| match name {
        "log.jsonl" => text.lines().all(is_step),
        "curve.csv" => curve::csv(&[]).is_ok_and(|header| text == header),
        "curve.svg" => text == curve::svg(&[], None),
        _ => false,
    };
    for name in [BEST, NEXT, "log.jsonl", "curve.csv", "curve.svg"] {
        let file = out.join(name);
        let there = std::fs::symlink_metadata(&file).is_ok();
        if there && !read::text(&file, MAX_LOG).is_ok_and(|text| nothing(name, &text)) {
            return Err(TrainError::InTheWay { file });
        }
    }
    Ok(())
}

/// Whether a line of the log belongs to a step; if no line of an epoch follows, that epoch was not finished.
fn is_step(line: &str) -> bool {
    serde_json::from_str::<Value>(line).is_ok_and(|line| line.get("steps_done").is_some())
}

/// The files of one training.
pub(super) struct Records {
    out: PathBuf,
    log: File,
}

impl Records {
    /// Opens the log, without the lines of steps that are done again because the state is older.
    pub(super) fn open(
        out: &Path,
        steps_done: u64,
        epochs_done: usize,
    ) -> Result<Self, TrainError> {
        let path = out.join("log.jsonl");
        let failed = |source| TrainError::Io {
            file: path.clone(),
            source,
        };
        let old = match read::text(&path, MAX_LOG) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed(error)),
        };
        let stands = |line: &&str| {
            let Ok(value) = serde_json::from_str::<Value>(line) else {
                return false;
            };
            let number = |key| value.get(key).and_then(Value::as_u64);
            match number("steps_done") {
                Some(steps) => steps <= steps_done,
                None => number("epoch").is_some_and(|epoch| epoch <= epochs_done as u64),
            }
        };
        let kept: String = old
            .lines()
            .filter(stands)
            .flat_map(|line| [line, "\n"])
            .collect();
        atomic::write(&path, kept.as_bytes(), Existing::Replace).map_err(failed)?;
        let log = OpenOptions::new()
            .append(true)
            .open(&path)
            .map_err(failed)?;
        Ok(Self {
            out: out.to_owned(),
            log,
        })
    }

    /// A line of a step, with the precision where it is not f32.
    pub(super) fn step(
        &mut self,
        steps_done: u64,
        report: &StepDone,
        precision: Precision,
    ) -> Result<(), TrainError> {
        let mut line = json!({
            "steps_done": steps_done, "epoch": report.epoch, "step": report.step, "loss": report.loss, "lr": report.lr,
            "seconds": report.seconds,
        });
        if let Some(line) = line.as_object_mut().filter(|_| precision != Precision::F32) {
            line.insert("precision".to_owned(), precision.name().into());
        }
        self.line(&line)
    }

    /// A line of an epoch.
    pub(super) fn epoch(&mut self, row: &EpochMetrics) -> Result<(), TrainError> {
        let line =
            serde_json::to_value(row).map_err(|error| self.failed("log.jsonl", error.into()))?;
        self.line(&line)
    }

    fn line(&mut self, line: &Value) -> Result<(), TrainError> {
        self.log
            .write_all(format!("{line}\n").as_bytes())
            .map_err(|source| self.failed("log.jsonl", source))
    }

    /// The curves, of all epochs.
    pub(super) fn write(&self, progress: &Progress) -> Result<(), TrainError> {
        let csv = curve::csv(&progress.rows).map_err(|source| self.failed("curve.csv", source))?;
        let files = [
            ("curve.csv", csv),
            ("curve.svg", curve::svg(&progress.rows, progress.best)),
        ];
        for (name, text) in files {
            atomic::write(&self.out.join(name), text.as_bytes(), Existing::Replace)
                .map_err(|source| self.failed(name, source))?;
        }
        Ok(())
    }

    fn failed(&self, name: &str, source: io::Error) -> TrainError {
        TrainError::Io {
            file: self.out.join(name),
            source,
        }
    }
}
