//! Every convolution of Inception-v3 and of ResNet-50, in each precision: what is told to cuDNN, and where it is.

use std::collections::BTreeSet;

use super::super::fusion::{Addresses, Fusion, Layer};
use super::super::names::{DataType, Kind, Name, PointwiseMode};
use super::super::plan::Plan;
use super::architectures::{inception_v3, resnet_50};
use super::checks::{in_memory, is_virtual};
use super::mock::{Mock, Object};
use super::{PRECISIONS, engine};
use crate::cuda::operand::{Dtype, Order};
use crate::cuda::program::{Action, Program, Purpose};
use crate::lowering::Lowered;
use crate::{Conv, Node};

/// A convolution of a network's program.
struct Step {
    layer: Layer,
    gap: bool,
}

/// All of them, as the program for some frames has them.
fn steps(network: &[Node<Conv>], n: usize, format: (Order, Dtype), purpose: Purpose) -> Vec<Step> {
    let lowered = Lowered::new(network, [3, 299, 299]).unwrap();
    let program = Program::new(&lowered, n, purpose, format, 0x7f00_0000_0000);
    let mut convs = Vec::new();
    for block in network {
        block.for_each(&mut |conv| convs.push(conv));
    }
    let actions = program.forward.iter().filter_map(|action| match *action {
        Action::Convolve { which, x, y, gap } => Some((which, x, y, gap)),
        _ => None,
    });
    let steps = actions.map(|(which, x, y, gap)| {
        let conv: &Conv = convs[which];
        let layer = Layer {
            x,
            y,
            weight: (
                [conv.c_out, conv.c_in, conv.kernel[0], conv.kernel[1]],
                0x10_0000,
            ),
            bias: 0x20_0000,
            padding: conv.padding,
            stride: conv.stride,
            relu: conv.relu,
        };
        Step { layer, gap }
    });
    steps.collect()
}

/// The strides of a tensor without gaps, from the documentation: `{chw, 1, cw, c}` where channels come last, or planes.
fn packed([_, c, h, w]: [i64; 4], order: Order) -> [i64; 4] {
    match order {
        Order::Pixels => [c * h * w, 1, c * w, c],
        Order::Planes => [c * h * w, h * w, w, 1],
    }
}

fn four(tensor: &Object, name: Name) -> [i64; 4] {
    tensor.integers(name).try_into().unwrap()
}

/// Describes one, and checks everything that cuDNN is told of it.
fn check(step: &Step, (order, dtype, tensor_cores): (Order, Dtype, bool), channels_around: i64) {
    let Step { layer, gap } = step;
    let mock = Mock::offering([engine(1, &[])]);
    let fusion = Fusion::new(layer, (order, dtype), tensor_cores);
    let graph = fusion.describe(&mock).unwrap();
    let state = mock.state();
    let of_kind = |kind| {
        state
            .objects
            .values()
            .filter(move |object| object.kind == kind)
    };
    let [n, c, h, w] = [
        layer.x.1.frames,
        layer.x.1.channels,
        layer.x.1.rows,
        layer.x.1.columns,
    ]
    .map(i64::from);
    let [k, _, r, s] = layer.weight.0.map(|v| v as i64);
    let [rows, columns] = [layer.y.1.rows, layer.y.1.columns].map(i64::from);
    let data = match dtype {
        Dtype::F32 => DataType::Float,
        Dtype::Bf16 => DataType::Bfloat16,
    };
    // The tensors in memory, by their numbers: x, w, bias, y.
    let memory = in_memory_of(&state, of_kind(Kind::OperationGraph).count());
    let dims = [
        [n, c, h, w],
        [k, c, r, s],
        [1, k, 1, 1],
        [n, k, rows, columns],
    ];
    assert_eq!(memory.len(), 4);
    for ((id, tensor), dims) in memory.iter().zip(dims) {
        assert_eq!(four(tensor, Name::TensorDimensions), dims);
        let mut strides = packed(dims, order);
        if *id == 4 && *gap {
            // A slice: steps are those of the whole activation.
            let [n, _, rows, columns] = dims;
            strides = packed([n, channels_around, rows, columns], order);
        }
        assert_eq!(four(tensor, Name::TensorStrides), strides, "{id}");
        assert_eq!(tensor.number(Name::TensorDataType), data as u32);
    }
    let ([hidden, ..], wanted) = (
        &of_kind(Kind::Tensor)
            .filter(|one| is_virtual(one))
            .collect::<Vec<_>>()[..],
        1 + usize::from(layer.relu),
    ) else {
        panic!("nothing lies between the operations");
    };
    assert_eq!(
        of_kind(Kind::Tensor).filter(|one| is_virtual(one)).count(),
        wanted
    );
    assert_eq!(hidden.number(Name::TensorDataType), DataType::Float as u32);
    assert_eq!(of_kind(Kind::ConvolutionForward).count(), 1);
    let modes: BTreeSet<u32> = of_kind(Kind::Pointwise)
        .map(|one| one.number(Name::PointwiseMode))
        .collect();
    let add = PointwiseMode::Add as u32;
    let relu = layer.relu.then_some(PointwiseMode::ReluForward as u32);
    assert_eq!(modes, [add].into_iter().chain(relu).collect());
    for convolution in of_kind(Kind::Convolution) {
        let padding = layer.padding.map(|v| v as i64);
        assert_eq!(convolution.integers(Name::ConvolutionPrePaddings), padding);
        assert_eq!(convolution.integers(Name::ConvolutionPostPaddings), padding);
        assert_eq!(
            convolution.integers(Name::ConvolutionStrides),
            [layer.stride as i64; 2]
        );
        assert_eq!(convolution.integers(Name::ConvolutionDilations), [1, 1]);
        assert_eq!(
            convolution.number(Name::ConvolutionComputeType),
            DataType::Float as u32
        );
    }
    drop(state);
    drop(graph);
    let plan = Plan::new(&mock, &fusion, 1 << 30, None).unwrap();
    let at = Addresses {
        x: layer.x.0.at,
        w: layer.weight.1,
        bias: layer.bias,
        y: layer.y.0.at,
    };
    // SAFETY: the stand-in reads no memory.
    unsafe { plan.run(&at, 0x9000) }.unwrap();
    drop(plan);
    mock.assert_no_leaks();
}

/// The tensors in memory of the only graph there is.
fn in_memory_of(state: &super::mock::State, graphs: usize) -> Vec<(i64, &Object)> {
    assert_eq!(graphs, 1);
    let mut all = state.objects.iter();
    let (graph, _) = all
        .find(|(_, object)| object.kind == Kind::OperationGraph)
        .unwrap();
    let tensors = in_memory(state, *graph).into_iter();
    tensors.map(|(id, raw)| (id, state.object(raw))).collect()
}

/// How many channels the activation has that a step writes into, by its steps between pixels or frames.
fn channels_around(step: &Step, order: Order) -> i64 {
    let (strided, extent) = step.layer.y;
    match order {
        Order::Pixels => strided.column,
        Order::Planes => strided.frame / (i64::from(extent.rows) * i64::from(extent.columns)),
    }
}

fn check_all(network: &[Node<Conv>], convolutions: usize, slices: usize) {
    for precision in PRECISIONS {
        let (order, dtype, _) = precision;
        for (n, purpose) in [(1, Purpose::Features), (10, Purpose::Gradient)] {
            let steps = steps(network, n, (order, dtype), purpose);
            assert_eq!(steps.len(), convolutions);
            assert_eq!(steps.iter().filter(|step| step.gap).count(), slices);
            for step in &steps {
                let around = channels_around(step, order);
                assert_eq!(around != i64::from(step.layer.y.1.channels), step.gap);
                check(step, precision, around);
            }
        }
    }
}

#[test]
fn inception_v3_is_described_whole() {
    // Without those of the auxiliary head, which only training has. Slices: three blocks of 4, 2, four of 4, 2, two of 6.
    check_all(&inception_v3(), 94, 44);
}

#[test]
fn resnet_50_is_described_whole() {
    check_all(&resnet_50(), 53, 0);
}

#[test]
fn slices_begin_where_the_branches_before_them_end() {
    let network = inception_v3();
    for (order, dtype, _) in PRECISIONS {
        let steps = steps(&network, 2, (order, dtype), Purpose::Features);
        // Mixed_5b: 64, 64, 96 and 32 channels of 256, of 35 × 35.
        let slices: Vec<_> = steps.iter().filter(|step| step.gap).take(4).collect();
        let begin = slices[0].layer.y.0.at;
        let values: Vec<u64> = slices
            .iter()
            .map(|step| (step.layer.y.0.at - begin) / dtype.bytes())
            .collect();
        let channel = if order == Order::Planes { 35 * 35 } else { 1 };
        assert_eq!(values, [0, 64, 128, 224].map(|channels| channels * channel));
        for step in slices {
            let fusion = Fusion::new(&step.layer, (order, dtype), true);
            let [_, _, rows, columns] = fusion.y.dims;
            assert_eq!(fusion.y.strides, packed([2, 256, rows, columns], order));
        }
    }
}

#[test]
fn alignment_is_that_of_the_address_and_no_more_than_a_load() {
    let mut layer = super::layer(Order::Pixels);
    for (at, alignment) in [
        (0x4000, 16),
        (0x4010, 16),
        (0x4008, 8),
        (0x4004, 4),
        (0x4002, 2),
    ] {
        layer.y.0.at = at;
        let fusion = Fusion::new(&layer, (Order::Pixels, Dtype::Bf16), true);
        assert_eq!(fusion.y.alignment, alignment);
        assert_eq!(fusion.x.alignment, 16);
    }
}
