//! What a training draws: a function of the recipe's seed, what it is for, and where in the training it happens. So nothing depends on
//! the number of threads, and a resumed run draws what the uninterrupted one would have.

use flipscope_base::random::KeyedRng;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// The order of an epoch's examples.
    Order,
    /// The augmentation of one example in one epoch.
    Augmentation,
    /// The features that one step drops.
    Dropout,
}

/// The stream of a place in the training: `epoch`, and the position (of the example, of the step) within it.
pub(super) fn stream(seed: u64, purpose: Purpose, epoch: usize, position: usize) -> KeyedRng {
    KeyedRng::new([seed, purpose as u64, epoch as u64, position as u64])
}
