//! Continuing, saving and opening sessions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect, named};
use crate::explorer::explore::lesion::Origin;
use crate::explorer::explore::list;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::message::Severity;
use crate::explorer::session::capture::capture;
use crate::explorer::session::command::SessionCommand;
use crate::explorer::session::content::Worth;
use crate::explorer::session::missing;
use crate::explorer::session::request::{Opened, SessionAnswer, SessionWork};
use crate::explorer::session::restore::restore;
use crate::explorer::session::state::{Keeping, Offer, Stated};
use crate::explorer::state::State;

/// Sessions that the menu offers.
const RECENT: usize = 6;
/// The extension of a session's file.
pub(crate) const ENDING: &str = "session";

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: SessionCommand, now: Instant) -> Vec<Effect> {
    match command {
        SessionCommand::Continue => {
            let Some(offer) = state.sessions.offer.take() else {
                return Vec::new();
            };
            let stated = state.sessions.stated;
            restore(state, &offer.opened, stated, now)
        }
        SessionCommand::StartFresh => start_fresh(state),
        SessionCommand::AskSaveAs => vec![Effect::Dialog(Dialog::SaveSession)],
        SessionCommand::SaveAs(path) => {
            let files = state
                .lesions
                .iter()
                .filter_map(|lesion| match &lesion.origin {
                    Origin::File(file) => Some(file.clone()),
                    Origin::Sample(_) => None,
                });
            vec![Effect::Session(SessionWork::SaveAs {
                never: files.chain(state.recent.iter().cloned()).collect(),
                path: named(path, ENDING),
                session: Box::new(capture(state)),
            })]
        }
        SessionCommand::AskOpen => vec![Effect::Dialog(Dialog::OpenSession)],
        SessionCommand::Open(path) => read(path, Vec::new()),
        SessionCommand::OpenWith(path, named) => read(path, named),
        SessionCommand::OpenPrevious => vec![Effect::Session(SessionWork::OpenPrevious)],
        SessionCommand::AskPhotographs => vec![Effect::Dialog(Dialog::MissingPhotographs)],
        SessionCommand::LookIn(folder) => missing::look_in(state, folder),
    }
}

fn read(path: PathBuf, named: Vec<PathBuf>) -> Vec<Effect> {
    vec![Effect::Session(SessionWork::Open { path, named })]
}

/// Whoever opens something while the last session is offered starts fresh.
pub(crate) fn settle(state: &mut State) -> Vec<Effect> {
    let started = state.listing > 0 || !state.lesions.is_empty();
    if started && state.sessions.offer.is_some() {
        start_fresh(state)
    } else {
        Vec::new()
    }
}

/// The last session stays in the menu, as the previous one. One with nothing to lose does not take its place.
fn start_fresh(state: &mut State) -> Vec<Effect> {
    match state.sessions.offer.take() {
        // What could not be read of it may have been work.
        Some(offer)
            if offer.opened.session.worth() > Worth::Nothing
                || !offer.opened.problems.is_empty() =>
        {
            vec![Effect::Session(SessionWork::KeepLast)]
        }
        Some(_) | None => Vec::new(),
    }
}

/// Processes one answer of the thread.
pub(crate) fn receive(state: &mut State, answer: SessionAnswer, now: Instant) -> Vec<Effect> {
    match answer {
        SessionAnswer::Found {
            last,
            replaced,
            kept,
            set_aside,
            elsewhere,
        } => {
            state.sessions.replaced = replaced;
            state.sessions.keeping = if kept.is_ok() {
                Keeping::On
            } else {
                Keeping::Failed
            };
            for problem in kept.err().into_iter().chain(set_aside) {
                state.say(Severity::Warning, problem, now);
            }
            if elsewhere {
                state.say(Severity::Note, text!("session-elsewhere"), now);
            }
            let Some((opened, age)) = last else {
                return Vec::new();
            };
            if opened.session.is_worth_keeping() {
                state.sessions.offer = Some(Offer { opened, age });
            } else if state.lesions.is_empty() && state.listing == 0 {
                // Nothing to ask about; page and form are as they were left.
                let contents = &opened.session.contents;
                state.page = contents.page;
                if let Some(form) = &contents.study_form {
                    state.studies.form = form.form();
                }
                if let Some(form) = &contents.reader_form {
                    state.reader_studies.form = form.form();
                }
            }
            // If photographs were named on the command line, they win: `settle` sees to it.
            Vec::new()
        }
        SessionAnswer::Saved(result) => {
            let before = state.sessions.keeping;
            state.sessions.keeping = if result.is_ok() {
                Keeping::On
            } else {
                Keeping::Failed
            };
            if let Err(error) = result
                && before != Keeping::Failed
            {
                let text = text!("session-not-kept", error = error);
                state.say(Severity::Warning, text, now);
            }
            Vec::new()
        }
        SessionAnswer::Previous(result, replaced) => {
            state.sessions.replaced = replaced;
            if let Err(error) = result {
                state.say(Severity::Warning, error, now);
            }
            Vec::new()
        }
        SessionAnswer::SavedAs(path, result) => match result {
            Ok(()) => {
                state.say(
                    Severity::Note,
                    text!("session-saved", file = untrusted::path(&path)),
                    now,
                );
                remember(state, path)
            }
            Err(error) => {
                state.say(Severity::Error, error, now);
                Vec::new()
            }
        },
        SessionAnswer::Relocated {
            folder,
            sought,
            photographs,
            labels,
        } => {
            say_found(state, &folder, [photographs.len(), sought], now);
            missing::relocate(state, photographs, &labels)
        }
        SessionAnswer::Opened {
            path,
            result,
            others,
        } => {
            let mut effects = match result {
                Ok(opened) => open(state, path, &opened, now),
                Err(error) => {
                    state.say(Severity::Error, error, now);
                    path.map_or_else(Vec::new, |path| forget(state, &path))
                }
            };
            effects.extend(add(state, others, now));
            effects
        }
    }
}

/// Opens what was named with a session, and is not for it: photographs, and tables of labels, as without one.
fn add(state: &mut State, others: Vec<PathBuf>, now: Instant) -> Vec<Effect> {
    let is_table = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
    };
    let (tables, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_table);
    let mut effects = Vec::new();
    if !others.is_empty() {
        effects.extend(list::apply::open(state, others));
    }
    let tables = tables.into_iter().map(ListCommand::Labels);
    effects.extend(tables.flat_map(|table| list::apply::apply(state, table, now)));
    effects
}

/// Says how many of the missing photographs were found, and of how many.
fn say_found(state: &mut State, folder: &Path, [found, sought]: [usize; 2], now: Instant) {
    let text = text!(
        "session-photographs-found",
        found = found,
        sought = sought,
        folder = untrusted::path(folder)
    );
    let severity = match found {
        0 => Severity::Warning,
        _ => Severity::Note,
    };
    state.say(severity, text, now);
}

/// Shows a session; what was open becomes the previous one.
fn open(
    state: &mut State,
    path: Option<PathBuf>,
    opened: &Arc<Opened>,
    now: Instant,
) -> Vec<Effect> {
    let mut effects = start_fresh(state);
    let before = capture(state);
    if before.worth() > Worth::Nothing && state.sessions.keeping != Keeping::Off {
        effects.push(Effect::Session(SessionWork::KeepPrevious(Box::new(before))));
    }
    effects.extend(restore(state, opened, Stated::default(), now));
    if opened.moved > 0 {
        let text = text!("session-photographs-beside", count = opened.moved);
        state.say(Severity::Note, text, now);
    }
    // Of a photograph the list shows it.
    for one in opened.looked_in.iter().filter(|one| one.folder) {
        say_found(state, &one.place, [one.found, one.sought], now);
    }
    let shelved = |path: &PathBuf| {
        let mut earlier = state.sessions.replaced.earlier.iter();
        earlier.any(|one| one.path == *path)
    };
    if let Some(path) = path.filter(|path| !shelved(path)) {
        effects.extend(remember(state, path));
    }
    effects
}

fn remember(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let recent = &mut state.sessions.recent;
    recent.retain(|known| *known != path);
    recent.insert(0, path);
    recent.truncate(RECENT);
    vec![Effect::Remember(Box::new(state.remembered()))]
}

/// A session that cannot be opened is not offered again.
fn forget(state: &mut State, path: &PathBuf) -> Vec<Effect> {
    let before = state.sessions.recent.len();
    state.sessions.recent.retain(|known| known != path);
    if state.sessions.recent.len() == before {
        return Vec::new();
    }
    vec![Effect::Remember(Box::new(state.remembered()))]
}
