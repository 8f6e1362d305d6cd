//! Finds the photographs of a study: at the recorded path, next to the study, in a given folder, or, since the recorded path is relative
//! to a study that may have been moved into a folder below, where it leads from a folder above; the hash decides whether a file is the
//! right one.

use flipscope_language::{as_text, text};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::settings::Settings;
use crate::study::error::StudyError;
use crate::study::plan::{Image, Plan};
use crate::study::store::Store;
use crate::study::store::places::{folder_of, from_above};
use flipscope_base::untrusted;
use flipscope_image::lesion::{self, Frame, Framing};

/// The most trailing folders of the original path that are looked for next to the study too: `data/isic2017/images` as
/// `images`, `isic2017/images` and `data/isic2017/images`.
const DEEPEST: usize = 3;

/// So many photographs are looked for in a folder that is given.
const FEW: usize = 8;

/// Folders that may hold the photographs, the most likely first.
pub(in crate::study) struct Places {
    folders: Vec<PathBuf>,
}

impl Places {
    /// From a plan, its settings, and the file that holds it, if there is one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(in crate::study) fn new(
        plan: &Plan,
        settings: &Settings,
        store: Option<&Store>,
    ) -> Result<Self, StudyError> {
        let mut folders: Vec<PathBuf> = settings.root.iter().cloned().collect();
        folders.extend(store.map(Store::moved).transpose()?.flatten());
        folders.push(plan.root.clone());
        if let Some(beside) = store.and_then(|store| folder_of(store.path()).ok()) {
            let parts: Vec<_> = plan.root.iter().collect();
            for deep in 1..=DEEPEST.min(parts.len()) {
                let last: PathBuf = parts.iter().skip(parts.len() - deep).collect();
                if last.is_relative() {
                    folders.push(beside.join(last));
                }
            }
            folders.extend(from_above(&plan.root, &beside));
            folders.push(beside);
        }
        Ok(Self { folders })
    }

    /// Whether a folder that was given holds one of the photographs: one of the first few, since each that is there is decoded.
    pub(in crate::study) fn holds(plan: &Plan, root: &Path) -> bool {
        let given = Self {
            folders: vec![root.to_owned()],
        };
        let framing = plan.models.first().map(|model| model.framing);
        let mut first = plan.images.iter().take(FEW);
        framing.is_some_and(|framing| first.any(|image| given.open(plan, image, framing).is_ok()))
    }

    /// The frame of a picture, if a file is found that is unchanged since the study was made.
    pub(in crate::study) fn open(
        &self,
        plan: &Plan,
        image: &Image,
        framing: Framing,
    ) -> Result<Frame, Unopened> {
        let (mut problem, mut is_there) = (None, false);
        for folder in &self.folders {
            for path in places_in(folder, image) {
                // The error names the first path, or the first at which there is something.
                let there = path.symlink_metadata();
                let found = there.is_ok();
                if !found && problem.is_some() {
                    continue;
                }
                if there.is_err_and(|error| is_nowhere(&error)) {
                    problem = Some(missing(&path));
                    continue;
                }
                match read(plan, image, &path, framing) {
                    Ok(frame) => return Ok(frame),
                    Err(reason) if found && !is_there => {
                        (problem, is_there) = (Some(reason), true);
                    }
                    Err(reason) => problem = problem.or(Some(reason)),
                }
            }
        }
        let said = problem.unwrap_or_else(|| missing(&image.path));
        Err(Unopened { said, is_there })
    }
}

/// How many photographs of a study have no file in a folder that a person has named. No file is read: whether one is the right one shows
/// when the study is carried out.
#[must_use]
pub fn photographs_not_in(plan: &Plan, root: &Path) -> usize {
    let absent = |image: &&Image| !places_in(root, image).any(|path| path.exists());
    plan.images.iter().filter(absent).count()
}

/// Where a picture may be in a folder: at its path, or at its name alone.
fn places_in(folder: &Path, image: &Image) -> impl Iterator<Item = PathBuf> {
    let below = image.path.as_path();
    let name = image.path.file_name().map(Path::new);
    let name = name.filter(|name| *name != below);
    [Some(below), name]
        .into_iter()
        .flatten()
        .map(|place| folder.join(place))
}

/// Whether an error says that nothing is there; what is out of reach may be there.
fn is_nowhere(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn missing(path: &Path) -> String {
    text!("studies-not-there", path = as_text(&untrusted::path(path)))
}

/// A photograph that gives no frame.
pub(in crate::study) struct Unopened {
    /// Why, in a sentence.
    pub(in crate::study) said: String,
    /// Whether there is a file at all, in any of the places.
    pub(in crate::study) is_there: bool,
}

fn read(plan: &Plan, image: &Image, path: &Path, framing: Framing) -> Result<Frame, String> {
    let (frame, sha256) = lesion::open_with(path, plan.color_handling, |photograph| {
        let sha256 = photograph.source.sha256().map(str::to_owned);
        (framing.apply(&photograph.raster), sha256)
    })
    .map_err(|error| error.to_string())?;
    if sha256.as_ref() != Some(&image.sha256) {
        return Err(text!(
            "studies-not-file-study-made",
            path = as_text(&untrusted::path(path))
        ));
    }
    Ok(frame)
}
