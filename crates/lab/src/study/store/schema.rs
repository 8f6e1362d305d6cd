//! The layout of a study's file: its versions, what tells it from others, and the triggers that keep results as they are.

use crate::results::file::Format;

/// Version of the file's layout.
pub const SCHEMA: i64 = 2;

/// The oldest version that is read: results without checksums, places of files as whole paths.
pub(super) const OLDEST: i64 = 1;

/// What keeps results from being changed, by name.
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
};
