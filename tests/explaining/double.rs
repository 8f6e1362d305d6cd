//! Maps whose gradients are computed in f64.

use flipscope_model::{Change, Classifier, DeviceChoice, ModelSource, Overrides, Score};

use crate::case::{Case, probe};

/// The norm of the difference as a share of that of what is wanted.
fn apart(made: &[f32], wanted: &[f32]) -> f32 {
    let norm = |values: &mut dyn Iterator<Item = f32>| values.map(|v| v * v).sum::<f32>().sqrt();
    let difference = &mut made.iter().zip(wanted).map(|(a, b)| a - b);
    norm(difference) / norm(&mut wanted.iter().copied())
}

#[test]
fn the_command_line_makes_them_and_says_so() {
    let case = Case::new();
    let p = f64::from(
        case.classifier()
            .classify(&[(*case.frame()).clone()])
            .unwrap()[0]
            .p_melanoma,
    );
    for (method, more) in [
        ("gradient", &["--score", "probability"][..]),
        ("smoothgrad", &["--samples", "3"]),
        (
            "integrated",
            &["--steps", "5", "--both", "--gain", "1,0.95,1"],
        ),
    ] {
        let single = case.explain(method, more);
        assert!(single["gradient_precision"].is_null(), "{single}");
        let rows: Vec<f32> = case.csv().concat();
        let double = case.explain(method, &[more, &["--double"]].concat());
        assert_eq!(double["gradient_precision"], "f64");
        assert_eq!(double["precision"], "f32");
        assert_eq!(double["p_melanoma"], single["p_melanoma"]);
        if method != "integrated" {
            assert_eq!(double["p_melanoma"].as_f64().unwrap() as f32, p as f32);
        }
        let apart = apart(&rows, &case.csv().concat());
        assert!(apart > 0.0 && apart < 1e-2, "{method}: {apart}");
    }
    let checked = case.explain("gradient", &["--double", "--check"]);
    assert!(checked["checks"]["random_weights"].is_object());
}

#[test]
fn weights_in_a_random_order_are_the_same_in_both_types() {
    let case = Case::new();
    let source = ModelSource::File(case.model.clone());
    let gradient = |double_gradients| {
        let overrides = Overrides {
            double_gradients,
            ..Overrides::default()
        };
        let network = Classifier::load_shuffled(&source, DeviceChoice::Cpu, &overrides, 5).unwrap();
        let probe = probe(&case.frame(), Change::Nothing);
        let answer = network.probe_gradients(&[probe], &Score::Logit(0)).unwrap();
        answer[0].1.clone()
    };
    let apart = apart(&gradient(false), &gradient(true));
    assert!(apart < 1e-2, "{apart}");
}
