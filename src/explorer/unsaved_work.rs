//! What a command would lose: findings that are not saved to a file, and running searches and studies. If it would lose
//! something, the person is asked first.

use std::collections::BTreeSet;
use std::path::Path;

use flipscope_base::untrusted;
use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::command::{Command, RemedyCommand};
use crate::explorer::explore::lesion::{LesionId, name_in_words};
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::readers::state::ReaderActivity;
use crate::explorer::search::state::{
    FindingId, Saved, SearchId, SearchTask, TrayFinding, attack_name,
};
use crate::explorer::session::command::SessionCommand;
use crate::explorer::state::State;
use crate::explorer::study::state::Activity;

/// The most names of one kind that a sentence lists; for more it gives the number.
const NAMED: usize = 4;

/// What a command would lose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnsavedWork {
    /// Findings that are not saved to a file.
    pub findings: Vec<FindingId>,
    /// Searches that are waiting or running.
    pub searches: Vec<SearchId>,
    /// Lesions that wait to be searched.
    pub waiting: Vec<LesionId>,
    /// All of it, one sentence each.
    pub sentences: Vec<String>,
}

/// The part of the state whose losses count for a command.
enum Scope {
    Everything,
    Lesions(BTreeSet<LesionId>),
    Searches,
    /// Another session replaces everything on the page *Explore*.
    Session,
}

impl Scope {
    fn of(command: &Command) -> Option<Self> {
        match command {
            Command::Quit => Some(Self::Everything),
            Command::Close(id) => Some(Self::Lesions(BTreeSet::from([*id]))),
            Command::List(ListCommand::Close(ids)) => {
                Some(Self::Lesions(ids.iter().copied().collect()))
            }
            Command::Session(
                SessionCommand::Open(_)
                | SessionCommand::OpenWith(..)
                | SessionCommand::OpenPrevious,
            ) => Some(Self::Session),
            Command::UseModel(ModelSlot::Primary, _)
            | Command::Remedy(RemedyCommand::Use(ModelSlot::Primary, _))
            | Command::UseDevice(_)
            | Command::SwapModels => Some(Self::Searches),
            _ => None,
        }
    }

    /// Whether a finding is included. Those of a closed lesion were given up when it was closed.
    fn has_finding(&self, state: &State, kept: &TrayFinding) -> bool {
        match self {
            // The session of this run keeps them.
            Self::Everything | Self::Session => {
                !state.sessions.is_kept() && state.lesion(kept.lesion).is_some()
            }
            Self::Lesions(ids) => ids.contains(&kept.lesion),
            Self::Searches => false,
        }
    }

    fn has_search(&self, one: &SearchTask) -> bool {
        match self {
            Self::Everything | Self::Searches | Self::Session => true,
            Self::Lesions(ids) => ids.contains(&one.lesion),
        }
    }

    /// Lesions whose search has not begun.
    fn waiting(&self, state: &State) -> Vec<LesionId> {
        let waiting = state.batch.searching().into_iter();
        let waiting = waiting.flat_map(|run| run.waiting.iter().copied());
        waiting
            .filter(|id| match self {
                Self::Everything | Self::Searches | Self::Session => true,
                Self::Lesions(ids) => ids.contains(id),
            })
            .collect()
    }

    /// Searches on many lesions as one, by what has ended and what has not; others by name.
    fn searches_in_words(&self, state: &State, searches: &[&SearchTask]) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut named: Vec<&SearchTask> = searches.to_vec();
        if let Some(run) = state.batch.searching() {
            let (done, total, left) = (run.done, run.total, run.left());
            match self {
                Self::Lesions(_) => match self.waiting(state).len() {
                    0 => {}
                    waiting => sentences.push(text!("unsaved-waiting", count = waiting)),
                },
                Self::Everything | Self::Session => {
                    named.retain(|one| !run.running.contains(&one.id));
                    let said = text!("unsaved-batch", total = total, done = done, count = left);
                    sentences.push(said);
                }
                Self::Searches => {
                    named.retain(|one| !run.running.contains(&one.id));
                    let said = text!(
                        "unsaved-batch-kept",
                        total = total,
                        done = done,
                        count = left
                    );
                    sentences.push(said);
                }
            }
        }
        if named.is_empty() {
            return sentences;
        }
        let names = named.iter().map(|one| {
            let attack = attack_name(&one.search.attack);
            text!("unsaved-one-search", attack = attack, name = &*one.name)
        });
        let (count, names) = (named.len(), listed(names));
        sentences.push(match self {
            Self::Searches => text!("unsaved-searches-kept", count = count, names = names),
            Self::Everything | Self::Lesions(_) | Self::Session => {
                text!("unsaved-searches", count = count, names = names)
            }
        });
        sentences
    }
}

impl UnsavedWork {
    /// What a command would lose now.
    #[must_use]
    pub fn of(state: &State, command: &Command) -> Self {
        let Some(scope) = Scope::of(command) else {
            return Self::default();
        };
        let findings: Vec<&TrayFinding> = (state.searches.findings.iter())
            .filter(|kept| kept.saved != Saved::Done && scope.has_finding(state, kept))
            .collect();
        let searches: Vec<&SearchTask> = (state.searches.open())
            .filter(|one| scope.has_search(one))
            .collect();
        let mut sentences = Vec::new();
        if !findings.is_empty() {
            let names = findings.iter().map(|kept| {
                text!(
                    "unsaved-one-finding",
                    finding = kept.title(),
                    name = name_in_words(&kept.name)
                )
            });
            sentences.push(text!(
                "unsaved-findings",
                count = findings.len(),
                names = listed(names),
            ));
        }
        sentences.extend(scope.searches_in_words(state, &searches));
        if matches!(scope, Scope::Everything) {
            sentences.extend(work(state));
        }
        Self {
            findings: findings.iter().map(|kept| kept.id).collect(),
            searches: searches.iter().map(|one| one.id).collect(),
            waiting: scope.waiting(state),
            sentences,
        }
    }

    /// Findings that are not saved to a file, and that the session brings back at the next start.
    #[must_use]
    pub fn kept_by_session(state: &State) -> usize {
        if !state.sessions.is_kept() {
            return 0;
        }
        let findings = state.searches.findings.iter();
        let kept = findings
            .filter(|kept| kept.saved != Saved::Done && state.lesion(kept.lesion).is_some());
        kept.count()
    }

    /// Whether nothing would be lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// Whether some of it can be kept by saving findings.
    #[must_use]
    pub fn can_be_saved(&self, command: &Command) -> bool {
        let kept_anyway = matches!(Scope::of(command), Some(Scope::Searches) | None);
        let nothing = self.findings.is_empty() && self.searches.is_empty();
        !kept_anyway && !nothing
    }
}

/// A proof under way, and studies that are being made, run or exported.
fn work(state: &State) -> Vec<String> {
    let mut sentences = Vec::new();
    let file = |path: &Path| untrusted::path(Path::new(path.file_name().unwrap_or_default()));
    if let Some(task) = &state.proofs.task {
        let judged = task.progress.map_or(0, |told| told.judged);
        sentences.push(text!("unsaved-proof", name = &*task.name, judged = judged));
    }
    let studies = &state.studies;
    match &studies.activity {
        Activity::Running { .. } => {
            let name = studies.open.as_ref().map(|open| file(&open.file));
            sentences.push(text!("unsaved-study", name = name.unwrap_or_default()));
        }
        Activity::Making { .. } => {
            sentences.push(text!("unsaved-making-study").to_owned());
        }
        Activity::Idle | Activity::Opening => {}
    }
    let readers = &state.reader_studies;
    if let ReaderActivity::Making { .. } = readers.activity {
        sentences.push(text!("unsaved-making-readers").to_owned());
    }
    if state.batch.export.is_some() || state.batch.writing + state.figures.drawing > 0 {
        sentences.push(text!("unsaved-exporting").to_owned());
    }
    if studies.writing + readers.writing > 0 {
        sentences.push(text!("unsaved-writing").to_owned());
    }
    sentences
}

/// The first few names, and how many more there are.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let names: Vec<String> = names.take(NAMED).collect();
    let names = names.join(", ");
    match more {
        0 => names,
        _ => text!("unsaved-more", names = names, count = more),
    }
}
