//! Pose: rotation and shift.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use super::early_stop::{EarlyStop, check_stop};
use super::genes::{Genes, letter_settings};
use super::range::{check_range, check_some_vary};
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, Perturbation, Sampling};

/// The rotation and translation attack: three genes, degrees and pixels of the frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pose {
    /// Smallest and largest rotation, degrees counter-clockwise.
    pub rotate: [f64; 2],
    /// Smallest and largest shift to the right, pixels.
    pub shift_x: [f64; 2],
    /// Smallest and largest shift down, pixels.
    pub shift_y: [f64; 2],
    /// How a resampled pixel is read.
    pub sampling: Sampling,
    /// What fills the uncovered area.
    pub fill: Fill,
    /// A circular field of view on the original as well as on the altered frame.
    pub field_of_view: bool,
    /// The population.
    pub evolution: Settings,
    /// When to stop early.
    pub early_stop: EarlyStop,
}

impl Pose {
    /// The letter's `RotationTranslationAttack`: 0 to 360°, 0 to 50 pixels left and up (which is what its code does: −50..0
    /// here), nearest sampling, black corners.
    #[must_use]
    pub fn letter() -> Self {
        Self {
            rotate: [0.0, 360.0],
            shift_x: [-50.0, 0.0],
            shift_y: [-50.0, 0.0],
            sampling: Sampling::Nearest,
            fill: Fill::Black,
            field_of_view: false,
            evolution: letter_settings(),
            early_stop: EarlyStop::LETTER,
        }
    }

    pub(super) fn validate(&self) -> Result<(), SearchError> {
        let turn = Perturbation::MAX_ROTATE;
        check_range(
            "rotate",
            self.rotate,
            [-turn, turn],
            text!("bound-angle-range"),
        )?;
        let shift = [-Perturbation::MAX_SHIFT, Perturbation::MAX_SHIFT];
        let reason = text!("bound-shift-range");
        check_range("shift_x", self.shift_x, shift, reason)?;
        check_range("shift_y", self.shift_y, shift, reason)?;
        check_some_vary(
            "rotate, shift_x, shift_y",
            &self.bounds(),
            text!("bound-pose-empty"),
        )?;
        self.evolution.validate(&self.bounds())?;
        check_stop(self.early_stop)
    }

    /// Lower and upper bound of each gene: rotation, shift x, shift y.
    #[must_use]
    pub fn bounds(&self) -> Vec<[f64; 2]> {
        Genes::bounds(self)
    }

    /// The same, except that a full circle is counted from −180° to 180°, so that small rotations either way are close
    /// together.
    pub(in crate::search) fn around_zero(&self) -> Self {
        let [low, high] = self.rotate;
        Self {
            rotate: if high - low >= 360.0 {
                [-180.0, 180.0]
            } else {
                self.rotate
            },
            ..self.clone()
        }
    }
}

/// The furthest that any point within the frame's inscribed circle moves, in pixels: the shift, and the chord of the rotation.
pub(crate) fn moved(p: &Perturbation) -> f64 {
    let [x, y] = p.shift;
    let turn = p.rotate.rem_euclid(360.0);
    let turn = turn.min(360.0 - turn).to_radians();
    x.hypot(y) + f64::from(Frame::SIDE) * (turn / 2.0).sin()
}

/// What a second photograph of the same lesion could show: shifts in all directions, bilinear sampling, and corners in the
/// colour of the skin rather than black ones, which only the altered frame would have.
impl Default for Pose {
    fn default() -> Self {
        Self {
            rotate: [-180.0, 180.0],
            shift_x: [-50.0, 50.0],
            shift_y: [-50.0, 50.0],
            sampling: Sampling::Bilinear,
            fill: Fill::MeanSkin,
            early_stop: EarlyStop::DEFAULT,
            ..Self::letter()
        }
    }
}

impl Genes for Pose {
    fn bounds(&self) -> Vec<[f64; 2]> {
        vec![self.rotate, self.shift_x, self.shift_y]
    }

    fn identity(&self) -> Vec<f64> {
        vec![0.0; 3]
    }

    fn perturbation(&self, genes: &[f64]) -> Perturbation {
        let mut genes = genes.iter().copied();
        let mut next = || genes.next().unwrap_or(0.0);
        Perturbation {
            rotate: next(),
            shift: [next(), next()],
            sampling: self.sampling,
            fill: self.fill,
            field_of_view: self.field_of_view,
            ..Perturbation::default()
        }
    }
}
