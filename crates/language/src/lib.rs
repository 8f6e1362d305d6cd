//! Texts that people read, in every language that the window speaks.
//!
//! A text is a [Fluent](https://projectfluent.org) message in `locales/LANGUAGE/TOPIC.ftl` of the crate that says it. Each such crate
//! has a module `texts` with its [`catalogue!`]. Code names a text by its id, with [`text!`] where it is shown and with [`id!`] in
//! a table of constants; an attribute (`.hover` below a message) is named `"message.hover"`. `tests/language.rs` at the root
//! checks that every id and every variable in the code exists in every language, that nothing is left unused, and that the
//! window has no text of its own beside them.
//!
//! The language belongs to the thread: the window sets its own at the start of each frame, a thread that it starts takes it
//! along by [`carried`], and every other thread — the command line's, the tests' — speaks English. So nothing that is
//! written to a data file may come from here, unless it is made [`within`] English.
//! A thread that lives as long as the window takes the language along with each request. An error that has fields is said in the
//! language of whoever shows it; the reason that it holds as text, in that of the thread that found it.
//!
//! Numbers: a count given as an integer is grouped by thousands as the language does, and chooses between plural forms. A
//! measured number is given as text, with the decimal mark of the language by [`decimal`]. Data files have a point in every language.

mod catalogue;
mod language;

pub use catalogue::{Catalogue, Source, Text, Value, as_text};
pub use language::{
    Language, carried, current, decimal, decimal_mark, set, within, within_sentence,
};

/// The catalogue of a crate, from the names of the files in its `locales/en` and `locales/de`.
///
/// ```ignore
/// pub static TEXTS: Catalogue = catalogue!["batch", "search"];
/// ```
#[macro_export]
macro_rules! catalogue {
    ($($name:literal),+ $(,)?) => {
        $crate::Catalogue::new(
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en/", $name, ".ftl")))),+],
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/de/", $name, ".ftl")))),+],
        )
    };
}

/// The text of a message of this crate in the thread's language: `text!("open-folder")` is a `&'static str`,
/// `text!("lesions-listed", count = 12)` a `String`. Values are strings or numbers, see [`Value`].
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the texts are those of the crate that asks"
)]
macro_rules! text {
    ($id:literal $(,)?) => {
        crate::texts::TEXTS.plain($id)
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        crate::texts::TEXTS.filled($id, [$((stringify!($name), $crate::Value::from($value))),+])
    };
}

/// A message of this crate without variables by its id, for tables of constants: [`Text::get`] is its text.
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the texts are those of the crate that asks"
)]
macro_rules! id {
    ($id:literal) => {
        $crate::Text::new(&crate::texts::TEXTS, $id)
    };
}
