//! The settings of differential evolution, with SciPy's names in the comments, and their allowed ranges.

use flipscope_language::{as_text, decimal, text};
use serde::{Deserialize, Serialize};

use super::sobol;

/// How a trial is made from the population. The names are SciPy's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strategy {
    /// The best, plus the scaled difference of two others (SciPy's default, the letter's).
    #[default]
    Best1Bin,
    /// As [`Strategy::Best1Bin`], exponential crossover.
    Best1Exp,
    /// A random one, plus the scaled difference of two others.
    Rand1Bin,
    /// As [`Strategy::Rand1Bin`], exponential crossover.
    Rand1Exp,
    /// A random one moved towards the best, plus the scaled difference of two others.
    RandToBest1Bin,
    /// As [`Strategy::RandToBest1Bin`], exponential crossover.
    RandToBest1Exp,
    /// The current one moved towards the best, plus the scaled difference of two others.
    CurrentToBest1Bin,
    /// As [`Strategy::CurrentToBest1Bin`], exponential crossover.
    CurrentToBest1Exp,
    /// The best, plus the scaled difference of two pairs.
    Best2Bin,
    /// As [`Strategy::Best2Bin`], exponential crossover.
    Best2Exp,
    /// A random one, plus the scaled difference of two pairs.
    Rand2Bin,
    /// As [`Strategy::Rand2Bin`], exponential crossover.
    Rand2Exp,
}

impl Strategy {
    /// Every strategy.
    pub const ALL: [Self; 12] = [
        Self::Best1Bin,
        Self::Best1Exp,
        Self::Rand1Bin,
        Self::Rand1Exp,
        Self::RandToBest1Bin,
        Self::RandToBest1Exp,
        Self::CurrentToBest1Bin,
        Self::CurrentToBest1Exp,
        Self::Best2Bin,
        Self::Best2Exp,
        Self::Rand2Bin,
        Self::Rand2Exp,
    ];

    /// Whether genes are taken over in one run, rather than each by its own draw.
    pub(super) fn is_exponential(self) -> bool {
        matches!(
            self,
            Self::Best1Exp
                | Self::Rand1Exp
                | Self::RandToBest1Exp
                | Self::CurrentToBest1Exp
                | Self::Best2Exp
                | Self::Rand2Exp
        )
    }
}

/// How the first population is distributed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Initialisation {
    /// Latin hypercube: each gene's range is divided into as many equal parts as there are members, with one member in each
    /// (SciPy's default, the letter's).
    #[default]
    LatinHypercube,
    /// A scrambled Sobol sequence; the population becomes the next power of two.
    Sobol,
    /// Independent and uniform.
    Random,
}

/// How a population evolves. [`Settings::default`] is SciPy 1.17.1's default, with deferred updating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How a trial is made (`strategy`).
    pub strategy: Strategy,
    /// Members per gene whose range is not a single value (`popsize`); the population has at least 5 members.
    pub population_per_gene: usize,
    /// Generations after the first population (`maxiter`).
    pub generations: usize,
    /// Weight of a difference, at least 0 and below 2 (`mutation`): drawn again from this range for each generation; if both
    /// numbers are equal, the weight is fixed and nothing is drawn.
    pub mutation: [f64; 2],
    /// Probability, 0 to 1, that a gene comes from the mutant (`recombination`).
    pub recombination: f64,
    /// How the first population is distributed (`init`).
    pub start: Initialisation,
    /// Stops when the standard deviation of the energies is at most `atol + tol · |mean|` (`tol`).
    pub tol: f64,
    /// See [`Settings::tol`] (`atol`).
    pub atol: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            strategy: Strategy::Best1Bin,
            population_per_gene: 15,
            generations: 1000,
            mutation: [0.5, 1.0],
            recombination: 0.7,
            start: Initialisation::LatinHypercube,
            tol: 0.01,
            atol: 0.0,
        }
    }
}

/// Invalid settings or bounds of differential evolution, or energies that do not match the candidates.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EvolutionError {
    /// There is nothing to vary.
    #[error("{}", text!("evolution-no-genes"))]
    NoGenes,
    /// An invalid range.
    #[error("{}", text!("evolution-gene-range", gene = as_text(gene), low = decimal(low), high = decimal(high)))]
    Bounds {
        /// Which gene, from 0.
        gene: usize,
        /// Its lower bound.
        low: f64,
        /// Its upper bound.
        high: f64,
    },
    /// A setting out of its range.
    #[error("{}", text!("evolution-parameter", name = as_text(name), value = decimal(value), wanted = as_text(wanted)))]
    Setting {
        /// The name of the setting's field.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The allowed values.
        wanted: &'static str,
    },
    /// More genes than the Sobol sequence has dimensions.
    #[error("{}", text!("evolution-sobol-genes", most = as_text(&sobol::DIMENSIONS), genes = as_text(genes)))]
    SobolGenes {
        /// Genes asked for.
        genes: usize,
    },
    /// The number of energies differs from the number of candidates.
    #[error("{}", text!("evolution-energy-count", given = as_text(given), asked = as_text(asked)))]
    Energies {
        /// Energies given.
        given: usize,
        /// Candidates asked about.
        asked: usize,
    },
    /// An energy that cannot be compared.
    #[error("{}", text!("evolution-energy-not-finite"))]
    NotANumber,
}

impl Settings {
    /// Members of a population over these bounds.
    #[must_use]
    pub fn members(&self, bounds: &[[f64; 2]]) -> usize {
        let varied = bounds.iter().filter(|[low, high]| low != high).count();
        let members = self
            .population_per_gene
            .saturating_mul(varied.max(1))
            .max(5);
        match self.start {
            Initialisation::Sobol => members.next_power_of_two(),
            Initialisation::LatinHypercube | Initialisation::Random => members,
        }
    }

    /// The most evaluations that a run takes over these bounds.
    #[must_use]
    pub fn max_evaluations(&self, bounds: &[[f64; 2]]) -> u64 {
        (self.members(bounds) as u64).saturating_mul(self.generations as u64 + 1)
    }

    pub(in crate::search) fn validate(&self, bounds: &[[f64; 2]]) -> Result<(), EvolutionError> {
        /// More is a typing error: a population of this size would need gigabytes.
        const MOST: usize = 10_000;
        if bounds.is_empty() {
            return Err(EvolutionError::NoGenes);
        }
        for (gene, &[low, high]) in bounds.iter().enumerate() {
            if !(low.is_finite() && high.is_finite() && low <= high) {
                return Err(EvolutionError::Bounds { gene, low, high });
            }
        }
        let weight = |value: f64| value.is_finite() && (0.0..2.0).contains(&value);
        let [least, most] = self.mutation;
        let rand2 = matches!(self.strategy, Strategy::Rand2Bin | Strategy::Rand2Exp);
        let members = self.members(bounds);
        for (name, value, good, wanted) in [
            (
                "mutation",
                least,
                weight(least),
                text!("evolution-weight-range"),
            ),
            (
                "mutation",
                most,
                weight(most),
                text!("evolution-weight-range"),
            ),
            (
                "mutation",
                least,
                least <= most,
                text!("evolution-weight-order"),
            ),
            (
                "recombination",
                self.recombination,
                (0.0..=1.0).contains(&self.recombination),
                text!("evolution-recombination-range"),
            ),
            (
                "tol",
                self.tol,
                self.tol.is_finite(),
                text!("evolution-tolerance-range"),
            ),
            (
                "atol",
                self.atol,
                self.atol.is_finite(),
                text!("evolution-tolerance-range"),
            ),
            (
                "population_per_gene",
                self.population_per_gene as f64,
                self.population_per_gene >= 1 && members <= MOST,
                text!("evolution-population-range"),
            ),
            (
                "population_per_gene",
                self.population_per_gene as f64,
                members >= 6 || !rand2,
                text!("evolution-population-of-rand2"),
            ),
        ] {
            if !good {
                return Err(EvolutionError::Setting {
                    name,
                    value,
                    wanted,
                });
            }
        }
        if self.start == Initialisation::Sobol && bounds.len() > sobol::DIMENSIONS {
            return Err(EvolutionError::SobolGenes {
                genes: bounds.len(),
            });
        }
        Ok(())
    }
}
