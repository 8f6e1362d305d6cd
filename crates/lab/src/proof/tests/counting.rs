//! The number of distinct frames, against rendering every parameter.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::proof::Plan;
use flipscope_image::perturb::{Fill, Perturbation};

const DRAWS: Draws = Draws { count: 10, seed: 1 };

/// The distinct frames of some perturbations.
fn rendered(frame: &Frame, all: impl Iterator<Item = Perturbation>) -> HashSet<Vec<u8>> {
    all.map(|p| perturb::apply(frame, &p).unwrap().pixels()[..3 * 299 * 4].to_vec())
        .collect()
}

fn planned(plan: &Plan, frame: &Frame) -> HashSet<Vec<u8>> {
    let frames = rendered(
        frame,
        (0..plan.len()).map(|number| plan.perturbation(number)),
    );
    assert_eq!(frames.len() as u64, plan.frames(), "each frame once");
    frames
}

#[test]
fn offsets_of_ordinary_frames_are_all_distinct() {
    let frame = striped(&[[90, 120, 140]]);
    let count = |radius, channels| {
        let region = ProofBox::Offset { radius, channels };
        Plan::new(&region, &frame, DRAWS).unwrap().frames()
    };
    assert_eq!(count(10.0, Channels::Each), 9261);
    assert_eq!(count(25.0, Channels::Each), 132_651);
    assert_eq!(count(10.0, Channels::Together), 21);
    assert_eq!(count(40.0, Channels::Green), 81);
}

#[test]
fn offsets_that_saturate_count_once() {
    // Red cannot fall below 0 or 1, blue cannot rise.
    let frame = striped(&[[1, 128, 255], [0, 7, 255]]);
    let plan = Plan::new(&offsets(3.0), &frame, DRAWS).unwrap();
    let whole = |n: i32| f64::from(n % 7 - 3);
    let all = (0..343).map(|n| offsets(3.0).perturbation(&[whole(n), whole(n / 7), whole(n / 49)]));
    let brute = rendered(&frame, all);
    assert_eq!(planned(&plan, &frame), brute);
    assert_eq!(brute.len(), 5 * 7 * 4);
}

#[test]
fn gains_change_a_frame_where_a_value_reaches_the_next_whole_number() {
    // 50 · gain passes 48, 49, 50, 51, 52; 3 and 10 change with 50 at exactly 1.
    let frame = striped(&[[3, 10, 50]]);
    let region = ProofBox::Gain {
        radius: 0.05,
        channels: Channels::Together,
    };
    let plan = Plan::new(&region, &frame, DRAWS).unwrap();
    assert_eq!(plan.frames(), 6);
    let all = (0..=20_000).map(|n| region.perturbation(&[0.95 + 0.1 * f64::from(n) / 20_000.0]));
    assert_eq!(planned(&plan, &frame), rendered(&frame, all));
}

#[test]
fn a_gain_of_every_value_has_about_3_800_frames_and_three_free_gains_are_too_many() {
    let bytes = (0..Frame::BYTES).map(|at| (at / 3 % 256) as u8).collect();
    let frame = Frame::from_rgb(bytes).unwrap();
    let gains = |channels| ProofBox::Gain {
        radius: 0.1,
        channels,
    };
    let one = Plan::new(&gains(Channels::Together), &frame, DRAWS).unwrap();
    assert!(one.is_exhaustive());
    let count = one.frames();
    assert!((3700..4200).contains(&count), "{count}");
    let free = Plan::new(&gains(Channels::Each), &frame, DRAWS).unwrap();
    assert!(!free.is_exhaustive());
    assert_eq!((free.frames(), free.len()), (count.pow(3), 10));
    for number in 0..free.len() {
        for gain in free.perturbation(number).gain {
            assert!((0.9..=1.1).contains(&gain));
        }
    }
}

#[test]
fn lamps_change_a_frame_where_a_value_reaches_the_next_byte() {
    let frame = striped(&[[60, 120, 180], [200, 90, 30]]);
    let region = ProofBox::Illuminant { radius: 300.0 };
    let plan = Plan::new(&region, &frame, DRAWS).unwrap();
    let all = (-6000..=6000).map(|n| region.perturbation(&[6504.0 + f64::from(n) / 20.0]));
    let brute = rendered(&frame, all);
    let planned = planned(&plan, &frame);
    assert!(planned.is_superset(&brute) && brute.len() > 10);
    // What the brute count misses is narrower than its step.
    assert!(
        planned.len() - brute.len() <= 1,
        "{} {}",
        planned.len(),
        brute.len()
    );
}

/// Every frame of a box of rotations, by rendering many angles. `steps` to either side.
fn rotated(frame: &Frame, region: &ProofBox, radius: f64, steps: i32) -> HashSet<String> {
    (-steps..=steps)
        .map(|n| region.perturbation(&[radius * f64::from(n) / f64::from(steps)]))
        .map(|p| perturb::apply(frame, &p).unwrap().sha256())
        .collect()
}

#[test]
fn rotations_change_a_frame_where_pillows_arithmetic_moves_a_pixel() {
    // Few pixels that differ, so that few angles matter.
    let side = Frame::SIDE as usize;
    let mut pixels = vec![[90, 100, 110]; side * side];
    for (x, y) in [(20, 40), (150, 149), (280, 270), (298, 0), (10, 290)] {
        pixels[y * side + x] = [200, 30, 40];
    }
    let frame = Frame::from_rgb(pixels.into_flattened()).unwrap();
    for fill in [Fill::Black, Fill::Edge, Fill::Reflect, Fill::MeanSkin] {
        // Below 0.19° no pixel is half a pixel away from its place.
        let radius = 0.5;
        let region = ProofBox::Rotation { radius, fill };
        let plan = Plan::new(&region, &frame, DRAWS).unwrap();
        let planned: HashSet<String> = (0..plan.len())
            .map(|number| {
                perturb::apply(&frame, &plan.perturbation(number))
                    .unwrap()
                    .sha256()
            })
            .collect();
        assert_eq!(planned.len() as u64, plan.frames(), "each frame once");
        let brute = rotated(&frame, &region, radius, 60);
        assert!(planned.is_superset(&brute), "{fill}");
        assert!(brute.len() > 4, "{fill}: {}", brute.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_gain_gives_a_frame_that_is_not_planned(colours in prop::collection::vec(any::<[u8; 3]>(), 1..4), gain in 0.9..=1.1) {
        let frame = striped(&colours);
        let region = ProofBox::Gain { radius: 0.1, channels: Channels::Together };
        let plan = Plan::new(&region, &frame, DRAWS).unwrap();
        let frames = planned(&plan, &frame);
        let one = rendered(&frame, std::iter::once(region.perturbation(&[gain])));
        prop_assert!(frames.is_superset(&one));
    }
}
