//! Studies in the window as plain data: the form, the open study, and the current activity.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Raster;
use flipscope_lab::dataset::Part;
use flipscope_lab::proof::ProofProgress;
use flipscope_lab::search;
use flipscope_lab::study::plan::{Draft, Plan};
use flipscope_lab::study::store::JobStatus;
use flipscope_lab::study::tables::ModelSummary;
use flipscope_lab::study::{Estimate, Progress};

use crate::explorer::explore::list::request::LabelledData;
use crate::explorer::message::Issued;
use crate::explorer::remembered::RecentStudy;

/// Identifies one opening of a study for as long as the program runs: answers about an earlier one are not mixed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudyId(pub u64);

/// The form for the next study.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyForm {
    /// A table of labelled photographs, or a folder per class.
    pub data: Option<PathBuf>,
    /// Folder with the table's photographs, if they are not next to it.
    pub images: Option<PathBuf>,
    /// The split of a training; by default, the table's own, or none.
    pub split: Option<PathBuf>,
    /// The jobs and the pictures.
    pub draft: Draft,
    /// Whether the comparison model is studied too.
    pub include_comparison: bool,
    /// The labelled photographs that were proposed: those that the list has labels from.
    pub proposed: Option<PathBuf>,
}

impl StudyForm {
    /// The labelled photographs of the list, unless others were chosen.
    pub(crate) fn propose(&mut self, of_list: &[LabelledData]) {
        let newest = of_list.last().map(|data| &data.from);
        if newest != self.proposed.as_ref() && self.data == self.proposed {
            self.take_labels_of_list(of_list);
        }
    }

    /// The labelled photographs of the list, whatever was chosen; none if it has no labels.
    pub(crate) fn take_labels_of_list(&mut self, of_list: &[LabelledData]) {
        let newest = of_list.last();
        self.data = newest.map(|data| data.from.clone());
        self.images = newest.and_then(LabelledData::images_elsewhere);
        self.split = None;
        self.draft.part = newest.and_then(|data| data.part).unwrap_or(Part::Test);
        self.proposed.clone_from(&self.data);
    }
}

/// A study as read from its file.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The file.
    pub file: PathBuf,
    /// Its plan.
    pub plan: Plan,
    /// The plan's hash, which identifies the study.
    pub sha256: String,
    /// Its progress.
    pub status: StudyStatus,
    /// How long it will take, and how long a sample of [`Draft::SAMPLE`] lesions would (seconds): measured when it was made.
    pub estimate: Option<(Estimate, Option<f64>)>,
    /// What was assumed or left out when it was made.
    pub notes: Vec<String>,
    /// The folder that its photographs are in now, if a person has named one.
    pub root: Option<PathBuf>,
    /// How many of them are not in that folder, if it was named when the study was opened.
    pub not_in_root: usize,
}

/// A study's progress, and its results so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyStatus {
    /// Every job for every model.
    pub jobs: Vec<JobStatus>,
    /// The results so far.
    pub summaries: Vec<ModelSummary>,
}

impl StudyStatus {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.jobs.iter().all(|job| job.done >= job.of)
    }

    /// The share that is done, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let [done, all] = self.work();
        done as f64 / all.max(1) as f64
    }

    /// What is done, and all there is to do, in units of work.
    #[must_use]
    pub fn work(&self) -> [u64; 2] {
        self.jobs.iter().fold([0, 0], |[done, all], job| {
            [done + job.done.min(job.of), all + job.of]
        })
    }

    /// Whether nothing is done yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let untouched = |job: &JobStatus| job.done == 0 && job.frames == 0;
        self.jobs.iter().all(untouched)
    }
}

/// What a run does before the first results are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Beginning {
    /// It checks the file, and what is done already.
    #[default]
    Checking,
    /// It loads a model of the study that is not open in the window.
    Loading(String),
    /// It reads photographs: so many so far, of how many.
    Reading(usize, usize),
    /// It judges the first pictures: so many so far, of how many.
    Judging(usize, usize),
}

/// The current activity.
#[derive(Clone, Debug, Default)]
pub enum Activity {
    /// Nothing.
    #[default]
    Idle,
    /// A study is being made: photographs read, of how many.
    Making {
        /// How many have been read, and of how many, once that is known.
        read: Option<(usize, usize)>,
        /// Cancels it.
        cancel: Cancel,
    },
    /// A file is being opened, or shards are being merged.
    Opening,
    /// The open study is being carried out.
    Running {
        /// What is being done until the first progress report.
        beginning: Beginning,
        /// The latest progress report.
        progress: Option<Progress>,
        /// The picture under attack, and that search's progress.
        attack: Option<Box<(String, search::Progress)>>,
        /// The picture of the proof under way, and its progress.
        proof: Option<Box<(String, ProofProgress)>>,
        /// How many units another run of the study is at, while there is nothing else to do.
        waiting: Option<usize>,
        /// Pauses it.
        cancel: Cancel,
    },
}

/// The state of everything about studies in the window.
#[derive(Clone, Debug, Default)]
pub struct Studies {
    /// The form for the next one.
    pub form: StudyForm,
    /// The one that is open.
    pub open: Option<Opened>,
    /// The current activity.
    pub activity: Activity,
    /// The opening that the activity belongs to.
    pub id: Option<StudyId>,
    /// Pictures that could not be judged in the last run, one sentence each.
    pub problems: Vec<String>,
    /// How many of them were not found anywhere; before a run, how many photographs are not in the folder that was named with the study.
    pub missing: usize,
    /// What was said of them: until it is tried again.
    pub said: Option<Issued>,
    /// Tables or a report that are being written.
    pub writing: usize,
    /// The newest report's page.
    pub report: Option<PathBuf>,
    /// The figures of the open one.
    pub figures: Figures,
    /// Those that were open, the newest first.
    pub recent: Vec<RecentStudy>,
}

/// The figures of a study's report, as they are shown in the window.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// What has been drawn.
    pub drawn: Arc<Vec<StudyFigure>>,
    /// Why there is none where one could be expected, one sentence each.
    pub notes: Vec<String>,
    /// Whether one is missing because the photographs were not found.
    pub photographs_missing: bool,
    /// Whether they are being drawn.
    pub drawing: bool,
    /// Why they could not be drawn.
    pub problem: Option<String>,
}

/// What was drawn, and why something was not.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// What was drawn.
    pub figures: Vec<StudyFigure>,
    /// Why there is none where one could be expected, one sentence each.
    pub notes: Vec<String>,
    /// Whether one is missing because the photographs were not found.
    pub photographs_missing: bool,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct StudyFigure {
    /// What it shows, in words.
    pub title: String,
    /// Drawn for paper: black on white.
    pub picture: Arc<Raster>,
}

impl Studies {
    /// Whether it is idle.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.activity, Activity::Idle)
    }

    /// Whether photographs of the open study may be elsewhere, and a person can say where.
    #[must_use]
    pub fn asks_for_photographs(&self) -> bool {
        // Files that are not the study's may be in a folder that was named: another one may be right.
        let named = self.open.as_ref().is_some_and(|open| open.root.is_some());
        let missing = self.missing > 0 || self.figures.photographs_missing;
        self.is_idle() && (missing || named && !self.problems.is_empty())
    }

    /// Whether the open study is being carried out.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.activity, Activity::Running { .. })
    }
}
