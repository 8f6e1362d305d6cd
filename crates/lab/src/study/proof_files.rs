//! The records of a study's proofs as files that `flipscope replay` checks: each with the unaltered frame, which is made from its
//! photograph again, since a study holds no pictures.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::error::StudyError;
use super::plan::{Job, Plan};
use super::run::{Places, Settings};
use super::store::Store;
use crate::proof::save;
use crate::proof::save::SaveProofError;
use flipscope_base::overwrite::Overwrite;
use flipscope_base::system::in_words;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// The records.
    pub files: Vec<PathBuf>,
    /// One sentence for each whose photograph cannot be read, or has changed.
    pub problems: Vec<String>,
}

/// Writes the records of all proofs into a folder, which is created: a folder in it for each job and model.
///
/// # Errors
/// If results are damaged; if a file cannot be read or written.
pub fn write(
    store: &Store,
    folder: &Path,
    settings: &Settings,
    overwrite: &Overwrite,
) -> Result<Records, StudyError> {
    let plan = store.plan()?;
    store.check(&plan)?;
    let places = Places::new(&plan, settings, Some(store))?;
    let mut written = Records::default();
    for (model, number) in plan.models.iter().zip(0_u32..) {
        for (job, at) in plan.jobs.iter().zip(0_u32..) {
            let Job::Proof(job) = job else { continue };
            let own = folder.join(format!("job-{}-model-{}", at + 1, number + 1));
            let mut names = HashSet::new();
            for (place, proof) in store.proofs(at, number)? {
                let image = plan.images.get(place as usize);
                let (Some(record), Some(image)) = (proof.record(), image) else {
                    continue;
                };
                let png = match places.open(&plan, image, model.framing) {
                    Ok(frame) => frame
                        .to_png()
                        .map_err(|error| StudyError::Plan(error.to_string()))?,
                    Err(problem) => {
                        written.problems.push(problem.said);
                        continue;
                    }
                };
                std::fs::create_dir_all(&own).map_err(|source| StudyError::Io {
                    path: own.clone(),
                    source: in_words(source),
                })?;
                let mut name = name_of(&plan, place);
                if !names.insert(name.clone()) {
                    name = format!("{name}-{place}");
                }
                save::save(record, &png, &own, &name, overwrite).map_err(told)?;
                written
                    .files
                    .push(save::path(&own, &name, job.region.kind()));
            }
        }
    }
    Ok(written)
}

/// A picture's file name without its ending.
fn name_of(plan: &Plan, place: u32) -> String {
    let image = plan.images.get(place as usize);
    let stem = image.and_then(|image| image.path.file_stem());
    stem.unwrap_or_default().to_string_lossy().into_owned()
}

fn told(error: SaveProofError) -> StudyError {
    match error {
        SaveProofError::Write { path, source } => StudyError::Io { path, source },
        other => StudyError::Plan(other.to_string()),
    }
}
