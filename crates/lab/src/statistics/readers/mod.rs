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
//! `tests/golden/readers/` holds what brute force, iMRMC, statsmodels and irrCAC say. `scripts/simulate-readers` shows how often the
//! intervals cover the truth: over 20,000 simulated studies of each of six designs of 4 to 24 readers, 93 to 96 % of those of a
//! difference did, and 94 to 96 % of those of one form on the log odds ([`Mrmc::intervals`]).

mod kappa;
mod moments;
mod mrmc;
#[cfg(test)]
mod tests;

pub use kappa::{Kappa, cohen_kappa, fleiss_kappa};
pub use mrmc::{Estimate, Mrmc, mrmc};

pub use crate::statistics::Interval;

/// The confidence of every interval here.
const LEVEL: f64 = 0.95;

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

/// A number without a meaning was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// Too few readers or lesions to tell how much they vary.
    #[error("there are {have} {kind}, and {need} are needed at least")]
    TooFew {
        /// What there are too few of, and in which form.
        kind: &'static str,
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// The same lesion in the same form, twice by one reader.
    #[error(
        "reader {reader} read lesion {case} twice in one form (adversarial: {adversarial}): only one answer can count"
    )]
    Twice {
        /// The reader.
        reader: u32,
        /// The lesion.
        case: u32,
        /// The form.
        adversarial: bool,
    },
    /// A score that is not finite.
    #[error("the score of reader {reader} on lesion {case} is not a finite number")]
    Score {
        /// The reader.
        reader: u32,
        /// The lesion.
        case: u32,
    },
    /// The two forms never met.
    #[error(
        "no read of an unmodified lesion can be paired with a read of another altered lesion by another reader: how the forms vary \
         together cannot be told"
    )]
    Unpaired,
    /// Agreement beyond chance means nothing where only one answer was ever given.
    #[error("all answers are the same: agreement beyond chance is undefined")]
    OneCategory,
    /// Lesions that were not judged equally often.
    #[error(
        "lesion {lesion} (from 0) was judged {have} times and the first {need} times: they must be judged equally often"
    )]
    Uneven {
        /// The lesion.
        lesion: usize,
        /// How often it was judged.
        have: u64,
        /// How often the first was.
        need: u64,
    },
    /// Answers that do not fit the table.
    #[error("lesion {lesion} (from 0) has {have} categories and the first has {need}")]
    Categories {
        /// The lesion.
        lesion: usize,
        /// How many categories it has.
        have: usize,
        /// How many the first has.
        need: usize,
    },
}

/// Refuses fewer than `need`.
fn at_least(need: usize, have: usize, kind: &'static str) -> Result<(), StatisticsError> {
    if have >= need {
        return Ok(());
    }
    Err(StatisticsError::TooFew { kind, have, need })
}
