//! Remedies on a real network: the demo model, whose verdicts with a remedy are compared with what its plain verdicts give.
#![cfg(feature = "demo-model")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a helper that fails fails its test"
)]

use std::sync::Arc;

use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_image::lesion::{Frame, Framing};
use flipscope_image::perturb::{self, Perturbation};
use flipscope_model::{Candidate, Classifier, DeviceChoice, ModelSource, Overrides, Remedy};

fn frame() -> Frame {
    let lesion = synthetic::draw(&Recipe::between(5, 0.6), 400, 300).unwrap();
    Framing::Squash.apply(&lesion)
}

fn model(remedy: &str) -> Classifier {
    let overrides = Overrides {
        remedy: remedy.parse().unwrap(),
        ..Overrides::default()
    };
    Classifier::load_with(&ModelSource::DEMO, DeviceChoice::Cpu, &overrides).unwrap()
}

fn p(model: &Classifier, frame: &Frame) -> f32 {
    model.classify(std::slice::from_ref(frame)).unwrap()[0].p_melanoma
}

fn altered(frame: &Frame, perturbation: &Perturbation) -> Frame {
    perturb::apply(frame, perturbation).unwrap()
}

fn turned(frame: &Frame, rotate: f64) -> Frame {
    altered(
        frame,
        &Perturbation {
            rotate,
            ..Perturbation::default()
        },
    )
}

#[test]
fn an_average_is_the_mean_of_the_plain_verdicts_of_its_views() {
    let (plain, average, frame) = (model("none"), model("average-4"), frame());
    let mean = (0..4)
        .map(|quarter| p(&plain, &turned(&frame, 90.0 * f64::from(quarter))))
        .sum::<f32>()
        / 4.0;
    assert!((p(&average, &frame) - mean).abs() < 1e-6);
    assert!(
        (p(&plain, &frame) - mean).abs() > 1e-4,
        "the views agree: the test shows nothing"
    );
}

#[test]
fn an_average_over_all_quarter_turns_does_not_depend_on_them() {
    let (average, frame) = (model("average-8"), frame());
    let here = p(&average, &frame);
    for rotate in [90.0, 180.0, 270.0] {
        assert!(
            (p(&average, &turned(&frame, rotate)) - here).abs() < 1e-6,
            "{rotate}°"
        );
    }
}

#[test]
fn a_constancy_takes_out_what_a_gain_put_in() {
    let (plain, constancy, frame) = (model("none"), model("grey-world"), frame());
    let redder = altered(
        &frame,
        &Perturbation {
            gain: [0.9, 1.0, 1.0],
            ..Perturbation::default()
        },
    );
    let (without, with) = (
        (p(&plain, &redder) - p(&plain, &frame)).abs(),
        (p(&constancy, &redder) - p(&constancy, &frame)).abs(),
    );
    assert!(with < without / 2.0, "{with} of {without} is left");
}

#[test]
fn candidates_are_judged_as_their_frames_and_a_median_is_one_of_its_views() {
    let frame = frame();
    let perturbation = Perturbation {
        rotate: 12.0,
        offset: [0.0, -8.0, 3.0],
        ..Perturbation::default()
    };
    let candidate = Candidate {
        frame: Arc::new(frame.clone()),
        perturbation: Arc::new(perturbation.clone()),
    };
    let whole = altered(&frame, &perturbation);
    for remedy in ["shades-of-grey+average-16", "median-colours"] {
        let model = model(remedy);
        let scored = model.score(std::slice::from_ref(&candidate)).unwrap();
        assert_eq!(
            scored,
            model.classify(std::slice::from_ref(&whole)).unwrap(),
            "{remedy}"
        );
        let sum: f32 = scored[0].probabilities.iter().sum();
        assert!((sum - 1.0).abs() < 1e-6, "{remedy}: {sum}");
    }
}

#[test]
fn gradients_lead_uphill_through_every_remedy() {
    let frame = frame();
    for remedy in [
        "none",
        "average-4",
        "median-colours",
        "shades-of-grey",
        "grey-world+average-8",
    ] {
        let model = model(remedy);
        let candidate = Candidate {
            frame: Arc::new(frame.clone()),
            perturbation: Arc::default(),
        };
        let class = model.info().melanoma_classes[0];
        let (verdict, gradient) = model.gradients(&[candidate], class).unwrap().remove(0);
        let apart = (verdict.p_melanoma - p(&model, &frame)).abs();
        assert!(apart < 1e-5, "{remedy}: {apart}");
        // Against the gradient of the cross entropy, P rises; along it, it falls. A few levels: smaller steps are lost in rounding.
        let step = |sign: f32| {
            let largest = gradient
                .iter()
                .fold(0.0_f32, |largest, g| largest.max(g.abs()));
            let moved = frame.pixels().iter().zip(&gradient).map(|(value, slope)| {
                (f32::from(*value) + (sign * 40.0 * slope / largest))
                    .round()
                    .clamp(0.0, 255.0) as u8
            });
            Frame::from_rgb(moved.collect()).unwrap()
        };
        let (up, down) = (p(&model, &step(-1.0)), p(&model, &step(1.0)));
        assert!(
            up > verdict.p_melanoma && verdict.p_melanoma > down,
            "{remedy}: {down} < {} < {up}",
            verdict.p_melanoma
        );
    }
}

#[test]
fn gradients_of_several_frames_by_their_own_classes_are_those_of_each_alone() {
    let frame = Arc::new(frame());
    // One more than a processor of two threads takes side by side.
    let candidates: Vec<Candidate> = (0..3)
        .map(|at| Candidate {
            frame: Arc::clone(&frame),
            perturbation: Arc::new(Perturbation {
                rotate: f64::from(at) * 31.0,
                ..Perturbation::default()
            }),
        })
        .collect();
    for remedy in ["none", "shades-of-grey"] {
        let model = model(remedy);
        let classes = [1, 0, 1];
        let together = model.gradients_towards(&candidates, &classes).unwrap();
        assert_eq!(together.len(), 3);
        for ((one, class), together) in candidates.iter().zip(classes).zip(&together) {
            let alone = model.gradients(std::slice::from_ref(one), class).unwrap();
            assert_eq!(alone[0], *together, "{remedy}: to the last bit");
        }
        assert!(model.gradients_towards(&candidates, &[0, 9, 0]).is_err());
    }
}

#[test]
fn views_are_counted() {
    assert_eq!(
        "shades-of-grey+average-16"
            .parse::<Remedy>()
            .unwrap()
            .views(),
        16
    );
    assert_eq!(Remedy::default().views(), 1);
}
