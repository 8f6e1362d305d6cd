//! How often a classifier is right at a threshold.

use super::{Proportion, ScoredCase, StatisticsError};

/// Lesions counted by truth and verdict; melanoma is positive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Melanomas called melanoma.
    pub true_positives: u64,
    /// Melanomas called nevus.
    pub false_negatives: u64,
    /// Nevi called nevus.
    pub true_negatives: u64,
    /// Nevi called melanoma.
    pub false_positives: u64,
}

impl Confusion {
    /// Counts at a threshold: a score at or above it is called melanoma.
    #[must_use]
    pub fn at(threshold: f64, judged: &[ScoredCase]) -> Self {
        let mut counts = Self::default();
        for one in judged {
            let count = match (one.melanoma, one.score >= threshold) {
                (true, true) => &mut counts.true_positives,
                (true, false) => &mut counts.false_negatives,
                (false, false) => &mut counts.true_negatives,
                (false, true) => &mut counts.false_positives,
            };
            *count += 1;
        }
        counts
    }

    /// TP / (TP + FN): the melanomas that are found.
    ///
    /// # Errors
    /// If there is no melanoma.
    pub fn sensitivity(&self) -> Result<Proportion, StatisticsError> {
        Proportion::new(
            self.true_positives,
            self.true_positives + self.false_negatives,
        )
    }

    /// TN / (TN + FP): the nevi that are called nevus.
    ///
    /// # Errors
    /// If there is no nevus.
    pub fn specificity(&self) -> Result<Proportion, StatisticsError> {
        Proportion::new(
            self.true_negatives,
            self.true_negatives + self.false_positives,
        )
    }

    /// (TP + TN) / all.
    ///
    /// # Errors
    /// If there is no lesion.
    pub fn accuracy(&self) -> Result<Proportion, StatisticsError> {
        let right = self.true_positives + self.true_negatives;
        Proportion::new(right, right + self.false_positives + self.false_negatives)
    }

    /// The mean of sensitivity and specificity: the accuracy if there were as many melanomas as nevi. Brodersen et al. 2010,
    /// ICPR, doi 10.1109/ICPR.2010.764.
    ///
    /// # Errors
    /// If there is no melanoma or no nevus.
    pub fn balanced_accuracy(&self) -> Result<f64, StatisticsError> {
        let (sensitivity, specificity) = (self.sensitivity()?, self.specificity()?);
        Ok(f64::midpoint(sensitivity.value(), specificity.value()))
    }
}
