//! Keeps the rows in step with the lesions, their verdicts and findings: called after every change of the state, never in a
//! frame. Where nothing of it changed, the rows and their order stay as they are; where something did, rows may keep their places for
//! a while ([`places`]).

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_lab::explain::summary::{Family, Flip};

use crate::explorer::apply::Effect;
use crate::explorer::explore::apply::requests::ask_list;
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin};
use crate::explorer::explore::list::arrange::{Filter, arrange};
use crate::explorer::explore::list::counts::Counts;
use crate::explorer::explore::list::needed::{by_verdict, not_judged};
use crate::explorer::explore::list::places;
use crate::explorer::explore::list::rows::{Change, FlippedBy, Row, Title};
use crate::explorer::explore::list::state::{MadeWith, Place};
use crate::explorer::model::ModelIdentity;
use crate::explorer::search::state::TrayFinding;
use crate::explorer::state::State;

/// Brings the table up to date; requests the verdicts of what has come into sight by that, and those that a filter or an order by
/// verdict needs.
pub(crate) fn refresh(state: &mut State, now: Instant) -> Option<Effect> {
    let asks = arrange_anew(state, now);
    state.list.not_judged = not_judged(state);
    asks.then(|| ask_list(state, now)).flatten()
}

/// Brings rows and order up to date; whether other verdicts are needed first.
fn arrange_anew(state: &mut State, now: Instant) -> bool {
    let mut chosen = state.list.chosen.clone();
    if state.presenter.guesses() {
        // Until a verdict is revealed, neither the place of its lesion in the list nor whether it is there says
        // anything about it.
        chosen.sort = chosen.sort.filter(|sort| !sort.column.gives_away());
        if chosen.filter.gives_away() {
            chosen.filter = Filter::All;
        }
    }
    let with = MadeWith {
        chosen,
        threshold: state.threshold(),
        truths: state.list.truths.revision,
        selected: state.selected,
        rearranged: state.list.rearranged,
    };
    if with.selected != state.list.made_with.selected {
        // Another lesion is explored: what was selected with the earlier one no longer is.
        state.list.marked.clear();
        state.list.made_with.selected = with.selected;
    }
    let changed = {
        let (flips, least) = (flips(state), least(state));
        let same = with == state.list.made_with && is_current(state, &flips, &least);
        (!same).then(|| rows(state, &flips, &least))
    };
    let before = in_sight(state);
    let table = &mut state.list;
    if changed.is_some() {
        table.handling.change(now);
    }
    let keeps_places = table.handling.keeps_places(now).is_some();
    let rows = match changed {
        Some(rows) => rows,
        None if table.arranged || keeps_places => return false,
        None => std::mem::take(&mut table.rows),
    };
    let (mut order, mut shown) = arrange(&rows, &with.chosen, with.threshold);
    table.arranged = true;
    let made_with = &table.made_with;
    let asked = with.chosen != made_with.chosen
        || with.threshold != made_with.threshold
        || with.rearranged != made_with.rearranged;
    let others = with.chosen != made_with.chosen || with.truths != made_with.truths;
    let needs = others && (by_verdict(&with.chosen) || by_verdict(&made_with.chosen));
    if keeps_places && !asked {
        let before = table.order.iter().map(|place| place.id);
        let kept = places::kept(&rows, (before, table.shown), (&order, shown));
        table.arranged = kept == (order, shown);
        (order, shown) = kept;
    }
    let place = |at: usize| rows.get(at).map(|row| Place { id: row.id, at });
    table.order = order.into_iter().filter_map(place).collect();
    table.shown = shown;
    table.counts = Counts::of(&rows, with.threshold);
    table.rows = rows;
    table.made_with = with;
    needs || in_sight(state) != before
}

/// How long rows still keep places that are not those of the chosen order.
pub(crate) fn wait(state: &State, now: Instant) -> Option<Duration> {
    let handling = &state.list.handling;
    (handling.keeps_places(now)).filter(|_| !state.list.arranged)
}

fn in_sight(state: &State) -> Vec<LesionId> {
    let sight = state.list.clipped(&state.in_sight);
    let places = state.list.order.get(sight).unwrap_or_default();
    places.iter().map(|place| place.id).collect()
}

/// The findings that flip, by lesion.
type Flips<'a> = HashMap<LesionId, Vec<&'a TrayFinding>>;

/// The smallest changes that summaries found, by lesion.
type Least<'a> = HashMap<LesionId, (Family, &'a Flip)>;

/// Whether the rows say what is so now. Nothing is copied for it: after most changes of the state they do.
fn is_current(state: &State, flips: &Flips<'_>, least: &Least<'_>) -> bool {
    let rows = &state.list.rows;
    let threshold = state.threshold();
    let same = |(row, lesion): (&Row, &Lesion)| {
        let found = flips.get(&lesion.id);
        let sliders = by_sliders(lesion, threshold);
        let least = least.get(&lesion.id);
        let flipped = if sliders || found.is_some() || least.is_some() {
            row.flipped_by == flipped_by(sliders, found) && row.smallest == smallest(found, least)
        } else {
            row.flipped_by.is_none() && row.smallest.is_none()
        };
        flipped
            && row.id == lesion.id
            && row.p_melanoma == p_melanoma(lesion)
            && row.p_altered == p_altered(lesion)
    };
    rows.len() == state.lesions.len() && rows.iter().zip(&state.lesions).all(same)
}

/// P(melanoma) of the unaltered frame, once it is judged.
fn p_melanoma(lesion: &Lesion) -> Option<f32> {
    let before = lesion.answers.primary.before.as_ref();
    before.map(|judged| judged.verdict.p_melanoma)
}

/// P(melanoma) of the altered frame, once it is judged.
fn p_altered(lesion: &Lesion) -> Option<f32> {
    let after = lesion.current();
    let after = after.filter(|_| !lesion.perturbation.is_identity());
    after.map(|judged| judged.verdict.p_melanoma)
}

/// Whether the sliders turn its verdict into the other one.
fn by_sliders(lesion: &Lesion, threshold: f32) -> bool {
    let answered = lesion.answers.primary.answered(&lesion.perturbation);
    answered.is_some_and(|[before, after]| {
        before.verdict.label(threshold) != after.verdict.label(threshold)
    })
}

/// One row per lesion; what cannot have changed is taken from the earlier rows.
fn rows(state: &State, flips: &Flips<'_>, least: &Least<'_>) -> Vec<Row> {
    let table = &state.list;
    let same_truths = table.made_with.truths == table.truths.revision;
    let threshold = state.threshold();
    let row = |(at, lesion): (usize, &Lesion)| {
        let earlier = table.rows.get(at).filter(|row| row.id == lesion.id);
        let truth = match earlier.filter(|_| same_truths) {
            Some(row) => row.truth.clone(),
            None => match &lesion.origin {
                Origin::File(path) => table.truths.of(path).cloned(),
                Origin::Sample(_) => None,
            },
        };
        let found = flips.get(&lesion.id);
        Row {
            id: lesion.id,
            name: earlier.map_or_else(
                || lesion.name.to_lowercase().into(),
                |row| Arc::clone(&row.name),
            ),
            truth,
            p_melanoma: p_melanoma(lesion),
            p_altered: p_altered(lesion),
            flipped_by: flipped_by(by_sliders(lesion, threshold), found),
            smallest: smallest(found, least.get(&lesion.id)),
        }
    };
    state.lesions.iter().enumerate().map(row).collect()
}

/// The findings that flip the verdict of the current model at the current threshold, by lesion, oldest first.
fn flips(state: &State) -> Flips<'_> {
    let mut flips = Flips::new();
    let Some(model) = &state.model.ready else {
        return flips;
    };
    let threshold = state.threshold();
    for kept in &state.searches.findings {
        let finding = &kept.found.finding;
        let flipped = (finding.p_before >= threshold) != (finding.p_after >= threshold);
        if flipped && finding.is_of(&model.info) {
            flips.entry(kept.lesion).or_default().push(kept);
        }
    }
    flips
}

/// What changes the frame least of what the summaries of the current model found at the current threshold, by lesion.
fn least(state: &State) -> Least<'_> {
    let model = state.model.ready.as_ref().map(ModelIdentity::of_ready);
    let threshold = state.threshold();
    let current = state.summary.kept.iter().filter(|kept| {
        // Of a lesion whose frame is not read yet, what is known of it is shown.
        let frame = state
            .lesion(kept.about.lesion)
            .and_then(Lesion::frame_sha256);
        Some(&kept.about.model) == model.as_ref()
            && kept.about.threshold == threshold
            && frame.is_none_or(|frame| *frame == *kept.about.frame_sha256)
    });
    let least = current.filter_map(|kept| {
        let families = kept.summary.families.iter();
        let flips = families.filter_map(|one| Some((one.family, one.flip.as_ref()?)));
        let least = flips.min_by(|(_, a), (_, b)| a.delta_e.total_cmp(&b.delta_e))?;
        Some((kept.about.lesion, least))
    });
    least.collect()
}

/// What flips a lesion.
fn flipped_by(sliders: bool, found: Option<&Vec<&TrayFinding>>) -> Option<FlippedBy> {
    let found = found.into_iter().flatten();
    let found = found.map(|kept| Title::of(|| kept.title()));
    let by = FlippedBy {
        sliders,
        findings: found.collect(),
    };
    (by.sliders || !by.findings.is_empty()).then_some(by)
}

/// The change that alters the frame least: a finding, or one of the summary.
fn smallest(found: Option<&Vec<&TrayFinding>>, least: Option<&(Family, &Flip)>) -> Option<Change> {
    let delta_e = |kept: &TrayFinding| kept.found.finding.distances.delta_e_mean;
    let finding = (found.into_iter().flatten()).min_by(|a, b| delta_e(a).total_cmp(&delta_e(b)));
    let of_finding = finding.map(|least| {
        let size = &least.found.finding.size;
        Change {
            delta_e: delta_e(least),
            title: Title::of(|| {
                let size = size.unit.size_in_words(size.value);
                format!("{}: {size}", least.title())
            }),
        }
    });
    let of_summary = least.map(|(family, flip)| Change {
        delta_e: flip.delta_e,
        title: Title::of(|| format!("{}: {}", family.name(), flip.words)),
    });
    let both = of_finding.into_iter().chain(of_summary);
    both.min_by(|a, b| a.delta_e.total_cmp(&b.delta_e))
}
