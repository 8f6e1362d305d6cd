//! The checkpoint of the best epoch, and its hash in the state: the two match whenever the program is ended, and a damaged
//! checkpoint is not taken for the best.
//!
//! A new best checkpoint is first written under a temporary name; then the state, which holds its hash; then it is renamed. A
//! kill in between leaves the old pair, or a state whose checkpoint still has its temporary name; [`settle`] then renames it.

use std::fs;
use std::io::{self, BufRead as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::TrainError;
use super::progress::Progress;
use flipscope_base::atomic::sync_folder;
use flipscope_base::read;
use flipscope_base::system::in_words;
use flipscope_image::lesion::hex;
use flipscope_model::Tensors;

/// The file of the best checkpoint.
pub(super) const BEST: &str = "best.safetensors";
/// The temporary name, until the state has its hash.
pub(super) const NEXT: &str = "best.next.safetensors";

/// Writes the checkpoint of a new best epoch under its temporary name, and returns its hash.
pub(super) fn write(out: &Path, checkpoint: &Tensors) -> Result<String, TrainError> {
    let file = out.join(NEXT);
    checkpoint.write(&file)?;
    hash(&file).map_err(|source| TrainError::Io { file, source })
}

/// Renames a new best checkpoint; the state that holds its hash has been written.
pub(super) fn put(out: &Path) -> Result<(), TrainError> {
    let (next, best) = (out.join(NEXT), out.join(BEST));
    if !next.exists() {
        return Ok(());
    }
    let renamed = fs::rename(&next, &best).and_then(|()| sync_folder(out));
    renamed.map_err(|source| TrainError::Io {
        file: best,
        source: in_words(source),
    })
}

/// Finishes what a kill has interrupted, and checks that the best checkpoint matches the state.
pub(super) fn settle(out: &Path, progress: &Progress) -> Result<(), TrainError> {
    let next = out.join(NEXT);
    if next.exists() {
        let failed = |source| TrainError::Io {
            file: next.clone(),
            source: in_words(source),
        };
        if progress.best_sha256.as_ref() == Some(&hash(&next).map_err(failed)?) {
            put(out)?;
        } else {
            // From an epoch that is not in the state and will be done again.
            fs::remove_file(&next).map_err(failed)?;
        }
    }
    let Some(wanted) = &progress.best_sha256 else {
        return Ok(());
    };
    let file = out.join(BEST);
    let refuse = |file: PathBuf, what: &str| {
        Err(TrainError::State {
            file,
            reason: format!("{what}: restore a copy of it, or start again in another folder"),
        })
    };
    match hash(&file) {
        Ok(found) if found == *wanted => Ok(()),
        Ok(_) => refuse(
            file,
            "it is damaged, or not the best checkpoint of this training (its hash differs from the one in the state)",
        ),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            refuse(file, "the best checkpoint of this training is missing")
        }
        Err(source) => Err(TrainError::Io { file, source }),
    }
}

fn hash(file: &Path) -> io::Result<String> {
    let mut file = io::BufReader::with_capacity(1 << 20, read::open_regular(file)?);
    let mut hash = Sha256::new();
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok(hex(hash.finalize()));
        }
        hash.update(part);
        let read = part.len();
        file.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::{Provenance, Recipe, RecipePreset};

    fn recipe() -> Recipe {
        RecipePreset::Default.recipe("inception-v3")
    }

    fn checkpoint(word: &str) -> Tensors {
        Tensors {
            metadata: [("epoch".to_owned(), word.to_owned())].into(),
            tensors: [].into(),
        }
    }

    #[test]
    fn a_kill_at_any_point_leaves_a_pair_that_fits() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let mut state = Progress::new(recipe(), String::new(), Provenance::default());
        settle(out, &state).unwrap();
        state.best_sha256 = Some(write(out, &checkpoint("1")).unwrap());
        // Killed before the state was written: the epoch is not in the state.
        let before = Progress::new(recipe(), String::new(), Provenance::default());
        settle(out, &before).unwrap();
        assert!(!out.join(NEXT).exists() && !out.join(BEST).exists());
        // Killed after it.
        write(out, &checkpoint("1")).unwrap();
        settle(out, &state).unwrap();
        assert!(!out.join(NEXT).exists() && out.join(BEST).exists());
        settle(out, &state).unwrap();
        // Killed while writing a better one.
        write(out, &checkpoint("2")).unwrap();
        settle(out, &state).unwrap();
        assert!(!out.join(NEXT).exists());
    }

    #[test]
    fn a_damaged_or_missing_best_checkpoint_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let mut state = Progress::new(recipe(), String::new(), Provenance::default());
        state.best_sha256 = Some(write(out, &checkpoint("1")).unwrap());
        put(out).unwrap();
        let best = out.join(BEST);
        let bytes = fs::read(&best).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            fs::write(&best, changed).unwrap();
            let error = settle(out, &state).unwrap_err().to_string();
            assert!(
                error.contains("best.safetensors") && error.contains("damaged"),
                "{error}"
            );
        }
        fs::remove_file(&best).unwrap();
        let error = settle(out, &state).unwrap_err().to_string();
        assert!(error.contains("is missing"), "{error}");
        // A state of an older version has no hash.
        state.best_sha256 = None;
        settle(out, &state).unwrap();
    }
}
