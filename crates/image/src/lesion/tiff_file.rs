//! An open TIFF of which one page is read, and its errors in our own words.

use flipscope_language::{as_text, text};
use std::io::{Cursor, ErrorKind, Read, Seek, SeekFrom};

use tiff::TiffError;
use tiff::decoder::Decoder;

use super::error::Problem;

/// An open TIFF.
pub(super) type File<'a> = Decoder<Paged<'a>>;

/// A TIFF file whose header leads to the page to be read, whatever page its own header leads to.
pub(super) struct Paged<'a> {
    pub(super) header: Vec<u8>,
    pub(super) file: Cursor<&'a [u8]>,
}

impl Read for Paged<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let at = usize::try_from(self.file.position()).unwrap_or(usize::MAX);
        match self.header.get(at..).filter(|rest| !rest.is_empty()) {
            Some(mut rest) => {
                let count = rest.read(out)?;
                self.file.set_position((at + count) as u64);
                Ok(count)
            }
            None => self.file.read(out),
        }
    }
}

impl Seek for Paged<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// A decoder's error in our words.
pub(super) fn problem(error: TiffError) -> Problem {
    match error {
        TiffError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
            Problem::Truncated(text!("photo-tiff-ends-before-last").to_owned())
        }
        TiffError::UnsupportedError(what) => {
            Problem::Unsupported(text!("photo-tiff-rare-kind", what = as_text(&what)))
        }
        TiffError::LimitsExceeded => Problem::Damaged(text!("photo-tiff-asks-for-too").to_owned()),
        other => Problem::Damaged(text!(
            "photo-tiff-cannot-be-decoded",
            other = as_text(&other)
        )),
    }
}
