//! The smallest changes that flip, as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::summary::{Memory, Summary};

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

/// What was begun about one lesion, and is not finished.
#[derive(Clone, Debug)]
pub struct Begun {
    /// What it depends on.
    pub about: About,
    /// The model, by its number in this run: on another device it answers a little differently.
    pub generation: u64,
    /// What the network has said of the family that is under way; shared with the thread.
    pub memory: Memory,
    /// Pictures that are judged, and how many at most; 0 until that is known.
    pub progress: [usize; 2],
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
    /// What was begun, the newest last.
    pub begun: Vec<Begun>,
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
            begun: Vec::new(),
            task: None,
            failed: None,
            rest: Rest::default(),
        }
    }
}

impl Summaries {
    /// Summaries that are kept: a few kilobytes each.
    const MOST: usize = 4096;
    /// And those of them that are about one lesion.
    const OF_A_LESION: usize = 4;

    /// Lesions of which what was begun is kept, and those of them whose gradients are: some thirty megabytes each.
    const BEGUN: usize = 32;
    const WITH_GRADIENTS: usize = 2;

    /// What the network has said about something, if that was begun.
    pub(crate) fn begin(&mut self, about: &About, generation: u64) -> Memory {
        let known = self.begun.iter().position(|begun| begun.about == *about);
        let known = known.map(|at| self.begun.remove(at));
        let begun = known.filter(|begun| begun.generation == generation);
        let begun = begun.unwrap_or_else(|| Begun {
            about: about.clone(),
            generation,
            memory: Memory::default(),
            progress: [0; 2],
        });
        let memory = begun.memory.clone();
        self.begun.push(begun);
        if self.begun.len() > Self::BEGUN {
            self.begun.remove(0);
        }
        for older in self.begun.iter().rev().skip(Self::WITH_GRADIENTS) {
            older.memory.forget_gradients();
        }
        memory
    }

    /// How far it has come: what was said before is not taken back while the same frames are gone through again.
    pub(crate) fn progress(&mut self, about: &About, [done, of]: [usize; 2]) -> [usize; 2] {
        let mut all = self.begun.iter_mut();
        let Some(begun) = all.find(|begun| begun.about == *about) else {
            return [done, of];
        };
        begun.progress = [done.max(begun.progress[0]), of];
        begun.progress
    }

    /// What was found about something.
    pub fn of(&self, about: &About) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.about == *about)
    }

    /// Keeps what was found, in place of what was found before about the same; of a lesion, also what was found by another model or at another
    /// threshold: whoever goes back to it does not wait again.
    pub(crate) fn keep(&mut self, new: Kept) {
        let lesion = new.about.lesion;
        self.kept.retain(|kept| kept.about != new.about);
        self.kept.push(new);
        let mut same = self.kept.iter().rev();
        let same = same.by_ref().filter(|kept| kept.about.lesion == lesion);
        let oldest = same.skip(Self::OF_A_LESION).map(|kept| kept.about.clone());
        let oldest: Vec<About> = oldest.collect();
        self.kept.retain(|kept| !oldest.contains(&kept.about));
        if self.kept.len() > Self::MOST {
            self.kept.remove(0);
        }
    }
}
