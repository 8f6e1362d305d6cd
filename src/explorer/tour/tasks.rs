//! What there is to be done with each sample: one slider that flips the demo model's verdict on it within its range.
//! Each is what the sample's caption says, to be done by hand; `tests/window/tour.rs` does each of them.

use std::borrow::Cow;

use flipscope_image::lesion::synthetic;
use flipscope_language::{Text, id};
use flipscope_model::{DemoModel, Label, ModelSource};

use crate::explorer::explore::controls::Control;
use crate::explorer::explore::lesion::{Lesion, Origin};
use crate::explorer::state::State;

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
        control: Control::Rotation,
        flips_at: 180.0,
        before: Label::Melanoma,
        text: id!("task-turn-over"),
    },
    Task {
        control: Control::OffsetGreen,
        flips_at: -20.0,
        before: Label::Melanoma,
        text: id!("task-miss-green"),
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

/// Whether captions and tasks hold now: they are of the demo model as it comes, without a remedy and at its own threshold.
pub fn hold(state: &State) -> bool {
    let ready = state.model.ready.as_ref().map(|ready| &ready.source);
    let source = state.model.loading.as_ref().or(ready);
    let demo = ModelSource::Embedded(DemoModel::default());
    source.is_none_or(|source| *source == demo)
        && state.remedy.primary.is_none()
        && state.threshold.is_none()
        && state.framing.is_none()
}

/// The task of the explored lesion, if it has one that holds.
pub(crate) fn now(state: &State) -> Option<&'static Task> {
    state.current().and_then(of).filter(|_| hold(state))
}

/// The name of the tour's sample.
pub(crate) fn sample_of_tour() -> Cow<'static, str> {
    let sample = synthetic::samples().get(OF_TOUR);
    sample.map_or(Cow::Borrowed(""), |sample| {
        synthetic::name_in_words(sample.name)
    })
}
