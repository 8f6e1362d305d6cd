//! The classifier against PyTorch, on the whole path from a photograph through framing and perturbation to P(melanoma):
//! `../shared/golden` holds what PyTorch gives on the reference checkpoint.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

mod device;
mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use flipscope_image::lesion::{ColorHandling, Frame, Framing, open};
use flipscope_image::perturb::{Perturbation, apply};
#[cfg(feature = "demo-model")]
use flipscope_model::DemoModel;
use flipscope_model::{Candidate, Classifier, Format, ModelSource, Overrides, convert};
use serde_json::Value;

use device::Quantity;

/// Frames judged in one call: all of them at once would take 265 MB.
const CHUNK: usize = 64;

/// The folder that holds weights and goldens.
fn shared() -> Option<PathBuf> {
    shared::part("golden/golden.json")?;
    shared::part("models")?.parent().map(Path::to_owned)
}

fn reference(shared: &Path) -> PathBuf {
    shared.join("models/inception_v3_isic2017_reference.safetensors")
}

fn load(file: PathBuf) -> Classifier {
    device::load(&ModelSource::File(file), &Overrides::default()).unwrap()
}

fn golden(shared: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(shared.join("golden/golden.json")).unwrap())
        .unwrap()
}

/// The frames of the unaltered photographs, by name and framing: the tests of this file ask for the same ones, many times over.
static FRAMED: Mutex<BTreeMap<String, Frame>> = Mutex::new(BTreeMap::new());

fn framed(shared: &Path, file: &str, framing: &Value) -> Frame {
    let key = format!("{file} {framing}");
    if let Some(frame) = FRAMED.lock().unwrap().get(&key) {
        return frame.clone();
    }
    let data = shared.join("data");
    // Some names are in both folders, at full size in the first.
    let path = [
        data.join("uda").join(file),
        data.join("isic2017/images").join(file),
    ]
    .into_iter()
    .find(|path| path.is_file())
    .unwrap();
    let photograph = open(path, ColorHandling::Raw).unwrap();
    let framing: Framing = serde_json::from_value(framing.clone()).unwrap();
    let frame = framing.apply(&photograph.raster);
    FRAMED.lock().unwrap().insert(key, frame.clone());
    frame
}

/// The frame of a golden row, checked against its hash.
fn frame(shared: &Path, row: &Value) -> Frame {
    let file = row["file"].as_str().unwrap();
    let perturbation: Perturbation = serde_json::from_value(row["perturbation"].clone()).unwrap();
    let frame = apply(&framed(shared, file, &row["framing"]), &perturbation).unwrap();
    if let Some(hash) = row["perturbed_sha256"].as_str() {
        assert_eq!(frame.sha256(), hash, "{row}");
    }
    frame
}

/// The largest difference of P(melanoma) from the rows, and the row.
fn worst<'a>(classifier: &Classifier, shared: &Path, rows: &[&'a Value]) -> (f64, &'a Value) {
    let wanted = |row: &&'a Value| (*row, row["p_melanoma"].as_f64().unwrap());
    let rows: Vec<_> = rows.iter().map(wanted).collect();
    worst_of(classifier, shared, &rows)
}

/// The same of rows for which another P(melanoma) is wanted than they say.
fn worst_of<'a>(
    classifier: &Classifier,
    shared: &Path,
    rows: &[(&'a Value, f64)],
) -> (f64, &'a Value) {
    let mut worst = (0.0, rows[0].0);
    for chunk in rows.chunks(CHUNK) {
        let frames: Vec<Frame> = chunk.iter().map(|(row, _)| frame(shared, row)).collect();
        for (verdict, (row, wanted)) in classifier.classify(&frames).unwrap().iter().zip(chunk) {
            let difference = (f64::from(verdict.p_melanoma) - wanted).abs();
            if difference > worst.0 {
                worst = (difference, row);
            }
        }
    }
    worst
}

#[test]
fn verdicts_on_every_golden_row_are_those_of_pytorch() {
    let Some(shared) = shared() else { return };
    let golden = golden(&shared);
    let rows: Vec<&Value> = golden["rows"].as_array().unwrap().iter().collect();
    assert_eq!(rows.len(), 988);
    let classifier = load(reference(&shared));
    assert_eq!(
        classifier.info().sha256,
        golden["checkpoint_sha256"].as_str().unwrap()
    );
    assert!(
        classifier.info().assumptions.is_empty(),
        "{:?}",
        classifier.info().assumptions
    );
    let (difference, row) = worst(&classifier, &shared, &rows);
    println!(
        "{} rows, largest difference in P {difference:.1e}",
        rows.len()
    );
    assert!(
        difference <= device::tolerance(1e-4),
        "{difference} in {row}"
    );
}

#[test]
fn blocks_have_the_mean_and_deviation_of_pytorchs() {
    let Some(shared) = shared() else { return };
    let layers: Value =
        serde_json::from_str(&std::fs::read_to_string(shared.join("golden/layers.json")).unwrap())
            .unwrap();
    let photograph = shared
        .join("data/isic2017/images")
        .join(layers["file"].as_str().unwrap());
    let frame = Framing::Squash.apply(&open(photograph, ColorHandling::Raw).unwrap().raster);
    let blocks = load(reference(&shared)).block_outputs(&frame).unwrap();
    assert_eq!(blocks.len(), 20);
    for block in blocks {
        let golden = &layers["layers"][&block.name];
        let shape: Vec<usize> = serde_json::from_value(golden[2].clone()).unwrap();
        let own = shape.iter().copied().filter(|&side| side > 1);
        assert!(
            own.eq(block.shape.iter().copied().filter(|&side| side > 1)),
            "{block:?}"
        );
        for (made, wanted) in [(block.mean, &golden[0]), (block.std, &golden[1])] {
            let wanted = wanted.as_f64().unwrap();
            assert!(
                (made - wanted).abs()
                    < device::tolerance_of(Quantity::Block, 1e-5)
                        + device::tolerance_of(Quantity::Block, 2e-5) * wanted.abs(),
                "{block:?} {golden}"
            );
        }
    }
}

/// Every fifth row, and those in which 8 bits cost most when all were compared (`tools/evaluate_model.rs --golden --beside`
/// compares them all again). What PyTorch gives with the checkpoints: `golden/make_demo_goldens.py`.
#[test]
#[cfg(feature = "demo-model")]
fn the_demo_models_stay_near_the_checkpoints_that_they_were_made_of() {
    let Some(shared) = shared() else { return };
    let golden = golden(&shared);
    let rows = golden["rows"].as_array().unwrap();
    let checkpoints: Value = serde_json::from_str(include_str!("golden/demo.json")).unwrap();
    for demo in DemoModel::ALL {
        let checkpoint = &checkpoints[demo.name()]["checkpoint"];
        let wanted: Vec<f64> = serde_json::from_value(checkpoint["p_melanoma"].clone()).unwrap();
        assert_eq!(wanted.len(), rows.len());
        let asked: Vec<(&Value, f64)> = rows
            .iter()
            .zip(wanted)
            .enumerate()
            .filter(|(n, _)| n % 5 == 0 || WORST.contains(&(demo, *n)))
            .map(|(_, one)| one)
            .collect();
        let model = device::load(&ModelSource::Embedded(demo), &Overrides::default()).unwrap();
        assert_eq!(
            model.info().metadata["converted_from_sha256"],
            checkpoint["sha256"].as_str().unwrap()
        );
        let (difference, row) = worst_of(&model, &shared, &asked);
        println!(
            "{}: {} rows, largest difference in P {difference:.4}",
            demo.name(),
            asked.len()
        );
        assert!(
            difference <= device::tolerance(0.02),
            "{difference} in {row}"
        );
    }
}

/// The rows in which the demo models differ most.
#[cfg(feature = "demo-model")]
const WORST: [(DemoModel, usize); 6] = [
    (DemoModel::Plain, 97),
    (DemoModel::Plain, 98),
    (DemoModel::Plain, 468),
    (DemoModel::Jitter, 500),
    (DemoModel::Jitter, 48),
    (DemoModel::Jitter, 709),
];

#[test]
fn conversions_keep_what_they_promise() {
    let Some(shared) = shared() else { return };
    let golden = golden(&shared);
    let rows: Vec<&Value> = golden["rows"]
        .as_array()
        .unwrap()
        .iter()
        .step_by(101)
        .collect();
    let folder = tempfile::tempdir().unwrap();
    for (format, most) in [
        (Format::F32, 1e-4),
        (Format::F16, 1e-3),
        (Format::Int8, 0.02),
    ] {
        let file = folder.path().join(format!("{format}.safetensors"));
        let report = convert(&reference(&shared), &file, format).unwrap();
        assert_eq!(report.bytes, std::fs::metadata(&file).unwrap().len());
        let classifier = load(file);
        let info = classifier.info();
        assert_eq!(info.sha256, report.sha256);
        assert!(info.assumptions.is_empty() && info.metadata.contains_key("trained_on"));
        let (difference, row) = worst(&classifier, &shared, &rows);
        println!(
            "{format}: {} bytes, largest difference in P {difference:.1e}",
            report.bytes
        );
        assert!(
            difference <= device::tolerance(most),
            "{format}: {difference} in {row}"
        );
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "something else was left: {left:?}");
}

#[test]
fn input_gradients_are_those_of_pytorch() {
    let Some(shared) = shared() else { return };
    let text = std::fs::read_to_string(shared.join("golden/gradient.json")).unwrap();
    let goldens: Vec<Value> = serde_json::from_str(&text).unwrap();
    let classifier = load(reference(&shared));
    let melanoma = classifier.info().melanoma_classes[0];
    let candidates: Vec<Candidate> = goldens
        .iter()
        .map(|golden| {
            let file = shared
                .join("data/isic2017/images")
                .join(golden["file"].as_str().unwrap());
            let frame = Framing::Squash.apply(&open(file, ColorHandling::Raw).unwrap().raster);
            Candidate {
                frame: Arc::new(frame),
                perturbation: Arc::default(),
            }
        })
        .collect();
    let made = classifier.gradients(&candidates, melanoma).unwrap();
    let area = (Frame::SIDE * Frame::SIDE) as usize;
    for (golden, (_, gradient)) in goldens.iter().zip(made) {
        let norm = gradient
            .iter()
            .map(|v| f64::from(*v).powi(2))
            .sum::<f64>()
            .sqrt();
        let wanted_norm = golden["norm"].as_f64().unwrap();
        let indices = golden["index"].as_array().unwrap().iter();
        let pairs = indices
            .zip(golden["value"].as_array().unwrap())
            .map(|(index, value)| {
                let index = index.as_u64().unwrap() as usize;
                let made = gradient[(index % area) * 3 + index / area];
                (f64::from(made), value.as_f64().unwrap())
            });
        let largest = golden["max"].as_f64().unwrap();
        let (mut apart, mut size, mut worst) = (0.0, 0.0, 0.0_f64);
        for (made, wanted) in pairs {
            apart += (made - wanted).powi(2);
            size += wanted.powi(2);
            worst = worst.max((made - wanted).abs() / largest);
        }
        let apart = f64::sqrt(apart / size);
        let norms = norm / wanted_norm - 1.0;
        println!(
            "{}: norms {norms:.1e} apart, samples {apart:.1e} of their norm, {worst:.1e} of the largest",
            golden["file"]
        );
        // Where a ReLU is 0 up to the rounding, its gradient goes either way, and with it a patch of pixels: PyTorch in f32 is
        // 2.0e-3, 2.8e-3 and 3.9e-3 of the whole gradient's norm away from itself in f64 on these three frames.
        let most = |f32| device::tolerance_of(Quantity::Gradient, f32);
        assert!(norms.abs() < most(1e-3) && apart < most(1e-2) && worst < most(2e-2));
    }
}
