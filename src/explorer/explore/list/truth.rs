//! The ground truth of the open lesions, as tables of labels state it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flipscope_language::{Language, text, within};
use flipscope_model::Label;

/// The diagnosis that a table gives for a photograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Melanoma or nevus; none for every other diagnosis.
    pub label: Option<Label>,
    /// The table's own term; may be empty.
    pub text: Arc<str>,
}

impl Truth {
    /// In one word or a few, as it is written to files: melanoma, nevus, or the table's term.
    pub fn name(&self) -> &str {
        within(Language::English, || self.shown())
    }

    /// The same in the thread's language.
    pub(crate) fn shown(&self) -> &str {
        match self.label {
            Some(label) => label.in_words(),
            None if self.text.is_empty() => text!("list-truth-unknown"),
            None => &self.text,
        }
    }
}

/// What the tables that were read say about photographs. A photograph is known by its path alone, which begins at the root: in
/// another folder, the same name may be another lesion.
#[derive(Clone, Debug, Default)]
pub struct Truths {
    by_path: HashMap<PathBuf, Truth>,
    /// Counts the changes.
    pub(crate) revision: u64,
}

/// What became of the labels that were known before, when others were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Added {
    /// Photographs that had none.
    pub(crate) new: usize,
    /// Photographs that had another one.
    pub(crate) replaced: usize,
}

impl Added {
    /// What it means for the labels that were there.
    pub(crate) fn in_words(self) -> String {
        let mut parts = Vec::new();
        if self.new > 0 {
            parts.push(text!("list-labels-added").to_owned());
        }
        if self.replaced > 0 {
            parts.push(text!("list-labels-replaced", count = self.replaced));
        }
        if parts.is_empty() {
            parts.push(text!("list-labels-same").to_owned());
        }
        parts.join(" ")
    }
}

impl Truths {
    /// Adds what a table says; what an earlier one said about the same photographs is replaced.
    pub(crate) fn add(&mut self, truths: Vec<(PathBuf, Truth)>) -> Added {
        let mut added = Added::default();
        for (path, truth) in truths {
            match self.by_path.insert(path, truth.clone()) {
                None => added.new += 1,
                Some(before) => added.replaced += usize::from(before != truth),
            }
        }
        self.revision += 1;
        added
    }

    /// Forgets all of it.
    pub(crate) fn clear(&mut self) {
        self.by_path.clear();
        self.revision += 1;
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// What is known about a photograph.
    pub(crate) fn of(&self, path: &Path) -> Option<&Truth> {
        self.by_path.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nevus(path: &str) -> (PathBuf, Truth) {
        let truth = Truth {
            label: Some(Label::Nevus),
            text: "nevus".into(),
        };
        (PathBuf::from(path), truth)
    }

    #[test]
    fn a_photograph_is_known_by_its_path_not_by_its_name() {
        let mut truths = Truths::default();
        truths.add(vec![nevus("/moles/album/1.png")]);
        assert!(truths.of(Path::new("/moles/album/1.png")).is_some());
        assert!(truths.of(Path::new("/moles/other/1.png")).is_none());
        truths.clear();
        assert!(truths.is_empty() && truths.of(Path::new("/moles/album/1.png")).is_none());
    }

    #[test]
    fn a_second_table_says_what_it_adds_and_what_it_replaces() {
        let mut truths = Truths::default();
        let melanoma = |path: &str| {
            let label = Some(Label::Melanoma);
            let (path, truth) = nevus(path);
            (path, Truth { label, ..truth })
        };
        truths.add(vec![nevus("/1"), nevus("/2"), nevus("/3")]);
        let mut said = |rows| truths.add(rows).in_words();
        let added = "They are added to the labels that were read before.";
        assert_eq!(said(vec![nevus("/3"), nevus("/4")]), added);
        let one = "1 photograph had another label: the new one replaces it.";
        assert_eq!(said(vec![melanoma("/1")]), one);
        let two = "2 photographs had other labels: the new ones replace them.";
        let rows = || vec![melanoma("/2"), melanoma("/3"), nevus("/5")];
        assert_eq!(said(rows()), format!("{added} {two}"));
        assert_eq!(said(rows()), "The same labels were read before.");
    }

    #[test]
    fn other_diagnoses_keep_the_words_of_the_table() {
        let truth = |label, text: &str| Truth {
            label,
            text: text.into(),
        };
        assert_eq!(
            truth(Some(Label::Melanoma), "melanoma in situ").name(),
            "melanoma"
        );
        assert_eq!(
            truth(None, "seborrheic keratosis").name(),
            "seborrheic keratosis"
        );
        assert_eq!(truth(None, "").name(), "unknown");
    }
}
