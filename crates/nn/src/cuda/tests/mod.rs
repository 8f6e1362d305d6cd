//! The kernels and the steps, run on the host, against the processor's own forms.

mod fewer;
mod pipeline;
mod programs;
mod run;

use candle_core::{Device, Tensor};
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::call::Call;
use super::emulate::Emulated;
use super::norm_call::{FACTORS, NormAddresses, SUMS};
use super::operand::{Dtype, Extent, Order, Strided, Window};
use crate::ops::{self, BatchNormMode, BatchNormParameters, Pooling};

fn random(seed: u64, values: usize) -> Vec<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    // Few values, so that maxima tie.
    (0..values)
        .map(|_| f32::from(rng.random_range(-8_i8..=8)) / 4.0)
        .collect()
}

/// As [`random`], any values: where sums cancel to the rounding, a ReLU may or may not let the gradient through.
fn smooth(seed: u64, values: usize) -> Vec<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..values).map(|_| rng.random_range(-2.0..2.0)).collect()
}

/// The values of an activation on the card, `[n, c, rows, columns]` put into an order.
fn ordered(values: &[f32], extent: Extent) -> Vec<f32> {
    let shape = [extent.frames, extent.channels, extent.rows, extent.columns].map(|v| v as usize);
    let tensor = Tensor::from_slice(values, shape.as_slice(), &Device::Cpu).unwrap();
    if extent.pixels == 1 {
        let tensor = tensor.permute((0, 2, 3, 1)).unwrap().contiguous().unwrap();
        return tensor.flatten_all().unwrap().to_vec1().unwrap();
    }
    values.to_vec()
}

/// The other way round.
fn planes(values: Vec<f32>, extent: Extent) -> Vec<f32> {
    if extent.pixels == 0 {
        return values;
    }
    let shape = [extent.frames, extent.rows, extent.columns, extent.channels].map(|v| v as usize);
    let tensor = Tensor::from_vec(values, shape.as_slice(), &Device::Cpu).unwrap();
    let tensor = tensor.permute((0, 3, 1, 2)).unwrap().contiguous().unwrap();
    tensor.flatten_all().unwrap().to_vec1().unwrap()
}

fn tensor(values: &[f32], extent: Extent) -> Tensor {
    let shape = [extent.frames, extent.channels, extent.rows, extent.columns].map(|v| v as usize);
    Tensor::from_slice(values, shape.as_slice(), &Device::Cpu).unwrap()
}

/// An activation's values, `[n, c, rows, columns]`.
fn shown(activation: &Tensor, channels: usize) -> Vec<f32> {
    let shown = ops::nchw(activation, channels).unwrap();
    shown.flatten_all().unwrap().to_vec1().unwrap()
}

fn assert_near(made: &[f32], wanted: &[f32], tolerance: f32, what: &str) {
    assert_eq!(made.len(), wanted.len(), "{what}");
    for (at, (made, wanted)) in made.iter().zip(wanted).enumerate() {
        let near = (made - wanted).abs() <= tolerance * wanted.abs().max(1.0);
        assert!(near, "{what}, value {at}: {made} in place of {wanted}");
    }
}

/// A gradient that is added to what is there adds this.
const BEFORE: f32 = 0.75;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pooling_is_the_processors(
        n in 1..3_usize, channels in 1..20_usize, rows in 5..12_usize, columns in 5..12_usize,
        kernel in 1..6_usize, stride in 1..4_usize, padding in 0..3_usize, mean: bool, by_pixels: bool, accumulate: bool, seed: u64,
    ) {
        let padding = padding.min(kernel / 2);
        let order = if by_pixels { Order::Pixels } else { Order::Planes };
        let extent = Extent::new(n, channels, [rows, columns], order);
        let values = random(seed, extent.count());
        let pooling = Pooling { kernel, stride, padding };
        let x = ops::activation(&tensor(&values, extent)).unwrap();
        let y = if mean { ops::avg_pool(&x, pooling) } else { ops::max_pool(&x, pooling) }.unwrap();
        let size = [y.dim(2).unwrap(), y.dim(3).unwrap()];
        let made = Extent::new(n, channels, size, order);
        let behind = random(!seed, made.count());
        let dy = ops::activation(&tensor(&behind, made)).unwrap();
        let dx = ops::pool_backward(&x, &y, &dy, pooling, mean).unwrap();

        let mut card = Emulated::default();
        let window = Window { kernel: kernel as i32, stride: stride as i32, padding: padding as i32 };
        let x_at = card.put(&ordered(&values, extent));
        let dy_at = card.put(&ordered(&behind, made));
        let y_at = card.room(made.count() * 4);
        let dx_at = if accumulate { card.put(&vec![BEFORE; extent.count()]) } else { card.room(extent.count() * 4) };
        let whole = |at, extent| (Strided::whole(at, extent), extent);
        card.call([
            Call::pool(Dtype::F32, mean, whole(y_at, made), whole(x_at, extent), window),
            Call::pool_backward(Dtype::F32, mean, whole(dx_at, extent), Strided::whole(x_at, extent), whole(dy_at, made), window, accumulate),
        ]);
        card.run();
        let own = planes(card.get(y_at, made.count()), made);
        assert_near(&own, &shown(&y, channels), 1e-6, "forward");
        let mut own = planes(card.get(dx_at, extent.count()), extent);
        if accumulate {
            for value in &mut own {
                *value -= BEFORE;
            }
        }
        assert_near(&own, &shown(&dx, channels), 1e-5, "backward");
    }

    #[test]
    fn batch_norm_is_the_processors(
        n in 1..4_usize, channels in 1..40_usize, rows in 2..9_usize, columns in 2..9_usize, relu: bool, of_batch: bool, seed: u64,
    ) {
        let extent = Extent::new(n, channels, [rows, columns], Order::Planes);
        let values = random(seed, extent.count());
        let behind = random(!seed, extent.count());
        let per_channel = |salt| random(seed ^ salt, channels);
        let (weight, bias) = (per_channel(1), per_channel(2));
        let (mean, var) = (per_channel(3), per_channel(4).iter().map(|v| v.abs() + 0.1).collect::<Vec<_>>());
        let as_tensor = |values: &[f32]| Tensor::from_slice(values, channels, &Device::Cpu).unwrap();
        let (weight_tensor, bias_tensor) = (as_tensor(&weight), as_tensor(&bias));
        let norm = BatchNormParameters { weight: &weight_tensor, bias: &bias_tensor, eps: 1e-3, relu };
        let mode = if of_batch { BatchNormMode::Batch } else { BatchNormMode::RunningStatistics { mean: &mean, var: &var } };
        let x = ops::activation(&tensor(&values, extent)).unwrap();
        let dy = ops::activation(&tensor(&behind, extent)).unwrap();
        let (y, normed) = ops::batch_norm(&x, norm, mode).unwrap();
        let [dx, d_weight, d_bias] = ops::batch_norm_backward(&x, norm, &normed, dy).unwrap();

        let mut card = Emulated::default();
        let whole = |at| (Strided::whole(at, extent), extent);
        let (x_at, dy_at) = (card.put(&values), card.put(&behind));
        let given = [mean, var].concat();
        let statistics = card.put(&given);
        let addresses = NormAddresses {
            weight: card.put(&weight),
            bias: card.put(&bias),
            statistics,
            factors: card.room(channels * FACTORS),
            eps: 1e-3,
        };
        let sums = card.room(channels * SUMS);
        let (y_at, dx_at) = (card.room(extent.count() * 4), card.room(extent.count() * 4));
        let towards = [card.room(channels * 4), card.room(channels * 4), sums];
        if of_batch {
            card.call(Call::norm_statistics(whole(x_at), sums, statistics));
        }
        card.call(Call::norm(whole(y_at), whole(x_at).0, addresses, relu));
        let (x_part, dy_part) = (whole(x_at).0, whole(dy_at).0);
        card.call(Call::norm_backward(whole(dx_at), x_part, dy_part, addresses, towards, [relu, of_batch]));
        card.run();
        let moments = normed.moments();
        let own: Vec<f32> = card.get(statistics, channels * 2);
        assert_near(&own, &[moments.mean, moments.var].concat(), 1e-5, "statistics");
        assert_near(&card.get::<f32>(y_at, extent.count()), &shown(&y, channels), 1e-4, "forward");
        assert_near(&card.get::<f32>(dx_at, extent.count()), &shown(&dx, channels), 1e-3, "towards x");
        for (at, wanted, what) in [(towards[0], d_weight, "towards γ"), (towards[1], d_bias, "towards β")] {
            assert_near(&card.get::<f32>(at, channels), &wanted.to_vec1::<f32>().unwrap(), 1e-3, what);
        }
    }
}

#[test]
fn sixteen_bits_are_those_of_the_half_crate() {
    // Ties, infinities, what is no number, subnormal values, both zeros, the overflow to infinity.
    let odd = [
        0x3f80_8000,
        0x3f81_8000,
        0x7f80_0000,
        0x7fc0_0001,
        0x7f80_0001,
        1,
        0x8000_0000,
        0x7f7f_ffff,
    ];
    let mut values: Vec<f32> = odd.iter().map(|bits| f32::from_bits(*bits)).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    values.extend((0..1000).map(|_| f32::from_bits(rng.random())));
    let extent = Extent::new(1, values.len(), [1, 1], Order::Planes);
    let mut card = Emulated::default();
    let (from, to) = (card.put(&values), card.room(values.len() * 2));
    let back = card.room(values.len() * 4);
    let whole = (Strided::whole(to, extent), extent);
    card.call([
        Call::mean_backward(Dtype::Bf16, whole, from),
        Call::interleave(Dtype::Bf16, back, whole),
    ]);
    card.run();
    let own: Vec<u16> = card.get(to, values.len());
    for (value, own) in values.iter().zip(&own) {
        let half = half::bf16::from_f32(*value);
        assert_eq!(half.to_bits(), *own, "{value} ({:x})", value.to_bits());
    }
    let returned: Vec<f32> = card.get(back, values.len());
    for (own, returned) in own.iter().zip(returned) {
        assert_eq!(
            half::bf16::from_bits(*own).to_f32().to_bits(),
            returned.to_bits()
        );
    }
}
