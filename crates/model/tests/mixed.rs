//! Training in bf16 with f32 for everything that is kept, emulated on the processor.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../../../tests/formula/mod.rs"]
mod formula;

use flipscope_image::lesion::{Frame, Framing, synthetic};
use flipscope_model::training::{Learner, Objective, Optimiser, Start, Trainable};
use flipscope_model::{DeviceChoice, Precision, Tensors};
use serde_json::Value;

const SGD: Optimiser = Optimiser::Sgd {
    momentum: 0.9,
    weight_decay: 0.0,
};

fn net(precision: Precision) -> Trainable {
    let start = Start {
        architecture: "small-test".to_owned(),
        init: Vec::new(),
        classes: vec!["melanoma".to_owned(), "nevus".to_owned()],
        melanoma_classes: vec!["melanoma".to_owned()],
        framing: None,
        seed: 5,
    };
    let mut net = Trainable::begin(&start, DeviceChoice::Cpu).unwrap().net;
    net.compute_in(precision).unwrap();
    net
}

/// Melanomas and nevi in turn.
fn examples() -> (Vec<Frame>, Vec<u32>) {
    let draw = |seed: u64| {
        let recipe = if seed.is_multiple_of(2) {
            synthetic::Recipe::melanoma(seed)
        } else {
            synthetic::Recipe::nevus(seed)
        };
        Framing::Squash.apply(&synthetic::draw(&recipe, 330, 310).unwrap())
    };
    ((0..6).map(draw).collect(), vec![0, 1, 0, 1, 0, 1])
}

fn steps(learner: &mut Learner, lr: f64, steps: usize) -> Vec<f64> {
    let (frames, labels) = examples();
    let objective = Objective::default();
    (0..steps)
        .map(|_| learner.step(&objective, lr, &frames, &labels).unwrap())
        .collect()
}

/// The network with the weights of a draw of `tests/golden/make_mixed_limits.py`.
fn drawn(draw: usize, precision: Precision) -> Trainable {
    let mut tensors: Tensors = net(Precision::F32).tensors().unwrap();
    for (name, tensor) in &mut tensors.tensors {
        let (low, high) = match name.rsplit_once('.').unwrap() {
            (layer, "weight") if layer.ends_with("conv") => {
                let taken: usize = tensor.shape[1..].iter().product();
                let bound = (6.0 / taken as f64).sqrt();
                (-bound, bound)
            }
            (layer, "weight") if layer.ends_with("bn") => (0.5, 1.5),
            (_, "running_var") => (0.5, 1.5),
            ("fc", "weight") => (-0.02, 0.02),
            _ => (-0.25, 0.25),
        };
        let count = tensor.values.len();
        tensor.values = formula::values(&format!("{draw} {name}"), count, low, high);
    }
    let mut net = Trainable::from_tensors(&tensors, "a formula", DeviceChoice::Cpu).unwrap();
    net.compute_in(precision).unwrap();
    net
}

/// Loss and each gradient are no further from f32 than PyTorch's autocast on the same frames and eight draws of weights, with the margin that
/// the golden gives; and the gradients in f32 are no further from PyTorch's f64 than its own f32, so that it is the same network.
#[test]
fn its_rounding_is_no_larger_than_that_of_autocast() {
    let golden: Value =
        serde_json::from_str(include_str!("../../../tests/golden/mixed_limits.json")).unwrap();
    let margin = golden["margin"].as_f64().unwrap();
    let limit = |off: &Value| off.as_f64().unwrap() * margin;
    let (single, mixed) = (&golden["f32_from_f64"], &golden["bf16_from_f32"]);
    let frames: Vec<Frame> = (0..6).map(formula::frame).collect();
    let labels = [0, 1, 0, 1, 0, 1];
    let norm = |values: &mut dyn Iterator<Item = f32>| {
        values.map(|v| f64::from(v).powi(2)).sum::<f64>().sqrt()
    };
    let apart = |made: f64, wanted: f64| (made - wanted).abs() / wanted;
    for (draw, norms) in golden["f64_norms"].as_array().unwrap().iter().enumerate() {
        let of = |precision| {
            let net = drawn(draw, precision);
            let emulates = precision != Precision::F32;
            assert_eq!((net.precision(), net.emulates()), (precision, emulates));
            let gradients = net.gradients(&frames, &labels).unwrap();
            (gradients.loss, net.named(&gradients).unwrap())
        };
        let ((loss, exact), (loss_half, half)) = (of(Precision::F32), of(Precision::Bf16));
        let off = apart(loss_half, loss);
        assert!(
            off > 0.0 && off <= limit(&mixed["loss"]),
            "{draw}, loss: {off}"
        );
        assert_eq!(exact.len(), norms.as_object().unwrap().len());
        for ((name, exact), (_, half)) in exact.iter().zip(&half) {
            let size = norm(&mut exact.iter().copied());
            let off = apart(size, norms[name].as_f64().unwrap());
            assert!(
                off <= limit(&single["gradients"][name]),
                "{draw}, {name}: {off}"
            );
            let off = norm(&mut exact.iter().zip(half).map(|(a, b)| a - b)) / size;
            assert!(
                off <= limit(&mixed["gradients"][name]),
                "{draw}, {name}: {off}"
            );
        }
    }
}

#[test]
fn a_step_smaller_than_bf16_can_say_is_kept() {
    let start = net(Precision::Bf16).tensors().unwrap().tensors;
    let mut learner = Learner::new(net(Precision::Bf16), SGD, 0.0).unwrap();
    steps(&mut learner, 1e-5, 3);
    let after = learner.net().tensors().unwrap().tensors;
    // Half the distance between neighbours of a value in bf16.
    let half_step = |v: f32| 2_f32.powi(v.abs().log2().floor() as i32 - 8);
    let (mut moved, mut small) = (0, 0);
    for (name, before) in &start {
        for (a, b) in before.values.iter().zip(&after[name].values) {
            let by = (a - b).abs();
            if name.ends_with("conv.weight") && by > 0.0 {
                moved += 1;
                small += usize::from(by < half_step(*a));
            }
        }
    }
    assert!(moved > 100, "{moved}");
    assert!(small > moved * 9 / 10, "{small} of {moved}");
}

#[test]
fn it_resumes_with_the_same_bits_and_learns() {
    let mut whole = Learner::new(net(Precision::Bf16), SGD, 0.9).unwrap();
    let losses = steps(&mut whole, 0.01, 6);
    assert!(losses[5] < losses[0], "{losses:?}");
    let mut first = Learner::new(net(Precision::Bf16), SGD, 0.9).unwrap();
    steps(&mut first, 0.01, 3);
    let (state, own) = (first.state().unwrap(), first.net().tensors().unwrap());
    let resumed = |precision| {
        let mut net = Trainable::from_tensors(&own, "a state", DeviceChoice::Cpu).unwrap();
        net.compute_in(precision).unwrap();
        let mut learner = Learner::new(net, SGD, 0.9).unwrap();
        learner.restore(&state, 3).unwrap();
        steps(&mut learner, 0.01, 3);
        learner.state().unwrap()
    };
    let whole = whole.state().unwrap();
    assert!(whole == resumed(Precision::Bf16));
    assert!(whole != resumed(Precision::F32));
}

#[test]
fn tf32_is_nothing_to_train_in() {
    let mut net = net(Precision::F32);
    let error = net.compute_in(Precision::Tf32).unwrap_err().to_string();
    assert!(error.contains("f32 or bf16"), "{error}");
    assert_eq!(net.precision(), Precision::F32);
}
