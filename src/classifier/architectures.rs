//! The architectures that flipscope has, by the names that checkpoints give them, and by their tensors.

use std::collections::HashSet;

use super::checkpoint::{Checkpoint, Part};
use super::network::Architecture;
use super::{inception_v3, resnet, small_test, weights};

/// Every architecture's name.
pub const NAMES: [&str; 4] = [
    inception_v3::NAME,
    resnet::NAME_50,
    resnet::NAME_152,
    small_test::NAME,
];

/// Every architecture.
fn all() -> [Architecture; 4] {
    [
        inception_v3::architecture(),
        resnet::resnet50(),
        resnet::resnet152(),
        small_test::architecture(),
    ]
}

/// The architecture of a name, however that is punctuated: "inception-v3", "Inception V3", `inception_v3`.
pub(super) fn named(name: &str) -> Option<Architecture> {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    let wanted = plain(name);
    all().into_iter().find(|one| plain(one.name) == wanted)
}

/// The architecture that a checkpoint's header names, or else the one whose tensors are most like its own: they are compared one
/// by one later on.
pub(super) fn of(checkpoint: &Checkpoint) -> Architecture {
    let header = checkpoint.metadata.get("architecture");
    header
        .and_then(|name| named(name))
        .unwrap_or_else(|| most_alike(checkpoint))
}

/// The architecture with the fewest tensors that only it or only the checkpoint has.
fn most_alike(checkpoint: &Checkpoint) -> Architecture {
    // Weights in codes count as what they are read as.
    let has: HashSet<&str> = checkpoint
        .tensors
        .keys()
        .map(|name| {
            let of_part = Part::ALL.iter().find_map(|part| part.weight(name));
            of_part.unwrap_or(name)
        })
        .filter(|name| !name.ends_with(".num_batches_tracked"))
        .collect();
    let apart = |one: &Architecture| {
        // The number of classes is in no name.
        let wanted = weights::expected(one, 2);
        let shared = wanted
            .iter()
            .filter(|(name, _)| has.contains(name.as_str()))
            .count();
        wanted.len() + has.len() - 2 * shared
    };
    all()
        .into_iter()
        .min_by_key(apart)
        .unwrap_or_else(inception_v3::architecture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_however_they_are_written() {
        for (written, name) in [
            ("Inception V3", "inception-v3"),
            ("inception_v3", "inception-v3"),
            ("ResNet-50", "resnet50"),
            ("resnet152", "resnet152"),
        ] {
            assert_eq!(named(written).map(|one| one.name), Some(name));
        }
        assert!(named("resnet101").is_none() && named("").is_none());
        assert_eq!(all().map(|one| one.name), NAMES);
    }
}
