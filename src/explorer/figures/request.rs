//! Requests to draw a figure, and the answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_image::lesion::Raster;

use crate::explorer::figures::state::{FigureId, Preview, Settings, Source};

/// A figure to be drawn.
#[derive(Clone, Debug)]
pub struct FigureWork {
    /// What it shows.
    pub source: Source,
    /// How it is drawn.
    pub settings: Settings,
    /// The page that is previewed or goes to the clipboard, counted from 0; the last one, if there are fewer.
    pub page: usize,
    /// What it is drawn for.
    pub purpose: Purpose,
}

/// What a figure is drawn for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// The preview of a dialog.
    Preview(FigureId),
    /// A file.
    File {
        /// The dialog in which it was asked for.
        dialog: FigureId,
        /// Which.
        path: PathBuf,
        /// Files that must not be overwritten.
        never: Vec<PathBuf>,
    },
    /// The clipboard.
    Clipboard,
}

/// What became of it.
#[derive(Debug)]
pub enum FigureAnswer {
    /// A preview for a dialog, or why there is none.
    Preview(FigureId, Result<Preview, String>),
    /// The files that were written for a dialog, or why none was.
    Written(FigureId, Result<Vec<PathBuf>, String>),
    /// A picture for the clipboard, which page it is, counted from 0, and of how many; or why there is none.
    Drawn(Result<(Arc<Raster>, [usize; 2]), String>),
}
