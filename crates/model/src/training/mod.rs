//! Networks in training: [`Trainable`] computes the loss on frames of known classes and its gradients, [`Learner`] takes steps
//! with them, using an [`Optimiser`]. Everything around a step (order, augmentation, schedule, validation, files) is elsewhere.

mod in_place;
mod learner;
mod optimiser;
pub(crate) mod trainable;

pub use learner::Learner;
pub use optimiser::Optimiser;
pub use trainable::{
    AUXILIARY_WEIGHT, Dropout, Gradients, InitialisedModel, Objective, Start, Trainable,
};
