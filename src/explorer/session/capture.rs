//! The state as a session. Nothing large is copied.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use flipscope_image::lesion::synthetic;
use flipscope_image::perturb::Perturbation;
use flipscope_model::ModelSource;

use crate::explorer::batch::state::Applied;
use crate::explorer::explore::file_state::Refused;
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin, Picture};
use crate::explorer::explore::list::request::LabelsSource;
use crate::explorer::history::Edit;
use crate::explorer::model::Model;
use crate::explorer::search::state::{FindingId, Saved, TrayFinding};
use crate::explorer::session::content::{
    Altered, Contents, Session, StoredApplied, StoredClosed, StoredEdit, StoredFinding,
    StoredLabels, StoredLesion, StoredModel, StoredOrigin, StoredPath, StoredRefusal, StoredSource,
    StoredStudyForm,
};
use crate::explorer::session::explanations;
use crate::explorer::session::stored_reader_form::StoredReaderForm;
use crate::explorer::state::State;

/// Everything that is open.
pub fn capture(state: &State) -> Session {
    let mut tables = Tables::default();
    let open: Vec<usize> = (state.lesions.iter())
        .map(|lesion| tables.lesion(lesion))
        .collect();
    let (done, undone) = state.history.steps();
    // Closed lesions are needed by the steps before their closing: they come first.
    for edit in done.iter().chain(undone) {
        if let Edit::Close { lesions, .. } = edit {
            for (_, lesion) in lesions {
                tables.lesion(lesion);
            }
        }
    }
    let tray = (state.searches.findings.iter())
        .filter_map(|kept| tables.finding(kept))
        .collect();
    let done = done.iter().filter_map(|edit| tables.edit(edit)).collect();
    let undone = undone.iter().filter_map(|edit| tables.edit(edit)).collect();
    let applied = (state.batch.applied.as_ref()).and_then(|applied| tables.applied(applied));
    let explanations = explanations::capture(state, &tables.places);
    let contents = Contents {
        appearance: state.appearance,
        page: state.page,
        tool: state.tool,
        view: state.view.clone(),
        model: model(&state.model),
        comparison: model(&state.comparison),
        device: state.device.to_string(),
        threshold: state.threshold,
        framing: state.framing,
        color_handling: state.color_handling,
        form: state.searches.form.clone(),
        selected: (state.selected).and_then(|id| tables.places.get(&id).copied()),
        lesions: tables.lesions,
        open,
        done,
        undone,
        tray,
        found: state.searches.count,
        overrides: state.overrides.clone(),
        comparison_remedy: state.remedy.comparison,
        chosen: state.list.chosen.clone(),
        grid: state.list.grid,
        hides_verdicts: state.presenter.guessing,
        findings_sort: state.batch.sort,
        labels: state.list.labels.iter().map(labels).collect(),
        folders: folders(state),
        study: (state.studies.open.as_ref()).map(|open| StoredPath::new(&open.file)),
        study_form: Some(StoredStudyForm::new(&state.studies.form)),
        reader_study: (state.reader_studies.open.as_ref()).map(|open| StoredPath::new(&open.file)),
        reader_form: Some(StoredReaderForm::new(&state.reader_studies.form)),
        explanations,
        applied,
    };
    Session {
        contents,
        perturbations: tables.perturbations,
        findings: tables.findings,
    }
}

fn labels(source: &LabelsSource) -> StoredLabels {
    match source {
        LabelsSource::Opened(folder) => StoredLabels::Folder(StoredPath::new(folder)),
        LabelsSource::Table(table) => StoredLabels::Table(StoredPath::new(table)),
    }
}

/// What was opened, without the photographs that are in the list.
fn folders(state: &State) -> Vec<StoredPath> {
    let listed: HashSet<&PathBuf> = (state.lesions.iter())
        .filter_map(|lesion| match &lesion.origin {
            Origin::File(path) => Some(path),
            Origin::Sample(_) => None,
        })
        .collect();
    let opened = state.list.opened.iter();
    let folders = opened.filter(|path| !listed.contains(path));
    folders.map(|path| StoredPath::new(path)).collect()
}

/// The tables as far as they are filled, and where in them everything is.
#[derive(Default)]
struct Tables {
    lesions: Vec<StoredLesion>,
    places: HashMap<LesionId, usize>,
    perturbations: Vec<Arc<Perturbation>>,
    altered: HashMap<*const Perturbation, usize>,
    findings: Vec<StoredFinding>,
    found: HashMap<FindingId, usize>,
}

impl Tables {
    fn lesion(&mut self, lesion: &Lesion) -> usize {
        if let Some(&place) = self.places.get(&lesion.id) {
            return place;
        }
        let stored = StoredLesion {
            origin: match &lesion.origin {
                Origin::File(path) => StoredOrigin::File(StoredPath::new(path)),
                Origin::Sample(index) => {
                    let name = synthetic::samples().get(*index).map(|sample| sample.name);
                    StoredOrigin::Sample(name.unwrap_or_default().to_owned())
                }
            },
            sha256: lesion.sha256.clone(),
            altered: self.altered(&lesion.perturbation),
            refused: refusal(lesion),
        };
        let place = self.lesions.len();
        self.lesions.push(stored);
        self.places.insert(lesion.id, place);
        place
    }

    fn altered(&mut self, perturbation: &Arc<Perturbation>) -> Altered {
        if **perturbation == Perturbation::default() {
            return None;
        }
        let perturbations = &mut self.perturbations;
        let place = *self
            .altered
            .entry(Arc::as_ptr(perturbation))
            .or_insert_with(|| {
                perturbations.push(Arc::clone(perturbation));
                perturbations.len() - 1
            });
        Some(place)
    }

    /// None once no lesion has the alteration any more.
    fn applied(&mut self, applied: &Applied) -> Option<StoredApplied> {
        let places = applied.lesions.iter();
        let places = places.filter_map(|id| self.places.get(id).copied());
        let mut lesions: Vec<usize> = places.collect();
        lesions.sort_unstable();
        if lesions.is_empty() {
            return None;
        }
        Some(StoredApplied {
            altered: self.altered(&applied.perturbation)?,
            lesions,
            asking: applied.asking,
        })
    }

    /// None for a finding whose lesion is gone for good.
    fn finding(&mut self, kept: &TrayFinding) -> Option<usize> {
        if let Some(&place) = self.found.get(&kept.id) {
            return Some(place);
        }
        let lesion = *self.places.get(&kept.lesion)?;
        let place = self.findings.len();
        self.findings.push(StoredFinding {
            number: kept.number,
            lesion,
            curve: kept.curve.clone(),
            exported: kept.saved == Saved::Done,
            found: Arc::clone(&kept.found),
        });
        self.found.insert(kept.id, place);
        Some(place)
    }

    /// None for a step about a lesion that is gone for good: it changes nothing.
    fn edit(&mut self, edit: &Edit) -> Option<StoredEdit> {
        Some(match edit {
            Edit::Alter {
                lesion,
                before,
                after,
            } => StoredEdit::Alter {
                lesion: *self.places.get(lesion)?,
                before: self.altered(before),
                after: self.altered(after),
            },
            Edit::AlterMany { before, after } => StoredEdit::AlterMany {
                // A lesion that is gone for good is left out.
                before: (before.iter())
                    .filter_map(|(id, before)| {
                        let place = *self.places.get(id)?;
                        Some((place, self.altered(before)))
                    })
                    .collect(),
                after: self.altered(after),
            },
            Edit::DeleteFinding { index, finding } => StoredEdit::DeleteFinding {
                index: *index,
                finding: self.finding(finding)?,
            },
            Edit::Close { lesions, findings } => StoredEdit::Close {
                lesions: (lesions.iter())
                    .map(|(index, lesion)| StoredClosed {
                        index: *index,
                        lesion: self.lesion(lesion),
                        altered: self.altered(&lesion.perturbation),
                    })
                    .collect(),
                findings: (findings.iter())
                    .filter_map(|(index, kept)| Some((*index, self.finding(kept)?)))
                    .collect(),
            },
        })
    }
}

fn refusal(lesion: &Lesion) -> Option<StoredRefusal> {
    let Picture::Failed(why) = &lesion.picture else {
        return None;
    };
    let Refused { language, file } = lesion.refused?;
    Some(StoredRefusal {
        why: why.clone(),
        language,
        file,
    })
}

/// The model that is being loaded, or else the one that answers.
fn model(model: &Model) -> Option<StoredModel> {
    let ready = model.ready.as_ref();
    let source = (model.loading.as_ref()).or(ready.map(|ready| &ready.source))?;
    let sha256 =
        (ready.filter(|ready| ready.source == *source)).map(|ready| ready.info.sha256.clone());
    Some(StoredModel {
        source: match source {
            ModelSource::Embedded(demo) => StoredSource::Embedded(demo.name().to_owned()),
            ModelSource::File(path) => StoredSource::File(StoredPath::new(path)),
        },
        sha256,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use flipscope_language::Language;

    use super::*;
    use crate::explorer::apply::{apply, receive};
    use crate::explorer::command::Command;
    use crate::explorer::explore::file_state::FileState;
    use crate::explorer::worker::Answer;

    /// The window may be closed before the photograph is read again for its words.
    #[test]
    fn why_a_photograph_could_not_be_read_is_kept_with_the_language_of_its_words() {
        let now = Instant::now();
        let mut state = State::default();
        let listed = Answer::Listed {
            files: vec![PathBuf::from("a.png")],
            problems: Vec::new(),
        };
        receive(&mut state, listed, now);
        let (lesion, color_handling, framing) =
            (state.lesions[0].id, state.color_handling, state.framing());
        let answer = |language: Language, why: &str| Answer::Read {
            lesion,
            color_handling,
            framing,
            refused: Some(Refused {
                language,
                file: FileState::Missing,
            }),
            result: Err(why.to_owned()),
        };
        receive(&mut state, answer(Language::English, "It is damaged."), now);
        let kept = |state: &State| {
            let lesion = &capture(state).contents.lesions[0];
            let refused = lesion.refused.clone().unwrap();
            (refused.language, refused.why)
        };
        let english = (Language::English, "It is damaged.".to_owned());
        assert_eq!(kept(&state), english);
        apply(&mut state, Command::Language(Language::German), now);
        assert_eq!(kept(&state), english);
        // One that was asked for before: the next one follows.
        receive(&mut state, answer(Language::English, "It is damaged."), now);
        assert_eq!(kept(&state), english);
        assert!(state.lesions[0].outdated);
        receive(&mut state, answer(Language::German, "Schade."), now);
        assert_eq!(kept(&state), (Language::German, "Schade.".to_owned()));
        assert!(!state.lesions[0].outdated);
        assert_eq!(state.messages.len(), 1, "it is said once");
    }
}
