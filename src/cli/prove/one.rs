//! One photograph of a run: whether its record exists already, and how far it got.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::cli::naming::{Named, named};
use crate::cli::out_folder;
use flipscope_lab::proof::{Proof, ProofRecord, save};
use flipscope_lab::search::{Scorer, save as finding};

/// Names what was listed. In folders, the pictures of findings and proofs are skipped; a file that is named explicitly is taken.
pub(super) fn choose(listed: Vec<PathBuf>, asked: &[PathBuf]) -> Vec<Named> {
    let itself: HashSet<&PathBuf> = asked.iter().collect();
    let ours = |path: &PathBuf| finding::is_of_a_finding(path) || save::is_of_a_record(path);
    named(
        (listed.into_iter())
            .filter(|path| itself.contains(path) || !ours(path))
            .collect(),
    )
}

/// The record of this photograph if it exists already; an error if a file of that name holds something else.
pub(super) fn earlier(
    proof: &Proof,
    scorer: &dyn Scorer,
    path: &Path,
    force: bool,
) -> anyhow::Result<Option<ProofRecord>> {
    out_folder::earlier(path, force, ProofRecord::from_json, |record| {
        let info = scorer.info();
        Ok(vec![
            (record.is_sealed(), "numbers that were changed afterwards"),
            (record.region == proof.region, "a proof of another box"),
            (
                record.frame_sha256 == proof.frame.sha256(),
                "a proof of another photograph or framing",
            ),
            (
                (&record.model_sha256, record.remedy) == (&info.sha256, info.remedy),
                "a proof of another model",
            ),
            (
                record.threshold == proof.threshold,
                "a proof at another threshold",
            ),
            (
                (record.screened_in.as_deref(), &*record.device)
                    == (scorer.proposal_precision(), scorer.device()),
                "a proof on another device or in another precision",
            ),
            (
                (record.bound).is_none_or(|bound| bound.seed == proof.draws.seed),
                "random frames of another seed",
            ),
        ])
    })
}
