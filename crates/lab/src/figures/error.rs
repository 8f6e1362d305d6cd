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
    /// A file cannot be written.
    #[error("{file} cannot be written: {source}", file = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A width on paper that cannot be drawn.
    #[error("a figure is 80 to 420 mm wide, not {0} mm")]
    Width(f64),
    /// It would have too many pixels.
    #[error(
        "at {width_mm:.0} × {height_mm:.0} mm and {dpi} dpi the picture has too many pixels: choose a smaller width or a lower resolution"
    )]
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
