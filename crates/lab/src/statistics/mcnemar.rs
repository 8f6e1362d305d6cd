//! Whether two classifiers are right equally often on the same lesions.
//!
//! Written here since no crate has it; the tails are those of `statrs`.

use super::StatisticsError;
use super::special::{binomial_cdf, chi_square_tail};
use flipscope_language::{as_text, text};

/// From this number of discordant pairs on, the chi-square form is used, as is usual.
const MANY: u64 = 25;

/// Which form of the test was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// The two-sided exact binomial test of b against b + c with probability 1/2.
    Exact,
    /// (|b − c| − 1)² / (b + c) against chi-square with one degree of freedom (continuity correction of Edwards).
    ChiSquare,
}

/// McNemar's test. McNemar 1947, Psychometrika 12:153–157, doi 10.1007/BF02295996; the continuity correction: Edwards 1948,
/// Psychometrika 13:185–187, doi 10.1007/BF02289261.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// b: lesions on which only the first is right.
    pub only_first: u64,
    /// c: lesions on which only the second is right.
    pub only_second: u64,
    /// The form: exact where b + c is below 25.
    pub test: Test,
    /// min(b, c) for the exact test; chi-square for the other.
    pub statistic: f64,
    /// Two-sided; 1 if they never disagree.
    pub p: f64,
}

impl McNemar {
    /// From the numbers of lesions on which only one is right.
    #[must_use]
    pub fn of_counts(only_first: u64, only_second: u64) -> Self {
        let (b, c) = (only_first, only_second);
        let disagreements = b + c;
        let (test, statistic, p) = if disagreements < MANY {
            let fewer = b.min(c);
            let tail = binomial_cdf(fewer, disagreements, 0.5);
            (Test::Exact, fewer as f64, (2.0 * tail).min(1.0))
        } else {
            // If b = c, the correction would turn a difference of 0 into one.
            let apart = b.abs_diff(c).saturating_sub(1) as f64;
            let statistic = apart * apart / disagreements as f64;
            (Test::ChiSquare, statistic, chi_square_tail(statistic))
        };
        Self {
            only_first,
            only_second,
            test,
            statistic,
            p,
        }
    }

    /// From whether each is right, lesion by lesion.
    ///
    /// # Errors
    /// If the number of lesions differs.
    pub fn of_pairs(first: &[bool], second: &[bool]) -> Result<Self, StatisticsError> {
        if first.len() != second.len() {
            return Err(StatisticsError::Unpaired(text!(
                "statistics-lesion-counts-differ",
                len = as_text(&first.len()),
                second = as_text(&second.len())
            )));
        }
        let count = |of: (bool, bool)| {
            let pairs = first.iter().zip(second);
            pairs.filter(|(one, two)| (**one, **two) == of).count() as u64
        };
        Ok(Self::of_counts(count((true, false)), count((false, true))))
    }
}
