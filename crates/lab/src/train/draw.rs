//! The random numbers of a training: a function of the recipe's seed, their purpose, and their position in the training. So
//! nothing depends on the number of threads, and a resumed run draws what the uninterrupted one would have drawn.

use flipscope_base::random::KeyedRng;

/// The purpose of a draw.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// The order of an epoch's examples.
    Order,
    /// The augmentation of one example in one epoch.
    Augmentation,
    /// The features that one step drops.
    Dropout,
}

/// The stream for a position in the training: `epoch`, and the index (of the example, or of the step) within it.
pub(super) fn stream(seed: u64, purpose: Purpose, epoch: usize, position: usize) -> KeyedRng {
    KeyedRng::new([seed, purpose as u64, epoch as u64, position as u64])
}
