//! When the smallest changes are looked for, and what becomes of what was found.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_base::cancel::Cancel;
use flipscope_lab::explain::figure::{Caption, FileKind};
use flipscope_lab::explain::summary::SummaryRequest;
use flipscope_lab::search::DEFAULT_SEED;
use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::batch::state::SearchRun;
use crate::explorer::explain::apply::caption;
use crate::explorer::explain::request::{Content, ExportOf, NotMade};
use crate::explorer::explain::saving;
use crate::explorer::explore::apply::alter::alter_as_found;
use crate::explorer::message::Severity;
use crate::explorer::model::ModelIdentity;
use crate::explorer::page::Page;
use crate::explorer::state::State;
use crate::explorer::summary::command::SummaryCommand;
use crate::explorer::summary::request::{SummaryAnswer, SummaryWork};
use crate::explorer::summary::state::{About, Kept, SummaryId, Task};
use crate::explorer::wording::in_window;

/// The most pictures of one family, as on the command line.
const BUDGET: usize = 360;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: SummaryCommand, now: Instant) -> Vec<Effect> {
    match command {
        SummaryCommand::Automatic(automatic) => {
            state.summary.automatic = automatic;
            state.summary.failed = None;
            vec![Effect::Remember(Box::new(state.remembered()))]
        }
        SummaryCommand::Apply(family) => {
            let kept = about(state).and_then(|about| state.summary.of(&about).cloned());
            let family = kept
                .as_ref()
                .and_then(|kept| kept.summary.families.get(family));
            let flip = family.and_then(|family| family.flip.as_ref());
            match flip.and_then(|flip| flip.perturbation.clone()) {
                Some(change) => alter_as_found(state, &Arc::new(change), now),
                None => Vec::new(),
            }
        }
        SummaryCommand::AskSave(kind) => {
            let Some(lesion) = state.current() else {
                return Vec::new();
            };
            saving::ask(lesion, ExportOf::Summary, "summary", kind)
        }
        SummaryCommand::Save(kind, path) => save(state, kind, path),
    }
}

/// Processes one answer.
pub(crate) fn receive(state: &mut State, answer: SummaryAnswer, now: Instant) {
    let id = match &answer {
        SummaryAnswer::SoFar(id, _)
        | SummaryAnswer::Progress(id, _)
        | SummaryAnswer::Ended(id, _) => *id,
    };
    let Some(task) = state.summary.task.as_mut().filter(|task| task.id == id) else {
        return;
    };
    let kept = |task: &Task, summary, complete| Kept {
        about: task.about.clone(),
        summary,
        complete,
        caption: task.caption.clone(),
    };
    match answer {
        SummaryAnswer::Progress(_, progress) => {
            let about = task.about.clone();
            let progress = state.summary.progress(&about, progress);
            if let Some(task) = state.summary.task.as_mut() {
                task.progress = progress;
            }
        }
        SummaryAnswer::SoFar(_, summary) => {
            let kept = kept(task, summary, false);
            state.summary.keep(kept);
        }
        SummaryAnswer::Ended(_, result) => {
            let task = state.summary.task.take();
            match (result, task) {
                (Ok(summary), Some(task)) => {
                    let kept = kept(&task, summary, true);
                    let begun = &mut state.summary.begun;
                    begun.retain(|begun| begun.about != task.about);
                    state.summary.keep(kept);
                }
                (Err(NotMade::Failed(why)), Some(task)) => {
                    state.summary.failed = Some(task.about);
                    state.say(Severity::Warning, in_window(&why), now);
                }
                _ => {}
            }
        }
    }
}

/// What a summary of the explored lesion depends on; none as long as it cannot be made.
pub(crate) fn about(state: &State) -> Option<About> {
    let lesion = state.current()?;
    lesion.frame_to_judge()?;
    Some(About {
        lesion: lesion.id,
        frame_sha256: lesion.frame_sha256()?.to_owned(),
        model: ModelIdentity::of_ready(state.model.ready.as_ref()?),
        threshold: state.threshold(),
    })
}

/// How long nothing has to be done on a page until a search begins; none on pages that are not about one lesion.
fn rest(page: Page) -> Option<Duration> {
    match page {
        Page::Explain => Some(Duration::from_millis(800)),
        Page::Explore | Page::Landscape => Some(Duration::from_secs(3)),
        Page::Study | Page::Readers => None,
    }
}

/// A person has asked for something: a search that has not begun waits anew.
pub(crate) fn interrupt_rest(state: &State) {
    if let Some(length) = rest(state.page) {
        state.summary.rest.interrupt(length);
    }
}

/// Begins what is wanted and not under way, and stops what is not wanted any more.
pub(crate) fn settle(state: &mut State) -> Option<Effect> {
    let open = |state: &State, about: &About| state.lesion(about.lesion).is_some();
    let summary = &state.summary;
    let kept = summary.kept.iter().map(|kept| &kept.about);
    let begun = summary.begun.iter().map(|begun| &begun.about);
    if !kept.chain(begun).all(|about| open(state, about)) {
        let lesions: Vec<_> = state.lesions.iter().map(|lesion| lesion.id).collect();
        let kept = &mut state.summary.kept;
        kept.retain(|kept| lesions.contains(&kept.about.lesion));
        let begun = &mut state.summary.begun;
        begun.retain(|begun| lesions.contains(&begun.about.lesion));
    }
    // Searches on many lesions leave no rest of a third of a second between two: it would be at work in each.
    let searching = (state.batch.search.as_ref()).is_some_and(SearchRun::is_under_way);
    let looked_at = rest(state.page).is_some()
        && state.summary.automatic
        && !searching
        && state.selected.is_some_and(|id| !state.presenter.hides(id));
    let wanted = if looked_at { about(state) } else { None };
    let generation = state.model.ready.as_ref().map(|ready| ready.generation);
    if let Some(task) = &state.summary.task {
        if wanted.as_ref() != Some(&task.about) || generation != Some(task.generation) {
            task.cancel.request();
        }
        // Its end is an answer, after which this is decided again.
        return None;
    }
    let wanted = wanted?;
    let known = state.summary.of(&wanted).is_some_and(|kept| kept.complete);
    if known || state.summary.failed.as_ref() == Some(&wanted) {
        return None;
    }
    begin(state, wanted)
}

fn begin(state: &mut State, about: About) -> Option<Effect> {
    let lesion = state.current()?;
    let ready = state.model.ready.as_ref()?;
    let request = SummaryRequest {
        subject: lesion.subject(state.color_handling)?,
        frame: Arc::clone(lesion.frame()?),
        threshold: about.threshold,
        seed: DEFAULT_SEED,
        budget: BUDGET,
    };
    let caption = Caption {
        altered: None,
        ..caption(state, lesion)?
    };
    let (loaded, generation) = (Box::new(ready.loaded()), ready.generation);
    let known = state.summary.of(&about);
    let known = known.map_or_else(Vec::new, |kept| kept.summary.families.clone());
    let memory = state.summary.begin(&about, generation);
    let id = SummaryId(state.fresh_id());
    let cancel = Cancel::default();
    state.summary.task = Some(Task {
        id,
        about,
        generation,
        caption,
        cancel: cancel.clone(),
        progress: [0; 2],
    });
    Some(Effect::Summary(Box::new(SummaryWork {
        id,
        request,
        known,
        memory,
        rest: state.summary.rest.clone(),
        loaded,
        cancel,
    })))
}

fn save(state: &mut State, kind: FileKind, path: PathBuf) -> Vec<Effect> {
    let kept = about(state).and_then(|about| state.summary.of(&about));
    let Some(kept) = kept else {
        return Vec::new();
    };
    let content = Content::Summary {
        summary: Arc::clone(&kept.summary),
        caption: kept.caption.clone(),
    };
    saving::write(state, content, kind, path)
}

/// What stands in the way of a summary, as a sentence.
pub(crate) fn obstacle(state: &State) -> Option<&'static str> {
    about(state).is_none().then(|| text!("summary-obstacle"))
}
