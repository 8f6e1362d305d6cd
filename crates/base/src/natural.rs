//! Names in the order in which people count, whatever their case: `mole-3` before `Mole-10`.

use std::char::ToLowercase;
use std::cmp::Ordering;
use std::path::Path;

/// A run of digits, or another letter.
#[derive(PartialEq, Eq)]
enum Part<'a> {
    /// Without leading zeros: of two, the longer one is larger.
    Number(&'a str),
    /// In lower case.
    Letter(char),
}

impl Ord for Part<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
            (Self::Letter(a), Self::Letter(b)) => a.cmp(b),
            // Where the digits are among the letters.
            (Self::Number(_), Self::Letter(b)) => '0'.cmp(b),
            (Self::Letter(a), Self::Number(_)) => a.cmp(&'0'),
        }
    }
}

impl PartialOrd for Part<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn parts(name: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = name;
    // Some letters have several in lower case.
    let mut lower: Option<ToLowercase> = None;
    std::iter::from_fn(move || {
        if let Some(letter) = lower.as_mut().and_then(Iterator::next) {
            return Some(Part::Letter(letter));
        }
        let after = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        if after.len() < rest.len() {
            let (digits, after) = rest.split_at_checked(rest.len() - after.len())?;
            rest = after;
            return Some(Part::Number(digits.trim_start_matches('0')));
        }
        let mut letters = rest.chars();
        let letter = letters.next()?;
        rest = letters.as_str();
        lower.insert(letter.to_lowercase()).next().map(Part::Letter)
    })
}

/// Compares two names: runs of the digits 0 to 9 by their value, however long they are, everything else letter by letter in lower case. Names that
/// differ only in case or in leading zeros are in the order of their text, so that only equal names are equal.
#[must_use]
pub fn order(a: &str, b: &str) -> Ordering {
    parts(a).cmp(parts(b)).then_with(|| a.cmp(b))
}

/// Compares two paths, folder by folder, each name by [`order`].
#[must_use]
pub fn order_of_paths(a: &Path, b: &Path) -> Ordering {
    let (mut first, mut second) = (a.components(), b.components());
    loop {
        let (one, other) = match (first.next(), second.next()) {
            (Some(one), Some(other)) => (one.as_os_str(), other.as_os_str()),
            // Paths that look alike as text may still be two.
            (None, None) => return a.cmp(b),
            (one, other) => return one.is_some().cmp(&other.is_some()),
        };
        let compared = order(&one.to_string_lossy(), &other.to_string_lossy());
        if compared != Ordering::Equal {
            return compared;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by(|a, b| order(a, b));
        names
    }

    #[test]
    fn numbers_in_names_are_counted() {
        let names = vec![
            "synthetic-10",
            "synthetic-3",
            "synthetic-03",
            "synthetic-1",
            "synthetic",
            "synthetic-3b",
            "synthetic-a",
            "a2b10",
            "a2b9",
            "a10",
            "0",
            "00",
            "9",
        ];
        let counted = [
            "0",
            "00",
            "9",
            "a2b9",
            "a2b10",
            "a10",
            "synthetic",
            "synthetic-1",
            "synthetic-03",
            "synthetic-3",
            "synthetic-3b",
            "synthetic-10",
            "synthetic-a",
        ];
        assert_eq!(sorted(names), counted);
        let cases = vec!["b", "Mole-10", "mole-9", "Mole-3", "mole-3", "A"];
        let without = ["A", "b", "Mole-3", "mole-3", "mole-9", "Mole-10"];
        assert_eq!(sorted(cases), without);
        // Larger than any number of the machine.
        let (small, large) = ("x99999999999999999999999", "x100000000000000000000000");
        assert_eq!(order(small, large), Ordering::Less);
    }

    #[test]
    fn folders_are_compared_one_by_one() {
        let mut paths = ["m/10/a", "m/9/b", "m/9", "m-1/a", "m/9/a10", "m/9/a9"].map(Path::new);
        paths.sort_by(|a, b| order_of_paths(a, b));
        let counted = ["m/9", "m/9/a9", "m/9/a10", "m/9/b", "m/10/a", "m-1/a"].map(Path::new);
        assert_eq!(paths, counted);
    }

    proptest! {
        #[test]
        fn it_is_a_total_order(names in prop::collection::vec("[aAbB0-9éÉİ.:-]{0,6}", 3)) {
            let [a, b, c] = [0, 1, 2].map(|at| names[at].as_str());
            prop_assert_eq!(order(a, b), order(b, a).reverse());
            prop_assert_eq!(order(a, b) == Ordering::Equal, a == b);
            if order(a, b).is_le() && order(b, c).is_le() {
                prop_assert!(order(a, c).is_le());
            }
        }

        #[test]
        fn names_that_differ_in_one_number_are_in_its_order(
            before in "[a-z-]{0,4}", one: u64, other: u64, after in "[a-z.]{0,4}"
        ) {
            let name = |number: u64| format!("{before}{number}{after}");
            prop_assert_eq!(order(&name(one), &name(other)), one.cmp(&other));
        }

        #[test]
        fn paths_are_in_a_total_order(paths in prop::collection::vec("[aAb0-2/.]{0,6}", 3)) {
            let [a, b, c] = [0, 1, 2].map(|at| Path::new(&paths[at]));
            prop_assert_eq!(order_of_paths(a, b), order_of_paths(b, a).reverse());
            if order_of_paths(a, b).is_le() && order_of_paths(b, c).is_le() {
                prop_assert!(order_of_paths(a, c).is_le());
            }
        }
    }
}
