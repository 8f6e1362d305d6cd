//! How many candidates are sent to the device at once.

use std::time::Duration;

/// The longest that one batch may take, so that an interactive request never waits longer for a running batch.
pub(super) const BATCH: Duration = Duration::from_millis(50);

/// Weight of the newest measurement in the running mean: a processor that is shared changes its rate within seconds.
const NEWEST: f64 = 0.3;

/// The measured rate of a device, and the largest batch that fits into its memory.
#[derive(Debug)]
pub(super) struct Pace {
    /// Seconds per candidate, running mean; `None` before the first batch.
    seconds: Option<f64>,
    /// Candidates that fit into the device's memory together.
    fits: usize,
}

impl Pace {
    /// Nothing is measured yet; at most `fits` candidates.
    pub(super) fn new(fits: usize) -> Self {
        Self {
            seconds: None,
            fits: fits.max(1),
        }
    }

    /// Size of the next batch: one before anything is measured, and at least one.
    pub(super) fn batch(&self) -> usize {
        let Some(seconds) = self.seconds else {
            return 1;
        };
        let within = (BATCH.as_secs_f64() / seconds.max(1e-9)) as usize;
        within.clamp(1, self.fits)
    }

    /// A batch has taken this long.
    pub(super) fn measured(&mut self, candidates: usize, took: Duration) {
        let seconds = took.as_secs_f64() / candidates.max(1) as f64;
        self.seconds = Some(match self.seconds {
            Some(mean) => (1.0 - NEWEST) * mean + NEWEST * seconds,
            None => seconds,
        });
    }

    /// A batch did not fit into memory: from now on, half of it. Returns whether it can be halved.
    pub(super) fn too_large(&mut self, candidates: usize) -> bool {
        self.fits = (candidates / 2).max(1);
        candidates > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_batch_is_one_and_later_ones_fill_the_time() {
        let mut pace = Pace::new(256);
        assert_eq!(pace.batch(), 1);
        pace.measured(1, Duration::from_millis(10));
        assert_eq!(pace.batch(), 5);
        for _ in 0..40 {
            pace.measured(5, Duration::from_millis(5));
        }
        assert_eq!(pace.batch(), 49, "a millisecond each, met from below");
        for _ in 0..40 {
            pace.measured(1, Duration::from_secs(1));
        }
        assert_eq!(pace.batch(), 1, "one at least");
    }

    #[test]
    fn a_batch_that_does_not_fit_is_halved_until_one_is_left() {
        let mut pace = Pace::new(256);
        pace.measured(1, Duration::from_micros(1));
        assert_eq!(pace.batch(), 256);
        for expected in [128, 64, 32, 16, 8, 4, 2, 1] {
            assert!(pace.too_large(pace.batch()));
            assert_eq!(pace.batch(), expected);
        }
        assert!(!pace.too_large(1), "there is nothing to halve");
        assert_eq!(pace.batch(), 1);
    }
}
