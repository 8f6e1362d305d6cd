//! The architectures that flipscope has, by the names that checkpoints give them.

use super::checkpoint::Checkpoint;
use super::network::Architecture;
use super::{inception_v3, small_test};

/// Every architecture's name.
pub const NAMES: [&str; 2] = [inception_v3::NAME, small_test::NAME];

/// The architecture of a name, however that is punctuated: "inception-v3", "Inception V3", `inception_v3`.
pub(super) fn named(name: &str) -> Option<Architecture> {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    let wanted = plain(name);
    if wanted == plain(inception_v3::NAME) {
        Some(inception_v3::architecture())
    } else if wanted == plain(small_test::NAME) {
        Some(small_test::architecture())
    } else {
        None
    }
}

/// The architecture that a checkpoint's header names; Inception-v3 where it names none that is known, which is compared with
/// its tensors later on.
pub(super) fn of(checkpoint: &Checkpoint) -> Architecture {
    checkpoint
        .metadata
        .get("architecture")
        .and_then(|name| named(name))
        .unwrap_or_else(inception_v3::architecture)
}
