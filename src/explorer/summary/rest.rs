//! A rest of the person who looks at a lesion, after which the search for its smallest changes begins: whoever goes through a list, or moves
//! sliders, does not start one. The state says when something was done; the thread waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use flipscope_base::cancel::Cancel;

/// How often the thread looks.
const LOOK: Duration = Duration::from_millis(50);

/// A rest.
#[derive(Clone, Debug, Default)]
pub struct Rest(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// Counts what was done.
    done: AtomicU64,
    /// How long a rest is, in milliseconds.
    length: AtomicU64,
}

impl Rest {
    /// Something was done; from now on, so long nothing has to be.
    pub(crate) fn interrupt(&self, length: Duration) {
        let length = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        self.0.length.store(length, Ordering::Relaxed);
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until nothing was done for the length of a rest, or until it is cancelled.
    pub(crate) fn wait(&self, cancel: &Cancel) {
        let mut seen = self.0.done.load(Ordering::Relaxed);
        let mut since = Instant::now();
        while !cancel.is_requested() {
            let length = Duration::from_millis(self.0.length.load(Ordering::Relaxed));
            if since.elapsed() >= length {
                return;
            }
            std::thread::sleep(LOOK.min(length));
            let now = self.0.done.load(Ordering::Relaxed);
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_begins_anew_with_everything_that_is_done() {
        let (rest, cancel) = (Rest::default(), Cancel::default());
        let length = Duration::from_millis(300);
        rest.interrupt(length);
        let start = Instant::now();
        let (other, theirs) = (rest.clone(), cancel.clone());
        let waiting = std::thread::Builder::new()
            .name("waiting".to_owned())
            .spawn(move || other.wait(&theirs))
            .unwrap();
        while start.elapsed() < length {
            rest.interrupt(length);
            assert!(!waiting.is_finished());
            std::thread::sleep(Duration::from_millis(10));
        }
        let last = Instant::now();
        rest.interrupt(length);
        waiting.join().unwrap();
        assert!(last.elapsed() >= length / 2);
        // A cancel ends it.
        rest.interrupt(Duration::from_hours(1));
        cancel.request();
        rest.wait(&cancel);
    }
}
