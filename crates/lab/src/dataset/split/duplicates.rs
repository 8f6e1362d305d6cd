//! Pictures that occur more than once.

use flipscope_language::{as_text, text};
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::error::SplitError;
use super::groups::Labelled;
use super::member::LeftOut;
use super::reason::Reason;
use crate::dataset::{Dataset, Fingerprints};

/// How pictures with the same pixels are handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duplicates {
    /// None may be in two parts; those that would be are named.
    #[default]
    Refuse,
    /// Of pictures with the same pixels only the first by id stays, and rows that the table itself calls duplicates are
    /// removed. If the same pixels are called both melanoma and nevus, none stays.
    LeaveOut,
}

/// The labelled examples that can be read, and those that are left out, both in the order of their ids.
pub(super) fn members<'a>(
    dataset: &'a Dataset,
    fingerprints: &Fingerprints,
    duplicates: Duplicates,
) -> Result<(Vec<Labelled<'a>>, Vec<LeftOut>), SplitError> {
    let labels: BTreeMap<&str, _> = dataset
        .labelled()
        .map(|(example, label)| (example.id.as_str(), label))
        .collect();
    let mut reasons: BTreeMap<&str, Reason> = BTreeMap::new();
    if duplicates == Duplicates::LeaveOut {
        for (example, _) in dataset.labelled() {
            if let Some(original) = &example.duplicate_of {
                reasons.insert(&example.id, Reason::DuplicateOf(original.clone()));
            }
        }
    }
    let mut contradictions = Vec::new();
    for ids in fingerprints.duplicates() {
        let called: BTreeSet<&str> = ids
            .iter()
            .filter_map(|id| Some(labels.get(id)?.name()))
            .collect();
        if called.len() > 1 {
            contradictions.push(text!(
                "dataset-both-melanoma-nevus",
                ids = as_text(&ids.join(" = "))
            ));
            for id in &ids {
                reasons.insert(id, Reason::Contradicts(ids.join(", ")));
            }
            continue;
        }
        let mut stay = ids.iter().filter(|id| !reasons.contains_key(**id));
        let first = stay.next().copied();
        let later: Vec<&str> = stay.copied().collect();
        for id in later {
            let first = first.unwrap_or_default().to_owned();
            reasons.insert(id, Reason::PixelsOf(first));
        }
    }
    if duplicates == Duplicates::Refuse {
        if !contradictions.is_empty() {
            return Err(SplitError::Duplicates(contradictions));
        }
        reasons.clear();
    }
    let mut members = Vec::new();
    let mut left_out = Vec::new();
    for (example, label) in dataset.labelled() {
        if fingerprints.get(&example.id).is_none() {
            left_out.push(LeftOut::unusable(&example.id, Reason::CannotBeRead));
        } else if let Some(reason) = reasons.remove(example.id.as_str()) {
            left_out.push(LeftOut::unneeded(&example.id, reason));
        } else {
            members.push((example, label));
        }
    }
    Ok((members, left_out))
}

/// Refuses members with the same pixels, if a pair of ids is among the forbidden ones.
pub(super) fn refuse(
    fingerprints: &Fingerprints,
    members: &[Labelled<'_>],
    forbidden: &dyn Fn(&str, &str) -> bool,
) -> Result<(), SplitError> {
    let members: BTreeSet<&str> = members
        .iter()
        .map(|(example, _)| example.id.as_str())
        .collect();
    let mut found = Vec::new();
    for mut ids in fingerprints.duplicates() {
        ids.retain(|id| members.contains(id));
        let pairs = ids.iter().zip(ids.iter().skip(1));
        if pairs.clone().any(|(a, b)| forbidden(a, b)) {
            found.push(ids.join(" = "));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(SplitError::Duplicates(found))
}
