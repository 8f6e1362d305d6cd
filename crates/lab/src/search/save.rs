//! A finding as files: `NAME.ATTACK.json`, and next to it the two frames as PNG and the figure as SVG and PNG.
//!
//! Each file appears whole or not at all, the JSON last: if it exists, all exist. Other existing files are replaced only with
//! permission.

use flipscope_language::{as_text, text};
use std::io;
use std::path::{Path, PathBuf};

use super::figure::{self, FigureError, FileFormat};
use super::finding::{Finding, FindingError};
use super::run::SearchOutcome;
use flipscope_base::overwrite::Overwrite;
use flipscope_base::read;

/// Why a finding could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A file cannot be written.
    #[error("{}", text!("finding-file-unwritable", file = as_text(&path.display()), source = as_text(source)))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The finding cannot be encoded as JSON.
    #[error(transparent)]
    Finding(#[from] FindingError),
    /// The figure cannot be drawn.
    #[error(transparent)]
    Figure(#[from] FigureError),
}

/// The path of a finding's file in a folder, whether it exists or not.
#[must_use]
pub fn path(folder: &Path, name: &str, attack: &str) -> PathBuf {
    folder.join(format!("{name}.{attack}.json"))
}

/// The endings of a finding's file names, after `NAME.ATTACK`; the JSON last.
const ENDINGS: [&str; 5] = [FRAME, ALTERED, ".figure.svg", FIGURE, ".json"];
const FRAME: &str = ".frame.png";
const ALTERED: &str = ".altered.png";
const FIGURE: &str = ".figure.png";

/// The paths of a finding's files in a folder, whether they exist or not; the JSON last.
pub fn files(folder: &Path, name: &str, attack: &str) -> [PathBuf; 5] {
    ENDINGS.map(|ending| folder.join(format!("{name}.{attack}{ending}")))
}

/// What the names of a finding's files begin with, `NAME.ATTACK`; nothing before it has been saved.
#[must_use]
pub fn stem(finding: &Finding) -> Option<&str> {
    finding.frame_png.strip_suffix(FRAME)
}

/// Names the pictures of a finding by what the names of its files begin with.
pub fn name_pictures(finding: &mut Finding, stem: &str) {
    finding.frame_png = format!("{stem}{FRAME}");
    finding.altered_png = format!("{stem}{ALTERED}");
}

/// Writes a finding under a name into an existing folder: the name is that of its photograph, without extension. Returns the
/// finding as written, with the names of its PNGs.
///
/// # Errors
/// If other files with its names exist already, which are not replaced; if a file cannot be written.
pub fn save(found: &SearchOutcome, folder: &Path, name: &str) -> Result<Finding, SaveError> {
    save_over(found, folder, name, &Overwrite::nothing())
}

/// As [`save`], replacing files that may be overwritten.
///
/// # Errors
/// As [`save`].
pub fn save_over(
    found: &SearchOutcome,
    folder: &Path,
    name: &str,
    overwrite: &Overwrite,
) -> Result<Finding, SaveError> {
    Ready::new(found, None)?.save_over(folder, name, overwrite)
}

/// A finding to be written under a name that is yet to be chosen: what does not depend on the name is drawn once.
pub struct Ready<'a> {
    found: &'a SearchOutcome,
    svg: String,
    figure: Vec<u8>,
}

impl<'a> Ready<'a> {
    /// Draws the figure, with the diagnosis that a table of labels states for the lesion, if one does.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn new(found: &'a SearchOutcome, label: Option<&str>) -> Result<Self, SaveError> {
        let drawing = figure::of_finding(found, label)?;
        Ok(Self {
            found,
            svg: drawing.svg().to_owned(),
            figure: drawing.bytes(FileFormat::Png, figure::DPI)?,
        })
    }

    /// Whether a folder has it under this name already: all its files, byte for byte.
    ///
    /// # Errors
    /// If the finding cannot be encoded.
    pub fn is_in(&self, folder: &Path, name: &str) -> Result<bool, SaveError> {
        let json = self.named(name).to_json()?;
        let careful = Overwrite::nothing();
        // The JSON, which is read fastest, is the last of them.
        let mut files = self.files(folder, name, &json).into_iter().rev();
        Ok(files.all(|(path, bytes)| careful.wants(&path, bytes).is_ok_and(|wants| !wants)))
    }

    /// Writes it, as [`save`].
    ///
    /// # Errors
    /// As [`save`].
    pub fn save(&self, folder: &Path, name: &str) -> Result<Finding, SaveError> {
        self.save_over(folder, name, &Overwrite::nothing())
    }

    fn save_over(
        &self,
        folder: &Path,
        name: &str,
        overwrite: &Overwrite,
    ) -> Result<Finding, SaveError> {
        let finding = self.named(name);
        let json = finding.to_json()?;
        (overwrite.write_all(&self.files(folder, name, &json)))
            .map_err(|(path, source)| SaveError::Write { path, source })?;
        Ok(finding)
    }

    /// The finding with the names of its pictures.
    fn named(&self, name: &str) -> Finding {
        let mut finding = self.found.finding.clone();
        let stem = format!("{name}.{}", finding.attack.name());
        name_pictures(&mut finding, &stem);
        finding
    }

    /// What is written, the JSON last.
    fn files<'b>(
        &'b self,
        folder: &Path,
        name: &str,
        json: &'b str,
    ) -> [(PathBuf, &'b [u8]); ENDINGS.len()] {
        let attack = self.found.finding.attack.name();
        let [frame, altered, vector, figure, last] = files(folder, name, attack);
        [
            (frame, self.found.original.png.as_slice()),
            (altered, self.found.altered.png.as_slice()),
            (vector, self.svg.as_bytes()),
            (figure, self.figure.as_slice()),
            (last, json.as_bytes()),
        ]
    }
}

/// Whether a picture is one that [`save`] wrote: the finding next to it says so.
pub fn is_of_a_finding(picture: &Path) -> bool {
    finding_of(picture).is_some()
}

/// The finding's file that a picture was written with; none for any other picture.
pub fn finding_of(picture: &Path) -> Option<PathBuf> {
    let name = picture.file_name()?.to_str()?;
    [FRAME, ALTERED, FIGURE].iter().find_map(|ending| {
        let stem = name.strip_suffix(ending)?;
        let json = picture.with_file_name(format!("{stem}.json"));
        let finding = Finding::from_json(&read::text(&json, read::MAX_JSON).ok()?).ok()?;
        let of_it = finding.frame_png == format!("{stem}{FRAME}")
            && finding.altered_png == format!("{stem}{ALTERED}");
        of_it.then_some(json)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_with_the_name_of_a_findings_needs_the_finding() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("mole.colour.frame.png");
        for json in [None, Some("{}"), Some("no JSON")] {
            if let Some(json) = json {
                std::fs::write(folder.path().join("mole.colour.json"), json).unwrap();
            }
            assert!(!is_of_a_finding(&picture), "{json:?}");
        }
    }
}
