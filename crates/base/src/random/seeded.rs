//! The stream of random numbers that a search draws from: one seed, the same numbers on every machine.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

/// What differential evolution draws. It is a parameter so that a test can replay the numbers that another program drew.
pub trait RandomStream {
    /// Uniform in [0, 1).
    fn uniform(&mut self) -> f64;

    /// Uniform in 0..`n`; 0 where `n` is 0.
    fn below(&mut self, n: usize) -> usize;

    /// Shuffles the items into a random order, every order equally likely.
    fn shuffle(&mut self, items: &mut [usize]);
}

/// `ChaCha12`, seeded. Serialises as its seed and its position, so that a snapshot resumes where it left off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Position", into = "Position")]
pub struct Seeded {
    seed: u64,
    stream: ChaCha12Rng,
}

/// The position of a [`Seeded`] stream.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    seed: u64,
    stream: u64,
    /// Words of 32 bits drawn so far.
    words: u64,
}

impl Seeded {
    /// The stream of a seed, from the beginning.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self::stream(seed, 0)
    }

    /// One of the streams of a seed, each independent of the others.
    #[must_use]
    pub fn stream(seed: u64, number: u64) -> Self {
        let mut stream = ChaCha12Rng::seed_from_u64(seed);
        stream.set_stream(number);
        Self { seed, stream }
    }
}

impl From<Position> for Seeded {
    fn from(
        Position {
            seed,
            stream,
            words,
        }: Position,
    ) -> Self {
        let mut seeded = Self::stream(seed, stream);
        seeded.stream.set_word_pos(u128::from(words));
        seeded
    }
}

impl From<Seeded> for Position {
    fn from(seeded: Seeded) -> Self {
        Self {
            seed: seeded.seed,
            stream: seeded.stream.get_stream(),
            words: seeded.stream.get_word_pos() as u64,
        }
    }
}

impl RandomStream for Seeded {
    fn uniform(&mut self) -> f64 {
        // 53 bits, as NumPy's `random`.
        (self.stream.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    fn below(&mut self, n: usize) -> usize {
        // The upper half of a product of 128 bits; its bias, n / 2⁶⁴, is far too small to be seen.
        ((u128::from(self.stream.next_u64()) * n as u128) >> 64) as usize
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_goes_on_where_it_stood() {
        let mut stream = Seeded::stream(7, 3);
        for _ in 0..13 {
            stream.uniform();
        }
        let json = serde_json::to_string(&stream).unwrap();
        let mut again: Seeded = serde_json::from_str(&json).unwrap();
        for _ in 0..50 {
            assert_eq!(stream.uniform(), again.uniform());
            assert_eq!(stream.below(300), again.below(300));
        }
    }

    #[test]
    fn numbers_stay_in_range_and_a_shuffle_is_a_permutation() {
        let mut stream = Seeded::new(1);
        for n in 1..200 {
            assert!((0.0..1.0).contains(&stream.uniform()));
            assert!(stream.below(n) < n);
        }
        let mut items: Vec<usize> = (0..100).collect();
        stream.shuffle(&mut items);
        assert!(!items.is_sorted());
        items.sort_unstable();
        assert!(items.into_iter().eq(0..100));
        assert_eq!(stream.below(0), 0);
    }
}
