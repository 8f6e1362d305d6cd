//! Carries out what a person asks of the list, and takes in what tables of labels say.

use std::path::PathBuf;
use std::time::Instant;

use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::explore::apply::list::{close, select};
use crate::explorer::explore::lesion::{LesionId, Origin};
use crate::explorer::explore::list::arrange::Sort;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::list::places::Pointer;
use crate::explorer::explore::list::request::{Labels, LabelsAnswer, LabelsRequest, LabelsSource};
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: ListCommand, now: Instant) -> Vec<Effect> {
    let table = &mut state.list;
    match command {
        ListCommand::Sort(column) => {
            table.chosen.sort = Sort::clicked(table.chosen.sort, column);
            table.rearranged += 1;
        }
        ListCommand::Filter(filter) => {
            table.chosen.filter = filter;
            table.rearranged += 1;
        }
        ListCommand::Search(text) => {
            table.chosen.search = text;
            table.rearranged += 1;
        }
        ListCommand::Grid(grid) => {
            table.grid = grid;
            table.rearranged += 1;
        }
        ListCommand::Find => table.find += 1,
        ListCommand::Mark(id) => mark(state, id),
        ListCommand::MarkNone => table.marked.clear(),
        ListCommand::MarkTo(id) => mark_to(state, id),
        ListCommand::MarkAll => {
            table.marked = table.shown().iter().map(|place| place.id).collect();
        }
        ListCommand::First => return explore(state, 0, now),
        ListCommand::Last => return explore(state, usize::MAX, now),
        ListCommand::Close(ids) => return close(state, &ids, now),
        ListCommand::AskLabels => return vec![Effect::Dialog(Dialog::Labels)],
        ListCommand::Labels(path) => return read(state, path),
        ListCommand::ForgetLabels => {
            table.truths.clear();
            table.labels.clear();
            table.data.clear();
        }
    }
    Vec::new()
}

/// Takes in what the pointer does, in every frame: it is no command, since only the places of the rows follow from it.
pub(crate) fn point(state: &mut State, pointer: Pointer, now: Instant) {
    state.list.handling.point(pointer, now);
}

fn mark(state: &mut State, id: LesionId) {
    let table = &mut state.list;
    if state.selected != Some(id) && !table.marked.remove(&id) {
        table.marked.insert(id);
    }
}

/// Everything between the explored lesion and another one.
fn mark_to(state: &mut State, id: LesionId) {
    let table = &mut state.list;
    let from = state.selected.and_then(|id| table.position(id));
    let (from, Some(to)) = (from.unwrap_or(0), table.position(id)) else {
        return;
    };
    let between = table.shown().get(from.min(to)..=from.max(to));
    let between = between.unwrap_or_default().iter();
    table.marked = between.map(|place| place.id).collect();
}

/// Explores the lesion at a position, or the last one.
fn explore(state: &mut State, position: usize, now: Instant) -> Vec<Effect> {
    state.list.handling.key(now);
    let shown = state.list.shown();
    let place = shown.get(position).or_else(|| shown.last());
    match place.map(|place| place.id) {
        Some(id) => select(state, id, now),
        None => Vec::new(),
    }
}

/// Reads a table of labels for the photographs that are open.
fn read(state: &mut State, table: PathBuf) -> Vec<Effect> {
    state.list.reading += 1;
    state.list.reading_named += 1;
    let photographs = photographs(state);
    vec![Effect::Labels(LabelsRequest::Table { table, photographs })]
}

/// The photographs that are open, and the files and folders that were opened.
fn photographs(state: &State) -> Vec<PathBuf> {
    let files = (state.lesions.iter()).filter_map(|lesion| match &lesion.origin {
        Origin::File(path) => Some(path.clone()),
        Origin::Sample(_) => None,
    });
    files.chain(state.list.opened.iter().cloned()).collect()
}

/// Replaces all labels by those of a session, which are read again: what the table says may be corrected by now.
pub(crate) fn restore(state: &mut State, from: Vec<LabelsSource>) -> Vec<Effect> {
    state.list.truths.clear();
    // Also those that cannot be read now: a drive may be missing this time.
    state.list.labels.clone_from(&from);
    if from.is_empty() {
        return Vec::new();
    }
    state.list.reading += 1;
    let photographs = photographs(state);
    vec![Effect::Labels(LabelsRequest::Again { from, photographs })]
}

/// A photograph was found that was missing: labels are for photographs that are there, and so are read again if they do not know it.
pub(crate) fn labels_of_found(state: &mut State, id: LesionId) -> Option<Effect> {
    let Some(Origin::File(path)) = state.lesion(id).map(|lesion| &lesion.origin) else {
        return None;
    };
    if state.list.truths.of(path).is_some() {
        return None;
    }
    state.list.incomplete = true;
    complete(state)
}

/// Reads the labels once more if they are incomplete, as soon as none are being read.
fn complete(state: &mut State) -> Option<Effect> {
    let from = state.list.labels.clone();
    if state.list.reading > 0 || !std::mem::take(&mut state.list.incomplete) || from.is_empty() {
        return None;
    }
    state.list.reading += 1;
    let photographs = photographs(state);
    Some(Effect::Labels(LabelsRequest::Again { from, photographs }))
}

/// Opens files and folders, and looks for labels in them.
pub(crate) fn open(state: &mut State, paths: Vec<PathBuf>) -> Vec<Effect> {
    state.listing += 1;
    state.list.reading += 1;
    state.list.opened.extend(paths.iter().cloned());
    vec![
        Effect::List(paths.clone()),
        Effect::Labels(LabelsRequest::Opened(paths)),
    ]
}

/// Takes in what was read.
pub(crate) fn receive(state: &mut State, answer: LabelsAnswer, now: Instant) -> Vec<Effect> {
    state.list.reading = state.list.reading.saturating_sub(1);
    let named = usize::from(answer.named);
    state.list.reading_named = state.list.reading_named.saturating_sub(named);
    if answer.again {
        for said in std::mem::take(&mut state.list.unread) {
            state.take_back(said);
        }
    }
    let mut problems = answer.problems;
    problems.extend(answer.gone.iter().map(|folder| {
        let folder = untrusted::path(folder);
        text!("list-no-labels-folder", folder = folder)
    }));
    for problem in problems {
        let severity = if answer.named {
            Severity::Error
        } else {
            Severity::Warning
        };
        let said = state.issue(severity, problem, now);
        if answer.again {
            state.list.unread.push(said);
        }
    }
    let first = state.list.truths.is_empty();
    for Labels {
        source,
        name,
        truths,
        summary,
        found,
        assumptions,
        data,
    } in answer.read
    {
        state.list.data.retain(|known| *known != data);
        state.list.data.push(data);
        let count = truths.len();
        let added = state.list.truths.add(truths);
        if answer.again {
            continue;
        }
        // The newest one is the last one, as it is when all are read again.
        state.list.labels.retain(|earlier| *earlier != source);
        state.list.labels.push(source);
        // What a class is to guess is not said, not even in numbers.
        let guesses = state.presenter.guesses();
        let summary = if guesses {
            text!("list-count-photographs", count = count)
        } else {
            summary
        };
        let said = match found {
            None => text!("list-labels-from", name = &*name, summary = summary),
            Some(found) => {
                text!("list-labels-found", found = found, summary = summary)
            }
        };
        let said = if first || guesses {
            said
        } else {
            format!("{said} {}", added.in_words())
        };
        state.say(Severity::Note, said, now);
        if !assumptions.is_empty() {
            let text = format!("{name}: {}", assumptions.join("\n"));
            state.say(Severity::Warning, text, now);
        }
        // Photographs that are still being listed may be the ones that are meant.
        let known = |state: &State| {
            let truth = |origin: &Origin| match origin {
                Origin::File(path) => state.list.truths.of(path).is_some(),
                Origin::Sample(_) => false,
            };
            state.lesions.iter().any(|lesion| truth(&lesion.origin))
        };
        if answer.named && state.listing == 0 && !state.lesions.is_empty() && !known(state) {
            let text = text!("list-labels-of-none-open", count = count, name = &*name);
            state.say(Severity::Warning, text, now);
        }
    }
    complete(state).into_iter().collect()
}
