//! One photograph of a run: its name in the output folder, what is asked of it, and whether that is done already.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};

use crate::base::read;
use crate::classifier::Precision;
use crate::lesion::{self, Framing, Reading};
use crate::search::{Attack, Budget, Direction, Finding, Mode, Search, Subject};

use super::finding_path;

/// A photograph, and what its files are called.
pub(super) struct Photograph {
    pub(super) path: PathBuf,
    /// The file name without its ending; with it, where another photograph has the same one.
    pub(super) name: String,
}

/// Gives each photograph a name of its own; one sentence for each that would have the name of an earlier one.
pub(super) fn named(paths: Vec<PathBuf>) -> (Vec<Photograph>, Vec<String>) {
    let text =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let mut stems: BTreeMap<String, usize> = BTreeMap::new();
    for path in &paths {
        *stems.entry(text(path.file_stem())).or_default() += 1;
    }
    let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
    let (mut photographs, mut doubles) = (Vec::new(), Vec::new());
    for path in paths {
        let stem = text(path.file_stem());
        let alone = stems.get(&stem) == Some(&1);
        let name = if alone { stem } else { text(path.file_name()) };
        match taken.get(&name) {
            // The same file twice is done once.
            Some(first) if *first == path => {}
            Some(first) => doubles.push(format!(
                "{}: left out, since {} has the same name: give it an --out of its own",
                path.display(),
                first.display()
            )),
            None => {
                taken.insert(name.clone(), path.clone());
                photographs.push(Photograph { path, name });
            }
        }
    }
    (photographs, doubles)
}

/// What is asked of every photograph of a run.
pub(super) struct Question {
    pub(super) attack: Attack,
    pub(super) mode: Mode,
    pub(super) direction: Direction,
    pub(super) seed: u64,
    pub(super) budget: Budget,
    pub(super) framing: Framing,
    pub(super) reading: Reading,
    pub(super) threshold: f32,
    pub(super) model_sha256: String,
    pub(super) draft: Option<Precision>,
}

impl Question {
    /// The finding of this photograph that is there already; an error where a file of that name holds something else.
    pub(super) fn done(
        &self,
        photograph: &Photograph,
        out: &Path,
    ) -> anyhow::Result<Option<Finding>> {
        let path = finding_path(out, photograph, &self.attack);
        let text = match read::text(&path, read::MAX_JSON) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("{}: cannot be read", path.display()));
            }
        };
        let remedy = "move it away, or give another --out";
        let finding =
            Finding::from_json(&text).with_context(|| format!("{}: {remedy}", path.display()))?;
        let bytes = std::fs::read(&photograph.path).map_err(|error| {
            anyhow::anyhow!(
                "{}: {}",
                photograph.path.display(),
                lesion::why_unread(&error)
            )
        })?;
        let image = lesion::hex(&Sha256::digest(&bytes));
        for (same, what) in [
            (
                finding.subject.image_sha256.as_ref() == Some(&image),
                "another photograph",
            ),
            (finding.model_sha256 == self.model_sha256, "another model"),
            (finding.attack == self.attack, "other parameters"),
            (finding.mode == self.mode, "another mode"),
            (finding.direction == self.direction, "another direction"),
            (finding.seed == self.seed, "another seed"),
            (
                finding.draft_precision.as_deref() == self.draft.map(Precision::name),
                "other drafts (--draft)",
            ),
            (finding.budget == self.budget, "another budget"),
            (finding.threshold == self.threshold, "another threshold"),
            (finding.subject.framing == self.framing, "another framing"),
            (
                finding.subject.reading == self.reading,
                "another reading of the file (--raw-values)",
            ),
        ] {
            if !same {
                bail!("{}: holds a finding of {what}: {remedy}", path.display());
            }
        }
        Ok(Some(finding))
    }

    /// Reads a photograph, and asks the question of it.
    pub(super) fn search(&self, photograph: &Photograph) -> anyhow::Result<Search> {
        let read = lesion::open(&photograph.path, self.reading)?;
        let image_sha256 = read.source.sha256().map(str::to_owned);
        Ok(Search {
            subject: Subject {
                image: read.source.name(),
                image_sha256,
                framing: self.framing,
                reading: self.reading,
            },
            frame: Arc::new(self.framing.apply(&read.raster)),
            attack: self.attack.clone(),
            mode: self.mode,
            direction: self.direction,
            threshold: self.threshold,
            seed: self.seed,
            budget: self.budget,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_photographs_share_a_name() {
        let paths = ["a/x.jpg", "a/x.png", "b/x.jpg", "b/y.jpg", "b/y.jpg"];
        let (photographs, doubles) = named(paths.map(PathBuf::from).to_vec());
        let names: Vec<&str> = photographs.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["x.jpg", "x.png", "y.jpg"]);
        assert_eq!(doubles.len(), 1);
        assert!(doubles[0].starts_with("b/x.jpg"), "{doubles:?}");
        let (photographs, _) = named(vec![PathBuf::from("a/x.jpg"), PathBuf::from("a/z.png")]);
        assert_eq!(photographs[0].name, "x");
    }
}
