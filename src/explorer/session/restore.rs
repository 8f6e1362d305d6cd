//! A session as the state. Its photographs are read by the usual threads; until then they wait with their sliders.

use std::time::Instant;

use crate::explorer::apply::{Effect, of_page};
use crate::explorer::explore::apply::alter::look;
use crate::explorer::explore::apply::requests::ask;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list;
use crate::explorer::explore::list::request::LabelsSource;
use crate::explorer::message::Severity;
use crate::explorer::page::Page;
use crate::explorer::readers;
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::search::stopping::cancel_all;
use crate::explorer::session::content::{Session, StoredLabels, StoredPath};
use crate::explorer::session::missing;
use crate::explorer::session::request::Opened;
use crate::explorer::session::restored_lesions::Built;
use crate::explorer::session::restored_models::load_models;
use crate::explorer::session::state::Stated;
use crate::explorer::state::State;
use crate::explorer::study;
use crate::explorer::study::command::StudyCommand;

/// Replaces what is open by a session, except for what flags of the command line state.
pub(super) fn restore(
    state: &mut State,
    opened: &Opened,
    stated: Stated,
    now: Instant,
) -> Vec<Effect> {
    let session = &opened.session;
    let contents = &session.contents;
    cancel_all(state, None);
    state.searches.tasks.clear();
    state.page = contents.page;
    state.tool = contents.tool;
    look(state, contents.view.clone());
    state.searches.form = contents.form.clone();
    // A session without them leaves what is being filled in.
    if let Some(form) = &contents.study_form {
        state.studies.form = form.form();
    }
    if let Some(form) = &contents.reader_form {
        state.reader_studies.form = form.form();
    }
    if !stated.threshold {
        state.threshold = contents.threshold.map(|p| p.clamp(0.0, 1.0));
    }
    if !stated.framing {
        state.framing = contents.framing;
    }
    if !stated.color_handling {
        state.color_handling = contents.color_handling;
    }
    let mut built = Built::new(state, session);
    let language = state.language();
    let missing = opened.missing.iter();
    let missing = missing.filter_map(|&place| built.missing(place, language));
    let missing: Vec<LesionId> = missing.collect();
    built.put(state, session);
    for problem in &opened.problems {
        state.say(Severity::Warning, problem, now);
    }
    missing::tell(state, missing, now);
    let mut effects = vec![Effect::Appearance(contents.appearance)];
    effects.extend(list(state, session));
    effects.extend(load_models(state, session, stated, now));
    effects.extend(studies(state, session, now));
    effects.extend(ask(state, now));
    effects
}

/// The list as it was, and its labels, which are read again.
fn list(state: &mut State, session: &Session) -> Vec<Effect> {
    let contents = &session.contents;
    let table = &mut state.list;
    table.chosen = contents.chosen.clone();
    table.grid = contents.grid;
    table.rearranged += 1;
    state.batch.sort = contents.findings_sort;
    state.presenter.guessing = contents.hides_verdicts;
    table.opened = contents.folders.iter().map(StoredPath::path).collect();
    let labels = contents.labels.iter().map(|labels| match labels {
        StoredLabels::Folder(folder) => LabelsSource::Opened(folder.path()),
        StoredLabels::Table(table) => LabelsSource::Table(table.path()),
    });
    list::apply::restore(state, labels.collect())
}

/// Opens the study and the reader study of the session. One that is under way is not interrupted.
fn studies(state: &mut State, session: &Session, now: Instant) -> Vec<Effect> {
    let contents = &session.contents;
    let mut effects = Vec::new();
    let file = contents.study.as_ref().map(StoredPath::path);
    let open = state.studies.open.as_ref().map(|open| &open.file);
    if let Some(file) = file.filter(|file| open != Some(file))
        && state.studies.is_idle()
    {
        effects.extend(of_page(state, Page::Study, |state| {
            study::apply::apply(state, StudyCommand::Open(file), now)
        }));
    }
    let file = contents.reader_study.as_ref().map(StoredPath::path);
    let open = state.reader_studies.open.as_ref().map(|open| &open.file);
    if let Some(file) = file.filter(|file| open != Some(file))
        && state.reader_studies.is_idle()
    {
        effects.extend(of_page(state, Page::Readers, |state| {
            readers::apply::apply(state, ReaderCommand::Open(file), now)
        }));
    }
    effects
}
