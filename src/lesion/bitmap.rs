//! PNG, WebP and BMP, decoded by the `image` crate after the file's structure was checked.

use std::io::{Cursor, ErrorKind};

use image::codecs::bmp::BmpDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, ImageError, Limits};

use super::channels::{Channels, to_rgb};
use super::decoded::Decoded;
use super::error::Problem;
use super::limits::{MAX_METADATA_BYTES, buffer, check_memory, check_size};
use super::orientation;
use super::photograph::Reading;
use super::sniff::Format;
use super::structure;

/// Decodes a PNG; of an animated one, its still picture.
pub(super) fn decode_png(bytes: &[u8], reading: Reading) -> Result<Decoded, Problem> {
    let header = structure::png(bytes)?;
    check_size(header.width, header.height)?;
    header.check_plausible()?;
    // The limit bounds what the decoder unpacks besides the pixels (profiles, texts) and its own rows.
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_METADATA_BYTES + 4 * header.row_bytes());
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits)
        .map_err(|e| problem(&e, Format::Png))?;
    let mut decoded = finish(decoder, Format::Png, bytes, 0, reading)?;
    if header.has_profile && decoded.icc.is_none() {
        decoded.notes.push(
            "the embedded colour profile is unusable and was not applied: it does not unpack"
                .to_owned(),
        );
    }
    header.check_data_length(bytes)?;
    Ok(decoded)
}

/// Decodes a WebP, lossy or lossless; of an animated one, its first picture.
pub(super) fn decode_webp(bytes: &[u8], reading: Reading) -> Result<Decoded, Problem> {
    let header = structure::webp(bytes)?;
    check_size(header.0, header.1)?;
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|e| problem(&e, Format::WebP))?;
    // Lossless pictures are decoded as RGBA beside the output, lossy ones as planes of 1.5 bytes a pixel.
    finish(decoder, Format::WebP, bytes, 4, reading)
}

/// Decodes a Windows bitmap.
pub(super) fn decode_bmp(bytes: &[u8], reading: Reading) -> Result<Decoded, Problem> {
    structure::bmp(bytes)?;
    let decoder = BmpDecoder::new(Cursor::new(bytes)).map_err(|e| problem(&e, Format::Bmp))?;
    finish(decoder, Format::Bmp, bytes, 0, reading)
}

/// What is the same for all of them: the limits, the metadata, the pixels.
fn finish<D: ImageDecoder>(
    mut decoder: D,
    format: Format,
    bytes: &[u8],
    store_per_pixel: u64,
    reading: Reading,
) -> Result<Decoded, Problem> {
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let channels = match decoder.color_type() {
        ColorType::L8 => Channels {
            count: 1,
            wide: false,
        },
        ColorType::La8 => Channels {
            count: 2,
            wide: false,
        },
        ColorType::Rgb8 => Channels {
            count: 3,
            wide: false,
        },
        ColorType::Rgba8 => Channels {
            count: 4,
            wide: false,
        },
        ColorType::L16 => Channels {
            count: 1,
            wide: true,
        },
        ColorType::La16 => Channels {
            count: 2,
            wide: true,
        },
        ColorType::Rgb16 => Channels {
            count: 3,
            wide: true,
        },
        ColorType::Rgba16 => Channels {
            count: 4,
            wide: true,
        },
        other => {
            return Err(Problem::Unsupported(format!(
                "a {} with {other:?} pixels",
                format.name()
            )));
        }
    };
    let mut notes = channels.notes();
    let exif = decoder.exif_metadata().map_err(|e| problem(&e, format))?;
    let exif_orientation = exif.map_or(1, |block| orientation::from_exif(&block));
    let icc = decoder.icc_profile().unwrap_or_else(|error| {
        notes.push(format!(
            "the embedded colour profile is unusable and was not applied: {error}"
        ));
        None
    });

    let pixels = u64::from(width) * u64::from(height);
    check_memory(&[
        bytes.len() as u64,
        pixels * (channels.peak_bytes() + store_per_pixel),
        orientation::turning_bytes(reading, exif_orientation, pixels),
    ])?;
    let mut samples = buffer(decoder.total_bytes())?;
    decoder
        .read_image(&mut samples)
        .map_err(|e| problem(&e, format))?;
    Ok(Decoded {
        format,
        width,
        height,
        pixels: to_rgb(samples, channels)?,
        exif_orientation,
        icc,
        rgb_profile: true,
        notes,
    })
}

/// A decoder's error in our words.
fn problem(error: &ImageError, format: Format) -> Problem {
    match error {
        ImageError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
            Problem::Truncated(format!("the {} ends before its last pixels", format.name()))
        }
        ImageError::Unsupported(what) => {
            Problem::Unsupported(format!("a {} of a rare kind ({what})", format.name()))
        }
        ImageError::Limits(limit) => {
            Problem::Damaged(format!("the {} asks for too much: {limit}", format.name()))
        }
        other => Problem::Damaged(format!("the {} does not decode: {other}", format.name())),
    }
}
