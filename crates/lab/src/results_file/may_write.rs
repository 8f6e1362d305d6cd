//! Where tables and reports may be written.

use std::path::{Path, PathBuf};

use crate::figures::error::OutputError;
use crate::figures::folders::TABLES;
use flipscope_base::may_export::Export;

/// Whether the tables `names` of a study, or a report with them, may be written into a folder: not if they would replace files
/// that are not from an earlier export of it (unless `force` is set), and never if they would replace `study`, the file itself.
pub(crate) fn may_write_tables(
    study: &Path,
    plan_sha256: &str,
    names: &[&str],
    folder: &Path,
    report: bool,
    force: bool,
) -> Result<(), OutputError> {
    let tables = if report {
        folder.join(TABLES)
    } else {
        folder.to_owned()
    };
    let export = Export {
        study,
        plan_sha256,
        tables: &tables,
        names,
        page: report.then_some(folder),
    };
    export
        .check(force)
        .map_err(|(path, source)| OutputError::Io { path, source })
}

/// Whether all of these files are among the tables that [`may_write_tables`] was asked about.
pub(crate) fn are_known(files: &[PathBuf], names: &[&str]) -> bool {
    let known = |path: &PathBuf| names.iter().any(|name| path.ends_with(name));
    files.iter().all(known)
}
