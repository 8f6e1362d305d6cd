//! Why a number cannot be computed.

/// Why a statistic cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// An invalid confidence level.
    #[error("{0} is no confidence level: it must be between 0 and 1, e.g. 0.95")]
    Level(f64),
    /// More successes than trials.
    #[error("{count} of {total} is no proportion")]
    Proportion {
        /// Successes.
        count: u64,
        /// Trials.
        total: u64,
    },
    /// Too few lesions of a kind.
    #[error("there are {have} {kind}, and {need} are needed at least")]
    TooFew {
        /// What there are too few of.
        kind: &'static str,
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// A score that is not finite.
    #[error("the score of lesion {0} (from 0) is not a finite number")]
    Score(usize),
    /// A probability outside 0 to 1.
    #[error("{0} is no probability: it must be from 0 to 1")]
    Probability(f64),
    /// Two models were not evaluated on the same lesions.
    #[error("the models to be compared were not asked about the same lesions: {0}")]
    Unpaired(String),
    /// The statistic is undefined for every resample.
    #[error("the statistic is undefined for all {0} resamples")]
    Undefined(usize),
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
    ReadScore {
        /// The reader.
        reader: u32,
        /// The lesion.
        case: u32,
    },
    /// No pair of reads across the two forms can be used.
    #[error(
        "no read of an unmodified lesion can be paired with a read of another altered lesion by another reader: how the forms vary \
         together cannot be told"
    )]
    NoPairs,
    /// Agreement beyond chance is undefined if only one answer was ever given.
    #[error("all answers are the same: agreement beyond chance is undefined")]
    OneCategory,
    /// Lesions with different numbers of judgements.
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
