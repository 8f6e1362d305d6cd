//! One photograph of a run: its name in the output folder, what is searched for, and whether that is done already.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::cli::naming::{Named as Photograph, Places, named};
use crate::cli::out_folder;
use flipscope_base::read;
use flipscope_image::lesion::{self, ColorHandling, Framing};
use flipscope_lab::proof;
use flipscope_lab::search::{
    Attack, Budget, Direction, Finding, Mode, Search, Strategy, Subject, save,
};
use flipscope_model::ModelInfo;

/// The photographs of a run, and what was skipped in folders.
pub(super) struct Chosen {
    pub(super) photographs: Vec<Photograph>,
    /// One sentence about what was skipped, if anything was.
    pub(super) left_out: Option<String>,
}

/// Names what was listed. In folders, the pictures are skipped that an earlier run wrote there or that this one will write:
/// otherwise a run into its own folder would attack its own findings the next time. A file that is named explicitly is taken.
pub(super) fn choose(listed: Vec<PathBuf>, asked: &[PathBuf], out: &Path, attack: &str) -> Chosen {
    let itself: HashSet<&PathBuf> = asked.iter().collect();
    let of_folder = |path: &PathBuf| !itself.contains(path);
    let count = listed.len();
    let listed: Vec<PathBuf> = (listed.into_iter())
        .filter(|path| {
            let ours = || save::is_of_a_finding(path) || proof::save::is_of_a_record(path);
            !(of_folder(path) && ours())
        })
        .collect();
    let mut places = Places::default();
    // A run that was killed may have left pictures without the finding, which is written last.
    let names = named(listed.clone());
    let own: HashSet<PathBuf> = (names.iter())
        .flat_map(|one| save::files(out, &one.name, attack))
        .map(|path| places.of(&path))
        .collect();
    let kept = (listed.into_iter())
        .filter(|path| !(of_folder(path) && own.contains(&places.of(path))))
        .collect::<Vec<_>>();
    let left_out = count - kept.len();
    Chosen {
        photographs: named(kept),
        left_out: (left_out > 0)
            .then(|| format!("pictures of findings in these folders, skipped: {left_out}")),
    }
}

/// What is searched for in every photograph of a run.
pub(super) struct AttackRequest {
    pub(super) attack: Attack,
    pub(super) mode: Mode,
    pub(super) strategy: Strategy,
    pub(super) direction: Direction,
    pub(super) seed: u64,
    pub(super) budget: Budget,
    pub(super) framing: Framing,
    pub(super) color_handling: ColorHandling,
    pub(super) threshold: f32,
    pub(super) model: ModelInfo,
    /// Of the network that judges candidates, if it is not that of the verdicts.
    pub(super) proposal_precision: Option<&'static str>,
}

impl AttackRequest {
    /// The finding of this photograph if it exists already; an error if a file of that name holds something else.
    pub(super) fn done(
        &self,
        photograph: &Photograph,
        out: &Path,
        force: bool,
    ) -> anyhow::Result<Option<Finding>> {
        let path = save::path(out, &photograph.name, self.attack.name());
        out_folder::earlier(&path, force, Finding::from_json, |finding| {
            let bytes = read::bytes(&photograph.path, lesion::MAX_FILE_BYTES).map_err(|error| {
                let file = photograph.path.display();
                anyhow::anyhow!("{file}: {}", lesion::why_unread(&error))
            })?;
            let image = lesion::hex(Sha256::digest(&bytes));
            Ok(self.compared(finding, &image))
        })
    }

    /// Whether the place of a photograph's finding is taken by one of the same photograph and network, in the other direction.
    pub(super) fn is_taken_by_the_other_direction(
        &self,
        photograph: &Photograph,
        search: &Search,
        out: &Path,
    ) -> bool {
        let path = save::path(out, &photograph.name, self.attack.name());
        let text = read::text(&path, read::MAX_JSON).unwrap_or_default();
        Finding::from_json(&text).is_ok_and(|finding| {
            finding.direction != self.direction
                && finding.subject.image_sha256 == search.subject.image_sha256
                && finding.is_of(&self.model)
        })
    }

    /// Whether a finding is what is searched for in a photograph with this hash, point by point, and what it is of otherwise.
    fn compared(&self, finding: &Finding, image_sha256: &String) -> Vec<(bool, &'static str)> {
        let has_strategies = self.attack.has_strategies();
        vec![
            (
                finding.subject.image_sha256.as_ref() == Some(image_sha256),
                "a finding of another photograph",
            ),
            (
                finding.model_sha256 == self.model.sha256,
                "a finding of another model",
            ),
            (
                finding.remedy == self.model.remedy,
                "a finding of another remedy",
            ),
            (
                finding.attack == self.attack,
                "a finding of other parameters",
            ),
            (
                finding.mode == self.mode,
                "a finding of another question (--mode)",
            ),
            (
                finding.strategy == self.strategy || !has_strategies,
                "a finding of another strategy",
            ),
            (
                finding.direction == self.direction,
                "a finding of another direction",
            ),
            (finding.seed == self.seed, "a finding of another seed"),
            (
                // Older versions also named that of the verdicts.
                (finding.proposal_precision.as_deref())
                    .filter(|proposals| *proposals != finding.precision)
                    == self.proposal_precision,
                "a finding of another type of proposals (--proposal-precision)",
            ),
            (finding.budget == self.budget, "a finding of another budget"),
            (
                finding.threshold == self.threshold,
                "a finding of another threshold",
            ),
            (
                finding.subject.framing == self.framing,
                "a finding of another framing",
            ),
            (
                finding.subject.color_handling == self.color_handling,
                "a finding of another reading of the file (--raw-values)",
            ),
        ]
    }

    /// Reads a photograph, and runs the search on it.
    pub(super) fn search(&self, photograph: &Photograph) -> anyhow::Result<Search> {
        let read = lesion::open(&photograph.path, self.color_handling)?;
        let image_sha256 = read.source.sha256().map(str::to_owned);
        Ok(Search {
            subject: Subject {
                image: read.source.name(),
                image_sha256,
                framing: self.framing,
                color_handling: self.color_handling,
            },
            frame: Arc::new(self.framing.apply(&read.raster)),
            attack: self.attack.clone(),
            mode: self.mode,
            strategy: self.strategy,
            direction: self.direction,
            threshold: self.threshold,
            seed: self.seed,
            budget: self.budget,
        })
    }
}
