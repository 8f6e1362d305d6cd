//! The order in which an epoch sees the examples.

use super::draw::{self, Purpose};

/// The examples of an epoch, by their numbers: `classes` holds the class of each.
///
/// Without `balance` each occurs once. With it, every class occurs equally often and the epoch has the same length: of a class
/// with more examples than its share, each epoch uses a different part; in one with fewer, they are repeated, all equally often
/// to within one.
pub(super) fn epoch(classes: &[u32], balance: bool, seed: u64, epoch: usize) -> Vec<usize> {
    let mut rng = draw::stream(seed, Purpose::Order, epoch, 0);
    let mut order: Vec<usize> = (0..classes.len()).collect();
    if balance {
        let mut present = classes.to_vec();
        present.sort_unstable();
        present.dedup();
        let mut chosen = Vec::with_capacity(order.len());
        for (number, class) in present.iter().enumerate() {
            let until = order.len() * (number + 1) / present.len();
            let share = until - order.len() * number / present.len();
            let mut own: Vec<usize> = order
                .iter()
                .copied()
                .filter(|&at| classes.get(at) == Some(class))
                .collect();
            rng.shuffle(&mut own);
            chosen.extend(own.iter().copied().cycle().take(share));
        }
        order = chosen;
    }
    rng.shuffle(&mut order);
    order
}

/// The batches of an epoch: the last one is smaller if they do not divide evenly, and left out if it is a single frame, for
/// which batch norm has no statistics.
pub(super) fn batches(order: &[usize], size: usize) -> Vec<Vec<usize>> {
    order
        .chunks(size.max(1))
        .filter(|batch| batch.len() > 1)
        .map(<[usize]>::to_vec)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_comes_once_and_each_epoch_otherwise() {
        let classes = [0, 1, 1, 1, 1, 0, 1];
        let mut first = epoch(&classes, false, 7, 0);
        assert_eq!(first, epoch(&classes, false, 7, 0));
        assert_ne!(first, epoch(&classes, false, 7, 1));
        assert_ne!(first, epoch(&classes, false, 8, 0));
        first.sort_unstable();
        assert!(first.iter().copied().eq(0..7));
    }

    #[test]
    fn balance_draws_the_classes_equally_often() {
        let classes: Vec<u32> = (0..100).map(|n| u32::from(n % 10 != 0)).collect();
        let order = epoch(&classes, true, 1, 3);
        assert_eq!(order.len(), 100);
        let rare: Vec<usize> = order.iter().copied().filter(|n| n % 10 == 0).collect();
        assert_eq!(rare.len(), 50);
        for n in (0..100).step_by(10) {
            assert_eq!(rare.iter().filter(|&&one| one == n).count(), 5);
        }
        let mut frequent: Vec<usize> = order.into_iter().filter(|n| n % 10 != 0).collect();
        frequent.sort_unstable();
        frequent.dedup();
        assert_eq!(frequent.len(), 50, "none of them twice");
    }

    #[test]
    fn a_single_frame_is_no_batch() {
        let order = [4, 2, 0, 1, 3];
        assert_eq!(batches(&order, 2), [vec![4, 2], vec![0, 1]]);
        assert_eq!(batches(&order, 3), [vec![4, 2, 0], vec![1, 3]]);
    }
}
