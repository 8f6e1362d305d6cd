//! The dice: every draw of a training is a function of the recipe's seed, what it is for, and where in the training it
//! happens. So nothing hangs on the number of threads, and a resumed run draws what the uninterrupted one would have.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

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

/// A stream of random numbers.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a place in the training: `epoch`, and the position (of the example, of the step) within it.
    pub(super) fn at(seed: u64, purpose: Purpose, epoch: usize, position: usize) -> Self {
        let mut key = [0; 32];
        let words = [seed, purpose as u64, epoch as u64, position as u64];
        for (bytes, word) in key.chunks_exact_mut(8).zip(words) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Uniform in [0, 1).
    pub(super) fn uniform(&mut self) -> f64 {
        // The 53 upper bits.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in [from, to).
    pub(super) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.uniform()
    }

    /// Heads or tails.
    pub(super) fn coin(&mut self) -> bool {
        self.uniform() < 0.5
    }

    /// A number to seed another stream with.
    pub(super) fn seed(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Brings items into a random order (Fisher & Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.uniform() * (last + 1) as f64) as usize;
            items.swap(last, other.min(last));
        }
    }
}
