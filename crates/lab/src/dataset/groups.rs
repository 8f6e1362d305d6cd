//! Lesions and patients that cannot be what the table says: a placeholder for "unknown" that was taken for one, or shifted
//! columns.

use std::collections::BTreeMap;

use super::example::{Dataset, Example};
use flipscope_model::Label;

/// The most lesions that are listed individually.
const NAMED: usize = 5;
/// From this many pictures on, a lesion with more than half of them is implausible.
const FEW: usize = 6;

/// Reports where one lesion has both melanoma and nevus, and where one lesion or patient has more than half of the pictures.
pub(super) fn say(dataset: &mut Dataset) {
    let mut said = Vec::new();
    let examples = &dataset.examples;
    for (what, column, of) in [
        (
            "lesion",
            "lesion_id",
            lesion as fn(&Example) -> Option<&str>,
        ),
        ("patient", "patient_id", patient),
    ] {
        let mut groups: BTreeMap<&str, Vec<&Example>> = BTreeMap::new();
        for example in examples {
            if let Some(name) = of(example) {
                groups.entry(name).or_default().push(example);
            }
        }
        let half = (groups.iter())
            .find(|(_, members)| examples.len() >= FEW && members.len() * 2 > examples.len());
        if let Some((name, members)) = half {
            said.push(format!(
                "{} of {} pictures are of one {what}, “{name}”: they are kept together as pictures of one {what}. If this stands \
                 for an unknown {what}, empty its column ({column})",
                members.len(),
                examples.len()
            ));
        }
        if what == "patient" {
            continue;
        }
        let has =
            |members: &[&Example], label| members.iter().any(|one| one.label() == Some(label));
        let mixed: Vec<String> = (groups.iter())
            .filter(|(_, all)| has(all, Label::Melanoma) && has(all, Label::Nevus))
            .map(|(name, _)| format!("“{name}”"))
            .collect();
        if !mixed.is_empty() {
            let shown: Vec<&str> = mixed.iter().take(NAMED).map(String::as_str).collect();
            let more = mixed.len().saturating_sub(NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            let verb = if mixed.len() == 1 {
                "One lesion holds"
            } else {
                "Some lesions hold"
            };
            said.push(format!(
                "{verb} both melanoma and nevus: {}{more}. Check the columns of lesion ({column}) and diagnosis",
                shown.join(", ")
            ));
        }
    }
    dataset.assumptions.extend(said);
}

fn lesion(example: &Example) -> Option<&str> {
    example.lesion.as_deref()
}

fn patient(example: &Example) -> Option<&str> {
    example.patient.as_deref()
}
