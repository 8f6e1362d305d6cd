//! The messages of one crate in each language, read when the first is asked for, and their texts.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern};
use unic_langid::LanguageIdentifier;

use crate::language::{Language, current, decimal};

/// A value for a variable of a message: a string, or an integer that is grouped and chooses the plural form.
pub type Value<'a> = FluentValue<'a>;

/// Whatever can be shown as the value of a variable: a path, an error, a number that keeps its digits as they are.
pub fn as_text<T: std::fmt::Display + ?Sized>(value: &T) -> Value<'static> {
    Value::from(value.to_string())
}

/// Name and content of a file of messages.
pub type Source = (&'static str, &'static str);

/// The messages of a crate; [`catalogue!`](macro@crate::catalogue) makes one.
#[derive(Debug)]
pub struct Catalogue {
    english: &'static [Source],
    german: &'static [Source],
    read: [OnceLock<Messages>; 2],
}

impl Catalogue {
    /// From the content of files.
    pub const fn new(english: &'static [Source], german: &'static [Source]) -> Self {
        Self {
            english,
            german,
            read: [const { OnceLock::new() }; 2],
        }
    }

    /// The files of a language.
    pub fn sources(&self, language: Language) -> &'static [Source] {
        match language {
            Language::English => self.english,
            Language::German => self.german,
        }
    }

    fn messages(&self, language: Language) -> &Messages {
        let [english, german] = &self.read;
        let read = match language {
            Language::English => english,
            Language::German => german,
        };
        read.get_or_init(|| Messages::read(language, self.sources(language)))
    }

    /// The text of a message without variables in this thread's language, in English where that lacks it, and the id itself
    /// where English does.
    pub fn plain(&'static self, id: &'static str) -> &'static str {
        let of = |language| self.messages(language).plain.get(id).map(String::as_str);
        of(current())
            .or_else(|| of(Language::English))
            .unwrap_or(id)
    }

    /// The text of a message with its variables filled in, in this thread's language; as [`Self::plain`] where it is lacking.
    pub fn filled<const N: usize>(
        &self,
        id: &'static str,
        values: [(&'static str, Value<'_>); N],
    ) -> String {
        let values: FluentArgs<'_> = values.into_iter().collect();
        let of = |language| self.messages(language).filled(id, &values);
        of(current())
            .or_else(|| of(Language::English))
            .unwrap_or_else(|| id.to_owned())
    }
}

/// The messages of one language.
struct Messages {
    /// Messages and attributes without variables, by id: their texts.
    plain: HashMap<String, String>,
    /// All of them.
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messages")
            .field("plain", &self.plain.len())
            .finish_non_exhaustive()
    }
}

impl Messages {
    fn read(language: Language, sources: &[Source]) -> Self {
        let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The marks that keep directions of writing apart: both languages are written in one, and fonts draw them as boxes.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| grouped(value, ','),
            Language::German => |value, _| grouped(value, '\u{a0}'),
        }));
        let mut ids = Vec::new();
        for (_, content) in sources {
            // What cannot be read is left out here, and fails `tests/language.rs`.
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

    fn filled(&self, id: &str, values: &FluentArgs<'_>) -> Option<String> {
        let pattern = pattern(&self.bundle, id)?;
        let mut errors = Vec::new();
        let text = (self.bundle).format_pattern(pattern, Some(values), &mut errors);
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

/// A number: whole, with a separator between its thousands; `None` for a text.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    if value.fract() != 0.0 || value.abs() >= 1e15 {
        return Some(decimal(value).replace('-', "\u{2212}"));
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

/// A message without variables, named by its id: for constants, which are made before a language is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    catalogue: &'static Catalogue,
    id: &'static str,
}

impl Text {
    /// The message of this id; [`id!`](crate::id) says the same, where the checks look for it.
    pub const fn new(catalogue: &'static Catalogue, id: &'static str) -> Self {
        Self { catalogue, id }
    }

    /// Its id.
    pub const fn id(self) -> &'static str {
        self.id
    }

    /// Its text in this thread's language.
    pub fn get(self) -> &'static str {
        self.catalogue.plain(self.id)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.get())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.catalogue, other.catalogue)
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{set, within};

    const ENGLISH: &str = "cancel = Cancel\nmole = Mole\n    .hover = A mole\nonly = Only here\n\
        lesions = { $count ->\n    [one] { $count } lesion\n   *[other] { $count } lesions\n    }\n";
    const GERMAN: &str = "cancel = Abbrechen\nmole = Mal\n    .hover = Ein Mal\n\
        lesions = { $count ->\n    [one] { $count } Läsion\n   *[other] { $count } Läsionen\n    }\n";
    static TEXTS: Catalogue = Catalogue::new(&[("test", ENGLISH)], &[("test", GERMAN)]);

    fn lesions(count: i32) -> String {
        TEXTS.filled("lesions", [("count", Value::from(count))])
    }

    #[test]
    fn texts_are_in_the_language_of_the_thread() {
        const MOLE: Text = Text::new(&TEXTS, "mole.hover");
        assert_eq!((TEXTS.plain("cancel"), MOLE.get()), ("Cancel", "A mole"));
        assert_eq!(
            (lesions(1), lesions(1320)),
            ("1 lesion".to_owned(), "1,320 lesions".to_owned())
        );
        set(Language::German);
        assert_eq!(
            (TEXTS.plain("cancel"), MOLE.get()),
            ("Abbrechen", "Ein Mal")
        );
        assert_eq!(lesions(1320), "1\u{a0}320 Läsionen");
        let english = within(Language::English, || TEXTS.plain("cancel"));
        assert_eq!((english, current()), ("Cancel", Language::German));
        set(Language::English);
    }

    #[test]
    fn a_text_that_is_lacking_is_english_or_its_id() {
        within(Language::German, || {
            assert_eq!(TEXTS.plain("only"), "Only here");
            assert_eq!(TEXTS.plain("nothing-of-the-kind"), "nothing-of-the-kind");
            assert_eq!(
                TEXTS.filled("nothing-of-the-kind", []),
                "nothing-of-the-kind"
            );
        });
    }
}
