//! Batch actions as plain data.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::Progress;
use flipscope_language::text;

use crate::explorer::batch::counts::Counts;
use crate::explorer::batch::findings::{FindingSort, Tally};
use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::search::state::{Form, SearchId};

/// An alteration that was applied to many lesions.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The alteration; a lesion whose sliders are moved or undone has another one, and is no longer part of it.
    pub perturbation: Arc<Perturbation>,
    /// The lesions.
    pub lesions: BTreeSet<LesionId>,
    /// Whether verdicts that are missing are asked for.
    pub asking: bool,
    /// What has come of it so far.
    pub counts: Counts,
}

/// Searches on many lesions.
#[derive(Clone, Debug)]
pub struct SearchRun {
    /// The form that they were started with; the direction follows each lesion's verdict.
    pub form: Form,
    /// Lesions whose search has not been put into the queue, in the order of the list.
    pub waiting: VecDeque<LesionId>,
    /// Those that are in the queue, or are running.
    pub running: BTreeSet<SearchId>,
    /// How many searches run together.
    pub together: usize,
    /// Lesions that are searched, those that were searched before left out.
    pub total: usize,
    /// Searches that have ended, with or without a finding.
    pub done: usize,
    /// What came of them.
    pub tally: Tally,
    /// Lesions that could not be searched, and why.
    pub left_out: Vec<(String, String)>,
}

impl SearchRun {
    /// Whether something of it is still to be done.
    pub fn is_under_way(&self) -> bool {
        !self.waiting.is_empty() || !self.running.is_empty()
    }

    /// Lesions whose search has not ended.
    pub fn left(&self) -> usize {
        self.waiting.len() + self.running.len()
    }

    /// Its searches that are in the queue or running at the same time, at most: as one ends, the next is there.
    pub(crate) fn queued(&self) -> usize {
        self.together.saturating_add(1)
    }

    /// Frames that its searches need next are read ahead, this many.
    pub(crate) fn ahead(&self) -> usize {
        self.together.saturating_add(2)
    }

    /// The share that is done, from 0 to 1, with the parts of its searches that are running.
    pub fn share<'p>(&self, running: impl Iterator<Item = &'p Progress>) -> f32 {
        let parts = running.map(|progress| {
            let most = progress.evaluations_at_most.max(1);
            progress.evaluations.min(most) as f32 / most as f32
        });
        ((self.done as f32 + parts.sum::<f32>()) / self.total.max(1) as f32).min(1.0)
    }

    /// How far it is: "12 of 59 searched: 7 of 10 flipped; 2 with the budget spent".
    pub fn progress(&self) -> String {
        self.with_result(&self.tally)
    }

    /// What takes the most room to say: all have ended, with verdicts of both kinds, and with budgets spent.
    pub(crate) fn progress_at_length(&self) -> String {
        let total = self.total;
        self.with_result(&Tally {
            flipped: total,
            ended: total,
            of_melanoma: [total / 2; 2],
            budget: total,
            ..Tally::default()
        })
    }

    fn with_result(&self, tally: &Tally) -> String {
        // A search that was cancelled has searched nothing to the end.
        let (done, total) = (tally.ended, self.total);
        if *tally == Tally::default() {
            return text!("batch-searched-none", done = done, total = total);
        }
        let result = tally.in_words();
        text!(
            "batch-searched",
            done = done,
            total = total,
            result = result
        )
    }
}

/// Findings that are being written to files.
#[derive(Clone, Debug)]
pub struct ExportRun {
    /// Where to.
    pub folder: PathBuf,
    /// How many.
    pub total: usize,
    /// How many have been written.
    pub done: usize,
    /// How many the folder had already, byte for byte.
    pub there: usize,
    /// Why others could not be written.
    pub problems: Vec<String>,
    /// Stops it after the finding in hand.
    pub cancel: Cancel,
}

/// Everything about batch actions.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The newest alteration that was applied to many lesions.
    pub applied: Option<Applied>,
    /// The newest searches on many lesions.
    pub search: Option<SearchRun>,
    /// Findings that are being written.
    pub export: Option<ExportRun>,
    /// Tables that are being written.
    pub writing: usize,
    /// The order of the table of findings.
    pub sort: FindingSort,
}

impl Batch {
    /// Whether the verdict on a lesion's altered frame is missing, and asked for.
    pub(crate) fn wants_verdict(&self, lesion: &Lesion) -> bool {
        self.applied.as_ref().is_some_and(|applied| {
            applied.asking
                && Arc::ptr_eq(&lesion.perturbation, &applied.perturbation)
                && applied.lesions.contains(&lesion.id)
                && lesion.current().is_none()
        })
    }

    /// The searches on many lesions, if they are under way.
    pub fn searching(&self) -> Option<&SearchRun> {
        self.search.as_ref().filter(|run| run.is_under_way())
    }

    /// Whether a search is one of those on many lesions.
    pub(crate) fn has_search(&self, id: SearchId) -> bool {
        let run = self.search.as_ref();
        run.is_some_and(|run| run.running.contains(&id))
    }

    /// Whether a search will need a lesion's frame soon.
    pub(crate) fn wants_frame(&self, id: LesionId) -> bool {
        let run = self.search.as_ref();
        run.is_some_and(|run| run.waiting.iter().take(run.ahead()).any(|one| *one == id))
    }

    /// A search was cancelled before it began: it will not be reported.
    pub(crate) fn forget_search(&mut self, id: SearchId) {
        if let Some(run) = &mut self.search
            && run.running.remove(&id)
        {
            run.tally.cancelled += 1;
        }
    }

    /// No further search is started, of one lesion or of all.
    pub(crate) fn stop_searching(&mut self, lesion: Option<LesionId>) {
        if let Some(run) = &mut self.search {
            let before = run.waiting.len();
            match lesion {
                Some(id) => run.waiting.retain(|one| *one != id),
                None => run.waiting.clear(),
            }
            run.tally.cancelled += before - run.waiting.len();
        }
    }
}
