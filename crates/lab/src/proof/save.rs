//! A proof as files: `NAME.KIND.proof.json`, and next to it the unaltered frame as `NAME.KIND.proof.frame.png`. The nearest flip is
//! a finding under the name `NAME.KIND`.

use std::io;
use std::path::{Path, PathBuf};

use super::error::RecordError;
use super::proof_box::BoxKind;
use super::record::ProofRecord;
use crate::search::SearchOutcome;
use crate::search::save::{self as finding, SaveError};
use flipscope_base::overwrite::Overwrite;
use flipscope_base::read;

/// Endings of the names.
const RECORD: &str = ".proof.json";
const FRAME: &str = ".proof.frame.png";

/// Why a proof could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveProofError {
    /// A file cannot be written.
    #[error("{file} cannot be written: {source}", file = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The record cannot be encoded.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The finding cannot be saved.
    #[error(transparent)]
    Finding(#[from] SaveError),
}

/// The path of a record in a folder, whether it exists or not.
#[must_use]
pub fn path(folder: &Path, name: &str, kind: BoxKind) -> PathBuf {
    folder.join(format!("{name}.{}{RECORD}", kind.name()))
}

/// Writes a record and its frame into an existing folder; returns it as written, with the name of its PNG.
///
/// # Errors
/// If a file may not be overwritten, or cannot be written.
pub fn save(
    record: ProofRecord,
    frame_png: &[u8],
    folder: &Path,
    name: &str,
    overwrite: &Overwrite,
) -> Result<ProofRecord, SaveProofError> {
    let stem = format!("{name}.{}", record.region.kind().name());
    let record = ProofRecord {
        frame_png: format!("{stem}{FRAME}"),
        ..record
    };
    let json = record.to_json()?;
    let files = [
        (folder.join(&record.frame_png), frame_png),
        (folder.join(format!("{stem}{RECORD}")), json.as_bytes()),
    ];
    (overwrite.write_all(&files))
        .map_err(|(path, source)| SaveProofError::Write { path, source })?;
    Ok(record)
}

/// Writes the nearest flip, if there is one and it is final; returns the name of its file.
///
/// # Errors
/// As [`save`].
pub fn save_finding(
    (record, nearest): (&ProofRecord, Option<&SearchOutcome>),
    folder: &Path,
    name: &str,
    overwrite: &Overwrite,
) -> Result<Option<String>, SaveProofError> {
    let Some(found) = nearest.filter(|_| record.finished) else {
        return Ok(None);
    };
    let stem = format!("{name}.{}", record.region.kind().name());
    finding::save_over(found, folder, &stem, overwrite)?;
    Ok(Some(format!("{stem}.{}.json", found.finding.attack.name())))
}

/// Whether a picture is the frame of a record next to it.
pub fn is_of_a_record(picture: &Path) -> bool {
    let name = picture.file_name().and_then(|name| name.to_str());
    let Some(stem) = name.and_then(|name| name.strip_suffix(FRAME)) else {
        return false;
    };
    let record = picture.with_file_name(format!("{stem}{RECORD}"));
    read::text(&record, read::MAX_JSON).is_ok_and(|text| ProofRecord::is_meant(&text))
}
