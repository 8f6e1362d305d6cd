//! The demo models inside the program: what they say of themselves, and their verdicts against PyTorch's on formula frames
//! (`golden/make_demo_goldens.py` reads the 8-bit files on its own).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]
#![cfg(feature = "demo-model")]

mod formula;

mod device;
mod shared;

use flipscope_image::lesion::{ColorHandling, Frame, Framing, open};
use flipscope_lab::statistics::{OperatingPoint, ScoredCase};
use flipscope_model::{Classifier, DemoModel, DeviceChoice, Label, ModelSource, Overrides};
use serde_json::Value;

use device::Quantity;

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

#[test]
fn verdicts_are_those_of_pytorch_on_the_same_file() {
    let golden: Value = serde_json::from_str(include_str!("golden/demo.json")).unwrap();
    for demo in DemoModel::ALL {
        answers_as_pytorch(demo, &golden[demo.name()]);
    }
}

fn answers_as_pytorch(demo: DemoModel, golden: &Value) {
    let demo = device::load(&ModelSource::Embedded(demo), &Overrides::default()).unwrap();
    assert_eq!(
        demo.info().sha256,
        golden["sha256"].as_str().unwrap(),
        "run golden/make_demo_goldens.py again"
    );
    let frames: Vec<_> = (0..4).map(formula::frame).collect();
    let verdicts = demo.classify(&frames).unwrap();
    for (verdict, wanted) in verdicts
        .iter()
        .zip(golden["p_melanoma"].as_array().unwrap())
    {
        let (made, wanted) = (f64::from(verdict.p_melanoma), wanted.as_f64().unwrap());
        assert!(
            (logit(made) - logit(wanted)).abs() < device::tolerance_of(Quantity::Logit, 1e-3),
            "{made} in place of {wanted}"
        );
        assert!((verdict.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let melanoma = verdict.label(demo.info().threshold) == Label::Melanoma;
        assert_eq!(melanoma, wanted >= 0.5);
    }
    // The order of the frames and what they are judged with make no difference.
    let turned: Vec<_> = frames.iter().rev().cloned().collect();
    let again = demo.classify(&turned).unwrap();
    assert!(verdicts.iter().eq(again.iter().rev()));
    let alone = &demo.classify(&frames[1..2]).unwrap()[0];
    if device::choice() == DeviceChoice::Cpu {
        assert_eq!(*alone, verdicts[1]);
    } else {
        // A card's algorithms are chosen for each size of batch.
        let apart = f64::from((alone.p_melanoma - verdicts[1].p_melanoma).abs());
        assert!(apart < device::tolerance(0.0), "{apart}");
    }
    assert_eq!(demo.classify(&[]).unwrap(), []);
}

#[test]
fn they_say_everything_of_themselves() {
    for demo in DemoModel::ALL {
        says_everything_of_itself(demo);
    }
    assert_eq!(ModelSource::default(), ModelSource::called("demo".into()));
    let file = ModelSource::File("./demo".into());
    assert_eq!(ModelSource::called("./demo".into()), file);
}

fn says_everything_of_itself(which: DemoModel) {
    let demo = Classifier::load(&ModelSource::Embedded(which), DeviceChoice::Auto).unwrap();
    let info = demo.info();
    assert_eq!(
        (info.name.as_str(), info.architecture.as_str()),
        (which.title(), "inception-v3")
    );
    assert_eq!(info.classes, ["melanoma", "nevus"]);
    assert_eq!(info.melanoma_classes, [0]);
    assert_eq!(
        (info.mean, info.std),
        ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    );
    assert!(info.transform_input && !info.auxiliary_head);
    assert_eq!((info.framing, info.threshold), (Framing::Squash, 0.5));
    assert!(info.bytes <= 24_000_000, "{}", info.bytes);
    assert!(info.assumptions.is_empty(), "{:?}", info.assumptions);
    assert_eq!(info.weight_types, "f32, packed codes");
    assert_eq!(info.path, None);
    for key in [
        "source",
        "split",
        "data_licence",
        "quantisation",
        "trained_on",
        "intended_use",
        "card",
    ] {
        assert!(info.metadata.contains_key(key), "{key}");
    }
    assert!(demo.device().starts_with("CPU, ") || cfg!(feature = "cuda"));
    assert!(
        demo.device_note().is_none() || cfg!(feature = "cuda"),
        "the CPU build had nothing to choose"
    );
    assert_eq!(demo.precision(), "f32");
}

#[test]
fn what_the_user_says_goes_before_what_the_file_says() {
    let overrides = Overrides {
        framing: Some(Framing::Crop),
        classes: Some(vec!["naevus".to_owned(), "Spitz".to_owned()]),
        melanoma_classes: Some(vec!["Spitz".to_owned()]),
        mean: Some([0.5; 3]),
        std: Some([0.25; 3]),
        transform_input: Some(false),
        threshold: Some(0.3),
        ..Overrides::default()
    };
    let demo = Classifier::load_with(&ModelSource::DEMO, DeviceChoice::Cpu, &overrides).unwrap();
    let info = demo.info();
    assert_eq!(info.classes, ["naevus", "Spitz"]);
    assert_eq!(info.melanoma_classes, [1]);
    assert_eq!((info.framing, info.threshold), (Framing::Crop, 0.3));
    assert!(!info.transform_input);
    let verdict = demo.classify(&[formula::frame(0)]).unwrap().remove(0);
    assert_eq!(verdict.p_melanoma, verdict.probabilities[1]);

    for (wrong, word) in [
        (
            Overrides {
                threshold: Some(f32::NAN),
                ..Overrides::default()
            },
            "threshold",
        ),
        (
            Overrides {
                std: Some([0.2, 0.0, 0.2]),
                ..Overrides::default()
            },
            "std",
        ),
        (
            Overrides {
                mean: Some([f32::INFINITY; 3]),
                ..Overrides::default()
            },
            "mean",
        ),
        (
            Overrides {
                classes: Some(vec!["one".to_owned()]),
                ..Overrides::default()
            },
            "fc.weight",
        ),
        (
            Overrides {
                melanoma_classes: Some(vec!["mole".to_owned()]),
                ..Overrides::default()
            },
            "mole",
        ),
    ] {
        let error = Classifier::load_with(&ModelSource::DEMO, DeviceChoice::Cpu, &wrong)
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.contains(word) && error.contains("demo model") && error.contains("command line"),
            "{error}"
        );
    }
}

/// The melanomas and nevi of ISIC-2017's validation part, squashed.
fn validation_part() -> Option<Vec<(Frame, bool)>> {
    let folder = shared::part("data/isic2017")?;
    let table = std::fs::read_to_string(folder.join("labels.csv")).unwrap();
    let frame = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let &[image, diagnosis, "val", ""] = fields.as_slice() else {
            return None;
        };
        let melanoma = match diagnosis {
            "melanoma" => true,
            "nevus" => false,
            _ => return None,
        };
        let file = folder.join("images").join(format!("{image}.jpg"));
        let photograph = open(&file, ColorHandling::default()).unwrap();
        Some((Framing::Squash.apply(&photograph.raster), melanoma))
    };
    Some(table.lines().filter_map(frame).collect())
}

#[test]
fn their_operating_points_find_nine_of_ten_melanomas_of_the_validation_part() {
    let Some(examples) = validation_part() else {
        return;
    };
    assert_eq!(examples.len(), 107);
    let frames: Vec<Frame> = examples.iter().map(|(frame, _)| frame.clone()).collect();
    for demo in DemoModel::ALL {
        let model = Classifier::load(&ModelSource::Embedded(demo), DeviceChoice::Cpu).unwrap();
        let verdicts = model.classify(&frames).unwrap();
        let scored = verdicts.iter().zip(&examples);
        let scored: Vec<ScoredCase> = scored
            .map(|(verdict, &(_, melanoma))| ScoredCase {
                score: f64::from(verdict.p_melanoma),
                melanoma,
            })
            .collect();
        let point = OperatingPoint::for_sensitivity(&scored, 0.9).unwrap();
        let stated = f64::from(model.info().operating_point().unwrap());
        assert!(
            (logit(stated) - logit(point.threshold)).abs() < 1e-3,
            "{}: {stated} in place of {}",
            demo.name(),
            point.threshold
        );
        let text: Value = serde_json::from_str(&model.info().metadata["operating_point"]).unwrap();
        let counts = point.confusion;
        assert_eq!(text["true_positives"], counts.true_positives);
        assert_eq!(text["true_negatives"], counts.true_negatives);
        // Named as the threshold, it is that.
        let overrides = Overrides {
            operating_point: true,
            ..Overrides::default()
        };
        let source = ModelSource::Embedded(demo);
        let model = Classifier::load_with(&source, DeviceChoice::Cpu, &overrides).unwrap();
        assert_eq!(f64::from(model.info().threshold), stated);
    }
}

#[test]
fn a_classifier_can_go_to_its_thread() {
    fn sendable<T: Send>() {}
    sendable::<Classifier>();
}
