//! PNG, WebP and BMP, decoded by the `image` crate after the file's structure has been checked.

use flipscope_language::{as_text, text};
use std::io::{Cursor, ErrorKind};

use image::codecs::bmp::BmpDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, ImageError, Limits};

use super::channels::{Channels, to_rgb};
use super::colours::{Exif, Space};
use super::decoded::Decoded;
use super::error::Problem;
use super::limits::MAX_METADATA_BYTES;
use super::orientation;
use super::photograph::ColorHandling;
use super::preflight::{admit, buffer, check_size};
use super::sniff::Format;
use super::structure;

/// Decodes a PNG; for an animated one, its still picture.
pub(super) fn decode_png(bytes: &[u8], color_handling: ColorHandling) -> Result<Decoded, Problem> {
    let header = structure::png(bytes)?;
    check_size(header.width, header.height)?;
    header.check_plausible()?;
    let whole = bytes;
    if header.ends_at.is_some() {
        header.check_data_length(whole)?;
    }
    let mended = mended(&header, whole);
    let bytes = mended.as_deref().unwrap_or(whole);
    // The limit covers what the decoder unpacks besides the pixels (profiles, texts) and its own rows.
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_METADATA_BYTES + 4 * header.row_bytes());
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits)
        .map_err(|e| problem(&e, Format::Png))?;
    let mut decoded = finish(decoder, Format::Png, bytes, 0, color_handling)?;
    if header.ends_at.is_some() {
        decoded
            .notes
            .push(text!("photo-png-lacks-end-chunk").to_owned());
    }
    let profile = decoded.colours.iter().any(|c| matches!(c, Space::Icc(_)));
    if header.has_profile && !profile {
        decoded
            .notes
            .push(text!("photo-embedded-colour-profile-unusable").to_owned());
    }
    // The order of precedence of the PNG specification (third edition, section 4.3): cICP, iCCP, sRGB, then gAMA and cHRM; EXIF
    // comes last.
    let after = usize::from(profile);
    if header.srgb {
        decoded.colours.insert(after, Space::Srgb);
    } else if let Some(measured) = header.measured() {
        decoded.colours.insert(after, Space::Measured(measured));
    }
    if let Some(code) = header.cicp {
        decoded.colours.insert(0, Space::Cicp(code));
    }
    header.check_data_length(whole)?;
    Ok(decoded)
}

/// The file without a chunk that the decoder would refuse, and with an end chunk where only that is missing; nothing if it needs neither.
fn mended(header: &structure::Png, bytes: &[u8]) -> Option<Vec<u8>> {
    if header.odd_cicp.is_none() && header.ends_at.is_none() {
        return None;
    }
    let end = header.ends_at.unwrap_or(bytes.len());
    let left_out = header.odd_cicp.clone().unwrap_or(end..end);
    let parts = [bytes.get(..left_out.start), bytes.get(left_out.end..end)];
    let mut file = parts.map(Option::unwrap_or_default).concat();
    if header.ends_at.is_some() {
        file.extend_from_slice(&structure::END);
    }
    Some(file)
}

/// Decodes a WebP, lossy or lossless; for an animated one, its first picture.
pub(super) fn decode_webp(bytes: &[u8], color_handling: ColorHandling) -> Result<Decoded, Problem> {
    let header = structure::webp(bytes)?;
    check_size(header.width, header.height)?;
    let bytes = header.still.as_deref().unwrap_or(bytes);
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|e| problem(&e, Format::WebP))?;
    // Lossless pictures are decoded as RGBA in addition to the output, lossy ones as planes of 1.5 bytes a pixel.
    let mut decoded = finish(decoder, Format::WebP, bytes, 4, color_handling)?;
    if header.still.is_some() {
        decoded
            .notes
            .push(text!("photo-only-first-picture-animated").to_owned());
    }
    Ok(decoded)
}

/// Decodes a Windows bitmap.
pub(super) fn decode_bmp(bytes: &[u8], color_handling: ColorHandling) -> Result<Decoded, Problem> {
    structure::bmp(bytes)?;
    let decoder = BmpDecoder::new(Cursor::new(bytes)).map_err(|e| problem(&e, Format::Bmp))?;
    finish(decoder, Format::Bmp, bytes, 0, color_handling)
}

/// What all of them share: the limits, the metadata, the pixels.
fn finish<D: ImageDecoder>(
    mut decoder: D,
    format: Format,
    bytes: &[u8],
    store_per_pixel: u64,
    color_handling: ColorHandling,
) -> Result<Decoded, Problem> {
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let channels = match decoder.color_type() {
        ColorType::L8 => Channels::new(1, false),
        ColorType::La8 => Channels::new(2, false),
        ColorType::Rgb8 => Channels::new(3, false),
        ColorType::Rgba8 => Channels::new(4, false),
        ColorType::L16 => Channels::new(1, true),
        ColorType::La16 => Channels::new(2, true),
        ColorType::Rgb16 => Channels::new(3, true),
        ColorType::Rgba16 => Channels::new(4, true),
        other => {
            return Err(Problem::Unsupported(text!(
                "photo-with-pixels",
                name = as_text(&format.name()),
                other = format!("{other:?}")
            )));
        }
    };
    let mut notes = channels.notes();
    let exif = decoder.exif_metadata().map_err(|e| problem(&e, format))?;
    let exif_orientation = exif.as_deref().map_or(1, orientation::from_exif);
    let icc = decoder.icc_profile().unwrap_or_else(|error| {
        notes.push(text!(
            "photo-embedded-colour-profile-unusable-not",
            error = as_text(&error)
        ));
        None
    });
    let mut colours: Vec<Space> = icc.map(Space::Icc).into_iter().collect();
    if let Some(block) = &exif {
        Exif::of(block).tell(&mut colours, &mut notes);
    }

    let pixels = u64::from(width) * u64::from(height);
    let permit = admit(&[
        bytes.len() as u64,
        pixels * (channels.peak_bytes() + store_per_pixel),
        orientation::turning_bytes(color_handling, exif_orientation, pixels),
    ])?;
    let mut samples = buffer(decoder.total_bytes())?;
    decoder
        .read_image(&mut samples)
        .map_err(|e| problem(&e, format))?;
    let pixels = to_rgb(samples, channels)?;
    notes.extend(channels.shallow(&pixels));
    Ok(Decoded {
        format,
        width,
        height,
        pixels,
        exif_orientation,
        colours,
        rgb_profile: true,
        notes,
        permit,
    })
}

/// A decoder's error in our words.
fn problem(error: &ImageError, format: Format) -> Problem {
    match error {
        ImageError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
            Problem::Truncated(text!(
                "photo-ends-before-last-pixels",
                name = as_text(&format.name())
            ))
        }
        ImageError::Unsupported(what) => Problem::Unsupported(text!(
            "photo-rare-kind",
            name = as_text(&format.name()),
            what = as_text(&what)
        )),
        ImageError::Limits(limit) => Problem::Damaged(text!(
            "photo-asks-for-too-much",
            name = as_text(&format.name()),
            limit = as_text(&limit)
        )),
        other => Problem::Damaged(text!(
            "photo-cannot-be-decoded",
            name = as_text(&format.name()),
            other = as_text(&other)
        )),
    }
}
