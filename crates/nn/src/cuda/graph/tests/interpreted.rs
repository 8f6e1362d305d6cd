//! What is told to cuDNN means what it should: the operations are computed as their descriptors say, on memory as the strides say.

use std::collections::BTreeMap;

use super::super::backend::Raw;
use super::super::fusion::{Fusion, Layer};
use super::super::names::{Kind, Name, PointwiseMode};
use super::super::noise::noise;
use super::checks::{in_memory, tensors};
use super::mock::{Mock, State};
use super::{Dtype, Order, Strided, layer};

/// The values of each tensor, as they lie in memory.
type Memory = BTreeMap<Raw, Vec<f32>>;

/// All places of some sizes.
fn places([a, b, c, d]: [i64; 4]) -> impl Iterator<Item = [i64; 4]> {
    let rest = move |i, j| (0..c).flat_map(move |k| (0..d).map(move |l| [i, j, k, l]));
    (0..a).flat_map(move |i| (0..b).flat_map(move |j| rest(i, j)))
}

fn four(state: &State, raw: Raw, name: Name) -> [i64; 4] {
    state.object(raw).integers(name).try_into().unwrap()
}

/// Where a value lies; an axis of one value is the same everywhere.
fn offset(state: &State, raw: Raw, place: [i64; 4]) -> usize {
    let dims = four(state, raw, Name::TensorDimensions);
    let strides = four(state, raw, Name::TensorStrides);
    let axes = place.iter().zip(dims).zip(strides);
    axes.map(|((at, size), stride)| if size == 1 { 0 } else { at * stride })
        .sum::<i64>() as usize
}

/// Computes one operation.
fn run(state: &State, operation: Raw, memory: &mut Memory) {
    let object = state.object(operation);
    let (reads, writes) = tensors(object);
    let made = four(state, writes, Name::TensorDimensions);
    let get = |memory: &Memory, raw, place| memory[&raw][offset(state, raw, place)];
    for place in places(made) {
        let value = if object.kind == Kind::ConvolutionForward {
            let convolution = state.object(object.children(Name::ForwardConvolution)[0]);
            let of = |name| convolution.integers(name);
            let (padding, stride) = (
                of(Name::ConvolutionPrePaddings),
                of(Name::ConvolutionStrides),
            );
            let [x, w] = reads[..] else { panic!("x and w") };
            let [_, c, rows, columns] = four(state, w, Name::TensorDimensions);
            let size = four(state, x, Name::TensorDimensions);
            let [frame, filter, row, column] = place;
            let mut sum = 0.0;
            for [_, channel, r, s] in places([1, c, rows, columns]) {
                let from = [
                    row * stride[0] + r - padding[0],
                    column * stride[1] + s - padding[1],
                ];
                if (0..size[2]).contains(&from[0]) && (0..size[3]).contains(&from[1]) {
                    sum += get(memory, x, [frame, channel, from[0], from[1]])
                        * get(memory, w, [filter, channel, r, s]);
                }
            }
            sum
        } else {
            let mode = state.object(object.children(Name::PointwiseDescriptor)[0]);
            let first = get(memory, reads[0], place);
            if mode.number(Name::PointwiseMode) == PointwiseMode::Add as u32 {
                first + get(memory, reads[1], place)
            } else {
                first.max(0.0)
            }
        };
        let at = offset(state, writes, place);
        let buffer = memory.entry(writes).or_default();
        if buffer.len() <= at {
            buffer.resize(at + 1, f32::NAN);
        }
        buffer[at] = value;
    }
}

/// The convolution of plain arrays, as it is defined: `[frame][channel][row][column]` in and out.
fn defined(layer: &Layer, x: &[f32], w: &[f32], bias: &[f32]) -> Vec<f32> {
    let [k, c, rows, columns] = layer.weight.0;
    let [n, h, wide] = [layer.x.1.frames, layer.x.1.rows, layer.x.1.columns].map(|v| v as usize);
    let [high, across] = [layer.y.1.rows, layer.y.1.columns].map(|v| v as usize);
    let mut y = Vec::new();
    for (frame, filter) in (0..n).flat_map(|frame| (0..k).map(move |filter| (frame, filter))) {
        for (row, column) in (0..high).flat_map(|row| (0..across).map(move |column| (row, column)))
        {
            let mut sum = bias[filter];
            for channel in 0..c {
                for (r, s) in (0..rows).flat_map(|r| (0..columns).map(move |s| (r, s))) {
                    let i = (row * layer.stride + r).wrapping_sub(layer.padding[0]);
                    let j = (column * layer.stride + s).wrapping_sub(layer.padding[1]);
                    if i < h && j < wide {
                        sum += x[((frame * c + channel) * h + i) * wide + j]
                            * w[((filter * c + channel) * rows + r) * columns + s];
                    }
                }
            }
            y.push(if layer.relu { sum.max(0.0) } else { sum });
        }
    }
    y
}

fn values(seed: u64, count: usize) -> Vec<f32> {
    bytemuck::pod_collect_to_vec(&noise(seed, count, Dtype::F32))
}

/// Plain values in the order of a packed activation or weights of these sizes.
fn ordered(plain: &[f32], [a, b, c, d]: [usize; 4], order: Order) -> Vec<f32> {
    let mut out = plain.to_vec();
    if order == Order::Pixels {
        for (at, value) in plain.iter().enumerate() {
            let (l, k, j, i) = (at % d, at / d % c, at / (d * c) % b, at / (d * c * b));
            assert!(i < a);
            out[((i * c + k) * d + l) * b + j] = *value;
        }
    }
    out
}

/// Computes a layer both ways; `around`: channels of the activation that it writes into, from `first` on.
fn check(layer: &Layer, order: Order, around: usize, first: usize) {
    let mut layer = *layer;
    let [k, c, rows, columns] = layer.weight.0;
    let size = |extent: crate::cuda::operand::Extent| {
        [extent.frames, extent.channels, extent.rows, extent.columns].map(|v| v as usize)
    };
    let [n, _, high, across] = size(layer.y.1);
    let whole = crate::cuda::operand::Extent {
        channels: around as i32,
        ..layer.y.1
    };
    let begin = layer.y.0.at;
    layer.y.0 = Strided::whole(begin, whole).skipping(first, Dtype::F32);
    let mock = Mock::default();
    let graph = Fusion::new(&layer, (order, Dtype::F32), true)
        .describe(&mock)
        .unwrap();
    let state = mock.state();
    let mut found = state.objects.iter();
    let (graph_at, object) = found
        .find(|(_, one)| one.kind == Kind::OperationGraph)
        .unwrap();
    let by_id: Vec<Raw> = in_memory(&state, *graph_at).into_values().collect();
    let [x_at, w_at, bias_at, y_at] = by_id[..] else {
        panic!("{by_id:?}")
    };

    let x = values(1, size(layer.x.1).iter().product());
    let w = values(2, k * c * rows * columns);
    let bias = values(3, k);
    let skipped = ((layer.y.0.at - begin) / 4) as usize;
    let mut memory = Memory::from([
        (x_at, ordered(&x, size(layer.x.1), order)),
        (w_at, ordered(&w, [k, c, rows, columns], order)),
        (bias_at, bias.clone()),
        (y_at, vec![f32::NAN; whole.count() - skipped]),
    ]);
    for operation in object.children(Name::GraphOperations) {
        run(&state, operation, &mut memory);
    }
    let wanted = defined(&layer, &x, &w, &bias);
    let mut all = vec![f32::NAN; skipped];
    all.extend(&memory[&y_at]);
    assert_eq!(all.len(), whole.count());
    let mut left = wanted.into_iter();
    for [frame, channel, row, column] in places([n, around, high, across].map(|v| v as i64)) {
        let at = match order {
            Order::Pixels => {
                ((frame * high as i64 + row) * across as i64 + column) * around as i64 + channel
            }
            Order::Planes => {
                ((frame * around as i64 + channel) * high as i64 + row) * across as i64 + column
            }
        };
        let given = all[at as usize];
        if (first..first + k).contains(&(channel as usize)) {
            let wanted = left.next().unwrap();
            assert!((given - wanted).abs() < 1e-4, "{given} {wanted}");
        } else {
            assert!(
                given.is_nan(),
                "another branch's channel {channel} is written"
            );
        }
    }
    drop(state);
    drop(graph);
    mock.assert_no_leaks();
}

#[test]
fn the_operations_are_the_convolution_in_either_order_and_as_a_slice() {
    for order in [Order::Planes, Order::Pixels] {
        let mut layer = layer(order);
        check(&layer, order, 16, 0);
        check(&layer, order, 27, 4);
        layer.relu = false;
        check(&layer, order, 20, 0);
        // Every second place, of a window that is not square.
        layer.relu = true;
        layer.weight.0 = [16, 8, 1, 3];
        layer.padding = [0, 1];
        layer.stride = 2;
        layer.y.1.rows = 3;
        layer.y.1.columns = 4;
        layer.y.0 = Strided::whole(layer.y.0.at, layer.y.1);
        check(&layer, order, 16, 0);
        check(&layer, order, 17, 1);
    }
}
