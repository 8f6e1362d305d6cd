//! The maps that Captum and pytorch-grad-cam made of the network of three convolutions with formula weights
//! (`golden/make_explain_goldens.py`).

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::saliency::{Integrated, gradient_times_input};
use flipscope_lab::explain::{Quantity, Watch, gradcam};
use flipscope_model::{Change, Classifier, DeviceChoice, ModelSource, Overrides, Probe, Score};
use serde_json::Value;

use crate::formula::{self, StateDict, values};

/// Which part of a map's range it may differ by.
const TOLERANCE: f64 = 1e-4;
/// The same where gradients are computed in f64; maps are rounded to f32.
const DOUBLE_TOLERANCE: f64 = 1e-6;
/// Every which value of an attribution, and of a stretched map, the golden holds.
const STEPS: [usize; 2] = [9973, 997];

fn golden() -> Value {
    serde_json::from_str(include_str!("../golden/explain.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn grid(value: &Value) -> Vec<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(value.clone()).unwrap();
    rows.into_iter().flatten().collect()
}

fn checkpoint() -> (tempfile::TempDir, PathBuf) {
    let mut all = StateDict::new();
    for (name, c_in, c_out) in [("conv1", 3, 16), ("conv2", 16, 16), ("conv3", 16, 32)] {
        let key = format!("{name}.conv.weight");
        let weights = values(&key, c_out * c_in * 9, -0.3, 0.3);
        all.insert(key, (vec![c_out, c_in, 3, 3], weights));
        for (part, low, high) in [
            ("weight", 0.5, 1.5),
            ("bias", -0.2, 0.2),
            ("running_mean", -0.2, 0.2),
            ("running_var", 0.5, 1.5),
        ] {
            let key = format!("{name}.bn.{part}");
            let one = values(&key, c_out, low, high);
            all.insert(key, (vec![c_out], one));
        }
    }
    let head = values("fc.weight", 64, -0.5, 0.5);
    all.insert("fc.weight".to_owned(), (vec![2, 32], head));
    all.insert("fc.bias".to_owned(), (vec![2], vec![0.7, -0.2]));
    let metadata = [
        ("architecture", "small-test"),
        ("classes", r#"["melanoma", "nevus"]"#),
        ("melanoma_classes", r#"["melanoma"]"#),
        ("mean", "[0.485, 0.456, 0.406]"),
        ("std", "[0.229, 0.224, 0.225]"),
        ("transform_input", "true"),
    ];
    let metadata = metadata.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("formula.safetensors");
    std::fs::write(&file, formula::safetensors(&all, &metadata.into())).unwrap();
    (folder, file)
}

fn assert_close(made: impl Iterator<Item = f32>, wanted: &[f64], range: f64, what: &str) {
    assert_within(TOLERANCE * range, made, wanted, what);
}

fn assert_within(most: f64, made: impl Iterator<Item = f32>, wanted: &[f64], what: &str) {
    let made: Vec<f32> = made.collect();
    assert_eq!(made.len(), wanted.len(), "{what}");
    for (at, (made, wanted)) in made.iter().zip(wanted).enumerate() {
        let apart = (f64::from(*made) - wanted).abs();
        assert!(apart <= most, "{what} {at}: {made} {wanted}, {most}");
    }
}

fn range(values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low
}

#[test]
fn maps_are_captums_and_pytorch_grad_cams() {
    let (_folder, file) = checkpoint();
    let network = Classifier::load(&ModelSource::File(file), DeviceChoice::Cpu).unwrap();
    let frame = Arc::new(formula::frame(1));
    let golden = golden();
    let probe = |change| Probe {
        frame: Arc::clone(&frame),
        change,
    };
    let probed = network.probe(&[probe(Change::Nothing)]).unwrap().remove(0);
    assert_close(
        probed.logits.iter().copied(),
        &numbers(&golden["logits"]),
        0.1,
        "logits",
    );
    let p = Quantity::probability(network.info(), None).unwrap();
    let (cancel, mut ignore) = (Cancel::default(), |_, _| {});
    let mut watch = Watch::new(&cancel, &mut ignore);

    let occlusion = Occlusion::default()
        .map(&network, &frame, &p, &mut watch)
        .unwrap();
    let wanted = grid(&golden["occlusion"]);
    assert_close(
        occlusion.values.into_iter(),
        &wanted,
        range(&wanted),
        "occlusion",
    );

    gradients(&network, &golden, TOLERANCE);

    for (class, name) in ["melanoma", "nevus"].into_iter().enumerate() {
        let quantity = Quantity::logit(network.info(), Some(name), &probed).unwrap();
        let map = gradcam::map(&network, &frame, &quantity, &mut watch).unwrap();
        let wanted = grid(&golden["gradcam"][class]);
        assert_close(map.values.iter().copied(), &wanted, range(&wanted), name);
        // pytorch-grad-cam stretches and scales to 0..1: the same places are bright.
        let stretched = numbers(&golden["pytorch_grad_cam"][class]);
        let most = wanted.iter().copied().fold(0.0, f64::max);
        for (at, value) in stretched.iter().enumerate().filter(|_| most > 0.0) {
            let pixel = at * STEPS[1];
            let cell = |place: usize| (place * 8 / 299).min(7);
            let near = map.values[cell(pixel / 299) * 8 + cell(pixel % 299)];
            assert!(*value < 0.999 || f64::from(near) > 0.9 * most, "{pixel}");
        }
    }
}

#[test]
fn gradients_in_f64_are_captums_to_the_rounding() {
    let (_folder, file) = checkpoint();
    let overrides = Overrides {
        double_gradients: true,
        ..Overrides::default()
    };
    let source = ModelSource::File(file);
    let network = Classifier::load_with(&source, DeviceChoice::Cpu, &overrides).unwrap();
    assert!(network.double_gradients());
    gradients(&network, &golden(), DOUBLE_TOLERANCE);
}

/// Compares the maps by gradients of the logit of melanoma.
fn gradients(network: &Classifier, golden: &Value, tolerance: f64) {
    let frame = Arc::new(formula::frame(1));
    let probe = |change| Probe {
        frame: Arc::clone(&frame),
        change,
    };
    let probed = network.probe(&[probe(Change::Nothing)]).unwrap().remove(0);
    let logit = Quantity::logit(network.info(), None, &probed).unwrap();
    let (cancel, mut ignore) = (Cancel::default(), |_, _| {});
    let mut watch = Watch::new(&cancel, &mut ignore);
    let sampled = |values: &[f32], name: &str| {
        let golden = &golden[name];
        let every = values.iter().copied().step_by(STEPS[0]);
        let range = golden["range"].as_f64().unwrap();
        assert_within(tolerance * range, every, &numbers(&golden["values"]), name);
        let sum: f64 = values.iter().map(|&value| f64::from(value)).sum();
        assert!(
            (sum - golden["sum"].as_f64().unwrap()).abs() < 1e-4,
            "{name}: {sum}"
        );
    };
    let simple = gradient_times_input(network, &frame, &logit, &mut watch).unwrap();
    sampled(&simple.values, "input_x_gradient");
    let seven = Integrated {
        steps: 7,
        at_most: 7,
    };
    let integrated = seven
        .attributions(network, &frame, &logit, &mut watch)
        .unwrap();
    sampled(&integrated.values, "integrated");
    let copies: Vec<Probe> = (0..3)
        .map(|n| values(&format!("noise {n}"), Frame::BYTES, -0.5, 0.5))
        .map(|noise| probe(Change::Added(Arc::new(noise))))
        .collect();
    let gradients = network.probe_gradients(&copies, &Score::Logit(0)).unwrap();
    let mean = (0..Frame::BYTES).map(|at| {
        gradients
            .iter()
            .map(|(_, gradient)| gradient[at])
            .sum::<f32>()
            / 3.0
    });
    sampled(&mean.collect::<Vec<_>>(), "mean_gradient");
}
