//! A few pixels: five genes each, x, y, R, G, B.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use super::early_stop::{EarlyStop, check_stop};
use super::genes::{Genes, letter_settings};
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, PixelEdit};

/// The pixel attack (Su, Vargas and Sakurai 2019, with the letter's number of pixels).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pixels {
    /// The most pixels to set; for the smallest change, how many to begin with.
    pub count: usize,
    /// The population.
    pub evolution: Settings,
    /// When to stop early.
    pub early_stop: EarlyStop,
}

impl Pixels {
    /// The most pixels: with more, a population needs too many evaluations.
    pub const MAX_PIXELS: usize = 32;

    /// The letter's `PixelAttack`: three pixels. (Its bounds reach one pixel outside the frame, where its code fails; here that
    /// is the last pixel. Its first gene is the row, here it is the column: this makes no difference to the search.)
    #[must_use]
    pub fn letter() -> Self {
        Self {
            count: 3,
            evolution: letter_settings(),
            early_stop: EarlyStop::LETTER,
        }
    }

    pub(super) fn validate(&self) -> Result<(), SearchError> {
        if !(1..=Self::MAX_PIXELS).contains(&self.count) {
            return Err(SearchError::Parameter {
                parameter: "count",
                reason: text!("bound-pixel-count"),
            });
        }
        self.evolution.validate(&self.bounds())?;
        check_stop(self.early_stop)
    }

    /// Lower and upper bound of each gene.
    #[must_use]
    pub fn bounds(&self) -> Vec<[f64; 2]> {
        Genes::bounds(self)
    }
}

/// The letter's population; stops after the first population if that is enough.
impl Default for Pixels {
    fn default() -> Self {
        Self {
            early_stop: EarlyStop::DEFAULT,
            ..Self::letter()
        }
    }
}

impl Genes for Pixels {
    fn bounds(&self) -> Vec<[f64; 2]> {
        let (place, value) = ([0.0, f64::from(Frame::SIDE)], [0.0, 255.0]);
        [place, place, value, value, value].repeat(self.count)
    }

    /// No genes leave the picture unchanged: a smaller change is fewer pixels.
    fn identity(&self) -> Vec<f64> {
        Vec::new()
    }

    fn perturbation(&self, genes: &[f64]) -> Perturbation {
        let (pixels, _) = genes.as_chunks::<5>();
        let last = Frame::SIDE - 1;
        Perturbation {
            pixels: (pixels.iter())
                .map(|&[x, y, r, g, b]| PixelEdit {
                    x: (x as u32).min(last),
                    y: (y as u32).min(last),
                    // Truncated, as by the letter's `astype(int)`.
                    rgb: [r as u8, g as u8, b as u8],
                })
                .collect(),
            ..Perturbation::default()
        }
    }
}
