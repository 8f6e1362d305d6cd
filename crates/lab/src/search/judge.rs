//! The judge: whether a perturbation flips the verdict is decided here, and by nothing that a search says.
//!
//! The altered frame is rendered to u8, encoded as PNG, read back, and judged alone.

use super::error::SearchError;
use super::scorer::Scorer;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_model::Verdict;

/// A frame as its PNG holds it, and what the network says of it alone.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The frame, read back from its PNG.
    pub frame: Frame,
    /// The PNG.
    pub png: Vec<u8>,
    /// The verdict of that frame in a batch of one.
    pub verdict: Verdict,
}

/// Renders a perturbation, takes the frame through a PNG, and has it judged alone.
///
/// # Errors
/// If the perturbation means nothing, the network gives no answer, or the PNG does not give the frame back.
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
        return Err(SearchError::Png("its pixels differ".to_owned()));
    }
    let verdict =
        (scorer.verdict(&frame)).map_err(|source| SearchError::Network { source, best: None })?;
    Ok(Judged {
        frame,
        png,
        verdict,
    })
}
