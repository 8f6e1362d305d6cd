//! The schema of a study's file: its versions, what distinguishes it from other files, and the triggers that prevent changes to
//! results.

use crate::results_file::file::Format;

/// Version of the file's schema.
pub const SCHEMA: i64 = 2;

/// The oldest version that can be read: results without checksums, absolute paths of files.
pub(super) const OLDEST: i64 = 1;

/// The triggers that prevent changes to results, by name.
pub(super) const TRIGGERS: [(&str, &str); 4] = [
    (
        "score_stays",
        "CREATE TRIGGER score_stays BEFORE UPDATE ON score BEGIN SELECT RAISE(ABORT, 'results are never changed'); END",
    ),
    (
        "score_remains",
        "CREATE TRIGGER score_remains BEFORE DELETE ON score BEGIN SELECT RAISE(ABORT, 'results are never removed'); END",
    ),
    (
        "outcome_stays",
        "CREATE TRIGGER outcome_stays BEFORE UPDATE ON outcome BEGIN SELECT RAISE(ABORT, 'results are never changed'); END",
    ),
    (
        "outcome_remains",
        "CREATE TRIGGER outcome_remains BEFORE DELETE ON outcome BEGIN SELECT RAISE(ABORT, 'results are never removed'); END",
    ),
];

/// A study among the files of results.
pub(super) const FORMAT: Format = Format {
    // "flps".
    application: 0x666c_7073,
    newest: SCHEMA,
    oldest: OLDEST,
    command: "flipscope study new",
};
