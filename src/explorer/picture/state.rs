//! What is known about the pixels of the explored lesion.

use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;

use crate::explorer::explore::lesion::Lesion;
use crate::explorer::picture::histogram::Histogram;

/// A frame and how it is altered.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The frame.
    pub frame: Arc<Frame>,
    /// What alters it.
    pub perturbation: Arc<Perturbation>,
}

impl Wanted {
    /// What the explored lesion shows.
    pub(crate) fn of(lesion: &Lesion) -> Option<Self> {
        Some(Self {
            frame: Arc::clone(lesion.frame()?),
            perturbation: Arc::clone(&lesion.perturbation),
        })
    }

    /// Whether it is what a lesion shows.
    pub fn is_of(&self, lesion: &Lesion) -> bool {
        let same = |frame: &Arc<Frame>| Arc::ptr_eq(frame, &self.frame);
        lesion.frame().is_some_and(same) && *lesion.perturbation == *self.perturbation
    }
}

/// The pixels of a lesion.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Of what.
    pub of: Wanted,
    /// The original as it is shown, and the altered frame.
    pub frames: [Frame; 2],
    /// Their histograms.
    pub histograms: [Histogram; 2],
}

impl Inspection {
    /// Red, green and blue of the pixel at (x, y), before and after; none outside the frame.
    pub fn at(&self, x: u32, y: u32) -> Option<[[u8; 3]; 2]> {
        let [before, after] = &self.frames;
        Some([before.raster().pixel(x, y)?, after.raster().pixel(x, y)?])
    }
}

/// What was asked for, and the newest that is known.
#[derive(Clone, Debug, Default)]
pub struct Pixels {
    /// What the thread has been asked for.
    pub asked: Option<Wanted>,
    /// What it answered last.
    pub newest: Option<Arc<Inspection>>,
}

impl Pixels {
    /// The pixels of a lesion as it is now, if they are known.
    pub fn of(&self, lesion: &Lesion) -> Option<&Arc<Inspection>> {
        self.newest
            .as_ref()
            .filter(|newest| newest.of.is_of(lesion))
    }

    /// Whether they have yet to be asked for.
    pub(crate) fn is_missing(&self, lesion: &Lesion) -> bool {
        let asked = self.asked.as_ref().is_some_and(|asked| asked.is_of(lesion));
        lesion.frame().is_some() && !asked
    }
}
