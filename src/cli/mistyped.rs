//! A mistyped command, or a file that is not there: said before any window opens.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::misuse;

/// Refuses what the window is asked to open if it does not exist: the first word may be meant as one of `commands`.
pub(super) fn check(paths: &[PathBuf], commands: &[String]) -> anyhow::Result<()> {
    match paths.iter().enumerate().find(|(_, path)| is_missing(path)) {
        None => Ok(()),
        Some((0, path)) => Err(misuse(no_such_command(path, commands))),
        Some((_, path)) => Err(misuse(format_args!(
            "there is no file or folder `{}`",
            path.display()
        ))),
    }
}

/// What to say of the first word of a command line that was not understood, if it is neither a command nor a file: the flags after it are
/// then those of the command that was meant.
pub(super) fn first_word(word: Option<PathBuf>, commands: &[String]) -> Option<String> {
    let word = word.filter(|word| {
        let name = word.to_string_lossy();
        !name.starts_with('-') && !commands.iter().any(|command| *command == name)
    })?;
    is_missing(&word).then(|| no_such_command(&word, commands))
}

/// What exists but may not be looked at is left to the window, which says so.
fn is_missing(path: &Path) -> bool {
    (path.metadata()).is_err_and(|error| {
        matches!(
            error.kind(),
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename
        )
    })
}

fn no_such_command(word: &Path, commands: &[String]) -> String {
    let word = word.display().to_string();
    match nearest(&word, commands) {
        Some(command) => {
            format!("there is no file or command `{word}`: did you mean {command}?")
        }
        None => {
            format!("there is no file or command `{word}`: `flipscope --help` lists the commands")
        }
    }
}

/// The command that was probably meant: one that begins so, or that is at most two letters off, fewer than half of them.
fn nearest<'a>(word: &str, commands: &'a [String]) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let begun: String = word.iter().collect();
    let begins = |command: &&String| word.len() > 2 && command.starts_with(&begun);
    if let Some(command) = commands.iter().find(begins) {
        return Some(command);
    }
    let close = commands
        .iter()
        .map(|command| (distance(&word, command), command));
    let close = close.filter(|(letters, _)| *letters <= 2 && 2 * letters < word.len());
    (close.min_by_key(|(letters, _)| *letters)).map(|(_, command)| command.as_str())
}

/// How many letters must be replaced, inserted or left out (Levenshtein 1966).
fn distance(from: &[char], to: &str) -> usize {
    // How far each beginning of `from` is from what of `to` has been read.
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (read, letter) in to.chars().enumerate() {
        let mut before = read;
        let mut left = read + 1;
        for (cell, own) in row.iter_mut().skip(1).zip(from) {
            let replaced = before + usize::from(*own != letter);
            before = *cell;
            left = replaced.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = read + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        for (from, to, letters) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
            ("clasify", "classify", 1),
        ] {
            let from: Vec<char> = from.chars().collect();
            assert_eq!(distance(&from, to), letters, "{from:?} {to}");
        }
    }

    #[test]
    fn only_a_near_command_is_offered() {
        let commands = ["classify", "attack", "train", "model", "reader"].map(str::to_owned);
        for (word, command) in [
            ("clasify", Some("classify")),
            ("Classify", Some("classify")),
            ("class", Some("classify")),
            ("trian", Some("train")),
            ("atack", Some("attack")),
            ("modle", Some("model")),
            ("nope.jpg", None),
            ("mole.jpg", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, &commands), command, "{word}");
        }
    }
}
