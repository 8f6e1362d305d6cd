//! The whole network against torchvision without any weights at hand: both sides fill them by the same formula
//! (`golden/make_network_goldens.py`).
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

use flipscope_image::lesion::Framing;
use flipscope_model::{Classifier, ClassifierError, Format, ModelSource, Overrides, convert};
use serde_json::Value;

use device::Quantity;

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/network.json")).unwrap()
}

fn load(file: &std::path::Path, overrides: &Overrides) -> Result<Classifier, ClassifierError> {
    device::load(&ModelSource::File(file.to_owned()), overrides)
}

#[test]
fn verdicts_and_blocks_are_those_of_torchvision() {
    let golden = golden();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("formula.safetensors");
    std::fs::write(
        &file,
        formula::safetensors(&formula::state_dict(7, true), &BTreeMap::new()),
    )
    .unwrap();
    let classifier = load(&file, &Overrides::default()).unwrap();

    let info = classifier.info();
    assert_eq!(info.name, "formula.safetensors");
    assert_eq!(
        info.classes,
        ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"]
    );
    assert_eq!(info.melanoma_classes, [4]);
    assert!(info.auxiliary_head && info.transform_input && info.metadata.is_empty());
    assert_eq!((info.framing, info.threshold), (Framing::Squash, 0.5));
    assert_eq!(
        info.parameters,
        21_799_911 + 2 * 17_216,
        "torchvision counts 21,799,911 with 7 classes, and running statistics beside"
    );
    for thing in [
        "architecture",
        "classes",
        "melanoma",
        "mean",
        "std",
        "transform_input",
        "framing",
        "threshold",
    ] {
        assert!(
            info.assumptions.iter().any(|one| one.text.contains(thing)),
            "nothing on {thing}"
        );
    }

    let frames = [formula::frame(0), formula::frame(1)];
    for (frame, sum) in frames
        .iter()
        .zip(golden["network"]["frames"].as_array().unwrap())
    {
        let made: u64 = frame.pixels().iter().map(|&byte| u64::from(byte)).sum();
        assert_eq!(made, sum.as_u64().unwrap(), "the formula frames differ");
    }
    let verdicts = classifier.classify(&frames).unwrap();
    for (verdict, wanted) in verdicts
        .iter()
        .zip(golden["network"]["softmax"].as_array().unwrap())
    {
        for (made, wanted) in verdict.probabilities.iter().zip(wanted.as_array().unwrap()) {
            assert!(
                (f64::from(*made) - wanted.as_f64().unwrap()).abs() < device::tolerance(2e-5),
                "{made} {wanted}"
            );
        }
        assert_eq!(verdict.p_melanoma, verdict.probabilities[4]);
    }
    let blocks = classifier.block_outputs(&frames[0]).unwrap();
    let wanted = golden["network"]["blocks"].as_array().unwrap();
    assert_eq!(blocks.len(), wanted.len());
    for (made, wanted) in blocks.iter().zip(wanted) {
        assert_eq!(made.name, wanted[0].as_str().unwrap());
        for (made, wanted) in [(made.mean, &wanted[1]), (made.std, &wanted[2])] {
            let wanted = wanted.as_f64().unwrap();
            assert!(
                (made - wanted).abs()
                    < device::tolerance_of(Quantity::Block, 1e-4) * wanted.abs().max(0.1),
                "{made} {wanted}"
            );
        }
    }

    // Eight bits are for answers, and the auxiliary head is for training.
    let small = folder.path().join("small.safetensors");
    let report = convert(&file, &small, Format::Int8).unwrap();
    assert!(report.bytes < 24_500_000, "{}", report.bytes);
    let small = load(&small, &Overrides::default()).unwrap();
    assert!(!small.info().auxiliary_head);
    assert!(small.info().assumptions.is_empty());
}

#[test]
fn a_sidecar_says_what_a_foreign_file_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("foreign.safetensors");
    let sidecar = folder.path().join("foreign.json");
    let header = BTreeMap::from([
        ("threshold".to_owned(), "0.9".to_owned()),
        ("framing".to_owned(), "squash".to_owned()),
    ]);
    std::fs::write(
        &file,
        formula::safetensors(&formula::state_dict(3, false), &header),
    )
    .unwrap();

    // Three classes without names: nothing is assumed.
    let error = load(&file, &Overrides::default())
        .err()
        .unwrap()
        .to_string();
    for word in [
        "foreign.safetensors",
        "3 classes",
        "--classes",
        "foreign.json",
    ] {
        assert!(error.contains(word), "{error}");
    }
    std::fs::write(
        &sidecar,
        r#"{"classes": ["benign", "mel", "lentigo maligna"], "melanoma_classes": ["mel", "lentigo maligna"],
            "framing": "crop", "transform_input": false, "mean": [0.7, 0.5, 0.5], "std": [0.1, 0.1, 0.1]}"#,
    )
    .unwrap();
    let overrides = Overrides {
        transform_input: Some(true),
        ..Overrides::default()
    };
    let classifier = load(&file, &overrides).unwrap();
    let info = classifier.info();
    assert_eq!(info.melanoma_classes, [1, 2]);
    assert_eq!((info.framing, info.threshold), (Framing::Crop, 0.9));
    assert_eq!((info.mean, info.transform_input), ([0.7, 0.5, 0.5], true));
    assert_eq!(info.assumptions.len(), 1, "{:?}", info.assumptions);
    let verdict = classifier.classify(&[formula::frame(0)]).unwrap().remove(0);
    assert!(
        (verdict.p_melanoma - verdict.probabilities[1] - verdict.probabilities[2]).abs() < 1e-6
    );

    for (text, word) in [
        ("{", "not a JSON object"),
        ("[]", "not a JSON object"),
        (r#"{"treshold": 0.5}"#, "treshold"),
    ] {
        std::fs::write(&sidecar, text).unwrap();
        let error = load(&file, &Overrides::default())
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.contains("foreign.json") && error.contains(word),
            "{error}"
        );
    }
}

#[test]
fn an_auxiliary_head_of_other_classes_is_left_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("aux.safetensors");
    let mut tensors = formula::state_dict(2, true);
    tensors.insert(
        "AuxLogits.fc.bias".to_owned(),
        (vec![1000], vec![0.0; 1000]),
    );
    tensors.insert(
        "AuxLogits.conv0.bn.num_batches_tracked".to_owned(),
        (vec![], vec![1.0]),
    );
    std::fs::write(&file, formula::safetensors(&tensors, &BTreeMap::new())).unwrap();
    let classifier = load(&file, &Overrides::default()).unwrap();
    assert!(!classifier.info().auxiliary_head);
    assert!(
        classifier
            .info()
            .assumptions
            .iter()
            .any(|one| one.text.contains("`AuxLogits.fc.bias`"))
    );
    assert_eq!(classifier.info().classes, ["melanoma", "nevus"]);
}
