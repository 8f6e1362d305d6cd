//! From a file to a photograph: read within limits, recognised by content, decoded, turned upright and converted to sRGB.

use flipscope_language::{as_text, text};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::catch_panic::{contain, message};
use super::colours::Space;
use super::decoded::Decoded;
use super::error::{LesionError, Problem};
use super::limits::MAX_FILE_BYTES;
use super::memory_budget::{self, Permit};
use super::photograph::{ColorHandling, Photograph, Source};
use super::profile::Outcome;
use super::raster::Raster;
use super::sniff::{Format, sniff};
use super::{bitmap, jpeg, orientation, tiff};
use flipscope_base::hex;
use flipscope_base::system::{about, in_words};

/// Opens a picture file: JPEG, PNG, TIFF, WebP or BMP, recognised by its content.
///
/// Memory stays within [`super::MAX_MEMORY_BYTES`], whatever the file says. JPEG pixels are those of libjpeg (and so of
/// Pillow), bit for bit.
///
/// # Errors
/// If the file cannot be read, is not a regular file, is too large, is not a picture of a known format, or is truncated or
/// damaged. The message names the file, what is wrong and the remedy.
pub fn open(
    path: impl AsRef<Path>,
    color_handling: ColorHandling,
) -> Result<Photograph, LesionError> {
    let path = path.as_ref();
    let (bytes, _permit) = read(path).map_err(|problem| problem.of(path))?;
    decode(&bytes, path, color_handling)
}

/// Opens a picture file, and makes something of it before the next picture may take its place in memory: many photographs
/// processed at the same time need no more memory than a few.
///
/// `make` must not open other pictures, nor wait for other threads that do.
///
/// # Errors
/// As [`open`].
pub fn open_with<T>(
    path: impl AsRef<Path>,
    color_handling: ColorHandling,
    make: impl FnOnce(&Photograph) -> T,
) -> Result<T, LesionError> {
    let path = path.as_ref();
    let (photograph, _permit) = read(path)
        .map_err(|problem| problem.of(path))
        .and_then(|(bytes, _permit)| decode_within(&bytes, path, color_handling))?;
    Ok(make(&photograph))
}

/// Decodes the bytes of a picture file; `path` is only its name, in the photograph and in errors.
///
/// # Errors
/// As [`open`].
pub fn decode(
    bytes: &[u8],
    path: impl AsRef<Path>,
    color_handling: ColorHandling,
) -> Result<Photograph, LesionError> {
    decode_within(bytes, path.as_ref(), color_handling).map(|(photograph, _permit)| photograph)
}

/// As [`decode`], and also returns the permit to hold the photograph.
fn decode_within(
    bytes: &[u8],
    path: &Path,
    color_handling: ColorHandling,
) -> Result<(Photograph, Permit), LesionError> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Problem::FileTooLarge(bytes.len() as u64).of(path));
    }
    let decoded = contain(|| decode_stored(bytes, color_handling))
        .unwrap_or_else(|payload| {
            Err(Problem::Damaged(text!(
                "photo-decoder-gave-up-on",
                payload = as_text(&message(&*payload))
            )))
        })
        .map_err(|problem| problem.of(path))?;
    let source = Source::File {
        path: path.to_owned(),
        sha256: hex(Sha256::digest(bytes)),
    };
    finish(decoded, source, color_handling).map_err(|problem| problem.of(path))
}

/// Reads a regular file of bounded size, and returns the permit to hold its bytes. Never waits on a pipe or device.
fn read(path: &Path) -> Result<(Vec<u8>, Permit), Problem> {
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound if path == Path::new("-") => Problem::StandardInput,
        _ => about(path, error).into(),
    })?;
    if metadata.is_dir() {
        return Err(Problem::NotAFile(text!("photo-folder")));
    }
    if !metadata.is_file() {
        return Err(Problem::NotAFile(text!("photo-pipe-socket-device")));
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(Problem::FileTooLarge(metadata.len()));
    }
    let permit = memory_budget::file(metadata.len());
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // The file may grow while it is read.
    let read = (File::open(path))
        .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
        .map_err(in_words)?;
    if read as u64 > MAX_FILE_BYTES {
        return Err(Problem::FileTooLarge(read as u64));
    }
    Ok((bytes, permit))
}

/// Pixels as stored, whatever the format.
fn decode_stored(bytes: &[u8], color_handling: ColorHandling) -> Result<Decoded, Problem> {
    match sniff(bytes)? {
        Format::Jpeg => jpeg::decode(bytes, color_handling),
        Format::Png => bitmap::decode_png(bytes, color_handling),
        Format::Tiff => tiff::decode(bytes, color_handling),
        Format::WebP => bitmap::decode_webp(bytes, color_handling),
        Format::Bmp => bitmap::decode_bmp(bytes, color_handling),
    }
}

/// Applies profile and orientation, if wanted, and records both.
fn finish(
    mut decoded: Decoded,
    source: Source,
    color_handling: ColorHandling,
) -> Result<(Photograph, Permit), Problem> {
    let mut colour_profile = decoded.colours.first().and_then(Space::name);
    let (mut width, mut height) = (decoded.width, decoded.height);
    if color_handling == ColorHandling::Converted {
        let usable = decoded.colours.iter().filter(|_| decoded.rgb_profile);
        for space in usable {
            match space.convert(&mut decoded.pixels, width) {
                Ok(outcome) => {
                    if outcome == Outcome::Converted {
                        decoded.notes.push(space.converted());
                    }
                    colour_profile = space.name();
                    break;
                }
                Err(fault) => decoded.notes.push(text!(
                    "photo-unusable-not-applied",
                    kind = as_text(&space.kind()),
                    fault = as_text(&fault)
                )),
            }
        }
        (width, height, decoded.pixels) =
            orientation::apply(decoded.exif_orientation, width, height, decoded.pixels)?;
    }
    let raster = Raster::from_rgb(width, height, decoded.pixels)
        .map_err(|error| Problem::Damaged(error.to_string()))?;
    let photograph = Photograph {
        raster: Arc::new(raster),
        source,
        color_handling,
        format: Some(decoded.format.name()),
        exif_orientation: decoded.exif_orientation,
        colour_profile,
        notes: decoded.notes,
    };
    Ok((photograph, decoded.permit))
}
