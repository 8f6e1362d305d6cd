//! The lesions, findings and steps of a session with identifiers of this run, as the state has them.

use std::sync::Arc;

use flipscope_base::untrusted::{self, printable};
use flipscope_image::lesion::synthetic;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::Finding;
use flipscope_language::{Language, text};
use flipscope_model::scheduler::PerModel;

use crate::explorer::batch::counts::Counts;
use crate::explorer::batch::state::Applied;
use crate::explorer::explore::apply::list::name_of;
use crate::explorer::explore::file_state::{FileState, Refused};
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin, Picture, Requested};
use crate::explorer::history::{Edit, History};
use crate::explorer::search::state::{FindingId, Saved, TrayFinding};
use crate::explorer::session::content::{Altered, Session, StoredEdit, StoredLesion, StoredOrigin};
use crate::explorer::session::explanations;
use crate::explorer::state::State;

/// The lesions and findings of a session, with identifiers of this run.
pub(super) struct Built {
    pub(super) lesions: Vec<Lesion>,
    findings: Vec<TrayFinding>,
    perturbations: Vec<Arc<Perturbation>>,
}

impl Built {
    pub(super) fn new(state: &mut State, session: &Session) -> Self {
        let perturbations = session.perturbations.clone();
        let mut lesions: Vec<Lesion> = (session.contents.lesions.iter())
            .map(|stored| lesion(LesionId(state.fresh_id()), stored, &perturbations))
            .collect();
        for stored in &session.findings {
            if let Some(lesion) = lesions.get_mut(stored.lesion) {
                name_like_photograph(lesion, &stored.found.finding);
            }
        }
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

    /// A lesion whose photograph is missing; returns it, unless that was said at an earlier start.
    pub(super) fn missing(&mut self, place: usize, language: Language) -> Option<LesionId> {
        let lesion = self.lesions.get_mut(place)?;
        let known = (lesion.refused).is_some_and(|then| then.file == FileState::Missing);
        if let Origin::File(path) = &lesion.origin {
            lesion.picture =
                Picture::Failed(text!("session-file-missing", file = untrusted::path(path)));
            let file = FileState::Missing;
            lesion.refused = Some(Refused { language, file });
            lesion.outdated = false;
        }
        (!known).then_some(lesion.id)
    }

    pub(super) fn put(self, state: &mut State, session: &Session) {
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
            StoredEdit::Close {
                ref lesions,
                ref findings,
            } => {
                let closed = lesions.iter().map(|one| {
                    let lesion = Lesion {
                        perturbation: perturbation(one.altered, &self.perturbations),
                        ..self.lesions.get(one.lesion)?.clone()
                    };
                    Some((one.index, lesion))
                });
                Edit::Close {
                    lesions: closed.collect::<Option<_>>()?,
                    findings: findings
                        .iter()
                        .filter_map(|&(index, at)| Some((index, self.findings.get(at)?.clone())))
                        .collect(),
                }
            }
        })
    }
}

fn lesion(id: LesionId, stored: &StoredLesion, perturbations: &[Arc<Perturbation>]) -> Lesion {
    let mut refused = None;
    let (origin, name, why) = match &stored.origin {
        StoredOrigin::File(path) => {
            let path = path.path();
            let name = name_of(&path);
            refused = stored.refused.as_ref();
            let why = refused.map(|refused| refused.why.clone());
            (Origin::File(path), name, why)
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
        picture: why.map_or(Picture::Loading, Picture::Failed),
        // Nothing tells whether it can be read by now, except reading it.
        outdated: refused.is_some(),
        requested: Requested::No,
        sha256: stored.sha256.clone(),
        from_session: true,
        refused: refused.map(|refused| Refused {
            language: refused.language,
            file: refused.file,
        }),
        perturbation: perturbation(stored.altered, perturbations),
        answers: PerModel::default(),
    }
}

fn perturbation(place: Altered, perturbations: &[Arc<Perturbation>]) -> Arc<Perturbation> {
    let known = place.and_then(|place| perturbations.get(place));
    known.map_or_else(Arc::default, Arc::clone)
}

/// A frame that stands for the photograph of a finding is called like it, as when the finding was opened.
fn name_like_photograph(lesion: &mut Lesion, finding: &Finding) {
    if lesion.name == finding.frame_png {
        lesion.name.clone_from(&finding.subject.image);
    }
}
