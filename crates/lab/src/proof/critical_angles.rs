//! The angles at which a rotation with nearest sampling changes a pixel.
//!
//! Pillow rotates with six numbers of 16.16 fixed point, so the angles between two of their steps give one frame. The steps are
//! walked outward from the unaltered frame; at each of them only the pixels are looked at whose source changes. Frames are told
//! apart by the sum of a hash for every pixel and its colour, which such a change updates.

use std::collections::HashSet;

use super::walk;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, NearestStep, mean_skin, rotation_in_fixed_point};

const SIDE: usize = Frame::SIDE as usize;

/// Pixels around the frame that a rotation by [`LARGEST`] may read, and then some.
const MARGIN: usize = 16;
const WIDE: usize = SIDE + 2 * MARGIN;

/// The largest angle whose frames are enumerated: no pixel then reads from further outside than [`MARGIN`].
pub(super) const LARGEST: f64 = 5.0;

/// a, b, c, d, e, f: the pixel in column x and row y reads source x `(c + x·a + y·b) >> 16` and y `(f + x·d + y·e) >> 16`.
type Fixed = [i32; 6];

/// One angle in degrees for each distinct frame, 0 among them, in rising order.
pub(super) fn angles(frame: &Frame, radius: f64, fill: Fill) -> Vec<f64> {
    let source = Wide::new(frame, fill);
    let (right, left) = rayon::join(|| side(&source, radius), || side(&source, -radius));
    let mut seen = HashSet::from([0_u128]);
    let mut angles = vec![0.0];
    for (angle, hash) in right.into_iter().chain(left) {
        if seen.insert(hash) {
            angles.push(angle);
        }
    }
    angles.sort_by(f64::total_cmp);
    angles
}

/// At most so many angles has any frame.
pub(super) fn most(radius: f64) -> u64 {
    let side = |end: f64| walk::states(0.0, end, &rotation_in_fixed_point, &steps).len() as u64;
    1 + side(radius) + side(-radius)
}

/// How far apart two sets of numbers are, in their last places.
fn steps(a: &Fixed, b: &Fixed) -> u64 {
    a.iter()
        .zip(b)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum()
}

/// The angles on the way to `end` at which the frame changes, with the hash of the frame.
fn side(source: &Wide, end: f64) -> Vec<(f64, u128)> {
    let mut found = Vec::new();
    let (mut at, mut hash) = (rotation_in_fixed_point(0.0), 0_u128);
    for angle in walk::states(0.0, end, &rotation_in_fixed_point, &steps) {
        let next = rotation_in_fixed_point(angle);
        let before = hash;
        source.change(&at, &next, &mut hash);
        if hash != before {
            found.push((angle, hash));
        }
        at = next;
    }
    found
}

/// Slope and beginning of a row on one axis.
type Line = [i32; 2];

/// A frame with its fill around it.
struct Wide(Vec<[u8; 3]>);

impl Wide {
    fn new(frame: &Frame, fill: Fill) -> Self {
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        let last = SIDE as i64 - 1;
        let outside = match fill {
            Fill::MeanSkin => mean_skin(frame),
            Fill::Black | Fill::Edge | Fill::Reflect => [0; 3],
        };
        let fold = |at: usize| {
            let at = at as i64 - MARGIN as i64;
            let folded = match fill {
                Fill::Edge => at.clamp(0, last),
                // The border pixel is repeated.
                Fill::Reflect if at < 0 => -1 - at,
                Fill::Reflect if at > last => 2 * last + 1 - at,
                Fill::Black | Fill::MeanSkin | Fill::Reflect => at,
            };
            (0..=last).contains(&folded).then_some(folded as usize)
        };
        let wide = (0..WIDE).flat_map(|y| (0..WIDE).map(move |x| (x, y)));
        Self(
            wide.map(|(x, y)| match (fold(x), fold(y)) {
                (Some(x), Some(y)) => pixels.get(y * SIDE + x).copied().unwrap_or(outside),
                _ => outside,
            })
            .collect(),
        )
    }

    fn read(&self, x: i32, y: i32) -> [u8; 3] {
        let place = |v: i32| {
            usize::try_from(v + MARGIN as i32)
                .unwrap_or(0)
                .min(WIDE - 1)
        };
        let at = place(y) * WIDE + place(x);
        self.0.get(at).copied().unwrap_or_default()
    }

    /// Updates the hash of a frame for every pixel that reads another source.
    fn change(&self, from: &Fixed, to: &Fixed, hash: &mut u128) {
        let ([a, b, c, d, e, f], [a1, b1, c1, d1, e1, f1]) = (*from, *to);
        for row in 0..SIDE as i32 {
            let (x, x1) = ([a, c + row * b], [a1, c1 + row * b1]);
            let (y, y1) = ([d, f + row * e], [d1, f1 + row * e1]);
            let mut look = |column: i32| {
                let [old, new] = [[x, y], [x1, y1]].map(|axes| axes.map(|line| at(line, column)));
                if old != new {
                    let (was, is) = (self.read(old[0], old[1]), self.read(new[0], new[1]));
                    if was != is {
                        let pixel = (row as u64) << 9 | column as u64;
                        *hash = hash
                            .wrapping_add(mixed(pixel, is))
                            .wrapping_sub(mixed(pixel, was));
                    }
                }
            };
            // A pixel that moves on both axes is looked at once.
            moving(x, x1, &mut look);
            moving(y, y1, &mut |column| {
                if at(x, column) == at(x1, column) {
                    look(column);
                }
            });
        }
    }
}

/// Where the pixel in a column reads on one axis, in whole pixels; a line is its slope and its beginning.
fn at([slope, base]: Line, column: i32) -> i32 {
    (base + column * slope) >> NearestStep::BITS
}

/// The columns of a row whose pixels read another source on one axis, each once. Only the columns are looked at where the line is so
/// close to a whole pixel that the change could cross it: a handful of the 299.
fn moving(from: Line, to: Line, tell: &mut impl FnMut(i32)) {
    if from == to {
        return;
    }
    let (last, pixel) = (SIDE as i32 - 1, 1 << NearestStep::BITS);
    let ([slope, base], [slope1, base1]) = (from, to);
    // No column moves by more than this.
    let most = (base1 - base)
        .abs()
        .max((base1 - base + last * (slope1 - slope)).abs());
    // Whole pixels a column change nothing about what is left over.
    let lean = slope - (slope + pixel / 2).div_euclid(pixel) * pixel;
    let ends = [base, base + last * lean];
    let low = ends[0].min(ends[1]) - most;
    let high = ends[0].max(ends[1]) + most;
    let mut next = 0;
    let crossings = low.div_euclid(pixel)..=high.div_euclid(pixel);
    let count = crossings.clone().count() as i32;
    for nth in 0..count {
        // In the order of the columns, so that each comes once.
        let whole = pixel
            * if lean < 0 {
                crossings.end() - nth
            } else {
                crossings.start() + nth
            };
        // base + column · lean is within `most` of it.
        let (first, end) = match lean.signum() {
            0 if (base - whole).abs() <= most => (0, last),
            0 => continue,
            sign => {
                let near = (whole - base) * sign - most;
                let far = (whole - base) * sign + most;
                (near.div_euclid(lean.abs()), far.div_euclid(lean.abs()) + 1)
            }
        };
        for column in first.max(next)..=end.min(last) {
            if at(from, column) != at(to, column) {
                tell(column);
            }
        }
        next = next.max(end + 1);
    }
}

/// 128 well-mixed bits of a pixel and its colour (`SplitMix64`'s finaliser, twice; Steele et al. 2014, doi
/// 10.1145/2660193.2660195).
fn mixed(pixel: u64, [r, g, b]: [u8; 3]) -> u128 {
    let mix = |mut v: u64| {
        v = (v ^ (v >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        v = (v ^ (v >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        v ^ (v >> 31)
    };
    let key = pixel << 24 | u64::from(u32::from_le_bytes([r, g, b, 0]));
    let low = mix(key.wrapping_add(0x9e37_79b9_7f4a_7c15));
    let high = mix(low.wrapping_add(key).wrapping_add(0x3c6e_f372_fe94_f82a));
    u128::from(high) << 64 | u128::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn the_columns_that_move_are_those_that_a_look_at_each_finds(
            degrees in -5.0..5.0_f64, row in 0..299_i32, apart in 0.0..1e-3_f64, shift in -3..=3_i32,
        ) {
            let line = |degrees: f64, shift: i32, axis: usize| {
                let of = rotation_in_fixed_point(degrees);
                let [slope, by_row, base] = [of[3 * axis], of[3 * axis + 1], of[3 * axis + 2]];
                [slope, base + row * by_row + shift]
            };
            for axis in 0..2 {
                for other in [degrees, degrees + apart] {
                    let (from, to) = (line(degrees, 0, axis), line(other, shift, axis));
                    let mut found = Vec::new();
                    moving(from, to, &mut |column| found.push(column));
                    let all: Vec<i32> = (0..299).filter(|&x| at(from, x) != at(to, x)).collect();
                    prop_assert_eq!(found, all);
                }
            }
        }
    }
}
