//! Findings as a table for a CSV file: one row a search, with where every number comes from. The columns are named as the fields of a
//! finding's JSON are, and hold the same values.
//!
//! No path of a photograph is in it: it is known by name and hash. `files` is what the names of the finding's own files begin with, once it
//! has some. `flipped` is `true` or `false`, as `success` of the JSON is; whether
//! `false` is an answer, `ended` says. A search that has failed has no finding: its row holds the request, and the error in `problem`.

use super::finding::Finding;
use super::question::Budget;
use super::request::Search;
use super::save;
use flipscope_image::perturb::{Noise, Perturbation};
use flipscope_language::{Language, within};

/// The titles of the columns. Those that were added later stand at the end.
pub const COLUMNS: [&str; 62] = [
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
    "ended",
    "direction",
    "strategy",
    "found_by",
    "preset",
    "budget",
    "budget_seconds",
    "gradients",
    "forward_equivalents",
    "forward_equivalents_to_first_flip",
    "sampling",
    "uncovered",
    "reading",
    "device",
    "precision",
    "version",
    "problem",
    "files",
    "proposal_precision",
    "proposal_margin",
    "proposal_margin_frames",
];

/// The lesion of a row, as the program that writes the table knows it.
#[derive(Clone, Copy, Debug)]
pub struct Lesion<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its diagnosis, if a table of labels states it.
    pub truth: Option<&'a str>,
}

/// The row of a finding: as many cells as there are [`COLUMNS`].
#[must_use]
pub fn row(lesion: Lesion<'_>, finding: &Finding) -> Vec<String> {
    let Perturbation {
        shift: [x, y],
        rotate,
        kelvin,
        tint,
        gain: [gain_red, gain_green, gain_blue],
        offset: [offset_red, offset_green, offset_blue],
        pixels,
        noise,
        sampling,
        fill,
        ..
    } = &finding.perturbation;
    let distances = &finding.distances;
    let numbers = |numbers: &[f64]| -> Vec<String> { numbers.iter().map(f64::to_string).collect() };
    let mut cells = vec![
        lesion.name.to_owned(),
        finding.subject.image_sha256.clone().unwrap_or_default(),
        lesion.truth.unwrap_or_default().to_owned(),
        finding.attack.name().to_owned(),
        finding.mode.to_string(),
        finding.success.to_string(),
        finding.p_before.to_string(),
        finding.p_after.to_string(),
        finding.label_before.name().to_owned(),
        finding.label_after.name().to_owned(),
        // Files are in English, whatever the window speaks.
        within(Language::English, || finding.perturbation.in_words()),
        finding.size.value.to_string(),
        finding.size.unit.to_string(),
    ];
    cells.extend(numbers(&[
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
    ]));
    cells.extend([
        pixels.len().to_string(),
        noise.as_ref().map_or(0, Noise::epsilon).to_string(),
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
        finding.ended.name().to_owned(),
        finding.direction.to_string(),
        finding.strategy.to_string(),
        text(finding.found_by),
        finding.preset.to_string(),
    ]);
    cells.extend(budget(finding.budget));
    cells.extend([
        finding.gradients.to_string(),
        text(finding.forward_equivalents),
        text(finding.forward_equivalents_to_first_flip),
        sampling.to_string(),
        fill.to_string(),
        finding.subject.color_handling.name().to_owned(),
        finding.device.clone(),
        finding.precision.clone(),
        finding.version.clone(),
        String::new(),
        save::stem(finding).unwrap_or_default().to_owned(),
        finding.proposal_precision.clone().unwrap_or_default(),
        text(finding.proposal_margin),
        text(finding.proposal_margin_frames),
    ]);
    cells
}

/// The row of a search that has failed: what was asked, and why there is no answer.
#[must_use]
pub fn failed_row(lesion: Lesion<'_>, search: &Search, problem: &str) -> Vec<String> {
    let [evaluations, seconds] = budget(search.budget);
    let known = [
        ("lesion", lesion.name.to_owned()),
        (
            "image_sha256",
            search.subject.image_sha256.clone().unwrap_or_default(),
        ),
        ("truth", lesion.truth.unwrap_or_default().to_owned()),
        ("attack", search.attack.name().to_owned()),
        ("mode", search.mode.to_string()),
        ("seed", search.seed.to_string()),
        ("threshold", search.threshold.to_string()),
        ("framing", search.subject.framing.to_string()),
        ("ended", "failed".to_owned()),
        ("direction", search.direction.to_string()),
        ("strategy", search.strategy.to_string()),
        ("preset", search.attack.which_preset().to_string()),
        ("budget", evaluations),
        ("budget_seconds", seconds),
        ("reading", search.subject.color_handling.name().to_owned()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("problem", problem.to_owned()),
    ];
    let cell = |column: &&str| {
        let mut known = known.iter();
        let found = known.find(|(name, _)| name == column);
        found.map_or_else(String::new, |(_, cell)| cell.clone())
    };
    COLUMNS.iter().map(cell).collect()
}

/// Evaluations and seconds; empty without a limit.
fn budget(budget: Budget) -> [String; 2] {
    [text(budget.evaluations), text(budget.seconds)]
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
