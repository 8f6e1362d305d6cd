//! A rectangle of 8-bit sRGB pixels: the one picture type that everything else is made from.

use flipscope_language::{as_text, text};
use std::fmt;
use std::io;
use std::path::Path;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

use super::error::{LesionError, Problem};
use flipscope_base::atomic::{self, Existing};

/// Interleaved 8-bit RGB pixels, row by row from the top left: `3 * width * height` bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// The number of bytes does not match the size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", text!("photo-bytes-not-picture-pixels", bytes = as_text(bytes), width = as_text(width), height = as_text(height)))]
pub struct RasterSizeError {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Bytes given.
    pub bytes: usize,
}

impl Raster {
    /// Wraps interleaved RGB bytes.
    ///
    /// # Errors
    /// If a side is zero or the number of bytes is not `3 * width * height`.
    pub fn from_rgb(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, RasterSizeError> {
        let expected = (width as usize)
            .checked_mul(height as usize)
            .and_then(|n| n.checked_mul(3));
        if width == 0 || height == 0 || expected != Some(pixels.len()) {
            return Err(RasterSizeError {
                width,
                height,
                bytes: pixels.len(),
            });
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// As [`Raster::from_rgb`], for a caller that guarantees the length.
    pub(super) fn of_known_size(width: u32, height: u32, pixels: Vec<u8>) -> Self {
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Interleaved RGB bytes, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The RGB bytes themselves.
    #[must_use]
    pub fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    /// A PNG of the pixels: 8-bit RGB without profile or metadata.
    ///
    /// # Errors
    /// If the encoder fails (out of memory).
    pub fn to_png(&self) -> io::Result<Vec<u8>> {
        let mut png = Vec::new();
        PngEncoder::new(&mut png)
            .write_image(
                &self.pixels,
                self.width,
                self.height,
                ExtendedColorType::Rgb8,
            )
            .map_err(io::Error::other)?;
        Ok(png)
    }

    /// Writes [`Raster::to_png`] to a file. The file appears whole or not at all; an existing one is replaced.
    ///
    /// # Errors
    /// If the folder does not exist or is not writable.
    pub fn write_png(&self, path: impl AsRef<Path>) -> Result<(), LesionError> {
        let path = path.as_ref();
        self.to_png()
            .and_then(|png| atomic::write(path, &png, Existing::Replace))
            .map_err(|error| Problem::CannotWrite(error).of(path))
    }

    /// The pixel in column `x` and row `y`, if it is inside.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = 3 * (y as usize * self.width as usize + x as usize);
        match self.pixels.get(at..at + 3)? {
            &[r, g, b] => Some([r, g, b]),
            _ => None,
        }
    }
}

impl fmt::Debug for Raster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raster({} × {})", self.width, self.height)
    }
}
