//! ResNet-50 and ResNet-152 against torchvision without any weights at hand: both sides fill them by the same formula
//! (`golden/make_resnet_goldens.py`).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

mod device;
mod formula;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flipscope_image::perturb::Perturbation;
use flipscope_model::training::{Start, Trainable};
use flipscope_model::{
    Candidate, Classifier, DeviceChoice, Format, ModelSource, Overrides, convert_with,
};
use serde_json::Value;

use device::Quantity;

/// Every which value of a gradient the golden holds.
const STEP: usize = 9973;

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/resnet.json")).unwrap()
}

/// Writes formula weights.
fn write(folder: &Path, golden: &Value, classes: usize, metadata: &[(&str, &str)]) -> PathBuf {
    let file = folder.join("formula.safetensors");
    let metadata: BTreeMap<String, String> = metadata
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let tensors = formula::resnet_state_dict(&golden["shapes"], classes);
    std::fs::write(&file, formula::safetensors(&tensors, &metadata)).unwrap();
    file
}

fn three_classes() -> Overrides {
    Overrides {
        classes: Some(["nevus", "melanoma", "other"].map(str::to_owned).to_vec()),
        ..Overrides::default()
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

/// √Σ(a − b)².
fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|value| value.powi(2)).sum::<f64>().sqrt()
}

fn verdicts_blocks_and_gradients(name: &str, parameters: usize) {
    let golden = &golden()[name];
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), golden, 3, &[]);
    let classifier = device::load(&ModelSource::File(file), &three_classes()).unwrap();
    let info = classifier.info();
    assert_eq!(
        (info.architecture.as_str(), info.parameters),
        (name, parameters)
    );
    assert!(!info.transform_input && !info.auxiliary_head);
    assert!(info.assumptions.iter().any(|one| one.text.contains(name)));

    let frames = [formula::frame(0), formula::frame(1)];
    let verdicts = classifier.classify(&frames).unwrap();
    for (verdict, wanted) in verdicts.iter().zip(golden["softmax"].as_array().unwrap()) {
        for (made, wanted) in verdict.probabilities.iter().zip(numbers(wanted)) {
            let difference = (f64::from(*made) - wanted).abs();
            assert!(difference < device::tolerance(2e-5), "{made} {wanted}");
        }
    }
    let blocks = classifier.block_outputs(&frames[0]).unwrap();
    let wanted = golden["blocks"].as_array().unwrap();
    assert_eq!(blocks.len(), wanted.len());
    for (made, wanted) in blocks.iter().zip(wanted) {
        assert_eq!(made.name, wanted[0].as_str().unwrap());
        for (value, wanted) in [(made.mean, &wanted[1]), (made.std, &wanted[2])] {
            let wanted = wanted.as_f64().unwrap();
            assert!(
                (value - wanted).abs()
                    < device::tolerance_of(Quantity::Block, 1e-4) * wanted.abs().max(0.1),
                "{}: {value} {wanted}",
                made.name
            );
        }
    }

    let [first, _] = frames;
    let candidate = Candidate {
        frame: Arc::new(first),
        perturbation: Arc::new(Perturbation::default()),
    };
    let (_, gradient) = classifier.gradients(&[candidate], 1).unwrap().remove(0);
    let made: Vec<f64> = gradient.iter().map(|value| f64::from(*value)).collect();
    let wanted = &golden["gradient"];
    let whole = wanted["norm"].as_f64().unwrap();
    let tolerance = device::tolerance_of(Quantity::Gradient, 1e-3);
    println!("{name}: the gradient's norm {} for {whole}", norm(&made));
    assert!(
        (norm(&made) / whole - 1.0).abs() < tolerance,
        "{} {whole}",
        norm(&made)
    );
    let wanted = numbers(&wanted["every_9973rd"]);
    let made: Vec<f64> = made.into_iter().step_by(STEP).collect();
    let relative = apart(&made, &wanted) / norm(&wanted);
    println!("{name}: its values are {relative:e} of their norm apart");
    assert!(relative < tolerance, "{relative}");
}

#[test]
fn resnet50_is_torchvisions() {
    // Torchvision counts 25,557,032 of them with 1000 classes; running statistics beside.
    verdicts_blocks_and_gradients("resnet50", 25_557_032 - 997 * 2049 + 2 * 26_560);
}

#[test]
fn resnet152_is_torchvisions() {
    verdicts_blocks_and_gradients("resnet152", 60_192_808 - 997 * 2049 + 2 * 75_712);
}

#[test]
fn a_training_step_of_resnet50_is_pytorchs() {
    let golden = golden();
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), &golden["resnet50"], 2, &[]);
    let net = Trainable::load(
        &ModelSource::File(file),
        DeviceChoice::Cpu,
        &Overrides::default(),
    )
    .unwrap();
    let frames = [0, 1, 2].map(formula::frame);
    let step = net.gradients(&frames, &[0, 1, 0]).unwrap();
    let wanted = &golden["training"];
    let loss = wanted["loss"].as_f64().unwrap();
    assert!(
        (step.loss / loss - 1.0).abs() < 1e-4,
        "{} {loss}",
        step.loss
    );

    let gradients = net.named(&step).unwrap();
    let all = wanted["gradients"].as_object().unwrap();
    assert_eq!(gradients.len(), all.len());
    // No further than PyTorch's own f32 is from its f64; a single value may be twice as far as all are together.
    let apart = |what: &str| wanted["f32_apart"][what].as_f64().unwrap();
    let (of_norms, of_values) = (apart("norms"), 2.0 * apart("gradients"));
    let (mut furthest, mut furthest_value) = (0.0_f64, 0.0_f64);
    let (mut square, mut wanted_square) = (0.0, 0.0);
    for (name, made) in &gradients {
        let wanted = &all[name];
        let made: Vec<f64> = made.iter().map(|value| f64::from(*value)).collect();
        let whole = wanted[0].as_f64().unwrap();
        let relative = (norm(&made) / whole - 1.0).abs();
        furthest = furthest.max(relative);
        square += norm(&made).powi(2);
        wanted_square += whole.powi(2);
        assert!(relative < of_norms, "{name}: {} {whole}", norm(&made));
        // A few values, against what a value is on average.
        let typical = whole / (made.len() as f64).sqrt();
        for (made, wanted) in made.iter().zip(numbers(&wanted[1])) {
            let relative = (made - wanted).abs() / typical.max(wanted.abs());
            furthest_value = furthest_value.max(relative);
            assert!(relative < of_values, "{name}: {made} {wanted}");
        }
    }
    let all = (square / wanted_square).sqrt() - 1.0;
    println!(
        "norms apart: at most {furthest:e}, of all together {all:e}; values at most {furthest_value:e}"
    );
    assert!(all.abs() < 1e-3, "{all}");
    let running = wanted["running"].as_object().unwrap();
    let made = net.running();
    assert_eq!(2 * made.len(), running.len());
    for (name, made) in made {
        for (part, values) in [("mean", made.mean), ("var", made.var)] {
            let name = norm_of(&name, part);
            let sum: f64 = values.iter().map(|value| f64::from(*value)).sum();
            let size: f64 = values.iter().map(|value| f64::from(value.abs())).sum();
            let wanted = running[&name].as_f64().unwrap();
            assert!((sum - wanted).abs() < 1e-4 * size, "{name}: {sum} {wanted}");
        }
    }
}

/// A running statistic's name, from that of the convolution before.
fn norm_of(conv: &str, part: &str) -> String {
    let norm = match conv.strip_suffix("downsample.0") {
        Some(block) => format!("{block}downsample.1"),
        None => conv.replace("conv", "bn"),
    };
    format!("{norm}.running_{part}")
}

#[test]
fn a_converted_resnet_says_what_it_is_and_gives_the_same() {
    let golden = &golden()["resnet50"];
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), golden, 3, &[]);
    let frame = [formula::frame(0)];
    let wanted = numbers(&golden["softmax"][0]);
    for (format, tolerance) in [(Format::F16, 2e-3), (Format::Int8, 2e-2)] {
        let small = folder.path().join(format!("{format}.safetensors"));
        convert_with(&file, &small, format, &three_classes(), &BTreeMap::new()).unwrap();
        let source = ModelSource::File(small);
        let classifier = Classifier::load(&source, DeviceChoice::Cpu).unwrap();
        let info = classifier.info();
        assert_eq!(info.architecture, "resnet50");
        assert!(info.assumptions.is_empty(), "{:?}", info.assumptions);
        let verdict = classifier.classify(&frame).unwrap().remove(0);
        for (made, wanted) in verdict.probabilities.iter().zip(&wanted) {
            let difference = (f64::from(*made) - wanted).abs();
            println!("{format}: {made} {wanted}");
            assert!(difference < tolerance, "{format}: {made} {wanted}");
        }
    }
}

#[test]
fn what_is_said_of_the_architecture_must_be_true() {
    let golden = golden();
    let folder = tempfile::tempdir().unwrap();
    let refuse = |file: &Path, words: &[&str]| {
        let error = device::load(&ModelSource::File(file.to_owned()), &three_classes())
            .err()
            .unwrap()
            .to_string();
        for word in words {
            assert!(error.contains(word), "{error}");
        }
    };
    let said = [("architecture", "resnet152")];
    let file = write(folder.path(), &golden["resnet50"], 3, &said);
    refuse(&file, &["missing", "layer2.4", "resnet152"]);
    let file = write(folder.path(), &golden["resnet50"], 3, &[]);
    std::fs::write(
        file.with_extension("json"),
        r#"{"architecture": "Inception v3"}"#,
    )
    .unwrap();
    refuse(&file, &["sidecar", "inception-v3", "resnet50"]);
}

#[test]
fn a_fresh_resnet_is_drawn_as_torchvision_draws_it() {
    let start = Start {
        architecture: "resnet50".to_owned(),
        init: Vec::new(),
        classes: ["melanoma", "nevus"].map(str::to_owned).to_vec(),
        melanoma_classes: vec!["melanoma".to_owned()],
        framing: None,
        seed: 3,
    };
    let begun = Trainable::begin(&start, DeviceChoice::Cpu).unwrap();
    let tensors = begun.net.tensors().unwrap().tensors;
    let deviation = |name: &str| {
        let values: Vec<f64> = tensors[name].values.iter().map(|v| f64::from(*v)).collect();
        norm(&values) / (values.len() as f64).sqrt()
    };
    for (name, expected) in [
        ("conv1.weight", (2.0_f64 / (64.0 * 49.0)).sqrt()),
        ("layer2.0.conv2.weight", (2.0_f64 / (128.0 * 9.0)).sqrt()),
        // Uniform within 1/√2048.
        ("fc.weight", 1.0 / (3.0 * 2048.0_f64).sqrt()),
    ] {
        let got = deviation(name);
        assert!((got / expected - 1.0).abs() < 0.05, "{name}: {got}");
    }
    assert!(
        tensors["layer1.0.bn1.weight"]
            .values
            .iter()
            .all(|v| *v == 1.0)
    );
    assert!(
        tensors["layer1.0.downsample.1.bias"]
            .values
            .iter()
            .all(|v| *v == 0.0)
    );
}
