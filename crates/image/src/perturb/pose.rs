//! The pose as Pillow resamples it: which source position each output pixel reads.
//!
//! Follows Pillow 13 (`Image.rotate`, `src/libImaging/Geometry.c`), whose paths differ in their rounding: a matrix without
//! shear uses running sums in double precision, any other uses 16.16 fixed point, whole quarter turns are transpositions, and
//! bilinear sampling uses doubles throughout. Every nearest path is a sum of one term per column and one per row, so all of
//! them are stored as two integer tables, which the preview reads unchanged.
//!
//! Coordinates: source x grows right and y down; pixel (0, 0) covers [0, 1) × [0, 1).

use super::perturbation::{Perturbation, Sampling};
use crate::lesion::Frame;

/// Side of a frame in pixels.
const SIDE: i32 = Frame::SIDE as i32;
/// One pixel in 16.16 fixed point.
const ONE: i32 = 1 << NearestStep::BITS;

/// Nearest sampling: the pixel in column x and row y reads the source pixel `(columns[x] + rows[y]) >> 16`, for both axes;
/// where that is outside the frame, the fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestStep {
    /// For each output column, its part of source x and of source y, in 16.16 fixed point.
    pub columns: Vec<[i32; 2]>,
    /// For each output row, its part of source x and of source y, in 16.16 fixed point.
    pub rows: Vec<[i32; 2]>,
}

/// Bilinear sampling: the pixel in column x and row y reads around `(a·(x+½) + b·(y+½) + c, d·(x+½) + e·(y+½) + f)`.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearStep {
    /// a, b, c, d, e, f.
    pub matrix: [f64; 6],
}

/// One resampling.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Reads one pixel. Quarter turns are of this kind with either sampling.
    Nearest(NearestStep),
    /// Mixes four pixels.
    Linear(LinearStep),
}

/// The pose of a perturbation: a resampling for the shift, then one for the rotation; `None` if there is nothing to move.
#[derive(Clone, Debug, PartialEq)]
pub struct PoseResampling {
    /// The shift.
    pub shift: Option<Step>,
    /// The rotation, of the shifted frame.
    pub rotation: Option<Step>,
}

impl NearestStep {
    /// Binary places of the tables.
    pub const BITS: u32 = 16;

    /// The source pixel of an output pixel, by its column's and row's table entries. May lie outside the frame.
    #[must_use]
    pub fn source(column: [i32; 2], row: [i32; 2]) -> [i32; 2] {
        let [cx, cy] = column;
        let [rx, ry] = row;
        [(cx + rx) >> Self::BITS, (cy + ry) >> Self::BITS]
    }

    /// Pillow's `ImagingScaleAffine`: no shear, running sums in double precision.
    fn scale([a, _, c, _, e, f]: [f64; 6]) -> Self {
        let table = |scale: f64, start: f64| {
            let mut at = start + scale * 0.5;
            (0..SIDE).map(move |_| {
                let entry = at.floor() as i32 * ONE;
                at += scale;
                entry
            })
        };
        Self {
            columns: table(a, c).map(|x| [x, 0]).collect(),
            rows: table(e, f).map(|y| [0, y]).collect(),
        }
    }

    /// Pillow's `affine_fixed`: 16.16 fixed point.
    fn fixed([a, b, c, d, e, f]: [f64; 6]) -> Self {
        let fix = |v: f64| (v * f64::from(ONE) + 0.5).floor() as i32;
        Self::from_fixed([
            fix(a),
            fix(b),
            fix(c + a * 0.5 + b * 0.5),
            fix(d),
            fix(e),
            fix(f + d * 0.5 + e * 0.5),
        ])
    }

    fn from_fixed([a, b, c, d, e, f]: [i32; 6]) -> Self {
        Self {
            columns: (0..SIDE).map(|x| [x * a, x * d]).collect(),
            rows: (0..SIDE).map(|y| [c + y * b, f + y * e]).collect(),
        }
    }

    /// Pillow's transpositions: a counter-clockwise rotation by one, two or three quarters of a turn.
    fn quarter_turns(quarters: u8) -> Self {
        let last = (SIDE - 1) * ONE;
        Self::from_fixed(match quarters {
            1 => [0, -ONE, last, ONE, 0, 0],
            2 => [-ONE, 0, last, 0, -ONE, last],
            _ => [0, ONE, 0, -ONE, 0, last],
        })
    }
}

impl LinearStep {
    /// The source position of an output pixel.
    #[must_use]
    pub fn source(&self, x: u32, y: u32) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.matrix;
        let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        [a * x + b * y + c, d * x + e * y + f]
    }
}

impl Step {
    /// Pillow's `ImagingTransformAffine`.
    fn affine(matrix: [f64; 6], sampling: Sampling) -> Self {
        let [_, b, _, d, ..] = matrix;
        match sampling {
            Sampling::Bilinear => Self::Linear(LinearStep { matrix }),
            Sampling::Nearest if b == 0.0 && d == 0.0 => Self::Nearest(NearestStep::scale(matrix)),
            // Pillow's range check for fixed point always holds: a rotated frame stays within ±600 pixels.
            Sampling::Nearest => Self::Nearest(NearestStep::fixed(matrix)),
        }
    }
}

impl PoseResampling {
    /// The pose of a perturbation that [`Perturbation::validate`] accepts.
    #[must_use]
    pub fn new(p: &Perturbation) -> Self {
        let [x, y] = p.shift;
        let shift =
            (x != 0.0 || y != 0.0).then(|| Step::affine([1.0, 0.0, -x, 0.0, 1.0, -y], p.sampling));
        let rotation = (p.rotate != 0.0)
            .then(|| rotation(p.rotate, p.sampling))
            .flatten();
        Self { shift, rotation }
    }

    /// The existing steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.shift.iter().chain(&self.rotation)
    }
}

/// Pillow's `Image.rotate` of a square.
fn rotation(degrees: f64, sampling: Sampling) -> Option<Step> {
    // As Python's %: with the sign of the divisor. A tiny negative angle gives 360 itself, which goes through the matrix below.
    let degrees = degrees.rem_euclid(360.0);
    let quarters = [(90.0, 1), (180.0, 2), (270.0, 3)];
    if degrees == 0.0 {
        return None;
    }
    if let Some((_, quarters)) = quarters.into_iter().find(|&(angle, _)| degrees == angle) {
        return Some(Step::Nearest(NearestStep::quarter_turns(quarters)));
    }
    Some(Step::affine(rotation_matrix(degrees), sampling))
}

/// The rotation as Pillow writes it: `[a, b, c, d, e, f]` maps the position (x, y) of the rotated frame to the position `(a·x +
/// b·y + c, d·x + e·y + f)` that it shows. Degrees counter-clockwise, in 0..=360 as [`PoseResampling::new`] passes them.
#[must_use]
pub fn rotation_matrix(degrees: f64) -> [f64; 6] {
    let angle = -(degrees * (std::f64::consts::PI / 180.0));
    let (cos, sin) = (round_15(angle.cos()), round_15(angle.sin()));
    let minus_sin = round_15(-angle.sin());
    let centre = f64::from(Frame::SIDE) / 2.0;
    let x = cos * -centre + sin * -centre + 0.0 + centre;
    let y = minus_sin * -centre + cos * -centre + 0.0 + centre;
    [cos, sin, x, minus_sin, cos, y]
}

/// Python's `round(v, 15)`: to the nearest decimal number of 15 places, then to the nearest f64. (A multiplication by 1e15
/// would round twice.)
fn round_15(v: f64) -> f64 {
    format!("{v:.15}").parse().unwrap_or(v)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pose(shift: [f64; 2], rotate: f64, sampling: Sampling) -> PoseResampling {
        PoseResampling::new(&Perturbation {
            shift,
            rotate,
            sampling,
            ..Default::default()
        })
    }

    #[test]
    fn whole_turns_and_no_shift_are_no_step() {
        for sampling in Sampling::ALL {
            for rotate in [0.0, -0.0, 360.0, -720.0] {
                assert_eq!(pose([0.0, -0.0], rotate, sampling).steps().count(), 0);
            }
            assert_eq!(pose([0.0, 1.0], 450.0, sampling).steps().count(), 2);
        }
    }

    #[test]
    fn quarter_turns_are_transpositions_under_either_sampling() {
        for sampling in Sampling::ALL {
            for rotate in [90.0, 180.0, 270.0, -90.0, 810.0] {
                let pose = pose([0.0; 2], rotate, sampling);
                assert!(
                    matches!(pose.rotation, Some(Step::Nearest(_))),
                    "{rotate} {sampling}"
                );
            }
        }
    }

    #[test]
    fn a_shift_by_half_a_pixel_rounds_as_pillow() {
        // Content moves right by ½: column 0 reads position 0.0 and so column 0; left by ½: it reads 1.0 and so column 1.
        for (x, first) in [(0.5, 0), (-0.5, 1), (0.500_001, -1), (-1.0, 1), (-0.499, 0)] {
            let Some(Step::Nearest(step)) = pose([x, 0.0], 0.0, Sampling::Nearest).shift else {
                panic!("nearest expected");
            };
            assert_eq!(
                NearestStep::source(step.columns[0], step.rows[0]),
                [first, 0],
                "{x}"
            );
        }
    }
}
