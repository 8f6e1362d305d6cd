//! The list, and the table of findings, as rows for a CSV file. No path of a photograph is in them: they are known by name and
//! hash.

use std::path::PathBuf;

use flipscope_lab::search::table;
use flipscope_language::{Language, within};
use flipscope_model::{Label, ModelInfo};

use crate::explorer::batch::findings::order;
use crate::explorer::batch::request::CsvTable;
use crate::explorer::explore::apply::saving::files_in_use;
use crate::explorer::explore::lesion::{Lesion, LesionId, Picture};
use crate::explorer::explore::list::rows::{FlippedBy, Outcome, Row};
use crate::explorer::explore::list::truth::Truth;
use crate::explorer::state::State;

const LIST: [&str; 20] = [
    "lesion",
    "image_sha256",
    "truth",
    "p_melanoma",
    "threshold",
    "verdict",
    "right_or_wrong",
    "altered_by",
    "p_melanoma_altered",
    "verdict_altered",
    "flipped_by",
    "smallest_delta_e2000",
    "smallest_change",
    "problem",
    "model",
    "model_sha256",
    "remedy",
    "framing",
    "reading",
    "version",
];

/// The list as it is shown: its order, and what it leaves out.
pub(super) fn list(state: &State, path: PathBuf) -> CsvTable {
    let rows = state.list.shown().iter().filter_map(|place| {
        let lesion = state.lesions.get(place.index(&state.lesions)?)?;
        let row = state.list.rows.get(place.at)?;
        Some(lesion_row(state, lesion, row))
    });
    CsvTable {
        path,
        never: files_in_use(state),
        header: LIST.to_vec(),
        rows: rows.collect(),
    }
}

fn lesion_row(state: &State, lesion: &Lesion, row: &Row) -> Vec<String> {
    let threshold = state.threshold();
    let altered = !lesion.perturbation.is_identity();
    let after = lesion.current().filter(|_| altered);
    let text =
        |label: Option<Label>| label.map_or_else(String::new, |label| label.name().to_owned());
    let number = |p: Option<f32>| p.map_or_else(String::new, |p| p.to_string());
    let outcome = row.outcome(threshold).map_or("", Outcome::name);
    let smallest = row.smallest.as_ref();
    let model = state.model.ready.as_ref().map(|ready| &ready.info);
    let of_model = |cell: fn(&ModelInfo) -> String| model.map_or_else(String::new, cell);
    vec![
        lesion.name.clone(),
        lesion.sha256.clone().unwrap_or_default(),
        (row.truth.as_ref()).map_or_else(String::new, |truth| truth.name().to_owned()),
        number(row.p_melanoma),
        threshold.to_string(),
        text(row.verdict(threshold)),
        outcome.to_owned(),
        if altered {
            within(Language::English, || lesion.perturbation.in_words())
        } else {
            String::new()
        },
        number(after.map(|answer| answer.verdict.p_melanoma)),
        text(after.map(|answer| answer.verdict.label(threshold))),
        (row.flipped_by.as_ref()).map_or_else(String::new, FlippedBy::name),
        smallest.map_or_else(String::new, |change| change.delta_e.to_string()),
        smallest.map_or_else(String::new, |change| change.title.name.clone()),
        match &lesion.picture {
            Picture::Failed(error) => error.clone(),
            _ => String::new(),
        },
        of_model(|model| model.name.clone()),
        of_model(|model| model.sha256.clone()),
        of_model(|model| model.remedy.to_string()),
        state.framing().to_string(),
        state.color_handling.name().to_owned(),
        env!("CARGO_PKG_VERSION").to_owned(),
    ]
}

/// The findings, in the order of their table; then the searches that have failed.
pub(super) fn findings(state: &State, path: PathBuf) -> CsvTable {
    let findings = &state.searches.findings;
    let order = order(findings, state.batch.sort);
    let found = order.into_iter().filter_map(|at| findings.get(at));
    let found = found.map(|kept| {
        let lesion = named(state, kept.lesion, &kept.name);
        table::row(lesion, &kept.found.finding)
    });
    let failed = state.searches.failed().map(|(one, why)| {
        let lesion = named(state, one.lesion, &one.name);
        table::failed_row(lesion, &one.search, why)
    });
    CsvTable {
        path,
        never: files_in_use(state),
        header: table::COLUMNS.to_vec(),
        rows: found.chain(failed).collect(),
    }
}

/// A lesion as a table of findings has it.
fn named<'a>(state: &'a State, id: LesionId, name: &'a str) -> table::Lesion<'a> {
    let truth = state.list.truth_of(id);
    table::Lesion {
        name,
        truth: truth.map(Truth::name),
    }
}
