//! Whether a TIFF's strips or tiles are complete: within the file, as many as the size requires, and none with too much data.
//!
//! The decoder stops at the last pixel that it needs. A strip that holds more than that means that the directory states too
//! small a picture, whose rows would then be split at the wrong places.

use flipscope_language::text;
use std::io::{Read as _, copy, sink};

use flate2::read::ZlibDecoder;
use tiff::tags::Tag;
use weezl::BitOrder;
use weezl::decode::Decoder as LzwDecoder;

use super::error::Problem;
use super::tiff_file::{File, problem};

/// Checks the strips or tiles of a picture with interleaved channels; `row` is the length of an unpacked row in bytes.
pub(super) fn check(
    file: &mut File<'_>,
    bytes: &[u8],
    width: u32,
    height: u32,
    row: u64,
) -> Result<(), Problem> {
    let damaged = || Problem::Damaged(text!("photo-tiff-strips-do-not").to_owned());
    let (across, down) = file.chunk_dimensions();
    let mut list = |tag| file.find_tag_unsigned_vec::<u64>(tag).map_err(problem);
    let strips = list(Tag::StripOffsets)?;
    let striped = strips.is_some();
    let (offsets, counts) = match strips {
        Some(offsets) => (offsets, list(Tag::StripByteCounts)?),
        None => (
            list(Tag::TileOffsets)?.unwrap_or_default(),
            list(Tag::TileByteCounts)?,
        ),
    };
    let counts = counts.unwrap_or_default();
    let (across, down) = (across.clamp(1, width), down.clamp(1, height));
    let needed = u64::from(width.div_ceil(across)) * u64::from(height.div_ceil(down));
    if offsets.len() as u64 != needed || counts.len() != offsets.len() {
        return Err(damaged());
    }
    let compression: Option<u16> = file.find_tag_unsigned(Tag::Compression).map_err(problem)?;
    for (index, (offset, count)) in (0..).zip(offsets.iter().zip(&counts)) {
        let strip = usize::try_from(*offset)
            .ok()
            .zip(
                offset
                    .checked_add(*count)
                    .and_then(|end| usize::try_from(end).ok()),
            )
            .and_then(|(start, end)| bytes.get(start..end))
            .ok_or_else(|| {
                Problem::Truncated(text!("photo-tiff-shorter-than-directory").to_owned())
            })?;
        // Tiles are padded to their full size, and so are the last strips of some writers.
        let last_of_several = needed > 1 && index + 1 == needed;
        if striped && !last_of_several {
            let rows = u64::from(height)
                .saturating_sub(index * u64::from(down))
                .min(u64::from(down));
            if is_too_full(compression.unwrap_or(1), strip, rows * row) {
                return Err(damaged());
            }
        }
    }
    Ok(())
}

/// Whether a strip unpacks to more than `expected` bytes; if it cannot be unpacked, the decoder will refuse it.
fn is_too_full(compression: u16, strip: &[u8], expected: u64) -> bool {
    match compression {
        1 => strip.len() as u64 > expected,
        5 => lzw_length(strip, expected) > expected,
        8 | 32946 => copy(&mut ZlibDecoder::new(strip).take(expected + 1), &mut sink())
            .is_ok_and(|n| n > expected),
        32773 => pack_bits_length(strip) > expected,
        _ => false,
    }
}

/// Bytes that an LZW strip unpacks to, counted until they exceed `enough`.
fn lzw_length(mut strip: &[u8], enough: u64) -> u64 {
    let mut decoder = LzwDecoder::with_tiff_size_switch(BitOrder::Msb, 8);
    let mut out = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        let step = decoder.decode_bytes(strip, &mut out);
        strip = strip.get(step.consumed_in..).unwrap_or_default();
        length += step.consumed_out as u64;
        let stuck = step.consumed_in == 0 && step.consumed_out == 0;
        if length > enough || stuck || !matches!(step.status, Ok(weezl::LzwStatus::Ok)) {
            return length;
        }
    }
}

/// Bytes that a `PackBits` strip unpacks to (TIFF 6.0, section 9).
fn pack_bits_length(strip: &[u8]) -> u64 {
    let (mut at, mut length) = (0, 0);
    while let Some(code) = strip.get(at).map(|code| code.cast_signed()) {
        let run = 1 + u64::from(code.unsigned_abs());
        match code {
            0.. => {
                at += 1 + run as usize;
                length += run;
            }
            i8::MIN => at += 1,
            _ => {
                at += 2;
                length += run;
            }
        }
    }
    length
}
