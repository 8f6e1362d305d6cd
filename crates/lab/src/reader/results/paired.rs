//! The two forms of the same lesions, judged by the same reader.

use std::collections::BTreeMap;
use std::iter::Sum;

use crate::statistics::McNemar;

/// Lesions that one reader judged in both forms, by which judgement was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paired {
    /// Both right.
    pub both_right: u64,
    /// Only the unmodified form right.
    pub only_unmodified: u64,
    /// Only the adversarial form right.
    pub only_adversarial: u64,
    /// Both wrong.
    pub both_wrong: u64,
}

impl Paired {
    /// From whether each lesion was judged correctly in either form.
    #[must_use]
    pub fn of(unmodified: &BTreeMap<u32, bool>, adversarial: &BTreeMap<u32, bool>) -> Self {
        let mut paired = Self::default();
        for (lesion, right) in unmodified {
            let Some(right_too) = adversarial.get(lesion) else {
                continue;
            };
            let count = match (right, right_too) {
                (true, true) => &mut paired.both_right,
                (true, false) => &mut paired.only_unmodified,
                (false, true) => &mut paired.only_adversarial,
                (false, false) => &mut paired.both_wrong,
            };
            *count += 1;
        }
        paired
    }

    /// Lesions.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.both_right + self.only_unmodified + self.only_adversarial + self.both_wrong
    }

    /// Accuracy on the adversarial form minus that on the unmodified form, for these lesions; none if there are none.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        let apart = self.only_adversarial as f64 - self.only_unmodified as f64;
        (self.total() > 0).then(|| apart / self.total() as f64)
    }

    /// McNemar's test of whether both forms are judged correctly equally often; none if there are no lesions.
    #[must_use]
    pub fn test(&self) -> Option<McNemar> {
        (self.total() > 0).then(|| McNemar::of_counts(self.only_unmodified, self.only_adversarial))
    }
}

impl Sum for Paired {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            both_right: sum.both_right + one.both_right,
            only_unmodified: sum.only_unmodified + one.only_unmodified,
            only_adversarial: sum.only_adversarial + one.only_adversarial,
            both_wrong: sum.both_wrong + one.both_wrong,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lesions_judged_in_both_forms_are_pairs() {
        let of = |pairs: &[(u32, bool)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
        let unmodified = of(&[(0, true), (1, true), (2, false), (3, false), (4, true)]);
        let adversarial = of(&[(0, true), (1, false), (2, true), (3, false), (9, true)]);
        let paired = Paired::of(&unmodified, &adversarial);
        assert_eq!((paired.both_right, paired.both_wrong), (1, 1));
        assert_eq!((paired.only_unmodified, paired.only_adversarial), (1, 1));
        assert_eq!(paired.difference(), Some(0.0));
        assert_eq!(paired.test().unwrap().p, 1.0);
        assert_eq!(Paired::default().difference(), None);
        assert_eq!(Paired::default().test(), None);
        let twice: Paired = [paired, paired].into_iter().sum();
        assert_eq!(twice.total(), 8);
    }
}
