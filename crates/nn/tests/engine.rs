//! The CPU's engine against a plain reference in f64: values, gradients, and the same bits wherever a frame stands.
//!
//! Every vector form that the processor has is run, not only the one that would be chosen.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

use flipscope_nn::engine::{Isa, Plan};
use flipscope_nn::{Conv, Node, Precision};
use half::bf16;
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// Pixels in f64: `[channel][row][column]`.
#[derive(Clone, Debug)]
struct Picture {
    channels: usize,
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Picture {
    fn at(&self, channel: usize, row: isize, column: isize) -> Option<f64> {
        let (row, column) = (usize::try_from(row).ok()?, usize::try_from(column).ok()?);
        (row < self.rows && column < self.columns)
            .then(|| self.values[(channel * self.rows + row) * self.columns + column])
    }

    fn map(
        channels: usize,
        rows: usize,
        columns: usize,
        value: impl Fn(usize, isize, isize) -> f64,
    ) -> Self {
        let mut values = Vec::new();
        for channel in 0..channels {
            for row in 0..rows {
                for column in 0..columns {
                    values.push(value(channel, row as isize, column as isize));
                }
            }
        }
        Self {
            channels,
            rows,
            columns,
            values,
        }
    }

    fn interleaved(&self) -> Vec<f32> {
        let area = self.rows * self.columns;
        (0..area)
            .flat_map(|pixel| (0..self.channels).map(move |c| self.values[c * area + pixel] as f32))
            .collect()
    }
}

/// The definition, loop by loop.
fn reference(node: &Node<Conv>, x: &Picture) -> Picture {
    match node {
        Node::Conv(conv) => convolved(conv, x),
        Node::MaxPool { padding } => {
            let pad = *padding as isize;
            Picture::map(
                x.channels,
                (x.rows + 2 * padding - 3) / 2 + 1,
                (x.columns + 2 * padding - 3) / 2 + 1,
                |channel, row, column| {
                    window(|i, j| x.at(channel, 2 * row + i - pad, 2 * column + j - pad))
                        .fold(f64::NEG_INFINITY, f64::max)
                },
            )
        }
        Node::AvgPool => Picture::map(x.channels, x.rows, x.columns, |channel, row, column| {
            window(|i, j| x.at(channel, row + i - 1, column + j - 1)).sum::<f64>() / 9.0
        }),
        Node::Chain(nodes) => nodes.iter().fold(x.clone(), |x, node| reference(node, &x)),
        Node::Branches(nodes) => {
            let outputs: Vec<_> = nodes.iter().map(|node| reference(node, x)).collect();
            Picture {
                channels: outputs.iter().map(|one| one.channels).sum(),
                rows: outputs[0].rows,
                columns: outputs[0].columns,
                values: outputs.into_iter().flat_map(|one| one.values).collect(),
            }
        }
        Node::Residual { main, shortcut } => {
            let mut sum = reference(main, x);
            let added = match shortcut {
                Some(shortcut) => reference(shortcut, x),
                None => x.clone(),
            };
            assert_eq!(sum.values.len(), added.values.len());
            for (sum, added) in sum.values.iter_mut().zip(added.values) {
                *sum = (*sum + added).max(0.0);
            }
            sum
        }
    }
}

/// The definition of a convolution: the terms of each sum in the order channel, row, column of the kernel.
fn convolved(conv: &Conv, x: &Picture) -> Picture {
    let ([kr, kc], [pr, pc]) = (conv.kernel, conv.padding);
    let along = |side: usize, k: usize, p: usize| (side + 2 * p - k) / conv.stride + 1;
    let (rows, columns) = (along(x.rows, kr, pr), along(x.columns, kc, pc));
    // The first and the last place + 1 at which a value of the kernel lies on the picture.
    let places = |at: usize, padding: usize, side: usize, places: usize| {
        let first = padding.saturating_sub(at).div_ceil(conv.stride);
        let last = (side + padding).saturating_sub(at).div_ceil(conv.stride);
        first..last.min(places)
    };
    let mut values = Vec::with_capacity(conv.c_out * rows * columns);
    for (out, bias) in conv.bias.iter().enumerate() {
        let mut plane = vec![f64::from(*bias); rows * columns];
        for channel in 0..conv.c_in {
            for i in 0..kr {
                for j in 0..kc {
                    let at = ((out * conv.c_in + channel) * kr + i) * kc + j;
                    let weight = f64::from(conv.weight[at]);
                    let across = places(j, pc, x.columns, columns);
                    if across.is_empty() {
                        continue;
                    }
                    for row in places(i, pr, x.rows, rows) {
                        let from = (channel * x.rows + row * conv.stride + i - pr) * x.columns;
                        let first = from + across.start * conv.stride + j - pc;
                        let sums = &mut plane[row * columns..][across.clone()];
                        let seen = x.values[first..].iter();
                        for (sum, value) in sums.iter_mut().zip(seen.step_by(conv.stride)) {
                            *sum += weight * value;
                        }
                    }
                }
            }
        }
        if conv.relu {
            for sum in &mut plane {
                *sum = sum.max(0.0);
            }
        }
        values.append(&mut plane);
    }
    Picture {
        channels: conv.c_out,
        rows,
        columns,
        values,
    }
}

fn window(at: impl Fn(isize, isize) -> Option<f64>) -> impl Iterator<Item = f64> {
    let places = (0..3).flat_map(|i| (0..3).map(move |j| (i, j)));
    places
        .filter_map(move |(i, j)| at(i, j))
        .collect::<Vec<_>>()
        .into_iter()
}

fn features(node: &Node<Conv>, x: &Picture) -> Vec<f64> {
    let y = reference(node, x);
    let area = y.rows * y.columns;
    y.values
        .chunks(area)
        .map(|plane| plane.iter().sum::<f64>() / area as f64)
        .collect()
}

fn conv(
    rng: &mut ChaCha8Rng,
    c_in: usize,
    c_out: usize,
    kernel: [usize; 2],
    stride: usize,
    padding: [usize; 2],
) -> Conv {
    let fan_in = c_in * kernel[0] * kernel[1];
    let scale = (3.0 / fan_in as f32).sqrt();
    Conv {
        c_in,
        c_out,
        kernel,
        stride,
        padding,
        weight: (0..c_out * fan_in)
            .map(|_| rng.random_range(-scale..scale))
            .collect(),
        bias: (0..c_out).map(|_| rng.random_range(-0.3..0.3)).collect(),
        relu: rng.random_bool(0.8),
    }
}

fn picture(rng: &mut ChaCha8Rng, channels: usize, rows: usize, columns: usize) -> Picture {
    // Values that an f32 holds, so that both sides see the same input.
    Picture {
        channels,
        rows,
        columns,
        values: (0..channels * rows * columns)
            .map(|_| f64::from(rng.random_range(-1.0_f32..1.0)))
            .collect(),
    }
}

/// Values and gradients of a tree, with every instruction set of the processor.
fn check(tree: &Node<Conv>, x: &Picture, rng: &mut ChaCha8Rng) {
    let pixels = x.interleaved();
    let expected = features(tree, x);
    let weights: Vec<f32> = expected
        .iter()
        .map(|_| rng.random_range(-1.0..1.0))
        .collect();
    let function = |x: &Picture| -> f64 {
        features(tree, x)
            .iter()
            .zip(&weights)
            .map(|(f, w)| f * f64::from(*w))
            .sum()
    };
    // Central differences at some pixels. Where the slopes of both sides differ, a ReLU or a maximum has its corner.
    let sides = |x: &Picture, here: f64, at: usize| {
        let moved = |by: f64| {
            let mut moved = x.clone();
            moved.values[at] += by;
            function(&moved)
        };
        let step = 1e-4;
        ((here - moved(-step)) / step, (moved(step) - here) / step)
    };
    let (mut slopes, here) = (Vec::new(), function(x));
    for _ in 0..12 {
        let at = rng.random_range(0..x.values.len());
        let (left, right) = sides(x, here, at);
        if (left - right).abs() < 1e-7 {
            slopes.push((at, f64::midpoint(left, right)));
        }
    }
    // A corner that a step along one pixel does not reach, but rounding does: f32 may stand on its other side. There the slope
    // jumps when all values move by as much as f32 rounds them.
    let jumps = |at: usize, slope: f64, by: f64| {
        (0..32).any(|seed| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let mut near = x.clone();
            for value in &mut near.values {
                *value += rng.random_range(-3e-7..3e-7);
            }
            let (left, right) = sides(&near, function(&near), at);
            (f64::midpoint(left, right) - slope).abs() > by / 2.0
        })
    };
    for isa in Isa::all() {
        let plan = Plan::new(tree.clone(), [x.channels, x.rows, x.columns], isa).unwrap();
        let n = 3;
        let batch = pixels.repeat(n);
        let got = plan.run(&batch).unwrap();
        let alone = plan.run(&pixels).unwrap();
        for frame in got.chunks(expected.len()) {
            assert_eq!(frame, alone, "{isa:?}: the same bits at every place");
        }
        let size = expected.iter().fold(1.0_f64, |size, f| size.max(f.abs()));
        for (got, expected) in alone.iter().zip(&expected) {
            assert!(
                (f64::from(*got) - expected).abs() < 2e-5 * size,
                "{isa:?}: {got} for {expected}"
            );
        }
        let shown = plan.activations(&pixels).unwrap().pop().unwrap();
        let whole = reference(tree, x);
        assert_eq!(
            (shown.channels, shown.rows, shown.columns),
            (whole.channels, whole.rows, whole.columns)
        );
        for (got, expected) in shown.values.iter().zip(whole.interleaved()) {
            assert!(
                (got - expected).abs() < 5e-5 * size.max(f64::from(expected.abs())) as f32,
                "{isa:?}: {got} for {expected}"
            );
        }

        let render = |_: usize, to: &mut [f32]| to.copy_from_slice(&pixels);
        let towards = |_: usize, _: &[f32]| weights.clone();
        let (values, gradients) = plan.gradient(n, &render, &towards).unwrap();
        // Its forward pass takes the form that rounds least, and so may end in other bits.
        for (got, expected) in values.iter().zip(expected.iter().cycle()) {
            assert!(
                (f64::from(*got) - expected).abs() < 2e-5 * size,
                "{isa:?}, before a gradient: {got} for {expected}"
            );
        }
        let (_, gradient) = plan.gradient(1, &render, &towards).unwrap();
        for frame in gradients.chunks(gradient.len()) {
            assert_eq!(frame, gradient, "{isa:?}: the same bits at every place");
        }
        let area = x.rows * x.columns;
        for &(at, slope) in &slopes {
            let got = f64::from(gradient[(at % area) * x.channels + at / area]);
            let off = (got - slope).abs();
            assert!(
                off < 1e-5 + 1e-4 * slope.abs() || jumps(at, slope, off),
                "{isa:?}: {got} for {slope} at {at}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_convolution_is_its_definition(
        seed: u64,
        c_in in 1_usize..40,
        c_out in 1_usize..70,
        kernel in prop::sample::select(vec![[1, 1], [3, 3], [5, 5], [1, 7], [7, 1], [1, 3], [3, 1], [7, 7], [2, 4]]),
        stride in 1_usize..4,
        padding in (0_usize..4, 0_usize..4),
        size in (1_usize..20, 1_usize..20),
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let rows = size.0.max(kernel[0]);
        let columns = size.1.max(kernel[1]);
        let tree = Node::Conv(conv(rng, c_in, c_out, kernel, stride, [padding.0, padding.1]));
        let x = picture(rng, c_in, rows, columns);
        check(&tree, &x, rng);
    }

    #[test]
    fn any_convolution_in_bf16_is_its_definition_of_rounded_numbers(
        seed: u64,
        c_in in 16_usize..40,
        c_out in 1_usize..70,
        kernel in prop::sample::select(vec![[1, 1], [3, 3], [5, 5], [1, 7], [7, 1]]),
        stride in 1_usize..4,
        padding in (0_usize..4, 0_usize..4),
        size in (7_usize..24, 7_usize..24),
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut conv = conv(rng, c_in, c_out, kernel, stride, [padding.0, padding.1]);
        let x = picture(rng, c_in, size.0, size.1);
        let plan = Plan::with(
            Node::Conv(conv.clone()),
            [c_in, size.0, size.1],
            Isa::best(),
            Precision::Bf16,
        );
        if !Isa::best().has_bf16() {
            prop_assert!(plan.unwrap_err().to_string().contains("AVX512-BF16"));
            return Ok(());
        }
        let plan = plan.unwrap();
        let pixels = x.interleaved();
        let got = plan.activations(&pixels).unwrap().pop().unwrap();
        prop_assert_eq!(plan.run(&pixels.repeat(3)).unwrap(), plan.run(&pixels).unwrap().repeat(3));

        let round = |value: f64| bf16::from_f32(value as f32).to_f64();
        // 3 × 3 at stride 1 onto many pixels stays in f32, by Winograd.
        let fewer = kernel == [3, 3] && stride == 1 && got.rows * got.columns >= 256;
        let round = |value: f64| if fewer { value } else { round(value) };
        conv.weight.iter_mut().for_each(|w| *w = round(f64::from(*w)) as f32);
        let rounded = Picture { values: x.values.iter().map(|v| round(*v)).collect(), ..x };
        let expected = reference(&Node::Conv(conv), &rounded).interleaved();
        let size = expected.iter().fold(1.0_f32, |size, value| size.max(value.abs()));
        for (got, expected) in got.values.iter().zip(expected) {
            prop_assert!((got - expected).abs() < 2e-5 * size, "{} for {}", got, expected);
        }
    }

    #[test]
    fn three_by_three_on_larger_pictures_is_its_definition(
        seed: u64,
        c_in in 16_usize..40,
        c_out in 1_usize..40,
        padding in (0_usize..4, 0_usize..4),
        size in (18_usize..30, 18_usize..30),
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let tree = Node::Chain(vec![
            Node::Conv(conv(rng, c_in, c_out, [3, 3], 1, [padding.0, padding.1])),
            Node::Branches(vec![
                Node::Conv(conv(rng, c_out, 17, [3, 3], 1, [1, 1])),
                Node::Conv(conv(rng, c_out, 3, [3, 3], 1, [1, 1])),
            ]),
        ]);
        let x = picture(rng, c_in, size.0, size.1);
        check(&tree, &x, rng);
    }

    #[test]
    fn any_block_is_its_definition(
        seed: u64,
        c_in in 1_usize..40,
        widths in prop::array::uniform5(1_usize..40),
        size in (5_usize..16, 5_usize..16),
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let [a, b, c, d, e] = widths;
        let stem = conv(rng, c_in, a, [3, 3], 1, [1, 1]);
        let down = conv(rng, a, b, [3, 3], 2, [0, 0]);
        let tree = Node::Chain(vec![
            Node::Conv(stem),
            Node::Branches(vec![
                Node::Conv(conv(rng, a, b, [1, 1], 1, [0, 0])),
                Node::Chain(vec![
                    Node::Conv(conv(rng, a, c, [1, 1], 1, [0, 0])),
                    Node::Branches(vec![
                        Node::Conv(conv(rng, c, d, [1, 3], 1, [0, 1])),
                        Node::Conv(conv(rng, c, e, [3, 1], 1, [1, 0])),
                    ]),
                ]),
                Node::Chain(vec![Node::AvgPool, Node::Conv(conv(rng, a, d, [1, 1], 1, [0, 0]))]),
                Node::AvgPool,
            ]),
            Node::Conv(conv(rng, b + d + e + d + a, a, [1, 1], 1, [0, 0])),
            Node::Branches(vec![
                Node::Conv(down),
                Node::MaxPool { padding: 0 },
                Node::Chain(vec![Node::Conv(conv(rng, a, e, [5, 5], 1, [2, 2])), Node::MaxPool { padding: 0 }]),
            ]),
        ]);
        let x = picture(rng, c_in, size.0, size.1);
        check(&tree, &x, rng);
    }

    #[test]
    fn any_residual_is_its_definition(
        seed: u64,
        c_in in 1_usize..40,
        widths in prop::array::uniform3(1_usize..40),
        stride in 1_usize..3,
        projected: bool,
        inner: bool,
        size in (5_usize..22, 5_usize..22),
    ) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let [a, b, c] = widths;
        let linear = |conv: Conv| Node::Conv(Conv { relu: false, ..conv });
        // Identities of the network's input, of a maximum whose windows reach over the edge, and within branches.
        let first = Node::Residual {
            main: Box::new(linear(conv(rng, c_in, c_in, [3, 3], 1, [1, 1]))),
            shortcut: None,
        };
        let mut main = vec![
            Node::Conv(conv(rng, c_in, a, [1, 1], 1, [0, 0])),
            Node::Conv(conv(rng, a, b, [3, 3], stride, [1, 1])),
        ];
        if inner {
            main.push(Node::Residual {
                main: Box::new(linear(conv(rng, b, b, [1, 1], 1, [0, 0]))),
                shortcut: Some(Box::new(Node::Conv(conv(rng, b, b, [3, 3], 1, [1, 1])))),
            });
        }
        let c = if projected || stride > 1 { c } else { c_in };
        main.push(linear(conv(rng, b, c, [1, 1], 1, [0, 0])));
        let second = Node::Residual {
            main: Box::new(Node::Chain(main)),
            shortcut: (projected || stride > 1)
                .then(|| Box::new(linear(conv(rng, c_in, c, [1, 1], stride, [0, 0])))),
        };
        let beside = Node::Residual {
            main: Box::new(linear(conv(rng, c, c, [3, 3], 1, [1, 1]))),
            shortcut: None,
        };
        let tree = Node::Chain(vec![
            first,
            Node::MaxPool { padding: 1 },
            second,
            Node::Branches(vec![Node::AvgPool, beside]),
        ]);
        let x = picture(rng, c_in, size.0, size.1);
        check(&tree, &x, rng);
    }

    #[test]
    fn a_maximum_over_the_edge_is_its_definition(seed: u64, c_in in 1_usize..40, size in (1_usize..20, 1_usize..20)) {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        // Negative values too: the edge is no zero.
        let tree = Node::MaxPool { padding: 1 };
        let x = picture(rng, c_in, size.0, size.1);
        check(&tree, &x, rng);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let rng = &mut ChaCha8Rng::seed_from_u64(7);
    let tree = Node::Chain(vec![
        Node::Conv(conv(rng, 3, 40, [3, 3], 2, [0, 0])),
        Node::Conv(conv(rng, 40, 100, [3, 3], 1, [1, 1])),
        Node::MaxPool { padding: 0 },
    ]);
    let x = picture(rng, 3, 41, 37).interleaved();
    let plan = Plan::new(tree.clone(), [3, 41, 37], Isa::best()).unwrap();
    let results: Vec<_> = [1, 2, 3, 8]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let render = |_: usize, to: &mut [f32]| to.copy_from_slice(&x);
            pool.install(|| {
                (
                    plan.run(&x).unwrap(),
                    plan.gradient(1, &render, &|_, f| f.to_vec()).unwrap(),
                )
            })
        })
        .collect();
    assert!(results.iter().all(|result| *result == results[0]));
    assert!(results[0].0.iter().any(|feature| *feature != 0.0));
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let rng = &mut ChaCha8Rng::seed_from_u64(1);
    let refuse = |tree: &Node<Conv>, input, expected: &str| {
        let error = Plan::new(tree.clone(), input, Isa::best())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    };
    let three = Node::Conv(conv(rng, 4, 8, [3, 3], 1, [0, 0]));
    refuse(&three, [5, 9, 9], "takes 4 channels and is given 5");
    refuse(&three, [4, 2, 9], "3 × 3 does not fit into 2 × 9");
    refuse(&three, [0, 9, 9], "is empty");
    refuse(
        &Node::MaxPool { padding: 0 },
        [4, 9, 2],
        "needs 3 rows and columns",
    );
    refuse(&Node::Chain(vec![]), [4, 9, 9], "a chain has no layers");
    refuse(&Node::Branches(vec![]), [4, 9, 9], "there are no branches");
    refuse(
        &Node::Branches(vec![Node::AvgPool, Node::MaxPool { padding: 0 }]),
        [4, 9, 9],
        "different sizes",
    );
    refuse(
        &Node::MaxPool { padding: 2 },
        [4, 9, 9],
        "padding of 1 at most",
    );
    let mut linear = conv(rng, 4, 8, [3, 3], 1, [1, 1]);
    linear.relu = false;
    let residual = |conv: Conv| Node::Residual {
        main: Box::new(Node::Conv(conv)),
        shortcut: None,
    };
    refuse(
        &residual(linear.clone()),
        [4, 9, 9],
        "the paths of a residual give [8] channels of 9 × 9 and [4] of 9 × 9",
    );
    linear.relu = true;
    refuse(&residual(linear), [4, 9, 9], "convolution without ReLU");
    let mut short = conv(rng, 4, 8, [3, 3], 1, [0, 0]);
    short.weight.pop();
    refuse(&Node::Conv(short), [4, 9, 9], "has 287 weights");
    let mut still = conv(rng, 4, 8, [3, 3], 1, [0, 0]);
    still.stride = 0;
    refuse(&Node::Conv(still), [4, 9, 9], "does not fit");

    let plan = Plan::new(three.clone(), [4, 9, 9], Isa::best()).unwrap();
    let error = plan.run(&[0.0; 4 * 81 + 1]).unwrap_err().to_string();
    assert_eq!(error, "the plan takes 648 values and was given 325");
    assert!(plan.run(&[]).unwrap().is_empty());
}
