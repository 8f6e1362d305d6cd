//! The threshold for a required sensitivity.

use super::{Confusion, ScoredCase, StatisticsError, check_probability, sides};

/// A threshold, chosen on a tuning set, never on the set that is reported on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OperatingPoint {
    /// A score at or above it is called melanoma.
    pub threshold: f64,
    /// Its confusion matrix on the tuning set.
    pub confusion: Confusion,
}

impl OperatingPoint {
    /// The highest threshold whose sensitivity is at least `wanted` (0 to 1): the score of the ⌈wanted · n⌉-th of the n
    /// melanomas, counted from the highest. It therefore has the highest specificity that such a sensitivity allows: a corner
    /// of the empirical ROC curve (Fawcett 2006, Pattern Recognit Lett 27:861–874, doi 10.1016/j.patrec.2005.10.010). With
    /// `wanted` 0 it is the score of the highest melanoma.
    ///
    /// # Errors
    /// If `wanted` is not from 0 to 1, a score is not finite, or there is no melanoma or no nevus.
    pub fn for_sensitivity(judged: &[ScoredCase], wanted: f64) -> Result<Self, StatisticsError> {
        check_probability(wanted)?;
        let (mut melanomas, _) = sides(judged, 1)?;
        melanomas.sort_unstable_by(|a, b| b.total_cmp(a));
        let n = melanomas.len() as f64;
        // As a division, so that 0.8 of 5 is 4: 0.8 · 5 could be rounded to more.
        let enough = |(at, _): &(usize, &f64)| (at + 1) as f64 / n >= wanted;
        // The last one always is, n of n.
        let found = melanomas.iter().enumerate().find(enough);
        let threshold = found.map_or(f64::NEG_INFINITY, |(_, score)| *score);
        Ok(Self {
            threshold,
            confusion: Confusion::at(threshold, judged),
        })
    }
}
