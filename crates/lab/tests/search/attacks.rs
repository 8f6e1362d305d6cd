//! Each attack on a formula whose answer is known.

use flipscope_base::cancel::Cancel;
use flipscope_image::distance::distances;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb;
use flipscope_lab::search::attack::{Balance, Colour, Fgsm, Grid, Pixels, Pose};
use flipscope_lab::search::evolution::Settings;
use flipscope_lab::search::{
    Attack, AttackKind, Direction, Mode, Preset, Search, SearchError, SizeUnit, StopReason,
    Strategy, run_together,
};

use crate::stand_in::{StandIn, find, lesion, mean, search, timeless};

/// A small population, for formulas that are smooth.
fn quick(letter: &Settings) -> Settings {
    Settings {
        population_per_gene: 8,
        generations: 14,
        ..letter.clone()
    }
}

fn colour() -> Colour {
    let colour = Colour::letter();
    Colour {
        evolution: quick(&colour.evolution),
        ..colour
    }
}

fn pose() -> Pose {
    let pose = Pose::letter();
    Pose {
        evolution: quick(&pose.evolution),
        ..pose
    }
}

/// Green above all else, red a little: least where both are least.
fn greenish() -> StandIn {
    let green = mean(lesion().pixels().as_chunks().0, 1);
    let red = mean(lesion().pixels().as_chunks().0, 0);
    StandIn::new(move |pixels| {
        0.7 + 0.03 * (mean(pixels, 1) - green) + 0.005 * (mean(pixels, 0) - red)
    })
}

#[test]
fn colour_goes_to_the_corner_of_its_bounds() {
    let found = find(&greenish(), &search(Attack::Colour(colour()), Mode::Lowest)).unwrap();
    let finding = found.finding;
    assert!(finding.success);
    assert_eq!(finding.ended, StopReason::Exhausted);
    let [red, green, blue] = finding.perturbation.gain;
    assert!(green < 0.905 && red < 0.92, "{red} {green} {blue}");
    assert!((0.9..=1.1).contains(&blue));
    assert_eq!(finding.perturbation.offset, [0.0; 3]);
    assert!((finding.p_before - 0.7).abs() < 1e-6);
    assert_eq!(finding.size.unit, SizeUnit::DeltaE2000);
    assert_eq!(finding.size.value, finding.distances.delta_e_mean);
    assert_eq!(finding.evaluations, 24 * 15);
    assert_eq!(finding.rounds, 15);
}

#[test]
fn the_smallest_change_of_colour_is_near_the_known_one() {
    // Only green counts, and it has to fall by a little more than 10 of 120: gain 0.917 and less, blue and red as they were.
    let green = mean(lesion().pixels().as_chunks().0, 1);
    let network = StandIn::new(move |pixels| 0.7 + 0.02 * (mean(pixels, 1) - green));
    let found = find(&network, &search(Attack::Colour(colour()), Mode::Smallest)).unwrap();
    let best = |gain: f64| {
        let p = perturb::Perturbation {
            gain: [1.0, gain, 1.0],
            ..Default::default()
        };
        let altered = perturb::apply(&lesion(), &p).unwrap();
        (network.p(&altered) < 0.5).then(|| distances(&lesion(), &altered).delta_e_mean)
    };
    let known = (0..1000)
        .find_map(|step| best(1.0 - f64::from(step) * 1e-4))
        .unwrap();
    let finding = found.finding;
    assert!(finding.success);
    assert!(
        finding.size.value < 1.25 * known,
        "{} against {known}",
        finding.size.value
    );
    let flip = find(&network, &search(Attack::Colour(colour()), Mode::Lowest)).unwrap();
    assert!(finding.size.value < flip.finding.size.value);
}

#[test]
fn offset_and_both_vary_what_they_say() {
    for (balance, gain, offset) in [(Balance::Offset, false, true), (Balance::Both, true, true)] {
        let attack = Attack::Colour(Colour {
            balance,
            ..colour()
        });
        let finding = find(&greenish(), &search(attack, Mode::Lowest))
            .unwrap()
            .finding;
        assert!(finding.success);
        assert_eq!(finding.perturbation.gain != [1.0; 3], gain);
        assert_eq!(finding.perturbation.offset != [0.0; 3], offset);
    }
}

/// How bright it is in a corner where the bright square comes to lie under some pose.
fn cornered() -> StandIn {
    StandIn::new(|pixels| {
        let side = Frame::SIDE as usize;
        let sum: u64 = (60..130)
            .flat_map(|y| (60..130).map(move |x| (x, y)))
            .map(|(x, y): (usize, usize)| u64::from(pixels[y * side + x][0]))
            .sum();
        0.9 - (sum as f64 / 4900.0 - 140.0) / 50.0
    })
}

#[test]
fn the_pose_search_is_not_beaten_by_the_grid() {
    let grid = Grid {
        pose: pose(),
        ..Grid::letter()
    };
    assert_eq!(grid.count(), 775);
    let grid = find(&cornered(), &search(Attack::Grid(grid), Mode::Lowest))
        .unwrap()
        .finding;
    let pose = find(&cornered(), &search(Attack::Pose(pose()), Mode::Lowest))
        .unwrap()
        .finding;
    assert_eq!(grid.evaluations, 775);
    assert!(grid.success && pose.success);
    assert!(
        pose.p_after <= grid.p_after + 0.02,
        "{} {}",
        pose.p_after,
        grid.p_after
    );
    assert!((0.0..=360.0).contains(&pose.perturbation.rotate));
    assert!(
        pose.perturbation
            .shift
            .iter()
            .all(|shift| (-50.0..=0.0).contains(shift))
    );
}

#[test]
fn the_smallest_pose_moves_little() {
    // The bright square has to leave its place a little: 8 pixels to the left and no turn will do.
    let network = StandIn::new(|pixels| {
        let side = Frame::SIDE as usize;
        let sum: u64 = (120..160)
            .flat_map(|y| (170..210).map(move |x| (x, y)))
            .map(|(x, y): (usize, usize)| u64::from(pixels[y * side + x][0]))
            .sum();
        0.9 - (220.0 - sum as f64 / 1600.0) / 40.0
    });
    let attack = Attack::Pose(pose());
    let finding = find(&network, &search(attack, Mode::Smallest))
        .unwrap()
        .finding;
    assert!(finding.success);
    assert_eq!(finding.size.unit, SizeUnit::PixelsMoved);
    assert!(finding.size.value < 16.0, "{:?}", finding.size);
    let turn = finding.perturbation.rotate;
    assert!(turn.abs() < 4.0, "counted around zero: {turn}");
}

#[test]
fn the_fewest_pixels_are_two() {
    // A pixel at an extreme of all three channels is worth 0.301 at most, and 0.4 is needed.
    let network = StandIn::new(|pixels| {
        let lesion = lesion();
        let (before, _) = lesion.pixels().as_chunks::<3>();
        let change: u32 = (pixels.iter().zip(before))
            .filter(|(a, b)| a != b)
            .flat_map(|(a, b)| a.iter().zip(b).map(|(&a, &b)| u32::from(a.abs_diff(b))))
            .sum();
        0.9 - f64::from(change) * 0.0007
    });
    let pixels = Pixels {
        evolution: Settings {
            population_per_gene: 3,
            ..quick(&Pixels::letter().evolution)
        },
        ..Pixels::letter()
    };
    let attack = Attack::Pixels(pixels);
    let fewest = find(&network, &search(attack.clone(), Mode::Smallest))
        .unwrap()
        .finding;
    assert!(fewest.success);
    assert_eq!(fewest.perturbation.pixels.len(), 2);
    assert_eq!(
        (fewest.size.value, fewest.size.unit),
        (2.0, SizeUnit::PixelsSet)
    );
    assert_eq!(fewest.distances.pixels, 2);
    let flip = find(&network, &search(attack, Mode::Lowest))
        .unwrap()
        .finding;
    assert!(flip.success && flip.perturbation.pixels.len() == 3);
    assert!(flip.p_after < fewest.p_after);
}

/// Falls with every value that follows the pattern +, 0, −.
fn patterned() -> StandIn {
    let lesion = lesion();
    let before: Vec<[u8; 3]> = lesion.pixels().as_chunks().0.to_vec();
    let mut network = StandIn::new(move |pixels| {
        let along: i64 = (pixels.iter().zip(&before))
            .map(|(a, b)| i64::from(a[0]) - i64::from(b[0]) - i64::from(a[2]) + i64::from(b[2]))
            .sum();
        0.9 - 0.05 * along as f64 / before.len() as f64
    });
    // Class 0 becomes likelier along the pattern: its cross entropy falls.
    network.slope = [-1e-9, 0.0, 1e-9].repeat(Frame::BYTES / 3);
    network
}

#[test]
fn fgsm_goes_towards_the_other_class() {
    // Each ε is worth 0.1, and a little more than 0.4 is needed: ε = 5, in one step or in several.
    for (attack, evaluations) in [(Fgsm::letter(), 1 + 8), (Fgsm::default(), 5 * 11)] {
        let attack = Attack::Fgsm(attack);
        let smallest = find(&patterned(), &search(attack.clone(), Mode::Smallest))
            .unwrap()
            .finding;
        assert!(smallest.success);
        assert_eq!(
            (smallest.size.value, smallest.size.unit),
            (5.0, SizeUnit::Epsilon)
        );
        assert_eq!(smallest.distances.l_inf, 5);
        assert_eq!(smallest.evaluations, evaluations);
        let flip = find(&patterned(), &search(attack, Mode::Lowest))
            .unwrap()
            .finding;
        assert!((flip.p_after - 0.1).abs() < 1e-6, "{}", flip.p_after);
        let noise = flip.perturbation.noise.unwrap();
        assert_eq!(noise.field[..3], [8, 0, -8]);
    }
}

#[test]
fn several_together_have_their_gradients_in_one_list() {
    let steps = Fgsm::default();
    let questions: Vec<Search> = [0.3, 0.4, 0.5, 0.55]
        .map(|threshold| Search {
            threshold,
            ..search(Attack::Fgsm(steps.clone()), Mode::Lowest)
        })
        .into();
    for fails_lists in [false, true] {
        let mut network = patterned();
        network.fails_lists = fails_lists;
        let all = run_together(&network, &questions, &Cancel::default(), &mut |_, _| {});
        for (found, question) in all.into_iter().zip(&questions) {
            let alone = find(&patterned(), question).unwrap().finding;
            assert_eq!(timeless(&found.unwrap().finding), timeless(&alone));
        }
        let lists = network.gradient_lists.borrow();
        assert_eq!(*lists, vec![4; steps.steps as usize], "{fails_lists}");
    }
}

#[test]
fn the_other_direction_goes_up() {
    let mut question = search(Attack::Fgsm(Fgsm::letter()), Mode::Smallest);
    question.direction = Direction::NevusToMelanoma;
    question.threshold = 0.95;
    let found = find(&patterned(), &question).unwrap().finding;
    assert!(found.success && found.p_after >= 0.95);
    assert_eq!(found.size.value, 1.0);
    question.direction = Direction::MelanomaToNevus;
    let error = find(&patterned(), &question).unwrap_err();
    assert!(
        matches!(error, SearchError::NothingToFlip { .. }),
        "{error}"
    );
}

#[test]
fn presets_are_the_letters_and_say_which_they_are() {
    for kind in AttackKind::ALL {
        let letter = Attack::preset(kind, Preset::Letter);
        assert_eq!(letter.which_preset(), Preset::Letter);
        assert_eq!(
            Attack::preset(kind, Preset::Default).which_preset(),
            Preset::Default
        );
        let json = serde_json::to_string(&letter).unwrap();
        assert!(
            json.starts_with(&format!("{{\"attack\":\"{kind}\"")),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Attack>(&json).unwrap(), letter);
    }
    // What the letter's settings cost, measured with its own code: 60 + 21 · 60, and 300 + 21 · 300.
    let cost =
        |kind| Attack::preset(kind, Preset::Letter).evaluations(Mode::Lowest, Strategy::Evolution);
    assert_eq!(cost(AttackKind::Colour), 1320);
    assert_eq!(cost(AttackKind::Pose), 1320);
    assert_eq!(cost(AttackKind::Pixels), 6600);
    assert_eq!(cost(AttackKind::Grid), 775);
    let custom = Attack::Colour(colour());
    assert_eq!(custom.which_preset(), Preset::Custom);
}

#[test]
fn parameters_without_a_meaning_are_refused() {
    let upside_down = Attack::Pose(Pose {
        rotate: [10.0, -10.0],
        ..pose()
    });
    let no_pixel = Attack::Pixels(Pixels {
        count: 0,
        ..Pixels::letter()
    });
    let no_noise = Attack::Fgsm(Fgsm {
        epsilon: 0,
        ..Fgsm::letter()
    });
    let not_a_number = Attack::Colour(Colour {
        gain: [f64::NAN, 1.0],
        ..colour()
    });
    let no_grid = Attack::Grid(Grid {
        shifts: 0,
        ..Grid::letter()
    });
    for (attack, part) in [
        (upside_down, "rotate"),
        (no_pixel, "count"),
        (no_noise, "epsilon"),
        (not_a_number, "gain"),
        (no_grid, "rotations"),
    ] {
        let error = find(&greenish(), &search(attack, Mode::Lowest))
            .unwrap_err()
            .to_string();
        assert!(error.contains(part), "{error} does not name {part}");
    }
}
