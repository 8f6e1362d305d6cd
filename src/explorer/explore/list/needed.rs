//! Which verdicts the chosen filter and order wait for. Needs no window.

use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::explore::list::arrange::{Chosen, Filter};
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::rows::Row;
use crate::explorer::explore::list::state::MadeWith;
use crate::explorer::state::State;

/// Whether the filter or the order depends on verdicts.
pub(crate) fn by_verdict(chosen: &Chosen) -> bool {
    let filter = match chosen.filter {
        Filter::Wrong | Filter::Flipped | Filter::NearThreshold => true,
        Filter::All | Filter::Melanomas | Filter::Nevi => false,
    };
    filter || sorts_by_verdict(chosen)
}

fn sorts_by_verdict(chosen: &Chosen) -> bool {
    let column = chosen.sort.map(|sort| sort.column);
    matches!(
        column,
        Some(Column::P | Column::Verdict | Column::Outcome | Column::Altered | Column::FlippedBy)
    )
}

/// Whether a verdict on the frame as its sliders alter it is missing: of the list, only the unaltered frames are judged otherwise.
pub(crate) fn wants_altered(chosen: &Chosen, lesion: &Lesion) -> bool {
    let sorts = (chosen.sort)
        .is_some_and(|sort| matches!(sort.column, Column::Altered | Column::FlippedBy));
    (sorts || chosen.filter == Filter::Flipped)
        && !lesion.perturbation.is_identity()
        && lesion.current().is_none()
}

/// Whether the filter waits for a verdict on a lesion: it may show it then.
fn filter_waits(filter: Filter, row: &Row, lesion: &Lesion) -> bool {
    // There will be none.
    if matches!(lesion.picture, Picture::Failed(_)) {
        return false;
    }
    match filter {
        Filter::Wrong => {
            let truth = row.truth.as_ref().and_then(|truth| truth.label);
            row.p_melanoma.is_none() && truth.is_some()
        }
        Filter::NearThreshold => row.p_melanoma.is_none(),
        Filter::Flipped => {
            let answers = &lesion.answers.primary;
            row.flipped_by.is_none()
                && !lesion.perturbation.is_identity()
                && answers.answered(&lesion.perturbation).is_none()
        }
        Filter::All | Filter::Melanomas | Filter::Nevi => false,
    }
}

/// The rows that the filter, the order and the searched name wait for verdicts on.
pub(crate) struct Needs<'a> {
    chosen: &'a Chosen,
    threshold: f32,
    search: String,
}

impl<'a> Needs<'a> {
    /// Of the list as it is shown; none if nothing of it depends on verdicts.
    pub(crate) fn of(state: &'a State) -> Option<Self> {
        let MadeWith {
            chosen, threshold, ..
        } = &state.list.made_with;
        by_verdict(chosen).then(|| Self {
            chosen,
            threshold: *threshold,
            search: chosen.search.trim().to_lowercase(),
        })
    }

    fn finds(&self, row: &Row) -> bool {
        row.name.contains(self.search.as_str())
    }

    /// Whether a verdict on a lesion is waited for: it may show it, or give it another place.
    pub(crate) fn wait_for(&self, row: &Row, lesion: &Lesion) -> bool {
        let filter = self.chosen.filter;
        self.finds(row)
            && (filter_waits(filter, row, lesion)
                || (sorts_by_verdict(self.chosen) && filter.keeps(row, self.threshold)))
    }
}

/// How many lesions the filter does not show only because there is no verdict on them yet.
pub(super) fn not_judged(state: &State) -> usize {
    let Some(needs) = Needs::of(state) else {
        return 0;
    };
    let filter = needs.chosen.filter;
    // While a slider of the explored lesion moves, its verdict is on its way all the time.
    let moves = |lesion: &Lesion| filter == Filter::Flipped && Some(lesion.id) == state.selected;
    let both = state.list.rows.iter().zip(&state.lesions);
    let waits = |(row, lesion): &(&Row, &Lesion)| {
        needs.finds(row) && !moves(lesion) && filter_waits(filter, row, lesion)
    };
    both.filter(waits).count()
}
