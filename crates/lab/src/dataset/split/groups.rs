//! Which examples belong together: pictures of one lesion, and of one patient.

use std::collections::HashMap;

use super::error::SplitError;
use crate::dataset::{Example, Part};
use flipscope_model::Label;

/// An example with its label.
pub(super) type Labelled<'a> = (&'a Example, Label);

/// The groups as lists of indices into `members`, each in order, and in the order of their first members. Two examples are in
/// one group if a chain of common lesions and patients connects them.
pub(super) fn of(members: &[Labelled<'_>]) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..members.len()).collect();
    for (a, b) in pairs(members) {
        let (a, b) = (find(&mut leader, a), find(&mut leader, b));
        if let Some(of) = leader.get_mut(a.max(b)) {
            *of = a.min(b);
        }
    }
    let mut place: HashMap<usize, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in 0..members.len() {
        let first = find(&mut leader, index);
        let at = *place.entry(first).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.push(index);
        }
    }
    groups
}

/// Refuses groups whose members are in different parts.
pub(super) fn refuse_crossing(members: &[Labelled<'_>], parts: &[Part]) -> Result<(), SplitError> {
    let named = |at: usize| {
        let (example, _) = members.get(at)?;
        Some(format!("{} ({})", example.id, parts.get(at)?.name()))
    };
    let crossing: Vec<String> = pairs(members)
        .filter(|&(a, b)| parts.get(a) != parts.get(b))
        .filter_map(|(a, b)| Some(format!("{} and {}", named(a)?, named(b)?)))
        .collect();
    if crossing.is_empty() {
        return Ok(());
    }
    Err(SplitError::Crossing(crossing))
}

/// Pairs of neighbours in the list of each lesion and of each patient, the earlier first.
fn pairs<'a>(members: &'a [Labelled<'_>]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut last: HashMap<(bool, &'a str), usize> = HashMap::new();
    members
        .iter()
        .enumerate()
        .flat_map(move |(index, (example, _))| {
            let lesion = example.lesion.as_deref().map(|lesion| (false, lesion));
            let patient = example.patient.as_deref().map(|patient| (true, patient));
            let pairs: Vec<(usize, usize)> = [lesion, patient]
                .into_iter()
                .flatten()
                .filter_map(|key| Some((last.insert(key, index)?, index)))
                .collect();
            pairs
        })
}

/// The first member of a group; shortens the paths to it.
fn find(leader: &mut [usize], from: usize) -> usize {
    let mut at = from;
    while let Some(&above) = leader.get(at).filter(|&&above| above != at) {
        let next = leader.get(above).copied().unwrap_or(above);
        if let Some(of) = leader.get_mut(at) {
            *of = next;
        }
        at = above;
    }
    at
}
