//! Flips that searches of one's own, proofs or files have put into the tray: named beside what was looked for here, and not counted in it.

use flipscope_base::human::{self, unbroken};
use flipscope_lab::explain::summary::Family;
use flipscope_language::text;

use crate::explorer::search::state::TrayFinding;
use crate::explorer::state::State;
use crate::explorer::summary::apply::about;

/// The findings of the tray that flip the explored frame, as it is judged now.
fn flips(state: &State) -> Vec<&TrayFinding> {
    let Some((about, model)) = about(state).zip(state.model.ready.as_ref()) else {
        return Vec::new();
    };
    let found = state.searches.of(about.lesion).filter(|kept| {
        let finding = &kept.found.finding;
        let flips = (finding.p_before >= about.threshold) != (finding.p_after >= about.threshold);
        flips
            && finding.is_of(&model.info)
            && finding.frame_sha256 == about.frame_sha256
            && !finding.perturbation.field_of_view
    });
    found.collect()
}

/// Whether there is one.
pub(super) fn is_there_any(state: &State) -> bool {
    !flips(state).is_empty()
}

/// The one of a family that changes least, in words, if it changes less than what was looked for: a grid does not look between its steps.
pub(super) fn in_row(state: &State, family: Family, least: Option<f64>) -> Option<String> {
    let found = flips(state).into_iter().filter(|kept| {
        let of = Family::of(&kept.found.finding.perturbation);
        of.contains(&family) && least.is_none_or(|least| delta_e(kept) < least)
    });
    let found = smallest(found)?;
    let (change, title) = (change(found), found.title());
    let (change, title) = (change.as_str(), title.as_str());
    Some(match least {
        Some(_) => text!("summary-searched-less", change = change, title = title),
        None => text!("summary-searched", change = change, title = title),
    })
}

/// The one that changes least of those that are of no family (pixels, or several kinds at once), in words.
pub(super) fn of_no_row(state: &State) -> Option<String> {
    let others = flips(state).into_iter();
    let others = others.filter(|kept| Family::of(&kept.found.finding.perturbation).is_empty());
    let found = smallest(others)?;
    Some(text!(
        "summary-of-no-row",
        change = change(found),
        delta_e = human::size(delta_e(found)),
        title = found.title()
    ))
}

fn smallest<'a>(found: impl Iterator<Item = &'a TrayFinding>) -> Option<&'a TrayFinding> {
    found.min_by(|a, b| delta_e(a).total_cmp(&delta_e(b)))
}

fn delta_e(kept: &TrayFinding) -> f64 {
    kept.found.finding.distances.delta_e_mean
}

fn change(kept: &TrayFinding) -> String {
    unbroken(&kept.found.finding.perturbation.in_words())
}
