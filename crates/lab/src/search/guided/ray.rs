//! Points of a wanted size: along a ray from the point that changes nothing, the size of the change grows.

use super::looks::Looks;
use crate::search::attack::{Genes, moved};
use crate::search::sampled_delta_e::SampledDeltaE;
use flipscope_base::random::RandomStream;
use flipscope_image::perturb::Perturbation;

/// Of the frame's pixels, every n-th measures colours here: a few hundred, which is enough to compare directions.
const EVERY: usize = 281;
/// Changes below this are measured on more pixels: of a few hundred, hardly any may have changed.
const SMALL: f64 = 0.3;

/// The size of a change, quick enough to be asked for thousands of points: for colours over a few hundred pixels.
pub(super) struct Sizes {
    /// A few hundred pixels, and a few thousand.
    sampled: Option<[SampledDeltaE; 2]>,
}

impl Sizes {
    pub(super) fn new(looks: &Looks<'_, '_>) -> Self {
        let frame = looks.session.frame();
        Self {
            sampled: (looks.genes.is_colour()).then(|| {
                [
                    SampledDeltaE::every(frame, EVERY),
                    SampledDeltaE::new(frame),
                ]
            }),
        }
    }

    /// The size of a change, in the attack's unit.
    pub(super) fn of(&self, p: &Perturbation) -> f64 {
        match &self.sampled {
            Some([few, many]) => {
                let size = few.delta_e(p);
                if size < SMALL { many.delta_e(p) } else { size }
            }
            None => moved(p),
        }
    }

    fn at(&self, genes: &dyn Genes, point: &[f64]) -> f64 {
        self.of(&genes.perturbation(point))
    }
}

/// Directions from the point that changes nothing, each number in a unit in which it counts as much as the others.
pub(super) struct Rays {
    pub(super) sizes: Sizes,
    pub(super) origin: Vec<f64>,
    pub(super) bounds: Vec<[f64; 2]>,
    /// How much of each number makes a change of size 1, about; 0 for a number that does not vary.
    units: Vec<f64>,
}

impl Rays {
    pub(super) fn new(looks: &Looks<'_, '_>) -> Self {
        let sizes = Sizes::new(looks);
        let units = (looks.bounds.iter().enumerate())
            .map(|(number, &[low, high])| {
                let far = |step: f64| {
                    let mut point = looks.origin.clone();
                    if let Some(value) = point.get_mut(number) {
                        *value = (*value + step).clamp(low, high);
                    }
                    let step = point.get(number).zip(looks.origin.get(number));
                    let step = step.map_or(0.0, |(to, from)| (to - from).abs());
                    (step, sizes.at(looks.genes, &point))
                };
                let quarter = (high - low) / 4.0;
                let (step, size) = [far(quarter), far(-quarter)]
                    .into_iter()
                    .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
                if size > 0.0 { step / size } else { 0.0 }
            })
            .collect();
        Self {
            sizes,
            origin: looks.origin.clone(),
            bounds: looks.bounds.clone(),
            units,
        }
    }

    /// The direction of a point, of length 1.
    pub(super) fn direction(&self, point: &[f64]) -> Vec<f64> {
        let raw = (point.iter().zip(&self.origin).zip(&self.units))
            .map(|((to, from), &unit)| if unit > 0.0 { (to - from) / unit } else { 0.0 })
            .collect();
        normalised(raw)
    }

    /// The point that lies so far from the origin along a direction.
    pub(super) fn along(&self, direction: &[f64], far: f64) -> Vec<f64> {
        (self.origin.iter().zip(direction).zip(&self.units))
            .map(|((from, along), unit)| from + along * unit * far)
            .collect()
    }

    /// How far a ray stays within the bounds.
    pub(super) fn length(&self, direction: &[f64]) -> f64 {
        let mut length = f64::INFINITY;
        let numbers = (self.origin.iter().zip(direction)).zip(self.units.iter().zip(&self.bounds));
        for ((from, along), (unit, &[low, high])) in numbers {
            let speed = along * unit;
            if speed > 0.0 {
                length = length.min((high - from) / speed);
            } else if speed < 0.0 {
                length = length.min((low - from) / speed);
            }
        }
        if length.is_finite() {
            length.max(0.0)
        } else {
            0.0
        }
    }

    /// A point with one number changed by about so much in size, upward if the bounds allow; none if the number does not vary.
    pub(super) fn beside(&self, point: &[f64], number: usize, size: f64) -> Option<Vec<f64>> {
        let unit = self.units.get(number).filter(|unit| **unit > 0.0)?;
        let &[low, high] = self.bounds.get(number)?;
        let mut beside = point.to_vec();
        let value = beside.get_mut(number)?;
        let step = unit * size;
        *value = if *value + step <= high {
            *value + step
        } else {
            (*value - step).max(low)
        };
        Some(beside)
    }

    /// A point near another one, within the bounds: each number changed by about so much in size.
    pub(super) fn around(
        &self,
        point: &[f64],
        size: f64,
        random: &mut impl RandomStream,
    ) -> Vec<f64> {
        let numbers = point.iter().zip(&self.units).zip(&self.bounds);
        (numbers)
            .map(|((value, unit), &[low, high])| {
                (value + unit * size * gaussian(random)).clamp(low, high)
            })
            .collect()
    }

    /// The number of numbers.
    pub(super) fn dimensions(&self) -> usize {
        self.origin.len()
    }
}

/// A direction, uniform over the sphere.
pub(super) fn drawn(dimensions: usize, random: &mut impl RandomStream) -> Vec<f64> {
    normalised((0..dimensions).map(|_| gaussian(random)).collect())
}

/// A standard normal number (Box and Muller 1958).
pub(super) fn gaussian(random: &mut impl RandomStream) -> f64 {
    let radius = (-2.0 * (1.0 - random.uniform()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.uniform()).cos()
}

/// Of length 1; as it is, if it has none.
pub(super) fn normalised(mut direction: Vec<f64>) -> Vec<f64> {
    let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 {
        for value in &mut direction {
            *value /= length;
        }
    }
    direction
}
