//! What the margin is expected to be near a judged point: the network's gradient there, carried on to the numbers that a search varies.
//!
//! For changes of colour the chain is exact in the frame's values: whatever the numbers do, every pixel goes through three tables of 256
//! entries, so the slopes of all pixels with the same value are summed once, and the expected change is a sum over 3 × 256 entries,
//! with truncation and clamping as they are. That holds for gain, offset, and anything else that is made into such tables. For a pose,
//! the frame is rendered again a small step either way along each number.

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, colour_tables, render};

use super::margin::{margin, of_cross_entropy};
use crate::search::attack::Genes;

/// Gradients are for values from 0 to 1, frames have them from 0 to this.
const WHOLE: f64 = 255.0;

/// Sums of slopes, by channel and by the value that a pixel has before its table.
type Sums = [[f64; 256]; 3];

/// The expected margin near a point.
pub(super) struct Slope {
    /// The point.
    pub(super) at: Vec<f64>,
    /// The margin there.
    pub(super) margin: f64,
    chain: Chain,
}

enum Chain {
    /// Through the tables of colour: those of the point, and the sums.
    Tables(Box<([[u8; 256]; 3], Sums)>),
    /// The slope along each number.
    Numbers(Vec<f64>),
}

impl Slope {
    /// From the gradient of the cross entropy for the wanted class with respect to the values of the frame altered by `at`, as
    /// [`flipscope_model::Classifier::gradients`] gives it (`[row][column][channel]`, values in units of 255), and the energy there.
    pub(super) fn new(
        frame: &Frame,
        genes: &dyn Genes,
        at: &[f64],
        energy: f64,
        gradient: &[f32],
    ) -> Self {
        let scale = of_cross_entropy(energy) / WHOLE;
        let chain = if genes.is_colour() {
            let mut sums = sums(frame, gradient);
            for sum in sums.as_flattened_mut() {
                *sum *= scale;
            }
            Chain::Tables(Box::new((tables(genes, at), sums)))
        } else {
            let mut slopes = along_numbers(frame, genes, at, gradient);
            for slope in &mut slopes {
                *slope *= scale;
            }
            Chain::Numbers(slopes)
        };
        Self {
            at: at.to_vec(),
            margin: margin(energy),
            chain,
        }
    }

    /// The expected margin of a point.
    pub(super) fn expect(&self, genes: &dyn Genes, point: &[f64]) -> f64 {
        let change: f64 = match &self.chain {
            Chain::Tables(chain) => {
                let (from, sums) = chain.as_ref();
                let to = tables(genes, point);
                let entries = from.as_flattened().iter().zip(to.as_flattened());
                (entries.zip(sums.as_flattened()))
                    .map(|((&from, &to), sum)| (f64::from(to) - f64::from(from)) * sum)
                    .sum()
            }
            Chain::Numbers(slopes) => (slopes.iter().zip(point).zip(&self.at))
                .map(|((slope, to), from)| slope * (to - from))
                .sum(),
        };
        self.margin + change
    }
}

fn tables(genes: &dyn Genes, point: &[f64]) -> [[u8; 256]; 3] {
    colour_tables(&genes.perturbation(point))
}

/// The slopes of all pixels with the same value, summed.
fn sums(frame: &Frame, gradient: &[f32]) -> Sums {
    let mut sums = [[0.0; 256]; 3];
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let (slopes, _) = gradient.as_chunks::<3>();
    for (pixel, slopes) in pixels.iter().zip(slopes) {
        for ((sums, &value), &slope) in sums.iter_mut().zip(pixel).zip(slopes) {
            if let Some(sum) = sums.get_mut(usize::from(value)) {
                *sum += f64::from(slope);
            }
        }
    }
    sums
}

/// A small step of each number, as a share of its range: large enough that most pixels change, small enough to stay near.
const STEP: f64 = 0.005;

/// The slope along each number, from frames rendered a step either way.
fn along_numbers(frame: &Frame, genes: &dyn Genes, at: &[f64], gradient: &[f32]) -> Vec<f64> {
    let dot = |perturbation: &Perturbation| -> f64 {
        let altered = render(frame, perturbation);
        (altered.pixels().iter().zip(gradient))
            .map(|(&value, &slope)| f64::from(value) * f64::from(slope))
            .sum()
    };
    (genes.bounds().iter().enumerate())
        .map(|(number, &[low, high])| {
            let step = STEP * (high - low);
            let [before, after] = [-step, step].map(|step| {
                let mut point = at.to_vec();
                if let Some(value) = point.get_mut(number) {
                    *value = (*value + step).clamp(low, high);
                }
                let value = point.get(number).copied().unwrap_or(0.0);
                (value, dot(&genes.perturbation(&point)))
            });
            let apart = after.0 - before.0;
            if apart > 0.0 {
                (after.1 - before.1) / apart
            } else {
                0.0
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::attack::Colour;

    /// A frame with many values, and slopes that depend on the place.
    fn frame() -> (Frame, Vec<f32>) {
        let bytes: Vec<u8> = (0..Frame::BYTES).map(|at| (at * 37 % 251) as u8).collect();
        let slopes = (0..Frame::BYTES).map(|at| ((at % 17) as f32 - 7.0) * 1e-5);
        (Frame::from_rgb(bytes).unwrap(), slopes.collect())
    }

    #[test]
    fn for_colours_the_expectation_is_the_sum_over_all_pixels() {
        let (frame, slopes) = frame();
        let colour = Colour::letter();
        let (from, to) = ([1.0, 0.95, 1.02], [0.9, 1.1, 1.0]);
        let slope = Slope::new(&frame, &colour, &from, 0.8, &slopes);
        let dot = |genes: &[f64]| -> f64 {
            let altered = render(&frame, &colour.perturbation(genes));
            (altered.pixels().iter().zip(&slopes))
                .map(|(&value, &slope)| f64::from(value) * f64::from(slope))
                .sum()
        };
        let known = margin(0.8) + (dot(&to) - dot(&from)) / 255.0 / 0.8;
        let expected = slope.expect(&colour, &to);
        assert!((expected - known).abs() < 1e-9, "{expected} {known}");
        assert!((slope.expect(&colour, &from) - margin(0.8)).abs() < 1e-12);
    }
}
