//! The languages, and the one that a thread speaks.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

/// A language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl Language {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its name in itself, so that whoever speaks it finds it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Its BCP 47 tag: "en", "de".
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language of a locale as systems write it (`de_AT.UTF-8`, `de-CH`, `en_GB`); `None` if it is not among ours.
    pub fn of_locale(locale: &str) -> Option<Self> {
        let primary = locale.split(['_', '-', '.', '@']).next()?;
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

thread_local! {
    static CURRENT: Cell<Language> = const { Cell::new(Language::English) };
}

/// The language of this thread.
pub fn current() -> Language {
    CURRENT.get()
}

/// Makes this thread speak a language from here on.
pub fn set(language: Language) {
    CURRENT.set(language);
}

/// Does work in a language, whichever the thread speaks otherwise: data files are in English.
pub fn within<T>(language: Language, work: impl FnOnce() -> T) -> T {
    struct Before(Language);
    impl Drop for Before {
        fn drop(&mut self) {
            set(self.0);
        }
    }
    let _before = Before(current());
    set(language);
    work()
}

/// A label, which begins with a capital letter, as it is written within a sentence of the thread's language.
pub fn within_sentence(label: &str) -> String {
    match current() {
        Language::English => {
            let mut letters = label.chars();
            let first = letters.next().into_iter().flat_map(char::to_lowercase);
            first.chain(letters).collect()
        }
        // Labels begin with a noun, or with the word that says that there is none.
        Language::German => match label.strip_prefix("Kein") {
            Some(rest) => format!("kein{rest}"),
            None => label.to_owned(),
        },
    }
}

/// The decimal mark of this thread's language.
pub fn decimal_mark() -> char {
    match current() {
        Language::English => '.',
        Language::German => ',',
    }
}

/// A number as Rust writes it, with the decimal mark of this thread's language: in German "1.000" is a thousand.
pub fn decimal(number: impl std::fmt::Display) -> String {
    let text = number.to_string();
    match decimal_mark() {
        '.' => text,
        mark => text.replace('.', mark.encode_utf8(&mut [0; 4])),
    }
}

/// What a new thread is to do, in the language of the thread that asks for it.
pub fn carried<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let language = current();
    move || {
        set(language);
        work()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_a_language() {
        for (locale, language) in [
            ("de_AT.UTF-8", Some(Language::German)),
            ("DE-ch", Some(Language::German)),
            ("en_GB", Some(Language::English)),
            ("C", None),
            ("deu", None),
            ("", None),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn a_label_is_written_small_within_a_sentence_where_it_begins_with_no_noun() {
        let said = || ["No remedy", "Keine Gegenmaßnahme", "Mittel"].map(within_sentence);
        assert_eq!(said()[0], "no remedy");
        let german = within(Language::German, said);
        assert_eq!(german[1..], ["keine Gegenmaßnahme", "Mittel"]);
    }

    #[test]
    fn a_number_has_the_decimal_mark_of_the_language() {
        let written = || [decimal(0.5), decimal(format!("{:.3}", 1.0)), decimal(12)];
        assert_eq!(written(), ["0.5", "1.000", "12"]);
        let german = within(Language::German, written);
        assert_eq!(german, ["0,5", "1,000", "12"]);
    }

    fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let thread = std::thread::Builder::new().name("test".to_owned());
        thread.spawn(work).ok()?.join().ok()
    }

    #[test]
    fn a_thread_speaks_english_until_it_is_told_otherwise_and_hands_its_language_on() {
        set(Language::German);
        assert_eq!(on_a_thread(current), Some(Language::English));
        assert_eq!(on_a_thread(carried(current)), Some(Language::German));
        set(Language::English);
    }
}
