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
        self.origins.push(one.origin);
        self.notes.append(&mut one.notes);
        Ok(())
    }

    /// The mean, under the first network's header.
    pub(super) fn finish(mut self) -> Initial {
        for (name, (sum, count)) in self.sums {
            let Some(Values { values, .. }) = self.first.tensors.tensors.get_mut(&name) else {
                continue;
            };
            for (value, sum) in values.iter_mut().zip(sum) {
                *value = (sum / count as f64) as f32;
            }
        }
        let count = self.origins.len();
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
