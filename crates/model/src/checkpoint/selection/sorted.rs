//! The tensors around a network: which belong to it, which are its head, and which are unrelated.

use flipscope_language::{as_text, text};
use std::collections::BTreeMap;

use super::candidates::{Body, Candidate};
use crate::architectures::Architecture;
use crate::checkpoint::formats::contents::few;
use crate::checkpoint::formats::stored::Stored;

/// The tensors of a set, sorted by kind.
pub(crate) struct Sorted {
    /// The network's, under torchvision's names.
    pub(crate) tensors: BTreeMap<String, Stored>,
    /// Outside the network: without its prefix, or customarily saved with it.
    pub(crate) beside: Vec<String>,
    /// Under the network's prefix, but not part of it.
    pub(crate) foreign: BTreeMap<String, Stored>,
    /// Outside the prefix, where a head may be.
    pub(crate) outside: BTreeMap<String, Stored>,
}

impl Sorted {
    pub(crate) fn of(taken: &Candidate<'_>, others: &[Candidate<'_>], body: &Body) -> Self {
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
            // If one prefix begins with the other, the longer one has it.
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

    /// Looks for a head with another name than `fc`: the one linear layer after the body.
    ///
    /// # Errors
    /// If there are several, or other layers next to it.
    pub(crate) fn take_head(
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
            // Next to the body, as in a user's class with `backbone` and `head`.
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
            return Err(text!(
                "checkpoint-head-linear-layers-flipscope",
                names = as_text(&names.join(", ")),
                heads = as_text(&heads.len())
            ));
        }
        // Other layers with weights in the same head, such as a norm, take part in the computation.
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
            return Err(text!(
                "checkpoint-head-with-beside-flipscope",
                concat = as_text(&names.concat()),
                more = as_text(&few(&more))
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
            return Err(text!(
                "checkpoint-head-takes-features-name",
                concat = as_text(&names.concat()),
                shape = format!("{:?}", fc.shape),
                architecture = as_text(&architecture.name),
                features = as_text(&architecture.features)
            ));
        }
        Ok(Some(names.concat()))
    }
}

/// Words in the names of heads outside the body.
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

/// Whether training scripts give a tensor's name to something that does not affect the verdict: a loss's weights, metrics,
/// counters.
pub(crate) fn is_harmless(name: &str) -> bool {
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
    // `val_auc.preds` belongs to a metric, as `auc` does.
    let mut words = name.split('.').chain(name.split(['.', '_']));
    words.any(|word| WORDS.contains(&word)) || PARTS.iter().any(|part| name.contains(part))
}
