//! A place where requests wait for a thread: the thread takes the first, the window may rearrange the rest.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Shared between the window (which puts) and one thread (which takes).
pub(super) struct Inbox<T>(Arc<Shared<T>>);

struct Shared<T> {
    waiting: Mutex<Waiting<T>>,
    changed: Condvar,
}

struct Waiting<T> {
    requests: T,
    closed: bool,
}

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Default> Inbox<T> {
    pub(super) fn new() -> Self {
        Self(Arc::new(Shared {
            waiting: Mutex::new(Waiting {
                requests: T::default(),
                closed: false,
            }),
            changed: Condvar::new(),
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        // A panic of the other side leaves plain data that is still in order.
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what waits, and wakes the thread.
    pub(super) fn put(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.lock().requests);
        self.0.changed.notify_one();
    }

    /// Ends the thread once it has finished what it is doing.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.0.changed.notify_one();
    }

    /// Waits for the next request that `take` finds; `None` when closed.
    ///
    /// `take` may answer `Err(duration)`: nothing yet, look again then.
    pub(super) fn next<R>(
        &self,
        mut take: impl FnMut(&mut T) -> Result<R, Option<Duration>>,
    ) -> Option<R> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            waiting = match take(&mut waiting.requests) {
                Ok(request) => return Some(request),
                Err(None) => self
                    .0
                    .changed
                    .wait(waiting)
                    .unwrap_or_else(PoisonError::into_inner),
                Err(Some(pause)) => {
                    self.0
                        .changed
                        .wait_timeout(waiting, pause)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
            };
        }
    }
}
