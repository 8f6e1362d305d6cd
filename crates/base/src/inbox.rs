//! Where requests wait for a thread: the thread takes the one that it considers next, and others may reorder the ones that
//! wait.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Shared between those that put requests and the one thread that takes them.
pub struct Inbox<T>(Arc<Shared<T>>);

/// What the thread does next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next<R> {
    /// It takes this.
    Take(R),
    /// It looks again after this time, or when something is put.
    WaitFor(Duration),
    /// It waits until something is put.
    WaitForRequest,
}

impl<R> From<Option<R>> for Next<R> {
    fn from(request: Option<R>) -> Self {
        request.map_or(Self::WaitForRequest, Self::Take)
    }
}

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

impl<T: Default> Default for Inbox<T> {
    fn default() -> Self {
        Self(Arc::new(Shared {
            waiting: Mutex::new(Waiting {
                requests: T::default(),
                closed: false,
            }),
            changed: Condvar::new(),
        }))
    }
}

impl<T: Default> Inbox<T> {
    /// An empty inbox.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        // If the other side panics, it leaves plain data that is still consistent.
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what waits, and wakes the thread. Once closed it drops `change` unused, with everything that it would have
    /// added.
    pub fn put(&self, change: impl FnOnce(&mut T)) {
        let mut waiting = self.lock();
        if !waiting.closed {
            change(&mut waiting.requests);
            self.0.changed.notify_one();
        }
    }

    /// Ends the thread once it has finished its current work, and drops what waits.
    pub fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        let dropped = std::mem::take(&mut waiting.requests);
        self.0.changed.notify_one();
        // Dropping a request may run code that uses this inbox again: not while the lock is held.
        drop(waiting);
        drop(dropped);
    }

    /// Waits for the next request that `take` finds; `None` when closed.
    pub fn next<R>(&self, mut take: impl FnMut(&mut T) -> Next<R>) -> Option<R> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            waiting = match take(&mut waiting.requests) {
                Next::Take(request) => return Some(request),
                Next::WaitForRequest => self
                    .0
                    .changed
                    .wait(waiting)
                    .unwrap_or_else(PoisonError::into_inner),
                Next::WaitFor(pause) => {
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
