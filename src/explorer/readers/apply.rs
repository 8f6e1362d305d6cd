//! Making, opening, reading, revealing and closing reader studies.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::cancel::Cancel;
use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::apply::{copy_place, named};
use crate::explorer::message::Severity;
use crate::explorer::model::ReadyModel;
use crate::explorer::presenter::hints;
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::request::{ReaderAnswer, ReaderWork};
use crate::explorer::readers::state::{
    OpenedReaderStudy, ReaderActivity, ReaderStudies, ReaderStudyId, Reveal, RevealedLesion, Source,
};
use crate::explorer::remembered::{Contents, RecentStudy, StudyProgress};
use crate::explorer::state::State;
use crate::explorer::study::request::Writing;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: ReaderCommand, now: Instant) -> Vec<Effect> {
    match command {
        ReaderCommand::Ask(what) => return vec![Effect::Dialog(Dialog::Reader(what))],
        ReaderCommand::MergeFrom(from) => {
            let into = AskReader::MergeInto(from);
            return vec![Effect::Dialog(Dialog::Reader(into))];
        }
        ReaderCommand::Count(origins) => {
            state.reader_studies.counted = Some((origins.clone(), None));
            let id = ReaderStudyId(state.fresh_id());
            return vec![Effect::Reader(id, ReaderWork::Count(origins))];
        }
        ReaderCommand::Make(file) => return make(state, file, now),
        ReaderCommand::Open(file) => return begin(state, ReaderWork::Open(file), now),
        ReaderCommand::Merge(from, into) => {
            let into = named(into, "readers");
            return begin(state, ReaderWork::Merge { from, into }, now);
        }
        ReaderCommand::Forget(file) => {
            RecentStudy::forget(&mut state.reader_studies.recent, &file);
            return vec![Effect::Remember(Box::new(state.remembered()))];
        }
        ReaderCommand::Read => return read(state),
        ReaderCommand::Write(what, folder) => return write(state, what, folder),
        ReaderCommand::CopyReport => {
            return copy_place(state, |state| state.reader_studies.report.as_deref(), now);
        }
        ReaderCommand::CopyProtocol => return copy_protocol(state, now),
        ReaderCommand::Reveal => return reveal(state, false),
        ReaderCommand::RevealAnyway => return reveal(state, true),
        ReaderCommand::Slot(slot) => state.reader_studies.slot = slot,
        ReaderCommand::Step(by) => return step(state, by),
        ReaderCommand::Set(form) => state.reader_studies.form = *form,
        ReaderCommand::Findings(paths) => {
            let form = &mut state.reader_studies.form;
            form.source = Source::Files;
            form.draft.findings = paths;
        }
        ReaderCommand::Data(path) => state.reader_studies.form.draft.data = Some(path),
        ReaderCommand::Images(path) => state.reader_studies.form.draft.images = Some(path),
        ReaderCommand::Cancel => cancel(state),
        ReaderCommand::Close => return close(state, now),
        ReaderCommand::EndReveal => {
            state.reader_studies.reveal = None;
            hints::forget(state);
        }
    }
    Vec::new()
}

/// Processes one answer of a thread that works on a reader study.
pub(crate) fn receive(
    state: &mut State,
    id: ReaderStudyId,
    answer: ReaderAnswer,
    now: Instant,
) -> Vec<Effect> {
    let current = state.reader_studies.id == Some(id);
    match answer {
        ReaderAnswer::Judged(count) => {
            if let ReaderActivity::Making { judged, .. } = &mut state.reader_studies.activity
                && current
            {
                *judged = count;
            }
        }
        ReaderAnswer::Counted(origins, material) => {
            // The answer about what is no longer chosen comes too late.
            if let Some((of, counted)) = &mut state.reader_studies.counted
                && *of == origins
            {
                *counted = Some(material);
            }
        }
        ReaderAnswer::Opened(result) if current => return opened(state, result, now),
        ReaderAnswer::Opened(_) => {}
        // A reader who cannot read is told so, whatever is open now.
        ReaderAnswer::Ended(result) => {
            if current {
                state.reader_studies.activity = ReaderActivity::Idle;
            }
            if let Err(error) = result {
                state.say(Severity::Error, error, now);
            }
        }
        ReaderAnswer::ReaderStatus(file, readers) => {
            if let Some(open) = &mut state.reader_studies.open
                && open.file == file
            {
                open.readers = readers;
                forget_taken_slot(&mut state.reader_studies);
                return remember(state);
            }
        }
        ReaderAnswer::Revealed {
            file,
            lesion,
            result,
        } => revealed(state, &file, lesion, result),
        ReaderAnswer::Written { file, what, result } => written(state, &file, what, result, now),
    }
    Vec::new()
}

/// Starts work that opens another reader study, unless something else is in progress.
fn begin(state: &mut State, work: ReaderWork, now: Instant) -> Vec<Effect> {
    if !state.reader_studies.is_idle() {
        state.say(Severity::Warning, text!("readers-under-way"), now);
        return Vec::new();
    }
    if let Some(refused) = state.reader_studies.refused.take() {
        state.take_back(refused);
    }
    let id = ReaderStudyId(state.fresh_id());
    let studies = &mut state.reader_studies;
    studies.id = Some(id);
    studies.activity = match &work {
        ReaderWork::Make { cancel, .. } => ReaderActivity::Making {
            judged: 0,
            cancel: cancel.clone(),
        },
        _ => ReaderActivity::Opening,
    };
    vec![Effect::Reader(id, work)]
}

fn make(state: &mut State, file: PathBuf, now: Instant) -> Vec<Effect> {
    let form = state.reader_studies.form.clone();
    let tray = match form.source {
        Source::Files => Vec::new(),
        Source::Tray => (state.searches.findings.iter())
            .filter(|kept| kept.found.finding.success)
            .map(|kept| (Arc::clone(&kept.found), kept.name.clone()))
            .collect(),
    };
    let ready =
        [ModelSlot::Primary, ModelSlot::Comparison].map(|slot| state.model_of(slot).ready.as_ref());
    let work = ReaderWork::Make {
        file: named(file, "readers"),
        form: Box::new(form),
        tray,
        loaded: ready
            .into_iter()
            .flatten()
            .map(ReadyModel::loaded)
            .collect(),
        cancel: Cancel::default(),
    };
    begin(state, work, now)
}

fn opened(
    state: &mut State,
    result: Result<Box<OpenedReaderStudy>, String>,
    now: Instant,
) -> Vec<Effect> {
    state.reader_studies.activity = ReaderActivity::Idle;
    let opened = match result {
        Ok(opened) => opened,
        Err(error) => {
            // The open one stays open.
            state.reader_studies.refused = Some(state.issue(Severity::Error, error, now));
            return Vec::new();
        }
    };
    let studies = &mut state.reader_studies;
    let stop = Cancel::default();
    if let Some(earlier) = studies.follower.replace(stop.clone()) {
        earlier.request();
    }
    studies.reveal = None;
    studies.report = None;
    let file = opened.file.clone();
    studies.open = Some(*opened);
    let mut effects = remember(state);
    let id = ReaderStudyId(state.fresh_id());
    effects.push(Effect::Reader(id, ReaderWork::Follow { file, stop }));
    effects
}

/// The open reader study is the first one that the page offers at the next start, with what is known about it now.
fn remember(state: &mut State) -> Vec<Effect> {
    let Some(open) = &state.reader_studies.open else {
        return Vec::new();
    };
    let recent = RecentStudy {
        file: open.file.clone(),
        what: Contents::Said(open.summary.clone()),
        progress: StudyProgress::Readers {
            joined: open.readers.len(),
            finished: open.finished(),
            classroom: open.plan.settings.classroom,
        },
    };
    recent.remember(&mut state.reader_studies.recent);
    vec![Effect::Remember(Box::new(state.remembered()))]
}

/// Cancels making a study.
fn cancel(state: &mut State) {
    if let ReaderActivity::Making { cancel, .. } = &state.reader_studies.activity {
        cancel.request();
        state.reader_studies.activity = ReaderActivity::Idle;
        state.reader_studies.id = None;
    }
}

fn read(state: &mut State) -> Vec<Effect> {
    let studies = &mut state.reader_studies;
    let Some(open) = &studies.open else {
        return Vec::new();
    };
    if !studies.is_idle() {
        return Vec::new();
    }
    let work = ReaderWork::Read {
        file: open.file.clone(),
        slot: studies.slot,
    };
    studies.activity = ReaderActivity::Reading;
    // Nobody should read next to the truth.
    studies.reveal = None;
    let id = ReaderStudyId(state.fresh_id());
    state.reader_studies.id = Some(id);
    vec![Effect::Reader(id, work)]
}

/// A slot is chosen for one reader. Once it is taken, the next reader, or one who resumes, is not bound to it.
fn forget_taken_slot(studies: &mut ReaderStudies) {
    let readers = studies.open.iter().flat_map(|open| &open.readers);
    // Files count slots from 0.
    let taken = |slot| {
        readers
            .map(|one| one.reader.slot + 1)
            .any(|taken| taken == slot)
    };
    if studies.slot.is_some_and(taken) {
        studies.slot = None;
    }
}

/// Closes the open reader study. A window in which somebody is reading stays open.
fn close(state: &mut State, now: Instant) -> Vec<Effect> {
    let effects = remember(state);
    let studies = &mut state.reader_studies;
    studies.id = None;
    studies.activity = ReaderActivity::Idle;
    studies.reveal = None;
    studies.report = None;
    if let Some(follower) = studies.follower.take() {
        follower.request();
    }
    if let Some(open) = studies.open.take() {
        let file = open.file.display().to_string();
        state.say(Severity::Note, text!("readers-closed", file = file), now);
    }
    effects
}

/// Work on the file that is open.
fn on_open(state: &mut State, work: impl FnOnce(PathBuf) -> ReaderWork) -> Vec<Effect> {
    let Some(open) = &state.reader_studies.open else {
        return Vec::new();
    };
    let work = work(open.file.clone());
    vec![Effect::Reader(ReaderStudyId(state.fresh_id()), work)]
}

/// Shows the first lesion; if readers have not finished and `anyway` is not set, warns instead.
fn reveal(state: &mut State, anyway: bool) -> Vec<Effect> {
    let studies = &mut state.reader_studies;
    let Some(open) = &studies.open else {
        return Vec::new();
    };
    if open.unfinished() > 0 && !anyway {
        studies.reveal = Some(Reveal::Warned);
        return Vec::new();
    }
    studies.reveal = Some(Reveal::Shown {
        lesions: open.plan.read_lesions(),
        at: 0,
        page: None,
    });
    // Other keys hold there.
    hints::forget(state);
    step(state, 0)
}

/// Goes to another lesion of the reveal.
fn step(state: &mut State, by: i32) -> Vec<Effect> {
    let Some(Reveal::Shown { lesions, at, page }) = &mut state.reader_studies.reveal else {
        return Vec::new();
    };
    let last = lesions.len().saturating_sub(1);
    let to = at.saturating_add_signed(by as isize).min(last);
    // A page that could not be read is tried again.
    if to == *at && matches!(page, Some(Ok(_))) {
        return Vec::new();
    }
    *at = to;
    let Some(lesion) = lesions.get(to).copied() else {
        return Vec::new();
    };
    on_open(state, |file| ReaderWork::Reveal { file, lesion })
}

fn revealed(
    state: &mut State,
    file: &Path,
    lesion: u32,
    result: Result<Box<RevealedLesion>, String>,
) {
    let studies = &mut state.reader_studies;
    let is_open = (studies.open.as_ref()).is_some_and(|open| open.file == file);
    if let Some(Reveal::Shown { lesions, at, page }) = &mut studies.reveal
        // A page that has been passed in the meantime is not shown.
        && is_open
        && lesions.get(*at) == Some(&lesion)
    {
        *page = Some(result.map(Arc::from));
    }
}

fn write(state: &mut State, what: Writing, folder: PathBuf) -> Vec<Effect> {
    let effects = on_open(state, |file| ReaderWork::Write { file, what, folder });
    state.reader_studies.writing += effects.len();
    effects
}

fn written(
    state: &mut State,
    file: &Path,
    what: Writing,
    result: Result<PathBuf, String>,
    now: Instant,
) {
    let studies = &mut state.reader_studies;
    studies.writing = studies.writing.saturating_sub(1);
    let place = match result {
        Ok(place) => place,
        Err(error) => {
            state.say(Severity::Error, error, now);
            return;
        }
    };
    let open = (studies.open.as_ref()).filter(|open| open.file == file);
    let unfinished = open.map_or(0, OpenedReaderStudy::unfinished);
    let is_open = open.is_some();
    let shown = place.display().to_string();
    let mut text = match what {
        Writing::Tables => text!("study-tables-written", folder = shown),
        Writing::Report => text!("study-report-written", page = shown),
    };
    if unfinished > 0 {
        text = format!("{text} {}", text!("readers-reveals-truth"));
    }
    if is_open && what == Writing::Report {
        studies.report = Some(place);
    }
    state.say(Severity::Note, text, now);
}

fn copy_protocol(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(open) = &state.reader_studies.open else {
        return Vec::new();
    };
    let text = open.protocol.to_string();
    state.say(Severity::Note, text!("readers-protocol-copied"), now);
    vec![Effect::Copy(text)]
}
