//! What the window knows about sessions, as plain data.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::message::Issued;
use crate::explorer::session::request::Opened;
use crate::explorer::session::shelf::Replaced;

/// The session of the last run, until the person has decided.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The session.
    pub opened: Arc<Opened>,
    /// How long ago it was saved.
    pub age: Duration,
}

/// Whether what is open is kept from one run to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It is not, in this run.
    #[default]
    Off,
    /// The session of the last run is still being looked for.
    Looking,
    /// It is.
    On,
    /// It should be, but the last attempt failed.
    Failed,
}

/// Values that flags of the command line state: the last session does not replace them.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The model.
    pub model: bool,
    /// What a model's file does not state.
    pub overrides: bool,
    /// The device.
    pub device: bool,
    /// The framing.
    pub framing: bool,
    /// How files are read.
    pub color_handling: bool,
    /// The threshold.
    pub threshold: bool,
}

/// Lesions whose photographs are missing, and where that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The message.
    pub message: Issued,
    /// The lesions.
    pub lesions: Vec<LesionId>,
    /// Whether a folder that labels are for is missing with them.
    pub labels: bool,
}

/// The state of everything about sessions in the window.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    /// Whether what is open is kept.
    pub keeping: Keeping,
    /// The session of the last run, until the person has decided.
    pub offer: Option<Offer>,
    /// Sessions that were replaced, which the menu offers.
    pub replaced: Replaced,
    /// Sessions that were saved or opened by name, the newest first.
    pub recent: Vec<PathBuf>,
    /// Photographs that were missing when the session was opened, and still are.
    pub missing: Option<Missing>,
    /// What flags of the command line state.
    pub stated: Stated,
    /// SHA-256 of the models that the session was saved with, until they are loaded.
    pub expected_models: Vec<(PathBuf, String)>,
}

impl Sessions {
    /// Whether what is open may be written now. While an offer is open, the file still holds what is offered.
    pub fn may_save(&self) -> bool {
        matches!(self.keeping, Keeping::On | Keeping::Failed) && self.offer.is_none()
    }

    /// Whether nothing is lost when the window closes.
    pub fn is_kept(&self) -> bool {
        self.keeping == Keeping::On && self.offer.is_none()
    }
}
