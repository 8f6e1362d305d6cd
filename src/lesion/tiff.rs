//! TIFF, decoded by the `tiff` crate: the first picture of the file; uncompressed, LZW, Deflate or `PackBits`.

use std::io::{Cursor, ErrorKind};

use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::channels::{Channels, to_rgb};
use super::decoded::Decoded;
use super::error::Problem;
use super::limits::{MAX_MEMORY_BYTES, MAX_METADATA_BYTES, check_memory, check_size};
use super::orientation;
use super::photograph::Reading;
use super::sniff::Format;
use super::tiff_pieces;

/// An open TIFF.
pub(super) type File<'a> = Decoder<Cursor<&'a [u8]>>;

/// Decodes the first picture of a TIFF file.
pub(super) fn decode(bytes: &[u8], reading: Reading) -> Result<Decoded, Problem> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MAX_MEMORY_BYTES as usize;
    limits.intermediate_buffer_size = MAX_MEMORY_BYTES as usize / 4;
    limits.ifd_value_size = MAX_METADATA_BYTES as usize;
    let mut file = Decoder::new(Cursor::new(bytes))
        .map_err(problem)?
        .with_limits(limits);
    let (width, height) = file.dimensions().map_err(problem)?;
    check_size(width, height)?;
    let channels = channels(file.colortype().map_err(problem)?)?;
    let planar: Option<u16> = file
        .find_tag_unsigned(Tag::PlanarConfiguration)
        .map_err(problem)?;
    if channels.count > 1 && planar.is_some_and(|p| p != 1) {
        return Err(Problem::Unsupported(
            "a TIFF with separate colour planes".to_owned(),
        ));
    }
    let turn: Option<u16> = file.find_tag_unsigned(Tag::Orientation).unwrap_or_default();
    let exif_orientation = turn.filter(|t| (1..=8).contains(t)).map_or(1, |t| t as u8);
    let pixels = u64::from(width) * u64::from(height);
    check_memory(&[
        bytes.len() as u64,
        pixels
            * (channels.peak_bytes()
                + if channels.wide {
                    channels.count as u64
                } else {
                    0
                }),
        orientation::turning_bytes(reading, exif_orientation, pixels),
    ])?;
    tiff_pieces::check(
        &mut file,
        bytes,
        width,
        height,
        u64::from(width) * channels.bytes() as u64,
    )?;
    let mut notes = channels.notes();
    let icc = match file.find_tag(Tag::IccProfile) {
        Ok(value) => value.and_then(|v| v.into_u8_vec().ok()),
        Err(error) => {
            notes.push(format!(
                "the embedded colour profile is unusable and was not applied: {error}"
            ));
            None
        }
    };
    let samples = match file.read_image().map_err(problem)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|v| (v >> 8) as u8).collect(),
        _ => {
            return Err(Problem::Unsupported(
                "a TIFF whose samples are no 8-bit or 16-bit numbers".to_owned(),
            ));
        }
    };
    let narrow = Channels {
        wide: false,
        ..channels
    };
    if samples.len() as u64 != pixels * narrow.count as u64 {
        return Err(Problem::Damaged(
            "the TIFF's samples do not fill its pixels".to_owned(),
        ));
    }
    Ok(Decoded {
        format: Format::Tiff,
        width,
        height,
        pixels: to_rgb(samples, narrow)?,
        exif_orientation,
        icc,
        rgb_profile: true,
        notes,
    })
}

/// The kinds of pixels that are read.
fn channels(colours: ColorType) -> Result<Channels, Problem> {
    let (count, bits) = match colours {
        ColorType::Gray(bits) => (1, bits),
        ColorType::GrayA(bits) => (2, bits),
        ColorType::RGB(bits) => (3, bits),
        ColorType::RGBA(bits) => (4, bits),
        other => {
            return Err(Problem::Unsupported(format!(
                "a TIFF with {other:?} pixels"
            )));
        }
    };
    match bits {
        8 => Ok(Channels { count, wide: false }),
        16 => Ok(Channels { count, wide: true }),
        _ => Err(Problem::Unsupported(format!(
            "a TIFF of {bits} bits a channel"
        ))),
    }
}

/// A decoder's error in our words.
pub(super) fn problem(error: TiffError) -> Problem {
    match error {
        TiffError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
            Problem::Truncated("the TIFF ends before its last pixels".to_owned())
        }
        TiffError::UnsupportedError(what) => {
            Problem::Unsupported(format!("a TIFF of a rare kind ({what})"))
        }
        TiffError::LimitsExceeded => {
            Problem::Damaged("the TIFF asks for too much memory".to_owned())
        }
        other => Problem::Damaged(format!("the TIFF does not decode: {other}")),
    }
}
