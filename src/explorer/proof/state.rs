//! Proofs in the window, as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::proof::{BoxKind, ProofBox, ProofOutcome, ProofProgress, ProofRecord};
use flipscope_lab::search::SearchOutcome;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::model::ModelIdentity;

/// Identifies one request for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProofId(pub u64);

/// What a proof depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The lesion.
    pub lesion: LesionId,
    /// Its frame, by hash.
    pub frame_sha256: String,
    /// The model.
    pub model: ModelIdentity,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The box.
    pub region: ProofBox,
}

impl About {
    /// Whether another is about the same verdict, in whatever box.
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        Self {
            region: other.region.clone(),
            ..self.clone()
        } == *other
    }
}

/// How many frames a box around a lesion has.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// What that depends on.
    pub about: About,
    /// The distinct frames, or why they cannot be counted.
    pub frames: Result<u64, String>,
    /// Those that are judged: all, or random ones of too many.
    pub judged: usize,
}

/// A request for the number of frames.
#[derive(Clone, Debug)]
pub struct Counting {
    /// Its identifier in answers.
    pub id: ProofId,
    /// Of what.
    pub about: About,
}

/// The proof under way.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its identifier in answers.
    pub id: ProofId,
    /// What it depends on.
    pub about: About,
    /// The model, by its number in this run.
    pub generation: u64,
    /// The lesion's name.
    pub name: String,
    /// Cancels it.
    pub cancel: Cancel,
    /// Its latest progress; none until the first batch is judged.
    pub progress: Option<ProofProgress>,
    /// What it has judged, a few seconds ago at most: what a session keeps of it, and what is left if the network fails.
    pub so_far: Option<Arc<ProofRecord>>,
}

impl Task {
    /// What it has judged, as if it had been cancelled; none before the first frames.
    pub fn in_progress(&self) -> Option<Kept> {
        let record = self.so_far.clone().filter(|record| record.judged > 0)?;
        Some(Kept {
            about: self.about.clone(),
            name: self.name.clone(),
            record,
            frame: None,
            nearest: None,
        })
    }
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What it depends on.
    pub about: About,
    /// The lesion's name.
    pub name: String,
    /// The record.
    pub record: Arc<ProofRecord>,
    /// The unaltered frame as it was judged; none of a proof of an earlier run.
    pub frame: Option<Arc<Frame>>,
    /// The flip nearest to it as a finding; none of a proof of an earlier run, whose finding is in the tray.
    pub nearest: Option<Arc<SearchOutcome>>,
}

impl Kept {
    /// Whether a frame that flips is known: the record's closest.
    pub fn has_a_flip(&self) -> bool {
        self.record.closest.label == self.record.direction.to()
    }
}

/// All proofs of the window.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// Whether the form is shown.
    pub shown: bool,
    /// The next box.
    pub region: ProofBox,
    /// Numbers of frames, the newest last.
    pub counted: Vec<Counted>,
    /// What is being counted.
    pub counting: Option<Counting>,
    /// The proof under way.
    pub task: Option<Task>,
    /// What came out, the newest last.
    pub kept: Vec<Kept>,
    /// Why the last one failed.
    pub failed: Option<(About, String)>,
}

impl Default for Proofs {
    fn default() -> Self {
        Self {
            shown: false,
            region: ProofBox::usual(BoxKind::Offset),
            counted: Vec::new(),
            counting: None,
            task: None,
            kept: Vec::new(),
            failed: None,
        }
    }
}

impl Proofs {
    /// Numbers of frames that are kept.
    const COUNTED: usize = 32;
    /// Outcomes that are kept: some hundred kilobytes each.
    const KEPT: usize = 64;

    /// The number of frames, if it is known.
    pub fn count_of(&self, about: &About) -> Option<&Counted> {
        self.counted.iter().find(|one| one.about == *about)
    }

    /// What came out.
    pub fn of(&self, about: &About) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.about == *about)
    }

    /// Boxes in which the verdict that something is about is proved steady.
    pub fn steady(&self, about: &About) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(move |kept| {
            kept.about.is_of_the_same(about) && kept.record.outcome == ProofOutcome::Steady
        })
    }

    pub(crate) fn count(&mut self, new: Counted) {
        self.counted.retain(|one| one.about != new.about);
        self.counted.push(new);
        if self.counted.len() > Self::COUNTED {
            self.counted.remove(0);
        }
    }

    pub(crate) fn keep(&mut self, new: Kept) {
        self.kept.retain(|kept| kept.about != new.about);
        self.kept.push(new);
        if self.kept.len() > Self::KEPT {
            self.kept.remove(0);
        }
    }
}
