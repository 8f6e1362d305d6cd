//! Making a reader study, from files or from the findings tray; labelled photographs are judged by the model in the window.

use std::path::Path;
use std::sync::Arc;

use flipscope_base::atomic::AtomicFile;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::dataset::DatasetError;
use flipscope_lab::reader::ReaderError;
use flipscope_lab::reader::plan::ReferenceModel;
use flipscope_lab::reader::store::Store;
use flipscope_lab::search::{ScheduledScorer, Scorer as _, SearchOutcome};
use flipscope_language::text;
use flipscope_model::scheduler::{Jobs, Loaded};

use crate::explorer::readers::request::ReaderAnswer;
use crate::explorer::readers::state::{OpenedReaderStudy, ReaderForm, Source};
use crate::explorer::readers::worker::open::open;
use crate::explorer::search::worker;

/// What to make.
pub(super) struct StudyToMake<'a> {
    /// The study's file.
    pub file: &'a Path,
    /// Its form.
    pub form: &'a ReaderForm,
    /// The findings of the tray, with the names of their photographs.
    pub tray: &'a [(Arc<SearchOutcome>, String)],
    /// Models that are loaded.
    pub loaded: &'a [Loaded],
    /// Cancels it.
    pub cancel: &'a Cancel,
}

/// Makes it, and opens it. The tray's findings are written to files for as long as that takes.
pub(super) fn make(
    asked: &StudyToMake<'_>,
    jobs: &Jobs,
    tell: &dyn Fn(ReaderAnswer),
) -> Result<OpenedReaderStudy, String> {
    if asked.form.source == Source::Files {
        return from_files(asked, None, jobs, tell).map_err(|error| error.to_string());
    }
    let failed = |error: &dyn std::fmt::Display| {
        text!("readers-tray-not-written", error = error.to_string())
    };
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    for (found, photograph) in asked.tray {
        let written = worker::write((found, None), folder.path(), photograph);
        written.map_err(|error| failed(&error))?;
    }
    // The user does not know this folder: errors about a finding name only its photograph.
    let within = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
    from_files(asked, Some(folder.path()), jobs, tell)
        .map_err(|error| error.to_string().replace(&within, ""))
}

fn from_files(
    asked: &StudyToMake<'_>,
    tray: Option<&Path>,
    jobs: &Jobs,
    tell: &dyn Fn(ReaderAnswer),
) -> Result<OpenedReaderStudy, ReaderError> {
    let StudyToMake { file, cancel, .. } = *asked;
    if file.exists() {
        return Err(ReaderError::Exists {
            path: file.to_owned(),
        });
    }
    // Found out before the pictures are read.
    AtomicFile::create(file).map_err(|source| ReaderError::Io {
        path: file.to_owned(),
        source,
    })?;
    let mut draft = asked.form.draft.clone();
    if let Some(tray) = tray {
        draft.findings = vec![tray.to_owned()];
    }
    let mut judged = 0;
    let mut judge = |wanted: &ReferenceModel, frame: &Frame| {
        if cancel.is_requested() {
            return Err(DatasetError::Cancelled.into());
        }
        let p_melanoma = judge(jobs, asked.loaded, wanted, frame)?;
        judged += 1;
        tell(ReaderAnswer::Judged(judged));
        Ok(p_melanoma)
    };
    let mut notes = Vec::new();
    let mut made = draft.make(&mut judge, &mut |note| notes.push(note))?;
    if cancel.is_requested() {
        return Err(DatasetError::Cancelled.into());
    }
    Store::create(file, &made)?;
    notes.append(&mut made.problems);
    Ok(OpenedReaderStudy {
        notes,
        ..open(file)?
    })
}

/// P(melanoma) by the loaded model, if it is the required network.
fn judge(
    jobs: &Jobs,
    loaded: &[Loaded],
    wanted: &ReferenceModel,
    frame: &Frame,
) -> Result<f32, ReaderError> {
    let is_it = |one: &&Loaded| wanted.is(&one.info).is_ok();
    let Some(one) = loaded.iter().find(is_it).or_else(|| loaded.first()) else {
        return Err(ReaderError::Plan(text!(
            "readers-no-model",
            name = &*wanted.name
        )));
    };
    wanted.is(&one.info)?;
    let scorer = ScheduledScorer::new(jobs.clone(), one.clone());
    Ok(scorer.verdict(frame)?.p_melanoma)
}
