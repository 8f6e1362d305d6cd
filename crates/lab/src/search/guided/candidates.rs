//! Which point to look at next when the smallest change of colour is looked for: the one from which most is hoped.
//!
//! What is hoped from a point is the probability that it flips, as far as is expected, times the logarithm of how much smaller its
//! change is than the smallest that flips so far: the expected improvement of Schonlau, Welch and Jones (1998, IMS Lecture Notes 34: 11)
//! under a constraint, for a size that is known beforehand.

use super::expected::Expected;
use super::first_byte_step;
use super::ray::{Rays, drawn};
use crate::search::attack::Genes;
use flipscope_base::random::Seeded;

/// Directions that are drawn, besides those of the bounds' combinations.
const DRAWN: usize = 96;
/// The most directions of the bounds' combinations.
const KNOWN: usize = 48;
/// Where on a ray sizes are measured, as shares of its length.
const MEASURED: [f64; 10] = [0.03, 0.06, 0.1, 0.15, 0.22, 0.3, 0.4, 0.55, 0.75, 1.0];
/// Sizes that are looked at, as shares of the smallest that flips.
const SHARES: [f64; 12] = [
    0.02, 0.06, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.88, 0.94, 0.975, 0.99,
];
/// Changes below this are not told apart: a tenth of what nobody sees.
const UNSEEN: f64 = 0.01;
/// Steps in which the best candidate is refined.
const REFINED: usize = 80;

/// A point that may be looked at.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) point: Vec<f64>,
    /// What is hoped from it.
    pub(super) hope: f64,
    /// The probability that it flips.
    pub(super) chance: f64,
    /// The standard deviation of its expected margin.
    pub(super) doubt: f64,
}

/// Rays on which candidates lie.
pub(super) struct Candidates<'c> {
    genes: &'c dyn Genes,
    beams: Vec<Beam>,
    steps: Vec<Vec<f64>>,
}

/// A direction, and the sizes of the changes along it.
struct Beam {
    direction: Vec<f64>,
    /// How far, and the size there.
    sizes: Vec<(f64, f64)>,
}

/// What a size must be below, and the margin that flips.
#[derive(Clone, Copy)]
pub(super) struct Aim {
    /// Sizes up to this are looked at.
    pub(super) reach: f64,
    /// The size than which another one should be smaller.
    pub(super) size: f64,
    /// The margin below which it flips.
    pub(super) threshold: f64,
}

impl<'c> Candidates<'c> {
    /// Rays towards some of the `corners`, and in random directions.
    pub(super) fn new(
        genes: &'c dyn Genes,
        rays: &Rays,
        corners: &[Vec<f64>],
        random: &mut Seeded,
    ) -> Self {
        // With six numbers there are hundreds: their order is arbitrary, so that every n-th is as good as the first.
        let every = corners.len().div_ceil(KNOWN).max(1);
        let corners = corners.iter().step_by(every);
        let mut directions: Vec<Vec<f64>> = corners.map(|corner| rays.direction(corner)).collect();
        directions.extend((0..DRAWN).map(|_| drawn(rays.dimensions(), random)));
        let mut candidates = Self {
            steps: first_byte_step::points(genes, rays),
            genes,
            beams: Vec::new(),
        };
        for direction in directions {
            candidates.add(rays, direction);
        }
        candidates
    }

    /// Another ray, unless it is there already or leads nowhere.
    pub(super) fn add(&mut self, rays: &Rays, direction: Vec<f64>) {
        let genes = self.genes;
        let length = rays.length(&direction);
        if length <= 0.0 || self.beams.iter().any(|beam| beam.direction == direction) {
            return;
        }
        let sizes = MEASURED.map(|share| {
            let far = share * length;
            let size = rays
                .sizes
                .of(&genes.perturbation(&rays.along(&direction, far)));
            (far, size)
        });
        self.beams.push(Beam {
            direction,
            sizes: sizes.to_vec(),
        });
    }

    /// The largest size on any ray.
    pub(super) fn largest(&self) -> f64 {
        (self.beams.iter())
            .filter_map(|beam| beam.sizes.last())
            .fold(0.0, |largest, last| f64::max(largest, last.1))
    }

    /// The candidate from which most is hoped; none if there is nothing that has not been judged.
    pub(super) fn best(
        &self,
        rays: &Rays,
        expected: &Expected<'_>,
        aim: Aim,
        random: &mut Seeded,
    ) -> Option<Candidate> {
        let on_rays = (self.beams.iter()).flat_map(|beam| {
            let wanted = SHARES.iter().map(|share| beam.far(share * aim.reach));
            let end = beam.sizes.last().filter(|last| last.1 < aim.reach);
            let all = wanted.chain([end.map(|last| last.0)]);
            all.flatten().map(|far| rays.along(&beam.direction, far))
        });
        let mut best = (on_rays.chain(self.steps.iter().cloned()))
            .filter_map(|point| self.candidate(rays, expected, aim, point))
            .max_by(|a, b| a.hope.total_cmp(&b.hope))?;
        let mut wide = 0.1 * aim.reach;
        for _ in 0..REFINED {
            let point = rays.around(&best.point, wide, random);
            match self.candidate(rays, expected, aim, point) {
                Some(other) if other.hope > best.hope => best = other,
                _ => wide *= 0.95,
            }
        }
        Some(best)
    }

    fn candidate(
        &self,
        rays: &Rays,
        expected: &Expected<'_>,
        aim: Aim,
        point: Vec<f64>,
    ) -> Option<Candidate> {
        let (margin, doubt) = expected.at(&point)?;
        let chance = below((aim.threshold - margin) / doubt);
        // The size takes longer than the rest: it is not asked for where there is no hope.
        let size = if chance > 1e-4 {
            rays.sizes.of(&self.genes.perturbation(&point))
        } else {
            aim.size
        };
        let gain = ((aim.size + UNSEEN) / (size + UNSEEN)).ln().max(0.0);
        Some(Candidate {
            point,
            hope: chance * gain,
            chance,
            doubt,
        })
    }
}

impl Beam {
    /// How far along it a change has a size, between those that were measured; none if it ends before.
    fn far(&self, size: f64) -> Option<f64> {
        let mut before = (0.0, 0.0);
        for &(far, measured) in &self.sizes {
            if measured >= size {
                let share = (size - before.1) / (measured - before.1).max(1e-9);
                return Some(before.0 + share.clamp(0.0, 1.0) * (far - before.0));
            }
            before = (far, measured);
        }
        None
    }
}

/// The probability that a standard normal number is below this, to 1.5 × 10⁻⁷ (Abramowitz and Stegun 1964, 7.1.26).
pub(super) fn below(x: f64) -> f64 {
    let z = x.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let polynomial = t
        * (0.254_829_592
            + t * (-0.284_496_736
                + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let tail = 0.5 * polynomial * (-z * z).exp();
    if x < 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_the_normal_ones() {
        for (x, known) in [
            (0.0, 0.5),
            (1.0, 0.841_344_7),
            (-1.96, 0.024_997_9),
            (-9.0, 0.0),
        ] {
            assert!((below(x) - known).abs() < 2e-7, "{x}: {}", below(x));
        }
    }

    #[test]
    fn a_size_is_found_between_those_measured() {
        let beam = Beam {
            direction: vec![1.0],
            sizes: vec![(0.1, 1.0), (0.2, 3.0)],
        };
        assert_eq!(beam.far(0.5), Some(0.05));
        assert!((beam.far(2.0).unwrap() - 0.15).abs() < 1e-12);
        assert_eq!(beam.far(3.5), None);
    }
}
