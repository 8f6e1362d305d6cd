//! What the system says of a file, in plain words.

use std::io::{self, ErrorKind};
use std::path::Path;

use flipscope_language::{as_text, text};

/// The same error in this thread's language where it is a common one, and without the number that the standard library puts after what
/// the system says. An error that has words of ours already stays as it is.
#[must_use]
pub fn in_words(error: io::Error) -> io::Error {
    let Some(number) = error.raw_os_error() else {
        return error;
    };
    let kind = error.kind();
    match kind {
        ErrorKind::NotFound => io::Error::new(kind, text!("system-no-such-file")),
        ErrorKind::NotADirectory => io::Error::new(kind, text!("system-not-a-folder")),
        ErrorKind::PermissionDenied => io::Error::new(kind, text!("system-not-allowed")),
        _ => {
            let said = error.to_string();
            let said = said.trim_end_matches(&format!(" (os error {number})"));
            io::Error::new(kind, said)
        }
    }
}

/// As [`in_words`], of an error with this file or folder: of a link that leads to nothing it says where it leads.
#[must_use]
pub fn about(path: &Path, error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::NotFound
        && let Ok(target) = std::fs::read_link(path)
    {
        let target = as_text(&target.display());
        return io::Error::other(text!("system-link-to-nothing", target = target));
    }
    in_words(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn of_a_link_to_nothing_it_says_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        let of = |path: &Path| about(path, std::fs::metadata(path).unwrap_err()).to_string();
        assert_eq!(of(&link), "there is no such file");
        std::os::unix::fs::symlink("gone/away", &link).unwrap();
        assert_eq!(of(&link), "it is a link to gone/away, where nothing is");
    }

    #[test]
    fn no_error_has_a_number() {
        for number in 1..40 {
            let raw = io::Error::from_raw_os_error(number);
            let (kind, said) = (raw.kind(), in_words(raw));
            assert_eq!(said.kind(), kind);
            let said = said.to_string();
            assert!(!said.is_empty() && !said.contains("os error"), "{said}");
        }
        let own = io::Error::new(ErrorKind::NotFound, "there is no folder here");
        assert_eq!(in_words(own).to_string(), "there is no folder here");
    }
}
