//! The switch that calls long work off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Calls work off, from any thread: it ends after the batch in flight and keeps its best. Clones are one switch.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Cancels whatever holds a clone of this.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has been cancelled.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
