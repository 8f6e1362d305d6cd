//! What a person has chosen about the list, and which rows follow from it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;

use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::explore::list::arrange::Chosen;
use crate::explorer::explore::list::counts::Counts;
use crate::explorer::explore::list::places::Handling;
use crate::explorer::explore::list::request::{LabelledData, LabelsSource};
use crate::explorer::explore::list::rows::Row;
use crate::explorer::explore::list::truth::{Truth, Truths};
use crate::explorer::message::Issued;

/// A lesion in the list: its identifier, and its index among the lesions when the list was last brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The lesion.
    pub id: LesionId,
    /// Its index among the lesions, and among the rows.
    pub at: usize,
}

impl Place {
    /// Its index, also after lesions were closed.
    pub fn index(self, lesions: &[Lesion]) -> Option<usize> {
        let there = lesions.get(self.at).is_some_and(|one| one.id == self.id);
        if there {
            return Some(self.at);
        }
        lesions.iter().position(|lesion| lesion.id == self.id)
    }
}

/// The list as a table.
#[derive(Clone, Debug, Default)]
pub struct LesionList {
    /// Order, filter and search.
    pub chosen: Chosen,
    /// Whether it shows thumbnails side by side.
    pub grid: bool,
    /// What tables of labels say.
    pub truths: Truths,
    /// Where they come from, the newest last.
    pub labels: Vec<LabelsSource>,
    /// Files and folders that were opened: labels of another folder are for the photographs in them.
    pub opened: BTreeSet<PathBuf>,
    /// Tables of labels that are being read.
    pub reading: usize,
    /// Whether they are to be read once more: a photograph was found that was missing when they were.
    pub incomplete: bool,
    /// Those of them that a person named: it is said that they are being read.
    pub reading_named: usize,
    /// What was said of labels that could not be read again: until they are once more.
    pub unread: Vec<Issued>,
    /// Where labels come from, the newest last.
    pub data: Vec<LabelledData>,
    /// Selected in addition to the explored lesion.
    pub marked: BTreeSet<LesionId>,
    /// Counts how often the search field was asked for.
    pub find: u64,
    /// Counts how often a person changed the order or the filter, or brought lesions back: the list then scrolls to the explored lesion.
    pub rearranged: u64,
    /// One row per lesion, as opened.
    pub rows: Vec<Row>,
    /// Every lesion: first those that are shown, in the order of the list, then the others.
    pub order: Vec<Place>,
    /// How many are shown.
    pub shown: usize,
    /// Whether the order is the chosen one: rows under the pointer keep their places for a while.
    pub arranged: bool,
    /// What a person does with the rows.
    pub(crate) handling: Handling,
    /// How often the model is wrong.
    pub counts: Counts,
    /// How many lesions the filter does not show only because there is no verdict on them yet.
    pub not_judged: usize,
    /// What `rows` and `order` were made with.
    pub(crate) made_with: MadeWith,
}

/// What the rows and their order were made with: if none of it changes, they stay.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MadeWith {
    /// What is followed of what was chosen.
    pub chosen: Chosen,
    pub threshold: f32,
    /// The revision of the truths.
    pub truths: u64,
    /// The explored lesion.
    pub selected: Option<LesionId>,
    /// How often a person had rearranged it.
    pub rearranged: u64,
}

impl LesionList {
    /// The lesions that are shown, in order.
    pub fn shown(&self) -> &[Place] {
        self.order.get(..self.shown).unwrap_or(&self.order)
    }

    /// A visible part of the list, clipped to what is shown.
    pub fn clipped(&self, in_sight: &Range<usize>) -> Range<usize> {
        let count = self.shown().len();
        let start = in_sight.start.min(count);
        start..in_sight.end.clamp(start, count)
    }

    /// The diagnosis of a lesion, if a table of labels states it.
    pub(crate) fn truth_of(&self, id: LesionId) -> Option<&Truth> {
        let row = self.rows.iter().find(|row| row.id == id)?;
        row.truth.as_ref()
    }

    /// The same as figures say it, in the thread's language.
    pub(crate) fn label_of(&self, id: LesionId) -> Option<String> {
        self.truth_of(id).map(|truth| truth.shown().to_owned())
    }

    /// The position of a lesion among those that are shown.
    pub fn position(&self, id: LesionId) -> Option<usize> {
        self.shown().iter().position(|place| place.id == id)
    }
}
