//! Whole files read within a bound: regular files only, since reading a pipe could wait for ever, and never more bytes than the
//! kind of file can need.

use flipscope_language::{as_text, text};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::system::{about, in_words};

/// The most bytes of a JSON file that flipscope wrote: findings take kilobytes, splits of large sets some megabytes.
pub const MAX_JSON: u64 = 64 << 20;

/// The most bytes of a frame as PNG; 299 × 299 × 3 stored without compression take 268 kB.
pub const MAX_FRAME_PNG: u64 = 8 << 20;

/// Opens a regular file. A folder, pipe, socket or device is refused with [`io::ErrorKind::InvalidInput`].
///
/// # Errors
/// If it is not a regular file, or cannot be opened.
pub fn open_regular(path: &Path) -> io::Result<File> {
    let metadata = fs::metadata(path).map_err(|error| about(path, error))?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() {
            text!("kind-folder")
        } else {
            text!("kind-device")
        };
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            text!("kind-not-a-file", what = as_text(&what)),
        ));
    }
    File::open(path).map_err(in_words)
}

/// The bytes of a regular file of at most `limit` bytes; a longer one is refused with [`io::ErrorKind::FileTooLarge`].
///
/// # Errors
/// If it is longer, is not a regular file, or cannot be read.
pub fn bytes(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let too_large = |length: u64| {
        io::Error::new(
            io::ErrorKind::FileTooLarge,
            text!(
                "file-too-large",
                length = as_text(&length),
                limit = as_text(&limit)
            ),
        )
    };
    let file = open_regular(path)?;
    let length = file.metadata()?.len();
    if length > limit {
        return Err(too_large(length));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    // The file may grow while it is read.
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(in_words)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(limit + 1));
    }
    Ok(bytes)
}

/// As [`bytes`], for UTF-8; anything else is refused with [`io::ErrorKind::InvalidData`].
///
/// # Errors
/// As [`bytes`], and if it is not UTF-8.
pub fn text(path: &Path, limit: u64) -> io::Result<String> {
    String::from_utf8(bytes(path, limit)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, text!("file-not-text")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "12345").unwrap();
        assert_eq!(text(&path, 5).unwrap(), "12345");
        let kind = |path: &Path, limit| bytes(path, limit).unwrap_err().kind();
        assert_eq!(kind(&path, 4), io::ErrorKind::FileTooLarge);
        assert_eq!(kind(folder.path(), 4), io::ErrorKind::InvalidInput);
        assert_eq!(
            kind(&folder.path().join("none"), 4),
            io::ErrorKind::NotFound
        );
        fs::write(&path, [0xff]).unwrap();
        let error = text(&path, 5).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert_eq!(error.to_string(), "it is not text");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_not_waited_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let error = bytes(&path, 5).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    }
}
