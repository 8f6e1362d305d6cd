//! The messages of each language, read once, and their texts.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern};
use unic_langid::LanguageIdentifier;

use crate::language::{Language, current};

/// A value for a variable of a message: a string, or an integer that is grouped and chooses the plural form.
pub type Value<'a> = FluentValue<'a>;

macro_rules! files {
    ($language:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../locales/", $language, "/", $name, ".ftl")))),+]
    };
}

/// Name and content of each file of a language.
pub(crate) fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => {
            files!("en": "actions", "batch", "changes", "common", "figures", "guide", "names", "paper", "search", "session")
        }
        Language::German => {
            files!("de": "actions", "batch", "changes", "common", "figures", "guide", "names", "paper", "search", "session")
        }
    }
}

/// The messages of one language.
struct Catalogue {
    /// Messages and attributes without variables, by id: their texts.
    plain: HashMap<String, String>,
    /// All of them.
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    fn new(language: Language) -> Self {
        let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The marks that keep directions of writing apart: both languages are written in one, and fonts draw them as boxes.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| grouped(value, ','),
            Language::German => |value, _| grouped(value, '\u{a0}'),
        }));
        let mut ids = Vec::new();
        for (_, content) in files(language) {
            // What cannot be read is left out here, and fails the crate's test.
            let resource = match FluentResource::try_new((*content).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            for entry in resource.entries() {
                if let Entry::Message(message) = entry {
                    let name = message.id.name;
                    ids.extend(message.value.is_some().then(|| name.to_owned()));
                    let attributes = message.attributes.iter();
                    ids.extend(attributes.map(|one| format!("{name}.{}", one.id.name)));
                }
            }
            bundle.add_resource_overriding(resource);
        }
        let plain = ids.into_iter().filter_map(|id| {
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern(&bundle, &id)?, None, &mut errors);
            errors.is_empty().then(|| (id, text.into_owned()))
        });
        Self {
            plain: plain.collect(),
            bundle,
        }
    }

    fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new(Language::English));
        static GERMAN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new(Language::German));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    fn filled(&self, id: &str, values: &FluentArgs<'_>) -> Option<String> {
        let pattern = pattern(&self.bundle, id)?;
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(values), &mut errors);
        Some(text.into_owned())
    }
}

/// The pattern of a message, or of an attribute: "message.attribute".
fn pattern<'a>(bundle: &'a FluentBundle<FluentResource>, id: &str) -> Option<&'a Pattern<&'a str>> {
    match id.split_once('.') {
        None => bundle.get_message(id)?.value(),
        Some((message, attribute)) => {
            let message = bundle.get_message(message)?;
            Some(message.get_attribute(attribute)?.value())
        }
    }
}

/// A whole number with a separator between its thousands; `None`, which leaves it to Fluent, for all else.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    if value.fract() != 0.0 || value.abs() >= 1e15 {
        return None;
    }
    let digits = format!("{:.0}", value.abs());
    let mut text = String::from(if *value < 0.0 { "\u{2212}" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

/// The text of a message without variables in this thread's language, in English where that lacks it, and the id itself
/// where English does.
pub fn plain(id: &'static str) -> &'static str {
    let of = |language| Catalogue::of(language).plain.get(id).map(String::as_str);
    of(current())
        .or_else(|| of(Language::English))
        .unwrap_or(id)
}

/// The text of a message with its variables filled in, in this thread's language; as [`plain`] where it is lacking.
pub fn filled<const N: usize>(id: &'static str, values: [(&'static str, Value<'_>); N]) -> String {
    let values: FluentArgs<'_> = values.into_iter().collect();
    let of = |language| Catalogue::of(language).filled(id, &values);
    of(current())
        .or_else(|| of(Language::English))
        .unwrap_or_else(|| id.to_owned())
}

/// A message without variables, named by its id: for constants, which are made before a language is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text(&'static str);

impl Text {
    /// The message of this id; [`id!`](crate::id) says the same, where the checks look for it.
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// Its id.
    pub const fn id(self) -> &'static str {
        self.0
    }

    /// Its text in this thread's language.
    pub fn get(self) -> &'static str {
        plain(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::set;

    #[test]
    fn every_file_can_be_read_and_none_is_forgotten() {
        for language in Language::ALL {
            for (name, content) in files(language) {
                let errors = FluentResource::try_new((*content).to_owned()).err();
                let errors = errors.map(|(_, errors)| errors);
                assert!(errors.is_none(), "{}/{name}: {errors:?}", language.tag());
            }
            let folder = format!("{}/locales/{}", env!("CARGO_MANIFEST_DIR"), language.tag());
            let there = std::fs::read_dir(&folder).expect("the folder of the language");
            let mut there: Vec<String> = there
                .map(|file| {
                    file.expect("a file")
                        .file_name()
                        .into_string()
                        .expect("a name")
                })
                .collect();
            there.sort();
            let read = files(language)
                .iter()
                .map(|(name, _)| format!("{name}.ftl"));
            let mut read: Vec<String> = read.collect();
            read.sort();
            assert_eq!(there, read);
        }
    }

    #[test]
    fn texts_are_in_the_language_of_the_thread() {
        assert_eq!(crate::text!("cancel"), "Cancel");
        set(Language::German);
        assert_eq!(crate::text!("cancel"), "Abbrechen");
        assert_eq!(crate::id!("cancel").get(), "Abbrechen");
        assert_eq!(crate::text!("lesions", count = 1320), "1\u{a0}320 Läsionen");
        set(Language::English);
        assert_eq!(crate::text!("lesions", count = 1320), "1,320 lesions");
        assert_eq!(crate::text!("lesions", count = 1), "1 lesion");
    }

    #[test]
    fn a_text_that_no_language_has_is_its_id() {
        assert_eq!(plain("nothing-of-the-kind"), "nothing-of-the-kind");
        assert_eq!(filled("nothing-of-the-kind", []), "nothing-of-the-kind");
    }
}
