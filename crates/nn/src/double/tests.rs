//! The f64 layers against differences of their own values, and against the engine in f32.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{DoubleConv, DoubleNetwork, Planes};
use crate::engine::{Isa, Plan};
use crate::{BatchNorm, Conv, ConvSpec, Linear, Node, NormName};

const SIZE: [usize; 3] = [3, 13, 11];

fn spec(
    [c_in, c_out]: [usize; 2],
    kernel: [usize; 2],
    stride: usize,
    padding: [usize; 2],
) -> ConvSpec {
    ConvSpec {
        name: "conv".to_owned(),
        norm: NormName::Inside,
        c_in,
        c_out,
        kernel,
        stride,
        padding,
        relu: true,
    }
}

fn linear(spec: ConvSpec) -> ConvSpec {
    ConvSpec {
        relu: false,
        ..spec
    }
}

/// Everything that a network has: strides, padding that differs between the axes, both poolings, branches, and residuals with and
/// without a projection.
fn tree() -> Node<ConvSpec> {
    let conv = |c_in, c_out, kernel: [usize; 2]| {
        let [rows, columns] = kernel;
        spec([c_in, c_out], kernel, 1, [rows / 2, columns / 2])
    };
    Node::Chain(vec![
        spec([3, 5], [3, 3], 2, [1, 0]).into(),
        Node::Branches(vec![
            conv(5, 3, [1, 1]).into(),
            Node::Chain(vec![conv(5, 4, [1, 3]).into(), conv(4, 2, [3, 1]).into()]),
            Node::Chain(vec![Node::AvgPool, conv(5, 3, [1, 1]).into()]),
        ]),
        conv(8, 8, [1, 1]).into(),
        Node::Residual {
            main: Box::new(Node::Chain(vec![
                conv(8, 4, [3, 3]).into(),
                linear(conv(4, 8, [1, 1])).into(),
            ])),
            shortcut: None,
        },
        Node::MaxPool { padding: 1 },
        Node::Residual {
            main: Box::new(linear(spec([8, 6], [3, 3], 2, [1, 1])).into()),
            shortcut: Some(Box::new(linear(spec([8, 6], [1, 1], 2, [0, 0])).into())),
        },
    ])
}

fn uniform(rng: &mut ChaCha8Rng, count: usize, low: f32, high: f32) -> Vec<f32> {
    (0..count).map(|_| rng.random_range(low..high)).collect()
}

/// The same network in f64 and in f32, and a frame.
fn networks() -> (DoubleNetwork, (Plan, Linear), Vec<f32>) {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let (mut doubles, mut singles) = (Vec::new(), Vec::new());
    tree().for_each(&mut |spec: &ConvSpec| {
        let count = spec.weight_shape().iter().product();
        let weight = uniform(&mut rng, count, -0.6, 0.6);
        let norm = BatchNorm {
            weight: uniform(&mut rng, spec.c_out, 0.5, 1.5),
            bias: uniform(&mut rng, spec.c_out, -0.1, 0.3),
            mean: uniform(&mut rng, spec.c_out, -0.2, 0.2),
            var: uniform(&mut rng, spec.c_out, 0.5, 1.5),
            eps: 1e-3,
        };
        doubles.push(DoubleConv::folded(spec, &weight, &norm, &mut |_| {}).unwrap());
        singles.push(Conv::folded(spec, weight, &norm).unwrap());
    });
    let (mut doubles, mut singles) = (doubles.into_iter(), singles.into_iter());
    let double = tree().try_map(&mut |_| doubles.next().ok_or(()));
    let single = tree().try_map(&mut |_| singles.next().ok_or(()));
    let head = || {
        let weight = (0..12_u8).map(|n| f32::from(n % 5) - 1.7).collect();
        Linear::new(weight, vec![0.3, -0.4]).unwrap()
    };
    let frame = uniform(&mut rng, SIZE.iter().product(), -1.0, 1.0);
    (
        DoubleNetwork::new(double.unwrap(), head()),
        (
            Plan::new(single.unwrap(), SIZE, Isa::best()).unwrap(),
            head(),
        ),
        frame,
    )
}

fn planes(values: Vec<f64>) -> Planes {
    let [channels, rows, columns] = SIZE;
    Planes {
        channels,
        rows,
        columns,
        values,
    }
}

/// A function of the logits, and its derivatives.
fn score(logits: &[f64]) -> f64 {
    logits[0] * logits[1] - logits[1]
}

fn by_logit(logits: &[f64]) -> Vec<f64> {
    vec![logits[1], logits[0] - 1.0]
}

#[test]
fn gradients_are_the_slopes_of_small_steps() {
    let (network, _, frame) = networks();
    let frame: Vec<f64> = frame.into_iter().map(f64::from).collect();
    let (_, gradient) = network.gradient(planes(frame.clone()), &by_logit).unwrap();
    let largest = (gradient.values.iter()).fold(0.0, |most: f64, value| most.max(value.abs()));
    assert!(largest > 0.01, "{largest}");
    for at in 0..frame.len() {
        let moved = |step: f64| {
            let mut values = frame.clone();
            values[at] += step;
            score(&network.gradient(planes(values), &by_logit).unwrap().0)
        };
        let slope = (moved(1e-6) - moved(-1e-6)) / 2e-6;
        let apart = (slope - gradient.values[at]).abs();
        assert!(apart < 1e-7 * largest.max(1.0), "{at}: {slope} {apart}");
    }
}

#[test]
fn the_engine_agrees_as_far_as_f32_goes() {
    let (network, (plan, head), frame) = networks();
    let double: Vec<f64> = frame.iter().copied().map(f64::from).collect();
    let (logits, gradient) = network.gradient(planes(double), &by_logit).unwrap();
    let [channels, rows, columns] = SIZE;
    let area = rows * columns;
    let render = |_: usize, pixels: &mut [f32]| {
        for (at, value) in pixels.iter_mut().enumerate() {
            *value = frame[at % channels * area + at / channels];
        }
    };
    let by_feature = |_: usize, features: &[f32]| {
        let logits = head.forward(features);
        head.backward(&[logits[1], logits[0] - 1.0])
    };
    let (features, single) = plan.gradient(1, &render, &by_feature).unwrap();
    for (single, double) in head.forward(&features).into_iter().zip(logits) {
        assert!((f64::from(single) - double).abs() < 1e-5 * double.abs().max(1.0));
    }
    let norm = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>().sqrt();
    let apart = norm(&mut single.iter().enumerate().map(|(at, value)| {
        f64::from(*value) - gradient.values[at % channels * area + at / channels]
    }));
    let whole = norm(&mut gradient.values.iter().copied());
    assert!(apart < 1e-5 * whole, "{apart} of {whole}");
}

#[test]
fn what_does_not_fit_is_refused() {
    let (network, _, _) = networks();
    let four = Planes {
        channels: 4,
        rows: 13,
        columns: 11,
        values: vec![0.0; 4 * 13 * 11],
    };
    let error = network.gradient(four, &by_logit).unwrap_err().to_string();
    assert!(error.contains("3 channels, and not 4"), "{error}");
    let small = Planes {
        channels: 3,
        rows: 1,
        columns: 2,
        values: vec![0.0; 6],
    };
    assert!(network.gradient(small, &by_logit).is_err());
}
