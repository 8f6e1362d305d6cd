//! Differential evolution against SciPy 1.17.1 in its deferred form: given the numbers that SciPy drew, the same populations,
//! generation by generation, to the last bit. `tests/golden/differential_evolution/make_goldens.py` recorded them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use std::collections::VecDeque;

use flipscope_base::random::RandomStream;
use flipscope_lab::search::evolution::{DifferentialEvolution, Settings};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Golden {
    scipy: String,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    settings: Settings,
    bounds: Vec<[f64; 2]>,
    draws: Vec<Vec<Value>>,
    generations: Vec<Generation>,
    population: Vec<Vec<f64>>,
    converged: bool,
    evaluations: usize,
}

#[derive(Deserialize)]
struct Generation {
    energies: Vec<f64>,
    best: Vec<f64>,
}

/// Gives again what SciPy drew; panics where something else is drawn than SciPy drew next.
struct Replay(VecDeque<(char, VecDeque<Value>)>);

impl Replay {
    fn new(draws: Vec<Vec<Value>>) -> Self {
        let split = |draw: Vec<Value>| {
            let kind = draw[0].as_str().unwrap().chars().next().unwrap();
            (kind, draw.into_iter().skip(1).collect())
        };
        Self(draws.into_iter().map(split).collect())
    }

    fn next(&mut self, wanted: &str) -> (char, Value) {
        while self.0.front().is_some_and(|(_, values)| values.is_empty()) {
            self.0.pop_front();
        }
        let (kind, values) = self.0.front_mut().unwrap();
        assert!(
            wanted.contains(*kind),
            "{wanted} drawn where SciPy drew {kind}"
        );
        (*kind, values.pop_front().unwrap())
    }

    fn is_used_up(&self) -> bool {
        self.0.iter().all(|(_, values)| values.is_empty())
    }
}

impl RandomStream for Replay {
    fn uniform(&mut self) -> f64 {
        self.next("u").1.as_f64().unwrap()
    }

    fn below(&mut self, n: usize) -> usize {
        let drawn = self.next("i").1.as_u64().unwrap() as usize;
        assert!(drawn < n);
        drawn
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        // A recorded order is given whole, or by its first six.
        let (kind, first) = self.next("ps");
        let rest = self.0.front_mut().unwrap().1.split_off(0);
        let order: Vec<usize> = std::iter::once(first)
            .chain(rest)
            .map(|value| value.as_u64().unwrap() as usize)
            .collect();
        assert_eq!(
            order.len(),
            if kind == 'p' {
                items.len()
            } else {
                items.len().min(6)
            }
        );
        for (place, item) in order.into_iter().enumerate() {
            let found = items.iter().position(|&one| one == item).unwrap();
            items.swap(place, found);
        }
    }
}

/// As the script's.
fn objective(x: &[f64]) -> f64 {
    let mut value = 0.0;
    for ((v, centre), weight) in x
        .iter()
        .zip([0.97, -12.5, 200.0])
        .zip([100.0, 0.001, 0.0001])
    {
        let d = v - centre;
        value += d * d * weight;
    }
    (value * 64.0).floor() / 64.0
}

#[test]
fn every_generation_is_scipys() {
    let golden: Golden =
        serde_json::from_str(include_str!("golden/differential_evolution/runs.json")).unwrap();
    assert_eq!(golden.scipy, "1.17.1");
    assert_eq!(golden.runs.len(), 18);
    for run in golden.runs {
        let name = format!("{:?}", run.settings);
        let mut evolution =
            DifferentialEvolution::new(run.settings, run.bounds, Replay::new(run.draws)).unwrap();
        let mut evaluations = 0;
        let last = run.generations.len() - 1;
        for (number, generation) in run.generations.iter().enumerate() {
            let asked = evolution.ask();
            evaluations += asked.len();
            let energies: Vec<f64> = asked.iter().map(|x| objective(x)).collect();
            evolution.tell(&energies).unwrap();
            let members = evolution.members();
            let energies: Vec<f64> = members.iter().map(|(_, energy)| *energy).collect();
            assert_eq!(energies, generation.energies, "{name}, generation {number}");
            assert_eq!(members[0].0, generation.best, "{name}, generation {number}");
            assert_eq!(
                evolution.has_converged(),
                run.converged && number == last,
                "{name}, {number}"
            );
        }
        let population: Vec<Vec<f64>> = evolution.members().into_iter().map(|(x, _)| x).collect();
        assert_eq!(population, run.population, "{name}");
        assert_eq!(evaluations, run.evaluations, "{name}");
        assert_eq!(evolution.is_exhausted(), !run.converged, "{name}");
        assert!(
            evolution.into_random().is_used_up(),
            "{name}: SciPy drew more"
        );
    }
}
