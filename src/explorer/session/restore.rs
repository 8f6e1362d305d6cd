//! A session as the state. Its photographs are read by the usual threads; until then they wait with their sliders.

use std::sync::Arc;
use std::time::Instant;

use flipscope_base::text::{self, printable};
use flipscope_image::lesion::synthetic;
use flipscope_image::perturb::Perturbation;
use flipscope_language::text;
use flipscope_model::scheduler::{ModelSlot, PerModel};
use flipscope_model::{DemoModel, ModelSource};

use crate::explorer::apply::{Effect, of_page};
use crate::explorer::batch::counts::Counts;
use crate::explorer::batch::state::Applied;
use crate::explorer::explore::apply::alter::look;
use crate::explorer::explore::apply::library::name_of;
use crate::explorer::explore::apply::models::{load, stop_comparing};
use crate::explorer::explore::apply::requests::ask;
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin, Picture, Requested};
use crate::explorer::explore::table;
use crate::explorer::explore::table::request::LabelsSource;
use crate::explorer::history::{Edit, History};
use crate::explorer::message::Severity;
use crate::explorer::page::Page;
use crate::explorer::readers;
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::search::state::{FindingId, Saved, TrayFinding};
use crate::explorer::search::stopping::cancel_all;
use crate::explorer::session::content::{
    Altered, Session, StoredEdit, StoredLabels, StoredLesion, StoredModel, StoredOrigin,
    StoredPath, StoredSource,
};
use crate::explorer::session::explanations;
use crate::explorer::session::request::Opened;
use crate::explorer::session::state::Stated;
use crate::explorer::state::State;
use crate::explorer::study;
use crate::explorer::study::command::StudyCommand;

/// Names that one message lists; for more it gives the number.
const NAMED: usize = 5;

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
    if !stated.threshold {
        state.threshold = contents.threshold.map(|p| p.clamp(0.0, 1.0));
    }
    if !stated.framing {
        state.framing = contents.framing;
    }
    if !stated.reading {
        state.reading = contents.reading;
    }
    let mut built = Built::new(state, session);
    for &place in &opened.missing {
        built.missing(place);
    }
    let missing: Vec<String> = (opened.missing.iter())
        .filter_map(|&place| Some(built.lesions.get(place)?.shown().into_owned()))
        .collect();
    built.put(state, session);
    tell(state, opened, &missing, now);
    let mut effects = vec![Effect::Appearance(contents.appearance)];
    effects.extend(list(state, session));
    effects.extend(models(state, session, stated, now));
    effects.extend(studies(state, session, now));
    effects.extend(ask(state, now));
    effects
}

/// The list as it was, and its labels, which are read again.
fn list(state: &mut State, session: &Session) -> Vec<Effect> {
    let contents = &session.contents;
    let table = &mut state.table;
    table.chosen = contents.chosen.clone();
    table.grid = contents.grid;
    table.rearranged += 1;
    table.opened = contents.folders.iter().map(StoredPath::path).collect();
    let labels = contents.labels.iter().map(|labels| match labels {
        StoredLabels::Folder(folder) => LabelsSource::Opened(folder.path()),
        StoredLabels::Table(table) => LabelsSource::Table(table.path()),
    });
    table::apply::restore(state, labels.collect())
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

fn tell(state: &mut State, opened: &Opened, missing: &[String], now: Instant) {
    for problem in &opened.problems {
        state.say(Severity::Warning, problem, now);
    }
    if missing.is_empty() {
        return;
    }
    let more = missing.len().saturating_sub(NAMED);
    let names = missing
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let text = match more {
        0 => text!("session-missing", names = names),
        more => text!("session-missing-more", names = names, more = more),
    };
    state.say(Severity::Warning, text, now);
}

/// The lesions and findings of a session, with identifiers of this run.
struct Built {
    lesions: Vec<Lesion>,
    findings: Vec<TrayFinding>,
    perturbations: Vec<Arc<Perturbation>>,
}

impl Built {
    fn new(state: &mut State, session: &Session) -> Self {
        let perturbations = session.perturbations.clone();
        let lesions: Vec<Lesion> = (session.contents.lesions.iter())
            .map(|stored| lesion(LesionId(state.fresh_id()), stored, &perturbations))
            .collect();
        let findings = (session.findings.iter())
            .filter_map(|stored| {
                let lesion = lesions.get(stored.lesion)?;
                Some(TrayFinding {
                    id: FindingId(state.fresh_id()),
                    number: stored.number,
                    lesion: lesion.id,
                    name: lesion.name.clone(),
                    altered: Arc::new(stored.found.altered.frame.clone()),
                    found: Arc::clone(&stored.found),
                    curve: stored.curve.clone(),
                    saved: if stored.exported {
                        Saved::Done
                    } else {
                        Saved::No
                    },
                })
            })
            .collect();
        Self {
            lesions,
            findings,
            perturbations,
        }
    }

    fn missing(&mut self, place: usize) {
        let Some(lesion) = self.lesions.get_mut(place) else {
            return;
        };
        if let Origin::File(path) = &lesion.origin {
            lesion.picture =
                Picture::Failed(text!("session-file-missing", file = text::path(path)));
        }
    }

    fn put(self, state: &mut State, session: &Session) {
        let contents = &session.contents;
        let edits =
            |stored: &[StoredEdit]| stored.iter().filter_map(|one| self.edit(one)).collect();
        state.history = History::of(edits(&contents.done), edits(&contents.undone));
        let id = |place: usize| self.lesions.get(place).map(|lesion| lesion.id);
        state.selected = contents.selected.and_then(id);
        let of_tray = |place: &usize| self.findings.get(*place).cloned();
        state.searches.findings = contents.tray.iter().filter_map(of_tray).collect();
        state.searches.count = contents.found;
        state.batch.applied = contents.applied.as_ref().and_then(|stored| {
            Some(Applied {
                perturbation: Arc::clone(self.perturbations.get(stored.altered)?),
                lesions: stored.lesions.iter().filter_map(|&at| id(at)).collect(),
                asking: stored.asking,
                counts: Counts::default(),
            })
        });
        let of_list = |place: &usize| self.lesions.get(*place).cloned();
        state.lesions = contents.open.iter().filter_map(of_list).collect();
        explanations::restore(state, &contents.explanations, id);
        if state.current().is_none() {
            state.selected = state.lesions.first().map(|lesion| lesion.id);
        }
    }

    fn edit(&self, stored: &StoredEdit) -> Option<Edit> {
        Some(match *stored {
            StoredEdit::Alter {
                lesion,
                before,
                after,
            } => Edit::Alter {
                lesion: self.lesions.get(lesion)?.id,
                before: perturbation(before, &self.perturbations),
                after: perturbation(after, &self.perturbations),
            },
            StoredEdit::AlterMany { ref before, after } => Edit::AlterMany {
                before: (before.iter())
                    .map(|&(place, before)| {
                        let id = self.lesions.get(place)?.id;
                        Some((id, perturbation(before, &self.perturbations)))
                    })
                    .collect::<Option<_>>()?,
                after: perturbation(after, &self.perturbations),
            },
            StoredEdit::DeleteFinding { index, finding } => Edit::DeleteFinding {
                index,
                finding: Box::new(self.findings.get(finding)?.clone()),
            },
            StoredEdit::Close { ref lesions } => {
                let closed = lesions.iter().map(|one| {
                    let lesion = Lesion {
                        perturbation: perturbation(one.altered, &self.perturbations),
                        ..self.lesions.get(one.lesion)?.clone()
                    };
                    Some((one.index, lesion))
                });
                Edit::Close {
                    lesions: closed.collect::<Option<_>>()?,
                }
            }
        })
    }
}

fn lesion(id: LesionId, stored: &StoredLesion, perturbations: &[Arc<Perturbation>]) -> Lesion {
    let (origin, name, unknown) = match &stored.origin {
        StoredOrigin::File(path) => {
            let path = path.path();
            let name = name_of(&path);
            (Origin::File(path), name, None)
        }
        StoredOrigin::Sample(name) => {
            let mut samples = synthetic::samples().iter();
            let index = samples.position(|sample| sample.name == name);
            let unknown = text!("session-no-such-sample", name = printable(name));
            (
                Origin::Sample(index.unwrap_or(usize::MAX)),
                name.clone(),
                index.is_none().then_some(unknown),
            )
        }
    };
    Lesion {
        id,
        origin,
        name,
        picture: unknown.map_or(Picture::Loading, Picture::Failed),
        outdated: false,
        requested: Requested::No,
        sha256: stored.sha256.clone(),
        from_session: true,
        perturbation: perturbation(stored.altered, perturbations),
        answers: PerModel::default(),
    }
}

fn perturbation(place: Altered, perturbations: &[Arc<Perturbation>]) -> Arc<Perturbation> {
    let known = place.and_then(|place| perturbations.get(place));
    known.map_or_else(Arc::default, Arc::clone)
}

/// Loads the models of the session, unless they answer already.
fn models(state: &mut State, session: &Session, stated: Stated, now: Instant) -> Vec<Effect> {
    let contents = &session.contents;
    let device = (contents.device.parse().ok()).filter(|_| !stated.device);
    let moved = device.is_some_and(|device| device != state.device);
    if let Some(device) = device {
        state.device = device;
    }
    state.sessions.expected_models.clear();
    let mut effects = Vec::new();
    // They are about the models of the session, not about one that this command line names.
    let others = contents.overrides != state.overrides && !stated.overrides && !stated.model;
    let mut moved = moved || others;
    if others {
        state.overrides = contents.overrides.clone();
        state.remedy.primary = contents.overrides.remedy;
        effects.push(Effect::Assume(Box::new(contents.overrides.clone())));
    }
    if !stated.overrides && !stated.model {
        moved |= state.remedy.comparison != contents.comparison_remedy;
        state.remedy.comparison = contents.comparison_remedy;
    }
    let primary = (contents.model.as_ref()).filter(|_| !stated.model);
    let primary = primary.and_then(|stored| source(state, stored));
    let wanted = primary.or_else(|| current(state, ModelSlot::Primary));
    if let Some(wanted) = wanted
        && (moved || current(state, ModelSlot::Primary).as_ref() != Some(&wanted))
    {
        effects.extend(load(state, ModelSlot::Primary, wanted));
    }
    let wanted = contents.comparison.as_ref();
    let wanted = wanted.and_then(|stored| source(state, stored));
    let compared = current(state, ModelSlot::Comparison);
    match wanted {
        Some(wanted) if moved || compared.as_ref() != Some(&wanted) => {
            effects.extend(load(state, ModelSlot::Comparison, wanted));
        }
        None if compared.is_some() => effects.extend(stop_comparing(state, now)),
        Some(_) | None => {}
    }
    effects
}

fn current(state: &State, slot: ModelSlot) -> Option<ModelSource> {
    let model = state.model_of(slot);
    let ready = model.ready.as_ref().map(|ready| &ready.source);
    model.loading.as_ref().or(ready).cloned()
}

/// Where a model of the session is; a file is expected to be the one that was loaded then.
fn source(state: &mut State, stored: &StoredModel) -> Option<ModelSource> {
    match &stored.source {
        StoredSource::Embedded(name) => DemoModel::named(name).map(ModelSource::Embedded),
        StoredSource::File(path) => {
            let path = path.path();
            if let Some(sha256) = &stored.sha256 {
                let expected = (path.clone(), sha256.clone());
                state.sessions.expected_models.push(expected);
            }
            Some(ModelSource::File(path))
        }
    }
}

/// A model was loaded: says so if it is not the one that the session was saved with.
pub(crate) fn check_models(state: &mut State, now: Instant) {
    if state.sessions.expected_models.is_empty() {
        return;
    }
    let loaded: Vec<_> = (ModelSlot::ALL.into_iter())
        .filter_map(|slot| state.model_of(slot).ready.as_ref())
        .filter_map(|ready| match &ready.source {
            ModelSource::File(path) => Some((path.clone(), ready.info.sha256.clone())),
            ModelSource::Embedded(_) => None,
        })
        .collect();
    for (path, sha256) in loaded {
        let expected = &mut state.sessions.expected_models;
        let Some(at) = expected.iter().position(|(known, _)| *known == path) else {
            continue;
        };
        let (_, then) = expected.swap_remove(at);
        if then != sha256 {
            let text = text!("session-another-model", file = text::path(&path));
            state.say(Severity::Warning, text, now);
        }
    }
}
