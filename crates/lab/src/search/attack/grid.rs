//! Every pose of a grid (Engstrom et al. 2019): the exhaustive baseline, which a search should not do worse than.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use super::genes::Genes as _;
use super::pose::Pose;
use crate::search::error::SearchError;
use flipscope_image::perturb::Perturbation;

/// All combinations of evenly spaced rotations and shifts within the bounds of a pose attack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grid {
    /// The bounds; its population is not used.
    pub pose: Pose,
    /// Number of rotations.
    pub rotations: usize,
    /// Number of shifts along either axis.
    pub shifts: usize,
}

impl Grid {
    /// The most poses.
    pub const MAX_POSES: usize = 100_000;

    /// MadryLab/spatial-pytorch's 31 × 5 × 5 over the letter's bounds.
    #[must_use]
    pub fn letter() -> Self {
        Self {
            pose: Pose::letter(),
            rotations: 31,
            shifts: 5,
        }
    }

    /// A finer one: 61 × 9 × 9, that is 4,941 poses.
    #[must_use]
    pub fn fine(pose: Pose) -> Self {
        Self {
            pose,
            rotations: 61,
            shifts: 9,
        }
    }

    /// The number of poses.
    #[must_use]
    pub fn count(&self) -> usize {
        (self.rotations)
            .saturating_mul(self.shifts)
            .saturating_mul(self.shifts)
    }

    pub(super) fn validate(&self) -> Result<(), SearchError> {
        self.pose.validate()?;
        if (1..=Self::MAX_POSES).contains(&self.count()) {
            Ok(())
        } else {
            Err(SearchError::Parameter {
                parameter: text!("bound-grid-size"),
                reason: text!("bound-poses"),
            })
        }
    }

    /// Every pose: rotation by rotation, then by shift down, then by shift to the right.
    pub(in crate::search) fn poses(&self) -> Vec<Perturbation> {
        let [low, high] = self.pose.rotate;
        // The end of a full circle is its beginning.
        let circle = high - low >= 360.0;
        let mut poses = Vec::with_capacity(self.count());
        for rotate in spaced([low, high], self.rotations, !circle) {
            for y in spaced(self.pose.shift_y, self.shifts, true) {
                for x in spaced(self.pose.shift_x, self.shifts, true) {
                    poses.push(self.pose.perturbation(&[rotate, x, y]));
                }
            }
        }
        poses
    }
}

/// As `letter`, with the bounds of the default pose attack.
impl Default for Grid {
    fn default() -> Self {
        Self {
            pose: Pose::default(),
            ..Self::letter()
        }
    }
}

/// `count` evenly spaced numbers from the lower bound, up to the upper one if `inclusive`; the middle, if there is only one.
fn spaced([low, high]: [f64; 2], count: usize, inclusive: bool) -> Vec<f64> {
    if count == 1 {
        return vec![f64::midpoint(low, high)];
    }
    let parts = if inclusive { count - 1 } else { count } as f64;
    (0..count)
        .map(|at| low + (high - low) * (at as f64 / parts))
        .collect()
}
