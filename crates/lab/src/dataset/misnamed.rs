//! Columns that are not read, but are named nearly like one that would be.

use flipscope_language::text;

use super::layout::Layout;

/// What a column would say, what it is called, and what it is called by mistake, without capitals and signs between words.
const NEARLY: [(Role, &str, &[&str]); 4] = [
    (
        Role::Lesion,
        "lesion_id",
        &["lesion", "lesions", "lesionid", "lesionnumber", "lesionnr"],
    ),
    (
        Role::Patient,
        "patient_id",
        &[
            "patient",
            "patients",
            "patientid",
            "patientnumber",
            "patientnr",
        ],
    ),
    (
        Role::Part,
        "split",
        &["splits", "part", "parts", "partition", "set", "subset"],
    ),
    (
        Role::Duplicate,
        "duplicate_of",
        &["duplicate", "duplicates", "duplicateof"],
    ),
];

/// What a column says that a table need not have.
#[derive(Clone, Copy)]
enum Role {
    Lesion,
    Patient,
    Part,
    Duplicate,
}

/// A sentence for each column of a table that was probably meant as one that is read.
pub(super) fn say(header: &[String], layout: &Layout) -> Vec<String> {
    let mut said = Vec::new();
    for (role, expected, names) in NEARLY {
        let read = match role {
            Role::Lesion => layout.lesion,
            Role::Patient => layout.patient,
            Role::Part => layout.part,
            Role::Duplicate => layout.duplicate_of,
        };
        let meant = |column: &&String| names.contains(&&*bare(column));
        let Some(found) = header.iter().find(meant).filter(|_| read.is_none()) else {
            continue;
        };
        let found = found.as_str();
        said.push(match role {
            Role::Lesion => text!("dataset-nearly-lesion", found = found, expected = expected),
            Role::Patient => text!("dataset-nearly-patient", found = found, expected = expected),
            Role::Part => text!("dataset-nearly-part", found = found, expected = expected),
            Role::Duplicate => text!(
                "dataset-nearly-duplicate",
                found = found,
                expected = expected
            ),
        });
    }
    said
}

/// A name in small letters, without spaces and signs.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
