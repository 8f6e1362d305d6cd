//! Which verdicts the chosen filter and order wait for. Needs no window.

use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::explore::list::arrange::{Chosen, Filter};
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::rows::Row;
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
        Some(Column::P | Column::Verdict | Column::Outcome | Column::Altered)
    )
}

/// Whether a verdict on the frame as its sliders alter it is missing: of the list, only the unaltered frames are judged otherwise.
pub(crate) fn wants_altered(chosen: &Chosen, lesion: &Lesion) -> bool {
    let sorts = (chosen.sort).is_some_and(|sort| sort.column == Column::Altered);
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

/// Whether the filter or the order waits for a verdict on a lesion.
pub(crate) fn is_needed(chosen: &Chosen, row: &Row, lesion: &Lesion) -> bool {
    filter_waits(chosen.filter, row, lesion) || sorts_by_verdict(chosen)
}

/// How many lesions the filter does not show only because there is no verdict on them yet.
pub(super) fn not_judged(state: &State) -> usize {
    let table = &state.list;
    let chosen = &table.made_with.chosen;
    if !by_verdict(chosen) {
        return 0;
    }
    let search = chosen.search.trim().to_lowercase();
    let both = table.rows.iter().zip(&state.lesions);
    let waits = |(row, lesion): &(&Row, &Lesion)| {
        row.name.contains(search.as_str()) && filter_waits(chosen.filter, row, lesion)
    };
    both.filter(waits).count()
}
