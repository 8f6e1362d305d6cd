//! Every convolution of Inception-v3 and of ResNet-50, in each precision: what is told to cuDNN, and where it is.

use std::collections::BTreeSet;

use super::super::fusion::{Addresses, Fusion, Layer};
use super::super::names::{DataType, Kind, Name, PointwiseMode};
use super::super::plan::Plan;
use super::architectures::{inception_v3, resnet_50};
use super::checks::{in_memory, is_virtual};
use super::mock::{Mock, Object};
use super::{PRECISIONS, engine};
use crate::cuda::filters::place;
use crate::cuda::operand::{Dtype, Extent, Order, Strided};
use crate::cuda::program::{Action, Program, Purpose};
use crate::lowering::Lowered;
use crate::{Conv, Node};

/// A convolution of a network's program.
struct Step {
    layer: Layer,
    /// Whether its output is some channels of an activation.
    gap: bool,
}

/// The program for some frames of 299 × 299.
fn program(lowered: &Lowered, n: usize, format: (Order, Dtype), purpose: Purpose) -> Program {
    Program::new(lowered, n, purpose, format, 0x7f00_0000_0000)
}

/// All convolutions of a program, with their numbers where a card has them.
fn steps(
    network: &[Node<Conv>],
    lowered: &Lowered,
    program: &Program,
    format: (Order, Dtype),
) -> Vec<Step> {
    let mut convs = Vec::new();
    for block in network {
        block.for_each(&mut |conv| convs.push(conv));
    }
    let mut next = 0x10_0000;
    let placed = place(&convs, &lowered.filters, format, |bytes| {
        let at = next;
        next += (bytes.len() as u64).next_multiple_of(256);
        Ok::<_, std::convert::Infallible>(at)
    });
    let placed = placed.unwrap();
    let actions = program.forward.iter().filter_map(|action| match *action {
        Action::Convolve { which, x, y, gap } => Some((placed[which], x, y, gap)),
        _ => None,
    });
    let steps = actions.map(|(placed, x, y, gap)| {
        let layer = Layer {
            x,
            y,
            weight: (placed.shape.weight, placed.weight),
            bias: placed.bias,
            padding: placed.shape.padding,
            stride: placed.shape.stride,
            relu: placed.relu,
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
fn check(step: &Step, (order, dtype, tensor_cores): (Order, Dtype, bool)) {
    let Step { layer, .. } = step;
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
        let [n, channels, rows, columns] = dims;
        // Of a slice: steps are those of the whole activation.
        let around = match id {
            1 => channels_around(layer.x, order),
            4 => channels_around(layer.y, order),
            _ => channels,
        };
        let strides = packed([n, around, rows, columns], order);
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

/// How many channels the activation has that these are of, by its steps between pixels or frames.
fn channels_around((strided, extent): (Strided, Extent), order: Order) -> i64 {
    match order {
        Order::Pixels => strided.column,
        Order::Planes => strided.frame / (i64::from(extent.rows) * i64::from(extent.columns)),
    }
}

/// What there is of a network's program: convolutions, other calls, convolutions whose input and whose output are slices.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    convolutions: usize,
    others: usize,
    slices: [usize; 2],
}

fn check_all(
    network: &[Node<Conv>],
    lowered: &Lowered,
    purposes: &[(usize, Purpose)],
    wanted: &Counts,
) {
    for precision in PRECISIONS {
        let (order, dtype, _) = precision;
        for &(n, purpose) in purposes {
            let program = program(lowered, n, (order, dtype), purpose);
            let steps = steps(network, lowered, &program, (order, dtype));
            let is_slice = |place: (Strided, Extent)| {
                channels_around(place, order) != i64::from(place.1.channels)
            };
            let slices = |which: fn(&Layer) -> (Strided, Extent)| {
                steps
                    .iter()
                    .filter(|step| is_slice(which(&step.layer)))
                    .count()
            };
            let counts = Counts {
                convolutions: steps.len(),
                others: program.forward.len() - steps.len(),
                slices: [slices(|layer| layer.x), slices(|layer| layer.y)],
            };
            assert_eq!(&counts, wanted);
            for step in &steps {
                let (x, size) = step.layer.x;
                assert_eq!(x.has_gaps(size), is_slice(step.layer.x));
                assert_eq!(step.gap, is_slice(step.layer.y));
                let fusion = Fusion::new(&step.layer, (order, dtype), true);
                for tensor in [fusion.x, fusion.w, fusion.bias, fusion.y] {
                    assert_eq!(tensor.alignment, 16);
                }
                check(step, precision);
            }
        }
    }
}

const BOTH: [(usize, Purpose); 2] = [(1, Purpose::Features), (10, Purpose::Gradient)];
const FEATURES: [(usize, Purpose); 2] = [(1, Purpose::Features), (64, Purpose::Features)];

fn lowered(network: &[Node<Conv>]) -> Lowered {
    Lowered::new(network, [3, 299, 299]).unwrap()
}

#[test]
fn inception_v3_is_described_whole() {
    let network = inception_v3();
    // Without those of the auxiliary head, which only training has. Slices: three blocks of 4, 2, four of 4, 2, two of 6.
    let counts = Counts {
        convolutions: 94,
        others: 14,
        slices: [0, 44],
    };
    check_all(&network, &lowered(&network), &BOTH, &counts);
}

#[test]
fn inception_v3_is_described_whole_in_fewer_steps() {
    let network = inception_v3();
    let fewer = lowered(&network).in_fewer();
    // Of three convolutions one in three, four and two blocks, of two in one. Inputs that are slices: of what is merged 2 a block, and 3 in
    // two; of the block before, when it is wide.
    let counts = Counts {
        convolutions: 94 - 2 * 9 - 1,
        others: 14,
        slices: [37, 35],
    };
    check_all(&network, &fewer, &FEATURES, &counts);
}

#[test]
fn resnet_50_is_described_whole() {
    let network = resnet_50();
    let counts = Counts {
        convolutions: 53,
        others: 18,
        slices: [0, 0],
    };
    let lowered = lowered(&network);
    check_all(&network, &lowered, &BOTH, &counts);
    // The one pair that reads the same at stride 1 has a ReLU in one of both.
    assert_eq!(lowered.in_fewer().steps, lowered.steps);
}

#[test]
fn fewer_steps_take_little_more_memory() {
    let network = inception_v3();
    let all = lowered(&network);
    let fewer = all.in_fewer();
    for (order, dtype, _) in PRECISIONS {
        let bytes = |lowered| program(lowered, 64, (order, dtype), Purpose::Features).bytes;
        let (fewer, all) = (bytes(&fewer), bytes(&all));
        println!("{order:?}, {dtype:?}: {fewer} bytes in place of {all}");
        assert!(fewer < all + all / 10);
    }
}

#[test]
fn slices_begin_where_the_branches_before_them_end() {
    let network = inception_v3();
    for (order, dtype, _) in PRECISIONS {
        let lowered = lowered(&network);
        let program = program(&lowered, 2, (order, dtype), Purpose::Features);
        let steps = steps(&network, &lowered, &program, (order, dtype));
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
