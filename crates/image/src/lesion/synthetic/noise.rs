//! Noise fields: pure functions of a point and a seed, so that pixels can be drawn in any order and by any thread.
//!
//! Gradient noise (Perlin 1985) and its sums (fractional Brownian motion), and cellular noise (Worley 1996).

use super::maths::{Point, floor, mix};

/// Mixes a lattice point and a seed into 32 bits, mixed well enough for noise.
pub(super) fn hash(x: i32, y: i32, seed: u32) -> u32 {
    let mut h = (x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77) ^ seed;
    h ^= h >> 15;
    h = h.wrapping_mul(0x846C_A68B);
    h ^ (h >> 13)
}

/// Another seed for another purpose.
pub(super) const fn child(seed: u32, purpose: u32) -> u32 {
    seed.wrapping_add(purpose.wrapping_mul(0x9E37_79B9))
}

/// The low 16 bits as a number in −1..1.
fn signed(bits: u32) -> f32 {
    (bits & 0xFFFF) as i32 as f32 * (1.0 / 32_768.0) - 1.0
}

/// The low 8 bits as a number in −1..=1.
fn coarse(bits: u32) -> f32 {
    (bits & 0xFF) as i32 as f32 * (1.0 / 127.5) - 1.0
}

/// Perlin's quintic: flat at 0 and at 1.
fn ease(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

/// Gradient noise of unit wavelength: mean 0, mostly within ±0.6, always within ±1.5.
pub(super) fn gradient(p: Point, seed: u32) -> f32 {
    let ((i, fx), (j, fy)) = (floor(p.x), floor(p.y));
    let corner = |di: i32, dj: i32| {
        let h = hash(i.wrapping_add(di), j.wrapping_add(dj), seed);
        signed(h) * (fx - di as f32) + signed(h >> 16) * (fy - dj as f32)
    };
    let (u, v) = (ease(fx), ease(fy));
    let upper = mix(corner(0, 0), corner(1, 0), u);
    let lower = mix(corner(0, 1), corner(1, 1), u);
    mix(upper, lower, v) * 1.5
}

/// Two independent gradient noises for little more than the price of one.
fn gradient_pair(p: Point, seed: u32) -> Point {
    let ((i, fx), (j, fy)) = (floor(p.x), floor(p.y));
    let corner = |di: i32, dj: i32| {
        let h = hash(i.wrapping_add(di), j.wrapping_add(dj), seed);
        let (x, y) = (fx - di as f32, fy - dj as f32);
        Point::new(
            coarse(h) * x + coarse(h >> 8) * y,
            coarse(h >> 16) * x + coarse(h >> 24) * y,
        )
    };
    let (u, v) = (ease(fx), ease(fy));
    let blend = |a: Point, b: Point, t: f32| a + (b - a) * t;
    let upper = blend(corner(0, 0), corner(1, 0), u);
    let lower = blend(corner(0, 1), corner(1, 1), u);
    blend(upper, lower, v) * 1.5
}

/// Where a field starts. Gradient noise is 0 at the lattice points, so without this offset all fields would share a centre of
/// fourfold symmetry in the middle of the picture, exactly where the lesion is.
fn start(seed: u32) -> Point {
    Point::new(signed(seed), signed(seed >> 16)) * 64.0
}

/// A rotation by 36.87° and a factor of about two: the next octave, off the lattice of the previous one.
fn octave(p: Point) -> Point {
    Point::new(
        1.62 * p.x - 1.21 * p.y + 17.3,
        1.21 * p.x + 1.62 * p.y + 5.7,
    )
}

/// Fractional Brownian motion: `octaves` fields, each with half the wavelength and `gain` times the strength; within about ±1.
pub(super) fn fbm(p: Point, octaves: u32, gain: f32, seed: u32) -> f32 {
    let (mut at, mut sum, mut weight, mut total) = (p + start(seed), 0.0, 1.0, 0.0);
    for i in 0..octaves {
        sum += weight * gradient(at, seed.wrapping_add(i));
        total += weight;
        weight *= gain;
        at = octave(at);
    }
    1.4 * sum / total
}

/// Ridges: lines of height 1 where a gradient noise crosses zero, falling to 0 over `width`.
pub(super) fn ridge(p: Point, width: f32, seed: u32) -> f32 {
    (1.0 - gradient(p, seed).abs() / width).max(0.0)
}

/// A point displaced by two noise fields.
pub(super) fn warp(p: Point, frequency: f32, amplitude: f32, octaves: u32, seed: u32) -> Point {
    let (mut at, mut push, mut weight, mut total) =
        (p * frequency + start(seed), Point::default(), 1.0, 0.0);
    for i in 0..octaves {
        push = push + gradient_pair(at, seed.wrapping_add(i)) * weight;
        total += weight;
        weight *= 0.5;
        at = octave(at);
    }
    p + push * (1.4 * amplitude / total)
}

/// Where a point lies among scattered cell centres, one in each unit square.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Distance to the nearest centre.
    pub(super) nearest: f32,
    /// Distance to the second nearest: `second - nearest` is 0 on the walls between cells.
    pub(super) second: f32,
    /// 32 random bits belonging to the nearest centre.
    pub(super) id: u32,
}

impl Cell {
    /// A random number in 0..1 belonging to the cell; `which` (0 to 3) selects one of four.
    pub(super) fn random(self, which: u32) -> f32 {
        ((self.id >> (8 * (which & 3))) & 0xFF) as f32 / 255.0
    }
}

/// The one dot in a point's own unit square: what [`cells`] gives for dots smaller than 0.2 and far apart, but faster.
pub(super) fn dot(p: Point, seed: u32) -> Cell {
    let ((i, fx), (j, fy)) = (floor(p.x), floor(p.y));
    let id = hash(i, j, seed);
    let offset = Point::new(
        0.5 + 0.3 * signed(id) - fx,
        0.5 + 0.3 * signed(id >> 16) - fy,
    );
    Cell {
        nearest: offset.length(),
        second: 8.0,
        id: hash(id as i32, 1, seed),
    }
}

/// Cellular noise; `jitter` 0 is a square lattice, 1 a scatter without order.
pub(super) fn cells(p: Point, jitter: f32, seed: u32) -> Cell {
    let ((i, fx), (j, fy)) = (floor(p.x), floor(p.y));
    let mut found = Cell {
        nearest: 8.0,
        second: 8.0,
        id: 0,
    };
    for dj in -1..=1 {
        // Every other row is shifted by half a cell: with little jitter, a honeycomb rather than a chessboard.
        let shift = if (j.wrapping_add(dj)) & 1 == 0 {
            0.25
        } else {
            -0.25
        };
        for di in -1..=1 {
            let id = hash(i.wrapping_add(di), j.wrapping_add(dj), seed);
            let x = di as f32 + 0.5 + shift + 0.5 * jitter * signed(id) - fx;
            let y = dj as f32 + 0.5 + 0.5 * jitter * signed(id >> 16) - fy;
            let squared = x * x + y * y;
            if squared < found.nearest {
                found = Cell {
                    nearest: squared,
                    second: found.nearest,
                    id,
                };
            } else if squared < found.second {
                found.second = squared;
            }
        }
    }
    let id = hash(found.id as i32, 1, seed);
    Cell {
        nearest: found.nearest.sqrt(),
        second: found.second.sqrt(),
        id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points() -> impl Iterator<Item = Point> {
        (0..4000).map(|i| Point::new((i % 63) as f32 * 0.31 - 9.0, (i / 63) as f32 * 0.29 - 8.0))
    }

    #[test]
    fn noise_is_centred_and_bounded() {
        let values: Vec<f32> = points().map(|p| fbm(p, 4, 0.5, 7)).collect();
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        assert!(mean.abs() < 0.05, "mean {mean}");
        assert!(values.iter().all(|v| v.abs() < 1.5));
        let spread = (values.iter().map(|v| v * v).sum::<f32>() / values.len() as f32).sqrt();
        assert!((0.15..0.6).contains(&spread), "spread {spread}");
    }

    #[test]
    fn noise_has_no_jumps() {
        for p in points() {
            let step = (fbm(p, 3, 0.5, 3) - fbm(p + Point::new(1e-3, 0.0), 3, 0.5, 3)).abs();
            assert!(step < 0.03, "{step} at {p:?}");
        }
    }

    #[test]
    fn cells_are_ordered() {
        for p in points() {
            let cell = cells(p, 0.9, 11);
            assert!(
                cell.nearest <= cell.second && cell.second < 2.5,
                "{cell:?} at {p:?}"
            );
        }
    }
}
