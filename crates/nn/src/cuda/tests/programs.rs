//! Whole networks as programs over planned memory, against the processor's engine.

use super::super::call::{Argument, Call};
use super::super::emulate::Emulated;
use super::super::operand::{Dtype, Extent, Order, Strided};
use super::super::program::{Action, Program, Purpose};
use super::{assert_near, ordered, smooth};
use crate::engine::{Isa, Plan};
use crate::lowering::Lowered;
use crate::{Conv, Node};

fn conv(
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

fn residual(main: Vec<Node<Conv>>, shortcut: Option<Node<Conv>>) -> Node<Conv> {
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

/// A convolution without its bias as the emulator's kernel; `back`: its gradient towards `to`, and whether it is added.
fn convolution(
    conv: &Conv,
    weight: u64,
    (to, made): (Strided, Extent),
    (from, taken): (Strided, Extent),
    dtype: Dtype,
    back: Option<bool>,
) -> Call {
    let mut arguments = vec![
        Argument::Strided(to),
        Argument::Extent(made),
        Argument::Strided(from),
        Argument::Extent(taken),
        Argument::Pointer(weight),
    ];
    let ([rows, columns], [pad_rows, pad_columns]) = (conv.kernel, conv.padding);
    let geometry = [rows, columns, conv.stride, pad_rows, pad_columns];
    arguments.extend(geometry.map(|v| Argument::Int(v as i32)));
    arguments.push(Argument::Int(made.pixels));
    arguments.extend(back.map(|add| Argument::Int(i32::from(add))));
    let kernel = match (back, dtype) {
        (None, Dtype::F32) => "convolve_f32",
        (None, Dtype::Bf16) => "convolve_bf16",
        (Some(_), Dtype::F32) => "convolve_backward_f32",
        (Some(_), Dtype::Bf16) => "convolve_backward_bf16",
    };
    Call {
        kernel,
        threads: made.count(),
        arguments,
    }
}

/// What a program gives on the host.
struct Given {
    features: Vec<f32>,
    gradient: Vec<f32>,
    /// Interleaved.
    blocks: Vec<Vec<f32>>,
}

/// Runs a program on the host: convolutions as they are defined, everything else by its kernel. `frames`: planes.
fn emulate(
    frames: &[f32],
    by_feature: &[f32],
    (n, size): (usize, [usize; 2]),
    (order, dtype): (Order, Dtype),
    purpose: Purpose,
    packed: bool,
) -> Given {
    let network = network();
    let lowered = Lowered::new(&network, [3, size[0], size[1]]).unwrap();
    let mut convs = Vec::new();
    for block in &network {
        block.for_each(&mut |conv| convs.push(conv));
    }
    let mut card = Emulated::default();
    let stored = |card: &mut Emulated, values: &[f32]| match dtype {
        Dtype::F32 => card.put(values),
        Dtype::Bf16 => {
            let bits = values.iter().map(|v| half::bf16::from_f32(*v).to_bits());
            card.put(&bits.collect::<Vec<u16>>())
        }
    };
    let mut weights = Vec::new();
    for conv in &convs {
        let filters = Extent::new(conv.c_out, conv.c_in, conv.kernel, order);
        let weight = stored(&mut card, &ordered(&conv.weight, filters));
        weights.push((weight, stored(&mut card, &conv.bias)));
    }
    let bytes = Program::new(&lowered, n, purpose, (order, dtype), 0).bytes;
    let memory = card.room(bytes as usize);
    let program = Program::new(&lowered, n, purpose, (order, dtype), memory);
    let (input, extent) = program.input;
    let pixels = stored(&mut card, &ordered(frames, extent));
    card.call([Call::copy(
        dtype,
        (input, extent),
        Strided::whole(pixels, extent),
    )]);
    let act = |card: &mut Emulated, action: &Action| match *action {
        Action::Call(ref call) => card.call([call.clone()]),
        // In two ways: straight into some channels, or by way of the scratch, as a card does where cuDNN leaves no gaps.
        Action::Convolve { which, x, y, gap } => {
            let (weight, bias) = weights[which];
            let through = packed && gap;
            let scratch = (Strided::whole(program.scratch, y.1), y.1);
            let to = if through { scratch } else { y };
            card.call([
                convolution(convs[which], weight, to, x, dtype, None),
                Call::bias_relu(dtype, to, bias, convs[which].relu),
            ]);
            card.call(through.then(|| Call::copy(dtype, y, scratch.0)));
        }
        Action::ConvolveBack {
            which,
            dx,
            dy,
            gap,
            accumulate,
        } => {
            let (weight, _) = weights[which];
            let through = packed && gap;
            let scratch = (Strided::whole(program.scratch, dy.1), dy.1);
            card.call(through.then(|| Call::copy(dtype, scratch, dy.0)));
            let from = if through { scratch } else { dy };
            let back = Some(accumulate);
            card.call([convolution(convs[which], weight, dx, from, dtype, back)]);
        }
    };
    for action in &program.forward {
        act(&mut card, action);
    }
    card.run();
    let mut given = Given {
        features: card.get(program.features, n * program.width),
        gradient: Vec::new(),
        blocks: Vec::new(),
    };
    if purpose == Purpose::Features {
        return given;
    }
    for block in &program.blocks {
        card.call([Call::interleave(dtype, program.shown, *block)]);
        card.run();
        given.blocks.push(card.get(program.shown, block.1.count()));
    }
    card.set(program.d_features, by_feature);
    for action in &program.backward {
        act(&mut card, action);
    }
    card.run();
    given.gradient = card.get(program.d_input, extent.count());
    given
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
    for n in [1, 3] {
        let frames = smooth(n as u64, n * 3 * size[0] * size[1]);
        let by_feature = smooth(7, n * 32);
        let wanted = processors(&frames, &by_feature, size);
        for order in [Order::Planes, Order::Pixels] {
            let emulate = |dtype, purpose, packed| {
                emulate(
                    &frames,
                    &by_feature,
                    (n, size),
                    (order, dtype),
                    purpose,
                    packed,
                )
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
