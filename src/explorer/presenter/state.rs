//! Presenter mode as plain data. Nothing of it is saved: a window never opens in it.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::explorer::explore::lesion::LesionId;

/// What presenter mode shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that do not depend on each other"
)]
pub struct Presenter {
    /// Whether it is on.
    pub on: bool,
    /// Whether the list is shown.
    pub list: bool,
    /// Whether the sliders (or the searches) are shown; on other pages, the form.
    pub tools: bool,
    /// Whether a ring follows the pointer.
    pub pointer: bool,
    /// *Guess, then reveal*: whether verdicts are hidden until they are revealed.
    pub guessing: bool,
    /// The lesions whose verdicts have been revealed since then.
    pub revealed: BTreeSet<LesionId>,
    /// When it was asked whether to leave it and show what is hidden, as long as that is not answered.
    pub asked: Option<Instant>,
}

impl Default for Presenter {
    fn default() -> Self {
        Self {
            on: false,
            list: false,
            tools: false,
            pointer: true,
            guessing: false,
            revealed: BTreeSet::new(),
            asked: None,
        }
    }
}

impl Presenter {
    /// Whether verdicts are hidden until they are revealed.
    pub fn guesses(&self) -> bool {
        self.on && self.guessing
    }

    /// Whether a page shows its form, or its settings: while presenting only on demand, or where there is nothing else to see.
    pub fn shows_form(&self, is_empty: bool) -> bool {
        !self.on || self.tools || is_empty
    }

    /// Whether the verdict of a lesion is hidden now, with all that would give it away.
    pub fn hides(&self, lesion: LesionId) -> bool {
        self.guesses() && !self.revealed.contains(&lesion)
    }
}
