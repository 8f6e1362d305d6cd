//! Differential evolution by its properties; that it is SciPy's: `tests/evolution_golden.rs`.

use flipscope_base::random::Seeded;
use flipscope_lab::search::evolution::{
    DifferentialEvolution, Initialisation, Settings, Strategy as Variant,
};
use proptest::prelude::*;

fn settings() -> impl Strategy<Value = Settings> {
    let strategies = prop::sample::select(Variant::ALL.to_vec());
    let starts = prop::sample::select(vec![
        Initialisation::LatinHypercube,
        Initialisation::Sobol,
        Initialisation::Random,
    ]);
    (strategies, starts, 6_usize..9, 0.0..1.0_f64, 0.0..1.9_f64).prop_map(
        |(strategy, start, population_per_gene, recombination, low)| Settings {
            strategy,
            start,
            population_per_gene,
            recombination,
            mutation: [low, 1.95],
            generations: 12,
            ..Settings::default()
        },
    )
}

fn bounds() -> impl Strategy<Value = Vec<[f64; 2]>> {
    let one = (-100.0..100.0_f64, 0.0..50.0_f64).prop_map(|(low, width)| [low, low + width]);
    prop::collection::vec(one, 1..5)
}

fn energy(x: &[f64]) -> f64 {
    x.iter().map(|v| (v - 3.0) * (v - 3.0)).sum()
}

fn step(evolution: &mut DifferentialEvolution) -> Vec<Vec<f64>> {
    let asked = evolution.ask();
    let energies: Vec<f64> = asked.iter().map(|x| energy(x)).collect();
    evolution.tell(&energies).unwrap();
    asked
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn candidates_stay_within_the_bounds_and_the_best_never_worsens(
        settings in settings(), bounds in bounds(), seed in any::<u64>()
    ) {
        let mut evolution = DifferentialEvolution::new(settings, bounds.clone(), Seeded::new(seed)).unwrap();
        let mut best = f64::INFINITY;
        while !evolution.is_exhausted() {
            for asked in step(&mut evolution) {
                for (gene, [low, high]) in asked.iter().zip(&bounds) {
                    // The way from 0..=1 to the bounds rounds.
                    let room = 1e-12 * (1.0 + low.abs() + high.abs());
                    prop_assert!((low - room..=high + room).contains(gene), "{gene} is not in {low}..={high}");
                }
            }
            let (genes, now) = evolution.best().unwrap();
            prop_assert!(now <= best);
            prop_assert_eq!(energy(&genes), now);
            best = now;
        }
    }

    #[test]
    fn a_snapshot_goes_on_as_if_it_had_not_stopped(
        settings in settings(), bounds in bounds(), seed in any::<u64>(), stop in 0_usize..11, asked in any::<bool>()
    ) {
        let mut evolution = DifferentialEvolution::new(settings, bounds, Seeded::new(seed)).unwrap();
        for _ in 0..stop {
            step(&mut evolution);
        }
        if asked {
            evolution.ask();
        }
        let json = serde_json::to_string(&evolution).unwrap();
        let mut resumed: DifferentialEvolution = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&resumed, &evolution);
        while !evolution.is_exhausted() {
            prop_assert_eq!(step(&mut resumed), step(&mut evolution));
        }
        prop_assert_eq!(resumed.members(), evolution.members());
    }
}

#[test]
fn the_same_seed_draws_the_same_and_another_does_not() {
    let run = |seed| {
        let bounds = vec![[0.0, 1.0]; 3];
        let mut evolution =
            DifferentialEvolution::new(Settings::default(), bounds, Seeded::new(seed)).unwrap();
        step(&mut evolution);
        step(&mut evolution)
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn an_unjudged_candidate_is_never_the_best_and_survives_a_snapshot() {
    let bounds = vec![[0.0, 10.0]];
    let mut evolution =
        DifferentialEvolution::new(Settings::default(), bounds, Seeded::new(1)).unwrap();
    let asked = evolution.ask();
    let mut energies = vec![f64::INFINITY; asked.len()];
    energies[4] = 2.0;
    evolution.tell(&energies).unwrap();
    assert_eq!(evolution.best().unwrap(), (asked[4].clone(), 2.0));
    assert!(!evolution.has_converged());
    let json = serde_json::to_string(&evolution).unwrap();
    assert_eq!(
        serde_json::from_str::<DifferentialEvolution>(&json).unwrap(),
        evolution
    );
}

#[test]
fn the_start_can_hold_a_given_candidate() {
    let bounds = vec![[0.0, 10.0], [-1.0, 1.0]];
    let mut evolution =
        DifferentialEvolution::new(Settings::default(), bounds, Seeded::new(1)).unwrap();
    evolution.set_first_candidate(&[2.5, 7.0]);
    let first = evolution.ask().remove(0);
    assert!(
        (first[0] - 2.5).abs() < 1e-12 && (first[1] - 1.0).abs() < 1e-12,
        "{first:?}"
    );
}

#[test]
fn settings_and_answers_without_a_meaning_are_refused() {
    let refused = |settings: Settings, bounds: Vec<[f64; 2]>| {
        DifferentialEvolution::new(settings, bounds, Seeded::new(1))
            .unwrap_err()
            .to_string()
    };
    let default = Settings::default;
    let unit = vec![[0.0, 1.0]];
    for (message, part) in [
        (refused(default(), vec![]), "no genes"),
        (refused(default(), vec![[1.0, 0.0]]), "gene 0"),
        (refused(default(), vec![[0.0, f64::NAN]]), "gene 0"),
        (
            refused(
                Settings {
                    mutation: [0.5, 2.0],
                    ..default()
                },
                unit.clone(),
            ),
            "mutation",
        ),
        (
            refused(
                Settings {
                    mutation: [1.0, 0.5],
                    ..default()
                },
                unit.clone(),
            ),
            "mutation",
        ),
        (
            refused(
                Settings {
                    recombination: 1.5,
                    ..default()
                },
                unit.clone(),
            ),
            "recombination",
        ),
        (
            refused(
                Settings {
                    tol: f64::NAN,
                    ..default()
                },
                unit.clone(),
            ),
            "tol",
        ),
        (
            refused(
                Settings {
                    population_per_gene: 0,
                    ..default()
                },
                unit.clone(),
            ),
            "population",
        ),
        (
            refused(
                Settings {
                    strategy: Variant::Rand2Bin,
                    population_per_gene: 1,
                    ..default()
                },
                unit.clone(),
            ),
            "6 members",
        ),
        (
            refused(
                Settings {
                    start: Initialisation::Sobol,
                    ..default()
                },
                vec![[0.0, 1.0]; 41],
            ),
            "Sobol",
        ),
    ] {
        assert!(message.contains(part), "{message} does not say {part}");
    }
    let mut evolution = DifferentialEvolution::new(default(), unit, Seeded::new(1)).unwrap();
    assert!(evolution.tell(&[1.0]).is_err());
    assert!(evolution.tell(&[f64::NAN; 15]).is_err());
}
