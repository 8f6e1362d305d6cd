//! Every corruption does what it promises on one synthetic lesion.

use super::*;
use crate::lesion::{Frame, Framing, synthetic};
use flipscope_base::random::Seeded;

fn lesion() -> Frame {
    let recipe = synthetic::Recipe::melanoma(5);
    let raster = synthetic::draw(&recipe, 400, 300).unwrap();
    Framing::Squash.apply(&raster)
}

fn apply(corruption: Corruption, frame: &Frame, seed: u64) -> Frame {
    corruption.apply(frame, &mut Seeded::new(seed)).unwrap()
}

/// The mean difference of values.
fn distance(a: &Frame, b: &Frame) -> f64 {
    let pairs = a.pixels().iter().zip(b.pixels());
    pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / Frame::BYTES as f64
}

#[test]
fn each_kind_changes_the_frame_more_at_severity_five_than_at_one_and_the_same_for_the_same_seed() {
    let frame = lesion();
    for kind in CorruptionKind::ALL {
        let [mildest, .., worst] = kind.severities();
        let far = |corruption| distance(&frame, &apply(corruption, &frame, 1));
        let (mild, strong) = (far(mildest), far(worst));
        assert!(mild > 0.0 && strong > mild, "{kind:?}: {mild} to {strong}");
        assert_eq!(apply(worst, &frame, 1), apply(worst, &frame, 1), "{kind:?}");
    }
}

#[test]
fn severities_survive_json_and_every_kind_has_a_name_of_its_own() {
    let mut names: Vec<&str> = CorruptionKind::ALL.iter().map(|kind| kind.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CorruptionKind::ALL.len());
    for corruption in CorruptionKind::ALL
        .iter()
        .flat_map(|kind| kind.severities())
    {
        corruption.validate().unwrap();
        let json = serde_json::to_string(&corruption).unwrap();
        assert_eq!(
            serde_json::from_str::<Corruption>(&json).unwrap(),
            corruption,
            "{json}"
        );
    }
}

#[test]
fn noise_has_the_strength_that_it_says() {
    let grey = Frame::from_rgb(vec![128; Frame::BYTES]).unwrap();
    let spread = |corruption| {
        let frame = apply(corruption, &grey, 3);
        let values = || frame.pixels().iter().map(|v| f64::from(*v) / 255.0);
        let mean = values().sum::<f64>() / Frame::BYTES as f64;
        let squares = values().map(|v| (v - mean).powi(2)).sum::<f64>();
        ((squares / Frame::BYTES as f64).sqrt(), mean)
    };
    let (sigma, mean) = spread(Corruption::GaussianNoise { sigma: 0.08 });
    assert!(
        (sigma - 0.08).abs() < 0.001 && (mean - 0.5).abs() < 0.005,
        "{sigma} {mean}"
    );
    // Poisson: the variance is mean / photons.
    let (sigma, mean) = spread(Corruption::ShotNoise { photons: 25.0 });
    assert!((sigma - (0.502_f64 / 25.0).sqrt()).abs() < 0.003, "{sigma}");
    assert!((mean - 0.5).abs() < 0.005, "{mean}");
    let salted = apply(Corruption::ImpulseNoise { share: 0.17 }, &grey, 3);
    let changed = salted.pixels().iter().filter(|v| **v != 128).count();
    let share = changed as f64 / Frame::BYTES as f64;
    assert!((share - 0.17).abs() < 0.005, "{share}");
}

#[test]
fn blur_light_and_pixels_are_what_their_definitions_say() {
    let mut pixels = vec![0; Frame::BYTES];
    let centre = 3 * (149 * 299 + 149);
    pixels[centre..centre + 3].fill(255);
    let point = Frame::from_rgb(pixels).unwrap();
    let middle = |frame: &Frame| frame.raster().pixel(149, 149).unwrap()[0];
    // 255 / (2 π σ²), and 255 / (number of pixels of a disk of radius 3: 29).
    assert_eq!(
        middle(&apply(Corruption::GaussianBlur { sigma: 1.0 }, &point, 1)),
        40
    );
    let defocused = apply(
        Corruption::DefocusBlur {
            radius: 3,
            edge: 0.1,
        },
        &point,
        1,
    );
    assert_eq!(middle(&defocused), 8);
    let frame = lesion();
    for (identity, allowed) in [
        (Corruption::Contrast { factor: 1.0 }, 1.0),
        (Corruption::Brightness { add: 0.0 }, 1.0),
        (
            Corruption::Saturation {
                factor: 1.0,
                add: 0.0,
            },
            1.0,
        ),
        (Corruption::Pixelate { scale: 1.0 }, 0.0),
        (Corruption::BlackCorner { radius: 1.5 }, 1.0),
        (Corruption::Characters { count: 0 }, 1.0),
    ] {
        // Truncated, not rounded: a value may be 1 of 255 lower.
        let same = apply(identity, &frame, 1);
        let pairs = frame.pixels().iter().zip(same.pixels());
        let most = pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        assert!(f64::from(most) <= allowed, "{identity:?}: {most}");
    }
    let both = Corruption::Flip {
        horizontal: true,
        vertical: true,
    };
    let flipped = apply(both, &frame, 1);
    assert_ne!(flipped, frame);
    assert_eq!(frame.raster().pixel(3, 5), flipped.raster().pixel(295, 293));
    assert_eq!(apply(both, &flipped, 1), frame);
    let corners = apply(Corruption::BlackCorner { radius: 0.9 }, &frame, 1);
    assert_eq!(corners.raster().pixel(0, 0), Some([0; 3]));
    assert_eq!(
        corners.raster().pixel(150, 150),
        frame.raster().pixel(150, 150)
    );
}

#[test]
fn parameters_without_a_meaning_are_refused() {
    let frame = lesion();
    for wrong in [
        Corruption::Jpeg { quality: 0 },
        Corruption::GaussianBlur { sigma: f64::NAN },
        Corruption::ShotNoise { photons: 0.0 },
        Corruption::Pixelate { scale: 0.0 },
        Corruption::Ruler { depth: 4000 },
    ] {
        let error = wrong.apply(&frame, &mut Seeded::new(1)).unwrap_err();
        assert!(error.to_string().contains(": needs "), "{error}");
    }
}
