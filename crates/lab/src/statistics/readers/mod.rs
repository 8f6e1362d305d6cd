//! The statistics of readers' answers about lesions, one idea per file; each with its formula and source.
//!
//! A reader's own rates are [`Proportion`](crate::statistics::Proportion)s with Wilson's interval: one reader's reads of
//! different lesions are independent. Reads of the same lesions by several readers are not, and the results are meant to hold
//! for other readers and other lesions: that is what [`mrmc()`] is for. Intervals are at 95 %. Nothing here rounds, and nothing
//! is random.
//!
//! | question | answer |
//! |---|---|
//! | how often are readers right on each form, and does the alteration change it? | [`mrmc()`] |
//! | do two readers, or a reader and the network, agree? | [`cohen_kappa()`] |
//! | do all readers agree? | [`fleiss_kappa()`] |
//!
//! Sensitivity is computed from the reads of melanomas, specificity from those of nevi. All reads together give the share of
//! right answers for the study's own mix of the two; lesions are then treated as drawn from one population, although their mix
//! was chosen, which makes the interval wider.
//!
//! `tests/golden/readers/` holds the results of brute force, iMRMC, statsmodels and irrCAC. `experiments/run simulate-readers` measures
//! how often the intervals cover the true value: over 20,000 simulated studies of each of six designs with 4 to 24 readers, 93
//! to 96 % of those for a difference did, and 94 to 96 % of those for one form on the log-odds scale ([`Mrmc::intervals`]).

mod kappa;
mod mrmc;
#[cfg(test)]
mod tests;
mod u_statistics;

pub use kappa::{Kappa, cohen_kappa, fleiss_kappa};
pub use mrmc::{Estimate, Mrmc, mrmc};

pub use crate::statistics::{Interval, StatisticsError};

use crate::statistics::LEVEL;

/// One reader's answer about one lesion in one form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// The reader.
    pub reader: u32,
    /// The lesion. Both forms of a lesion have the same number.
    pub case: u32,
    /// Whether it was shown altered.
    pub adversarial: bool,
    /// What is averaged: 1 if the reader was right and 0 if wrong, or any finite number.
    pub score: f64,
}

/// Refuses fewer than `need`.
fn at_least(need: usize, have: usize, kind: &'static str) -> Result<(), StatisticsError> {
    if have >= need {
        return Ok(());
    }
    Err(StatisticsError::TooFew { kind, have, need })
}
