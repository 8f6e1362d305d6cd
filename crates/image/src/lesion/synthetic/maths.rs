//! Arithmetic that gives the same bits everywhere.
//!
//! IEEE 754 determines the result of `+ - * /`, `sqrt`, `floor` and conversions to the last bit, and Rust never fuses or
//! reorders them; `exp`, `sin` and `powf` depend on the platform's libm. A recipe must give the same bytes on every machine
//! (its SHA-256 is a golden of the suite), so this folder uses only the first kind, and takes the few transcendental functions
//! that it needs from here.

use std::ops::{Add, Mul, Sub};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A point or a vector of the picture plane: x to the right, y down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Point {
    pub(super) const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(super) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    pub(super) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// Complex product: rotates `self` by the angle of the unit vector `by`.
    pub(super) fn turned(self, by: Self) -> Self {
        Self::new(self.x * by.x - self.y * by.y, self.x * by.y + self.y * by.x)
    }

    /// The same vector rotated by a quarter turn.
    pub(super) fn normal(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// The mirror image across the x axis: for a unit vector, the opposite rotation.
    pub(super) fn conjugate(self) -> Self {
        Self::new(self.x, -self.y)
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;

    fn mul(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// Colour in encoded sRGB (gamma applied), 0 to 1 per channel.
pub(super) type Rgb = [f32; 3];

/// `a` at `t = 0`, `b` at `t = 1`.
pub(super) fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// [`mix`] for each channel.
pub(super) fn mix_rgb([r, g, b]: Rgb, [r1, g1, b1]: Rgb, t: f32) -> Rgb {
    [mix(r, r1, t), mix(g, g1, t), mix(b, b1, t)]
}

/// Channel-wise product.
pub(super) fn multiply([r, g, b]: Rgb, [r1, g1, b1]: Rgb) -> Rgb {
    [r * r1, g * g1, b * b1]
}

/// All channels times one factor.
pub(super) fn scale([r, g, b]: Rgb, factor: f32) -> Rgb {
    [r * factor, g * factor, b * factor]
}

/// 0 below `from`, 1 above `to`, a smooth S-curve between.
pub(super) fn step(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The larger of two, blended if they are closer than `width`.
pub(super) fn smooth_max(a: f32, b: f32, width: f32) -> f32 {
    let h = (0.5 + 0.5 * (a - b) / width).clamp(0.0, 1.0);
    mix(b, a, h) + width * h * (1.0 - h)
}

/// `exp(-x)` for `x` from 0 to 80 (clamped to that), relative error below 1e-5.
pub(super) fn fade(x: f32) -> f32 {
    let (whole, f) = floor(x.clamp(0.0, 80.0) * std::f32::consts::LOG2_E);
    // 2^-f on 0..1: a minimax quartic that is exact at both ends.
    let fraction =
        1.0 - f * (0.693_055_8 - f * (0.239_405_55 - f * (0.053_127_57 - f * 0.006_777_852)));
    fraction * f32::from_bits((127 - whole.unsigned_abs()) << 23)
}

/// The next lower whole number, and the rest in 0..1 (for numbers within ±2³⁰).
///
/// `f32::floor` is a call into libm on processors without SSE 4.1, which portable builds target.
pub(super) fn floor(x: f32) -> (i32, f32) {
    let towards_zero = x as i32;
    let whole = towards_zero - i32::from(x < towards_zero as f32);
    (whole, x - whole as f32)
}

/// The unit vector at `turns` of a full turn (any finite number), error below 1e-5.
pub(super) fn direction(turns: f32) -> Point {
    // Up to an eighth of a turn to either side of an axis by Taylor series, the rest by quarter turns.
    let (quarter, rest) = floor(turns * 4.0 + 0.5);
    let a = (rest - 0.5) * std::f32::consts::FRAC_PI_2;
    let a2 = a * a;
    let sin = a * (1.0 - a2 / 6.0 * (1.0 - a2 / 20.0 * (1.0 - a2 / 42.0)));
    let cos = 1.0 - a2 / 2.0 * (1.0 - a2 / 12.0 * (1.0 - a2 / 30.0 * (1.0 - a2 / 56.0)));
    match quarter & 3 {
        0 => Point::new(cos, sin),
        1 => Point::new(-sin, cos),
        2 => Point::new(-cos, -sin),
        _ => Point::new(sin, -cos),
    }
}

/// A source of random numbers: one `ChaCha` stream for each purpose, so that one more hair does not move any globule.
///
/// It uses 24 bits of one word per number and none of rand's distributions, whose algorithms may change between versions.
pub(super) struct LesionRng(ChaCha8Rng);

impl LesionRng {
    pub(super) fn new(seed: u64, purpose: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(purpose);
        Self(generator)
    }

    /// The seed of a noise field.
    pub(super) fn seed(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Uniform in 0..1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.0.next_u32() >> 8) as f32 / 16_777_216.0
    }

    /// Uniform between two bounds.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        mix(low, high, self.unit())
    }

    /// A unit vector in a random direction.
    pub(super) fn direction(&mut self) -> Point {
        direction(self.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fade_is_the_exponential() {
        for i in 0..2000 {
            let x = i as f32 * 0.01;
            let exact = (-x).exp();
            assert!(
                (fade(x) - exact).abs() <= 1e-5 * exact,
                "exp(-{x}): {} instead of {exact}",
                fade(x)
            );
        }
    }

    #[test]
    fn directions_are_cosine_and_sine() {
        for i in -400..400 {
            let turns = i as f32 / 100.0;
            let angle = f64::from(turns) * std::f64::consts::TAU;
            let p = direction(turns);
            assert!(
                (f64::from(p.x) - angle.cos()).abs() < 1e-5,
                "cos at {turns}: {p:?}"
            );
            assert!(
                (f64::from(p.y) - angle.sin()).abs() < 1e-5,
                "sin at {turns}: {p:?}"
            );
        }
    }
}
