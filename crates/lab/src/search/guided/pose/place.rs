//! Where a pose lies, and how much the margins of two poses have in common.
//!
//! A pose is described by what it does to a few areas of the frame: by how much each is moved, as the sampling moves it. Lengths are in
//! pixels of the frame.
//!
//! The constants are those under which margins of the reference model are most likely, rounded, between fits: with nearest sampling, of 12
//! melanomas of ISIC-2017's test part, 1,500 poses of each up to 200 pixels, and of four of them all shifts up to 23 pixels and smaller
//! poses; with bilinear sampling, of 8 melanomas, 800 poses of each.

use flipscope_image::perturb::{Perturbation, Sampling};

/// After so many pixels the network's layers are where they were; after one, so is the bilinear sampling.
const PERIODS: [f64; 6] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
/// The middles of the areas, from the frame's.
const AREAS: [[f64; 2]; 5] = [
    [0.0, 0.0],
    [-90.0, -90.0],
    [-90.0, 90.0],
    [90.0, -90.0],
    [90.0, 90.0],
];
/// Their side.
const SIDE: f64 = 120.0;

/// A pose: how it moves each area.
#[derive(Clone, Debug)]
pub(super) struct Place([Area; AREAS.len()]);

/// How an area is moved.
#[derive(Clone, Copy, Debug)]
struct Area {
    moved: [f64; 2],
    /// For each period, the movement along each axis as a point of a circle.
    phases: [[[f64; 2]; 2]; PERIODS.len()],
}

/// How much the margins of two poses have in common: standard deviations, and the lengths over which they are lost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Covariance {
    /// Of what all poses have in common.
    constant: f64,
    /// Of what changes slowly.
    slow: f64,
    slow_length: f64,
    /// Of what changes with every pixel that is another one.
    rough: f64,
    rough_length: f64,
    /// Of what comes again after each of [`PERIODS`].
    periodic: [f64; PERIODS.len()],
    /// How soon it is another one within a period.
    sharpness: f64,
    /// How far a rotation may move for it to come again.
    turn_length: f64,
    /// How far a shift may move.
    shift_length: f64,
    /// Of what two frames differ in that are all but the same.
    pub(super) noise: f64,
}

const NEAREST: Covariance = Covariance {
    constant: 1.5,
    slow: 0.55,
    slow_length: 22.0,
    rough: 0.31,
    rough_length: 0.1,
    periodic: [0.0, 0.2, 0.29, 0.32, 0.2, 0.2],
    sharpness: 1.25,
    turn_length: 6.5,
    shift_length: 30.0,
    noise: 0.01,
};
const BILINEAR: Covariance = Covariance {
    constant: 2.5,
    slow: 0.65,
    slow_length: 27.0,
    rough: 0.34,
    rough_length: 0.5,
    periodic: [0.22, 0.15, 0.24, 0.34, 0.31, 0.45],
    sharpness: 1.6,
    turn_length: 10.0,
    shift_length: 75.0,
    noise: 0.02,
};

impl Covariance {
    /// That of frames that are sampled so.
    pub(super) fn of(sampling: Sampling) -> Self {
        match sampling {
            Sampling::Nearest => NEAREST,
            Sampling::Bilinear => BILINEAR,
        }
    }

    /// What the margins at two places have in common.
    pub(super) fn between(&self, a: &Place, b: &Place) -> f64 {
        let count = AREAS.len() as f64;
        let (mut near, mut periodic) = (0.0, 0.0);
        let (mut sum, mut squares) = ([0.0; 2], 0.0);
        for (a, b) in a.0.iter().zip(&b.0) {
            let [x, y] = [a.moved[0] - b.moved[0], a.moved[1] - b.moved[1]];
            let squared = x * x + y * y;
            sum = [sum[0] + x, sum[1] + y];
            squares += squared;
            near += (-squared.sqrt() / self.rough_length).exp();
            for (deviation, (a, b)) in self.periodic.iter().zip(a.phases.iter().zip(&b.phases)) {
                // Of both axes together, 2 sin²(π d / period) is 2 − cos − cos.
                let cosines: f64 = (a.iter().zip(b))
                    .map(|([a_x, a_y], [b_x, b_y])| a_x * b_x + a_y * b_y)
                    .sum();
                periodic +=
                    deviation * deviation * ((cosines - 2.0) / self.sharpness.powi(2)).exp();
            }
        }
        // What all areas have in common is a shift; in what they differ, a rotation.
        let shift = (sum[0] * sum[0] + sum[1] * sum[1]) / (count * count);
        let turn = (squares / count - shift).max(0.0);
        let scaled = (5.0 * squares / count).sqrt() / self.slow_length;
        let matern = (1.0 + scaled + scaled * scaled / 3.0) * (-scaled).exp();
        let comes_again =
            (-turn.sqrt() / self.turn_length - shift.sqrt() / self.shift_length).exp();
        self.constant.powi(2)
            + self.slow.powi(2) * matern
            + self.rough.powi(2) * near / count
            + periodic * comes_again / count
    }
}

impl Place {
    /// Where a pose lies.
    pub(super) fn of(p: &Perturbation) -> Self {
        let nearest = p.sampling == Sampling::Nearest;
        // Shift and rotation are two resamplings: nearest sampling shifts by whole pixels.
        let shift = if nearest {
            p.shift.map(f64::round)
        } else {
            p.shift
        };
        let (sine, cosine) = p.rotate.to_radians().sin_cos();
        // By how much the movement differs within an area.
        let spread = SIDE * (sine.abs() + 1.0 - cosine);
        let areas = AREAS.map(|[x, y]| {
            let turned = [
                (cosine - 1.0) * x + sine * y,
                -sine * x + (cosine - 1.0) * y,
            ];
            let [x, y] = turned.map(|moved| {
                if nearest {
                    mean_of_rounded(moved, spread)
                } else {
                    moved
                }
            });
            let [right, down] = shift;
            Area::moved([x + right, y + down])
        });
        Self(areas)
    }
}

impl Area {
    fn moved(moved: [f64; 2]) -> Self {
        let phase = |moved: f64, period: f64| {
            let (sine, cosine) = (std::f64::consts::TAU * moved / period).sin_cos();
            [cosine, sine]
        };
        Self {
            moved,
            phases: PERIODS.map(|period| moved.map(|moved| phase(moved, period))),
        }
    }
}

/// The mean of what rounding makes of numbers that are spread evenly around one.
fn mean_of_rounded(middle: f64, spread: f64) -> f64 {
    // The integral of the rounded number, from 0.
    let integral = |to: f64| {
        let whole = to.round();
        whole * (to - whole / 2.0)
    };
    if spread < 1e-6 {
        return middle.round();
    }
    (integral(middle + spread / 2.0) - integral(middle - spread / 2.0)) / spread
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(rotate: f64, shift: [f64; 2], sampling: Sampling) -> Place {
        Place::of(&Perturbation {
            rotate,
            shift,
            sampling,
            ..Perturbation::default()
        })
    }

    /// The correlation of the margins at two places.
    fn correlation(sampling: Sampling, a: &Place, b: &Place) -> f64 {
        let covariance = Covariance::of(sampling);
        let between = |a: &Place, b: &Place| covariance.between(a, b) - covariance.constant.powi(2);
        between(a, b) / (between(a, a) * between(b, b)).sqrt()
    }

    #[test]
    fn rounded_numbers_are_averaged_over_their_spread() {
        for (middle, spread, mean) in [
            (0.3, 0.2, 0.0),
            (0.3, 0.0, 0.0),
            (0.5, 0.5, 0.5),
            (-0.5, 0.5, -0.5),
            (2.3, 20.0, 2.3),
            (0.4, 0.4, 0.25),
        ] {
            let found = mean_of_rounded(middle, spread);
            assert!((found - mean).abs() < 0.02, "{middle} {spread}: {found}");
        }
    }

    #[test]
    fn what_nearest_sampling_does_not_move_is_the_same_place() {
        let sampling = Sampling::Nearest;
        let origin = place(0.0, [0.0, 0.0], sampling);
        let still = place(0.05, [0.4, -0.4], sampling);
        assert!(correlation(sampling, &origin, &still) > 0.999);
        let moved = place(0.0, [0.6, 0.0], sampling);
        assert!(correlation(sampling, &origin, &moved) < 0.9);
    }

    #[test]
    fn a_margin_comes_again_after_eight_pixels_but_not_after_a_turn() {
        for sampling in [Sampling::Nearest, Sampling::Bilinear] {
            let origin = place(0.0, [0.0, 0.0], sampling);
            let of =
                |rotate, shift| correlation(sampling, &origin, &place(rotate, shift, sampling));
            if sampling == Sampling::Nearest {
                assert!(of(0.0, [8.0, 0.0]) > of(0.0, [7.0, 0.0]) + 0.02);
                assert!(of(0.0, [0.0, 16.0]) > of(0.0, [0.0, 13.0]) + 0.02);
            }
            assert!(of(0.0, [8.0, 0.0]) > of(20.0, [8.0, 0.0]) + 0.2);
            assert!((of(360.0, [0.0, 0.0]) - 1.0).abs() < 1e-9);
        }
    }
}
