//! Searches on many lesions: a few at a time go into the one queue of searches, so that a list of thousands needs neither all its
//! frames nor a card for each lesion. The direction follows each lesion's verdict.

use std::collections::{BTreeSet, VecDeque};
use std::time::Instant;

use flipscope_lab::search::{Direction, Finding, StopReason};
use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::apply::Effect;
use crate::explorer::batch::applying::lesions;
use crate::explorer::batch::command::Whom;
use crate::explorer::batch::findings::Tally;
use crate::explorer::batch::state::SearchRun;
use crate::explorer::explore::lesion::{LesionId, Picture};
use crate::explorer::message::Severity;
use crate::explorer::page::Tool;
use crate::explorer::search::enqueue::enqueue;
use crate::explorer::search::request::SearchAnswer;
use crate::explorer::state::State;
use crate::explorer::wording::in_window;

/// Lesions that are looked at, at least, for the next search: where one is not read yet, a later one goes first.
const CANDIDATES: usize = 8;

/// The lesions that a search of the form has come to an end on, with this model as it judges now: searching them again would find the same. A
/// search that was cancelled before it found a flip is none of them.
pub(crate) fn searched(state: &State) -> BTreeSet<LesionId> {
    let Some(ready) = &state.model.ready else {
        return BTreeSet::new();
    };
    let (form, threshold) = (&state.searches.form, state.threshold());
    let same = |finding: &Finding| {
        finding.attack == form.attack
            && finding.mode == form.mode
            && finding.strategy == form.strategy
            && finding.seed == form.seed
            && finding.budget == form.budget
            && finding.threshold == threshold
            && finding.subject.framing == state.framing()
            && finding.subject.color_handling == state.color_handling
            && finding.is_of(&ready.info)
    };
    let ended = |finding: &Finding| finding.success || finding.ended != StopReason::Cancelled;
    let findings = state.searches.findings.iter();
    findings
        .filter(|kept| same(&kept.found.finding) && ended(&kept.found.finding))
        .map(|kept| kept.lesion)
        .collect()
}

/// The lesions that are meant, without those whose photographs cannot be read.
fn readable(state: &State, whom: Whom) -> Vec<LesionId> {
    let failed = (state.lesions.iter())
        .filter(|lesion| matches!(lesion.picture, Picture::Failed(_)))
        .map(|lesion| lesion.id);
    let failed: BTreeSet<LesionId> = failed.collect();
    let mut lesions = lesions(state, whom);
    lesions.retain(|id| !failed.contains(id));
    lesions
}

/// How many lesions a search of those that are meant is on.
pub(crate) fn searchable(state: &State, whom: Whom) -> usize {
    readable(state, whom).len()
}

/// How many of the lesions that are meant were searched before, and how many are meant.
pub(crate) fn searched_of(state: &State, whom: Whom) -> (usize, usize) {
    let (searched, lesions) = (searched(state), readable(state, whom));
    let before = lesions.iter().filter(|id| searched.contains(id)).count();
    (before, lesions.len())
}

/// Why searches on lesions that were not searched before cannot start, as a sentence.
pub(crate) fn obstacle(state: &State, whom: Whom) -> Option<String> {
    obstacle_to_again(state, whom).or_else(|| {
        let (before, of) = searched_of(state, whom);
        (before == of).then(|| text!("batch-all-searched", count = of))
    })
}

/// Why searches on many lesions cannot start, as a sentence.
pub(crate) fn obstacle_to_again(state: &State, whom: Whom) -> Option<String> {
    if state.lesions.is_empty() {
        return Some(text!("obstacle-no-lesion").to_owned());
    }
    if lesions(state, whom).is_empty() {
        return Some(text!("batch-none-listed").to_owned());
    }
    if searchable(state, whom) == 0 {
        return Some(text!("batch-none-readable").to_owned());
    }
    if state.model.ready.is_none() {
        return Some(text!("obstacle-no-model").to_owned());
    }
    if (state.batch.search.as_ref()).is_some_and(SearchRun::is_under_way) {
        return Some(text!("batch-searches-under-way").to_owned());
    }
    let attack = &state.searches.form.attack;
    let error = attack.validate().err()?;
    Some(in_window(&error.to_string()))
}

/// Starts them: on all that are meant, or without those that were searched before.
pub(super) fn start(state: &mut State, whom: Whom, again: bool, now: Instant) {
    let why = if again {
        obstacle_to_again(state, whom)
    } else {
        obstacle(state, whom)
    };
    if let Some(why) = why {
        state.say(Severity::Note, why, now);
        return;
    }
    let mut waiting: VecDeque<LesionId> = readable(state, whom).into();
    if !again {
        let searched = searched(state);
        let of = waiting.len();
        waiting.retain(|id| !searched.contains(id));
        let before = of - waiting.len();
        if before > 0 {
            let text = text!("batch-searched-before", before = before, count = of);
            state.say(Severity::Note, text, now);
        }
    }
    state.tool = Tool::Findings;
    state.batch.search = Some(SearchRun {
        form: state.searches.form.clone(),
        total: waiting.len(),
        waiting,
        running: BTreeSet::new(),
        together: state.searches_together(),
        done: 0,
        tally: Tally::default(),
        left_out: Vec::new(),
    });
}

/// What is to be done with a lesion now.
enum Fate {
    /// Its photograph or its verdict is not there yet.
    Wait,
    /// It cannot be searched, and why.
    LeaveOut(String),
    /// It is searched.
    Search(Direction),
}

/// Puts the next searches into the queue, as far as there is room; call after every change of the state.
pub(super) fn advance(state: &mut State, now: Instant) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        let Some(run) = &state.batch.search else {
            return effects;
        };
        if run.running.len() >= run.queued() {
            return effects;
        }
        let candidates = CANDIDATES.max(run.ahead());
        let fates = (run.waiting.iter().take(candidates).enumerate())
            .map(|(at, id)| (at, *id, fate(state, *id)));
        let ready = fates
            .into_iter()
            .find(|(_, _, fate)| !matches!(fate, Fate::Wait));
        let Some((at, id, fate)) = ready else {
            return effects;
        };
        let form = run.form.clone();
        let name = state.lesion(id).map(|lesion| lesion.shown().into_owned());
        let begun = match &fate {
            Fate::Search(direction) => enqueue(state, id, &form, *direction),
            Fate::Wait | Fate::LeaveOut(_) => None,
        };
        let Some(run) = &mut state.batch.search else {
            return effects;
        };
        run.waiting.remove(at);
        match (begun, fate) {
            (Some((search, effect)), _) => {
                run.running.insert(search);
                effects.push(effect);
            }
            (None, Fate::LeaveOut(why)) => {
                run.done += 1;
                run.left_out.push((name.unwrap_or_default(), why));
                ended(state, now);
            }
            (None, Fate::Search(_) | Fate::Wait) => {}
        }
    }
}

fn fate(state: &State, id: LesionId) -> Fate {
    let Some(lesion) = state.lesion(id) else {
        return Fate::LeaveOut(text!("batch-closed").to_owned());
    };
    if let Picture::Failed(error) = &lesion.picture {
        return Fate::LeaveOut(error.clone());
    }
    let ready = matches!(lesion.picture, Picture::Ready { .. }) && !lesion.outdated;
    match &lesion.answers.primary.before {
        Some(before) if ready && state.model.ready.is_some() => {
            Fate::Search(match state.label(&before.verdict) {
                Label::Melanoma => Direction::MelanomaToNevus,
                Label::Nevus => Direction::NevusToMelanoma,
            })
        }
        _ => Fate::Wait,
    }
}

/// A report of the search thread; counts those of the batch.
pub(crate) fn note(state: &mut State, answer: &SearchAnswer, now: Instant) {
    let SearchAnswer::Ended { id, result, .. } = answer else {
        return;
    };
    let name = (state.searches.tasks.iter().find(|one| one.id == *id)).map(|one| one.name.clone());
    let Some(run) = &mut state.batch.search else {
        return;
    };
    if !run.running.remove(id) {
        return;
    }
    run.done += 1;
    match result {
        Ok(found) => run.tally.add(&found.finding),
        Err(error) => (run.left_out).push((name.unwrap_or_default(), in_window(error))),
    }
    ended(state, now);
}

/// Says what came of it, once nothing is left to do.
fn ended(state: &mut State, now: Instant) {
    let Some(run) = (state.batch.search.as_ref()).filter(|run| !run.is_under_way()) else {
        return;
    };
    let of = run.tally.ended;
    // How many of them flipped, and from which verdict, is not for a class that still guesses.
    let mut lesions = state.lesions.iter();
    let text = if lesions.any(|lesion| state.presenter.hides(lesion.id)) {
        text!("batch-search-result-hidden", count = of)
    } else {
        let result = run.tally.in_words();
        text!("batch-search-result", count = of, result = result)
    };
    if run.left_out.is_empty() {
        state.say(Severity::Note, format!("{text}."), now);
        return;
    }
    let names: Vec<String> = (run.left_out.iter().take(5))
        .map(|(name, why)| format!("{name}: {why}"))
        .collect();
    let count = run.left_out.len();
    let text = text!(
        "batch-search-left-out",
        result = text,
        count = count,
        reasons = names.join("\n")
    );
    state.say(Severity::Warning, text, now);
}
