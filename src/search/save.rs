//! A finding as files: `NAME.ATTACK.json`, and beside it the two frames as PNG and the figure as SVG and PNG.
//!
//! Each file appears whole or not at all, the JSON last: where it stands, all stand.

use std::io;
use std::path::{Path, PathBuf};

use super::figure::{self, FigureError};
use crate::base::atomic::{self, Existing};

use super::{Finding, FindingError, Found};

/// Why a finding is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A file cannot be written.
    #[error("{file} cannot be written: {source}", file = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The finding cannot be put into words.
    #[error(transparent)]
    Finding(#[from] FindingError),
    /// The figure cannot be made.
    #[error(transparent)]
    Figure(#[from] FigureError),
}

/// The file that a finding has, or will have, in a folder.
#[must_use]
pub fn path(folder: &Path, name: &str, attack: &str) -> PathBuf {
    folder.join(format!("{name}.{attack}.json"))
}

/// Writes a finding under a name into a folder that is there: the name is that of its photograph, without ending. Gives the
/// finding as written, with the names of its PNGs.
///
/// # Errors
/// If a file cannot be written; what was written before it stays, and the JSON is not among it.
pub fn save(found: &Found, folder: &Path, name: &str) -> Result<Finding, SaveError> {
    let stem = format!("{name}.{}", found.finding.attack.name());
    let mut finding = found.finding.clone();
    finding.frame_png = format!("{stem}.frame.png");
    finding.altered_png = format!("{stem}.altered.png");
    let svg = figure::svg(found)?;
    let drawn = figure::draw(&svg)?.to_png().map_err(FigureError::Encode)?;
    for (file, bytes) in [
        (finding.frame_png.clone(), found.original.png.as_slice()),
        (finding.altered_png.clone(), found.altered.png.as_slice()),
        (format!("{stem}.figure.svg"), svg.as_bytes()),
        (format!("{stem}.figure.png"), drawn.as_slice()),
        (format!("{stem}.json"), finding.to_json()?.as_bytes()),
    ] {
        let path = folder.join(file);
        atomic::write(&path, bytes, Existing::Replace)
            .map_err(|source| SaveError::Write { path, source })?;
    }
    Ok(finding)
}
