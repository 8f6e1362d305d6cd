//! Why a figure, a table or a page cannot be drawn or written.

use std::io;
use std::path::PathBuf;

/// Why there is no figure.
#[derive(Debug, thiserror::Error)]
pub enum FigureError {
    /// A picture could not be encoded.
    #[error("the figure's pictures cannot be encoded: {0}")]
    Encode(#[from] std::io::Error),
    /// The SVG could not be drawn.
    #[error("the figure cannot be drawn: {0}")]
    Draw(String),
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
