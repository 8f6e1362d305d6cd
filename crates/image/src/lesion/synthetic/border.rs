//! The lesion's outline: how far inside it a point is.
//!
//! A circle in the lesion's own coordinates (radius 1), deformed three times: by harmonics of the polar radius (the broad
//! shape), by a domain warp (the coastline) and by fine noise (the ragged edge). No angle is ever computed: cos kθ and sin kθ
//! are powers of the unit vector, as complex numbers.

use super::chart::Chart;
use super::maths::{LesionRng, Point, direction, mix, smooth_max, step};
use super::noise::{child, fbm, gradient, warp};
use super::recipe::Recipe;

/// How far from its centre a lesion may reach, in mean radii.
pub(super) const REACH: f32 = 1.9;

/// A point in the lesion's own coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// In units of the mean radius, unwarped, long axis along x.
    pub(super) at: Point,
    /// The same after the coastline's warp, for structure that follows the shape.
    pub(super) warped: Point,
    /// Distance inside the border in mean radii: negative outside, 0 on it, about 1 in the middle.
    pub(super) depth: f32,
    /// Fraction of the pigment present: 0 outside, 1 well inside.
    pub(super) cover: f32,
}

/// One lobe next to the main body.
#[derive(Clone, Copy, Debug)]
struct Lobe {
    centre: Point,
    radius: f32,
    axes: Point,
}

/// The smooth shape of one lesion, in its own coordinates.
#[derive(Debug)]
struct Shape {
    /// Coefficients of cos kθ and sin kθ, k from 2.
    harmonics: [Point; 6],
    lobes: Vec<Lobe>,
}

/// The outline of one lesion.
#[derive(Debug)]
pub(super) struct Outline {
    centre: Point,
    axis: Point,
    /// Radii along and across the long axis, in field heights.
    radii: Point,
    irregularity: f32,
    streaks: f32,
    /// Warped coordinates (x, y), depth before notches, width of the transition.
    slow: Chart<4>,
    seed: u32,
}

impl Shape {
    fn new(recipe: &Recipe, rng: &mut LesionRng) -> Self {
        let asymmetry = recipe.asymmetry;
        let mut k = 1.0_f32;
        let harmonics = [(); 6].map(|()| {
            k += 1.0;
            // Odd harmonics make the two sides differ; even ones keep them alike.
            let odd = if k % 2.0 == 1.0 {
                mix(0.25, 1.0, asymmetry)
            } else {
                1.0
            };
            let rough = 0.6 * asymmetry + 0.4 * recipe.irregularity;
            let strength = odd * mix(0.07, 0.34, rough) / ((k - 1.0) * k.sqrt());
            rng.direction() * (strength * rng.between(0.4, 1.6))
        });
        let lobes = [(); 3]
            .map(|()| Lobe {
                centre: rng.direction() * rng.between(0.35, 0.85),
                radius: rng.between(0.35, 0.7) * step(0.1, 0.9, asymmetry * rng.between(0.5, 1.2)),
                axes: rng.direction(),
            })
            .into_iter()
            .filter(|lobe| lobe.radius > 0.15)
            .collect();
        Self { harmonics, lobes }
    }

    /// How far inside the shape a point is.
    fn depth(&self, q: Point) -> f32 {
        let radius = q.length().max(1e-4);
        let unit = q * (1.0 / radius);
        let (mut power, mut edge) = (unit, 1.0);
        for harmonic in self.harmonics {
            power = power.turned(unit);
            edge += harmonic.dot(power);
        }
        self.lobes.iter().fold(edge - radius, |depth, lobe| {
            let offset = (q - lobe.centre).turned(lobe.axes);
            let reach = Point::new(offset.x * 0.75, offset.y * 1.25).length();
            smooth_max(depth, lobe.radius - reach, 0.12)
        })
    }
}

impl Outline {
    pub(super) fn new(recipe: &Recipe) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 1);
        let shape = Shape::new(recipe, &mut rng);
        let seed = rng.seed();
        let coast = mix(0.05, 0.32, recipe.irregularity);
        let soft = mix(0.08, 0.36, recipe.softness);
        let slow = Chart::of_lesion(REACH, |at| {
            let q = warp(at, 1.4, coast, 3, seed);
            let width = soft * (1.0 + 0.6 * gradient(at * 0.8, child(seed, 5)));
            [q.x, q.y, shape.depth(q), width]
        });
        let [x, y] = recipe.centre;
        let stretch = recipe.elongation.sqrt();
        Self {
            centre: Point::new(x, y),
            axis: direction(recipe.orientation / 360.0),
            radii: Point::new(recipe.size * stretch, recipe.size / stretch),
            irregularity: recipe.irregularity,
            streaks: recipe.streaks,
            slow,
            seed,
        }
    }

    /// Where a point of the field lies, or `None` if it is so far out that no pigment reaches it.
    pub(super) fn place(&self, p: Point) -> Option<Place> {
        let turned = (p - self.centre).turned(self.axis.conjugate());
        let at = Point::new(turned.x / self.radii.x, turned.y / self.radii.y);
        if at.dot(at) > REACH * REACH {
            return None;
        }
        let [x, y, smooth, width] = self.slow.at(at);
        let warped = Point::new(x, y);
        // Notches reach no further than this from the smooth shape, and pigment and redness no further from the notches.
        if smooth < -0.8 {
            return None;
        }
        let mut depth = smooth;
        let near = 1.0 - step(0.5, 0.9, smooth);
        if near > 0.0 {
            // Notches and fray: the pigment ends along strands of its own texture, not along a curve.
            let notch = fbm(at * 3.3, 5, 0.65, child(self.seed, 1));
            depth += near * notch * mix(0.06, 0.30, self.irregularity);
        }
        if self.streaks * near > 0.0 {
            // Noise that varies fast around the border and slowly across it: radial fingers.
            let radius = warped.length().max(1e-4);
            let unit = warped * (1.0 / radius);
            let around = unit * 11.0 + warped * 1.5;
            let finger = gradient(around, child(self.seed, 2))
                + 0.5 * gradient(around * 2.3, child(self.seed, 3));
            let here = step(-0.1, 0.5, gradient(unit * 0.9, child(self.seed, 4)) + 0.25);
            depth += self.streaks * near * here * 0.17 * finger * step(0.35, 1.0, radius);
        }
        let cover = step(-width, width, depth);
        Some(Place {
            at,
            warped,
            depth,
            cover,
        })
    }

    /// The slowly bent coordinates at a point in the lesion's own coordinates: [`Place::warped`].
    pub(super) fn warped(&self, at: Point) -> Point {
        let [x, y, ..] = self.slow.at(at);
        Point::new(x, y)
    }

    /// The size of one mean radius in field heights.
    pub(super) fn scale(&self) -> f32 {
        (self.radii.x * self.radii.y).sqrt()
    }
}
