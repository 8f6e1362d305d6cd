//! Which of the tensors in a file are the network: the right one of several sets of weights, without the prefixes that wrappers put
//! before names, without what stands beside it, with its head under the name `fc`.
//!
//! A wrapper (`LightningModule`, `DataParallel`, `torch.compile`, `AveragedModel`, a class of one's own) puts one prefix before all
//! names of the network, at any depth. The prefix is the one behind which most names of an architecture stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::architectures;
use super::assumption::{About, Assumption};
use super::checkpoint::{Checkpoint, Part, Stored, WeightSet, few};
use super::error::ClassifierError;
use super::network::Architecture;
use super::{unsupported, weights};

/// Fewest of an architecture's names that make it likely at all.
const LEAST: usize = 10;

/// A network that was found in a file, whose tensors are now [`Checkpoint::tensors`] under torchvision's names.
pub(super) struct Selected {
    pub(super) architecture: Architecture,
    /// The set that was taken and its prefix, where there are several.
    pub(super) weights: Option<String>,
    /// Tensors beside the network, which were left out.
    pub(super) beside: Vec<String>,
    /// What was assumed on the way.
    pub(super) assumptions: Vec<Assumption>,
}

/// A network in one set of tensors.
struct Candidate<'a> {
    set: &'a WeightSet,
    prefix: String,
    /// What a person calls it.
    key: String,
    /// Names of the body that are there.
    found: usize,
}

/// Finds the network; `wanted` is the key of the weights that are asked for.
///
/// # Errors
/// If there is none, or none of that key; if there are several heads. The message says what the file holds.
pub(super) fn select(
    checkpoint: &mut Checkpoint,
    wanted: Option<&str>,
) -> Result<Selected, ClassifierError> {
    let path = checkpoint.path.clone();
    let refuse = |reason: String| ClassifierError::Tensors {
        path: path.clone(),
        reason,
    };
    let said = checkpoint.metadata.get("architecture");
    let said = said.and_then(|name| architectures::named(name));
    let architecture = match said {
        Some(said) => said,
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

/// As [`select`], of a network that a training begins with: it may lack its head.
pub(super) fn select_backbone(
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
        let said = if checkpoint.metadata.contains_key("architecture") {
            format!(
                "the header says the architecture is {}, and ",
                architecture.name
            )
        } else {
            String::new()
        };
        return Err(format!(
            "{said}these are not the tensors of {} under torchvision's names (it has {}): name a checkpoint of that architecture",
            architecture.name,
            few(&has)
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
                format!(
                    "there are no weights of {} under `{wanted}`: it has them under {}",
                    architecture.name,
                    shown(&keys)
                )
            })?,
    };
    let taken = candidates.swap_remove(at);
    let mut assumptions = Vec::new();
    let several = !candidates.is_empty();
    if several && wanted.is_none() {
        let sidecar = checkpoint.path.with_extension("json");
        let others: Vec<String> = candidates.iter().map(|one| one.key.clone()).collect();
        assumptions.push(Assumption::new(
            About::Weights,
            format!(
                "Weights assumed: `{}`; the file also holds {}, which may answer otherwise.",
                taken.key,
                shown(&others)
            ),
            format!(
                "To take another, write {{\"weights\": \"{}\"}} into {} beside the file.",
                others.first().map_or("", String::as_str),
                sidecar.file_name().unwrap_or_default().to_string_lossy()
            ),
        ));
    }
    let mut sorted = Sorted::of(&taken, &candidates, &body);
    if !sorted.tensors.contains_key("fc.weight") {
        let head = sorted.take_head(architecture, &taken.prefix);
        // A training draws the head that a backbone lacks, whatever stands in its place.
        let head = if head_needed {
            head?
        } else {
            head.unwrap_or(None)
        };
        match head {
            Some(name) => assumptions.push(Assumption::new(
                About::Head,
                format!("The head is `{name}`, the only linear layer behind the body."),
                "",
            )),
            None if head_needed => {
                return Err(
                    "`fc.weight` is missing: this is a backbone without a head; name a trained classifier"
                        .to_owned(),
                );
            }
            None => {}
        }
    }
    if !head_needed {
        // What is no part of the body is drawn anew or left out.
        sorted.foreign.clear();
    }
    let doubtful: Vec<String> = (sorted.beside.iter())
        .filter(|name| !is_harmless(name))
        .map(|name| format!("`{name}`"))
        .collect();
    if !doubtful.is_empty() {
        assumptions.push(Assumption::new(
            About::Beside,
            format!(
                "{} tensor(s) beside the network were ignored: {}.",
                doubtful.len(),
                few(&doubtful)
            ),
            "If they change what the network answers, save the network without them.",
        ));
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

/// The architecture whose tensors are most like those of a file.
///
/// # Errors
/// If none is like them: what network they are of, where that is known.
fn most_alike(sets: &[WeightSet]) -> Result<Architecture, String> {
    let mut best: Option<(bool, f64, Architecture)> = None;
    for architecture in architectures::all() {
        let body = Body::of(&architecture);
        let candidates = candidates(sets, &body);
        let Some(first) = candidates.first() else {
            continue;
        };
        let share = first.found as f64 / body.names.len() as f64;
        let complete = first.found == body.names.len();
        // The network for tests is taken for nobody's but where it is there whole.
        if !architectures::is_offered(architecture.name) && !complete {
            continue;
        }
        let extra = first.set.tensors.len().saturating_sub(first.found);
        // Of two that are there whole (a deeper one holds every name of a shallower), the one that leaves fewer tensors over.
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
        (_, Some(name)) => Err(format!(
            "these are the tensors of {name}, which is not supported: flipscope reads {}",
            architectures::offered()
        )),
        (Some((.., architecture)), None) => Ok(architecture),
        (None, None) => {
            let names = sets.iter().flat_map(|set| set.tensors.keys());
            let has: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            Err(format!(
                "these are not the tensors of a network that flipscope reads (it has {}): name a checkpoint of {} under torchvision's names",
                few(&has),
                architectures::offered()
            ))
        }
    }
}

/// The names of an architecture.
struct Body {
    /// Of the body, with parts of weights in codes counted as what they are read as.
    names: BTreeSet<String>,
    /// Prefix of the auxiliary head, with its dot.
    auxiliary: Option<String>,
}

impl Body {
    fn of(architecture: &Architecture) -> Self {
        let names = weights::expected(architecture, 2).into_iter();
        Self {
            names: names
                .map(|(name, _)| name)
                .filter(|name| !name.starts_with("fc."))
                .collect(),
            auxiliary: (architecture.auxiliary.as_ref()).map(|one| format!("{}.", one.prefix)),
        }
    }

    /// The name of the body's that a tensor belongs to.
    fn name<'a>(&self, name: &'a str) -> Option<&'a str> {
        if self.names.contains(name) {
            return Some(name);
        }
        let of_part = Part::ALL.iter().find_map(|part| part.weight(name))?;
        self.names.contains(of_part).then_some(of_part)
    }
}

impl Candidate<'_> {
    /// Whether it is what a person calls so: the last part of its key, or the beginning of it.
    fn is_called(&self, wanted: &str) -> bool {
        let wanted = wanted.trim_end_matches('.');
        let behind = |rest: &str| rest.starts_with('.');
        self.key.strip_prefix(wanted).is_some_and(behind)
            || self
                .key
                .strip_suffix(wanted)
                .is_some_and(|rest| rest.ends_with('.'))
            || self.prefix.trim_end_matches('.') == wanted
    }

    /// Whether its key says that it is an average of others or a training's other copy: what is not taken unless asked for.
    fn is_average(&self) -> bool {
        self.key.split(|c: char| !c.is_alphanumeric()).any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "ema"
                    | "swa"
                    | "averaged"
                    | "average"
                    | "avg"
                    | "shadow"
                    | "teacher"
                    | "momentum"
                    | "target"
            )
        })
    }
}

/// The networks in a file, the one that is taken where none is asked for first.
fn candidates<'a>(sets: &'a [WeightSet], body: &Body) -> Vec<Candidate<'a>> {
    let mut all = Vec::new();
    for set in sets {
        let mut found: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for name in set.tensors.keys() {
            let starts = std::iter::once(0).chain(name.match_indices('.').map(|(at, _)| at + 1));
            for start in starts {
                let (prefix, rest) = name.split_at(start);
                if let Some(own) = body.name(rest) {
                    found.entry(prefix).or_default().insert(own);
                }
            }
        }
        let most = found.values().map(BTreeSet::len).max().unwrap_or(0);
        let enough = LEAST.min(body.names.len() / 2).max(most * 9 / 10);
        let mut prefixes: Vec<(&str, usize)> = found
            .into_iter()
            .map(|(prefix, names)| (prefix, names.len()))
            .filter(|(_, count)| *count >= enough && *count > 0)
            .collect();
        prefixes.sort_unstable();
        let several = prefixes.len() > 1;
        for (prefix, found) in prefixes {
            let within = prefix.trim_end_matches('.');
            let key = match (set.key.as_str(), several) {
                ("", _) => within.to_owned(),
                (key, false) => key.to_owned(),
                (key, true) if within.is_empty() => key.to_owned(),
                (key, true) => format!("{key}.{within}"),
            };
            all.push(Candidate {
                set,
                prefix: prefix.to_owned(),
                key,
                found,
            });
        }
    }
    let most = all.iter().map(|one| one.found).max().unwrap_or(0);
    all.retain(|one| one.found >= most * 9 / 10);
    // Keys under which training scripts keep the state dict.
    const USUAL: [&str; 8] = [
        "state_dict",
        "model_state_dict",
        "model_state",
        "model",
        "net",
        "network",
        "weights",
        "",
    ];
    let usual = |key: &str| {
        let first = key.split('.').next().unwrap_or_default();
        USUAL
            .iter()
            .position(|one| *one == first)
            .unwrap_or(USUAL.len())
    };
    all.sort_by_key(|one| (one.is_average(), usual(&one.key), one.key.clone()));
    all
}

/// The tensors of a set, sorted by what they are.
struct Sorted {
    /// The network's, under torchvision's names.
    tensors: BTreeMap<String, Stored>,
    /// Beside the network: without its prefix, or customarily saved with it.
    beside: Vec<String>,
    /// Behind the network's prefix, but none of its own.
    foreign: BTreeMap<String, Stored>,
    /// Outside the prefix, where a head may be.
    outside: BTreeMap<String, Stored>,
}

impl Sorted {
    fn of(taken: &Candidate<'_>, others: &[Candidate<'_>], body: &Body) -> Self {
        let mut sorted = Self {
            tensors: BTreeMap::new(),
            beside: Vec::new(),
            foreign: BTreeMap::new(),
            outside: BTreeMap::new(),
        };
        let same_set = others.iter().filter(|one| std::ptr::eq(one.set, taken.set));
        let other_prefixes: Vec<&str> = same_set.map(|one| one.prefix.as_str()).collect();
        for (name, stored) in &taken.set.tensors {
            if name.ends_with("num_batches_tracked") {
                continue;
            }
            let rest = name.strip_prefix(taken.prefix.as_str());
            // Of two prefixes of which one begins with the other, the longer has it.
            let of_another = other_prefixes.iter().any(|prefix| {
                prefix.len() > taken.prefix.len() && name.starts_with(prefix)
                    || rest.is_none() && name.starts_with(prefix)
            });
            match rest {
                _ if of_another => {}
                Some(rest)
                    if body.name(rest).is_some()
                        || matches!(rest, "fc.weight" | "fc.bias")
                        || body
                            .auxiliary
                            .as_ref()
                            .is_some_and(|aux| rest.starts_with(aux.as_str())) =>
                {
                    sorted.tensors.insert(rest.to_owned(), stored.clone());
                }
                Some(rest) if is_harmless(rest) => sorted.beside.push(name.clone()),
                Some(_) => {
                    sorted.foreign.insert(name.clone(), stored.clone());
                }
                None => {
                    sorted.outside.insert(name.clone(), stored.clone());
                    sorted.beside.push(name.clone());
                }
            }
        }
        sorted
    }

    /// Looks for a head of another name than `fc`: the one linear layer behind the body.
    ///
    /// # Errors
    /// If there are several, or other layers beside it.
    fn take_head(
        &mut self,
        architecture: &Architecture,
        prefix: &str,
    ) -> Result<Option<String>, String> {
        let is_linear = |(name, stored): &(&String, &Stored)| {
            name.ends_with(".weight") && stored.shape.len() == 2
        };
        let base = |(name, _): (&String, &Stored)| -> String {
            name.strip_suffix(".weight").unwrap_or(name).to_owned()
        };
        let mut heads: Vec<String> = self.foreign.iter().filter(is_linear).map(base).collect();
        if heads.is_empty() {
            // Beside the body, as in a class of one's own with `backbone` and `head`.
            let of_head =
                |(name, _): &(&String, &Stored)| name.split('.').any(|word| HEADS.contains(&word));
            let outside = self.outside.iter().filter(is_linear);
            heads = outside.filter(of_head).map(base).collect();
        }
        let plain = |name: &str| name.strip_prefix(prefix).unwrap_or(name).to_owned();
        let Some(head) = heads.first().cloned() else {
            return Ok(None);
        };
        let names: Vec<String> = heads.iter().map(|name| plain(name)).collect();
        if heads.len() > 1 {
            return Err(format!(
                "the head is {}: {} linear layers, and flipscope reads a head of one; train a head of one linear layer, or name another \
                 checkpoint",
                names.join(", "),
                heads.len()
            ));
        }
        // Layers with weights beside it in the same head, such as a norm, compute something too.
        let first = head
            .rsplit_once('.')
            .map_or(head.as_str(), |(outer, _)| outer);
        let group = format!("{first}.");
        let own = [format!("{head}.weight"), format!("{head}.bias")];
        let more: Vec<String> = (self.foreign.keys().chain(self.outside.keys()))
            .filter(|name| first != head && name.starts_with(&group) && !own.contains(name))
            .map(|name| format!("`{}`", plain(name)))
            .collect();
        if !more.is_empty() {
            return Err(format!(
                "the head is {} with {} beside it, and flipscope reads a head of one linear layer: name another checkpoint",
                names.concat(),
                few(&more)
            ));
        }
        for (name, canonical) in own.iter().zip(["fc.weight", "fc.bias"]) {
            let stored = self
                .foreign
                .remove(name)
                .or_else(|| self.outside.remove(name));
            if let Some(stored) = stored {
                self.tensors.insert(canonical.to_owned(), stored);
            }
        }
        self.beside.retain(|name| !own.contains(name));
        if let Some(fc) = self.tensors.get("fc.weight")
            && fc.shape.get(1) != Some(&architecture.features)
        {
            return Err(format!(
                "the head is {}, {:?}, and that of {} takes {} features: name a checkpoint of that architecture",
                names.concat(),
                fc.shape,
                architecture.name,
                architecture.features
            ));
        }
        Ok(Some(names.concat()))
    }
}

/// Words in the names of heads that stand beside the body.
const HEADS: [&str; 14] = [
    "fc",
    "head",
    "heads",
    "classifier",
    "cls",
    "cls_head",
    "class_head",
    "classification_head",
    "last_linear",
    "linear",
    "logits",
    "output",
    "out",
    "top",
];

/// Whether a tensor has a name that training scripts give to what computes no verdict: a loss's weights, metrics, counters.
fn is_harmless(name: &str) -> bool {
    const WORDS: [&str; 44] = [
        "loss",
        "losses",
        "loss_fn",
        "criterion",
        "criteria",
        "metric",
        "metrics",
        "acc",
        "accuracy",
        "auc",
        "auroc",
        "f1",
        "precision",
        "recall",
        "specificity",
        "sensitivity",
        "confmat",
        "confusion",
        "confusion_matrix",
        "n_averaged",
        "epoch",
        "step",
        "steps",
        "global_step",
        "num_updates",
        "decay",
        "initted",
        "optimizer",
        "optimiser",
        "scheduler",
        "lr",
        "pos_weight",
        "class_weight",
        "class_weights",
        "best",
        "best_acc",
        "best_auc",
        "best_loss",
        "ema_decay",
        "iteration",
        "iter",
        "num_batches_tracked",
        "train_acc",
        "val_acc",
    ];
    const PARTS: [&str; 8] = [
        "loss",
        "criterion",
        "metric",
        "accuracy",
        "auroc",
        "confusion",
        "n_averaged",
        "class_weight",
    ];
    let name = name.to_lowercase();
    // `val_auc.preds` is of a metric as `auc` is.
    let mut words = name.split('.').chain(name.split(['.', '_']));
    words.any(|word| WORDS.contains(&word)) || PARTS.iter().any(|part| name.contains(part))
}

/// Keys as a message lists them.
fn shown(keys: &[String]) -> String {
    let keys: Vec<String> = keys
        .iter()
        .map(|key| {
            if key.is_empty() {
                "the file's own top level".to_owned()
            } else {
                format!("`{key}`")
            }
        })
        .collect();
    keys.join(", ")
}
