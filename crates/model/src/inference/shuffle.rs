//! Weights in a random order: a network that has learned nothing, of the same size.

use flipscope_base::random::KeyedRng;

/// Distinguishes this stream from others of the same seed.
const PURPOSE: u64 = 0x0073_6875_6666_6c65;

/// Puts the values of one layer after another into a random order.
#[derive(Clone)]
pub(crate) struct Shuffle {
    seed: u64,
    layers: u64,
}

impl Shuffle {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, layers: 0 }
    }

    /// The next layer's values. Their order depends on the seed and on how many were shuffled before.
    pub(crate) fn values<T>(&mut self, values: &mut [T]) {
        KeyedRng::new([PURPOSE, self.seed, self.layers, 0]).shuffle(values);
        self.layers += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order_of_the_same_values() {
        let values: Vec<f32> = (0..100_u8).map(f32::from).collect();
        let shuffled = |seed| {
            let (mut first, mut second) = (values.clone(), values.clone());
            let mut shuffle = Shuffle::new(seed);
            shuffle.values(&mut first);
            shuffle.values(&mut second);
            (first, second)
        };
        let (first, second) = shuffled(1);
        assert_eq!((first.clone(), second.clone()), shuffled(1));
        assert!(first != second && first != values && first != shuffled(2).0);
        let mut sorted = first;
        sorted.sort_by(f32::total_cmp);
        assert_eq!(sorted, values);
    }
}
