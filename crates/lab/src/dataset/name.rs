//! The name of a data set.

use std::path::Path;

/// The name of a set that is read from here: the table's, or its folder's if the table is called `labels` or `metadata`, as
/// many are.
pub(super) fn name_of(path: &Path) -> String {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let text =
        |part: Option<&std::ffi::OsStr>| part.map(|name| name.to_string_lossy().into_owned());
    if whole.is_dir() {
        return text(whole.file_name()).unwrap_or_default();
    }
    let stem = text(whole.file_stem()).unwrap_or_default();
    match stem.to_lowercase().as_str() {
        "labels" | "metadata" => text(whole.parent().and_then(Path::file_name)).unwrap_or(stem),
        _ => stem,
    }
}
