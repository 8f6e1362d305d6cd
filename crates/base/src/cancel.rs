//! The flag that cancels long work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cancels work, from any thread: it stops after the batch in flight and keeps its best. Clones share one flag.
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
