//! The thread that renders the altered frame and counts its pixels. A newer request replaces one that is still waiting.

use std::sync::Arc;
use std::thread::JoinHandle;

use flipscope_base::inbox::Inbox;
use flipscope_image::perturb::{Perturbation, render};

use crate::explorer::picture::histogram::Histogram;
use crate::explorer::picture::state::{Inspection, Wanted};
use crate::explorer::worker::{Answer, Outbox};

/// The thread's handle; dropping it ends the thread.
pub(crate) struct Inspector {
    inbox: Inbox<Option<Wanted>>,
    thread: Option<JoinHandle<()>>,
}

impl Inspector {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub(crate) fn start(outbox: Outbox) -> std::io::Result<Self> {
        let inbox = Inbox::<Option<Wanted>>::new();
        let theirs = inbox.clone();
        let thread = std::thread::Builder::new()
            .name("pixels".to_owned())
            .spawn(move || {
                while let Some(wanted) = theirs.next(|waiting| waiting.take().into()) {
                    outbox.send(Answer::Inspected(Arc::new(inspect(wanted))));
                }
            })?;
        Ok(Self {
            inbox,
            thread: Some(thread),
        })
    }

    /// Asks for the pixels of a frame.
    pub(crate) fn inspect(&self, wanted: Wanted) {
        self.inbox.put(|waiting| *waiting = Some(wanted));
    }
}

impl Drop for Inspector {
    fn drop(&mut self) {
        self.inbox.close();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn inspect(of: Wanted) -> Inspection {
    // The field of view is on the original, too.
    let original = Perturbation {
        field_of_view: of.perturbation.field_of_view,
        ..Perturbation::default()
    };
    let frames = [&original, &*of.perturbation].map(|p| render(&of.frame, p));
    let histograms = frames.each_ref().map(Histogram::of);
    Inspection {
        of,
        frames,
        histograms,
    }
}
