//! Commands about looking at pixels.

/// What a person can ask for about pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureCommand {
    /// Render the explored lesion as its sliders are, for the values under the pointer and the histograms.
    Inspect,
}
