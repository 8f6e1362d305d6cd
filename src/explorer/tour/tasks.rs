//! What there is to be done with each sample: one slider that flips the demo model's verdict on it within its range.
//! `tests/window/tour.rs` does each of them.

use flipscope_image::lesion::synthetic;
use flipscope_language::{Text, id};
use flipscope_model::Label;

use crate::explorer::explore::controls::Control;
use crate::explorer::explore::lesion::{Lesion, Origin};

/// A task.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The slider.
    pub control: Control,
    /// A value at which the verdict is flipped.
    pub flips_at: f64,
    /// The verdict on the unaltered sample.
    pub before: Label,
    /// What to do, in one sentence.
    pub text: Text,
}

/// The tasks, in the order of [`synthetic::samples`].
pub const TASKS: [Task; 3] = [
    Task {
        control: Control::OffsetBlue,
        flips_at: 30.0,
        before: Label::Melanoma,
        text: id!("task-miss-blue"),
    },
    Task {
        control: Control::OffsetRed,
        flips_at: 20.0,
        before: Label::Melanoma,
        text: id!("task-miss-red"),
    },
    Task {
        control: Control::Rotation,
        flips_at: 45.0,
        before: Label::Nevus,
        text: id!("task-turn"),
    },
];

/// The sample that the tour uses, by its position.
pub const OF_TOUR: usize = 1;

/// The task of a sample, by its position.
pub fn of_sample(index: usize) -> Option<&'static Task> {
    TASKS.get(index)
}

/// The task of a lesion, if it is a sample.
pub fn of(lesion: &Lesion) -> Option<&'static Task> {
    match lesion.origin {
        Origin::Sample(index) => of_sample(index),
        Origin::File(_) => None,
    }
}

/// The name of the tour's sample.
pub(crate) fn sample_of_tour() -> &'static str {
    synthetic::samples()
        .get(OF_TOUR)
        .map_or("", |sample| sample.name)
}
