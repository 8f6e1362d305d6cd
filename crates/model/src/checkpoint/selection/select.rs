//! Which of the tensors in a file are the network: the right one of several sets of weights, without the prefixes that wrappers
//! put before names, without other tensors, with its head under the name `fc`.
//!
//! A wrapper (`LightningModule`, `DataParallel`, `torch.compile`, `AveragedModel`, a user's own class) puts one prefix before
//! all names of the network, at any depth. The prefix is the one under which most names of an architecture are found.

use flipscope_language::{as_text, text};
use std::collections::BTreeMap;

use super::candidates::{Body, candidates};
use super::sorted::{Sorted, is_harmless};
use super::unsupported;
use crate::architectures::{Architecture, supported};
use crate::checkpoint::assumption::{Assumption, AssumptionKind};
use crate::checkpoint::class_lists;
use crate::checkpoint::formats::contents::{WeightSet, few};
use crate::checkpoint::formats::stored::Stored;
use crate::checkpoint::parsed::Checkpoint;
use crate::error::ClassifierError;

/// A network that was found in a file; its tensors are now [`Checkpoint::tensors`], with torchvision's names.
pub(crate) struct Selected {
    pub(crate) architecture: Architecture,
    /// The set that was used and its prefix, if there are several.
    pub(crate) weights: Option<String>,
    /// Tensors outside the network, which were left out.
    pub(crate) beside: Vec<String>,
    /// What was assumed in the process.
    pub(crate) assumptions: Vec<Assumption>,
}

/// Finds the network; `wanted` is the key of the requested weights.
///
/// # Errors
/// If there is none, or none with that key; if there are several heads. The message says what the file holds.
pub(crate) fn select(
    checkpoint: &mut Checkpoint,
    wanted: Option<&str>,
) -> Result<Selected, ClassifierError> {
    let path = checkpoint.path.clone();
    let refuse = |reason: String| ClassifierError::Tensors {
        path: path.clone(),
        reason,
    };
    let stated = checkpoint.metadata.get("architecture");
    let stated = stated.and_then(|name| supported::named(name));
    let architecture = match stated {
        Some(stated) => stated,
        None => most_alike(&checkpoint.sets).map_err(refuse)?,
    };
    let found = within(checkpoint, &architecture, wanted, true).map_err(refuse)?;
    checkpoint.tensors = found.tensors;
    Ok(Selected {
        architecture,
        weights: found.weights,
        beside: found.beside,
        assumptions: found.assumptions,
    })
}

/// As [`select`], for a network to start a training from: it may lack its head.
pub(crate) fn select_backbone(
    checkpoint: &mut Checkpoint,
    architecture: &Architecture,
) -> Result<Vec<Assumption>, String> {
    let found = within(checkpoint, architecture, None, false)?;
    checkpoint.tensors = found.tensors;
    Ok(found.assumptions)
}

/// What a network of an architecture is made of.
struct Network {
    tensors: BTreeMap<String, Stored>,
    weights: Option<String>,
    beside: Vec<String>,
    assumptions: Vec<Assumption>,
}

fn within(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    wanted: Option<&str>,
    head_needed: bool,
) -> Result<Network, String> {
    let body = Body::of(architecture);
    let mut candidates = candidates(&checkpoint.sets, &body);
    if candidates.is_empty() {
        let sets = checkpoint.sets.iter();
        let has: Vec<String> = sets
            .flat_map(|set| set.tensors.keys())
            .map(|name| format!("`{name}`"))
            .collect();
        let stated = if checkpoint.metadata.contains_key("architecture") {
            text!(
                "checkpoint-header-says-architecture",
                architecture = as_text(&architecture.name)
            )
        } else {
            String::new()
        };
        return Err(text!(
            "checkpoint-these-not-tensors-under",
            stated = as_text(&stated),
            architecture = as_text(&architecture.name),
            has = as_text(&few(&has))
        ));
    }
    let keys: Vec<String> = candidates.iter().map(|one| one.key.clone()).collect();
    let at = match wanted {
        None => 0,
        Some(wanted) => candidates
            .iter()
            .position(|one| one.key == wanted)
            .or_else(|| candidates.iter().position(|one| one.is_called(wanted)))
            .ok_or_else(|| {
                text!(
                    "checkpoint-there-no-weights-under",
                    architecture = as_text(&architecture.name),
                    wanted = as_text(&wanted),
                    keys = as_text(&shown(&keys))
                )
            })?,
    };
    let taken = candidates.swap_remove(at);
    let several = !candidates.is_empty();
    let mut assumptions = Vec::new();
    if wanted.is_none() {
        let others: Vec<String> = candidates.iter().map(|one| one.key.clone()).collect();
        assumptions.extend(assumed_weights(checkpoint, &taken.key, &others));
    }
    let mut sorted = Sorted::of(&taken, &candidates, &body);
    if !sorted.tensors.contains_key("fc.weight") {
        let head = sorted.take_head(architecture, &taken.prefix);
        // Training initialises the head that a backbone lacks, whatever is in its place.
        let head = if head_needed {
            head?
        } else {
            head.unwrap_or(None)
        };
        match head {
            Some(name) => assumptions.push(Assumption::spoken(AssumptionKind::Head, || {
                (
                    text!("checkpoint-head-only-linear-layer", name = as_text(&name)),
                    String::new(),
                )
            })),
            None if head_needed => {
                return Err(text!("checkpoint-fc-weight-missing-this").to_owned());
            }
            None => {}
        }
    }
    if !head_needed {
        // What is not part of the body is initialised or left out.
        sorted.foreign.clear();
    }
    let doubtful: Vec<String> = (sorted.beside.iter())
        .filter(|name| !is_harmless(name))
        .map(|name| format!("`{name}`"))
        .collect();
    if !doubtful.is_empty() {
        assumptions.push(Assumption::spoken(AssumptionKind::ExtraTensors, || {
            (
                text!(
                    "checkpoint-tensor-s-beside-network",
                    doubtful = as_text(&doubtful.len()),
                    doubtful_2 = as_text(&few(&doubtful))
                ),
                text!("checkpoint-if-they-change-what").to_owned(),
            )
        }));
    }
    let mut tensors = sorted.tensors;
    tensors.extend(sorted.foreign);
    Ok(Network {
        tensors,
        weights: several.then_some(taken.key),
        beside: sorted.beside,
        assumptions,
    })
}

/// The assumption that one of several sets of weights was used without being asked for; none if there is only one.
fn assumed_weights(checkpoint: &Checkpoint, taken: &str, others: &[String]) -> Option<Assumption> {
    let sidecar = checkpoint.path.with_extension("json");
    // Lists of unnamed tensors, such as a callback's average; an optimiser's state is not a network.
    let unnamed: Vec<String> = (class_lists::tensor_lists(&checkpoint.extra).into_iter())
        .filter(|key| !key.to_lowercase().contains("optim"))
        .collect();
    if others.is_empty() {
        let only = if unnamed.is_empty() {
            return None;
        } else {
            unnamed
        };
        return Some(Assumption::spoken(AssumptionKind::Weights, || {
            (
                text!(
                    "checkpoint-weights-assumed-file-also",
                    taken = as_text(&shown(&[taken.to_owned()])),
                    only = as_text(&shown(&only))
                ),
                text!("checkpoint-tensors-have-no-names").to_owned(),
            )
        }));
    }
    let all = [others, &unnamed].concat();
    Some(Assumption::spoken(AssumptionKind::Weights, || {
        (
            text!(
                "checkpoint-weights-assumed-file-also-holds",
                taken = as_text(&shown(&[taken.to_owned()])),
                all = as_text(&shown(&all))
            ),
            text!(
                "checkpoint-take-another-write-into",
                string = as_text(&others.first().map_or("", String::as_str)),
                file_name = as_text(&sidecar.file_name().unwrap_or_default().to_string_lossy())
            ),
        )
    }))
}

/// The architecture whose tensors are most like those of a file.
///
/// # Errors
/// If none is similar: which network they belong to, if known.
fn most_alike(sets: &[WeightSet]) -> Result<Architecture, String> {
    let mut best: Option<(bool, f64, Architecture)> = None;
    for architecture in supported::all() {
        let body = Body::of(&architecture);
        let candidates = candidates(sets, &body);
        let Some(first) = candidates.first() else {
            continue;
        };
        let share = first.found as f64 / body.names.len() as f64;
        let complete = first.found == body.names.len();
        // The network for tests is only recognised if it is complete.
        if !supported::is_offered(architecture.name) && !complete {
            continue;
        }
        let extra = first.set.tensors.len().saturating_sub(first.found);
        // If two are complete (a deeper one holds every name of a shallower one), the one that leaves fewer tensors over.
        let likeness = share - extra as f64 / 1e6;
        let better = best
            .as_ref()
            .is_none_or(|(whole, other, _)| (complete, likeness) > (*whole, *other));
        if better {
            best = Some((complete, likeness, architecture));
        }
    }
    let known = sets
        .iter()
        .find_map(|set| unsupported::network(&set.tensors));
    match (best, known) {
        (_, Some(name)) => Err(text!(
            "checkpoint-these-tensors-which-not",
            name = as_text(&name),
            offered = as_text(&supported::offered())
        )),
        (Some((.., architecture)), None) => Ok(architecture),
        (None, None) => {
            let names = sets.iter().flat_map(|set| set.tensors.keys());
            let has: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            Err(text!(
                "checkpoint-these-not-tensors-network",
                has = as_text(&few(&has)),
                offered = as_text(&supported::offered())
            ))
        }
    }
}

/// Keys for display in a message.
fn shown(keys: &[String]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| {
            if key.is_empty() {
                text!("checkpoint-file-own-top-level").to_owned()
            } else {
                format!("`{key}`")
            }
        })
        .collect();
    keys.join(", ")
}
