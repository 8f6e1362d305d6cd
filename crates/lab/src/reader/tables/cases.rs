//! Every case: what it shows, what was changed, what the network and the readers said.

use std::path::{Path, PathBuf};

use crate::figures::csv_writer::{Sheet, exact, number, text};
use crate::reader::error::ReaderError;
use crate::reader::plan::{Altered, Form};
use crate::reader::results::{Evidence, Judgement};
use flipscope_model::Label;

const HEADER: [&str; 32] = [
    "case",
    "lesion",
    "form",
    "truth",
    "truth_from",
    "image",
    "image_sha256",
    "frame_sha256",
    "network_p_melanoma",
    "network_call",
    "network_remedy",
    "attack",
    "search",
    "search_seed",
    "changed",
    "size",
    "size_unit",
    "delta_e_mean",
    "delta_e_max",
    "l_inf",
    "pixels",
    "ssim",
    "finding_sha256",
    "readers",
    "called_melanoma",
    "called_nevus",
    "timed_out",
    "would_biopsy",
    "hands_melanoma",
    "hands_nevus",
    "hands_biopsy",
    "perturbation",
];

/// A row for every case, by its name.
pub(super) fn cases(evidence: &Evidence<'_>, folder: &Path) -> Result<PathBuf, ReaderError> {
    let plan = evidence.plan();
    let judged: Vec<Judgement<'_>> = evidence.judgements().collect();
    let mut sheet = Sheet::new(folder, "cases.csv", &HEADER)?;
    for (case, number) in plan.cases.iter().zip(0_u32..) {
        let Some(lesion) = plan.lesion(case) else {
            continue;
        };
        let altered = (lesion.altered.as_ref()).filter(|_| case.form == Form::Adversarial);
        let mut row = vec![
            case.id.clone(),
            (case.lesion + 1).to_string(),
            case.form.name().to_owned(),
            lesion.truth.name().to_owned(),
            text(&lesion.truth_from),
            text(&lesion.image),
            lesion.image_sha256.clone().unwrap_or_default(),
            lesion.sha256(case.form).unwrap_or_default().to_owned(),
            lesion.p_melanoma(case.form).map(exact).unwrap_or_default(),
            plan.verdict(case).map_or("", Label::name).to_owned(),
            plan.network.remedy.to_string(),
        ];
        row.extend(change(altered));
        let own = judged.iter().filter(|one| one.number == number);
        row.extend(answer_columns(&own.collect::<Vec<_>>()));
        let perturbation = altered.map(|altered| serde_json::to_string(&altered.perturbation));
        let perturbation = perturbation.transpose();
        let failed = |error: serde_json::Error| ReaderError::Plan(error.to_string());
        row.push(perturbation.map_err(failed)?.unwrap_or_default());
        sheet.row(row)?;
    }
    Ok(sheet.finish()?)
}

/// What was changed; twelve empty cells for the unmodified form.
fn change(altered: Option<&Altered>) -> Vec<String> {
    let Some(altered) = altered else {
        return vec![String::new(); 12];
    };
    let distances = &altered.distances;
    vec![
        altered.attack.name().to_owned(),
        altered.search(),
        altered.search_seed.to_string(),
        altered.changed.clone(),
        number(Some(altered.size.value)),
        altered.size.unit.text().to_owned(),
        number(Some(distances.delta_e_mean)),
        number(Some(distances.delta_e_max)),
        distances.l_inf.to_string(),
        distances.pixels.to_string(),
        number(Some(distances.ssim)),
        altered.finding_sha256.clone(),
    ]
}

/// The answers about a case.
fn answer_columns(own: &[&Judgement<'_>]) -> Vec<String> {
    let count =
        |is: &dyn Fn(&Judgement<'_>) -> bool| own.iter().filter(|one| is(one)).count().to_string();
    let sum = |hands: &dyn Fn(&Judgement<'_>) -> Option<u32>| {
        let raised: Vec<u32> = own.iter().filter_map(|one| hands(one)).collect();
        match raised.as_slice() {
            [] => String::new(),
            raised => raised
                .iter()
                .copied()
                .map(u64::from)
                .sum::<u64>()
                .to_string(),
        }
    };
    vec![
        own.len().to_string(),
        count(&|one| one.reply.call == Some(Label::Melanoma)),
        count(&|one| one.reply.call == Some(Label::Nevus)),
        count(&|one| one.reply.timed_out),
        count(&|one| one.reply.biopsy == Some(true)),
        sum(&|one| one.reply.hands.map(|hands| hands.melanoma)),
        sum(&|one| one.reply.hands.map(|hands| hands.nevus)),
        sum(&|one| one.reply.hands.and_then(|hands| hands.biopsy)),
    ]
}
