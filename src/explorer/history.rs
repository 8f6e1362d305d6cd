//! Undo and redo of what a person does to the list: altering a lesion, closing some, deleting a finding.

use std::sync::Arc;
use std::time::Instant;

use flipscope_image::perturb::Perturbation;

use crate::explorer::explore::controls::Control;
use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::search::state::TrayFinding;

/// The source of a change: changes of one gesture are one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// A slider or its number.
    Control(Control),
    /// Dragging the picture.
    DragShift,
    /// Turning the picture's handle.
    DragRotate,
    /// A click: always a step of its own.
    Click,
}

/// One step that can be undone.
#[derive(Clone, Debug)]
pub enum Edit {
    /// A lesion was altered.
    Alter {
        /// Which.
        lesion: LesionId,
        /// Before.
        before: Arc<Perturbation>,
        /// After.
        after: Arc<Perturbation>,
    },
    /// One alteration was applied to several lesions.
    AlterMany {
        /// Those that it changed, each with what was before.
        before: Vec<(LesionId, Arc<Perturbation>)>,
        /// The alteration.
        after: Arc<Perturbation>,
    },
    /// A finding was deleted.
    DeleteFinding {
        /// Its position among the findings.
        index: usize,
        /// All of it.
        finding: Box<TrayFinding>,
    },
    /// Lesions were closed.
    Close {
        /// Their positions in the list, ascending, and all of each.
        lesions: Vec<(usize, Lesion)>,
        /// Their findings that were in no file, with their positions in the tray, ascending.
        findings: Vec<(usize, TrayFinding)>,
    },
}

/// Steps done and steps undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    gesture: Option<(Gesture, LesionId, Instant)>,
}

impl History {
    /// Steps kept.
    const DEPTH: usize = 200;
    /// Key presses of one control that follow each other faster than this are one step.
    const PAUSE_MS: u128 = 700;

    /// Records that a lesion was altered; joins the previous step if it is the same gesture.
    pub fn alter(
        &mut self,
        lesion: LesionId,
        gesture: Gesture,
        before: &Arc<Perturbation>,
        after: &Arc<Perturbation>,
        now: Instant,
    ) {
        self.undone.clear();
        let same = gesture != Gesture::Click
            && self.gesture.is_some_and(|(last, id, at)| {
                last == gesture && id == lesion && (now - at).as_millis() < Self::PAUSE_MS
            });
        self.gesture = Some((gesture, lesion, now));
        if same && let Some(Edit::Alter { after: last, .. }) = self.done.last_mut() {
            *last = Arc::clone(after);
            return;
        }
        self.push(Edit::Alter {
            lesion,
            before: Arc::clone(before),
            after: Arc::clone(after),
        });
    }

    /// Keeps a gesture going while the pointer is down without moving.
    pub fn hold(&mut self, now: Instant) {
        if let Some((_, _, at)) = &mut self.gesture {
            *at = now;
        }
    }

    /// The pointer was released: what follows is another step.
    pub fn end_gesture(&mut self) {
        self.gesture = None;
    }

    /// Records any other step.
    pub fn push(&mut self, edit: Edit) {
        self.undone.clear();
        self.done.push(edit);
        if self.done.len() > Self::DEPTH {
            self.done.remove(0);
        }
    }

    /// Takes the newest step, to be undone.
    pub fn undo(&mut self) -> Option<Edit> {
        self.gesture = None;
        let edit = self.done.pop()?;
        self.undone.push(edit.clone());
        Some(edit)
    }

    /// Takes the newest undone step, to be redone.
    pub fn redo(&mut self) -> Option<Edit> {
        self.gesture = None;
        let edit = self.undone.pop()?;
        self.done.push(edit.clone());
        Some(edit)
    }

    /// A history with these steps done, and these undone; the next one to redo is last.
    pub(super) fn of(done: Vec<Edit>, undone: Vec<Edit>) -> Self {
        Self {
            done,
            undone,
            gesture: None,
        }
    }

    /// The steps done, oldest first, and the steps undone, the next one to redo last.
    pub(super) fn steps(&self) -> (&[Edit], &[Edit]) {
        (&self.done, &self.undone)
    }

    /// Whether there is anything to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is anything to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}
