//! The schema of a study's file: its versions, what distinguishes it from other files, and the triggers that prevent changes to
//! results.

use crate::results_file::file::Format;

/// Version of the newest schema that is read and written. A study without proofs is still written in the one before it.
pub const SCHEMA: i64 = 3;

/// The first schema with tables of proofs.
pub(super) const WITH_PROOFS: i64 = 3;
/// The schema of studies without proofs.
pub(super) const WITHOUT_PROOFS: i64 = 2;

/// The oldest version that can be read: results without checksums, absolute paths of files.
pub(super) const OLDEST: i64 = 1;

/// The triggers that prevent changes to results, by name.
const TRIGGERS: [(&str, &str); 4] = [
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

/// Those of the table of proofs.
const PROOF_TRIGGERS: [(&str, &str); 2] = [
    (
        "proof_stays",
        "CREATE TRIGGER proof_stays BEFORE UPDATE ON proof BEGIN SELECT RAISE(ABORT, 'results are never changed'); END",
    ),
    (
        "proof_remains",
        "CREATE TRIGGER proof_remains BEFORE DELETE ON proof BEGIN SELECT RAISE(ABORT, 'results are never removed'); END",
    ),
];

/// The triggers of a schema.
pub(super) fn triggers(schema: i64) -> impl Iterator<Item = (&'static str, &'static str)> {
    let proofs = (schema >= WITH_PROOFS).then_some(PROOF_TRIGGERS);
    TRIGGERS.into_iter().chain(proofs.into_iter().flatten())
}

/// The tables of a schema, as SQL.
pub(super) fn tables(schema: i64) -> String {
    let proofs = if schema >= WITH_PROOFS {
        include_str!("proofs.sql")
    } else {
        ""
    };
    format!("{}{proofs}", include_str!("schema.sql"))
}

/// A study among the files of results.
pub(super) const FORMAT: Format = Format {
    // "flps".
    application: 0x666c_7073,
    newest: SCHEMA,
    oldest: OLDEST,
    command: "flipscope study new",
};
