//! Every strategy on formulas whose answer is known: what it finds, what that costs, and that it never finds less than evolution.

use flipscope_base::cancel::Cancel;
use flipscope_image::distance::distances;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, Perturbation, Sampling, apply};
use flipscope_lab::search::attack::{Balance, Colour, Pixels, Pose};
use flipscope_lab::search::evolution::Settings;
use flipscope_lab::search::{
    Attack, Budget, Direction, Finding, GRADIENT_COST, Mode, Search, SearchError, StopReason,
    Strategy, run_together,
};
use proptest::prelude::*;

use crate::stand_in::{StandIn, find, lesion, mean, search, timeless};

fn quick(evolution: &Settings) -> Settings {
    Settings {
        population_per_gene: 8,
        generations: 10,
        ..evolution.clone()
    }
}

fn colour() -> Colour {
    Colour {
        evolution: quick(&Colour::default().evolution),
        ..Colour::default()
    }
}

fn pose() -> Pose {
    Pose {
        evolution: quick(&Pose::default().evolution),
        sampling: Sampling::Nearest,
        fill: Fill::Black,
        ..Pose::default()
    }
}

fn asked(attack: Attack, mode: Mode, strategy: Strategy) -> Search {
    Search {
        strategy,
        ..search(attack, mode)
    }
}

fn means(pixels: &[[u8; 3]]) -> [f64; 3] {
    [0, 1, 2].map(|channel| mean(pixels, channel))
}

/// Log-odds that are linear in the means of the channels, from `base` for the unaltered lesion.
fn linear(base: f64, slopes: [f64; 3]) -> StandIn {
    let before = means(lesion().pixels().as_chunks().0);
    let count = (Frame::BYTES / 3) as f64;
    StandIn::smooth(
        move |pixels| {
            let now = means(pixels).into_iter().zip(before).zip(slopes);
            base + now
                .map(|((now, before), slope)| slope * (now - before))
                .sum::<f64>()
        },
        move |pixels| {
            let one = slopes.map(|slope| (slope / count) as f32);
            one.repeat(pixels.len())
        },
    )
}

/// Flips only near one colour: a pit in an otherwise flat margin, which no slope leads to.
fn pit(at: [f64; 3], wide: f64) -> StandIn {
    let before = means(lesion().pixels().as_chunks().0);
    StandIn::smooth(
        move |pixels| {
            let now = means(pixels).into_iter().zip(before).zip(at);
            let apart: f64 = now
                .map(|((now, before), at)| (now / before - at).powi(2))
                .sum();
            3.0 - 5.0 * (-apart / (wide * wide)).exp()
        },
        |pixels| vec![0.0; 3 * pixels.len()],
    )
}

fn checked(finding: &Finding) {
    let judged = (finding.evaluations - finding.gradients) as f64;
    let cost = judged + finding.gradients as f64 * GRADIENT_COST;
    assert_eq!(finding.forward_equivalents, Some(cost));
    assert_eq!(
        finding.forward_equivalents_to_first_flip.is_some(),
        finding.success
    );
    let first = finding.forward_equivalents_to_first_flip.unwrap_or(0.0);
    assert!(first <= cost, "{first} of {cost}");
}

#[test]
fn every_strategy_ends_at_the_first_flip_of_a_colour() {
    for strategy in Strategy::ALL {
        for balance in [Balance::Gain, Balance::Offset, Balance::Both] {
            let attack = Attack::Colour(Colour {
                balance,
                ..colour()
            });
            // Half of what the bounds allow is enough.
            let network = linear(1.0, [0.02, 0.15, -0.05]);
            let found = find(&network, &asked(attack, Mode::First, strategy)).unwrap();
            let finding = found.finding;
            checked(&finding);
            assert!(finding.success, "{strategy} {balance:?}");
            assert_eq!(finding.ended, StopReason::Flipped, "{strategy}");
            assert_eq!((finding.mode, finding.strategy), (Mode::First, strategy));
            let uses_gradients = matches!(strategy, Strategy::Auto | Strategy::Gradient);
            assert_eq!(finding.gradients > 0, uses_gradients, "{strategy}");
            if uses_gradients {
                assert_eq!(finding.found_by, Some(Strategy::Gradient));
                assert_eq!(
                    finding.forward_equivalents_to_first_flip,
                    Some(GRADIENT_COST + 1.0)
                );
            }
        }
    }
}

#[test]
fn the_other_direction_is_followed_too() {
    let network = linear(-1.0, [0.02, 0.15, -0.05]);
    let mut question = asked(Attack::Colour(colour()), Mode::First, Strategy::Auto);
    question.direction = Direction::NevusToMelanoma;
    let finding = find(&network, &question).unwrap().finding;
    assert!(finding.success && finding.p_after >= 0.5);
    assert_eq!(
        finding.forward_equivalents_to_first_flip,
        Some(GRADIENT_COST + 1.0)
    );
}

#[test]
fn the_lowest_along_the_gradient_is_the_corner() {
    for strategy in [Strategy::Auto, Strategy::Gradient, Strategy::Direct] {
        let network = linear(1.0, [0.02, 0.15, -0.05]);
        let question = asked(Attack::Colour(colour()), Mode::Lowest, strategy);
        let finding = find(&network, &question).unwrap().finding;
        checked(&finding);
        let [red, green, blue] = finding.perturbation.gain;
        assert!(
            red < 0.905 && green < 0.905 && blue > 1.095,
            "{red} {green} {blue}"
        );
    }
}

#[test]
fn without_gradients_it_goes_on_and_says_so() {
    let green = mean(lesion().pixels().as_chunks().0, 1);
    let network = || StandIn::new(move |pixels| 0.7 + 0.03 * (mean(pixels, 1) - green));
    for mode in Mode::ALL {
        let question = asked(Attack::Colour(colour()), mode, Strategy::Auto);
        let finding = find(&network(), &question).unwrap().finding;
        assert!(finding.success, "{mode}");
        let why = finding.without_gradients.unwrap();
        assert!(why.contains("no gradient"), "{why}");
    }
    let question = asked(Attack::Colour(colour()), Mode::First, Strategy::Gradient);
    let error = find(&network(), &question).unwrap_err();
    assert!(error.to_string().contains("no gradient"), "{error}");
}

#[test]
fn what_the_judge_refuses_does_not_end_the_search() {
    // In batches it flips; alone it does not.
    let mut network = linear(1.0, [0.02, 0.15, -0.05]);
    network.alone = 0.5;
    let question = asked(Attack::Colour(colour()), Mode::First, Strategy::Evolution);
    let finding = find(&network, &question).unwrap().finding;
    checked(&finding);
    assert!(!finding.success && finding.ended != StopReason::Flipped);
    assert!(finding.p_after >= 0.5 && finding.evaluations > 24);
}

/// The smallest mean ΔE2000 of a change of one gain that flips, by trying them.
fn known_by_green(network: &StandIn) -> f64 {
    let size = |step: i32| {
        let p = Perturbation {
            gain: [1.0, 1.0 - f64::from(step) * 1e-4, 1.0],
            ..Perturbation::default()
        };
        let altered = apply(&lesion(), &p).unwrap();
        (network.p(&altered) < 0.5).then(|| distances(&lesion(), &altered).delta_e_mean)
    };
    (0..1000).find_map(size).unwrap()
}

#[test]
fn the_smallest_colour_is_as_small_as_the_known_one_and_cheap() {
    let network = linear(0.6, [0.0, 0.1, 0.0]);
    let known = known_by_green(&network);
    let question = asked(Attack::Colour(colour()), Mode::Smallest, Strategy::Auto);
    let finding = find(&network, &question).unwrap().finding;
    checked(&finding);
    assert!(finding.success);
    assert_eq!(finding.ended, StopReason::Converged);
    let size = finding.size.value;
    assert!(size < 1.02 * known, "{size} against {known}");
    assert!(finding.forward_equivalents.unwrap() <= 100.0, "{finding:?}");
    // With a budget, what is left of it is used, and nothing is lost.
    let mut more = question.clone();
    more.budget.evaluations = Some(200);
    let more = find(&network, &more).unwrap().finding;
    assert_eq!((more.ended, more.evaluations), (StopReason::Budget, 200));
    assert!(more.size.value <= size);
}

/// Bright where a square comes to lie under some pose.
fn cornered(low: usize, high: usize) -> StandIn {
    StandIn::new(move |pixels| {
        let side = Frame::SIDE as usize;
        let places = (low..high).flat_map(|y| (low..high).map(move |x| (x, y)));
        let sum: u64 = places
            .map(|(x, y)| u64::from(pixels[y * side + x][0]))
            .sum();
        let count = ((high - low) * (high - low)) as f64;
        0.9 - (sum as f64 / count - 140.0) / 50.0
    })
}

#[test]
fn poses_flip_by_every_strategy_without_gradients() {
    for strategy in [
        Strategy::Auto,
        Strategy::Evolution,
        Strategy::Direct,
        Strategy::Random,
    ] {
        let question = asked(Attack::Pose(pose()), Mode::First, strategy);
        let finding = find(&cornered(60, 130), &question).unwrap().finding;
        checked(&finding);
        assert!(finding.success, "{strategy}");
        assert_eq!(finding.ended, StopReason::Flipped);
        // The first looks of auto are no other strategy's.
        assert_eq!(finding.found_by, Some(strategy));
    }
}

#[test]
fn with_bilinear_sampling_a_pose_is_followed_along_the_gradient() {
    let attack = Attack::Pose(Pose {
        sampling: Sampling::Bilinear,
        ..pose()
    });
    // Never flips, so that all stages are seen; its slope is the same everywhere.
    let network = linear(20.0, [0.001, 0.001, 0.0]);
    let mut question = asked(attack, Mode::First, Strategy::Auto);
    question.budget.evaluations = Some(60);
    let finding = find(&network, &question).unwrap().finding;
    checked(&finding);
    assert!(finding.gradients > 0, "{finding:?}");
}

#[test]
fn bounds_that_nothing_varies_within_are_refused() {
    let gain = Colour {
        gain: [1.0; 2],
        ..colour()
    };
    let still = Pose {
        rotate: [10.0; 2],
        shift_x: [0.0; 2],
        shift_y: [0.0; 2],
        ..pose()
    };
    for (attack, named) in [
        (Attack::Colour(gain.clone()), "gain: nothing varies"),
        (
            Attack::Pose(still),
            "rotate, shift_x, shift_y: nothing varies",
        ),
    ] {
        let network = linear(1.0, [0.02, 0.15, -0.05]);
        let error = find(&network, &asked(attack, Mode::First, Strategy::Auto)).unwrap_err();
        assert!(error.to_string().starts_with(named), "{error}");
    }
    // What does not vary is not asked about.
    let offset = Colour {
        balance: Balance::Offset,
        ..gain
    };
    assert!(Attack::Colour(offset).validate().is_ok());
}

#[test]
fn the_smallest_pose_is_not_larger_than_evolutions() {
    let network = || {
        StandIn::new(|pixels| {
            let side = Frame::SIDE as usize;
            let places = (120..160).flat_map(|y| (170..210).map(move |x| (x, y)));
            let sum: u64 = places
                .map(|(x, y)| u64::from(pixels[y * side + x][0]))
                .sum();
            0.9 - (220.0 - sum as f64 / 1600.0) / 40.0
        })
    };
    let question = |strategy| asked(Attack::Pose(pose()), Mode::Smallest, strategy);
    let ours = find(&network(), &question(Strategy::Auto)).unwrap().finding;
    let evolution = find(&network(), &question(Strategy::Evolution))
        .unwrap()
        .finding;
    checked(&ours);
    assert!(ours.success && ours.ended == StopReason::Converged);
    assert!(
        ours.size.value <= 1.02 * evolution.size.value,
        "{} {}",
        ours.size.value,
        evolution.size.value
    );
    assert!(ours.evaluations <= 400, "{}", ours.evaluations);
}

/// Log-odds that are linear in a few values, and in nothing else.
fn spotted() -> StandIn {
    let spots = [(40_usize, 50_usize), (200, 80), (120, 260)];
    let before = lesion();
    let value = move |pixels: &[[u8; 3]]| -> f64 {
        let (old, _) = before.pixels().as_chunks::<3>();
        let change = spots.map(|(x, y)| {
            let at = y * Frame::SIDE as usize + x;
            f64::from(pixels[at][1]) - f64::from(old[at][1])
        });
        2.0 - 0.01 * change.iter().sum::<f64>()
    };
    StandIn::smooth(value, move |pixels| {
        let mut slopes = vec![0.0; 3 * pixels.len()];
        for (x, y) in spots {
            slopes[3 * (y * Frame::SIDE as usize + x) + 1] = -0.01;
        }
        slopes
    })
}

#[test]
fn the_gradient_names_the_pixels() {
    let pixels = |count| {
        Attack::Pixels(Pixels {
            count,
            evolution: quick(&Pixels::default().evolution),
            ..Pixels::default()
        })
    };
    // 255 − 120 = 135 for each: one is worth 1.35, and 2 are needed.
    for strategy in [Strategy::Auto, Strategy::Gradient] {
        let first = find(&spotted(), &asked(pixels(3), Mode::First, strategy))
            .unwrap()
            .finding;
        checked(&first);
        assert!(first.success && first.ended == StopReason::Flipped);
        assert!(first.evaluations < 40, "{}", first.evaluations);
    }
    let question = asked(pixels(3), Mode::Smallest, Strategy::Gradient);
    let fewest = find(&spotted(), &question).unwrap().finding;
    checked(&fewest);
    assert_eq!(fewest.perturbation.pixels.len(), 2);
    let error = find(&spotted(), &asked(pixels(3), Mode::First, Strategy::Direct)).unwrap_err();
    assert!(
        matches!(
            error,
            SearchError::Parameter {
                parameter: "strategy",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn budgets_and_cancelling_hold_in_every_strategy_and_question() {
    for strategy in Strategy::ALL {
        for mode in Mode::ALL {
            for attack in [Attack::Colour(colour()), Attack::Pose(pose())] {
                // Never flips.
                let network = linear(20.0, [0.001, 0.001, 0.0]);
                let mut question = asked(attack, mode, strategy);
                question.budget = Budget {
                    evaluations: Some(13),
                    seconds: None,
                };
                let finding = find(&network, &question).unwrap().finding;
                checked(&finding);
                let by = (strategy, mode);
                assert_eq!(
                    (finding.evaluations, finding.ended),
                    (13, StopReason::Budget),
                    "{by:?}"
                );
                assert!(!finding.success);
                let again = find(&network, &question).unwrap().finding;
                assert_eq!(timeless(&finding), timeless(&again));
            }
        }
    }
}

#[test]
fn several_together_by_their_gradients_find_what_each_finds_alone() {
    let questions: Vec<Search> = (0..3)
        .map(|seed| Search {
            seed,
            ..asked(Attack::Colour(colour()), Mode::First, Strategy::Auto)
        })
        .collect();
    let network = linear(1.0, [0.02, 0.15, -0.05]);
    let all = run_together(&network, &questions, &Cancel::default(), &mut |_, _| {});
    for (found, question) in all.iter().zip(&questions) {
        let alone = find(&network, question).unwrap();
        assert_eq!(
            timeless(&found.as_ref().unwrap().finding),
            timeless(&alone.finding)
        );
    }
}

#[test]
fn findings_of_older_versions_are_read() {
    let question = asked(Attack::Colour(colour()), Mode::Lowest, Strategy::Evolution);
    let finding = find(&linear(1.0, [0.0, 0.15, 0.0]), &question)
        .unwrap()
        .finding;
    let mut old: serde_json::Value = serde_json::from_str(&finding.to_json().unwrap()).unwrap();
    let fields = old.as_object_mut().unwrap();
    for new in [
        "strategy",
        "gradients",
        "forward_equivalents",
        "forward_equivalents_to_first_flip",
        "found_by",
    ] {
        assert!(fields.remove(new).is_some(), "{new}");
    }
    fields.insert("mode".to_owned(), "flip".into());
    let read = Finding::from_json(&old.to_string()).unwrap();
    assert_eq!(
        (read.mode, read.strategy),
        (Mode::Lowest, Strategy::Evolution)
    );
    assert_eq!((read.gradients, read.forward_equivalents), (0, None));
    assert_eq!("flip".parse(), Ok(Mode::Lowest));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn auto_flips_whatever_evolution_flips(
        at in prop::array::uniform3(0.9..1.1_f64),
        wide in 0.01..0.08_f64,
        seed in 0..1000_u64,
    ) {
        // The lesion as it is lies outside the pit.
        let apart: f64 = at.iter().map(|at| (at - 1.0).powi(2)).sum();
        prop_assume!((-apart / (wide * wide)).exp() < 0.5);
        let question = |strategy| Search {
            seed,
            ..asked(Attack::Colour(colour()), Mode::First, strategy)
        };
        let evolution = find(&pit(at, wide), &question(Strategy::Evolution)).unwrap().finding;
        let auto = find(&pit(at, wide), &question(Strategy::Auto)).unwrap().finding;
        checked(&auto);
        prop_assert!(auto.success || !evolution.success);
    }
}
