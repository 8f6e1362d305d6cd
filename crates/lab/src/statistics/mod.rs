//! The statistics of a classifier's scores on labelled lesions, one idea per file; each with its formula and source.
//!
//! Melanoma is the positive class. A rate always comes with its counts: a [`Proportion`] keeps both. Nothing here rounds, and
//! nothing here is random except [`bootstrap()`], which is seeded.
//!
//! | question | answer |
//! |---|---|
//! | how uncertain is a rate? | [`Proportion::wilson`], [`Proportion::clopper_pearson`] |
//! | how often is it right at a threshold? | [`Confusion`] |
//! | which threshold has a wanted sensitivity? | [`OperatingPoint`] |
//! | how well do its scores separate melanoma from nevus? | [`auc()`], [`DeLong`] |
//! | and if they separate them perfectly? | [`DeLong::sound_interval`] |
//! | how uncertain is a balanced accuracy? | [`mean_proportion`] |
//! | is another model better on the same lesions? | [`DeLong::compare`], [`McNemar`] |
//! | and if several pictures show one lesion? | [`bootstrap()`] |
//! | and with many tests? | [`holm()`] |
//! | does 70 % mean 70 %? | [`Reliability`] |
//! | and for people? | [`readers`] |
//!
//! `tests/golden/statistics/` holds the results of SciPy, statsmodels, scikit-learn and pROC.

mod auc;
mod bootstrap;
mod boundary;
mod calibration;
mod confusion;
mod delong;
mod error;
mod holm;
mod mcnemar;
mod operating_point;
mod proportion;
pub mod readers;
pub(crate) mod special;
#[cfg(test)]
mod tests;

pub use auc::auc;
pub use bootstrap::{Bootstrap, bootstrap, quantile};
pub use boundary::{AucIntervalMethod, is_zero_variance, mean_proportion, newcombe_auc_interval};
pub use calibration::{Bin, Reliability};
pub use confusion::Confusion;
pub use delong::{Comparison, DeLong};
pub use error::StatisticsError;
pub use holm::holm;
pub use mcnemar::{McNemar, Test};
pub use operating_point::OperatingPoint;
pub use proportion::Proportion;

/// The level of the intervals of every table and of the analysis of readers.
pub(crate) const LEVEL: f64 = 0.95;

/// A lesion that was judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredCase {
    /// P(melanoma), or any score that is higher for melanoma.
    pub score: f64,
    /// Whether it is a melanoma.
    pub melanoma: bool,
}

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
}

/// Refuses an invalid confidence level.
fn check_level(level: f64) -> Result<(), StatisticsError> {
    if level > 0.0 && level < 1.0 {
        return Ok(());
    }
    Err(StatisticsError::Level(level))
}

/// Refuses an invalid probability.
fn check_probability(value: f64) -> Result<(), StatisticsError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(StatisticsError::Probability(value))
}

/// Refuses zero.
fn at_least_one(kind: &'static str, have: usize) -> Result<(), StatisticsError> {
    if have > 0 {
        return Ok(());
    }
    Err(StatisticsError::TooFew {
        kind,
        have,
        need: 1,
    })
}

/// The scores of the melanomas and of the nevi.
///
/// # Errors
/// If a score is not finite, or there are fewer than `need` of either.
fn sides(judged: &[ScoredCase], need: usize) -> Result<(Vec<f64>, Vec<f64>), StatisticsError> {
    if let Some(at) = judged.iter().position(|one| !one.score.is_finite()) {
        return Err(StatisticsError::Score(at));
    }
    let (melanomas, nevi): (Vec<&ScoredCase>, Vec<&ScoredCase>) =
        judged.iter().partition(|one| one.melanoma);
    for (kind, side) in [("melanomas", &melanomas), ("nevi", &nevi)] {
        if side.len() < need {
            return Err(StatisticsError::TooFew {
                kind,
                have: side.len(),
                need,
            });
        }
    }
    let scores = |side: Vec<&ScoredCase>| side.into_iter().map(|one| one.score).collect();
    Ok((scores(melanomas), scores(nevi)))
}
