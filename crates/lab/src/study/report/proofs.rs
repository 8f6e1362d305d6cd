//! What the page says about proofs: how they were made, a sentence for each box, and the table.

use super::read_tables::Tables;
use crate::figures::csv_reader::Row;
use crate::figures::html::{
    self, cell, count, exact, files, framing, model, of, rate, remedy, rows,
};
use crate::proof::{ProofBox, ProofOutcome};
use crate::study::plan::{Job, Plan, ProofJob, details_in_words};
use flipscope_language::{Language, current, decimal, text};
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
        text!("html-proof-sampled")
    } else {
        text!("html-proof-exhaustive")
    };
    match job.direction.from() {
        Label::Melanoma => text!(
            "html-proof-melanomas",
            region = region,
            details = details,
            how = how
        ),
        Label::Nevus => text!(
            "html-proof-nevi",
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
    let mut page = html::heading(text!("html-proved-part"));
    let region = |row: Row<'_>| region_of(plan, row.text("box"));
    for row in tables.proofs.rows() {
        page += &html::paragraph(&sentence(row, &region(row)));
    }
    let direction = |row: Row<'_>| details_in_words(row.text("direction"));
    page += &rows(
        text!("html-proofs"),
        &[
            (text!("html-box"), &region),
            (text!("html-model"), &model("model")),
            (text!("html-remedy"), &remedy("remedy")),
            (text!("html-framing"), &framing("framing")),
            (text!("html-threshold"), &exact("threshold")),
            (text!("html-direction"), &direction),
            (text!("html-budget"), &cell("budget_frames")),
            (text!("html-found"), &of("found", "labelled")),
            (text!("html-steady"), &of("steady", "found")),
            (text!("html-steady-share"), &rate("steady_share")),
            (text!("html-fragile"), &of("fragile", "found")),
            (text!("html-fragile-share"), &rate("fragile_share")),
            (text!("html-open"), &of("open", "found")),
            (text!("html-bounded"), &of("bounded", "found")),
            (text!("html-distinct-frames"), &count("frames_median")),
            (text!("html-frames-judged"), &count("frames_judged_median")),
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
    let (found, threshold) = (count("found"), decimal(row.text("threshold")));
    if found == 0 {
        return if nevi {
            text!("html-no-nevus-proved", region = region, model = model)
        } else {
            text!("html-no-melanoma-proved", region = region, model = model)
        };
    }
    let percent = |name: &str| {
        row.number(name).map_or_else(
            || "–".to_owned(),
            |share| decimal(format!("{:.1}", 100.0 * share)),
        )
    };
    let part = |outcome: ProofOutcome| {
        let name = outcome.name();
        let count = count(name);
        let share = text!(
            "html-proof-share",
            count = count,
            share = percent(&format!("{name}_share")),
            lower = percent(&format!("{name}_share_lower")),
            upper = percent(&format!("{name}_share_upper"))
        );
        match outcome {
            ProofOutcome::Steady => text!("html-are-steady", count = count, share = share),
            ProofOutcome::Fragile => text!("html-are-fragile", count = count, share = share),
            ProofOutcome::Open => text!("html-are-open", count = count, share = share),
            _ => text!("html-are-bounded", count = count, share = share),
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
            "html-nevi-proved",
            count = found,
            model = model,
            threshold = threshold,
            region = region,
            parts = parts
        )
    } else {
        text!(
            "html-melanomas-proved",
            count = found,
            model = model,
            threshold = threshold,
            region = region,
            parts = parts
        )
    }
}
