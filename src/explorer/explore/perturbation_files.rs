//! The files of this run that hold an alteration: pictures that were saved with what altered them, findings that were exported or
//! opened. `flipscope classify --perturbation` reads them, where flags cannot say what altered a picture.

use std::path::{Path, PathBuf};

use flipscope_image::lesion::hex;
use flipscope_image::perturb::Perturbation;
use sha2::{Digest as _, Sha256};

/// Which file holds which alteration.
#[derive(Clone, Debug, Default)]
pub struct PerturbationFiles {
    /// SHA-256 of an alteration's JSON, as noise is large, and the file.
    files: Vec<(String, PathBuf)>,
}

/// Whether the flags of the command line can say it: there is none for single pixels, and none for noise.
pub(crate) fn has_flags(perturbation: &Perturbation) -> bool {
    let noise = perturbation.noise.as_ref();
    perturbation.pixels.is_empty() && noise.is_none_or(|noise| noise.epsilon() == 0)
}

impl PerturbationFiles {
    /// Takes note of a file that was written or read; whatever the file held before, it no longer does.
    pub(crate) fn note(&mut self, file: &Path, perturbation: &Perturbation) {
        self.files.retain(|(_, known)| known != file);
        if has_flags(perturbation) {
            return;
        }
        if let Some(hash) = hash(perturbation) {
            self.files.push((hash, file.to_owned()));
        }
    }

    /// The newest file that holds this alteration.
    pub fn of(&self, perturbation: &Perturbation) -> Option<&Path> {
        let hash = hash(perturbation)?;
        let mut newest = self.files.iter().rev();
        let found = newest.find(|(known, _)| *known == hash)?;
        Some(&found.1)
    }
}

/// Of its JSON form, as a file has it.
fn hash(perturbation: &Perturbation) -> Option<String> {
    let json = serde_json::to_vec(perturbation).ok()?;
    Some(hex(Sha256::digest(json)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::perturb::PixelEdit;

    #[test]
    fn a_file_is_known_for_what_was_written_into_it_last() {
        let set = |x| Perturbation {
            pixels: vec![PixelEdit {
                x,
                y: 0,
                rgb: [0; 3],
            }],
            ..Perturbation::default()
        };
        let mut files = PerturbationFiles::default();
        let (a, b) = (Path::new("a.json"), Path::new("b.json"));
        files.note(a, &set(1));
        files.note(b, &set(1));
        assert_eq!(files.of(&set(1)), Some(b), "the newest");
        assert_eq!(files.of(&set(2)), None);
        files.note(b, &set(2));
        assert_eq!(files.of(&set(1)), Some(a));
        assert_eq!(files.of(&set(2)), Some(b));
        files.note(b, &Perturbation::default());
        assert_eq!(files.of(&set(2)), None);
    }
}
