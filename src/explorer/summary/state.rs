//! The smallest changes that flip, as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::summary::Summary;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::model::ModelIdentity;
use crate::explorer::summary::rest::Rest;

/// Identifies one summary for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SummaryId(pub u64);

/// What a summary depends on: if any of it changes, it is made anew.
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
}

/// What was found about one lesion.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What it depends on.
    pub about: About,
    /// What was found so far, the cheapest family first.
    pub summary: Arc<Summary>,
    /// Whether every family was looked at.
    pub complete: bool,
    /// What a figure says about lesion and model.
    pub caption: Caption,
}

/// What is being looked for.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its identifier in answers.
    pub id: SummaryId,
    /// What it depends on.
    pub about: About,
    /// The model, by its number in this run.
    pub generation: u64,
    /// What a figure says about lesion and model.
    pub caption: Caption,
    /// Stops it.
    pub cancel: Cancel,
    /// Pictures that are judged, and how many at most; 0 until that is known.
    pub progress: [usize; 2],
}

/// All summaries of the window.
#[derive(Clone, Debug)]
pub struct Summaries {
    /// Whether they are made without being asked for.
    pub automatic: bool,
    /// What was found, the newest last.
    pub kept: Vec<Kept>,
    /// What is being looked for.
    pub task: Option<Task>,
    /// The last one that failed is not tried again by itself.
    pub failed: Option<About>,
    /// When it may begin: shared with the thread that waits for it.
    pub rest: Rest,
}

impl Default for Summaries {
    fn default() -> Self {
        Self {
            automatic: true,
            kept: Vec::new(),
            task: None,
            failed: None,
            rest: Rest::default(),
        }
    }
}

impl Summaries {
    /// Summaries that are kept: a few kilobytes each.
    const MOST: usize = 4096;

    /// What was found about something.
    pub fn of(&self, about: &About) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.about == *about)
    }

    /// Keeps what was found, in place of what was found before about the same lesion.
    pub(crate) fn keep(&mut self, new: Kept) {
        self.kept
            .retain(|kept| kept.about.lesion != new.about.lesion);
        self.kept.push(new);
        if self.kept.len() > Self::MOST {
            self.kept.remove(0);
        }
    }
}
