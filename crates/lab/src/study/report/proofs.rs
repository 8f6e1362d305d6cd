//! What the page says about proofs: how they were made, a sentence for each box, and the table.

use super::figures::Tables;
use crate::figures::csv_reader::Row;
use crate::figures::html::{self, cell, files, model, of, rate, rows, short};
use crate::proof::{ProofBox, ProofOutcome};
use crate::study::plan::{Job, Plan, ProofJob, details_in_words};
use flipscope_language::{Language, current, text};
use flipscope_model::{Label, model_in_words};

/// How a proof was made.
pub(super) fn method(job: &ProofJob) -> String {
    let region = in_words(&job.region);
    let details = job.details();
    let written = format!("{}; ", job.region);
    let details = match details.strip_prefix(&written) {
        Some(rest) => format!("{region}; {}", details_in_words(rest)),
        None => details_in_words(&details),
    };
    let how = if job.is_sampled() {
        text!("page-proof-sampled")
    } else {
        text!("page-proof-exhaustive")
    };
    match job.direction.from() {
        Label::Melanoma => text!(
            "page-proof-melanomas",
            region = region,
            details = details,
            how = how
        ),
        Label::Nevus => text!(
            "page-proof-nevi",
            region = region,
            details = details,
            how = how
        ),
    }
}

/// A box as the report calls it: in English as the tables do.
fn in_words(region: &ProofBox) -> String {
    match current() {
        Language::English => region.to_string(),
        Language::German => region.in_words(),
    }
}

/// The part of the page.
pub(super) fn section(plan: &Plan, tables: &Tables) -> String {
    let mut page = html::heading(text!("page-proved-part"));
    let region = |row: Row<'_>| region_of(plan, row.text("box"));
    for row in tables.proofs.rows() {
        page += &html::paragraph(&sentence(row, &region(row)));
    }
    let direction = |row: Row<'_>| details_in_words(row.text("direction"));
    page += &rows(
        text!("page-proofs"),
        &[
            (text!("page-box"), &region),
            (text!("page-model"), &model("model")),
            (text!("page-remedy"), &cell("remedy")),
            (text!("page-framing"), &cell("framing")),
            (text!("page-threshold"), &cell("threshold")),
            (text!("page-direction"), &direction),
            (text!("page-budget"), &cell("budget_frames")),
            (text!("page-found"), &of("found", "labelled")),
            (text!("page-steady"), &of("steady", "found")),
            (text!("page-steady-share"), &rate("steady_share")),
            (text!("page-fragile"), &of("fragile", "found")),
            (text!("page-fragile-share"), &rate("fragile_share")),
            (text!("page-open"), &of("open", "found")),
            (text!("page-bounded"), &of("bounded", "found")),
            (text!("page-distinct-frames"), &short("frames_median")),
            (text!("page-frames-judged"), &short("frames_judged_median")),
        ],
        tables.proofs.rows(),
    );
    page + &files(&["proofs.csv", "proof_lesions.csv"])
}

/// A box that the tables name.
fn region_of(plan: &Plan, written: &str) -> String {
    let mut regions = plan.jobs.iter().filter_map(|job| match job {
        Job::Proof(proof) => Some(&proof.region),
        _ => None,
    });
    let region = regions.find(|region| region.to_string() == written);
    region.map_or_else(|| written.to_owned(), in_words)
}

/// "Of the 8 melanomas that one calls melanoma, within …: 6 (75.0 %, 40.9 to 92.9 %) are proved steady, …"
fn sentence(row: Row<'_>, region: &str) -> String {
    let model = model_in_words(row.text("model"));
    let nevi = row.text("direction").starts_with("nevus");
    let count = |name: &str| row.text(name).parse::<u64>().unwrap_or(0);
    let (found, threshold) = (count("found"), row.text("threshold"));
    if found == 0 {
        return if nevi {
            text!("page-no-nevus-proved", region = region, model = model)
        } else {
            text!("page-no-melanoma-proved", region = region, model = model)
        };
    }
    let percent = |name: &str| {
        row.number(name)
            .map_or_else(|| "–".to_owned(), |share| format!("{:.1}", 100.0 * share))
    };
    let part = |outcome: ProofOutcome| {
        let name = outcome.name();
        let count = count(name);
        let share = text!(
            "page-proof-share",
            count = count,
            share = percent(&format!("{name}_share")),
            lower = percent(&format!("{name}_share_lower")),
            upper = percent(&format!("{name}_share_upper"))
        );
        match outcome {
            ProofOutcome::Steady => text!("page-are-steady", count = count, share = share),
            ProofOutcome::Fragile => text!("page-are-fragile", count = count, share = share),
            ProofOutcome::Open => text!("page-are-open", count = count, share = share),
            _ => text!("page-are-bounded", count = count, share = share),
        }
    };
    let mut parts = vec![
        part(ProofOutcome::Steady),
        part(ProofOutcome::Fragile),
        part(ProofOutcome::Open),
    ];
    if count(ProofOutcome::Bounded.name()) > 0 {
        parts.push(part(ProofOutcome::Bounded));
    }
    let parts = parts.join(", ");
    if nevi {
        text!(
            "page-nevi-proved",
            count = found,
            model = model,
            threshold = threshold,
            region = region,
            parts = parts
        )
    } else {
        text!(
            "page-melanomas-proved",
            count = found,
            model = model,
            threshold = threshold,
            region = region,
            parts = parts
        )
    }
}
