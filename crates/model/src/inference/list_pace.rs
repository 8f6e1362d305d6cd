//! How many batches are handed to a card at a time: as many as take a tenth of a second, so that it is busy between the first and the last,
//! and who waits for verdicts, or has cancelled, waits no longer than that.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What a list should take.
const LIST: Duration = Duration::from_millis(100);

/// The most batches of a list.
pub(crate) const MOST: usize = 16;

/// What was measured last.
#[derive(Debug)]
pub(crate) struct ListPace(AtomicUsize);

impl Default for ListPace {
    /// One batch, before anything is measured.
    fn default() -> Self {
        Self(AtomicUsize::new(1))
    }
}

impl ListPace {
    /// Batches of the next list.
    pub(crate) fn batches(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// So many frames have taken this long; `batch`: how many are judged together. Fewer than that say nothing.
    pub(crate) fn measured(&self, frames: usize, batch: usize, took: Duration) {
        if frames >= batch {
            let each = took.as_secs_f64() * batch as f64 / frames.max(1) as f64;
            let batches = (LIST.as_secs_f64() / each.max(1e-9)) as usize;
            self.0.store(batches.clamp(1, MOST), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_takes_a_tenth_of_a_second_and_is_one_batch_at_least() {
        let pace = ListPace::default();
        assert_eq!(pace.batches(), 1);
        let after = |frames, ms| {
            pace.measured(frames, 256, Duration::from_millis(ms));
            pace.batches()
        };
        assert_eq!(after(256, 12), 8);
        assert_eq!(after(8 * 256, 160), 5);
        assert_eq!(after(256, 300), 1);
        assert_eq!(after(256, 0), MOST);
        assert_eq!(after(255, 1000), MOST, "a small batch says nothing");
    }
}
