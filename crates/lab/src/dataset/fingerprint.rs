//! Identifies a picture: the SHA-256 of its file and of its pixels.

use flipscope_language::{current, within};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::error::DatasetError;
use super::example::{Dataset, Example};
use super::problem::Problem;
use flipscope_base::cancel::Cancel;
use flipscope_base::read;
use flipscope_image::lesion::{self, ColorHandling, why_unread};

/// The hashes of a picture, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the file.
    pub file: String,
    /// SHA-256 of width, height (u32, little-endian) and the pixels, upright and in sRGB: the same for two files with the same
    /// picture, whatever their formats.
    pub pixels: String,
}

/// The fingerprints of the labelled examples of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprints {
    /// By id.
    by_id: BTreeMap<String, Fingerprint>,
    /// The pictures that could not be read.
    pub problems: Vec<Problem>,
}

impl Dataset {
    /// Decodes every labelled example, on all cores, and takes its fingerprint.
    ///
    /// `progress` is called, from any thread, with how many of how many are done.
    ///
    /// # Errors
    /// If it is cancelled. Pictures that cannot be read become [`Fingerprints::problems`].
    pub fn fingerprint(
        &self,
        progress: &(dyn Fn(usize, usize) + Sync),
        cancel: &Cancel,
    ) -> Result<Fingerprints, DatasetError> {
        let examples: Vec<&Example> = self.labelled().map(|(example, _)| example).collect();
        let taken = each(&examples, progress, cancel, |example| take(&example.path))?;
        let mut fingerprints = Fingerprints::default();
        for (example, taken) in examples.iter().zip(taken) {
            match taken {
                Ok(fingerprint) => {
                    fingerprints.by_id.insert(example.id.clone(), fingerprint);
                }
                Err(reason) => fingerprints.problems.push(Problem::Unreadable {
                    id: example.id.clone(),
                    reason,
                }),
            }
        }
        Ok(fingerprints)
    }
}

impl Fingerprints {
    /// The fingerprint of an example; none if it could not be read, or has no label.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Fingerprint> {
        self.by_id.get(id)
    }

    /// The ids that share their pixels, in order: one list for each picture that occurs more than once.
    #[must_use]
    pub fn duplicates(&self) -> Vec<Vec<&str>> {
        let mut by_pixels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, fingerprint) in &self.by_id {
            by_pixels
                .entry(&fingerprint.pixels)
                .or_default()
                .push(id.as_str());
        }
        let mut duplicates: Vec<Vec<&str>> = by_pixels
            .into_values()
            .filter(|ids| ids.len() > 1)
            .collect();
        duplicates.sort_unstable();
        duplicates
    }
}

/// SHA-256 of the files of some examples, or why one cannot be read; on all cores.
pub(crate) fn hash_files(
    examples: &[&Example],
    progress: &(dyn Fn(usize, usize) + Sync),
    cancel: &Cancel,
) -> Result<Vec<Result<String, String>>, DatasetError> {
    each(examples, progress, cancel, |example| {
        hash_file(&example.path)
            .map_err(|error| format!("{}: {}", example.path.display(), why_unread(&error)))
    })
}

/// Does the same to every example on all cores, until it is cancelled.
fn each<T: Send>(
    examples: &[&Example],
    progress: &(dyn Fn(usize, usize) + Sync),
    cancel: &Cancel,
    of: impl Fn(&Example) -> T + Sync,
) -> Result<Vec<T>, DatasetError> {
    let done = AtomicUsize::new(0);
    let language = current();
    examples
        .par_iter()
        .map(|example| {
            if cancel.is_requested() {
                return Err(DatasetError::Cancelled);
            }
            let result = within(language, || of(example));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, examples.len());
            Ok(result)
        })
        .collect()
}

fn take(path: &Path) -> Result<Fingerprint, String> {
    lesion::open_with(path, ColorHandling::Converted, |photograph| {
        let raster = &photograph.raster;
        let mut pixels = Sha256::new();
        pixels.update(raster.width().to_le_bytes());
        pixels.update(raster.height().to_le_bytes());
        pixels.update(raster.pixels());
        Fingerprint {
            file: photograph.source.sha256().unwrap_or_default().to_owned(),
            pixels: lesion::hex(pixels.finalize()),
        }
    })
    .map_err(|error| error.to_string())
}

fn hash_file(path: &Path) -> std::io::Result<String> {
    let mut file = read::open_regular(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Ok(lesion::hex(hash.finalize()));
        };
        hash.update(bytes);
    }
}
