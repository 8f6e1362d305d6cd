//! The supported architectures, by the names that checkpoints give them.

use super::{Architecture, inception_v3, resnet, small_test};

/// Every architecture's name.
pub const NAMES: [&str; 4] = [
    inception_v3::NAME,
    resnet::NAME_50,
    resnet::NAME_152,
    small_test::NAME,
];

/// Every architecture.
pub(crate) fn all() -> [Architecture; 4] {
    [
        inception_v3::architecture(),
        resnet::resnet50(),
        resnet::resnet152(),
        small_test::architecture(),
    ]
}

/// The architecture with a name, however it is punctuated: "inception-v3", "Inception V3", `inception_v3`.
pub(crate) fn named(name: &str) -> Option<Architecture> {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    let wanted = plain(name);
    all().into_iter().find(|one| plain(one.name) == wanted)
}

/// Whether it is offered to users; the network for tests is available only by name.
pub(crate) fn is_offered(name: &str) -> bool {
    name != small_test::NAME
}

/// The offered ones, as a message lists them.
pub(crate) fn offered() -> String {
    let names: Vec<&str> = NAMES.into_iter().filter(|name| is_offered(name)).collect();
    names.join(", ")
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
