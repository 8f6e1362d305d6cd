//! Programs of fewer steps give what those of all steps give.

use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::super::memory_plan::place;
use super::super::operand::{Dtype, Order};
use super::super::program::{Action, Program, Purpose, spans};
use super::super::steps::Steps;
use super::programs::{conv, residual};
use super::run::{Case, emulate};
use super::{assert_near, smooth};
use crate::lowering::{Layer, Lowered};
use crate::{Conv, Node};

/// Kernels that keep the size, one after another.
fn chain(seed: u64, c_in: usize, rest: &[(usize, [usize; 2])]) -> Vec<Node<Conv>> {
    let mut before = c_in;
    let nodes = rest.iter().zip(seed..).map(|((c_out, kernel), seed)| {
        let node = conv(seed, before, *c_out, *kernel, 1, true);
        before = *c_out;
        node
    });
    nodes.collect()
}

fn then(mut nodes: Vec<Node<Conv>>, last: Node<Conv>) -> Node<Conv> {
    nodes.push(last);
    Node::Chain(nodes)
}

fn pooled(seed: u64, c_in: usize, c_out: usize) -> Node<Conv> {
    then(
        vec![Node::AvgPool],
        conv(seed, c_in, c_out, [1, 1], 1, true),
    )
}

/// The blocks of Inception-v3 (`Mixed_5*`, `Mixed_6a`, `Mixed_6b`, `Mixed_7a`, `Mixed_7b`) with few channels.
fn inception() -> Vec<Node<Conv>> {
    let (one, across, down) = ([1, 1], [1, 7], [7, 1]);
    let split = |seed| {
        Node::Branches(vec![
            conv(seed, 16, 16, [1, 3], 1, true),
            conv(seed + 1, 16, 8, [3, 1], 1, true),
        ])
    };
    vec![
        conv(1, 3, 16, [3, 3], 2, true),
        Node::Branches(vec![
            conv(10, 16, 16, one, 1, true),
            Node::Chain(chain(20, 16, &[(8, one), (16, [5, 5])])),
            Node::Chain(chain(30, 16, &[(16, one), (8, [3, 3]), (8, [3, 3])])),
            pooled(40, 16, 8),
        ]),
        Node::Branches(vec![
            conv(50, 48, 16, [3, 3], 2, true),
            then(
                chain(60, 48, &[(8, one), (8, [3, 3])]),
                conv(65, 8, 8, [3, 3], 2, true),
            ),
            Node::MaxPool { padding: 0 },
        ]),
        Node::Branches(vec![
            conv(70, 72, 24, one, 1, true),
            Node::Chain(chain(80, 72, &[(16, one), (16, across), (24, down)])),
            Node::Chain(chain(90, 72, &[(16, one), (16, down), (24, across)])),
            pooled(100, 72, 24),
        ]),
        Node::Branches(vec![
            then(
                chain(110, 96, &[(16, one)]),
                conv(115, 16, 24, [3, 3], 2, true),
            ),
            then(
                chain(120, 96, &[(8, one), (8, across)]),
                conv(125, 8, 16, [3, 3], 2, true),
            ),
            Node::MaxPool { padding: 0 },
        ]),
        Node::Branches(vec![
            conv(130, 136, 16, one, 1, true),
            then(chain(140, 136, &[(16, one)]), split(145)),
            then(chain(150, 136, &[(24, one), (16, [3, 3])]), split(155)),
            pooled(160, 136, 16),
        ]),
    ]
}

/// Convolutions, other kernels.
fn calls(program: &Program) -> (usize, usize) {
    let convolutions = program.forward.iter();
    let convolutions = convolutions.filter(|action| matches!(action, Action::Convolve { .. }));
    let convolutions = convolutions.count();
    (convolutions, program.forward.len() - convolutions)
}

fn features(case: Case<'_>, frames: &[f32]) -> Vec<f32> {
    emulate(case, frames, &[]).features
}

/// How far the features of fewer steps are from those of all, as a share of the largest.
fn furthest(fewer: &[f32], all: &[f32]) -> f32 {
    let largest = all.iter().fold(0.0_f32, |most, v| most.max(v.abs()));
    let pairs = fewer.iter().zip(all);
    pairs.fold(0.0_f32, |most, (a, b)| most.max((a - b).abs())) / largest
}

#[test]
fn inceptions_blocks_give_the_same_in_fewer_steps() {
    let network = inception();
    let lowered = Lowered::new(&network, [3, 43, 39]).unwrap();
    let fewer = lowered.in_fewer();
    let program = |lowered| {
        Program::new(
            lowered,
            1,
            Purpose::Features,
            (Order::Pixels, Dtype::Bf16),
            0,
        )
    };
    assert_eq!(calls(&program(&lowered)), (34, 6));
    // Of three, three, two and three convolutions one each.
    assert_eq!(calls(&program(&fewer)), (27, 6));
    for n in [1, 3] {
        let frames = smooth(n as u64, n * 3 * 43 * 39);
        for order in [Order::Planes, Order::Pixels] {
            for (dtype, bound) in [(Dtype::F32, 1e-6), (Dtype::Bf16, 1e-2)] {
                let run = |lowered, packed| {
                    let case = Case {
                        network: &network,
                        lowered,
                        n,
                        format: (order, dtype),
                        purpose: Purpose::Features,
                        packed,
                    };
                    features(case, &frames)
                };
                let all = run(&lowered, false);
                let apart = furthest(&run(&fewer, false), &all);
                println!("{n} frames, {order:?}, {dtype:?}: {apart:e}");
                assert!(apart < bound, "{n} frames, {order:?}, {dtype:?}: {apart:e}");
                assert_eq!(
                    run(&fewer, true),
                    run(&fewer, false),
                    "{order:?}, {dtype:?}"
                );
            }
        }
    }
}

#[test]
fn only_programs_of_features_take_fewer_steps_and_not_where_they_are_refused() {
    let network = inception();
    let mut steps = Steps::new(&network, [3, 43, 39]).unwrap();
    let count = |steps: &Steps, n, purpose| steps.of(n, purpose).steps.len();
    assert_eq!(count(&steps, 1, Purpose::Features), 32);
    assert_eq!(count(&steps, 1, Purpose::Gradient), 39);
    assert_eq!(steps.filters().len(), 34 + 4 + 3);
    assert!(steps.refuse_fewer(1) && !steps.refuse_fewer(1));
    assert_eq!(count(&steps, 1, Purpose::Features), 39);
    assert_eq!(count(&steps, 8, Purpose::Features), 32);
    // Nothing to merge: nothing to refuse.
    let mut steps = Steps::new(&network[..1], [3, 43, 39]).unwrap();
    assert!(!steps.refuse_fewer(1));
}

/// A random part of a network on so many channels; how many it gives.
fn random_node(rng: &mut ChaCha8Rng, c_in: usize, depth: usize) -> (Node<Conv>, usize) {
    let pointwise = |rng: &mut ChaCha8Rng| {
        // Now and then one that is not merged.
        let c_out = [8, 16, 8, 24, 5][rng.random_range(0..5)];
        let relu = rng.random_range(0..4) > 0;
        (conv(rng.random(), c_in, c_out, [1, 1], 1, relu), c_out)
    };
    match rng.random_range(0..if depth == 0 { 5 } else { 9 }) {
        0 | 1 => pointwise(rng),
        2 => {
            let kernel = [[1, 3], [3, 1], [3, 3], [1, 1]][rng.random_range(0..4)];
            (conv(rng.random(), c_in, 8, kernel, 1, true), 8)
        }
        3 => (Node::AvgPool, c_in),
        4 => {
            let (conv, c_out) = pointwise(rng);
            (Node::Chain(vec![Node::AvgPool, conv]), c_out)
        }
        5 => {
            let mut nodes = Vec::new();
            let mut channels = c_in;
            for _ in 0..rng.random_range(1..4) {
                let (node, made) = random_node(rng, channels, depth - 1);
                nodes.push(node);
                channels = made;
            }
            (Node::Chain(nodes), channels)
        }
        6 | 7 => {
            let (mut nodes, mut channels) = (Vec::new(), 0);
            for _ in 0..rng.random_range(2..5) {
                let (node, made) = random_node(rng, c_in, depth - 1);
                nodes.push(node);
                channels += made;
            }
            (Node::Branches(nodes), channels)
        }
        _ => {
            let c_out = 16;
            let main = vec![
                conv(rng.random(), c_in, 8, [1, 1], 1, true),
                conv(rng.random(), 8, c_out, [1, 1], 1, false),
            ];
            let main = if rng.random() {
                main
            } else {
                vec![conv(rng.random(), c_in, c_out, [1, 1], 1, false)]
            };
            let projection = conv(rng.random(), c_in, c_out, [1, 1], 1, false);
            (residual(main, Some(projection)), c_out)
        }
    }
}

fn random_network(seed: u64) -> Vec<Node<Conv>> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut blocks = vec![conv(seed, 3, 16, [3, 3], 1, true)];
    let mut channels = 16;
    for _ in 0..rng.random_range(1..4) {
        let (block, made) = random_node(&mut rng, channels, 3);
        blocks.push(block);
        channels = made;
    }
    blocks
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_networks_give_the_same_in_fewer_steps(seed: u64, n in 1..3_usize, by_pixels: bool, packed: bool) {
        let network = random_network(seed);
        let lowered = Lowered::new(&network, [3, 6, 5]).unwrap();
        let fewer = lowered.in_fewer();
        prop_assert!(fewer.steps.len() <= lowered.steps.len());
        let order = if by_pixels { Order::Pixels } else { Order::Planes };
        let frames = smooth(seed, n * 3 * 6 * 5);
        let run = |lowered, dtype| {
            let case = Case { network: &network, lowered, n, format: (order, dtype), purpose: Purpose::Features, packed };
            features(case, &frames)
        };
        let (all, less) = (run(&lowered, Dtype::F32), run(&fewer, Dtype::F32));
        prop_assert_eq!(all.len(), less.len());
        let moved = fewer.steps.iter().any(|step| matches!(step.layer, Layer::AvgPoolBias { .. }));
        if !moved {
            // Each sum is the same in the same order.
            prop_assert_eq!(&all, &less);
            prop_assert_eq!(run(&lowered, Dtype::Bf16), run(&fewer, Dtype::Bf16));
        }
        assert_near(&less, &all, 2e-5, "in fewer steps");
    }

    #[test]
    fn what_is_needed_at_the_same_time_lies_apart(seed: u64) {
        let fewer = Lowered::new(&random_network(seed), [3, 6, 5]).unwrap().in_fewer();
        let bytes = fewer.activations.iter().map(|shape| shape.channels() as u64 * 120);
        let spans = spans(&fewer, Purpose::Features, &bytes.collect::<Vec<_>>());
        prop_assert_eq!(spans.len(), fewer.activations.len());
        for (at, step) in fewer.steps.iter().enumerate() {
            for value in [step.input, step.output] {
                prop_assert!((spans[value].first..=spans[value].last).contains(&(at + 1)));
            }
        }
        let (places, total) = place(&spans);
        for (at, (span, begin)) in spans.iter().zip(&places).enumerate() {
            prop_assert!(begin + span.bytes <= total);
            for (other, from) in spans.iter().zip(&places).skip(at + 1) {
                let together = span.first <= other.last && other.first <= span.last;
                let apart = begin + span.bytes <= *from || from + other.bytes <= *begin;
                prop_assert!(apart || !together);
            }
        }
    }
}
