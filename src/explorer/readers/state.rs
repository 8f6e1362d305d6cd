//! Reader studies in the window as plain data: the form, the open one, its reveal, and the current activity.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::plan::{Draft, Length, Material, Plan, Protocol, Settings};
use flipscope_lab::reader::results::{Forms, Revealed};
use flipscope_lab::reader::store::ReaderStatus;

use crate::explorer::message::Issued;
use crate::explorer::remembered::RecentStudy;

/// Identifies one activity for as long as the program runs: answers about an earlier one are not mixed in. Answers about the
/// open study identify it by its file instead.
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

/// What the lesions of the next reader study come from, as far as it has to be counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// Findings, or folders of them; none if they are those of the tray.
    pub findings: Vec<PathBuf>,
    /// The lesions of the tray's findings that flip, each as it is told apart and with the name of its photograph; none if they are those of
    /// files, or nothing says what they are.
    pub tray: BTreeSet<[String; 2]>,
    /// Labelled photographs.
    pub data: Option<PathBuf>,
    /// Folder with the table's photographs.
    pub images: Option<PathBuf>,
}

/// What the window has entered into the form by itself: what is there still when something better is known was not chosen by a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The labelled photographs.
    pub data: Option<PathBuf>,
    /// Cases, gap and practice.
    pub length: Length,
    /// Whether the tray was, as the source of the findings: once, so that a person can choose files after it.
    pub tray: bool,
}

impl Default for Proposed {
    /// Before anything is known: nothing is labelled, and there are as many cases as usual.
    fn default() -> Self {
        Self {
            data: None,
            length: Settings::default().suited(Material::default()),
            tray: false,
        }
    }
}

/// The form for the next reader study.
#[derive(Clone, Debug, PartialEq)]
pub struct ReaderForm {
    /// Where findings come from.
    pub source: Source,
    /// The other settings; its findings are those of [`Source::Files`].
    pub draft: Draft,
    /// What of them was proposed.
    pub proposed: Proposed,
}

impl Default for ReaderForm {
    fn default() -> Self {
        let proposed = Proposed::default();
        let Length {
            cases,
            gap,
            practice,
        } = proposed.length;
        let settings = Settings {
            cases,
            gap,
            practice,
            ..Settings::default()
        };
        Self {
            source: Source::default(),
            draft: Draft {
                settings,
                ..Draft::default()
            },
            proposed,
        }
    }
}

/// A reader study as read from its file.
#[derive(Clone, Debug)]
pub struct OpenedReaderStudy {
    /// The file.
    pub file: PathBuf,
    /// The protocol.
    pub plan: Arc<Plan>,
    /// The plan's hash, which identifies the study.
    pub sha256: String,
    /// What readers see, in one sentence.
    pub summary: String,
    /// What limits its conclusions, one sentence each.
    pub cautions: Vec<String>,
    /// Whether a form lacks melanomas or nevi: what would add them is said.
    pub one_sided: bool,
    /// The protocol in words.
    pub protocol: Protocol,
    /// The readers' progress.
    pub readers: Vec<ReaderStatus>,
    /// What was assumed or left out when it was made.
    pub notes: Vec<String>,
}

impl OpenedReaderStudy {
    /// Says what it says in the thread's language: another one was chosen. Notes stay in the one in which the file was opened.
    pub(crate) fn reword(&mut self) {
        self.summary = self.plan.summary();
        self.cautions = self.plan.cautions();
        if let Ok(protocol) = self.plan.protocol() {
            self.protocol = protocol;
        }
    }

    /// How many readers have answered every case.
    #[must_use]
    pub fn finished(&self) -> usize {
        let cases = self.plan.settings.cases;
        let finished = self.readers.iter().filter(|one| one.answered >= cases);
        finished.count()
    }

    /// How many readers have not finished: of those who joined and, except for a class, of those who are planned.
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
    /// The truth, and the answers.
    pub revealed: Revealed,
    /// The pictures.
    pub frames: Forms<Option<Arc<Frame>>>,
    /// The difference of the two at [`flipscope_image::distance::difference::GAIN`], if there are two.
    pub difference: Option<Arc<Frame>>,
    /// The share of pixels that changed by more than it shows.
    pub beyond: f64,
}

/// The reveal.
#[derive(Clone, Debug)]
pub enum Reveal {
    /// Readers who must not see it have not finished: asks whether to go on.
    Warned,
    /// A lesion is shown, or is being read.
    Shown {
        /// The lesions, by their positions in the plan.
        lesions: Vec<u32>,
        /// Which of them.
        at: usize,
        /// The newest one that was read, or why the current one cannot be.
        page: Option<Result<Arc<RevealedLesion>, String>>,
    },
}

/// The current activity.
#[derive(Clone, Debug, Default)]
pub enum ReaderActivity {
    /// Nothing.
    #[default]
    Idle,
    /// A reader study is being made.
    Making {
        /// Labelled photographs that the network has judged.
        judged: u32,
        /// Cancels it.
        cancel: Cancel,
    },
    /// A file is being opened, or copies are being merged.
    Opening,
    /// Somebody reads, in a separate window.
    Reading,
}

/// The state of everything about reader studies in the window.
#[derive(Clone, Debug, Default)]
pub struct ReaderStudies {
    /// The form for the next one.
    pub form: ReaderForm,
    /// How many lesions these have; none while they are counted.
    pub counted: Option<(Origins, Option<Material>)>,
    /// The one that is open.
    pub open: Option<OpenedReaderStudy>,
    /// The current activity.
    pub activity: ReaderActivity,
    /// Why the last one could not be made: said until it is tried again.
    pub refused: Option<Issued>,
    /// The identifier of that activity.
    pub id: Option<ReaderStudyId>,
    /// Stops the thread that watches the progress of the open one's readers.
    pub follower: Option<Cancel>,
    /// The slot of the next reader, from 1; without it, the first free one.
    pub slot: Option<u32>,
    /// The cases with their truth.
    pub reveal: Option<Reveal>,
    /// Tables or a report that are being written.
    pub writing: usize,
    /// The newest report's page.
    pub report: Option<PathBuf>,
    /// Those that were open, the newest first.
    pub recent: Vec<RecentStudy>,
}

impl ReaderStudies {
    /// Whether a class answers the open one, by show of hands.
    #[must_use]
    pub fn of_a_class(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.plan.settings.classroom)
    }

    /// Whether it is idle.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.activity, ReaderActivity::Idle)
    }
}
