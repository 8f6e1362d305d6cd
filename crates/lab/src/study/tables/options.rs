//! How tables are made.

use crate::study::error::StudyError;
use flipscope_language::{as_text, text};

/// How tables are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether results may be missing.
    pub partial: bool,
    /// Resamples of the bootstrap.
    pub resamples: usize,
    /// Bins of the reliability curve.
    pub bins: usize,
}

impl Options {
    /// Fewest and most resamples: fewer give no 95 % interval, more add nothing.
    pub const RESAMPLES: (usize, usize) = (100, 100_000);
    /// Fewest and most bins.
    pub const BINS: (usize, usize) = (1, 1000);

    /// Checks that tables can be made with these options.
    ///
    /// # Errors
    /// The first number that is out of range.
    pub fn validate(&self) -> Result<(), StudyError> {
        for (what, value, (least, most)) in [
            ("resamples", self.resamples, Self::RESAMPLES),
            ("bins", self.bins, Self::BINS),
        ] {
            if !(least..=most).contains(&value) {
                return Err(StudyError::Plan(text!(
                    "studies-not-possible-choose",
                    value = as_text(&value),
                    what = as_text(&what),
                    least = as_text(&least),
                    most = as_text(&most)
                )));
            }
        }
        Ok(())
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            partial: false,
            resamples: 2000,
            bins: 10,
        }
    }
}
