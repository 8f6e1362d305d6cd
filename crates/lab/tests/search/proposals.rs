//! A network that proposes and is off by a known amount, and one that decides: what is found, what is never reported, what it costs.

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, render};
use flipscope_lab::search::attack::Colour;
use flipscope_lab::search::evolution::Settings;
use flipscope_lab::search::{
    Attack, Budget, Direction, Finding, MARGIN_FACTOR, Mode, Search, StopReason, Strategy,
    TwoStageScorer, about_threshold, run, run_together,
};

use crate::stand_in::{BATCH, StandIn, find, lesion, mean, search, timeless};

/// Log-odds that rise with green, are `lowest` at the lowest gain that the bounds allow (0.9), and 2 for the frame as it is; and how far the
/// proposing network is off them.
fn network(lowest: f64, off: impl Fn(&[[u8; 3]]) -> f64 + 'static) -> StandIn {
    let pixels = lesion();
    let pixels = pixels.pixels().as_chunks().0;
    let darkest = Perturbation {
        gain: [1.0, 0.9, 1.0],
        ..Perturbation::default()
    };
    let darkest = render(&lesion(), &darkest);
    let (green, least) = (mean(pixels, 1), mean(darkest.pixels().as_chunks().0, 1));
    StandIn::new(move |pixels| {
        let share = (mean(pixels, 1) - least) / (green - least);
        let log_odds = lowest + (2.0 - lowest) * share + off(pixels);
        1.0 / (1.0 + (-log_odds).exp())
    })
}

fn exact(lowest: f64) -> StandIn {
    network(lowest, |_| 0.0)
}

fn in_bf16(mut network: StandIn) -> StandIn {
    network.precision = "bf16";
    network
}

fn proposing(lowest: f64, off: impl Fn(&[[u8; 3]]) -> f64 + 'static) -> StandIn {
    in_bf16(network(lowest, off))
}

/// An error that differs from frame to frame, at most so large.
fn noise(most: f64) -> impl Fn(&[[u8; 3]]) -> f64 + 'static {
    move |pixels| {
        let sum = [0, 1, 2]
            .map(|channel| mean(pixels, channel))
            .iter()
            .sum::<f64>();
        most * (sum * 7919.0).sin()
    }
}

fn question(mode: Mode, strategy: Strategy) -> Search {
    let letter = Colour::letter();
    let evolution = Settings {
        population_per_gene: 8,
        generations: 6,
        ..letter.evolution.clone()
    };
    let attack = Attack::Colour(Colour {
        evolution,
        ..letter
    });
    Search {
        strategy,
        ..search(attack, mode)
    }
}

/// Every frame that either network judged is counted, but the judge's two.
fn counted(finding: &Finding, proposer: &StandIn, verifier: &StandIn) {
    let judged = (proposer.judged() + verifier.judged()) as u64;
    assert_eq!(finding.evaluations, judged - 2);
    assert_eq!(
        finding.forward_equivalents,
        Some(finding.evaluations as f64)
    );
    assert!(verifier.batches.borrow().iter().all(|&frames| frames == 1));
    // The original is judged by the judge, and by the proposer with the first list.
    let again = verifier.judged() as u64 - 2;
    assert_eq!(finding.proposal_margin_frames, Some(again + 1));
    assert!(proposer.seen.borrow()[0].is_identity());
    assert_eq!(finding.proposal_precision.as_deref(), Some("bf16"));
    let first = finding.forward_equivalents_to_first_flip;
    assert_eq!(first.is_some(), finding.success);
    assert!(first.is_none_or(|first| first <= finding.evaluations as f64));
}

#[test]
fn a_flip_that_the_rounding_hides_is_found() {
    // At its lowest the network is 0.02 below the threshold, and the proposing one 0.03 above it, everywhere by 0.05 too high.
    let (proposer, verifier) = (proposing(-0.02, |_| 0.05), exact(-0.02));
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    for mode in [Mode::First, Mode::Lowest] {
        for network in [&proposer, &verifier] {
            network.batches.borrow_mut().clear();
            network.seen.borrow_mut().clear();
        }
        let finding = find(&two_stage, &question(mode, Strategy::Evolution))
            .unwrap()
            .finding;
        assert!(finding.success, "{mode}");
        assert_eq!(finding.p_after, verifier.p_of(&finding.perturbation));
        let margin = finding.proposal_margin.unwrap();
        assert!((margin - MARGIN_FACTOR * 0.05).abs() < 1e-4, "{margin}");
        counted(&finding, &proposer, &verifier);
        let alone = find(&proposer, &question(mode, Strategy::Evolution)).unwrap();
        assert!(!alone.finding.success, "it would not find it alone");
    }
}

#[test]
fn a_flip_that_only_the_rounding_sees_is_never_reported() {
    for off in [-0.05, -10.0] {
        let (proposer, verifier) = (proposing(0.02, move |_| off), exact(0.02));
        let two_stage = TwoStageScorer {
            proposer: &proposer,
            verifier: &verifier,
        };
        for (mode, strategy) in [
            (Mode::First, Strategy::Evolution),
            (Mode::First, Strategy::Random),
            (Mode::Lowest, Strategy::Evolution),
            (Mode::Smallest, Strategy::Evolution),
        ] {
            for network in [&proposer, &verifier] {
                network.batches.borrow_mut().clear();
                network.seen.borrow_mut().clear();
            }
            let question = question(mode, strategy);
            let mut believed = false;
            let found = run(&two_stage, &question, &Cancel::default(), &mut |progress| {
                believed |= progress.best.as_ref().is_some_and(|best| best.flips);
            });
            let finding = found.unwrap().finding;
            assert!(!finding.success && !believed, "{mode} {strategy}");
            assert_eq!(finding.p_after, verifier.p_of(&finding.perturbation));
            assert_eq!(finding.forward_equivalents_to_first_flip, None);
            counted(&finding, &proposer, &verifier);
        }
        if off > -1.0 {
            let alone = find(&proposer, &question(Mode::First, Strategy::Evolution)).unwrap();
            assert!(alone.finding.success, "it would believe one");
        }
    }
}

#[test]
fn the_lowest_is_the_lowest_of_all_that_was_proposed() {
    let (proposer, verifier) = (proposing(-1.0, noise(0.3)), exact(-1.0));
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    let mut question = question(Mode::Lowest, Strategy::Evolution);
    let Attack::Colour(colour) = &mut question.attack else {
        panic!();
    };
    // It does not stop when it is confident.
    colour.early_stop.confidence = 1.0;
    let finding = find(&two_stage, &question).unwrap().finding;
    let proposed = proposer.seen.borrow();
    let lowest = proposed
        .iter()
        .map(|one| verifier.p_of(one))
        .fold(1.0, f32::min);
    assert_eq!(finding.p_after, lowest);
    counted(&finding, &proposer, &verifier);
    // No frame differs by more than 0.3, and some do by nearly as much.
    let margin = finding.proposal_margin.unwrap();
    assert!(
        (0.3..=MARGIN_FACTOR * 0.3 + 1e-4).contains(&margin),
        "{margin}"
    );
    let again = finding.proposal_margin_frames.unwrap() as usize;
    assert!(again < proposed.len() / 2, "{again} of {}", proposed.len());
}

#[test]
fn where_both_say_the_same_nothing_is_judged_again_but_to_measure_and_what_is_reported() {
    let (proposer, verifier) = (proposing(-1.0, |_| 0.0), exact(-1.0));
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    let question = question(Mode::Lowest, Strategy::Evolution);
    let finding = find(&two_stage, &question).unwrap().finding;
    let alone = find(&exact(-1.0), &question).unwrap().finding;
    assert_eq!(finding.perturbation, alone.perturbation);
    assert_eq!(
        (finding.p_after, finding.ended),
        (alone.p_after, alone.ended)
    );
    assert_eq!(finding.proposal_margin, Some(0.0));
    assert_eq!(
        (alone.proposal_precision, alone.proposal_margin),
        (None, None)
    );
    // The lowest so far, a few times, and what the margin is measured on.
    assert!(finding.evaluations < alone.evaluations + 40);
    counted(&finding, &proposer, &verifier);
}

#[test]
fn a_budget_is_kept_to_the_frame_with_what_is_judged_again() {
    for mode in [Mode::First, Mode::Lowest] {
        for evaluations in [1, 2, 3, 4, 7, 20, 24, 50] {
            // Everything is within the margin.
            let (proposer, verifier) = (proposing(0.5, |_| -0.4), exact(0.5));
            let two_stage = TwoStageScorer {
                proposer: &proposer,
                verifier: &verifier,
            };
            let mut question = question(mode, Strategy::Evolution);
            question.budget = Budget {
                evaluations: Some(evaluations),
                seconds: None,
            };
            let finding = find(&two_stage, &question).unwrap().finding;
            assert_eq!(
                (finding.evaluations, finding.ended),
                (evaluations, StopReason::Budget)
            );
            let judged = (proposer.judged() + verifier.judged()) as u64;
            assert_eq!(judged, evaluations + 2, "{mode} {evaluations}");
            assert!(!finding.success);
        }
    }
}

#[test]
fn the_other_way_round_it_is_the_same() {
    // A nevus that a brighter green makes a melanoma, and no proposal says so.
    let brightest = Perturbation {
        gain: [1.0, 1.1, 1.0],
        ..Perturbation::default()
    };
    let start = mean(lesion().pixels().as_chunks().0, 1);
    let most = mean(render(&lesion(), &brightest).pixels().as_chunks().0, 1);
    let rising = |off: f64| {
        StandIn::new(move |pixels| {
            let share = (mean(pixels, 1) - start) / (most - start);
            1.0 / (1.0 + (-(-1.0 + 1.1 * share + off)).exp())
        })
    };
    let verifier = rising(0.0);
    let proposer = in_bf16(rising(-0.2));
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    for mode in [Mode::First, Mode::Lowest] {
        let question = Search {
            direction: Direction::NevusToMelanoma,
            ..question(mode, Strategy::Evolution)
        };
        let finding = find(&two_stage, &question).unwrap().finding;
        assert!(finding.success, "{mode}");
        assert_eq!(finding.p_after, verifier.p_of(&finding.perturbation));
        assert!(!find(&proposer, &question).unwrap().finding.success);
    }
}

#[test]
fn several_together_find_what_each_finds_alone_and_nobody_is_fooled() {
    for mode in [Mode::First, Mode::Lowest] {
        let (proposer, verifier) = (proposing(-0.3, noise(0.1)), exact(-0.3));
        let two_stage = TwoStageScorer {
            proposer: &proposer,
            verifier: &verifier,
        };
        let questions: Vec<Search> = (0..4)
            .map(|seed| Search {
                seed,
                ..question(mode, Strategy::Evolution)
            })
            .collect();
        let all = run_together(&two_stage, &questions, &Cancel::default(), &mut |_, _| {});
        for (found, question) in all.iter().zip(&questions) {
            let together = &found.as_ref().unwrap().finding;
            let alone = find(&two_stage, question).unwrap().finding;
            assert_eq!(timeless(together), timeless(&alone));
            assert!(together.proposal_margin.is_some());
        }
        assert!(proposer.batches.borrow().contains(&BATCH));
    }
}

#[test]
fn a_judge_that_refuses_is_the_last_word() {
    // The deciding network gives another verdict to a frame that is alone; all that it judges is.
    let proposer = proposing(-0.3, |_| 0.0);
    let mut verifier = exact(-0.3);
    verifier.alone = 0.3;
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    for mode in [Mode::First, Mode::Lowest] {
        let finding = find(&two_stage, &question(mode, Strategy::Evolution))
            .unwrap()
            .finding;
        assert!(!finding.success && finding.p_after >= 0.5);
    }
}

#[test]
fn cancelled_it_ends_after_the_batch_and_keeps_its_best() {
    let (proposer, verifier) = (proposing(-1.0, noise(0.1)), exact(-1.0));
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    let cancel = Cancel::default();
    let found = run(
        &two_stage,
        &question(Mode::Lowest, Strategy::Evolution),
        &cancel,
        &mut |progress| {
            if progress.evaluations >= 5 * BATCH as u64 {
                cancel.request();
            }
        },
    );
    let finding = found.unwrap().finding;
    assert_eq!(finding.ended, StopReason::Cancelled);
    assert!(finding.evaluations < 6 * BATCH as u64);
    assert!(!finding.perturbation.is_identity());
    assert_eq!(finding.p_after, verifier.p_of(&finding.perturbation));
}

#[test]
fn a_gradient_is_the_deciding_networks_and_counts_as_the_lowest_so_far() {
    // The deciding network's first gradient is taken of the frame as it is, at log-odds 2.
    let (proposer, mut verifier) = (proposing(-1.0, |_| 0.0), exact(-1.0));
    verifier.slope = vec![0.001; Frame::BYTES];
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    for mode in [Mode::First, Mode::Lowest] {
        let finding = find(&two_stage, &question(mode, Strategy::Auto))
            .unwrap()
            .finding;
        assert!(finding.success && finding.gradients > 0, "{mode}");
        assert_eq!(finding.p_after, verifier.p_of(&finding.perturbation));
    }
}

#[test]
fn the_margin_about_a_threshold_is_said_in_probabilities() {
    let [low, high] = about_threshold(0.5, 0.04);
    assert!((low - 0.490).abs() < 1e-4 && (high - 0.510).abs() < 1e-4);
    let [low, high] = about_threshold(0.9, 0.0);
    assert!((low - 0.9).abs() < 1e-6 && (high - 0.9).abs() < 1e-6);
}

#[test]
fn findings_of_older_versions_have_no_margin_and_are_read() {
    let (proposer, verifier) = (proposing(-1.0, |_| 0.01), exact(-1.0));
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    let finding = find(&two_stage, &question(Mode::First, Strategy::Evolution))
        .unwrap()
        .finding;
    let text = finding.to_json().unwrap();
    assert_eq!(Finding::from_json(&text).unwrap(), finding);
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let fields = value.as_object_mut().unwrap();
    assert!(fields.remove("proposal_margin").unwrap().is_f64());
    assert!(fields.remove("proposal_margin_frames").unwrap().is_u64());
    let older = Finding::from_json(&value.to_string()).unwrap();
    assert_eq!(
        (older.proposal_margin, older.proposal_margin_frames),
        (None, None)
    );
    assert_eq!(older.proposal_precision.as_deref(), Some("bf16"));
    // One type alone writes none of them.
    let alone = find(&exact(-1.0), &question(Mode::First, Strategy::Evolution)).unwrap();
    assert!(!alone.finding.to_json().unwrap().contains("proposal_"));
}
