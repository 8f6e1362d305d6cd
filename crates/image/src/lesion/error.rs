//! What can be wrong with a picture file, reported with the file's name, the fault and the remedy.

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
        io::ErrorKind::NotFound => {
            "there is no such file: check its name, and whether it was moved".to_owned()
        }
        io::ErrorKind::PermissionDenied => {
            "you are not allowed to read it: check the permissions of the file and its folders"
                .to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

/// What is wrong with a picture file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The operating system refuses to open or read it.
    #[error("{}", why_unread(.0))]
    Io(#[from] io::Error),
    /// It cannot be written.
    #[error("cannot be written: {0}")]
    CannotWrite(#[source] io::Error),
    /// A folder, pipe, socket or device.
    #[error("is {0}, not a file; choose a picture file")]
    NotAFile(&'static str),
    /// It has no bytes.
    #[error("is empty (0 bytes); copy or download it again")]
    Empty,
    /// More than [`MAX_FILE_BYTES`] bytes.
    #[error("has {0} bytes, more than the limit of {max}; export a smaller picture", max = MAX_FILE_BYTES)]
    FileTooLarge(u64),
    /// More than [`MAX_PIXELS`] pixels.
    #[error("says that it has {width} × {height} pixels, more than the limit of {max} megapixels; scale it down, unless it is \
             damaged", max = MAX_PIXELS / 1_000_000)]
    TooManyPixels {
        /// Width in pixels that the file states.
        width: u32,
        /// Height in pixels that the file states.
        height: u32,
    },
    /// A side of more than [`MAX_SIDE`] pixels.
    #[error(
        "says that it has {width} × {height} pixels, and no side may have more than {MAX_SIDE}; crop it or scale it down, unless \
             it is damaged"
    )]
    TooLong {
        /// Width in pixels that the file states.
        width: u32,
        /// Height in pixels that the file states.
        height: u32,
    },
    /// Decoding would take more than [`MAX_MEMORY_BYTES`].
    #[error("would take {0} bytes of memory to decode, more than the {max} allowed for one picture; save it as an 8-bit baseline \
             JPEG or 8-bit RGB PNG, or scale it down", max = MAX_MEMORY_BYTES)]
    TooMuchMemory(u64),
    /// Its content is not in any picture format known here.
    #[error("is not a picture: {0}; choose a JPEG, PNG, TIFF, WebP or BMP file")]
    NotAPicture(String),
    /// A known picture format, or a kind of it, that is not read here.
    #[error("is {0}, which is not supported; export it as an 8-bit RGB PNG or JPEG and open that")]
    Unsupported(String),
    /// The file ends before the picture does.
    #[error("is truncated: {0}; copy or download it again")]
    Truncated(String),
    /// The file contradicts itself.
    #[error("is damaged: {0}; copy or download it again, or export it again")]
    Damaged(String),
    /// A PNG given as a frame that has another size or kind.
    #[error("is not a frame: {0}; a frame is an 8-bit RGB PNG of 299 × 299 pixels")]
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
