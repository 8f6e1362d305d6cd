//! Reader studies in the window as plain data: the form, the one that is open, its reveal, and what is being done with it.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::plan::{Draft, Plan};
use flipscope_lab::reader::results::{Forms, Revealed};
use flipscope_lab::reader::store::ReaderStatus;

/// Names one activity for as long as the program runs: answers about an earlier one are not mixed in. Answers about the open study name
/// its file instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderStudyId(pub u64);

/// Where the findings of the next reader study come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Files and folders.
    #[default]
    Files,
    /// The findings tray of this window.
    Tray,
}

/// What the next reader study will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReaderForm {
    /// Where findings come from.
    pub source: Source,
    /// The rest; its findings are those of [`Source::Files`].
    pub draft: Draft,
}

/// A reader study as its file has it.
#[derive(Clone, Debug)]
pub struct OpenedReaderStudy {
    /// The file.
    pub file: PathBuf,
    /// The protocol.
    pub plan: Arc<Plan>,
    /// The plan's hash: the study's name.
    pub sha256: String,
    /// What readers see, in a sentence.
    pub summary: String,
    /// What limits its conclusions, a sentence each.
    pub cautions: Vec<String>,
    /// The protocol in words.
    pub protocol: String,
    /// How far the readers are.
    pub readers: Vec<ReaderStatus>,
    /// What was assumed or left out when it was made.
    pub notes: Vec<String>,
}

impl OpenedReaderStudy {
    /// How many readers have answered every case.
    #[must_use]
    pub fn finished(&self) -> usize {
        let cases = self.plan.settings.cases;
        let finished = self.readers.iter().filter(|one| one.answered >= cases);
        finished.count()
    }

    /// How many readers have not finished: of those who joined and, where no class votes, of those who are planned.
    #[must_use]
    pub fn unfinished(&self) -> usize {
        let settings = &self.plan.settings;
        let planned = if settings.classroom {
            1
        } else {
            settings.readers as usize
        };
        self.readers.len().max(planned) - self.finished()
    }

    /// Whether nobody has answered a case yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.readers.iter().all(|one| one.answered == 0)
    }
}

/// A revealed lesion with its pictures.
#[derive(Clone, Debug)]
pub struct RevealedLesion {
    /// The truth, and what was said.
    pub revealed: Revealed,
    /// The pictures.
    pub frames: Forms<Option<Arc<Frame>>>,
    /// The difference of the two at [`flipscope_image::distance::difference::GAIN`], where there are two.
    pub difference: Option<Arc<Frame>>,
}

/// The reveal.
#[derive(Clone, Debug)]
pub enum Reveal {
    /// Readers have not finished, and must not see it: whether it is meant.
    Warned,
    /// A lesion is in sight, or on its way.
    Shown {
        /// The lesions, by their places in the plan.
        lesions: Vec<u32>,
        /// Which of them.
        at: usize,
        /// The newest one that was read, or why the one in sight cannot be.
        page: Option<Result<Arc<RevealedLesion>, String>>,
    },
}

/// What is being done.
#[derive(Clone, Debug, Default)]
pub enum ReaderActivity {
    /// Nothing.
    #[default]
    Idle,
    /// A reader study is being made.
    Making {
        /// Labelled photographs that the network has judged.
        judged: u32,
        /// Calls it off.
        cancel: Cancel,
    },
    /// A file is being opened, or copies are being merged.
    Opening,
    /// Somebody reads, in a window of its own.
    Reading,
}

/// Everything about reader studies that the window shows.
#[derive(Clone, Debug, Default)]
pub struct ReaderStudies {
    /// What the next one will be.
    pub form: ReaderForm,
    /// The one that is open.
    pub open: Option<OpenedReaderStudy>,
    /// What is being done.
    pub activity: ReaderActivity,
    /// Which activity that is.
    pub id: Option<ReaderStudyId>,
    /// Ends the thread that follows how far the readers of the open one are.
    pub follower: Option<Cancel>,
    /// The slot of the next reader, from 1; without it, the first free one.
    pub slot: Option<u32>,
    /// The cases with their truth.
    pub reveal: Option<Reveal>,
    /// Tables or a report that are being written.
    pub writing: usize,
    /// The newest report's page.
    pub report: Option<PathBuf>,
}

impl ReaderStudies {
    /// Whether it is idle.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.activity, ReaderActivity::Idle)
    }
}
