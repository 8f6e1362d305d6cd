//! The order in which a reader sees the cases: random, except for the gap between the two forms of a lesion.
//!
//! Places are filled from the first to the last. Each is drawn from all cases that are allowed there; the second form of a
//! lesion is allowed only once the gap is over, and every case only if the rest can still be placed. So there is never a dead
//! end, and the order stays as random as the gap allows.

use std::collections::VecDeque;

use flipscope_base::random::RandomStream;

/// The largest gap that this many pairs and single cases allow: all first forms, the single ones, all second forms in the same
/// order.
pub(super) fn largest_gap(pairs: usize, singles: usize) -> Option<usize> {
    (pairs > 0).then(|| pairs + singles - 1)
}

/// What is left to place.
#[derive(Clone)]
struct Left {
    firsts: usize,
    singles: usize,
    /// The earliest place of each second form whose first form has been placed; increasing.
    releases: VecDeque<usize>,
    gap: usize,
}

impl Left {
    /// Whether everything can be placed from `at` on. First forms come as early as possible, since that releases their second
    /// forms earliest; single cases, which may be anywhere, as late as possible.
    fn fits(mut self, mut at: usize) -> bool {
        while self.firsts + self.singles + self.releases.len() > 0 {
            if self.firsts > 0 {
                self.firsts -= 1;
                self.releases.push_back(at + self.gap + 1);
            } else if self.releases.front().is_some_and(|release| *release <= at) {
                self.releases.pop_front();
            } else if self.singles > 0 {
                self.singles -= 1;
            } else {
                return false;
            }
            at += 1;
        }
        true
    }
}

/// The kinds of cases for a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    First,
    Second,
    Single,
}

/// Puts cases into an order: pairs as (first form, second form), with at least `gap` other cases between; none if the gap is
/// too large for them.
pub(super) fn arrange(
    pairs: &[(u32, u32)],
    singles: &[u32],
    gap: usize,
    random: &mut impl RandomStream,
) -> Option<Vec<u32>> {
    let mut firsts = pairs.to_vec();
    let mut singles = singles.to_vec();
    // (earliest place, case), ordered by place.
    let mut seconds: VecDeque<(usize, u32)> = VecDeque::new();
    let total = 2 * firsts.len() + singles.len();
    let mut order = Vec::with_capacity(total);
    while order.len() < total {
        let at = order.len();
        let released = seconds.iter().take_while(|(from, _)| *from <= at).count();
        let mut kinds = vec![
            (Kind::First, firsts.len()),
            (Kind::Second, released),
            (Kind::Single, singles.len()),
        ];
        kinds.retain(|(kind, count)| {
            *count > 0 && after(*kind, at, gap, firsts.len(), singles.len(), &seconds)
        });
        let mut drawn = random.below(kinds.iter().map(|(_, count)| count).sum());
        let kind = kinds.iter().find_map(|(kind, count)| {
            if drawn < *count {
                return Some(*kind);
            }
            drawn -= count;
            None
        })?;
        match kind {
            Kind::First => {
                let (first, second) = firsts.swap_remove(drawn);
                seconds.push_back((at + gap + 1, second));
                order.push(first);
            }
            Kind::Second => order.push(seconds.remove(drawn)?.1),
            Kind::Single => order.push(singles.swap_remove(drawn)),
        }
    }
    Some(order)
}

/// Whether the rest can be placed after a case of one kind has been given the place `at`.
fn after(
    kind: Kind,
    at: usize,
    gap: usize,
    firsts: usize,
    singles: usize,
    seconds: &VecDeque<(usize, u32)>,
) -> bool {
    let mut left = Left {
        firsts,
        singles,
        releases: seconds.iter().map(|(release, _)| *release).collect(),
        gap,
    };
    match kind {
        Kind::First => {
            left.firsts -= 1;
            left.releases.push_back(at + gap + 1);
        }
        // Released ones are equivalent: which of them is placed here does not matter to the others.
        Kind::Second => {
            left.releases.pop_front();
        }
        Kind::Single => left.singles -= 1,
    }
    left.fits(at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use flipscope_base::random::Seeded;

    fn cases(pairs: u32, singles: u32) -> (Vec<(u32, u32)>, Vec<u32>) {
        let all = (0..pairs).map(|at| (2 * at, 2 * at + 1)).collect();
        (all, (2 * pairs..2 * pairs + singles).collect())
    }

    proptest! {
        #[test]
        fn every_case_has_a_place_and_the_gap_is_kept(
            pairs in 0_u32..25, singles in 0_u32..25, share in 0.0_f64..=1.0, seed: u64,
        ) {
            let (all, alone) = cases(pairs, singles);
            let largest = largest_gap(all.len(), alone.len());
            let gap = (largest.unwrap_or(0) as f64 * share).round() as usize;
            let order = arrange(&all, &alone, gap, &mut Seeded::new(seed)).unwrap();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert!(sorted.into_iter().eq(0..2 * pairs + singles));
            let place = |case: u32| order.iter().position(|one| *one == case).unwrap();
            for (first, second) in all {
                prop_assert!(place(first) + gap < place(second), "{order:?}");
            }
        }

        #[test]
        fn a_gap_beyond_the_largest_is_not_placed(pairs in 1_u32..12, singles in 0_u32..12, seed: u64) {
            let (all, alone) = cases(pairs, singles);
            let gap = largest_gap(all.len(), alone.len()).unwrap() + 1;
            prop_assert_eq!(arrange(&all, &alone, gap, &mut Seeded::new(seed)), None);
        }
    }

    #[test]
    fn another_seed_is_another_order_and_the_same_seed_the_same() {
        let (all, alone) = cases(20, 20);
        let order = |seed| arrange(&all, &alone, 8, &mut Seeded::new(seed)).unwrap();
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }
}
