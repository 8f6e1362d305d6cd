//! Differential evolution with SciPy's deferred updating (Storn and Price 1997; `scipy.optimize.differential_evolution` 1.17.1,
//! `updating="deferred"`, without polish), through an ask-and-tell interface of whole generations.
//!
//! Genes are scaled to [0, 1] over their bounds. In each generation, the weight is drawn once (dither); every member gets a
//! trial by mutation and crossover; genes that leave [0, 1] are drawn again; a trial replaces its member if its energy is lower
//! or equal; the best is kept at index 0. `tests/evolution_golden.rs` replays the numbers that SciPy drew and finds SciPy's
//! populations, generation by generation.
//!
//! [`DifferentialEvolution`] can be serialised: a snapshot resumes as if it had never stopped.

mod settings;
pub(super) mod sobol;
mod strategy;

use flipscope_base::random::{RandomStream, Seeded};
use serde::{Deserialize, Serialize};

pub use settings::{EvolutionError, Initialisation, Settings, Strategy};

/// A population that evolves towards lower energies.
///
/// [`ask`](Self::ask) returns the candidates of the next generation, [`tell`](Self::tell) takes their energies; the first
/// generation is the start. The caller decides when to stop: [`is_exhausted`](Self::is_exhausted) and
/// [`has_converged`](Self::has_converged) apply the settings' criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DifferentialEvolution<R = Seeded> {
    settings: Settings,
    /// Lower and upper bound of each gene.
    bounds: Vec<[f64; 2]>,
    random: R,
    /// Members, genes in 0..=1; the best first, once energies are known.
    population: Vec<Vec<f64>>,
    /// One per member; empty until the start has been told.
    #[serde(with = "energies")]
    energies: Vec<f64>,
    /// SciPy's array of member numbers, which each selection shuffles further.
    index: Vec<usize>,
    /// What was asked and has not been told yet.
    trials: Option<Vec<Vec<f64>>>,
    generation: usize,
}

impl<R: RandomStream> DifferentialEvolution<R> {
    /// A population over `bounds` (lower, upper; equal bounds fix a gene), started according to the settings.
    ///
    /// # Errors
    /// If settings or bounds are invalid.
    pub fn new(
        settings: Settings,
        bounds: Vec<[f64; 2]>,
        mut random: R,
    ) -> Result<Self, EvolutionError> {
        settings.validate(&bounds)?;
        let members = settings.members(&bounds);
        let population = start(settings.start, members, bounds.len(), &mut random);
        Ok(Self {
            settings,
            bounds,
            random,
            population,
            energies: Vec::new(),
            index: (0..members).collect(),
            trials: None,
            generation: 0,
        })
    }

    /// Replaces the first member of the start (SciPy's `x0`) by a candidate, clipped to the bounds. Later calls have no effect.
    pub fn set_first_candidate(&mut self, candidate: &[f64]) {
        if !self.energies.is_empty() {
            return;
        }
        if let Some(first) = self.population.first_mut() {
            for ((gene, &value), &[low, high]) in first.iter_mut().zip(candidate).zip(&self.bounds)
            {
                if high > low {
                    *gene = ((value - 0.5 * (low + high)) / (high - low) + 0.5).clamp(0.0, 1.0);
                }
            }
        }
    }

    /// The candidates whose energies are needed next: the start, then one trial per member. If asked again before it is told,
    /// it returns the same ones.
    pub fn ask(&mut self) -> Vec<Vec<f64>> {
        if self.energies.is_empty() {
            return self.scaled(&self.population);
        }
        if self.trials.is_none() {
            let [low, high] = self.settings.mutation;
            let weight = if low == high {
                low
            } else {
                low + (high - low) * self.random.uniform()
            };
            self.trials = Some(strategy::trials(
                &self.settings,
                weight,
                &self.population,
                &mut self.index,
                &mut self.random,
            ));
        }
        self.scaled(self.trials.as_deref().unwrap_or_default())
    }

    /// Takes the energies of the candidates that were asked about, in order; infinite for a candidate that was not evaluated.
    ///
    /// # Errors
    /// If there are more or fewer than were asked about, or one is not a number.
    pub fn tell(&mut self, energies: &[f64]) -> Result<(), EvolutionError> {
        if energies.len() != self.population.len() {
            return Err(EvolutionError::Energies {
                given: energies.len(),
                asked: self.population.len(),
            });
        }
        if energies.iter().any(|energy| energy.is_nan()) {
            return Err(EvolutionError::NotANumber);
        }
        if self.energies.is_empty() {
            self.energies = energies.to_vec();
        } else {
            self.ask();
            let trials = self.trials.take().unwrap_or_default();
            let members = self.population.iter_mut().zip(&mut self.energies);
            for ((member, energy), (trial, &trial_energy)) in
                members.zip(trials.into_iter().zip(energies))
            {
                if trial_energy <= *energy {
                    *member = trial;
                    *energy = trial_energy;
                }
            }
            self.generation += 1;
        }
        self.promote();
        Ok(())
    }

    /// Generations after the start that have been told.
    #[must_use]
    pub fn generation(&self) -> usize {
        self.generation
    }

    /// The best candidate and its energy, once the start has been told.
    #[must_use]
    pub fn best(&self) -> Option<(Vec<f64>, f64)> {
        let best = self.population.first()?;
        Some((self.scale(best), *self.energies.first()?))
    }

    /// The members, within the bounds, the best first, with their energies; empty until the start has been told.
    #[must_use]
    pub fn members(&self) -> Vec<(Vec<f64>, f64)> {
        let scaled = self.scaled(&self.population);
        scaled
            .into_iter()
            .zip(self.energies.iter().copied())
            .collect()
    }

    /// Whether all generations of the settings are done.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.generation >= self.settings.generations
    }

    /// Whether the energies are within the settings' tolerance; never before the first generation.
    #[must_use]
    pub fn has_converged(&self) -> bool {
        if self.generation == 0 || self.energies.iter().any(|energy| energy.is_infinite()) {
            return false;
        }
        let count = self.energies.len() as f64;
        let mean = self.energies.iter().sum::<f64>() / count;
        let squares: f64 = self.energies.iter().map(|e| (e - mean) * (e - mean)).sum();
        (squares / count).sqrt() <= self.settings.atol + self.settings.tol * mean.abs()
    }

    /// The random stream in its current state.
    #[must_use]
    pub fn into_random(self) -> R {
        self.random
    }

    fn scaled(&self, population: &[Vec<f64>]) -> Vec<Vec<f64>> {
        population.iter().map(|member| self.scale(member)).collect()
    }

    /// From 0..=1 to the bounds.
    fn scale(&self, member: &[f64]) -> Vec<f64> {
        (member.iter().zip(&self.bounds))
            .map(|(gene, [low, high])| 0.5 * (low + high) + (gene - 0.5) * (low - high).abs())
            .collect()
    }

    /// Swaps the first of the best into place 0.
    fn promote(&mut self) {
        let best = (self.energies.iter().enumerate())
            .reduce(|best, one| if one.1 < best.1 { one } else { best })
            .map_or(0, |(at, _)| at);
        self.energies.swap(0, best);
        self.population.swap(0, best);
    }
}

fn start(
    start: Initialisation,
    members: usize,
    genes: usize,
    random: &mut impl RandomStream,
) -> Vec<Vec<f64>> {
    match start {
        Initialisation::Sobol => sobol::points(genes, members, random),
        Initialisation::Random => uniform(members, genes, random),
        Initialisation::LatinHypercube => {
            let part = 1.0 / members as f64;
            let mut samples = uniform(members, genes, random);
            for (at, sample) in samples.iter_mut().enumerate() {
                for gene in sample {
                    *gene = part * *gene + at as f64 * part;
                }
            }
            let orders: Vec<Vec<usize>> = (0..genes)
                .map(|_| {
                    let mut order: Vec<usize> = (0..members).collect();
                    random.shuffle(&mut order);
                    order
                })
                .collect();
            let gene = |member: usize, gene: usize| -> Option<f64> {
                samples
                    .get(*orders.get(gene)?.get(member)?)?
                    .get(gene)
                    .copied()
            };
            (0..members)
                .map(|member| (0..genes).filter_map(|at| gene(member, at)).collect())
                .collect()
        }
    }
}

fn uniform(members: usize, genes: usize, random: &mut impl RandomStream) -> Vec<Vec<f64>> {
    (0..members)
        .map(|_| (0..genes).map(|_| random.uniform()).collect())
        .collect()
}

/// Energies in JSON, which has no infinity: `null` stands for it.
mod energies {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(all: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            all.iter()
                .map(|energy| energy.is_finite().then_some(*energy)),
        )
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<f64>, D::Error> {
        let all = Vec::<Option<f64>>::deserialize(from)?;
        Ok(all
            .into_iter()
            .map(|energy| energy.unwrap_or(f64::INFINITY))
            .collect())
    }
}
