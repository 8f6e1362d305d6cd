//! The networks in a file: each set of tensors under each prefix that has an architecture's names, in order of preference.

use std::collections::{BTreeSet, HashMap};

use crate::architectures::Architecture;
use crate::checkpoint::formats::contents::WeightSet;
use crate::checkpoint::formats::stored::Part;
use crate::checkpoint::state_dict;

/// The fewest of an architecture's names that make it plausible.
const LEAST: usize = 10;
/// Keys under which training scripts keep the state dict.
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

/// The names of an architecture.
pub(crate) struct Body {
    /// Names of the body, with parts of weights in codes counted as the weights that they decode to.
    pub(crate) names: BTreeSet<String>,
    /// Prefix of the auxiliary head, with its dot.
    pub(crate) auxiliary: Option<String>,
}

impl Body {
    pub(crate) fn of(architecture: &Architecture) -> Self {
        let names = state_dict::expected(architecture, 2).into_iter();
        Self {
            names: names
                .map(|(name, _)| name)
                .filter(|name| !name.starts_with("fc."))
                .collect(),
            auxiliary: (architecture.auxiliary.as_ref()).map(|one| format!("{}.", one.prefix)),
        }
    }

    /// The name in the body that a tensor belongs to.
    pub(crate) fn name<'a>(&self, name: &'a str) -> Option<&'a str> {
        if self.names.contains(name) {
            return Some(name);
        }
        let of_part = Part::ALL.iter().find_map(|part| part.weight(name))?;
        self.names.contains(of_part).then_some(of_part)
    }
}

/// A candidate network in one set of tensors.
pub(crate) struct Candidate<'a> {
    pub(crate) set: &'a WeightSet,
    pub(crate) prefix: String,
    /// Its name for people.
    pub(crate) key: String,
    /// Names of the body that are present.
    pub(crate) found: usize,
}

impl Candidate<'_> {
    /// Whether a person's name refers to it: the last part of its key, or the beginning of it.
    pub(crate) fn is_called(&self, wanted: &str) -> bool {
        let wanted = wanted.trim_end_matches('.');
        let behind = |rest: &str| rest.starts_with('.');
        self.key.strip_prefix(wanted).is_some_and(behind)
            || self
                .key
                .strip_suffix(wanted)
                .is_some_and(|rest| rest.ends_with('.'))
            || self.prefix.trim_end_matches('.') == wanted
    }

    /// Whether its key says that it is an average or another copy of a training: used only if asked for.
    pub(crate) fn is_average(&self) -> bool {
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

/// The networks in a file, starting with the one that is used if none is asked for.
pub(crate) fn candidates<'a>(sets: &'a [WeightSet], body: &Body) -> Vec<Candidate<'a>> {
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
