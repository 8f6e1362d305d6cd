//! How the two pictures are displayed.

use serde::{Deserialize, Serialize};

use flipscope_image::distance::difference;
use flipscope_language::text;

/// How the two pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Original left, altered right.
    #[default]
    SideBySide,
    /// One picture, original left of a line, altered right of it.
    Wipe,
    /// One picture, original and altered in turn.
    Blink,
    /// The signed difference, times a gain: [`flipscope_image::distance::difference`].
    Difference,
}

impl Layout {
    /// Every layout, in the order of the toolbar and of the keys 1 to 4.
    pub const ALL: [Self; 4] = [Self::SideBySide, Self::Wipe, Self::Blink, Self::Difference];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::SideBySide => text!("view-side-by-side"),
            Self::Wipe => text!("view-wipe"),
            Self::Blink => text!("view-blink"),
            Self::Difference => text!("view-difference"),
        }
    }
}

/// How the pictures are displayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Arrangement of original and altered.
    pub layout: Layout,
    /// Position of the wipe's line, from 0 (left) to 1.
    pub wipe: f32,
    /// Factor of the difference.
    pub difference_gain: f32,
    /// 1 shows the whole frame.
    pub zoom: f32,
    /// Centre of what is shown, in 0..1 of the frame.
    pub centre: [f32; 2],
    /// The photograph's own pixels instead of the 299 × 299 that the network sees.
    pub full_resolution: bool,
    /// Whether the histograms are shown.
    pub histogram: bool,
}

impl View {
    /// The largest zoom; the smallest is 1.
    pub const CLOSEST: f32 = 32.0;
    /// One step of the zoom by keys.
    const STEP: f32 = 1.2;

    /// A step closer, or back, about the centre.
    #[must_use]
    pub fn zoomed(&self, closer: bool) -> Self {
        let factor = if closer { Self::STEP } else { 1.0 / Self::STEP };
        Self {
            zoom: (self.zoom * factor).clamp(1.0, Self::CLOSEST),
            ..self.clone()
        }
    }
}

impl Default for View {
    fn default() -> Self {
        Self {
            layout: Layout::SideBySide,
            wipe: 0.5,
            difference_gain: difference::GAIN,
            zoom: 1.0,
            centre: [0.5, 0.5],
            full_resolution: false,
            histogram: false,
        }
    }
}
