//! Convolutions of training in bf16, on the processor: how far they are from f32, by limits that follow from bf16's rounding.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use candle_core::{DType, Device, Tensor};
use flipscope_nn::Precision;
use flipscope_nn::ops::{
    ConvGeometry, activation, conv2d, conv2d_backward, conv2d_backward_in, conv2d_in, nchw, operand,
};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;

/// The largest relative error of one rounding: half a step of the last of 8 binary digits.
const UNIT: f32 = 1.0 / 256.0;

const GEOMETRY: ConvGeometry = ConvGeometry {
    stride: 1,
    padding: [1, 1],
};

fn tensor(rng: &mut ChaCha8Rng, shape: &[usize]) -> Tensor {
    let values: Vec<f32> = (0..shape.iter().product())
        .map(|_| rng.random_range(-1.0_f32..1.0))
        .collect();
    Tensor::from_vec(values, shape, &Device::Cpu).unwrap()
}

fn values(x: &Tensor) -> Vec<f32> {
    x.flatten_all().unwrap().to_vec1().unwrap()
}

/// A sum of products whose factors were rounded, and which was rounded itself, is within what these roundings can do: each product is off by
/// at most 2u + u² of its size, and the sum of them by u of itself. `sizes` are the sums of the products' sizes. f32's own rounding of some
/// hundred terms is far below.
fn within(made: &[f32], exact: &[f32], sizes: &[f32]) {
    assert!(made.len() == exact.len() && made.len() == sizes.len());
    let mut furthest = 0.0_f32;
    for ((made, exact), size) in made.iter().zip(exact).zip(sizes) {
        let products = (2.0 * UNIT + UNIT * UNIT) * size;
        let limit = products + UNIT * (exact.abs() + products) + 1e-4 * size;
        assert!((made - exact).abs() <= limit, "{made} {exact} {size}");
        furthest = furthest.max((made - exact).abs());
    }
    assert!(furthest > 0.0, "it was rounded");
}

#[test]
fn results_and_gradients_are_within_what_the_roundings_can_do() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    for (channels, outputs) in [(3, 20), (17, 16), (32, 5)] {
        let x = activation(&tensor(&mut rng, &[2, channels, 7, 6])).unwrap();
        let weight = tensor(&mut rng, &[outputs, channels, 3, 3]);
        let dy = activation(&tensor(&mut rng, &[2, outputs, 7, 6])).unwrap();
        let size = |x: &Tensor| x.abs().unwrap();
        let half = |x: &Tensor| operand(x, Precision::Bf16).unwrap();
        let shown = |y: &Tensor, channels| values(&nchw(y, channels).unwrap());

        let made = conv2d_in(Precision::Bf16, &half(&x), &half(&weight), GEOMETRY).unwrap();
        let exact = conv2d(&x, &weight, GEOMETRY).unwrap();
        let sizes = conv2d(&size(&x), &size(&weight), GEOMETRY).unwrap();
        let [of, exact, sizes] = [&made, &exact, &sizes].map(|y| shown(y, outputs));
        within(&of, &exact, &sizes);

        let halves = [&half(&x), &half(&weight)];
        let (dx, dw) = conv2d_backward_in(Precision::Bf16, halves, &dy, GEOMETRY, true).unwrap();
        let (exact_x, exact_w) = conv2d_backward(&x, &weight, &dy, GEOMETRY, true).unwrap();
        let sizes = conv2d_backward(&size(&x), &size(&weight), &size(&dy), GEOMETRY, true);
        let (sizes_x, sizes_w) = sizes.unwrap();
        within(&values(&dw), &values(&exact_w), &values(&sizes_w));
        let [dx, exact_x, sizes_x] = [dx, exact_x, sizes_x].map(|x| shown(&x.unwrap(), channels));
        within(&dx, &exact_x, &sizes_x);
        assert!(dw.dtype() == DType::F32 && made.dtype() == DType::F32);
    }
}

/// Whatever a convolution takes and gives is a value that bf16 has: what a card's memory holds.
#[test]
fn what_it_takes_and_gives_has_eight_digits() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let x = activation(&tensor(&mut rng, &[2, 5, 6, 6])).unwrap();
    let weight = tensor(&mut rng, &[7, 5, 3, 3]);
    let (half_x, half_w) = (
        operand(&x, Precision::Bf16).unwrap(),
        operand(&weight, Precision::Bf16).unwrap(),
    );
    let y = conv2d_in(Precision::Bf16, &half_x, &half_w, GEOMETRY).unwrap();
    let halves = [&half_x, &half_w];
    let (dx, dw) = conv2d_backward_in(Precision::Bf16, halves, &y, GEOMETRY, true).unwrap();
    for made in [&half_x, &half_w, &y, &dx.unwrap(), &dw] {
        let digits = values(made);
        assert!(
            digits
                .iter()
                .all(|value| value.to_bits().trailing_zeros() >= 16)
        );
    }
    // In f32 it is what it was, to the last bit.
    let plain = conv2d(&x, &weight, GEOMETRY).unwrap();
    let same = conv2d_in(
        Precision::F32,
        &operand(&x, Precision::F32).unwrap(),
        &operand(&weight, Precision::F32).unwrap(),
        GEOMETRY,
    );
    assert_eq!(values(&plain), values(&same.unwrap()));
    assert!(operand(&x, Precision::Tf32).is_err());
}
