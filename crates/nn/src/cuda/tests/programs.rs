//! Whole networks as programs over planned memory, against the processor's engine.

use super::super::operand::{Dtype, Order};
use super::super::program::{Program, Purpose};
use super::run::{Case, Given, emulate};
use super::{assert_near, smooth};
use crate::engine::{Isa, Plan};
use crate::lowering::Lowered;
use crate::{Conv, Node};

pub(super) fn conv(
    seed: u64,
    c_in: usize,
    c_out: usize,
    kernel: [usize; 2],
    stride: usize,
    relu: bool,
) -> Node<Conv> {
    let weights = c_in * c_out * kernel[0] * kernel[1];
    let scale = 1.0 / (weights as f32 / c_out as f32).sqrt();
    Node::Conv(Conv {
        c_in,
        c_out,
        kernel,
        stride,
        padding: if stride == 1 {
            kernel.map(|side| side / 2)
        } else {
            [0, 0]
        },
        weight: smooth(seed, weights).iter().map(|v| v * scale).collect(),
        bias: smooth(!seed, c_out),
        relu,
    })
}

pub(super) fn residual(main: Vec<Node<Conv>>, shortcut: Option<Node<Conv>>) -> Node<Conv> {
    Node::Residual {
        main: Box::new(Node::Chain(main)),
        shortcut: shortcut.map(Box::new),
    }
}

/// A little Inception: every kind of node, branches within branches, a pooling and a residual that write their channels of an
/// output.
fn network() -> Vec<Node<Conv>> {
    vec![
        conv(1, 3, 8, [3, 3], 2, true),
        Node::MaxPool { padding: 0 },
        Node::Branches(vec![
            conv(2, 8, 16, [1, 1], 1, true),
            Node::Chain(vec![
                conv(3, 8, 5, [1, 1], 1, true),
                Node::Branches(vec![
                    conv(4, 5, 16, [1, 3], 1, true),
                    conv(5, 5, 16, [3, 1], 1, false),
                ]),
            ]),
            Node::Chain(vec![Node::AvgPool, conv(6, 8, 16, [5, 5], 1, true)]),
        ]),
        Node::Branches(vec![
            conv(7, 64, 16, [3, 3], 2, true),
            Node::MaxPool { padding: 0 },
        ]),
        Node::Branches(vec![
            residual(vec![conv(9, 80, 80, [3, 3], 1, false)], None),
            Node::AvgPool,
        ]),
        residual(
            vec![
                conv(10, 160, 12, [1, 1], 1, true),
                conv(11, 12, 80, [3, 3], 1, false),
            ],
            Some(conv(12, 160, 80, [1, 1], 1, false)),
        ),
        Node::MaxPool { padding: 1 },
        conv(8, 80, 32, [1, 7], 1, true),
    ]
}

/// Features, gradient and blocks of the processor, of frames as planes.
fn processors(frames: &[f32], by_feature: &[f32], size: [usize; 2]) -> Given {
    let plan = Plan::new(Node::Chain(network()), [3, size[0], size[1]], Isa::best()).unwrap();
    let area = size[0] * size[1];
    let n = frames.len() / (3 * area);
    let interleaved = |frame: usize, to: &mut [f32]| {
        for (at, value) in to.iter_mut().enumerate() {
            *value = frames[(frame * 3 + at % 3) * area + at / 3];
        }
    };
    let width = by_feature.len() / n;
    let towards = |frame: usize, _: &[f32]| by_feature[frame * width..][..width].to_vec();
    let (features, gradient) = plan.gradient(n, &interleaved, &towards).unwrap();
    let mut first = vec![0.0; 3 * area];
    interleaved(0, &mut first);
    let blocks = plan.activations(&first).unwrap();
    Given {
        features,
        gradient,
        blocks: blocks.into_iter().map(|block| block.values).collect(),
    }
}

#[test]
fn programs_give_what_the_processor_gives() {
    let size = [31, 27];
    let network = network();
    let lowered = Lowered::new(&network, [3, size[0], size[1]]).unwrap();
    for n in [1, 3] {
        let frames = smooth(n as u64, n * 3 * size[0] * size[1]);
        let by_feature = smooth(7, n * 32);
        let wanted = processors(&frames, &by_feature, size);
        for order in [Order::Planes, Order::Pixels] {
            let emulate = |dtype, purpose, packed| {
                let case = Case {
                    network: &network,
                    lowered: &lowered,
                    n,
                    format: (order, dtype),
                    purpose,
                    packed,
                };
                emulate(case, &frames, &by_feature)
            };
            let what = format!("{n} frames, {order:?}");
            let features = emulate(Dtype::F32, Purpose::Features, false).features;
            assert_near(&features, &wanted.features, 1e-5, &what);
            for packed in [false, true] {
                let own = emulate(Dtype::F32, Purpose::Gradient, packed);
                assert_near(&own.features, &wanted.features, 1e-5, &what);
                assert_near(&own.gradient, &wanted.gradient, 1e-4, &what);
                assert_eq!(own.blocks.len(), 8, "{what}");
                for (own, wanted) in own.blocks.iter().zip(&wanted.blocks) {
                    assert_near(&own[..wanted.len()], wanted, 1e-5, &what);
                }
            }
            let own = emulate(Dtype::Bf16, Purpose::Gradient, true);
            assert_near(&own.features, &wanted.features, 3e-2, &what);
        }
    }
}

#[test]
fn memory_is_used_again_where_it_may_be() {
    let lowered = Lowered::new(&network(), [3, 99, 99]).unwrap();
    let layout = (Order::Planes, Dtype::F32);
    let bytes = |n, purpose| Program::new(&lowered, n, purpose, layout, 0).bytes;
    assert!(bytes(8, Purpose::Features) < bytes(8, Purpose::Gradient) / 2);
    assert!(bytes(8, Purpose::Features) <= 8 * bytes(1, Purpose::Features));
    assert!(
        Lowered::new(&network(), [3, 4, 4]).is_err(),
        "too small for the kernels"
    );
    assert!(
        Lowered::new(&network(), [1, 31, 31]).is_err(),
        "too few channels"
    );
}
