//! Lesions and patients that cannot be what the table says: a placeholder for "unknown" that was taken for one, or shifted
//! columns.

use flipscope_language::{as_text, text};
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
            let (members, all) = (as_text(&members.len()), as_text(&examples.len()));
            said.push(match what {
                "patient" => text!(
                    "dataset-one-patient",
                    members = members,
                    count = all,
                    name = *name,
                    column = column
                ),
                _ => text!(
                    "dataset-one-lesion",
                    members = members,
                    count = all,
                    name = *name,
                    column = column
                ),
            });
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
            let names = match more {
                0 => shown.join(", "),
                more => {
                    let named = shown.join(", ");
                    text!("dataset-and-more", names = named, more = more)
                }
            };
            said.push(match mixed.len() {
                1 => text!("dataset-mixed-lesion", names = names, column = column),
                _ => text!("dataset-mixed-lesions", names = names, column = column),
            });
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
