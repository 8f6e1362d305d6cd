//! Why a figure, a table or a page cannot be drawn or written.

use flipscope_language::{as_text, text};
use std::io;
use std::path::PathBuf;

/// Why there is no figure.
#[derive(Debug, thiserror::Error)]
pub enum FigureError {
    /// A picture could not be encoded.
    #[error("{}", text!("figure-pictures-unencodable", what = as_text(.0)))]
    Encode(#[from] std::io::Error),
    /// The SVG could not be drawn.
    #[error("{}", text!("figure-undrawable", what = as_text(.0)))]
    Draw(String),
    /// A file cannot be written.
    #[error("{}", text!("altered-file-unwritable", file = as_text(&path.display()), source = as_text(source)))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A width on paper that cannot be drawn.
    #[error("{}", text!("figure-width-range", what = as_text(.0)))]
    Width(f64),
    /// It would have too many pixels.
    #[error(
        "{}", text!("figure-too-many-pixels", width_mm = format!("{width_mm:.0}"), height_mm = format!("{height_mm:.0}"), dpi = as_text(dpi)))]
    TooManyPixels {
        /// Width on paper.
        width_mm: f64,
        /// Height on paper.
        height_mm: f64,
        /// Pixels in an inch.
        dpi: u32,
    },
}

/// Why a file of a report cannot be read or written. The errors of studies and of reader studies rephrase it.
#[derive(Debug)]
pub(crate) enum OutputError {
    /// A file cannot be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A figure cannot be drawn.
    Figure {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
}
