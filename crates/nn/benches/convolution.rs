//! Convolutions of Inception-v3 on the processor, as a plan runs them: by Winograd those of 3 × 3 at stride 1 onto 256 pixels and more, by
//! the tile all others. An item is a multiply-add of the definition, so that both can be compared.

#![allow(clippy::unwrap_used, reason = "benches, like tests, may panic")]

use std::fmt;

use divan::Bencher;
use divan::counter::ItemsCount;
use flipscope_nn::engine::{Isa, Plan};
use flipscope_nn::{Conv, Node};

fn main() {
    divan::main();
}

/// A layer and the size of its input.
struct Layer {
    /// Its name in torchvision's checkpoint.
    name: &'static str,
    c_in: usize,
    c_out: usize,
    kernel: [usize; 2],
    stride: usize,
    padding: [usize; 2],
    side: usize,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [rows, columns] = self.kernel;
        write!(f, "{} ({rows} × {columns})", self.name)
    }
}

impl Layer {
    fn outputs(&self) -> usize {
        let along =
            |kernel: usize, padding: usize| (self.side + 2 * padding - kernel) / self.stride + 1;
        let ([rows, columns], [down, right]) = (self.kernel, self.padding);
        along(rows, down) * along(columns, right)
    }

    fn weights(&self) -> usize {
        let [rows, columns] = self.kernel;
        self.c_out * self.c_in * rows * columns
    }

    fn plan(&self) -> Plan {
        let conv = Conv {
            c_in: self.c_in,
            c_out: self.c_out,
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            weight: numbers(self.weights()),
            bias: numbers(self.c_out),
            relu: true,
        };
        let input = [self.c_in, self.side, self.side];
        Plan::new(Node::Conv(conv), input, Isa::best()).unwrap()
    }
}

/// Numbers between −0.5 and 0.5 that are the same every time.
fn numbers(count: usize) -> Vec<f32> {
    let spread = |at: usize| at.wrapping_mul(2_654_435_761) % 1009;
    (0..count)
        .map(|at| spread(at) as f32 / 1009.0 - 0.5)
        .collect()
}

const fn layer(
    name: &'static str,
    [c_in, c_out]: [usize; 2],
    kernel: [usize; 2],
    padding: [usize; 2],
    side: usize,
) -> Layer {
    Layer {
        name,
        c_in,
        c_out,
        kernel,
        stride: 1,
        padding,
        side,
    }
}

const WINOGRAD: [Layer; 3] = [
    layer("Conv2d_2b_3x3", [32, 64], [3, 3], [1, 1], 147),
    layer("Conv2d_4a_3x3", [80, 192], [3, 3], [0, 0], 73),
    layer("Mixed_5b.branch3x3dbl_3", [96, 96], [3, 3], [1, 1], 35),
];

const TILE: [Layer; 4] = [
    Layer {
        stride: 2,
        ..layer("Conv2d_1a_3x3", [3, 32], [3, 3], [0, 0], 299)
    },
    layer("Conv2d_3b_1x1", [64, 80], [1, 1], [0, 0], 73),
    layer("Mixed_6e.branch7x7_2", [192, 192], [1, 7], [0, 3], 17),
    layer("Mixed_7c.branch1x1", [2048, 320], [1, 1], [0, 0], 8),
];

#[divan::bench(args = &WINOGRAD)]
fn winograd(bencher: Bencher<'_, '_>, layer: &Layer) {
    run(bencher, layer);
}

#[divan::bench(args = &TILE)]
fn tile(bencher: Bencher<'_, '_>, layer: &Layer) {
    run(bencher, layer);
}

/// A frame through a network of this layer, and the means of its output.
fn run(bencher: Bencher<'_, '_>, layer: &Layer) {
    let plan = layer.plan();
    let frame = numbers(plan.frame_len());
    bencher
        .counter(ItemsCount::new(layer.outputs() * layer.weights()))
        .bench(|| plan.run(divan::black_box(&frame)).unwrap());
}
