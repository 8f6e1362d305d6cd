//! Things named together, in this thread's language.

use flipscope_language::text;

/// "one and other".
pub(super) fn both(one: &str, other: &str) -> String {
    text!("dataset-both", one = one, other = other)
}

/// "one and another and a third"; empty for none.
pub(super) fn all(names: impl IntoIterator<Item = impl Into<String>>) -> String {
    (names.into_iter().map(Into::into))
        .reduce(|before, one: String| both(&before, &one))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_language::{Language, within};

    #[test]
    fn things_are_named_in_either_language() {
        assert_eq!(all(Vec::<String>::new()), "");
        assert_eq!(all(["a"]), "a");
        assert_eq!(all(["a", "b", "c"]), "a and b and c");
        assert_eq!(within(Language::German, || both("a", "b")), "a und b");
    }
}
