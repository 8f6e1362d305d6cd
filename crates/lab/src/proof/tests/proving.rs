//! What a proof finds, and that interrupting it changes nothing.

use super::*;
use crate::proof::{ProofOutcome, ProofProgress};
use flipscope_model::Label;

#[test]
fn the_nearest_flip_is_found_and_everything_nearer_was_judged() {
    let frame = striped(&[[100, 100, 100]]);
    let scorer = StandIn::new(redder_is_safer);
    // 0.6 − 0.02 · red + 0.001 · blue < 0.5: from red +6 on, or +5 where blue falls.
    let proof = proof(&frame, offsets(10.0));
    let proved = run(&scorer, &proof);
    let record = &proved.record;
    assert_eq!(record.outcome, ProofOutcome::Fragile);
    assert!(record.finished && record.judged < record.frames);
    assert_eq!(record.frames, 9261);
    // Of those whose largest change is 5, the one with the smallest sum of squares.
    assert_eq!(record.closest.perturbation.offset, [5.0, 0.0, -1.0]);
    assert_eq!(record.closest.label, Label::Nevus);
    assert_eq!(record.steady_within, Some(4.0));
    let found = proved.nearest.unwrap().finding;
    assert!(found.success);
    assert_eq!(found.perturbation, record.closest.perturbation);
    assert!(record.in_words().contains("steady within ±4"));
}

#[test]
fn a_steady_box_is_judged_to_the_last_frame() {
    let frame = striped(&[[100, 100, 100]]);
    let scorer = StandIn::new(redder_is_safer);
    let proved = run(&scorer, &proof(&frame, offsets(4.0)));
    let record = proved.record;
    assert_eq!(record.outcome, ProofOutcome::Steady);
    assert_eq!((record.judged, record.frames), (729, 729));
    assert_eq!(record.closest.perturbation.offset[0], 4.0);
    assert_eq!(record.closest.perturbation.offset[2], -4.0);
    assert!((record.closest.p_melanoma - 0.516).abs() < 1e-6);
    assert!(proved.nearest.is_none());
    assert!(
        record
            .in_words()
            .starts_with("steady: all 729 distinct frames")
    );
}

#[test]
fn a_nevus_is_proved_as_well() {
    let frame = striped(&[[120, 100, 100]]);
    let scorer = StandIn::new(redder_is_safer);
    let proved = run(&scorer, &proof(&frame, offsets(20.0)));
    assert_eq!(proved.record.outcome, ProofOutcome::Fragile);
    assert_eq!(proved.record.closest.label, Label::Melanoma);
    assert!(proved.record.closest.p_melanoma >= 0.5);
}

/// Interruptions by the number of batches before each: one, so that a run ends within the first frames of its 64; several, so that it
/// ends within and at the end of later ones; and each again from where the one before it ended, up to the last frame.
const BATCHES: [usize; 6] = [1, 2, 9, 1, 10, 19];

#[test]
fn interrupted_again_and_again_it_ends_with_the_same_record() {
    let scorer = StandIn::new(redder_is_safer);
    let frame = striped(&[[100, 100, 100]]);
    // Steady; with a flip, after which only nearer frames are judged; along one axis.
    for region in [
        offsets(3.0),
        offsets(6.0),
        ProofBox::Gain {
            radius: 0.1,
            channels: Channels::Together,
        },
    ] {
        let proof = proof(&frame, region);
        let plan = proof.plan().unwrap();
        let whole = run(&scorer, &proof).record;
        let mut kept: Option<ProofRecord> = None;
        let (mut runs, mut with_a_flip) = (0, 0);
        while kept.as_ref().is_none_or(|record| !record.finished) {
            let cancel = Cancel::default();
            let mut left = BATCHES[runs % BATCHES.len()];
            let mut stop = |_: &super::super::ProofSession<'_>| {
                left -= 1;
                if left == 0 {
                    cancel.request();
                }
            };
            let earlier = kept
                .as_ref()
                .map(|record| ProofRecord::from_json(&record.to_json().unwrap()).unwrap());
            let proved = prove(&scorer, &proof, &plan, earlier.as_ref(), &cancel, &mut stop);
            let record = proved.unwrap().record;
            with_a_flip += usize::from(record.outcome == ProofOutcome::Fragile && !record.finished);
            kept = Some(record);
            runs += 1;
            assert!(runs < 1000, "it does not end");
        }
        assert!(runs > 2, "{runs}");
        if plan.len() == 2197 {
            assert!(with_a_flip > 2, "{with_a_flip}");
        }
        let kept = kept.unwrap();
        assert_eq!((kept.judged, &kept.hash), (whole.judged, &whole.hash));
        assert!(timeless(&kept) == timeless(&whole));
    }
}

#[test]
fn a_run_out_of_time_says_that_it_is_open() {
    let scorer = StandIn::new(redder_is_safer);
    let frame = striped(&[[100, 100, 100]]);
    let proof = Proof {
        seconds: Some(0.0),
        ..proof(&frame, offsets(4.0))
    };
    let record = run(&scorer, &proof).record;
    assert_eq!(record.outcome, ProofOutcome::Open);
    assert!(!record.finished && record.judged < record.frames);
    assert!(record.in_words().starts_with("open:"));
}

#[test]
fn random_frames_bound_a_share_and_prove_nothing() {
    let scorer = StandIn::new(redder_is_safer);
    let frame = striped(&[[100, 100, 100]]);
    let sampled = |radius, count| {
        let proof = Proof {
            sample: true,
            draws: Draws { count, seed: 3 },
            ..proof(&frame, offsets(radius))
        };
        run(&scorer, &proof).record
    };
    let none = sampled(4.0, 299);
    assert_eq!(none.outcome, ProofOutcome::Bounded);
    let bound = none.bound.unwrap();
    assert_eq!((bound.draws, bound.flips), (299, 0));
    // 1 − 0.025^(1/299)
    assert!((bound.share_at_most - 0.012_261).abs() < 1e-5);
    assert!(none.in_words().starts_with("not proved"));
    // All are judged although some flip: their share is known.
    let some = sampled(10.0, 300);
    let bound = some.bound.unwrap();
    assert_eq!((some.outcome, some.judged), (ProofOutcome::Fragile, 300));
    assert!(bound.flips > 10 && bound.share_at_least > 0.0);
}

#[test]
fn what_is_screened_in_a_coarse_type_is_judged_again_near_the_threshold_and_not_called_proved() {
    let frame = striped(&[[100, 100, 100]]);
    let scorer = StandIn {
        off: -0.03,
        screens: true,
        ..StandIn::new(redder_is_safer)
    };
    // The coarse type flips from red +4 on; the judge does not.
    let steady = run(&scorer, &proof(&frame, offsets(4.0))).record;
    assert_eq!(steady.outcome, ProofOutcome::Screened);
    assert!(steady.in_words().starts_with("screened, not proved"));
    assert!((steady.closest.p_melanoma - 0.516).abs() < 1e-6);
    let fragile = run(&scorer, &proof(&frame, offsets(7.0))).record;
    assert_eq!(fragile.outcome, ProofOutcome::Fragile);
    assert_eq!(fragile.closest.perturbation.offset, [5.0, 0.0, -1.0]);
}

#[test]
fn the_closest_p_is_said_on_its_side_of_the_threshold() {
    let told = |closest: f32| ProofProgress {
        judged: 1,
        at_most: 2,
        frames_per_second: 1.0,
        eta_seconds: None,
        closest,
        threshold: 0.5,
        flips: closest < 0.5,
    };
    assert_eq!(told(0.500_2).closest_in_words(), "0.500");
    assert_eq!(told(0.499_8).closest_in_words(), "0.4998");
}
