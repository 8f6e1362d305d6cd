//! The margin as it is expected between the points that were judged, and the smallest change that is expected to flip.
//!
//! Where slopes were taken, the expectation is the mean of what they say, the nearer ones weighing more (Shepard's interpolation with
//! gradients); what the other points differ from that is spread around them in the same way. It costs no frame, so thousands of points
//! can be asked about.

use super::descent::apart;
use super::looks::Looks;
use super::margin::margin;
use super::ray::{Rays, normalised};
use super::slope::Slope;
use crate::search::attack::Genes;
use flipscope_base::random::{RandomStream, Seeded};

/// Distances below this, squared and as a share of the ranges, count as this: about a step of a u8 frame.
const NEAR: f64 = 1e-6;
/// Points along a ray at which the expectation is asked for.
const STEPS: usize = 12;
/// Halvings between two of them.
const HALVINGS: usize = 10;
/// Directions that are drawn at random, besides those that are known.
const DRAWN: usize = 48;
/// Steps of the refinement of the best direction.
const REFINED: usize = 60;

/// What is known of the margin.
pub(super) struct Surrogate<'s> {
    genes: &'s dyn Genes,
    bounds: &'s [[f64; 2]],
    slopes: &'s [Slope],
    /// Points without slope, and how far their margin is from what the slopes say.
    residuals: Vec<(Vec<f64>, f64)>,
}

impl<'s> Surrogate<'s> {
    pub(super) fn new(looks: &'s Looks<'_, '_>, slopes: &'s [Slope]) -> Self {
        let mut surrogate = Self {
            genes: looks.genes,
            bounds: &looks.bounds,
            slopes,
            residuals: Vec::new(),
        };
        surrogate.residuals = (looks.judged().iter())
            .filter(|one| slopes.iter().all(|slope| slope.at != one.genes))
            .map(|one| {
                let (said, _) = surrogate.of_slopes(&one.genes);
                (one.genes.clone(), margin(one.energy) - said)
            })
            .collect();
        surrogate
    }

    fn weight(&self, a: &[f64], b: &[f64]) -> f64 {
        1.0 / (apart(self.bounds, a, b) + NEAR).powi(2)
    }

    /// What the slopes say, and their weight in it.
    fn of_slopes(&self, point: &[f64]) -> (f64, f64) {
        let (mut sum, mut weights) = (0.0, 0.0);
        for slope in self.slopes {
            let weight = self.weight(&slope.at, point);
            sum += weight * slope.expect(self.genes, point);
            weights += weight;
        }
        (sum / weights.max(f64::MIN_POSITIVE), weights)
    }

    /// The expected margin of a point.
    pub(super) fn expect(&self, point: &[f64]) -> f64 {
        let (said, mut weights) = self.of_slopes(point);
        let mut sum = 0.0;
        for (at, residual) in &self.residuals {
            let weight = self.weight(at, point);
            sum += weight * residual;
            weights += weight;
        }
        said + sum / weights.max(f64::MIN_POSITIVE)
    }

    /// How far along a direction the margin is first expected to fall to `wanted`.
    fn reach(&self, rays: &Rays, direction: &[f64], wanted: f64) -> Option<f64> {
        let length = rays.length(direction);
        let expect = |far: f64| self.expect(&rays.along(direction, far));
        let step = length / STEPS as f64;
        let at = (1..=STEPS).find(|&at| expect(step * at as f64) <= wanted)?;
        let (mut low, mut high) = (step * (at - 1) as f64, step * at as f64);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if expect(middle) <= wanted {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }

    /// The smallest change that is expected to bring the margin to `wanted`: its direction, and how far along it. Directions to begin
    /// with are `known`; others are drawn.
    pub(super) fn smallest(
        &self,
        rays: &Rays,
        known: &[Vec<f64>],
        wanted: f64,
        random: &mut Seeded,
    ) -> Option<(Vec<f64>, f64)> {
        let size = |direction: &[f64]| {
            let far = self.reach(rays, direction, wanted)?;
            let changed = self.genes.perturbation(&rays.along(direction, far));
            Some((rays.sizes.of(&changed), far))
        };
        let drawn = (0..DRAWN).map(|_| drawn(rays.dimensions(), random));
        let directions: Vec<Vec<f64>> = known.iter().cloned().chain(drawn).collect();
        let (mut best, mut direction) = (directions.into_iter())
            .filter_map(|direction| Some((size(&direction)?, direction)))
            .min_by(|a, b| a.0.0.total_cmp(&b.0.0))?;
        let mut wide = 0.5;
        for _ in 0..REFINED {
            let other = nearby(&direction, wide, random);
            match size(&other) {
                Some(of_other) if of_other.0 < best.0 => (best, direction) = (of_other, other),
                _ => wide = f64::max(wide * 0.93, 0.01),
            }
        }
        Some((direction, best.1))
    }
}

/// A direction, uniform over the sphere.
pub(super) fn drawn(dimensions: usize, random: &mut impl RandomStream) -> Vec<f64> {
    normalised((0..dimensions).map(|_| gaussian(random)).collect())
}

/// A direction near another one.
pub(super) fn nearby(direction: &[f64], wide: f64, random: &mut impl RandomStream) -> Vec<f64> {
    let scale = wide / (direction.len().max(1) as f64).sqrt();
    normalised(
        (direction.iter())
            .map(|x| x + scale * gaussian(random))
            .collect(),
    )
}

/// A standard normal number (Box and Muller 1958).
fn gaussian(random: &mut impl RandomStream) -> f64 {
    let radius = (-2.0 * (1.0 - random.uniform()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.uniform()).cos()
}
