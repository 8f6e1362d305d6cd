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
    fn fixed(matrix: [f64; 6]) -> Self {
        Self::from_fixed(in_fixed_point(matrix))
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

/// The numbers of Pillow's `affine_fixed`.
fn in_fixed_point([a, b, c, d, e, f]: [f64; 6]) -> [i32; 6] {
    let fix = |v: f64| (v * f64::from(ONE) + 0.5).floor() as i32;
    [
        fix(a),
        fix(b),
        fix(c + a * 0.5 + b * 0.5),
        fix(d),
        fix(e),
        fix(f + d * 0.5 + e * 0.5),
    ]
}

/// The six numbers of 16.16 fixed point that a rotation with nearest sampling has, a, b, c, d, e, f: the pixel in column x and row y
/// reads source x `(c + x·a + y·b) >> 16` and y `(f + x·d + y·e) >> 16`. For angles within ±45°; the same as the tables of
/// [`PoseResampling::new`].
#[must_use]
pub fn rotation_in_fixed_point(degrees: f64) -> [i32; 6] {
    let degrees = degrees.rem_euclid(360.0);
    let matrix = rotation_matrix(degrees);
    let [_, b, _, d, ..] = matrix;
    if degrees == 0.0 || (b == 0.0 && d == 0.0) {
        return [ONE, 0, 0, 0, ONE, 0];
    }
    in_fixed_point(matrix)
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

/// Python's `round(v, 15)` of a sine: to the nearest decimal number of 15 places, then to the nearest f64.
fn round_15(v: f64) -> f64 {
    let scaled = v * 1e15;
    let whole = scaled.round();
    // The product is rounded by at most half of its last place, which decides only where it ends in exactly ½. Below 2^53 the
    // whole number and 1e15 are exact, and so their quotient is the f64 nearest to the decimal number.
    if (scaled - whole).abs() < 0.5 && whole.abs() < 9e15 {
        return whole / 1e15;
    }
    format!("{v:.15}").parse().unwrap_or(v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_as_their_text_is() {
        let by_text = |v: f64| format!("{v:.15}").parse::<f64>().unwrap();
        let mut seen = 0;
        for n in 0..200_000 {
            let v = (f64::from(n) * 7.123e-4).sin() * 10_f64.powi(-(n % 17));
            // Some whose product with 1e15 ends in ½.
            let half = (f64::from(n) + 0.5) / 1e15;
            for v in [v, -v, half, 1.0 - half] {
                assert_eq!(round_15(v).to_bits(), by_text(v).to_bits(), "{v:e}");
                seen += usize::from((v * 1e15).fract().abs() == 0.5);
            }
        }
        assert!(seen > 1000, "{seen}");
        for v in [
            0.0,
            -0.0,
            1.0,
            -1.0,
            4e-16,
            -4e-16,
            5e-16,
            f64::MIN_POSITIVE,
        ] {
            assert_eq!(round_15(v).to_bits(), by_text(v).to_bits(), "{v:e}");
        }
    }

    #[test]
    fn six_numbers_are_those_of_the_tables() {
        for n in -4500..=4500 {
            let degrees = f64::from(n) * 1e-2 + if n % 3 == 0 { 0.0 } else { 3.3e-7 };
            let [a, b, c, d, e, f] = rotation_in_fixed_point(degrees);
            let whole = NearestStep::from_fixed([a, b, c, d, e, f]);
            match pose([0.0; 2], degrees, Sampling::Nearest).rotation {
                Some(Step::Nearest(tables)) => {
                    for (column, row) in [(0, 0), (7, 298), (298, 5), (150, 150)] {
                        let of = |step: &NearestStep| {
                            NearestStep::source(step.columns[column], step.rows[row])
                        };
                        assert_eq!(of(&tables), of(&whole), "{degrees}");
                    }
                }
                none => assert_eq!((none, degrees), (None, 0.0)),
            }
        }
        let tiny = rotation_in_fixed_point(1e-18);
        assert_eq!(tiny, [ONE, 0, 0, 0, ONE, 0]);
    }

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
