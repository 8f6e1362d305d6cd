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
/// units of all that have the label, grows least. A part that is then without melanomas or without nevi is given a group of
/// another part ([`complete`]).
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
    let wanted: Vec<[f64; 2]> = targets.iter().map(|(_, wanted)| *wanted).collect();
    let mut filled = vec![[0.0; 2]; targets.len()];
    let mut placed = Vec::with_capacity(groups.len());
    for group in order.into_iter().filter_map(|at| groups.get(at)) {
        let its = counts(members, group);
        let growths = (wanted.iter().zip(&filled)).map(|(to, has)| growth(its, *to, *has, totals));
        let best = (growths.enumerate()).min_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((target, _)) = best {
            placed.push(Placed { group, its, target });
            add(&mut filled, target, its);
        }
    }
    complete(&mut placed, &mut filled, &wanted, totals);

    let mut parts = vec![Part::Train; members.len()];
    for Placed { group, target, .. } in placed {
        for &at in group {
            if let (Some(part), Some((its, _))) = (parts.get_mut(at), targets.get(target)) {
                *part = *its;
            }
        }
    }
    parts
}

/// How much the sum of the squared distances grows where a group joins those that a part has.
fn growth(its: [f64; 2], wanted: [f64; 2], has: [f64; 2], totals: [f64; 2]) -> f64 {
    (its.iter().zip(has).zip(wanted).zip(totals))
        .filter(|(_, total)| *total > 0.0)
        .map(|(((its, has), wanted), total)| its * (2.0 * (has - wanted) + its) / (total * total))
        .sum()
}

/// A group, what it has, and the place of its part among the targets.
struct Placed<'a> {
    group: &'a [usize],
    its: [f64; 2],
    target: usize,
}

/// Gives each part that has no melanoma or no nevus a group of another part that can spare it, being not the only one there with
/// melanomas or with nevi: the one that brings the numbers closest to those wanted. No other division is changed.
///
/// If as many groups have a label as there are parts, a part can only lack it where another has two of them, and one of these two
/// can be spared. So no part lacks a label that enough groups have.
fn complete(
    placed: &mut [Placed<'_>],
    filled: &mut [[f64; 2]],
    wanted: &[[f64; 2]],
    totals: [f64; 2],
) {
    let labels: [fn([f64; 2]) -> f64; 2] = [|[melanomas, _]| melanomas, |[_, nevi]| nevi];
    for of_label in labels {
        for (to, aim) in wanted.iter().enumerate() {
            let lacks = |has: [f64; 2]| of_label(has) == 0.0;
            let Some(has) = filled.get(to).copied().filter(|has| lacks(*has)) else {
                continue;
            };
            let change = |one: &Placed<'_>| {
                let (from, left) = (wanted.get(one.target)?, filled.get(one.target)?);
                let left = minus(*left, one.its);
                let spared =
                    (one.its.iter().zip(left)).all(|(its, left)| *its == 0.0 || left > 0.0);
                (spared && !lacks(one.its)).then(|| {
                    growth(one.its, *aim, has, totals) - growth(one.its, *from, left, totals)
                })
            };
            let best = (placed.iter_mut())
                .filter_map(|one| change(one).map(|change| (one, change)))
                .min_by(|(_, a), (_, b)| a.total_cmp(b));
            if let Some((one, _)) = best {
                add(filled, one.target, one.its.map(|count| -count));
                one.target = to;
                add(filled, to, one.its);
            }
        }
    }
}

fn add(filled: &mut [[f64; 2]], target: usize, its: [f64; 2]) {
    if let Some(has) = filled.get_mut(target) {
        *has = plus(*has, its);
    }
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

fn minus([a, b]: [f64; 2], [c, d]: [f64; 2]) -> [f64; 2] {
    [a - c, b - d]
}
