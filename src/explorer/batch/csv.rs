//! The list, and the table of findings, as rows for a CSV file. No path of a photograph is in them: they are known by name and
//! hash.

use std::path::PathBuf;

use flipscope_image::perturb::{Noise, Perturbation};
use flipscope_model::Label;

use crate::explorer::batch::findings::order;
use crate::explorer::batch::request::CsvTable;
use crate::explorer::explore::apply::saving::files_in_use;
use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::explore::table::rows::{FlippedBy, Outcome, Row};
use crate::explorer::search::state::TrayFinding;
use crate::explorer::state::State;

const LIST: [&str; 14] = [
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
];

const FINDINGS: [&str; 41] = [
    "lesion",
    "image_sha256",
    "truth",
    "attack",
    "mode",
    "flipped",
    "p_before",
    "p_after",
    "verdict_before",
    "verdict_after",
    "changed",
    "size",
    "size_unit",
    "delta_e2000_mean",
    "delta_e2000_max",
    "l_inf",
    "l2",
    "ssim",
    "shift_x",
    "shift_y",
    "rotate",
    "kelvin",
    "tint",
    "gain_red",
    "gain_green",
    "gain_blue",
    "offset_red",
    "offset_green",
    "offset_blue",
    "pixels_set",
    "noise_epsilon",
    "evaluations",
    "seconds",
    "seed",
    "threshold",
    "framing",
    "model",
    "model_sha256",
    "remedy",
    "frame_sha256",
    "altered_sha256",
];

/// The list as it is shown: its order, and what it leaves out.
pub(super) fn list(state: &State, path: PathBuf) -> CsvTable {
    let rows = state.table.shown().iter().filter_map(|place| {
        let lesion = state.lesions.get(place.index(&state.lesions)?)?;
        let row = state.table.rows.get(place.at)?;
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
    vec![
        lesion.name.clone(),
        lesion.sha256.clone().unwrap_or_default(),
        (row.truth.as_ref()).map_or_else(String::new, |truth| truth.name().to_owned()),
        number(row.p_melanoma),
        threshold.to_string(),
        text(row.verdict(threshold)),
        outcome.to_owned(),
        if altered {
            lesion.perturbation.in_words()
        } else {
            String::new()
        },
        number(after.map(|answer| answer.verdict.p_melanoma)),
        text(after.map(|answer| answer.verdict.label(threshold))),
        (row.flipped_by.as_ref()).map_or_else(String::new, FlippedBy::name),
        smallest.map_or_else(String::new, |change| change.delta_e.to_string()),
        smallest.map_or_else(String::new, |change| change.text.to_string()),
        match &lesion.picture {
            Picture::Failed(error) => error.clone(),
            _ => String::new(),
        },
    ]
}

/// The findings, in the order of their table.
pub(super) fn findings(state: &State, path: PathBuf) -> CsvTable {
    let findings = &state.searches.findings;
    let order = order(findings, state.batch.sort);
    let rows = order.into_iter().filter_map(|at| findings.get(at));
    CsvTable {
        path,
        never: files_in_use(state),
        header: FINDINGS.to_vec(),
        rows: rows.map(|kept| finding_row(state, kept)).collect(),
    }
}

fn finding_row(state: &State, kept: &TrayFinding) -> Vec<String> {
    let finding = &kept.found.finding;
    let rows = &state.table.rows;
    let truth = (rows.iter().find(|row| row.id == kept.lesion)).and_then(|row| row.truth.as_ref());
    let Perturbation {
        shift: [x, y],
        rotate,
        kelvin,
        tint,
        gain: [gain_red, gain_green, gain_blue],
        offset: [offset_red, offset_green, offset_blue],
        pixels,
        noise,
        ..
    } = &finding.perturbation;
    let distances = &finding.distances;
    let epsilon = noise.as_ref().map_or(0, Noise::epsilon);
    let mut cells = vec![
        kept.name.clone(),
        finding.subject.image_sha256.clone().unwrap_or_default(),
        truth.map_or_else(String::new, |truth| truth.name().to_owned()),
        finding.attack.name().to_owned(),
        finding.mode.to_string(),
        if finding.success { "yes" } else { "no" }.to_owned(),
        finding.p_before.to_string(),
        finding.p_after.to_string(),
        finding.label_before.name().to_owned(),
        finding.label_after.name().to_owned(),
        finding.perturbation.in_words(),
        finding.size.value.to_string(),
        finding.size.unit.to_string(),
    ];
    cells.extend(
        [
            distances.delta_e_mean,
            distances.delta_e_max,
            f64::from(distances.l_inf),
            distances.l2,
            distances.ssim,
            *x,
            *y,
            *rotate,
            *kelvin,
            *tint,
            *gain_red,
            *gain_green,
            *gain_blue,
            *offset_red,
            *offset_green,
            *offset_blue,
        ]
        .map(|number| number.to_string()),
    );
    cells.extend([
        pixels.len().to_string(),
        epsilon.to_string(),
        finding.evaluations.to_string(),
        finding.seconds.to_string(),
        finding.seed.to_string(),
        finding.threshold.to_string(),
        finding.subject.framing.to_string(),
        finding.model.clone(),
        finding.model_sha256.clone(),
        finding.remedy.to_string(),
        finding.frame_sha256.clone(),
        finding.altered_sha256.clone(),
    ]);
    cells
}
