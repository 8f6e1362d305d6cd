//! The angles at which a rotation with nearest sampling changes a pixel.
//!
//! Pillow rotates with six numbers of 16.16 fixed point, so the angles between two of their steps give one frame. The steps are
//! walked outward from the unaltered frame; at each of them only the pixels are looked at whose source changes. Frames are told
//! apart by the sum of a hash for every pixel and its colour, which such a change updates.

use std::collections::HashSet;

use super::walk;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, NearestStep, Perturbation, PoseResampling, Step, mean_skin};

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

/// The angles on the way to `end` at which the frame changes, with the hash of the frame.
fn side(source: &Wide, end: f64) -> Vec<(f64, u128)> {
    let steps = |a: &Fixed, b: &Fixed| -> u64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| u64::from(a.abs_diff(*b)))
            .sum()
    };
    let mut found = Vec::new();
    let (mut at, mut hash) = (fixed(0.0), 0_u128);
    for angle in walk::states(0.0, end, &fixed, &steps) {
        let next = fixed(angle);
        let before = hash;
        source.change(&at, &next, &mut hash);
        if hash != before {
            found.push((angle, hash));
        }
        at = next;
    }
    found
}

/// The numbers of a rotation; those of the identity where there is none.
fn fixed(degrees: f64) -> Fixed {
    let pose = PoseResampling::new(&Perturbation {
        rotate: degrees,
        ..Perturbation::default()
    });
    let Some(Step::Nearest(NearestStep { columns, rows })) = pose.rotation else {
        return [1 << NearestStep::BITS, 0, 0, 0, 1 << NearestStep::BITS, 0];
    };
    let two = |table: &[[i32; 2]]| match *table {
        [first, second, ..] => [first, second],
        _ => [[0; 2]; 2],
    };
    let [[x0, y0], [x1, y1]] = two(&columns);
    let [[r0, s0], [r1, s1]] = two(&rows);
    [x1 - x0, r1 - r0, x0 + r0, y1 - y0, s1 - s0, y0 + s0]
}

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
        let mut xs = [0_i32; SIDE];
        for (x, entry) in (0..).zip(&mut xs) {
            *entry = x;
        }
        let axis_x = [a, b, c] != [a1, b1, c1];
        let axis_y = [d, e, f] != [d1, e1, f1];
        for row in 0..SIDE as i32 {
            let bases = [c + row * b, c1 + row * b1, f + row * e, f1 + row * e1];
            let moves = (axis_x && any_moves(&xs, [a, bases[0]], [a1, bases[1]]))
                || (axis_y && any_moves(&xs, [d, bases[2]], [d1, bases[3]]));
            if !moves {
                continue;
            }
            for x in 0..SIDE as i32 {
                let old = [(bases[0] + x * a) >> 16, (bases[2] + x * d) >> 16];
                let new = [(bases[1] + x * a1) >> 16, (bases[3] + x * d1) >> 16];
                if old != new {
                    let pixel = (row as u64) << 9 | x as u64;
                    let (was, is) = (self.read(old[0], old[1]), self.read(new[0], new[1]));
                    if was != is {
                        *hash = hash
                            .wrapping_add(mixed(pixel, is))
                            .wrapping_sub(mixed(pixel, was));
                    }
                }
            }
        }
    }
}

/// Whether any pixel of a row reads another source on one axis. Without branches, so that it is done many at a time.
fn any_moves(xs: &[i32; SIDE], [a, base]: [i32; 2], [a1, base1]: [i32; 2]) -> bool {
    let mut moves = 0;
    for &x in xs {
        moves |= ((base + x * a) >> NearestStep::BITS) ^ ((base1 + x * a1) >> NearestStep::BITS);
    }
    moves != 0
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
