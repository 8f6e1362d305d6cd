//! What the captions of the synthetic samples say, asked of the demo model: a fresh start has to show flips.
#![cfg(feature = "demo-model")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test, and clippy's allowance covers `#[test]` functions only"
)]

use flipscope_image::lesion::synthetic::{SAMPLE_SIZE, draw, samples};
use flipscope_image::lesion::{Frame, Framing};
use flipscope_image::perturb::{Fill, Perturbation, apply};
use flipscope_model::{Classifier, DeviceChoice, Label, ModelSource};

/// P(melanoma) of a sample as the window shows it, and of some perturbations of it.
struct Asked {
    model: Classifier,
    frames: Vec<Frame>,
}

impl Asked {
    fn new() -> Self {
        let model = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu).unwrap();
        assert_eq!(
            model.info().framing,
            Framing::Squash,
            "the samples were chosen under this framing"
        );
        let (width, height) = SAMPLE_SIZE;
        let frames = samples()
            .iter()
            .map(|sample| Framing::Squash.apply(&draw(&sample.recipe, width, height).unwrap()))
            .collect();
        Self { model, frames }
    }

    fn p(&self, sample: usize, p: &Perturbation) -> f32 {
        let frame = apply(&self.frames[sample], p).unwrap();
        let answer = self.model.classify(&[frame]).unwrap()[0].p_melanoma;
        let name = samples()[sample].name;
        println!(
            "{name}, offset {:?}, turned {}°, {:?}: P(melanoma) {answer:.4}",
            p.offset, p.rotate, p.fill
        );
        answer
    }

    fn label(&self, p: f32) -> Label {
        if p >= self.model.info().threshold {
            Label::Melanoma
        } else {
            Label::Nevus
        }
    }
}

fn green(offset: f64) -> Perturbation {
    Perturbation {
        offset: [0.0, offset, 0.0],
        ..Perturbation::default()
    }
}

fn turned(degrees: f64) -> Perturbation {
    Perturbation {
        rotate: degrees,
        ..Perturbation::default()
    }
}

#[test]
fn the_samples_are_what_their_captions_say() {
    let asked = Asked::new();
    let as_it_is = Perturbation::default();

    // 1: a clear melanoma, of which half a turn (no pixel lost, no corner uncovered) makes a nevus.
    let p = asked.p(0, &as_it_is);
    assert!(p >= 0.7, "sample 1: P(melanoma) {p}");
    let p = asked.p(0, &turned(180.0));
    assert_eq!(
        asked.label(p),
        Label::Nevus,
        "sample 1 upside down: P(melanoma) {p}"
    );

    // 2: borderline; the letter's systematic offset on green makes a nevus of a melanoma.
    let p = asked.p(1, &as_it_is);
    assert!((0.4..=0.6).contains(&p), "sample 2: P(melanoma) {p}");
    assert_eq!(asked.label(p), Label::Melanoma, "sample 2: P(melanoma) {p}");
    for offset in [-15.0, -20.0] {
        let p = asked.p(1, &green(offset));
        assert_eq!(
            asked.label(p),
            Label::Nevus,
            "sample 2, green {offset}: P(melanoma) {p}"
        );
    }

    // 3: a clear nevus, which black corners alone turn into a melanoma: the confound that other fills avoid.
    let p = asked.p(2, &as_it_is);
    assert!(p <= 0.2, "sample 3: P(melanoma) {p}");
    let black = asked.p(2, &turned(45.0));
    assert_eq!(
        asked.label(black),
        Label::Melanoma,
        "sample 3, 45° with black corners: P(melanoma) {black}"
    );
    let skin = asked.p(
        2,
        &Perturbation {
            fill: Fill::MeanSkin,
            ..turned(45.0)
        },
    );
    assert_eq!(
        asked.label(skin),
        Label::Nevus,
        "sample 3, 45° with corners of skin: P(melanoma) {skin}"
    );
}
