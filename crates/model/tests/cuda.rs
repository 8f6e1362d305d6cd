//! An NVIDIA card against the processor: verdicts, gradients, training, with batches of every size. Runs where
//! `FLIPSCOPE_TEST_DEVICE=cuda` and the build has cuDNN; elsewhere the kernels are held by the tests in `crates/nn/src/cuda`. A build
//! without the demo model asks the reference checkpoint in the folder that `FLIPSCOPE_TEST_SHARED` names.
#![cfg(feature = "cudnn")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

#[path = "../../../tests/device/mod.rs"]
mod device;

use std::sync::Arc;

use candle_core::{Device, Tensor};
use flipscope_image::lesion::synthetic::{Recipe, draw};
use flipscope_image::lesion::{Frame, Framing};
use flipscope_image::perturb::{Fill, Perturbation, PixelEdit, Sampling};
use flipscope_model::training::Trainable;
use flipscope_model::{Candidate, Classifier, DeviceChoice, ModelSource, Overrides, Precision};
use flipscope_nn::cuda::{Card, open};
use flipscope_nn::ops::{self, BatchNormMode, BatchNormParameters, ConvGeometry, Pooling};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use device::Quantity;

/// The number of the card that is to be tested; says so where there is none.
fn card() -> Option<usize> {
    if let DeviceChoice::Cuda(n) = device::choice() {
        return Some(n);
    }
    println!("skipped: FLIPSCOPE_TEST_DEVICE does not name a card");
    None
}

/// The model that both judge with; says so where there is none.
#[cfg(feature = "demo-model")]
#[expect(clippy::unnecessary_wraps, reason = "a build without it may have none")]
fn source() -> Option<ModelSource> {
    Some(ModelSource::DEMO)
}

/// The model that both judge with; says so where there is none.
#[cfg(not(feature = "demo-model"))]
fn source() -> Option<ModelSource> {
    let Some(shared) = std::env::var_os("FLIPSCOPE_TEST_SHARED") else {
        println!("skipped: no demo model, and FLIPSCOPE_TEST_SHARED names no folder");
        return None;
    };
    let models = std::path::Path::new(&shared).join("models");
    Some(ModelSource::File(
        models.join("inception_v3_isic2017_reference.safetensors"),
    ))
}

fn frames(n: u64) -> Vec<Frame> {
    let share = |seed| seed as f32 / n as f32;
    let recipes = (0..n).map(|seed| Recipe::between(seed, share(seed)));
    recipes
        .map(|recipe| Framing::Squash.apply(&draw(&recipe, 299, 299).unwrap()))
        .collect()
}

/// Poses of every kind, of two frames.
fn candidates(n: usize) -> Vec<Candidate> {
    let frames: Vec<Arc<Frame>> = frames(2).into_iter().map(Arc::new).collect();
    let fills = [Fill::Black, Fill::Edge, Fill::Reflect, Fill::MeanSkin];
    (0..n)
        .map(|at| Candidate {
            frame: Arc::clone(&frames[at % 2]),
            perturbation: Arc::new(Perturbation {
                rotate: (at % 100) as f64 * 23.7,
                shift: [(at % 100) as f64 * -1.3, 4.0],
                sampling: if at % 3 == 0 {
                    Sampling::Bilinear
                } else {
                    Sampling::Nearest
                },
                fill: fills[at % 4],
                field_of_view: at % 5 == 0,
                gain: [1.0, 1.0 - (at % 100) as f64 / 100.0, 1.0],
                pixels: vec![PixelEdit {
                    x: 150,
                    y: at as u32 % 299,
                    rgb: [255, 0, 0],
                }],
                ..Perturbation::default()
            }),
        })
        .collect()
}

fn norm(values: &[f32]) -> f64 {
    values
        .iter()
        .map(|v| f64::from(*v).powi(2))
        .sum::<f64>()
        .sqrt()
}

/// The distance of two lists, of the second's norm.
fn apart(made: &[f32], wanted: &[f32]) -> f64 {
    assert_eq!(made.len(), wanted.len());
    let difference: Vec<f32> = made.iter().zip(wanted).map(|(a, b)| a - b).collect();
    norm(&difference) / norm(wanted).max(1e-9)
}

#[test]
fn verdicts_are_the_processors_in_batches_of_every_size() {
    let Some(_) = card() else { return };
    let Some(source) = source() else { return };
    let processor = Classifier::load(&source, DeviceChoice::Cpu).unwrap();
    let card = device::load(&source, &Overrides::default()).unwrap();
    assert_eq!(card.precision(), device::precision().name());
    let all = candidates(40);
    let wanted = processor.score(&all).unwrap();
    let tolerance = device::tolerance(0.0);
    let mut worst = 0.0_f64;
    // Thrice each: as it is, captured, and from the capture. 40 again after 1: its memory was made for more.
    for n in [1, 2, 3, 5, 8, 9, 17, 40, 1, 40] {
        let first = card.score(&all[..n]).unwrap();
        for (made, wanted) in first.iter().zip(&wanted) {
            worst = worst.max(f64::from((made.p_melanoma - wanted.p_melanoma).abs()));
        }
        for _ in 0..2 {
            assert_eq!(card.score(&all[..n]).unwrap(), first, "{n} at once, again");
        }
    }
    println!("largest difference in P {worst:.1e}");
    assert!(worst <= tolerance, "{worst}");
    let frames = frames(3);
    for (made, wanted) in card
        .classify(&frames)
        .unwrap()
        .iter()
        .zip(processor.classify(&frames).unwrap())
    {
        assert!(f64::from((made.p_melanoma - wanted.p_melanoma).abs()) <= tolerance);
    }
}

#[test]
fn lists_of_batches_give_what_each_gives_alone() {
    let Some(_) = card() else { return };
    let Some(source) = source() else { return };
    let load = || device::load(&source, &Overrides::default()).unwrap();
    let (one_by_one, card) = (load(), load());
    let all = candidates(3 * Classifier::MAX_BATCH + 40);
    let alone = |all: &[Candidate]| -> Vec<_> {
        let batches = all.chunks(Classifier::MAX_BATCH);
        batches
            .flat_map(|batch| one_by_one.score(batch).unwrap())
            .collect()
    };
    // Two batches, then four: compared, then from graphs and as they are, the last of another size.
    for n in [300, all.len(), all.len(), 512, all.len(), 1, all.len()] {
        assert_eq!(card.score(&all[..n]).unwrap(), alone(&all[..n]), "{n}");
    }
    // Each batch with frames of its own.
    let frames: Vec<Frame> = frames(600);
    let wanted: Vec<_> = frames
        .chunks(Classifier::MAX_BATCH)
        .flat_map(|batch| one_by_one.classify(batch).unwrap())
        .collect();
    assert_eq!(card.classify(&frames).unwrap(), wanted);
}

#[test]
fn gradients_again_and_from_their_graph_are_the_same() {
    let Some(_) = card() else { return };
    let Some(source) = source() else { return };
    let card = device::load(&source, &Overrides::default()).unwrap();
    let all = candidates(12);
    let first = card.gradients(&all, 0).unwrap();
    for _ in 0..2 {
        assert_eq!(card.gradients(&all, 0).unwrap(), first);
    }
}

#[test]
fn blocks_are_the_processors() {
    let Some(_) = card() else { return };
    let Some(source) = source() else { return };
    let frame = &frames(1)[0];
    let wanted = Classifier::load(&source, DeviceChoice::Cpu)
        .unwrap()
        .block_outputs(frame)
        .unwrap();
    let made = device::load(&source, &Overrides::default())
        .unwrap()
        .block_outputs(frame)
        .unwrap();
    for (made, wanted) in made.iter().zip(&wanted) {
        assert_eq!((&made.name, &made.shape), (&wanted.name, &wanted.shape));
        let tolerance =
            device::tolerance_of(Quantity::Block, 0.0) * wanted.std.max(wanted.mean.abs());
        assert!(
            (made.mean - wanted.mean).abs() <= tolerance,
            "{made:?} {wanted:?}"
        );
        assert!(
            (made.std - wanted.std).abs() <= tolerance,
            "{made:?} {wanted:?}"
        );
    }
}

#[test]
fn input_gradients_are_the_processors() {
    let Some(_) = card() else { return };
    let Some(source) = source() else { return };
    let all = candidates(6);
    let wanted = Classifier::load(&source, DeviceChoice::Cpu)
        .unwrap()
        .gradients(&all, 0)
        .unwrap();
    let made = device::load(&source, &Overrides::default())
        .unwrap()
        .gradients(&all, 0)
        .unwrap();
    // Where a ReLU is 0 up to the rounding, its gradient goes either way: 1e-2 in f32, as between PyTorch and the processor.
    let most = device::tolerance_of(Quantity::Gradient, 1e-2);
    for ((_, made), (_, wanted)) in made.iter().zip(&wanted) {
        let apart = apart(made, wanted);
        println!("gradients {apart:.1e} of their norm apart");
        assert!(apart <= most);
    }
}

#[test]
fn training_gives_the_processors_loss_and_gradients() {
    let Some(n) = card() else { return };
    let Some(source) = source() else { return };
    let load = |choice| Trainable::load(&source, choice, &Overrides::default()).unwrap();
    let (processor, card) = (load(DeviceChoice::Cpu), load(DeviceChoice::Cuda(n)));
    let (frames, labels) = (frames(4), [0, 1, 1, 0]);
    let wanted = processor.gradients(&frames, &labels).unwrap();
    let made = card.gradients(&frames, &labels).unwrap();
    assert!(
        (made.loss - wanted.loss).abs() <= 1e-3 * wanted.loss.abs(),
        "{} {}",
        made.loss,
        wanted.loss
    );
    let (wanted, made) = (
        processor.named(&wanted).unwrap(),
        card.named(&made).unwrap(),
    );
    for ((name, wanted), (_, made)) in wanted.iter().zip(&made) {
        let apart = apart(made, wanted);
        assert!(apart <= 5e-2, "{name}: {apart}");
    }
    for ((name, wanted), (_, made)) in processor.running().iter().zip(card.running()) {
        assert!(apart(&made.mean, &wanted.mean) <= 1e-3, "{name}");
        assert!(apart(&made.var, &wanted.var) <= 1e-3, "{name}");
    }
}

#[test]
fn layers_and_their_gradients_are_the_processors() {
    let Some(n) = card() else { return };
    let card = open(n).unwrap();
    // Held, so that algorithms are found once.
    let _held = Card::of(&card).unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..40 {
        let mut pick = |from: usize, to: usize| rng.random_range(from..=to);
        let (n, c_in, c_out) = (pick(1, 3), pick(1, 40), pick(1, 40));
        let (kernel, stride) = ([pick(1, 5), pick(1, 5)], pick(1, 2));
        let padding = [pick(0, kernel[0] / 2), pick(0, kernel[1] / 2)];
        let size = [pick(6, 20), pick(6, 20)];
        let pooling = Pooling {
            kernel: pick(2, 3),
            stride,
            padding: pick(0, 1),
        };
        let seed = rng.random::<u64>();
        let run = |device: &Device| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let mut tensor = |shape: &[usize]| {
                let values = (0..shape.iter().product()).map(|_| rng.random_range(-1.0_f32..1.0));
                let tensor =
                    Tensor::from_vec(values.collect::<Vec<_>>(), shape, &Device::Cpu).unwrap();
                tensor.to_device(device).unwrap()
            };
            let geometry = ConvGeometry { stride, padding };
            let x = ops::activation(&tensor(&[n, c_in, size[0], size[1]])).unwrap();
            let weight = tensor(&[c_out, c_in, kernel[0], kernel[1]]);
            let (scale, shift) = (tensor(&[c_out]), tensor(&[c_out]));
            let y = ops::conv2d(&x, &weight, geometry).unwrap();
            let norm = BatchNormParameters {
                weight: &scale,
                bias: &shift,
                eps: 1e-3,
                relu: false,
            };
            let (z, normed) = ops::batch_norm(&y, norm, BatchNormMode::Batch).unwrap();
            let [dy, d_scale, d_shift] =
                ops::batch_norm_backward(&y, norm, &normed, z.copy().unwrap()).unwrap();
            let (dx, d_weight) = ops::conv2d_backward(&x, &weight, &y, geometry, true).unwrap();
            let means = ops::global_avg_pool(&z, c_out).unwrap();
            let d_means = ops::global_avg_pool_backward(&z, &means).unwrap();
            let shown = |x: &Tensor, channels| ops::nchw(x, channels).unwrap();
            let mut all = vec![
                shown(&y, c_out),
                shown(&z, c_out),
                shown(&dy, c_out),
                shown(&dx.unwrap(), c_in),
                d_weight,
                d_scale,
                d_shift,
                means,
                shown(&d_means, c_out),
            ];
            for mean in [true, false] {
                let y = if mean {
                    ops::avg_pool(&x, pooling)
                } else {
                    ops::max_pool(&x, pooling)
                }
                .unwrap();
                let dx = ops::pool_backward(&x, &y, &y, pooling, mean).unwrap();
                all.extend([shown(&y, c_in), shown(&dx, c_in)]);
            }
            let host = |x: &Tensor| x.flatten_all().unwrap().to_vec1::<f32>().unwrap();
            all.iter().map(host).collect::<Vec<_>>()
        };
        for (at, (made, wanted)) in run(&card).iter().zip(&run(&Device::Cpu)).enumerate() {
            assert_eq!(made.len(), wanted.len(), "result {at}");
            // The gradient of a norm by what it gave itself is all but nothing: measured beside 1.
            for (made, wanted) in made.iter().zip(wanted) {
                assert!(
                    (made - wanted).abs() <= 1e-3 * wanted.abs().max(1.0),
                    "result {at}: {made}, {wanted}"
                );
            }
        }
    }
}

/// A card's convolutions in bf16 are those that the processor emulates, but for the order of sums: a step of bf16's last digit at most.
#[test]
fn convolutions_of_training_in_bf16_are_those_that_the_processor_emulates() {
    let Some(n) = card() else { return };
    let card = open(n).unwrap();
    let _held = Card::of(&card).unwrap();
    let bf16 = Precision::Bf16;
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    for (c_in, c_out, kernel, stride) in [(3, 32, 3, 2), (32, 48, 1, 1), (40, 17, 3, 1)] {
        let padding = [kernel / 2; 2];
        let geometry = ConvGeometry { stride, padding };
        let mut tensor = |shape: &[usize]| {
            let values = (0..shape.iter().product()).map(|_| rng.random_range(-1.0_f32..1.0));
            Tensor::from_vec(values.collect::<Vec<_>>(), shape, &Device::Cpu).unwrap()
        };
        let (x, weight) = (
            tensor(&[2, c_in, 19, 15]),
            tensor(&[c_out, c_in, kernel, kernel]),
        );
        let run = |device: &Device| {
            let x = ops::activation(&x.to_device(device).unwrap()).unwrap();
            let x = ops::operand(&x, bf16).unwrap();
            let weight = ops::operand(&weight.to_device(device).unwrap(), bf16).unwrap();
            let y = ops::conv2d_in(bf16, &x, &weight, geometry).unwrap();
            let made = ops::conv2d_backward_in(bf16, [&x, &weight], &y, geometry, true);
            let (dx, dw) = made.unwrap();
            let host = |x: &Tensor| x.flatten_all().unwrap().to_vec1::<f32>().unwrap();
            let shown = |x: &Tensor, channels| host(&ops::nchw(x, channels).unwrap());
            [shown(&y, c_out), shown(&dx.unwrap(), c_in), host(&dw)]
        };
        for (made, wanted) in run(&card).iter().zip(&run(&Device::Cpu)) {
            assert_eq!(made.len(), wanted.len());
            let largest = wanted.iter().fold(0.0_f32, |most, v| most.max(v.abs()));
            for (made, wanted) in made.iter().zip(wanted) {
                let step = wanted.abs().max(largest / 64.0) / 128.0;
                assert!((made - wanted).abs() <= step, "{made} {wanted}");
            }
        }
    }
}
