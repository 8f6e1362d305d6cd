//! Sensor noise, as in ImageNet-C; independent for each value.

use std::f64::consts::TAU;

use super::canvas::each_value;
use crate::lesion::Frame;
use flipscope_base::random::{RandomStream as _, Seeded};

/// Normal numbers of mean 0 and standard deviation 1. Box and Muller 1958, Ann Math Stat 29:610–611.
struct Normal<'a> {
    random: &'a mut Seeded,
    spare: Option<f64>,
}

impl<'a> Normal<'a> {
    fn new(random: &'a mut Seeded) -> Self {
        Self {
            random,
            spare: None,
        }
    }

    fn draw(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // In (0, 1], so that the logarithm is finite.
        let radius = (-2.0 * (1.0 - self.random.uniform()).ln()).sqrt();
        let (sin, cos) = (TAU * self.random.uniform()).sin_cos();
        self.spare = Some(radius * sin);
        radius * cos
    }
}

pub(super) fn gaussian(frame: &Frame, sigma: f64, random: &mut Seeded) -> Frame {
    let mut normal = Normal::new(random);
    each_value(frame, |value| value + sigma * normal.draw())
}

pub(super) fn speckle(frame: &Frame, sigma: f64, random: &mut Seeded) -> Frame {
    let mut normal = Normal::new(random);
    each_value(frame, |value| value + value * sigma * normal.draw())
}

pub(super) fn shot(frame: &Frame, photons: f64, random: &mut Seeded) -> Frame {
    each_value(frame, |value| {
        poisson(value * photons, random.uniform()) / photons
    })
}

/// The number whose cumulative probability first reaches `u` (at least 0, below 1), for a mean `mean` up to 500.
fn poisson(mean: f64, u: f64) -> f64 {
    let mut number = 0.0;
    let mut probability = (-mean).exp();
    let mut cumulative = probability;
    // Stops when the terms added are lost in rounding.
    while cumulative <= u && number < 2000.0 {
        number += 1.0;
        probability *= mean / number;
        cumulative += probability;
    }
    number
}

pub(super) fn impulse(frame: &Frame, share: f64, random: &mut Seeded) -> Frame {
    each_value(frame, |value| {
        if random.uniform() >= share {
            value
        } else if random.uniform() < 0.5 {
            1.0
        } else {
            0.0
        }
    })
}
