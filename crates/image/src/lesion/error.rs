//! What can be wrong with a picture file, reported with the file's name, the fault and the remedy.

use flipscope_language::{as_text, text};
use std::io;
use std::path::PathBuf;

use super::limits::{MAX_FILE_BYTES, MAX_MEMORY_BYTES, MAX_PIXELS, MAX_SIDE};

/// A file that could not be opened as a photograph.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct LesionError {
    /// The file, as it was given.
    pub path: PathBuf,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

/// Why a file could not be read, with the remedy if there is one.
pub fn why_unread(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => text!("photo-there-no-such-file").to_owned(),
        io::ErrorKind::PermissionDenied => text!("photo-you-not-allowed-read").to_owned(),
        _ => text!("photo-cannot-be-read", error = as_text(&error)),
    }
}

/// What is wrong with a picture file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The operating system refuses to open or read it.
    #[error("{}", why_unread(.0))]
    Io(#[from] io::Error),
    /// No file of the name by which other programs read standard input.
    #[error("{}", text!("photo-standard-input"))]
    StandardInput,
    /// It cannot be written.
    #[error("{}", text!("photo-cannot-be-written", what = as_text(.0)))]
    CannotWrite(#[source] io::Error),
    /// A folder, pipe, socket or device.
    #[error("{}", text!("photo-not-file-choose-picture", what = as_text(.0)))]
    NotAFile(&'static str),
    /// It has no bytes.
    #[error("{}", text!("photo-empty-0-bytes-copy"))]
    Empty,
    /// More than [`MAX_FILE_BYTES`] bytes.
    #[error("{}", text!("photo-has-bytes-more-than", what = as_text(.0), max = as_text(&MAX_FILE_BYTES)))]
    FileTooLarge(u64),
    /// More than [`MAX_PIXELS`] pixels.
    #[error("{}", text!("photo-says-has-pixels-more", width = as_text(width), height = as_text(height), max = as_text(&(MAX_PIXELS / 1_000_000))))]
    TooManyPixels {
        /// Width in pixels that the file states.
        width: u32,
        /// Height in pixels that the file states.
        height: u32,
    },
    /// A side of more than [`MAX_SIDE`] pixels.
    #[error(
        "{}", text!("photo-says-has-pixels-no", width = as_text(width), height = as_text(height), max_side = as_text(&MAX_SIDE)))]
    TooLong {
        /// Width in pixels that the file states.
        width: u32,
        /// Height in pixels that the file states.
        height: u32,
    },
    /// Decoding would take more than [`MAX_MEMORY_BYTES`].
    #[error("{}", text!("photo-would-take-bytes-memory", what = as_text(.0), max = as_text(&MAX_MEMORY_BYTES)))]
    TooMuchMemory(u64),
    /// Its content is not in any picture format known here.
    #[error("{}", text!("photo-not-picture-choose-jpeg", what = as_text(.0)))]
    NotAPicture(String),
    /// A known picture format, or a kind of it, that is not read here.
    #[error("{}", text!("photo-which-not-supported-export", what = as_text(.0)))]
    Unsupported(String),
    /// The file ends before the picture does.
    #[error("{}", text!("photo-truncated-copy-download-again", what = as_text(.0)))]
    Truncated(String),
    /// The file contradicts itself.
    #[error("{}", text!("photo-damaged-copy-download-again", what = as_text(.0)))]
    Damaged(String),
    /// A PNG given as a frame that has another size or kind.
    #[error("{}", text!("photo-not-a-frame", what = as_text(.0)))]
    NotAFrame(String),
}

impl Problem {
    /// The same, with the file's name.
    pub(crate) fn of(self, path: impl Into<PathBuf>) -> LesionError {
        LesionError {
            path: path.into(),
            problem: self,
        }
    }
}
