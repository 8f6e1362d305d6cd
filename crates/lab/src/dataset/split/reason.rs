//! Why an example is in no part: files keep it in English, whoever makes them; people read it in their own language.

use std::fmt;
use std::sync::LazyLock;

use flipscope_language::{Language, as_text, text, within};
use serde::{Deserialize, Serialize};

/// Why an example is in no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum Reason {
    /// Its picture cannot be read.
    CannotBeRead,
    /// The table puts it in no part.
    InNoPart,
    /// The table calls it a duplicate of this one.
    DuplicateOf(String),
    /// It has the pixels of this one.
    PixelsOf(String),
    /// These, which have the same pixels, are called melanoma and nevus.
    Contradicts(String),
    /// The name of its file cannot be stored in a study.
    NotUnicode,
    /// The words of a file that none of these gives.
    Other(String),
}

/// Stands for a name where the words around it are looked for.
const NAME: &str = "\u{1}";

impl Reason {
    /// Every reason but the words of a file, with this name where there is one.
    fn all(name: &str) -> [Self; 6] {
        let name = || name.to_owned();
        [
            Self::CannotBeRead,
            Self::InNoPart,
            Self::DuplicateOf(name()),
            Self::PixelsOf(name()),
            Self::Contradicts(name()),
            Self::NotUnicode,
        ]
    }

    /// The reason that words give in one of the languages.
    fn said(words: &str) -> Option<Self> {
        SAID.iter().find_map(|(at, said)| {
            let name = match said.split_once(NAME) {
                Some((before, after)) => words.strip_prefix(before)?.strip_suffix(after)?,
                None => (said == words).then_some("")?,
            };
            Self::all(name).into_iter().nth(*at)
        })
    }
}

/// The words of every reason in every language, with its place in [`Reason::all`]: a file may have thousands.
static SAID: LazyLock<Vec<(usize, String)>> = LazyLock::new(|| {
    let said = |language| {
        within(language, || {
            Reason::all(NAME).map(|reason| reason.to_string())
        })
    };
    (Language::ALL.into_iter().map(said))
        .flat_map(|words| words.into_iter().enumerate())
        .collect()
});

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CannotBeRead => f.write_str(text!("dataset-cannot-be-read")),
            Self::InNoPart => f.write_str(text!("dataset-in-no-part")),
            Self::DuplicateOf(original) => f.write_str(&text!(
                "dataset-table-calls-duplicate",
                original = as_text(original)
            )),
            Self::PixelsOf(first) => {
                f.write_str(&text!("dataset-has-pixels", first = as_text(first)))
            }
            Self::Contradicts(ids) => f.write_str(&text!(
                "dataset-same-pixels-called-melanoma",
                ids = as_text(ids)
            )),
            Self::NotUnicode => f.write_str(text!("study-name-is-not-unicode")),
            Self::Other(words) => f.write_str(words),
        }
    }
}

/// The words of a file. Older versions wrote them in the language of the window.
impl From<String> for Reason {
    fn from(words: String) -> Self {
        Self::said(&words).unwrap_or(Self::Other(words))
    }
}

/// The words for a file.
impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        within(Language::English, || reason.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_it_in_english_and_it_is_read_from_either_language() {
        for reason in Reason::all("a, b") {
            let english = reason.to_string();
            let (file, german) = within(Language::German, || {
                (serde_json::to_string(&reason).unwrap(), reason.to_string())
            });
            assert_ne!(english, german);
            assert_eq!(file, serde_json::to_string(&english).unwrap());
            for words in [english, german] {
                let json = serde_json::to_string(&words).unwrap();
                assert_eq!(serde_json::from_str::<Reason>(&json).unwrap(), reason);
            }
        }
    }

    #[test]
    fn other_words_stay_as_they_are() {
        let words = r#""its colours are odd""#;
        let reason: Reason = serde_json::from_str(words).unwrap();
        assert_eq!(reason, Reason::Other("its colours are odd".to_owned()));
        assert_eq!(serde_json::to_string(&reason).unwrap(), words);
    }
}
