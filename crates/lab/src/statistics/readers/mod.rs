//! The statistics of what readers say of lesions, one idea a file; each with its formula and source.
//!
//! A reader's own rates are [`Proportion`](crate::statistics::Proportion)s with Wilson's interval: of one reader the reads of
//! different lesions are independent. Reads by several readers of the same lesions are not, and what is found is to hold for other
//! readers and other lesions: that is what [`mrmc()`] is for. Intervals are of 95 %. Nothing here rounds, and nothing is random.
//!
//! | question | answer |
//! |---|---|
//! | how often are readers right on each form, and does the alteration change it? | [`mrmc()`] |
//! | do two readers, or a reader and the network, say the same? | [`cohen_kappa()`] |
//! | do all readers say the same? | [`fleiss_kappa()`] |
//!
//! Sensitivity is asked of the reads of melanomas, specificity of those of nevi. All reads together give the share of right answers
//! at the study's own mix of the two; lesions then count as drawn from one population, while their mix was chosen, which makes the
//! interval wider.
//!
//! `tests/golden/readers/` holds what brute force, iMRMC, statsmodels and irrCAC say. `experiments/run simulate-readers` shows how often the
//! intervals cover the truth: over 20,000 simulated studies of each of six designs of 4 to 24 readers, 93 to 96 % of those of a
//! difference did, and 94 to 96 % of those of one form on the log odds ([`Mrmc::intervals`]).

mod kappa;
mod mrmc;
#[cfg(test)]
mod tests;
mod u_statistics;

pub use kappa::{Kappa, cohen_kappa, fleiss_kappa};
pub use mrmc::{Estimate, Mrmc, mrmc};

pub use crate::statistics::{Interval, StatisticsError};

use crate::statistics::LEVEL;

/// What one reader made of one lesion in one form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// The reader.
    pub reader: u32,
    /// The lesion. Both forms of a lesion have one number.
    pub case: u32,
    /// Whether it was shown altered.
    pub adversarial: bool,
    /// What is averaged: 1 where the reader was right and 0 where wrong, or any finite number.
    pub score: f64,
}

/// Refuses fewer than `need`.
fn at_least(need: usize, have: usize, kind: &'static str) -> Result<(), StatisticsError> {
    if have >= need {
        return Ok(());
    }
    Err(StatisticsError::TooFew { kind, have, need })
}
