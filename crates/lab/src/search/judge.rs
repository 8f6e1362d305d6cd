//! The judge: whether a perturbation flips the verdict is decided here, and never by a search.
//!
//! The altered frame is rendered to u8, encoded as PNG, read back, and judged in a batch of one.

use super::error::SearchError;
use super::scorer::Scorer;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_language::text;
use flipscope_model::Verdict;

/// A frame as read from its PNG, and the network's verdict on it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The frame, read back from its PNG.
    pub frame: Frame,
    /// The PNG.
    pub png: Vec<u8>,
    /// The verdict of that frame in a batch of one.
    pub verdict: Verdict,
}

/// Renders a perturbation, takes the frame through a PNG, and has it judged in a batch of one.
///
/// # Errors
/// If the perturbation is invalid, the network fails, or the PNG does not reproduce the frame.
pub fn judge(
    scorer: &dyn Scorer,
    frame: &Frame,
    perturbation: &Perturbation,
) -> Result<Judged, SearchError> {
    let rendered = perturb::apply(frame, perturbation)?;
    let png = rendered
        .to_png()
        .map_err(|error| SearchError::Png(error.to_string()))?;
    let frame = Frame::from_png(&png, "the altered frame")
        .map_err(|error| SearchError::Png(error.to_string()))?;
    if frame != rendered {
        return Err(SearchError::Png(text!("replay-pixels-differ").to_owned()));
    }
    let verdict =
        (scorer.verdict(&frame)).map_err(|source| SearchError::Network { source, best: None })?;
    Ok(Judged {
        frame,
        png,
        verdict,
    })
}
