//! The material of a study: findings as `flipscope attack` writes them, and labelled photographs.

use flipscope_language::{as_text, text};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::case::{Altered, ReferenceModel, SearchTerms};
use super::hash::hash;
use super::labels::{Labels, file_name};
use super::source::{Kind, Source, frames};
use crate::reader::error::ReaderError;
use crate::search::{Finding, FindingError};
use flipscope_base::system::in_words;
use flipscope_base::{read, untrusted};
use flipscope_image::lesion::synthetic::name_in_words;
use flipscope_image::lesion::why_unread;
use flipscope_image::perturb;

/// Findings that can be shown to readers.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The network that made all of them.
    pub network: ReferenceModel,
    /// The findings, in the order of their files.
    pub(super) sources: Vec<Source>,
    /// Findings in folders that did not flip, and so are left out.
    pub unsuccessful: usize,
    /// Lesions of findings in folders that are left out, for they are not known to be a melanoma or a nevus: by name, each once.
    pub undiagnosed: BTreeSet<String>,
    /// One sentence for each file of a folder that could not be used.
    pub problems: Vec<String>,
}

/// Reads findings: files as given, and those in folders. Every picture is checked against the hashes of its finding, and the
/// altered one is rendered again.
///
/// # Errors
/// If a file that was named explicitly holds no finding, one that did not flip, or one of a lesion whose truth is unknown; if there is none
/// at all; if a picture does not match its finding; if findings have different networks, thresholds, framings or fields of
/// view. Such files in a folder are left out and counted.
pub fn findings(paths: &[PathBuf], labels: &Labels<'_>) -> Result<Findings, ReaderError> {
    let mut first: Option<(PathBuf, ReferenceModel)> = None;
    let mut sources = Vec::new();
    let (mut unsuccessful, mut problems) = (0, Vec::new());
    let mut undiagnosed = BTreeSet::new();
    let files = listed(paths)?;
    if files.is_empty() {
        return Err(none(paths, 0, labels, &undiagnosed, &problems));
    }
    for (path, named) in files {
        let (finding, sha256) = match read(&path) {
            Ok(read) => read,
            Err(error) if named => return Err(error),
            Err(error) => {
                problems.push(text!("readers-left-out", error = as_text(&error)));
                continue;
            }
        };
        if !flips(&finding) {
            if named {
                return Err(ReaderError::Finding {
                    path,
                    reason: text!("readers-search-did-not-flip").to_owned(),
                });
            }
            unsuccessful += 1;
            continue;
        }
        let (truth, truth_from, key) = match labels.of(&finding)? {
            Ok(known) => known,
            Err(reason) if named => return Err(ReaderError::Finding { path, reason }),
            Err(_) => {
                undiagnosed.insert(name_in_words(&finding.subject.image).into_owned());
                continue;
            }
        };
        let network = network(&finding);
        match &first {
            Some((other, wanted)) => same(wanted, &network, other, &path)?,
            None => first = Some((path.clone(), network)),
        }
        verify(&finding, &path)?;
        sources.push(Source {
            truth,
            truth_from,
            key,
            image: finding.subject.image.clone(),
            image_sha256: finding.subject.image_sha256.clone(),
            kind: Kind::Finding {
                path,
                frame_png: finding.frame_png.clone(),
                altered_png: finding.altered_png.clone(),
                frame_sha256: finding.frame_sha256.clone(),
                p_before: finding.p_before,
                altered: Box::new(altered(finding, sha256)),
            },
        });
    }
    let Some((_, network)) = first else {
        return Err(none(paths, unsuccessful, labels, &undiagnosed, &problems));
    };
    Ok(Findings {
        network,
        sources,
        unsuccessful,
        undiagnosed,
        problems,
    })
}

/// The error if no finding can be shown: that there is none, or why those that there are cannot be.
fn none(
    paths: &[PathBuf],
    unsuccessful: usize,
    labels: &Labels<'_>,
    undiagnosed: &BTreeSet<String>,
    problems: &[String],
) -> ReaderError {
    if !undiagnosed.is_empty() {
        let (count, names) = (undiagnosed.len(), listed_names(undiagnosed));
        return ReaderError::Plan(if labels.given.is_some() {
            text!(
                "readers-no-finding-melanoma-or-nevus",
                count = count,
                names = names
            )
        } else {
            text!("readers-no-finding-diagnosed", count = count, names = names)
        });
    }
    let names: Vec<String> = paths.iter().map(|path| untrusted::path(path)).collect();
    let names = names.join(", ");
    ReaderError::Plan(match problems.first() {
        None if unsuccessful == 0 => text!("readers-there-no-finding", names = names),
        None => text!(
            "readers-there-no-finding-flips",
            names = names,
            unsuccessful = as_text(&unsuccessful)
        ),
        Some(first) => text!(
            "readers-no-finding-can-be-read",
            names = names,
            unsuccessful = as_text(&unsuccessful),
            count = problems.len(),
            first = &**first
        ),
    })
}

/// The first few names, and how many more there are.
pub(super) fn listed_names(names: &BTreeSet<String>) -> String {
    const MOST: usize = 4;
    let first: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(MOST) {
        0 => first,
        more => text!("readers-names-and-more", names = first, count = more),
    }
}

/// The photographs that have a finding that flips: what is known of a lesion, and the name of its file. What cannot be read has none.
pub(super) fn lesions_that_flip(paths: &[PathBuf]) -> BTreeSet<[String; 2]> {
    let files = listed(paths).unwrap_or_default().into_iter();
    let found = files.filter_map(|(path, _)| read(&path).ok());
    let flipped = found.filter(|(finding, _)| flips(finding));
    flipped
        .map(|(finding, _)| [finding.lesion().to_owned(), finding.subject.image.clone()])
        .collect()
}

/// The files, and whether each was named explicitly; in a folder, its `.json` files by name.
fn listed(paths: &[PathBuf]) -> Result<Vec<(PathBuf, bool)>, ReaderError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push((path.clone(), true));
            continue;
        }
        let mut within = Vec::new();
        for entry in std::fs::read_dir(path)
            .map_err(in_words)
            .map_err(unread(path))?
        {
            let file = entry.map_err(unread(path))?.path();
            let hidden = file_name(&file).starts_with('.');
            if !hidden && file.extension().is_some_and(|ending| ending == "json") {
                within.push((file, false));
            }
        }
        within.sort();
        files.append(&mut within);
    }
    Ok(files)
}

fn read(path: &Path) -> Result<(Finding, String), ReaderError> {
    let text = read::text(path, read::MAX_JSON).map_err(unread(path))?;
    let finding = Finding::from_json(&text).map_err(|source| match source {
        FindingError::Schema { .. } => ReaderError::NoFinding {
            path: path.to_owned(),
            source,
        },
        FindingError::Json(error) => no_finding(path, &error.to_string()),
    })?;
    Ok((finding, hash(&text)))
}

/// A file or folder that cannot be read, with the remedy; what is not text is no finding.
fn unread(path: &Path) -> impl Fn(io::Error) -> ReaderError + '_ {
    move |error| match error.kind() {
        ErrorKind::InvalidData | ErrorKind::InvalidInput => no_finding(path, &error.to_string()),
        kind => ReaderError::io(path)(io::Error::new(kind, why_unread(&error))),
    }
}

fn no_finding(path: &Path, what: &str) -> ReaderError {
    ReaderError::Finding {
        path: path.to_owned(),
        reason: text!("readers-name-a-finding", what = what),
    }
}

/// Whether its verdicts confirm that it is a success.
fn flips(finding: &Finding) -> bool {
    let melanoma = |p: f32| p >= finding.threshold;
    finding.success
        && finding.label_before == finding.direction.from()
        && finding.label_after == finding.direction.to()
        && melanoma(finding.p_before) != melanoma(finding.p_after)
}

fn network(finding: &Finding) -> ReferenceModel {
    ReferenceModel {
        name: finding.model.clone(),
        sha256: finding.model_sha256.clone(),
        threshold: finding.threshold,
        framing: finding.subject.framing,
        color_handling: finding.subject.color_handling,
        field_of_view: finding.perturbation.field_of_view,
        remedy: finding.remedy,
        assumptions: finding.assumptions.clone(),
    }
}

/// Refuses findings that readers could distinguish, or that are not from one network.
fn same(
    wanted: &ReferenceModel,
    found: &ReferenceModel,
    first: &Path,
    path: &Path,
) -> Result<(), ReaderError> {
    for (is_same, what) in [
        (wanted.sha256 == found.sha256, "model"),
        (wanted.threshold == found.threshold, "threshold"),
        (wanted.framing == found.framing, "framing"),
        (
            wanted.color_handling == found.color_handling,
            text!("readers-reading-files-raw-values"),
        ),
        (
            wanted.field_of_view == found.field_of_view,
            text!("readers-field-view"),
        ),
        (wanted.remedy == found.remedy, "remedy"),
    ] {
        if !is_same {
            return Err(ReaderError::Finding {
                path: path.to_owned(),
                reason: text!(
                    "readers-has-another-than-study",
                    what = as_text(&what),
                    display = as_text(&first.display())
                ),
            });
        }
    }
    Ok(())
}

/// Checks the pictures of a finding, and that its perturbation gives the altered one.
fn verify(finding: &Finding, path: &Path) -> Result<(), ReaderError> {
    let (original, altered) = frames(
        path,
        [&finding.frame_png, &finding.altered_png],
        [&finding.frame_sha256, &finding.altered_sha256],
    )?;
    if perturb::apply(&original, &finding.perturbation)? != altered {
        return Err(ReaderError::Finding {
            path: path.to_owned(),
            reason: text!(
                "readers-perturbation-does-not-give",
                altered_png = as_text(&finding.altered_png)
            ),
        });
    }
    Ok(())
}

fn altered(finding: Finding, finding_sha256: String) -> Altered {
    Altered {
        frame_sha256: finding.altered_sha256,
        p_melanoma: finding.p_after,
        attack: finding.attack,
        search_seed: finding.seed,
        asked: Some(SearchTerms {
            mode: finding.mode,
            strategy: finding.strategy,
            direction: finding.direction,
            budget: finding.budget,
        }),
        changed: finding.perturbation.to_string(),
        perturbation: perturb::Perturbation {
            noise: None,
            ..finding.perturbation
        },
        size: finding.size,
        distances: finding.distances,
        finding_sha256,
    }
}
