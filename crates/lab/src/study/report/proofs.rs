//! What the page says about proofs: how they were made, a sentence for each box, and the table.

use std::fmt::Write as _;

use super::figures::Tables;
use crate::figures::csv_reader::Row;
use crate::figures::escape::escaped;
use crate::figures::html::{cell, files, of, rate, rows, short};
use crate::proof::ProofOutcome;
use crate::study::plan::ProofJob;

/// How a proof was made.
pub(super) fn method(job: &ProofJob) -> String {
    let class = job.direction.from().name();
    let how = if job.is_sampled() {
        "The box has too many frames to judge each of them. Random ones were judged, which bounds the share of the box that flips and proves \
         nothing."
    } else {
        "A frame holds bytes, so the box gives finitely many distinct frames. They were judged in f32, the likeliest to flip first: a \
         picture is steady if every one of them was judged and none has the other verdict, fragile if one has it (confirmed as PNG, judged \
         alone), and open if the budget ended before."
    };
    format!(
        "Proof “{}” ({}): on every {class} that the model calls {class}, and only on those. {how}",
        escaped(&job.region.to_string()),
        escaped(&job.details())
    )
}

/// The part of the page.
pub(super) fn section(tables: &Tables) -> String {
    let mut text = "<h2>Proved</h2>\n".to_owned();
    for row in tables.proofs.rows() {
        writeln!(text, "<p>{}</p>", sentence(row)).ok();
    }
    text += &rows(
        "Proofs",
        &[
            ("box", &cell("box")),
            ("model", &cell("model")),
            ("remedy", &cell("remedy")),
            ("framing", &cell("framing")),
            ("threshold", &cell("threshold")),
            ("direction", &cell("direction")),
            ("budget, frames", &cell("budget_frames")),
            ("found", &of("found", "labelled")),
            ("steady", &of("steady", "found")),
            ("steady, share", &rate("steady_share")),
            ("fragile", &of("fragile", "found")),
            ("fragile, share", &rate("fragile_share")),
            ("open", &of("open", "found")),
            ("not proved: random frames", &of("bounded", "found")),
            ("distinct frames (median)", &short("frames_median")),
            ("frames judged (median)", &short("frames_judged_median")),
        ],
        tables.proofs.rows(),
    );
    text + &files(&["proofs.csv", "proof_lesions.csv"])
}

/// "Of the 8 melanomas that one calls melanoma, within …: 6 (75.0 %, 40.9 to 92.9 %) are proved steady, …"
fn sentence(row: Row<'_>) -> String {
    let (region, model) = (row.text("box"), row.text("model"));
    let class = row.text("direction").split('-').next().unwrap_or_default();
    let (found, threshold) = (row.text("found"), row.text("threshold"));
    if found == "0" {
        return format!(
            "{}: no {class} that {} calls {class} has been proved yet.",
            escaped(region),
            escaped(model)
        );
    }
    let percent = |name: &str| {
        row.number(name)
            .map_or_else(|| "–".to_owned(), |share| format!("{:.1}", 100.0 * share))
    };
    let part = |outcome: ProofOutcome, words: &str| {
        let name = outcome.name();
        let count = row.text(name);
        format!(
            "{count} ({} %, {} to {} %) {} {words}",
            percent(&format!("{name}_share")),
            percent(&format!("{name}_share_lower")),
            percent(&format!("{name}_share_upper")),
            if count == "1" { "is" } else { "are" }
        )
    };
    let mut parts = vec![
        part(ProofOutcome::Steady, "proved steady"),
        part(ProofOutcome::Fragile, "fragile"),
        part(ProofOutcome::Open, "open"),
    ];
    if row.text(ProofOutcome::Bounded.name()) != "0" {
        parts.push(part(
            ProofOutcome::Bounded,
            "not proved: of random frames none flips",
        ));
    }
    let whose = match (found, class) {
        ("1", class) => format!("Of the one {class}"),
        (_, "nevus") => format!("Of the {found} nevi"),
        _ => format!("Of the {found} melanomas"),
    };
    format!(
        "{whose} that {} calls {class} at {threshold}, within {}: {}.",
        escaped(model),
        escaped(region),
        parts.join(", ")
    )
}
