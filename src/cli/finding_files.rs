//! The files of findings that a command is given: those of a folder by name, and what to do about one that cannot be read.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use flipscope_base::system::in_words;
use flipscope_base::{natural, read};
use flipscope_image::lesion::why_unread;
use flipscope_lab::search::FindingError;

/// What makes findings, for all who have none.
pub(super) const REMEDY: &str = "give a .json that `flipscope attack --out` or the window wrote";

/// What to do about one that is damaged.
const DAMAGED: &str = "if it was a finding, put a whole copy there, or remove it and let `flipscope attack` make it again";

/// The files, and whether each was named explicitly; in a folder, its `.json` files by name.
pub(super) fn listed(paths: &[PathBuf]) -> anyhow::Result<Vec<(PathBuf, bool)>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push((path.clone(), true));
            continue;
        }
        let shown = || format!("{}: cannot be listed", path.display());
        let mut within = Vec::new();
        for entry in std::fs::read_dir(path)
            .map_err(in_words)
            .with_context(shown)?
        {
            let file = entry.with_context(shown)?.path();
            if file.extension().is_some_and(|ending| ending == "json") {
                within.push((file, false));
            }
        }
        within.sort_by(|(a, _), (b, _)| natural::order_of_paths(a, b));
        files.append(&mut within);
    }
    Ok(files)
}

/// Whether a file of a folder that cannot be read as a finding may have been one: it is empty or cut off, so that no JSON is whole, or
/// it still names its frame as only findings and altered pictures do. What begins with whole JSON, as a table of verdicts, is something else.
pub(super) fn is_damaged(text: &str) -> bool {
    let first = serde_json::Deserializer::from_str(text)
        .into_iter::<serde_json::Value>()
        .next();
    match first {
        Some(Ok(value)) => ["frame_png", "altered_png"]
            .iter()
            .any(|own| value.get(own).is_some()),
        Some(Err(_)) | None => true,
    }
}

/// "a, b": what was looked through in vain.
pub(super) fn names(paths: &[PathBuf]) -> String {
    let names: Vec<String> = (paths.iter().map(|path| path.display().to_string())).collect();
    names.join(", ")
}

/// What is said of a file that cannot be read as a finding.
pub(super) fn no_finding(path: &Path, text: &str, error: &FindingError) -> anyhow::Error {
    let shown = path.display();
    let first = text.trim_start().chars().next();
    match (first, error) {
        (None, _) => anyhow!("{shown}: it is empty: {DAMAGED}"),
        // Something else, such as a table that was named, does not begin as a finding does.
        (Some('{'), FindingError::Json(why)) if is_damaged(text) => {
            anyhow!("{shown}: it is damaged ({why}): {DAMAGED}")
        }
        _ => anyhow!("{shown}: {error}: {REMEDY}"),
    }
}

/// The text of a finding's file.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    read::text(path, read::MAX_JSON).map_err(|error| {
        let remedy = match error.kind() {
            ErrorKind::InvalidData | ErrorKind::InvalidInput => format!(": {REMEDY}"),
            // What is said of a file that is not there has a remedy.
            _ => String::new(),
        };
        anyhow!("{}: {}{remedy}", path.display(), why_unread(&error))
    })
}

/// What to do about a picture of a finding that cannot be read; nothing where its name says all.
pub(super) fn picture_remedy(error: &io::Error) -> &'static str {
    if error.kind() == ErrorKind::NotFound {
        ": put it back next to its finding, or let `flipscope attack` make the finding again in another folder"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_damaged_one_it_is_said_first_that_it_is() {
        let of = |text: &str| {
            let error = flipscope_lab::search::Finding::from_json(text).unwrap_err();
            no_finding(Path::new("a.json"), text, &error).to_string()
        };
        for (text, begins) in [
            ("", "a.json: it is empty: if it was a finding, "),
            ("{\"schema\": 1, \"ver", "a.json: it is damaged (EOF "),
            ("{\"a\": 1}", "a.json: it holds no finding: "),
            ("a,b\n1,2\n", "a.json: it holds no finding: "),
        ] {
            let said = of(text);
            assert!(said.starts_with(begins), "{said}");
            assert!(said.contains("`flipscope attack"), "{said}");
        }
    }

    #[test]
    fn what_is_cut_off_is_damaged_and_another_json_is_not() {
        let whole = r#"{"schema": 1, "frame_png": "a.frame.png", "success": true}"#;
        for damaged in ["", " \n", "{", &whole[..30], whole] {
            assert!(is_damaged(damaged), "{damaged}");
        }
        let lines = "{\"file\": \"a.png\"}\n{\"file\": \"b";
        for other in ["{}", "[1, 2]", "\"text\"", lines] {
            assert!(!is_damaged(other), "{other}");
        }
    }
}
