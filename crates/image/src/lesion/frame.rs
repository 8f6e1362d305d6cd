//! The frame: what the network sees, 299 × 299 pixels of 8-bit sRGB, and its form as a PNG.

use flipscope_language::{as_text, text};
use std::io;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::decode::decode;
use super::error::{LesionError, Problem};
use super::photograph::ColorHandling;
use super::raster::{Raster, RasterSizeError};
use flipscope_base::hex;

/// A picture of exactly [`Frame::SIDE`] × [`Frame::SIDE`] pixels, 8-bit sRGB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame(Raster);

impl Frame {
    /// Side in pixels: the input size of Inception-v3.
    pub const SIDE: u32 = 299;
    /// Bytes of a frame: `SIDE * SIDE * 3`.
    pub const BYTES: usize = (Self::SIDE * Self::SIDE * 3) as usize;

    /// Wraps [`Frame::BYTES`] interleaved RGB bytes.
    ///
    /// # Errors
    /// If the number of bytes differs.
    pub fn from_rgb(pixels: Vec<u8>) -> Result<Self, RasterSizeError> {
        Raster::from_rgb(Self::SIDE, Self::SIDE, pixels).map(Self)
    }

    /// Wraps what [`super::Framing`] resampled, which is guaranteed to have the right length.
    pub(super) fn from_resampled(mut pixels: Vec<u8>) -> Self {
        debug_assert_eq!(pixels.len(), Self::BYTES, "the framing is at fault");
        pixels.resize(Self::BYTES, 0);
        Self(Raster::of_known_size(Self::SIDE, Self::SIDE, pixels))
    }

    /// The frame as an 8-bit RGB PNG without metadata. The same pixels give the same bytes.
    ///
    /// # Errors
    /// If the encoder fails; the only known cause is lack of memory.
    pub fn to_png(&self) -> io::Result<Vec<u8>> {
        self.0.to_png()
    }

    /// Writes [`Frame::to_png`] to a file, replacing it.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_png(&self, path: impl AsRef<Path>) -> Result<(), LesionError> {
        self.0.write_png(path)
    }

    /// Reads a frame back from the bytes of a PNG of exactly its size; `path` is its name in errors. Values are taken as
    /// stored: a colour profile or orientation in the file is ignored, alpha is dropped.
    ///
    /// # Errors
    /// If it is not a PNG, cannot be decoded, or has another size.
    pub fn from_png(png: &[u8], path: impl AsRef<Path>) -> Result<Self, LesionError> {
        let path = path.as_ref();
        let photograph = decode(png, path, ColorHandling::Raw)?;
        let raster = photograph.raster;
        let fault = if photograph.format != Some("PNG") {
            text!(
                "photo-it-is-a",
                unwrap_or = as_text(&photograph.format.unwrap_or("drawing"))
            )
        } else if (raster.width(), raster.height()) != (Self::SIDE, Self::SIDE) {
            text!(
                "photo-has-pixels",
                width = as_text(&raster.width()),
                height = as_text(&raster.height())
            )
        } else {
            return Ok(Self(Arc::unwrap_or_clone(raster)));
        };
        Err(Problem::NotAFrame(fault).of(path))
    }

    /// The frame as a raster.
    #[must_use]
    pub fn raster(&self) -> &Raster {
        &self.0
    }

    /// Interleaved RGB bytes, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        self.0.pixels()
    }

    /// SHA-256 of the RGB bytes, in hexadecimal (the goldens' `frame_sha256`).
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(Sha256::digest(self.pixels()))
    }
}

impl TryFrom<Raster> for Frame {
    type Error = RasterSizeError;

    fn try_from(raster: Raster) -> Result<Self, Self::Error> {
        if raster.width() == Self::SIDE && raster.height() == Self::SIDE {
            Ok(Self(raster))
        } else {
            Err(RasterSizeError {
                width: Self::SIDE,
                height: Self::SIDE,
                bytes: raster.pixels().len(),
            })
        }
    }
}
