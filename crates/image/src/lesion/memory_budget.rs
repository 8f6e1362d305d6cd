//! How many bytes of pictures may be decoded at the same time, in the whole program.
//!
//! One picture may take [`MAX_MEMORY_BYTES`], and so may all pictures that are being decoded together: the next one waits.
//! Pictures of ordinary size are decoded side by side.
//!
//! A thread that holds a permit waits for no other permit, and not for rayon's threads, which may all be waiting for one (see
//! [`super::rows`]). So no deadlock can occur.

use std::sync::{Condvar, Mutex, PoisonError};

use super::limits::MAX_MEMORY_BYTES;

/// In addition, bytes of files that wait to be decoded.
const MAX_WAITING_BYTES: u64 = 400_000_000;

/// Counts the bytes that are in use.
#[derive(Debug)]
pub(super) struct Gate {
    most: u64,
    held: Mutex<u64>,
    freed: Condvar,
}

/// Decoding: the decoder's buffers, the pixels and their rotated copy.
static PIXELS: Gate = Gate::new(MAX_MEMORY_BYTES);
/// Files that were read and wait for [`PIXELS`].
static FILES: Gate = Gate::new(MAX_WAITING_BYTES);

/// Permission to use some bytes, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    gate: &'static Gate,
    bytes: u64,
}

/// Waits until a picture that takes this many bytes may be decoded.
pub(super) fn pixels(bytes: u64) -> Permit {
    PIXELS.enter(bytes)
}

/// Waits until a file of this many bytes may be read.
pub(super) fn file(bytes: u64) -> Permit {
    FILES.enter(bytes)
}

impl Gate {
    const fn new(most: u64) -> Self {
        Self {
            most,
            held: Mutex::new(0),
            freed: Condvar::new(),
        }
    }

    fn enter(&'static self, bytes: u64) -> Permit {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // With nothing else in use, any size may pass.
        while *held > 0 && held.saturating_add(bytes) > self.most {
            held = (self.freed.wait(held)).unwrap_or_else(PoisonError::into_inner);
        }
        *held = held.saturating_add(bytes);
        Permit { gate: self, bytes }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut held = (self.gate.held.lock()).unwrap_or_else(PoisonError::into_inner);
        *held = held.saturating_sub(self.bytes);
        drop(held);
        self.gate.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn together_they_stay_within_the_bound_and_all_get_through() {
        static SMALL: Gate = Gate::new(100);
        static NOW: AtomicU64 = AtomicU64::new(0);
        static MOST: AtomicU64 = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for n in 0..40_u64 {
                scope.spawn(move || {
                    let bytes = 10 + n;
                    let permit = SMALL.enter(bytes);
                    let now = NOW.fetch_add(bytes, Ordering::SeqCst) + bytes;
                    MOST.fetch_max(now, Ordering::SeqCst);
                    std::thread::yield_now();
                    NOW.fetch_sub(bytes, Ordering::SeqCst);
                    drop(permit);
                });
            }
        });
        let most = MOST.load(Ordering::SeqCst);
        assert!((50..=100).contains(&most), "{most}");
        // A picture larger than the limit is decoded alone.
        drop(SMALL.enter(1000));
        assert_eq!(*SMALL.held.lock().unwrap(), 0);
    }
}
