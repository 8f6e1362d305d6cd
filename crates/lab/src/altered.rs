//! An altered frame as a file, and beside it, as JSON, what altered it: enough to make the same frame again, and to say whether it
//! is the same. `flipscope classify --perturbation` reads it, and `flipscope replay` checks it.
//!
//! `NAME.png` and `NAME.json`. The JSON holds no path: its PNG is next to it.

use flipscope_language::{as_text, text};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::search::replay::{not_the_same, read};
use crate::search::{Replay, ReplayError, Scorer, Subject, TOLERANCE, judge};
use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_language::{Language, within};
use flipscope_model::{Assumption, Label, Remedy};

/// Version of the format.
pub const SCHEMA: u32 = 1;

/// What altered a frame, and what the network said about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlteredFrame {
    /// Version of this format: [`SCHEMA`].
    pub altered_frame: u32,
    /// Version of the program that wrote it.
    pub version: String,
    /// The photograph, and how it became a frame.
    #[serde(flatten)]
    pub subject: Subject,
    /// What alters the frame.
    pub perturbation: Perturbation,
    /// The same in words.
    pub in_words: String,
    /// SHA-256 of the original frame's RGB bytes.
    pub frame_sha256: String,
    /// SHA-256 of the altered frame's RGB bytes.
    pub altered_sha256: String,
    /// File name of the altered frame's PNG, next to this file.
    pub altered_png: String,
    /// What the network said, if it had been asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<JudgedFrame>,
}

/// What the network said about the original and the altered frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgedFrame {
    /// P(melanoma) of the original frame.
    pub p_before: f32,
    /// P(melanoma) of the altered frame.
    pub p_after: f32,
    /// Verdict of the original frame.
    pub label_before: Label,
    /// Verdict of the altered frame.
    pub label_after: Label,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The model's name.
    pub model: String,
    /// SHA-256 of the model's file.
    pub model_sha256: String,
    /// What stood between a frame and its verdict.
    #[serde(default, skip_serializing_if = "Remedy::is_none")]
    pub remedy: Remedy,
    /// What was assumed about the model, the most serious first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
    /// The device that was used.
    pub device: String,
    /// The type that it computed in.
    pub precision: String,
}

/// Why an altered frame cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum AlteredError {
    /// A perturbation that no frame can have.
    #[error(transparent)]
    Perturbation(#[from] perturb::PerturbationError),
    /// The frame cannot be encoded.
    #[error("{}", text!("altered-png-unwritable", what = as_text(.0)))]
    Encode(#[source] io::Error),
    /// A file of another kind has the name of the JSON.
    #[error(
        "{}", text!("altered-file-is-another", file = as_text(&path.display())))]
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be written.
    #[error("{}", text!("altered-file-unwritable", file = as_text(&path.display()), source = as_text(source)))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// The path of the JSON beside an altered frame's PNG.
#[must_use]
pub fn beside(png: &Path) -> PathBuf {
    png.with_extension("json")
}

/// Renders the altered frame and writes it as PNG, with its JSON beside it; the PNG last, so that if it is there, both are.
/// Returns what the JSON holds.
///
/// # Errors
/// If the perturbation is invalid, or a file cannot be written.
pub fn save(
    png: &Path,
    frame: &Frame,
    perturbation: &Perturbation,
    subject: Subject,
    judged: Option<JudgedFrame>,
    overwrite: &Overwrite,
) -> Result<AlteredFrame, AlteredError> {
    let altered = perturb::apply(frame, perturbation)?;
    let path = beside(png);
    // Whoever may replace the PNG need not know of a file beside it.
    let ours = || {
        let text = flipscope_base::read::text(&path, flipscope_base::read::MAX_JSON).ok()?;
        AlteredFrame::from_json(&text).ok()
    };
    if path.symlink_metadata().is_ok() && ours().is_none() {
        return Err(AlteredError::InTheWay { path });
    }
    let record = AlteredFrame {
        altered_frame: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        subject,
        perturbation: perturbation.clone(),
        in_words: within(Language::English, || perturbation.in_words()),
        frame_sha256: frame.sha256(),
        altered_sha256: altered.sha256(),
        altered_png: png
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        judged,
    };
    let mut json = serde_json::to_string_pretty(&record)
        .map_err(|error| AlteredError::Encode(error.into()))?;
    json.push('\n');
    let drawn = altered.to_png().map_err(AlteredError::Encode)?;
    let files = [(path, json.as_bytes()), (png.to_owned(), drawn.as_slice())];
    overwrite
        .write_all(&files)
        .map_err(|(path, source)| AlteredError::Write { path, source })?;
    Ok(record)
}

impl AlteredFrame {
    /// Reads what [`save`] wrote.
    ///
    /// # Errors
    /// If it is not the JSON of an altered frame.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Judges the PNG next to the file again, in a batch of one: whether it is the frame that was saved, with the same verdict.
    /// The original frame is not in the folder, so that nothing is said about it.
    ///
    /// # Errors
    /// If it was saved without a verdict, the PNG is missing, or the network fails.
    pub fn replay(&self, scorer: &dyn Scorer, folder: &Path) -> Result<Replay, ReplayError> {
        let then = self.judged.as_ref().ok_or(ReplayError::NotJudged)?;
        let here = &scorer.info().sha256;
        if *here != then.model_sha256 {
            return Ok(Replay::ModelNotTheSame {
                finding: then.model_sha256.clone(),
                here: here.clone(),
            });
        }
        if scorer.info().remedy != then.remedy {
            return Ok(Replay::RemedyNotTheSame {
                finding: then.remedy,
                here: scorer.info().remedy,
            });
        }
        let altered = match read(folder, &self.altered_png)? {
            Ok(frame) if frame.sha256() == self.altered_sha256 => frame,
            Ok(_) => return Ok(not_the_same(&self.altered_png, "holds other pixels")),
            Err(why) => return Ok(not_the_same(&self.altered_png, &why)),
        };
        let now = judge(scorer, &altered, &Perturbation::default())?.verdict;
        let apart = (now.p_melanoma - then.p_after).abs();
        let label = now.label(then.threshold);
        if apart.is_nan() || apart > TOLERANCE || label != then.label_after {
            return Ok(Replay::Differs {
                by: format!(
                    "P(melanoma): {} ({}) here, {} ({}) when it was saved",
                    now.p_melanoma,
                    label.name(),
                    then.p_after,
                    then.label_after.name()
                ),
            });
        }
        Ok(Replay::Holds { apart })
    }
}

/// A perturbation from a file that has one: an altered frame's, a finding's, or a line of `flipscope classify --json`.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredPerturbation {
    /// What alters the frame.
    pub perturbation: Perturbation,
    /// SHA-256 of the photograph that it was made for, if the file says so.
    #[serde(default)]
    pub image_sha256: Option<String>,
    /// SHA-256 of the original frame.
    #[serde(default)]
    pub frame_sha256: Option<String>,
    /// SHA-256 of the altered frame that it gave.
    #[serde(default)]
    pub altered_sha256: Option<String>,
}

impl StoredPerturbation {
    /// Reads the JSON of a file.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence without the file's name.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let stored: Self = serde_json::from_str(text)
            .map_err(|error| format!("it holds no perturbation ({error}): {REMEDY}"))?;
        (stored.perturbation.validate()).map_err(|error| error.to_string())?;
        Ok(stored)
    }
}

/// What has a perturbation in it, for all who have none.
const REMEDY: &str =
    "give the .json that the window saved beside an altered picture, or that of a finding";

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::lesion::{ColorHandling, Framing};

    fn subject() -> Subject {
        Subject {
            image: "mole.jpg".to_owned(),
            image_sha256: Some("00".repeat(32)),
            framing: Framing::Crop,
            color_handling: ColorHandling::Converted,
        }
    }

    #[test]
    fn both_files_are_written_and_the_frame_can_be_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let png = folder.path().join("mole.altered.png");
        let pixels = (0..Frame::BYTES).map(|at| (at % 251) as u8).collect();
        let frame = Frame::from_rgb(pixels).unwrap();
        let perturbation = Perturbation {
            rotate: -35.0,
            offset: [0.0, -10.0, 0.1],
            ..Perturbation::default()
        };
        let nothing = Overwrite::nothing();
        save(&png, &frame, &perturbation, subject(), None, &nothing).unwrap();
        let text = std::fs::read_to_string(beside(&png)).unwrap();
        assert!(!text.contains(folder.path().to_str().unwrap()));
        let stored = StoredPerturbation::from_json(&text).unwrap();
        assert_eq!(stored.perturbation, perturbation);
        let again = perturb::apply(&frame, &stored.perturbation).unwrap();
        let read = Frame::from_png(&std::fs::read(&png).unwrap(), &png).unwrap();
        assert_eq!(read, again);
        assert_eq!(stored.altered_sha256.unwrap(), again.sha256());
        assert_eq!(stored.frame_sha256.unwrap(), frame.sha256());
        // Nothing is replaced without permission, neither of the two.
        std::fs::remove_file(&png).unwrap();
        let other = Perturbation::default();
        let error = save(&png, &frame, &other, subject(), None, &nothing).unwrap_err();
        assert!(error.to_string().contains("mole.altered.json"), "{error}");
        assert!(!png.exists());
        // With permission, but never a file of another kind.
        let all = Overwrite::new(true, []);
        save(&png, &frame, &other, subject(), None, &all).unwrap();
        std::fs::write(beside(&png), "{\"classes\": []}").unwrap();
        let error = save(&png, &frame, &other, subject(), None, &all).unwrap_err();
        assert!(matches!(error, AlteredError::InTheWay { .. }), "{error}");
    }

    #[test]
    fn what_is_no_perturbation_is_refused_with_the_reason() {
        for (text, why) in [
            ("{}", "no perturbation"),
            ("[1]", "no perturbation"),
            (r#"{"perturbation": {"rotate": 1e999}}"#, "no perturbation"),
        ] {
            let error = StoredPerturbation::from_json(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
            assert!(error.contains("give the .json that"), "{text}: {error}");
        }
    }
}
