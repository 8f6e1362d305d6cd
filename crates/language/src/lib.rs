//! The texts of the window, in every language that it speaks.
//!
//! A text is a [Fluent](https://projectfluent.org) message in `locales/LANGUAGE/TOPIC.ftl`. Code names it by its id, with
//! [`text!`] where it is shown and with [`id!`] in a table of constants; an attribute (`.hover` below a message) is named
//! `"message.hover"`. `tests/language.rs` at the root checks that every id and every variable in the code exists in every
//! language, that nothing is left unused, and that the window has no text of its own beside them.
//!
//! The language belongs to the thread: the window sets its own at the start of each frame, a thread that it starts takes it
//! along by [`carried`], and every other thread — the command line's, the tests' — speaks English. So nothing that is
//! written to a data file may come from here, unless it is made [`within`] English.
//!
//! Numbers: a count given as an integer is grouped by thousands as the language does, and chooses between plural forms. A
//! measured number is given as text, and keeps its decimal point in every language, as in the files, tables and figures
//! that people compare it with.

mod catalogue;
mod language;

pub use catalogue::{Text, Value, filled, plain};
pub use language::{Language, carried, current, set, within, within_sentence};

/// Sources of the messages, for the checks: language, file name, content.
pub fn sources() -> impl Iterator<Item = (Language, &'static str, &'static str)> {
    Language::ALL.into_iter().flat_map(|language| {
        let files = catalogue::files(language).iter();
        files.map(move |&(name, content)| (language, name, content))
    })
}

/// The text of a message in the thread's language: `text!("open-folder")` is a `&'static str`,
/// `text!("lesions-listed", count = 12)` a `String`. Values are strings or numbers, see [`Value`].
#[macro_export]
macro_rules! text {
    ($id:literal $(,)?) => {
        $crate::plain($id)
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::filled($id, [$((stringify!($name), $crate::Value::from($value))),+])
    };
}

/// A message without variables by its id, for tables of constants: [`Text::get`] is its text.
#[macro_export]
macro_rules! id {
    ($id:literal) => {
        $crate::Text::new($id)
    };
}
