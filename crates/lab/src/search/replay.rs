//! Whether a finding still holds: rendered again from its original frame, and judged again in a batch of one.

use flipscope_language::{as_text, text};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::SearchError;
use super::finding::Finding;
use super::judge::judge;
use super::scorer::Scorer;
use flipscope_base::read;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::Remedy;

/// Largest difference of P(melanoma) that is attributed to another device: the tolerance that the classifier is tested with.
pub const TOLERANCE: f32 = 1e-4;

/// The result of a replay.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "replay", rename_all = "kebab-case")]
pub enum Replay {
    /// The same verdicts; P(melanoma) equal, or within [`TOLERANCE`].
    Holds {
        /// Largest difference of P(melanoma), before or after.
        apart: f32,
    },
    /// The same picture and model, but a different result.
    Differs {
        /// The difference, in words.
        by: String,
    },
    /// The original frame is not that of the finding.
    ImageNotTheSame {
        /// The difference, in words.
        why: String,
    },
    /// The model is not that of the finding.
    ModelNotTheSame {
        /// SHA-256 of the finding's model.
        finding: String,
        /// SHA-256 of the model used here.
        here: String,
    },
    /// The model is that of the finding, with another remedy.
    RemedyNotTheSame {
        /// The finding's.
        finding: Remedy,
        /// The one used here.
        here: Remedy,
    },
}

impl Replay {
    /// Whether the finding holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds { .. })
    }
}

impl fmt::Display for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds { apart: 0.0 } => f.write_str("holds"),
            Self::Holds { apart } => write!(f, "holds (P(melanoma) within {apart:.1e})"),
            Self::Differs { by } => write!(f, "differs by {by}"),
            Self::ImageNotTheSame { why } => write!(f, "image not the same: {why}"),
            Self::ModelNotTheSame { finding, here } => write!(
                f,
                "model not the same: the finding was made with {finding:.12}…, this is {here:.12}…"
            ),
            Self::RemedyNotTheSame { finding, here } => write!(
                f,
                "remedy not the same: the finding was made with {finding}, this is {here}"
            ),
        }
    }
}

/// Why a finding cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// A picture of the finding is missing.
    #[error("{}", text!("finding-file-unreadable", file = as_text(&path.display()), source = as_text(source)))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An altered frame that was saved without a verdict.
    #[error("{}", text!("finding-without-verdict"))]
    NotJudged,
    /// The network or the renderer failed.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// Replays a finding whose files are in `folder`.
///
/// # Errors
/// If a picture is missing, the perturbation is invalid, or the network fails.
pub fn replay(
    scorer: &dyn Scorer,
    finding: &Finding,
    folder: &Path,
) -> Result<Replay, ReplayError> {
    let here = &scorer.info().sha256;
    if *here != finding.model_sha256 {
        return Ok(Replay::ModelNotTheSame {
            finding: finding.model_sha256.clone(),
            here: here.clone(),
        });
    }
    if scorer.info().remedy != finding.remedy {
        return Ok(Replay::RemedyNotTheSame {
            finding: finding.remedy,
            here: scorer.info().remedy,
        });
    }
    let original = match read(folder, &finding.frame_png)? {
        Ok(frame) if frame.sha256() == finding.frame_sha256 => frame,
        Ok(_) => {
            return Ok(not_the_same(
                &finding.frame_png,
                text!("finding-png-differs"),
            ));
        }
        Err(why) => return Ok(not_the_same(&finding.frame_png, &why)),
    };
    let saved = match read(folder, &finding.altered_png)? {
        Ok(frame) => frame,
        Err(why) => return Ok(not_the_same(&finding.altered_png, &why)),
    };
    let before = judge(scorer, &original, &Perturbation::default())?;
    let after = judge(scorer, &original, &finding.perturbation)?;
    let mut differences = Vec::new();
    if after.frame.sha256() != finding.altered_sha256 {
        differences.push("the altered frame, rendered again".to_owned());
    }
    if saved != after.frame {
        differences.push(format!("the pixels of {}", finding.altered_png));
    }
    let mut largest = 0.0_f32;
    for (when, now, then, label) in [
        (
            "before",
            &before.verdict,
            finding.p_before,
            finding.label_before,
        ),
        (
            "after",
            &after.verdict,
            finding.p_after,
            finding.label_after,
        ),
    ] {
        let (p, label_now) = (now.p_melanoma, now.label(finding.threshold));
        let apart = (p - then).abs();
        largest = largest.max(apart);
        if apart.is_nan() || apart > TOLERANCE || label_now != label {
            differences.push(format!(
                "P(melanoma) {when}: {p} ({}) here, {then} ({}) in the finding",
                label_now.name(),
                label.name()
            ));
        }
    }
    let flips = finding.label_before == finding.direction.from()
        && finding.label_after == finding.direction.to();
    if flips != finding.success {
        differences.push("success, which its verdicts do not confirm".to_owned());
    }
    Ok(if differences.is_empty() {
        Replay::Holds { apart: largest }
    } else {
        Replay::Differs {
            by: differences.join("; "),
        }
    })
}

pub(crate) fn not_the_same(file: &str, why: &str) -> Replay {
    Replay::ImageNotTheSame {
        why: format!("{file} {why}"),
    }
}

/// A frame of the finding, or why the file is not one.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Result<Frame, String>, ReplayError> {
    // A finding refers to files next to it, never elsewhere.
    let plain = Path::new(name)
        .file_name()
        .is_some_and(|plain| plain == name);
    if !plain {
        return Ok(Err(text!("finding-png-name").to_owned()));
    }
    let path = folder.join(name);
    let png = read::bytes(&path, read::MAX_FRAME_PNG).map_err(|source| ReplayError::Read {
        path: path.clone(),
        source,
    })?;
    Ok(Frame::from_png(&png, &path)
        .map_err(|error| text!("finding-png-not-frame", error = as_text(&error))))
}
