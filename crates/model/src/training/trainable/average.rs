//! The mean of several networks' weights ("model soup", Wortsman et al. 2022): of networks that were fine-tuned from the same backbone it
//! is often better than each, and costs no more than one.
//!
//! Weights, biases and the running statistics of batch norms are averaged alike, in f64. A tensor that some lack (the auxiliary
//! head, which only training uses) is averaged over those that have it.

use std::collections::BTreeMap;

use super::initial::Initial;
use crate::checkpoint::tensors::Values;
use crate::error::ClassifierError;

/// A sum of networks.
pub(super) struct Mean {
    first: Initial,
    /// Sum and number of the networks that have a tensor, by its name.
    sums: BTreeMap<String, (Vec<f64>, usize)>,
    origins: Vec<String>,
    notes: Vec<String>,
    /// What is said of each network that lacks the auxiliary head.
    without_auxiliary: Vec<String>,
}

impl Mean {
    /// Begins with a network.
    ///
    /// # Errors
    /// If its head is missing or of other classes.
    pub(super) fn of(mut first: Initial) -> Result<Self, ClassifierError> {
        has_head(&first)?;
        let mut sums = BTreeMap::new();
        add(&mut sums, &first);
        Ok(Self {
            sums,
            origins: vec![first.origin.clone()],
            notes: std::mem::take(&mut first.notes),
            without_auxiliary: first.missing_heads().into_iter().collect(),
            first,
        })
    }

    /// Adds a network.
    ///
    /// # Errors
    /// If its head is missing or of other classes, or its input is not that of the first.
    pub(super) fn add(&mut self, mut one: Initial) -> Result<(), ClassifierError> {
        has_head(&one)?;
        let (own, first) = (&one.info, &self.first.info);
        let differing = [
            ("mean", own.mean != first.mean),
            ("std", own.std != first.std),
            (
                "transform_input",
                own.transform_input != first.transform_input,
            ),
            ("framing", own.framing != first.framing),
        ];
        if let Some((what, _)) = differing.iter().find(|(_, differs)| *differs) {
            return Err(refuse(
                &one,
                format!(
                    "its {what} is not that of {}: only networks with the same input can be averaged",
                    self.first.path.display()
                ),
            ));
        }
        add(&mut self.sums, &one);
        self.without_auxiliary.extend(one.missing_heads());
        self.origins.push(one.origin);
        self.notes.append(&mut one.notes);
        Ok(())
    }

    /// The mean, under the first network's header. `drawn` says where an auxiliary head comes from that none of them has.
    pub(super) fn finish(mut self, drawn: &str) -> Initial {
        for (name, (sum, count)) in self.sums {
            let Some(Values { values, .. }) = self.first.tensors.tensors.get_mut(&name) else {
                continue;
            };
            for (value, sum) in values.iter_mut().zip(sum) {
                *value = (sum / count as f64) as f32;
            }
        }
        let count = self.origins.len();
        let stand_in = if self.without_auxiliary.len() < count {
            "the mean is of the others"
        } else {
            drawn
        };
        let missing = self.without_auxiliary.iter();
        (self.notes).extend(missing.map(|missing| format!("{missing}: {stand_in}.")));
        self.notes.sort();
        self.notes.dedup();
        Initial {
            origin: format!("mean of {count}: {}", self.origins.join("; ")),
            notes: self.notes,
            ..self.first
        }
    }
}

/// Adds a network's own tensors.
fn add(sums: &mut BTreeMap<String, (Vec<f64>, usize)>, one: &Initial) {
    let all = one.tensors.tensors.iter();
    for (name, own) in all.filter(|(name, _)| !one.drawn.contains(name)) {
        let (sum, count) = sums
            .entry(name.clone())
            .or_insert_with(|| (vec![0.0; own.values.len()], 0));
        for (sum, value) in sum.iter_mut().zip(&own.values) {
            *sum += f64::from(*value);
        }
        *count += 1;
    }
}

/// Refuses a network without a head, or with one whose outputs are in another order.
fn has_head(one: &Initial) -> Result<(), ClassifierError> {
    if one.drawn.iter().any(|name| name.starts_with("fc.")) {
        let reason = "it has no head for these classes, so there is nothing to average: train it first, or name it alone";
        return Err(refuse(one, reason.to_owned()));
    }
    let stated = one.tensors.metadata.get("classes");
    let stated: Option<Vec<String>> = stated.and_then(|text| serde_json::from_str(text).ok());
    match stated {
        Some(stated) if stated != one.info.classes => Err(refuse(
            one,
            format!(
                "its classes are {}, and those of the training {}: only networks with the same classes in the same order can be averaged",
                stated.join(", "),
                one.info.classes.join(", ")
            ),
        )),
        _ => Ok(()),
    }
}

fn refuse(one: &Initial, reason: String) -> ClassifierError {
    ClassifierError::Tensors {
        path: one.path.clone(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::super::initial::{Start, initial, weigh};
    use super::*;
    use crate::architectures::supported;

    /// The notes of the mean of two networks, of which the first lacks the auxiliary head or both do.
    fn notes(folder: &Path, both_lack_it: bool) -> Vec<String> {
        let architecture = supported::named("inception-v3").unwrap();
        let init = ["a", "b"].map(|name| folder.join(format!("{name}.safetensors")));
        let mut start = Start {
            architecture: architecture.name.to_owned(),
            init: Vec::new(),
            classes: ["melanoma", "nevus"].map(str::to_owned).into(),
            melanoma_classes: vec!["melanoma".to_owned()],
            framing: None,
            seed: 7,
        };
        let (mut tensors, _) = weigh(&architecture, &start, None).unwrap();
        tensors.write(&init[1]).unwrap();
        (tensors.tensors).retain(|name, _| !name.starts_with("AuxLogits."));
        tensors.write(&init[0]).unwrap();
        if both_lack_it {
            tensors.write(&init[1]).unwrap();
        }
        start.init = init.to_vec();
        let [first, second] = [&init[0], &init[1]]
            .map(|path: &PathBuf| initial(&architecture, &start, path).unwrap());
        let mut mean = Mean::of(first).unwrap();
        mean.add(second).unwrap();
        mean.finish("drawn by seed 7").notes
    }

    #[test]
    fn what_stands_for_a_missing_auxiliary_head_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for (both_lack_it, times, stand_in) in [
            (false, 1, "the mean is of the others."),
            (true, 2, "drawn by seed 7."),
        ] {
            let notes = notes(folder.path(), both_lack_it);
            let said: Vec<&String> = (notes.iter())
                .filter(|note| note.contains("has no AuxLogits for 2 classes"))
                .collect();
            assert_eq!(said.len(), times, "{notes:?}");
            assert!(said.iter().all(|note| note.ends_with(stand_in)), "{said:?}");
        }
    }
}
