//! When the session is saved. The clock is passed in.

use std::time::{Duration, Instant};

/// From the first change that is not saved to the next save. With the time that a slow disk takes, a kill loses at most 5 seconds.
pub const DELAY: Duration = Duration::from_secs(2);

/// Remembers since when something is not saved.
#[derive(Clone, Copy, Debug, Default)]
pub struct Autosave {
    changed: Option<Instant>,
}

impl Autosave {
    /// Something has changed.
    pub fn changed(&mut self, now: Instant) {
        self.changed.get_or_insert(now);
    }

    /// How long until a save is due; none if nothing has changed.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        let changed = self.changed?;
        Some(DELAY.saturating_sub(now.saturating_duration_since(changed)))
    }

    /// Whether something is not saved.
    pub fn is_pending(&self) -> bool {
        self.changed.is_some()
    }

    /// Everything so far is being saved.
    pub fn saved(&mut self) {
        self.changed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However often something changes, no change waits longer than the delay.
    #[test]
    fn no_change_waits_longer_than_the_delay() {
        let start = Instant::now();
        let mut autosave = Autosave::default();
        assert_eq!(autosave.wait(start), None);
        let mut oldest: Option<u64> = None;
        let mut saves = 0;
        for step in 0..2_000_u64 {
            let now = start + Duration::from_millis(10 * step);
            if step % 7 < 3 || step % 500 == 0 {
                autosave.changed(now);
                oldest.get_or_insert(step);
            }
            if autosave.wait(now) == Some(Duration::ZERO) {
                autosave.saved();
                oldest = None;
                saves += 1;
            }
            let waited = oldest.map_or(0, |since| 10 * (step - since));
            assert!(u128::from(waited) <= DELAY.as_millis(), "{waited} ms");
        }
        assert!(
            (8..=10).contains(&saves),
            "{saves} in 20 s: no more often than needed"
        );
    }
}
