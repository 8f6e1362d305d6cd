//! The average input of every convolution, computed from the batch norms alone: no photograph is needed.
//!
//! Over its training data, a batch norm's output is about normally distributed with mean β and standard deviation |γ|; after
//! the ReLU its moments are known in closed form. They are propagated through the network's branches, poolings and residuals.
//! Zero padding counts: at 8 × 8, an outer tap of a 3 × 3 kernel meets it in one position of eight.

use std::collections::BTreeMap;
use std::f64::consts::{PI, SQRT_2};

use crate::architectures::Architecture;
use flipscope_nn::{ConvSpec, Node};

/// One channel: max(x, 0) · `factor` with x normally distributed; x · `factor` if no ReLU follows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Channel {
    mean: f64,
    deviation: f64,
    factor: f64,
    relu: bool,
}

/// The average input of one convolution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Input {
    /// E\[x\] of each channel.
    pub(crate) means: Vec<f64>,
    /// E\[x²\] of each channel.
    pub(crate) squares: Vec<f64>,
    /// For each tap of the kernel (row-major), the fraction of positions at which it meets the input rather than the zero
    /// padding.
    pub(crate) inside: Vec<f64>,
}

/// Mean and standard deviation of the largest of four independent normal numbers: what 3 × 3 neighbours, which are much alike,
/// amount to.
const MAX_POOL: (f64, f64) = (1.03, 0.70);

/// Inputs of every convolution, by the convolution's name. The network's own input is a photograph of skin, in about −1..1;
/// `norm` gives β and γ of a convolution's batch norm.
pub(crate) fn inputs<E>(
    architecture: &Architecture,
    side: usize,
    mut norm: impl FnMut(&ConvSpec) -> Result<(Vec<f32>, Vec<f32>), E>,
) -> Result<BTreeMap<String, Input>, E> {
    let skin = [0.4, 0.1, 0.05].map(|mean| Channel {
        mean,
        deviation: 0.3,
        factor: 1.0,
        relu: true,
    });
    let mut seen = BTreeMap::new();
    let mut x = (skin.to_vec(), side);
    for (_, block) in &architecture.blocks {
        x = follow(block, x, &mut norm, &mut seen)?;
    }
    Ok(seen)
}

/// Channels and the side of their planes, through one piece of the network.
fn follow<E>(
    node: &Node<ConvSpec>,
    (x, side): (Vec<Channel>, usize),
    norm: &mut impl FnMut(&ConvSpec) -> Result<(Vec<f32>, Vec<f32>), E>,
    seen: &mut BTreeMap<String, Input>,
) -> Result<(Vec<Channel>, usize), E> {
    match node {
        Node::MaxPool { padding } => {
            let higher = |channel: Channel| Channel {
                mean: channel.mean + MAX_POOL.0 * channel.deviation,
                deviation: MAX_POOL.1 * channel.deviation,
                ..channel
            };
            let side = ((side + 2 * padding).max(3) - 1) / 2;
            Ok((x.into_iter().map(higher).collect(), side))
        }
        Node::AvgPool => {
            // One zero among three values along an axis, at each of the two ends.
            let axis = 1.0 - 2.0 / (3.0 * side as f64);
            let less = |channel: Channel| Channel {
                factor: channel.factor * axis * axis,
                ..channel
            };
            Ok((x.into_iter().map(less).collect(), side))
        }
        Node::Conv(spec) => {
            seen.insert(spec.name.clone(), input(spec, &x, side));
            let (bias, weight) = norm(spec)?;
            let channels = bias.iter().zip(&weight).map(|(&bias, &weight)| Channel {
                mean: bias.into(),
                deviation: f64::from(weight).abs(),
                factor: 1.0,
                relu: spec.relu,
            });
            // In the supported networks, the sides of the frame and of every kernel's reach are the same along both axes.
            Ok((channels.collect(), output(side, spec, 0)))
        }
        Node::Chain(nodes) => nodes
            .iter()
            .try_fold((x, side), |x, node| follow(node, x, norm, seen)),
        Node::Branches(nodes) => {
            let (mut stacked, mut last) = (Vec::new(), side);
            for node in nodes {
                let (channels, side) = follow(node, (x.clone(), side), norm, seen)?;
                stacked.extend(channels);
                last = side;
            }
            Ok((stacked, last))
        }
        Node::Residual { main, shortcut } => {
            let (made, last) = follow(main, (x.clone(), side), norm, seen)?;
            let (added, _) = match shortcut {
                Some(shortcut) => follow(shortcut, (x, side), norm, seen)?,
                None => (x, side),
            };
            let sums = made.into_iter().zip(added).map(|(a, b)| a.plus(b));
            Ok((sums.collect(), last))
        }
    }
}

fn input(spec: &ConvSpec, x: &[Channel], side: usize) -> Input {
    let moments: Vec<_> = x.iter().map(|channel| channel.moments()).collect();
    let [rows, columns] = [0, 1].map(|axis| inside(side, spec, axis));
    Input {
        means: moments.iter().map(|&(mean, _)| mean).collect(),
        squares: moments.iter().map(|&(_, square)| square).collect(),
        inside: rows
            .iter()
            .flat_map(|row| columns.iter().map(move |column| row * column))
            .collect(),
    }
}

/// Kernel and padding along an axis.
fn along(spec: &ConvSpec, axis: usize) -> (usize, usize) {
    let pick = |[rows, columns]: [usize; 2]| if axis == 0 { rows } else { columns };
    (pick(spec.kernel), pick(spec.padding))
}

fn output(side: usize, spec: &ConvSpec, axis: usize) -> usize {
    let (kernel, padding) = along(spec, axis);
    (side + 2 * padding).saturating_sub(kernel) / spec.stride + 1
}

/// For each tap along an axis, the fraction of positions at which it meets the input.
fn inside(side: usize, spec: &ConvSpec, axis: usize) -> Vec<f64> {
    let (kernel, padding) = along(spec, axis);
    let places = output(side, spec, axis);
    let meets = |tap: usize| {
        let met = (0..places)
            .map(|place| place * spec.stride + tap)
            .filter(|&at| at >= padding && at < side + padding);
        met.count() as f64 / places as f64
    };
    (0..kernel).map(meets).collect()
}

impl Channel {
    /// The ReLU of the sum of two independent values, which is taken as normally distributed.
    fn plus(self, other: Self) -> Self {
        let ((a, a_square), (b, b_square)) = (self.moments(), other.moments());
        let variance = (a_square - a * a) + (b_square - b * b);
        Self {
            mean: a + b,
            deviation: variance.max(0.0).sqrt(),
            factor: 1.0,
            relu: true,
        }
    }

    /// E\[y\] and E\[y²\] of y = max(x, 0) · factor, or x · factor.
    fn moments(self) -> (f64, f64) {
        if !self.relu {
            let square = self.mean * self.mean + self.deviation * self.deviation;
            return (self.mean * self.factor, square * self.factor * self.factor);
        }
        let deviation = self.deviation.max(1e-12);
        let z = self.mean / deviation;
        let above = 0.5 * (1.0 + erf(z / SQRT_2));
        let density = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
        let mean = self.mean * above + deviation * density;
        let square = (self.mean * self.mean + deviation * deviation) * above
            + self.mean * deviation * density;
        (mean * self.factor, square * self.factor * self.factor)
    }
}

/// The error function, within 1.5e-7 (Abramowitz and Stegun, 7.1.26).
fn erf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let series = [
        0.254_829_592,
        -0.284_496_736,
        1.421_413_741,
        -1.453_152_027,
        1.061_405_429,
    ];
    let sum = series.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_many_numbers() {
        for (mean, deviation) in [(0.0, 1.0), (0.7, 0.5), (-1.2, 0.9), (3.0, 0.1)] {
            // Numbers spread over the normal distribution, each with its density.
            let (mut weight, mut first, mut second) = (0.0, 0.0, 0.0);
            for n in -8000..=8000 {
                let z = f64::from(n) / 1000.0;
                let density = (-z * z / 2.0).exp();
                let x = 0.5 * (mean + deviation * z).max(0.0);
                weight += density;
                first += density * x;
                second += density * x * x;
            }
            let channel = Channel {
                mean,
                deviation,
                factor: 0.5,
                relu: true,
            };
            let made = channel.moments();
            assert!((made.0 - first / weight).abs() < 1e-5, "{made:?}");
            assert!((made.1 - second / weight).abs() < 1e-5, "{made:?}");
        }
    }

    #[test]
    fn every_convolution_gets_one_entry_a_channel_and_a_tap() {
        let architecture = crate::architectures::inception_v3::architecture();
        let seen = inputs(&architecture, 299, |spec| {
            Ok::<_, ()>((vec![0.0; spec.c_out], vec![1.0; spec.c_out]))
        })
        .unwrap();
        let convs = architecture.convs();
        assert_eq!((convs.len(), seen.len()), (94, 94));
        for conv in convs {
            let input = &seen[&conv.name];
            assert_eq!(input.means.len(), conv.c_in, "{}", conv.name);
            assert_eq!(
                input.inside.len(),
                conv.kernel[0] * conv.kernel[1],
                "{}",
                conv.name
            );
        }
        // 8 × 8, kernel 1 × 3: the outer taps meet a zero in one position of eight.
        assert_eq!(seen["Mixed_7c.branch3x3_2a"].inside, [0.875, 1.0, 0.875]);
        // 17 × 17, kernel 7 × 1.
        assert_eq!(seen["Mixed_6b.branch7x7_3"].inside[0], 14.0 / 17.0);
        assert_eq!(seen["Conv2d_2a_3x3"].inside, [1.0; 9]);
        // 35 × 35: the mean of a pooling is smaller at the border.
        let (pooled, plain) = (&seen["Mixed_5c.branch_pool"], &seen["Mixed_5c.branch1x1"]);
        assert!((pooled.means[0] / plain.means[0] - (1.0 - 2.0 / 105.0_f64).powi(2)).abs() < 1e-12);
    }
    #[test]
    fn a_residual_adds_its_paths() {
        let architecture = crate::architectures::resnet::resnet50();
        let seen = inputs(&architecture, 299, |spec| {
            // Scales of 2, and shifts that distinguish the paths.
            let shift = if spec.name.contains("downsample") {
                1.5
            } else {
                0.5
            };
            Ok::<_, ()>((vec![shift; spec.c_out], vec![2.0; spec.c_out]))
        })
        .unwrap();
        assert_eq!(seen.len(), architecture.convs().len());
        // 38 × 38 at stride 2 from 75 × 75, padded by 1: the first and the last tap meet a zero in one position of 38.
        let edge = 37.0 / 38.0;
        assert_eq!(
            seen["layer2.0.conv2"].inside[..3],
            [edge * edge, edge, edge * edge]
        );
        let wanted = |mean, deviation| {
            let relu = true;
            let factor = 1.0;
            Channel {
                mean,
                deviation,
                factor,
                relu,
            }
            .moments()
        };
        let near = |input: &Input, (mean, square): (f64, f64)| {
            assert!(
                (input.means[0] - mean).abs() < 1e-9,
                "{} {mean}",
                input.means[0]
            );
            assert!(
                (input.squares[0] - square).abs() < 1e-9,
                "{} {square}",
                input.squares[0]
            );
        };
        // Both paths of the first block without ReLU: means and variances add.
        let first = wanted(2.0, 8.0_f64.sqrt());
        near(&seen["layer1.1.conv1"], first);
        // The second block adds its input.
        let (mean, square) = first;
        near(
            &seen["layer1.2.conv1"],
            wanted(0.5 + mean, (4.0 + square - mean * mean).sqrt()),
        );
    }
}
