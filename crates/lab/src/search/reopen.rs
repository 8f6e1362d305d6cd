//! The outcome of a search again, from what was kept of it: its finding, and its original frame as PNG.

use super::finding::Finding;
use super::judge::Judged;
use super::run::SearchOutcome;
use flipscope_image::lesion::{Frame, LesionError};
use flipscope_image::perturb::{self, PerturbationError};
use flipscope_language::{as_text, text};
use flipscope_model::Verdict;

/// Why a kept finding has no pictures.
#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    /// The PNG is not a frame.
    #[error("{}", text!("finding-original-unreadable", what = as_text(.0)))]
    Frame(#[from] LesionError),
    /// It is a frame, but another one.
    #[error("{}", text!("finding-original-differs"))]
    OtherFrame,
    /// A perturbation that no frame can have.
    #[error(transparent)]
    Perturbation(#[from] PerturbationError),
    /// Rendered again, the altered frame is another one.
    #[error("{}", text!("finding-altered-differs"))]
    OtherAltered,
    /// The altered frame cannot be encoded.
    #[error("{}", text!("finding-altered-unwritable", what = as_text(.0)))]
    Png(std::io::Error),
}

impl SearchOutcome {
    /// Renders the altered frame again; the verdicts are those of the finding.
    ///
    /// # Errors
    /// If the PNG is not the finding's original frame, or the altered frame is no longer the one that was judged.
    pub fn reopen(finding: Finding, original: Vec<u8>) -> Result<Self, ReopenError> {
        let frame = Frame::from_png(&original, &finding.subject.image)?;
        if frame.sha256() != finding.frame_sha256 {
            return Err(ReopenError::OtherFrame);
        }
        let altered = perturb::apply(&frame, &finding.perturbation)?;
        if altered.sha256() != finding.altered_sha256 {
            return Err(ReopenError::OtherAltered);
        }
        let png = altered.to_png().map_err(ReopenError::Png)?;
        let verdict = |probabilities: &[f32], p_melanoma| Verdict {
            probabilities: probabilities.to_vec(),
            p_melanoma,
        };
        Ok(Self {
            original: Judged {
                frame,
                png: original,
                verdict: verdict(&finding.probabilities_before, finding.p_before),
            },
            altered: Judged {
                frame: altered,
                png,
                verdict: verdict(&finding.probabilities_after, finding.p_after),
            },
            finding,
        })
    }
}
