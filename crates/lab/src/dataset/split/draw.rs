//! Draws the parts: seeded, stratified by label, whole groups.

use serde::{Deserialize, Serialize};

use super::error::SplitError;
use super::groups::Labelled;
use crate::dataset::Part;
use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_model::Label;

/// How much of a data set each part gets; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fractions {
    /// Of training.
    pub train: f64,
    /// Of validation.
    pub validation: f64,
    /// Of test.
    pub test: f64,
}

impl Default for Fractions {
    fn default() -> Self {
        Self {
            train: 0.7,
            validation: 0.15,
            test: 0.15,
        }
    }
}

impl Fractions {
    /// The share of a part.
    #[must_use]
    pub fn of(&self, part: Part) -> f64 {
        match part {
            Part::Train => self.train,
            Part::Validation => self.validation,
            Part::Test => self.test,
        }
    }

    pub(super) fn validate(&self) -> Result<(), SplitError> {
        let shares = Part::ALL.map(|part| self.of(part));
        let fit = shares.iter().all(|share| (0.0..=1.0).contains(share));
        if fit && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-9 {
            return Ok(());
        }
        Err(SplitError::Fractions(
            shares.map(|share| share.to_string()).join(", "),
        ))
    }
}

/// The part of each member, by the share that each part gets of the melanomas and of the nevi.
pub(super) fn assign(
    members: &[Labelled<'_>],
    groups: &[Vec<usize>],
    shares: Fractions,
    seed: u64,
) -> Vec<Part> {
    let everyone: Vec<usize> = (0..members.len()).collect();
    let totals = counts(members, &everyone);
    let targets: Vec<(Part, [f64; 2])> = Part::ALL
        .into_iter()
        .filter(|part| shares.of(*part) > 0.0)
        .map(|part| (part, totals.map(|total| shares.of(part) * total)))
        .collect();
    place(members, groups, &targets, seed)
}

/// The part of each member, by the number of melanomas and of nevi that each part is to get.
///
/// The larger groups are placed first, equal ones in random order (as in scikit-learn's `StratifiedGroupKFold`). Each goes
/// where it brings the numbers of melanomas and nevi closest to those wanted: where the sum of the squared distances, each in
/// units of all that have the label, grows least.
pub(super) fn place(
    members: &[Labelled<'_>],
    groups: &[Vec<usize>],
    targets: &[(Part, [f64; 2])],
    seed: u64,
) -> Vec<Part> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    Seeded::new(seed).shuffle(&mut order);
    order.sort_by_key(|&at| std::cmp::Reverse(groups.get(at).map_or(0, Vec::len)));

    let totals = groups
        .iter()
        .map(|group| counts(members, group))
        .fold([0.0; 2], plus);
    let mut filled = vec![[0.0; 2]; targets.len()];
    let mut placed = vec![Part::Train; members.len()];
    for group in order.into_iter().filter_map(|at| groups.get(at)) {
        let its = counts(members, group);
        let growth = |wanted: [f64; 2], has: [f64; 2]| -> f64 {
            (its.iter().zip(has).zip(wanted).zip(totals))
                .filter(|(_, total)| *total > 0.0)
                .map(|(((its, has), wanted), total)| {
                    its * (2.0 * (has - wanted) + its) / (total * total)
                })
                .sum()
        };
        let best = (targets.iter().zip(&mut filled)).min_by(|((_, a), has), ((_, b), have)| {
            growth(*a, **has).total_cmp(&growth(*b, **have))
        });
        if let Some(((part, _), has)) = best {
            *has = plus(*has, its);
            for &at in group {
                if let Some(place) = placed.get_mut(at) {
                    *place = *part;
                }
            }
        }
    }
    placed
}

/// How many melanomas and nevi a group has.
fn counts(members: &[Labelled<'_>], group: &[usize]) -> [f64; 2] {
    [Label::Melanoma, Label::Nevus].map(|label| {
        let has = |at: &&usize| members.get(**at).is_some_and(|member| member.1 == label);
        group.iter().filter(has).count() as f64
    })
}

fn plus([a, b]: [f64; 2], [c, d]: [f64; 2]) -> [f64; 2] {
    [a + c, b + d]
}
