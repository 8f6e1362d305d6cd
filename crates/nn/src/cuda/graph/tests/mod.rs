//! Plans of cuDNN's graph API, on a stand-in for cuDNN.

mod architectures;
mod checks;
mod choosing;
mod interpreted;
mod memory;
mod mock;
mod networks;
mod refusals;
mod schema;
mod trial;

use super::super::operand::{Dtype, Extent, Order, Strided};
use super::fusion::{Addresses, Fusion, Layer};
use mock::MockEngine;

/// Notes by their numbers in cuDNN.
const TENSOR_CORE: u32 = 0;
const DOWN_CONVERT_INPUTS: u32 = 1;
const REDUCED_PRECISION_REDUCTION: u32 = 2;
const NONDETERMINISTIC: u32 = 4;
const WINOGRAD: u32 = 5;
const WINOGRAD_13: u32 = 8;

/// A behaviour by its number in cuDNN.
const RUNTIME_COMPILATION: u32 = 0;

/// As the three precisions order and store numbers, and whether tensor cores multiply.
const PRECISIONS: [(Order, Dtype, bool); 3] = [
    (Order::Planes, Dtype::F32, false),
    (Order::Pixels, Dtype::F32, true),
    (Order::Pixels, Dtype::Bf16, true),
];

/// A convolution of 3 × 3, padded, 8 channels to 16, on two frames.
fn layer(order: Order) -> Layer {
    let x = Extent::new(2, 8, [5, 7], order);
    let y = Extent::new(2, 16, [5, 7], order);
    Layer {
        x: (Strided::whole(0x1000, x), x),
        y: (Strided::whole(0x4000, y), y),
        weight: ([16, 8, 3, 3], 0x2000),
        bias: 0x3000,
        padding: [1, 1],
        stride: 1,
        relu: true,
    }
}

fn fusion(precision: (Order, Dtype, bool)) -> Fusion {
    fusion_of(precision, 2)
}

/// The same on another number of frames.
fn fusion_of((order, dtype, tensor_cores): (Order, Dtype, bool), frames: usize) -> Fusion {
    let x = Extent::new(frames, 8, [5, 7], order);
    let y = Extent::new(frames, 16, [5, 7], order);
    let layer = Layer {
        x: (Strided::whole(0x1000, x), x),
        y: (Strided::whole(0x4000, y), y),
        ..layer(order)
    };
    Fusion::new(&layer, (order, dtype), tensor_cores)
}

fn addresses(layer: &Layer) -> Addresses {
    Addresses {
        x: layer.x.0.at,
        w: layer.weight.1,
        bias: layer.bias,
        y: layer.y.0.at,
    }
}

/// An engine that does everything in a KiB.
fn engine(index: i64, notes: &[u32]) -> MockEngine {
    MockEngine {
        index,
        notes: notes.to_vec(),
        behaviour: Vec::new(),
        knobs: vec![(2, index + 40), (14, -3)],
        workspace: 1024,
        unsupported: false,
    }
}
