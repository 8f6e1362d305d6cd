//! Studies in the window as plain data: the form, the study that is open, and what is being done with it.

use std::path::PathBuf;

use flipscope_base::cancel::Cancel;
use flipscope_lab::search;
use flipscope_lab::study::plan::{Draft, Plan};
use flipscope_lab::study::store::JobStanding;
use flipscope_lab::study::tables::Headline;
use flipscope_lab::study::{Estimate, Progress};

/// Names one opening of a study for as long as the program runs: answers about an earlier one are not mixed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudyId(pub u64);

/// What the next study will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyForm {
    /// A table of labelled photographs, or a folder per class.
    pub data: Option<PathBuf>,
    /// Folder with the table's photographs, where they are not beside it.
    pub images: Option<PathBuf>,
    /// The split of a training; without it, the table's own, or none.
    pub split: Option<PathBuf>,
    /// What is asked, of which pictures.
    pub draft: Draft,
    /// Whether the model that stands beside is studied too.
    pub beside: bool,
}

/// A study as its file has it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The file.
    pub file: PathBuf,
    /// What it asks.
    pub plan: Plan,
    /// The plan's hash: the study's name.
    pub sha256: String,
    /// How far it is.
    pub standing: StudyStanding,
    /// How long it will take, and how long a sample of [`Draft::SAMPLE`] lesions would (seconds): measured when it was made.
    pub estimate: Option<(Estimate, Option<f64>)>,
    /// What was assumed or left out when it was made.
    pub notes: Vec<String>,
}

/// How far a study is, and what it has come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyStanding {
    /// Every job for every model.
    pub jobs: Vec<JobStanding>,
    /// What there is to say already.
    pub headlines: Vec<Headline>,
}

impl StudyStanding {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.jobs.iter().all(|job| job.done >= job.of)
    }

    /// Whether nothing is done yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.jobs.iter().all(|job| job.done == 0)
    }
}

/// What is being done.
#[derive(Clone, Debug, Default)]
pub enum Activity {
    /// Nothing.
    #[default]
    Idle,
    /// A study is being made: photographs read, of how many.
    Making {
        /// Read, and in all, once that is known.
        read: Option<(usize, usize)>,
        /// Calls it off.
        cancel: Cancel,
    },
    /// A file is being opened, or shards are being merged.
    Opening,
    /// The open study is being carried out.
    Running {
        /// What was last told.
        progress: Option<Progress>,
        /// The picture under attack, and how far that search is.
        attack: Option<(String, search::Progress)>,
        /// Pauses it.
        cancel: Cancel,
    },
}

/// Everything about studies that the window shows.
#[derive(Clone, Debug, Default)]
pub struct Studies {
    /// What the next one will be.
    pub form: StudyForm,
    /// The one that is open.
    pub open: Option<Opened>,
    /// What is being done.
    pub activity: Activity,
    /// Which opening that is about.
    pub id: Option<StudyId>,
    /// Pictures that could not be judged in the last run, one sentence each.
    pub problems: Vec<String>,
    /// Tables or a report that are being written.
    pub writing: usize,
    /// The newest report's page.
    pub report: Option<PathBuf>,
}

impl Studies {
    /// Whether it is idle.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.activity, Activity::Idle)
    }

    /// Whether the open study is being carried out.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.activity, Activity::Running { .. })
    }
}
