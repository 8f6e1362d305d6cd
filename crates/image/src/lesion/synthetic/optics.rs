//! Lamp, lens and sensor: uneven light, colour cast, dark corners, blur, noise.

use super::maths::{LesionRng, Point, Rgb, fade, mix, mix_rgb, multiply, scale, step};
use super::noise::{child, gradient, hash};
use super::recipe::Recipe;

/// The camera of one picture.
#[derive(Debug)]
pub(super) struct Optics {
    /// White balance and exposure, one factor per channel.
    light: Rgb,
    /// Darkening across the picture, per field height.
    slope: Point,
    vividness: f32,
    vignette: f32,
    /// Radius of the round edge in field heights; none if it is out of sight.
    aperture: Option<f32>,
    aperture_centre: Point,
    edge: f32,
    noise: f32,
    seed: u32,
}

impl Optics {
    pub(super) fn new(recipe: &Recipe) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 7);
        let warm = recipe.cast * 2.0 - 1.0;
        let tint = rng.between(-0.025, 0.025);
        let cast = [
            1.0 + 0.07 * warm,
            1.0 - 0.025 * warm + tint,
            1.0 - 0.14 * warm,
        ];
        let exposure = mix(0.84, 1.26, recipe.exposure);
        let slope = rng.direction() * (0.28 * recipe.gradient);
        let drift = rng.direction() * (0.05 * rng.unit());
        Self {
            light: scale(cast, exposure),
            slope,
            vividness: recipe.vividness,
            vignette: recipe.vignette,
            aperture: (recipe.aperture > 0.0).then(|| mix(0.86, 0.47, recipe.aperture)),
            aperture_centre: drift,
            edge: rng.between(0.008, 0.05),
            noise: recipe.noise * 6.0 / 255.0,
            seed: rng.seed(),
        }
    }

    /// The effect of lamp and lens on a colour at a point of the field.
    pub(super) fn light(&self, colour: Rgb, p: Point) -> Rgb {
        let squared = p.dot(p);
        let fall = 1.0 - self.vignette * 0.30 * squared * (0.6 + squared);
        let even = fall * (1.0 + self.slope.dot(p));
        let lit = multiply(colour, scale(self.light, even.max(0.0)));
        // The lens never gives a true black: stray light lifts the shadows, and highlights roll off.
        let lifted = self.develop(mix_rgb(lit, [0.25, 0.21, 0.21], 0.15));
        match self.aperture {
            None => lifted,
            Some(radius) => {
                let offset = p - self.aperture_centre;
                let wobble = 0.004 * gradient(offset * 7.0, self.seed);
                let out = step(-self.edge, self.edge, offset.length() - radius + wobble);
                mix_rgb(lifted, [0.02, 0.018, 0.02], out)
            }
        }
    }

    /// The camera's own processing: an S-shaped tone curve, and colours moved away from grey.
    fn develop(&self, colour: Rgb) -> Rgb {
        let [r, g, b] = colour;
        let grey = 0.3 * r + 0.55 * g + 0.15 * b;
        let saturation = mix(0.85, 1.12, self.vividness);
        let bend = mix(0.0, 0.5, self.vividness);
        colour.map(|v| {
            let v = shoulder((grey + (v - grey) * saturation).max(0.0));
            (v + bend * (v - 0.5) * v * (1.0 - v) * 2.0).max(0.0)
        })
    }

    /// The sensor's noise at a pixel: independent per pixel, stronger in brightness than in colour, weaker in the dark.
    pub(super) fn grain(&self, colour: Rgb, x: u32, y: u32) -> Rgb {
        let bits = hash(x as i32, y as i32, child(self.seed, 0x9e37));
        let more = hash(x as i32, y as i32, child(self.seed, 0x79b9));
        // Two uniform numbers summed: a triangular distribution, near enough to a Gaussian at this strength.
        let common = uniform(bits) + uniform(bits >> 8);
        let own = [uniform(bits >> 16), uniform(bits >> 24), uniform(more)];
        let [r, g, b] = colour;
        let luminance = 0.3 * r + 0.55 * g + 0.15 * b;
        let strength = self.noise * mix(0.5, 1.0, luminance.clamp(0.0, 1.0));
        let [dr, dg, db] = own.map(|own| strength * (common + 0.7 * own));
        [r + dr, g + dg, b + db]
    }
}

/// Eight bits as a number in −1..1.
fn uniform(bits: u32) -> f32 {
    (bits & 0xFF) as f32 / 127.5 - 1.0
}

/// Linear up to 0.85, then flattening towards 1.
fn shoulder(v: f32) -> f32 {
    if v <= 0.85 {
        v
    } else {
        1.0 - 0.15 * fade((v - 0.85) / 0.15)
    }
}

/// Weights of a Gaussian from its middle outwards, for a standard deviation in pixels; a single 1 if that is too small.
pub(super) fn gaussian(deviation: f32) -> Vec<f32> {
    if deviation < 0.2 {
        return vec![1.0];
    }
    let reach = (2.6 * deviation).ceil() as u32;
    let weights: Vec<f32> = (0..=reach)
        .map(|i| {
            let t = i as f32 / deviation;
            fade(0.5 * t * t)
        })
        .collect();
    let total = 2.0 * weights.iter().sum::<f32>() - weights.first().copied().unwrap_or(0.0);
    weights.into_iter().map(|w| w / total).collect()
}

/// Blurs rows of `width` colours along x; the border's colour continues outside.
pub(super) fn blur_rows(pixels: &mut [Rgb], width: usize, weights: &[f32]) {
    let reach = weights.len().saturating_sub(1);
    if reach == 0 || width == 0 {
        return;
    }
    let mut padded: Vec<Rgb> = Vec::with_capacity(width + 2 * reach);
    for line in pixels.chunks_exact_mut(width) {
        let (Some(&first), Some(&last)) = (line.first(), line.last()) else {
            continue;
        };
        padded.clear();
        padded.extend(std::iter::repeat_n(first, reach));
        padded.extend_from_slice(line);
        padded.extend(std::iter::repeat_n(last, reach));
        for (pixel, window) in line.iter_mut().zip(padded.windows(2 * reach + 1)) {
            *pixel = weigh(window.iter().copied(), weights, reach);
        }
    }
}

/// The rows `skip..skip + rows` of a band, blurred along y over the rows around them (clamped to the band).
pub(super) fn blur_columns(
    band: &[Rgb],
    width: usize,
    skip: usize,
    rows: usize,
    weights: &[f32],
) -> Vec<Rgb> {
    let reach = weights.len().saturating_sub(1);
    let lines: Vec<&[Rgb]> = band.chunks_exact(width.max(1)).collect();
    let last = lines.len().saturating_sub(1);
    let mut out = vec![[0.0; 3]; rows * width];
    for (y, line) in out.chunks_exact_mut(width.max(1)).enumerate() {
        for tap in 0..=2 * reach {
            let weight = weights.get(tap.abs_diff(reach)).copied().unwrap_or(0.0);
            let from = (skip + y + tap).saturating_sub(reach).min(last);
            let Some(source) = lines.get(from) else {
                continue;
            };
            for ([r, g, b], &[r1, g1, b1]) in line.iter_mut().zip(*source) {
                *r += weight * r1;
                *g += weight * g1;
                *b += weight * b1;
            }
        }
    }
    out
}

/// The weighted sum of `2 * reach + 1` colours.
fn weigh(colours: impl Iterator<Item = Rgb>, weights: &[f32], reach: usize) -> Rgb {
    let outwards = weights.iter().rev().chain(weights.iter().skip(1));
    debug_assert_eq!(weights.len(), reach + 1);
    colours
        .zip(outwards)
        .fold([0.0; 3], |[r, g, b], ([r1, g1, b1], w)| {
            [r + w * r1, g + w * g1, b + w * b1]
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gaussian_weighs_one_in_all() {
        for deviation in [0.0, 0.3, 1.0, 4.7] {
            let weights = gaussian(deviation);
            let total: f32 = weights.iter().sum::<f32>() * 2.0 - weights[0];
            assert!((total - 1.0).abs() < 1e-4, "{deviation}: {total}");
        }
    }

    #[test]
    fn blur_keeps_flat_colour_and_spreads_a_point() {
        let weights = gaussian(1.0);
        let mut flat = vec![[0.2, 0.4, 0.6]; 40];
        blur_rows(&mut flat, 8, &weights);
        let flat = blur_columns(&flat, 8, 1, 3, &weights);
        assert_eq!(flat.len(), 24);
        assert!(flat.iter().all(|[r, g, b]| (r - 0.2).abs() < 1e-4
            && (g - 0.4).abs() < 1e-4
            && (b - 0.6).abs() < 1e-4));
        let mut point = vec![[0.0; 3]; 11];
        point[5] = [1.0; 3];
        blur_rows(&mut point, 11, &weights);
        assert!(
            point[5][0] < 0.5 && point[4][0] > 0.2 && point[4] == point[6],
            "{point:?}"
        );
    }
}
