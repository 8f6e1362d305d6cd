//! A session as data: everything that is open in the window. Lesions, findings and perturbations are named by their place in its
//! tables, since identifiers are valid only while the program runs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_language::text;
use flipscope_model::{Overrides, Remedy};

use crate::explorer::appearance::Appearance;
use crate::explorer::batch::findings::FindingSort;
use crate::explorer::explore::list::arrange::Chosen;
use crate::explorer::explore::view::View;
use crate::explorer::page::{Page, Tool};
use crate::explorer::search::state::Form;
use crate::explorer::session::readable;
use crate::explorer::session::stored_explanations::StoredExplanations;
use crate::explorer::session::stored_reader_form::StoredReaderForm;

pub use crate::explorer::session::stored::{
    Altered, StoredApplied, StoredClosed, StoredEdit, StoredFinding, StoredLabels, StoredLesion,
    StoredModel, StoredOrigin, StoredPath, StoredRefusal, StoredSource, StoredStudyForm,
};

/// Everything that is open. Its large parts are shared with the state, so that a copy takes no time; a thread writes it.
#[derive(Clone, Debug)]
pub struct Session {
    /// All but the tables below.
    pub contents: Contents,
    /// The perturbations of sliders and history that alter something.
    pub perturbations: Vec<Arc<Perturbation>>,
    /// The findings of the tray, and deleted ones that undo brings back.
    pub findings: Vec<StoredFinding>,
}

/// What a person would lose with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// Nothing is open, or nothing of it could be read.
    Nothing,
    /// What is open, which can be opened again.
    Opened,
    /// Findings, maps, proofs or altered sliders.
    Work,
}

/// What a session holds besides its tables of perturbations and findings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// The window.
    pub appearance: Appearance,
    /// The open page.
    pub page: Page,
    /// What the right side shows.
    pub tool: Tool,
    /// How the pictures are displayed.
    pub view: View,
    /// The model.
    pub model: Option<StoredModel>,
    /// The one that it is compared with.
    pub comparison: Option<StoredModel>,
    /// Where models are loaded, as on the command line.
    pub device: String,
    /// A threshold set by the user.
    pub threshold: Option<f32>,
    /// A framing set by the user.
    pub framing: Option<Framing>,
    /// How files are read.
    #[serde(rename = "reading")]
    pub color_handling: ColorHandling,
    /// The form for the next search.
    pub form: Form,
    /// The lesions: those that are open, and closed ones that undo brings back.
    pub lesions: Vec<StoredLesion>,
    /// The open ones, in the order of the list.
    pub open: Vec<usize>,
    /// The explored one.
    pub selected: Option<usize>,
    /// Steps that undo takes back, oldest first.
    pub done: Vec<StoredEdit>,
    /// Steps that redo does again; the next one last.
    pub undone: Vec<StoredEdit>,
    /// The findings of the tray, oldest first.
    pub tray: Vec<usize>,
    /// Findings so far, including deleted ones: the next one gets the next number.
    pub found: usize,
    /// What flags of the command line stated about models whose files do not state it.
    #[serde(default)]
    pub overrides: Overrides,
    /// What stands between frames and verdicts of the comparison model.
    #[serde(default, skip_serializing_if = "Remedy::is_none")]
    pub comparison_remedy: Remedy,
    /// Order, filter and search of the list.
    #[serde(default)]
    pub chosen: Chosen,
    /// Whether the list shows thumbnails side by side.
    #[serde(default)]
    pub grid: bool,
    /// Whether presenter mode begins with every verdict hidden.
    #[serde(default)]
    pub hides_verdicts: bool,
    /// The order of the table of findings.
    #[serde(default)]
    pub findings_sort: FindingSort,
    /// Where the labels come from, the newest last.
    #[serde(default)]
    pub labels: Vec<StoredLabels>,
    /// The folders that were opened: labels of another folder are for the photographs in them.
    #[serde(default)]
    pub folders: Vec<StoredPath>,
    /// The open study.
    #[serde(default)]
    pub study: Option<StoredPath>,
    /// The form for the next study; none in older sessions, and where a newer one cannot be read.
    #[serde(default, deserialize_with = "readable::or_default")]
    pub study_form: Option<StoredStudyForm>,
    /// The open reader study.
    #[serde(default)]
    pub reader_study: Option<StoredPath>,
    /// The form for the next reader study; none in older sessions, and where a newer one cannot be read.
    #[serde(default, deserialize_with = "readable::or_default")]
    pub reader_form: Option<StoredReaderForm>,
    /// Maps, landscapes and summaries.
    #[serde(default, deserialize_with = "readable::or_default")]
    pub explanations: StoredExplanations,
    /// The newest alteration that was applied to many lesions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<StoredApplied>,
}

impl Contents {
    /// Every path, except those of photographs.
    pub(super) fn paths_mut(&mut self) -> impl Iterator<Item = &mut StoredPath> {
        let models = [&mut self.model, &mut self.comparison];
        let models = models.into_iter().flatten();
        let models = models.filter_map(|model| match &mut model.source {
            StoredSource::File(path) => Some(path),
            StoredSource::Embedded(_) => None,
        });
        let labels = self.labels.iter_mut().map(|labels| match labels {
            StoredLabels::Folder(path) | StoredLabels::Table(path) => path,
        });
        let study_form = self.study_form.iter_mut();
        let reader_form = self.reader_form.iter_mut();
        let studies = [&mut self.study, &mut self.reader_study];
        (models.chain(labels))
            .chain(self.folders.iter_mut())
            .chain(study_form.flat_map(StoredStudyForm::paths_mut))
            .chain(reader_form.flat_map(StoredReaderForm::paths_mut))
            .chain(studies.into_iter().flatten())
    }
}

impl Session {
    /// The same with paths that are valid from any folder. It asks the system for the current one: not for `apply`.
    #[must_use]
    pub(super) fn whole(mut self) -> Self {
        for lesion in &mut self.contents.lesions {
            if let StoredOrigin::File(path) = &mut lesion.origin {
                *path = path.whole();
            }
        }
        for path in self.contents.paths_mut() {
            *path = path.whole();
        }
        self
    }

    /// Whether there is anything that a person would miss.
    pub fn is_worth_keeping(&self) -> bool {
        let contents = &self.contents;
        let studies = contents.study.is_some() || contents.reader_study.is_some();
        !contents.open.is_empty() || !self.findings.is_empty() || studies
    }

    /// What a person would lose with it.
    pub fn worth(&self) -> Worth {
        let contents = &self.contents;
        let explanations = &contents.explanations;
        let explained = !explanations.maps.is_empty()
            || explanations.landscape.is_some()
            || !explanations.proofs.is_empty();
        // Perturbations are in the table only if sliders or steps of the history have them.
        if !self.findings.is_empty() || !self.perturbations.is_empty() || explained {
            return Worth::Work;
        }
        let readable = |at: &usize| {
            let lesion = contents.lesions.get(*at);
            lesion.is_some_and(|lesion| lesion.sha256.is_some() || lesion.refused.is_none())
        };
        let studies = contents.study.is_some() || contents.reader_study.is_some();
        if studies || contents.open.iter().any(readable) {
            Worth::Opened
        } else {
            Worth::Nothing
        }
    }

    /// Whether every place that is named is there, and every perturbation can be applied; otherwise what is wrong.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub(super) fn check(&self) -> Result<(), String> {
        let contents = &self.contents;
        let (lesions, findings) = (contents.lesions.len(), self.findings.len());
        let lesion = |at: usize| {
            within(at, lesions, || {
                text!("session-names-lesion", at = at, count = lesions)
            })
        };
        let finding = |at: usize| {
            within(at, findings, || {
                text!("session-names-finding", at = at, count = findings)
            })
        };
        let altered = |at: Altered| {
            at.map_or(Ok(()), |at| {
                let count = self.perturbations.len();
                within(at, count, || {
                    text!("session-names-perturbation", at = at, count = count)
                })
            })
        };
        for perturbation in &self.perturbations {
            (perturbation.validate()).map_err(|error| error.to_string())?;
        }
        for one in &contents.lesions {
            altered(one.altered)?;
        }
        for &at in contents.open.iter().chain(&contents.selected) {
            lesion(at)?;
        }
        for edit in contents.done.iter().chain(&contents.undone) {
            match *edit {
                StoredEdit::Alter {
                    lesion: at,
                    before,
                    after,
                } => lesion(at).and(altered(before)).and(altered(after))?,
                StoredEdit::AlterMany { ref before, after } => {
                    altered(after)?;
                    before
                        .iter()
                        .try_for_each(|&(at, before)| lesion(at).and(altered(before)))?;
                }
                StoredEdit::DeleteFinding { finding: at, .. } => finding(at)?,
                StoredEdit::Close {
                    ref lesions,
                    ref findings,
                } => {
                    lesions
                        .iter()
                        .try_for_each(|one| lesion(one.lesion).and(altered(one.altered)))?;
                    findings.iter().try_for_each(|&(_, at)| finding(at))?;
                }
            }
        }
        for &at in &contents.tray {
            finding(at)?;
        }
        if let Some(applied) = &contents.applied {
            altered(Some(applied.altered))?;
            applied.lesions.iter().try_for_each(|&at| lesion(at))?;
        }
        for one in &self.findings {
            lesion(one.lesion)?;
        }
        Ok(())
    }
}

fn within(at: usize, count: usize, why_not: impl FnOnce() -> String) -> Result<(), String> {
    if at < count { Ok(()) } else { Err(why_not()) }
}
