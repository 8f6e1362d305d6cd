//! A photograph: decoded pixels at full size, and where they came from.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::raster::Raster;

/// How the file's own colour profile and orientation are treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColorHandling {
    /// EXIF orientation applied; colours converted to sRGB from the embedded ICC profile, PNG's `cICP` (or `gAMA` and `cHRM`),
    /// or the Adobe RGB declared by EXIF's DCF option.
    #[default]
    Converted,
    /// Stored values unchanged: the letter's pipeline (Pillow) ignores all that. (Pillow even then turns a TIFF by its
    /// orientation tag; this does not.)
    Raw,
}

impl ColorHandling {
    /// The word for it in files, as serde writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Converted => "converted",
            Self::Raw => "raw",
        }
    }
}

/// Where a photograph came from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A file on disk.
    File {
        /// Its path, as opened.
        path: PathBuf,
        /// SHA-256 of the file's bytes, in hexadecimal.
        sha256: String,
    },
    /// Drawn by [`super::synthetic`]; always labelled *synthetic*.
    Synthetic {
        /// Name shown, e.g. "Synthetic 1".
        name: String,
        /// The seed that it was drawn from.
        seed: u64,
    },
}

impl Source {
    /// SHA-256 of the file, in hexadecimal; none for a synthetic lesion.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        match self {
            Self::File { sha256, .. } => Some(sha256),
            Self::Synthetic { .. } => None,
        }
    }

    /// A short name for lists: the file name, or the sample's name.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.file_name().map_or_else(
                || path.display().to_string(),
                |n| n.to_string_lossy().into_owned(),
            ),
            Self::Synthetic { name, .. } => name.clone(),
        }
    }
}

/// A decoded photograph: sRGB, 8 bits, at full size (or raw values, see [`ColorHandling`]).
#[derive(Clone, Debug)]
pub struct Photograph {
    /// The pixels. Shared by the window, the worker and the preview.
    pub raster: Arc<Raster>,
    /// Where they came from.
    pub source: Source,
    /// How orientation and profile were treated.
    pub color_handling: ColorHandling,
    /// File format, e.g. "JPEG"; `None` for a synthetic lesion.
    pub format: Option<&'static str>,
    /// EXIF orientation tag of the file, 1 to 8 (1: upright, also if the file has none).
    pub exif_orientation: u8,
    /// What the file declares about its colours: the description of the ICC profile, or another declaration, e.g. "Adobe RGB
    /// (1998), by EXIF".
    pub colour_profile: Option<String>,
    /// What a person should know about the pixels, e.g. that a colour profile could not be used; usually empty.
    pub notes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_files() {
        for (handling, word) in [
            (ColorHandling::Converted, "converted"),
            (ColorHandling::Raw, "raw"),
        ] {
            assert_eq!(handling.name(), word);
            let json = serde_json::to_string(&handling).unwrap();
            assert_eq!(json, format!("\"{word}\""));
        }
    }
}
