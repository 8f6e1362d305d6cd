//! Why a number cannot be computed.

use flipscope_language::{as_text, text};
/// Why a statistic cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// An invalid confidence level.
    #[error("{}", text!("statistics-confidence-level", what = as_text(.0)))]
    Level(f64),
    /// More successes than trials.
    #[error("{}", text!("statistics-proportion", count = as_text(count), total = as_text(total)))]
    Proportion {
        /// Successes.
        count: u64,
        /// Trials.
        total: u64,
    },
    /// Too few lesions of a kind.
    #[error("{}", text!("statistics-too-few", have = as_text(have), kind = as_text(kind), need = as_text(need)))]
    TooFew {
        /// What there are too few of.
        kind: &'static str,
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// A score that is not finite.
    #[error("{}", text!("statistics-score-not-finite", what = as_text(.0)))]
    Score(usize),
    /// A probability outside 0 to 1.
    #[error("{}", text!("statistics-probability", what = as_text(.0)))]
    Probability(f64),
    /// Two models were not evaluated on the same lesions.
    #[error("{}", text!("statistics-lesions-differ", what = as_text(.0)))]
    Unpaired(String),
    /// The statistic is undefined for every resample.
    #[error("{}", text!("statistics-all-resamples-undefined", what = as_text(.0)))]
    Undefined(usize),
    /// The same lesion in the same form, twice by one reader.
    #[error(
        "{}", text!("statistics-lesion-read-twice", reader = as_text(reader), case = as_text(case), adversarial = as_text(adversarial)))]
    Twice {
        /// The reader.
        reader: u32,
        /// The lesion.
        case: u32,
        /// The form.
        adversarial: bool,
    },
    /// A score that is not finite.
    #[error("{}", text!("statistics-reader-score-not-finite", reader = as_text(reader), case = as_text(case)))]
    ReadScore {
        /// The reader.
        reader: u32,
        /// The lesion.
        case: u32,
    },
    /// No pair of reads across the two forms can be used.
    #[error(
        "{}", text!("statistics-forms-unpaired"))]
    NoPairs,
    /// Agreement beyond chance is undefined if only one answer was ever given.
    #[error("{}", text!("statistics-agreement-undefined"))]
    OneCategory,
    /// Lesions with different numbers of judgements.
    #[error(
        "{}", text!("statistics-judgements-uneven", lesion = as_text(lesion), have = as_text(have), need = as_text(need)))]
    Uneven {
        /// The lesion.
        lesion: usize,
        /// How often it was judged.
        have: u64,
        /// How often the first was.
        need: u64,
    },
    /// Answers that do not fit the table.
    #[error("{}", text!("statistics-categories-uneven", lesion = as_text(lesion), have = as_text(have), need = as_text(need)))]
    Categories {
        /// The lesion.
        lesion: usize,
        /// How many categories it has.
        have: usize,
        /// How many the first has.
        need: usize,
    },
}
