//! Whether a PNG, WebP or BMP file is complete, checked on its structure before anything is decoded.
//!
//! Decoders stop at the last pixel that they need, so they notice neither a missing end nor a header that states too small a
//! picture. These checks do, and limit the sizes that a decoder may believe.

use flipscope_language::{as_text, text};
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::colours::Measured;
use super::error::Problem;

/// A big-endian or little-endian number in a file.
fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// What a PNG's chunks say.
pub(super) struct Png {
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// Bits of one pixel.
    bits: u64,
    interlaced: bool,
    /// Whether there is an `iCCP` chunk.
    pub(super) has_profile: bool,
    /// The `cICP` chunk.
    pub(super) cicp: Option<[u8; 4]>,
    /// The whole of a `cICP` chunk that would make the decoder refuse the file.
    pub(super) odd_cicp: Option<std::ops::Range<usize>>,
    /// Whether there is an `sRGB` chunk.
    pub(super) srgb: bool,
    /// The `gAMA` chunk.
    gamma: Option<u32>,
    /// The `cHRM` chunk.
    chromaticities: Option<[u32; 8]>,
    /// Positions of the `IDAT` chunks' data.
    data: Vec<std::ops::Range<usize>>,
    /// Where the file ends in place of its end chunk, or within it; none if it has one.
    pub(super) ends_at: Option<usize>,
}

/// The end chunk, whole.
pub(super) const END: [u8; 12] = [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82];

/// Walks the chunks to `IEND`, or to the end of a file that lacks only that.
pub(super) fn png(bytes: &[u8]) -> Result<Png, Problem> {
    let truncated = || Problem::Truncated(text!("photo-png-has-no-end").to_owned());
    let damaged = || Problem::Damaged(text!("photo-png-header-impossible").to_owned());
    let mut header = None;
    let mut at = 8usize;
    let mut has_profile = false;
    let (mut cicp, mut srgb, mut gamma, mut chromaticities) = (None, false, None, None);
    let mut odd_cicp = None;
    let mut data = Vec::new();
    let mut ends_at = None;
    loop {
        // Nothing but the end chunk is missing, or a part of it: its pixels may be whole.
        let rest = bytes.get(at..).unwrap_or_default();
        if !data.is_empty() && rest.len() < END.len() && END.starts_with(rest) {
            ends_at = Some(at);
            break;
        }
        let length = u32::from_be_bytes(number(bytes, at).ok_or_else(truncated)?) as usize;
        let kind: [u8; 4] = number(bytes, at + 4).ok_or_else(truncated)?;
        let start = at + 8;
        let end = start
            .checked_add(length)
            .filter(|end| end + 4 <= bytes.len())
            .ok_or_else(truncated)?;
        match &kind {
            b"IHDR" => {
                let width = number(bytes, start)
                    .map(u32::from_be_bytes)
                    .ok_or_else(damaged)?;
                let height = number(bytes, start + 4)
                    .map(u32::from_be_bytes)
                    .ok_or_else(damaged)?;
                let [depth, colour, _, _, interlace] =
                    number(bytes, start + 8).ok_or_else(damaged)?;
                let samples = match colour {
                    0 | 3 => 1,
                    2 => 3,
                    4 => 2,
                    6 => 4,
                    _ => return Err(damaged()),
                };
                if length != 13 || !matches!(depth, 1 | 2 | 4 | 8 | 16) {
                    return Err(damaged());
                }
                header = Some((width, height, samples * u64::from(depth), interlace == 1));
            }
            b"IDAT" => data.push(start..end),
            b"iCCP" => has_profile = true,
            // These must come before the pixels to count.
            b"cICP" => {
                if data.is_empty() && length == 4 {
                    cicp = number(bytes, start);
                }
                odd_cicp = Some(at..end + 4).filter(|_| !matches!(cicp, Some([_, _, 0, 0 | 1])));
            }
            b"sRGB" if data.is_empty() && length == 1 => srgb = true,
            b"gAMA" if data.is_empty() && length == 4 => {
                gamma = number(bytes, start).map(u32::from_be_bytes);
            }
            b"cHRM" if data.is_empty() && length == 32 => {
                let mut values = [0; 8];
                for (value, at) in values.iter_mut().zip((start..).step_by(4)) {
                    *value = number(bytes, at).map_or(0, u32::from_be_bytes);
                }
                chromaticities = Some(values);
            }
            b"IEND" => break,
            _ => {}
        }
        at = end + 4;
    }
    let (width, height, bits, interlaced) = header.ok_or_else(damaged)?;
    Ok(Png {
        width,
        height,
        bits,
        interlaced,
        has_profile,
        cicp,
        odd_cicp,
        srgb,
        gamma,
        chromaticities,
        data,
        ends_at,
    })
}

impl Png {
    /// The colours that `gAMA` and `cHRM` declare, if they differ from sRGB.
    pub(super) fn measured(&self) -> Option<Measured> {
        Measured::of(self.gamma, self.chromaticities)
    }

    /// Bytes of one row, with its filter byte.
    pub(super) fn row_bytes(&self) -> u64 {
        1 + (u64::from(self.width) * self.bits).div_ceil(8)
    }

    /// Bytes of the unpacked rows (PNG specification, sections 7.2, 8.1 and 9).
    fn unpacked_bytes(&self) -> u64 {
        let rows = |width: u64, height: u64| {
            if width == 0 || height == 0 {
                0
            } else {
                height * (1 + (width * self.bits).div_ceil(8))
            }
        };
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        if !self.interlaced {
            return rows(width, height);
        }
        // Adam7: first column and row, and steps, of each pass.
        let passes = [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
        passes
            .iter()
            .map(|(x, y, dx, dy)| rows((width + dx - 1 - x) / dx, (height + dy - 1 - y) / dy))
            .sum()
    }

    /// Refuses a file with far too little data for the pixels that its header states, before memory is allocated for them.
    pub(super) fn check_plausible(&self) -> Result<(), Problem> {
        // Deflate compresses by 1032 to 1 at best.
        let packed: usize = self.data.iter().map(ExactSizeIterator::len).sum();
        if (packed as u64).saturating_mul(1032) < self.unpacked_bytes() {
            return Err(Problem::Truncated(text!(
                "photo-bytes-png-data-cannot",
                packed = as_text(&packed),
                width = as_text(&self.width),
                height = as_text(&self.height)
            )));
        }
        Ok(())
    }

    /// Refuses a file with more data than the pixels that its header states: the header is then wrong, and rows would be split
    /// at the wrong places.
    pub(super) fn check_data_length(&self, bytes: &[u8]) -> Result<(), Problem> {
        let chunks = Chunks {
            bytes,
            ranges: self.data.iter(),
            current: &[],
        };
        let expected = self.unpacked_bytes();
        let mut rows = ZlibDecoder::new(chunks).take(expected + 1);
        let unpacked = std::io::copy(&mut rows, &mut std::io::sink());
        match unpacked {
            Ok(unpacked) if unpacked > expected => Err(Problem::Damaged(
                text!("photo-png-holds-more-data").to_owned(),
            )),
            // Unpacked to the end, with the right checksum.
            Ok(unpacked) if unpacked == expected => Ok(()),
            _ if self.ends_at.is_some() => Err(Problem::Truncated(
                text!("photo-png-has-no-end-chunk").to_owned(),
            )),
            // Too little data is for the decoder to report.
            _ => Ok(()),
        }
    }
}

/// Reads pieces of a file one after another.
struct Chunks<'a, I> {
    bytes: &'a [u8],
    ranges: I,
    current: &'a [u8],
}

impl<'a, I: Iterator<Item = &'a std::ops::Range<usize>>> std::io::Read for Chunks<'a, I> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.current.is_empty() {
            match self.ranges.next() {
                Some(range) => self.current = self.bytes.get(range.clone()).unwrap_or_default(),
                None => return Ok(0),
            }
        }
        self.current.read(out)
    }
}

/// What a WebP's chunks say.
pub(super) struct WebP {
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// For an animation: a file of its first picture alone, which fills the canvas, with the colour profile and EXIF block.
    pub(super) still: Option<Vec<u8>>,
}

/// Checks that every RIFF chunk lies within the file; returns the size of the canvas.
///
/// A plain WebP states its size once, inside the bit stream: one that is too small is not noticed.
pub(super) fn webp(bytes: &[u8]) -> Result<WebP, Problem> {
    let truncated = || Problem::Truncated(text!("photo-webp-shorter-than-header").to_owned());
    let damaged = |what: &str| Problem::Damaged(text!("photo-webp", what = as_text(&what)));
    let stated = u32::from_le_bytes(number(bytes, 4).ok_or_else(truncated)?) as usize;
    let riff = bytes
        .get(..stated.saturating_add(8))
        .ok_or_else(truncated)?;
    let (mut canvas, mut picture, mut first) = (None, None, None);
    let (mut flags, mut icc, mut exif) = (0, &[][..], &[][..]);
    let size = |a, b, c| 1 + u32::from_le_bytes([a, b, c, 0]);
    let mut at = 12usize;
    while at < riff.len() {
        let kind: [u8; 4] = number(riff, at).ok_or_else(truncated)?;
        let length = u32::from_le_bytes(number(riff, at + 4).ok_or_else(truncated)?) as usize;
        let start = at + 8;
        let end = start.checked_add(length).ok_or_else(truncated)?;
        let body = riff.get(start..end).ok_or_else(truncated)?;
        match &kind {
            b"VP8X" => {
                flags = body.first().copied().unwrap_or(0);
                if let Some([w0, w1, w2, h0, h1, h2]) = number(body, 4) {
                    canvas = Some((size(w0, w1, w2), size(h0, h1, h2)));
                }
            }
            // One picture of an animation: its position (2 × 3 bytes), its size, its duration, flags.
            b"ANMF" if first.is_none() => {
                if let Some([w0, w1, w2, h0, h1, h2]) = number(body, 6) {
                    let data = body.get(16..).unwrap_or_default();
                    first = Some(((size(w0, w1, w2), size(h0, h1, h2)), data));
                }
            }
            b"ICCP" => icc = body,
            b"EXIF" => exif = body,
            b"VP8 " if picture.is_none() => {
                if let Some([w0, w1, h0, h1]) = number(body, 6) {
                    let size = |a, b| u32::from(u16::from_le_bytes([a, b]) & 0x3fff);
                    picture = Some((size(w0, w1), size(h0, h1)));
                }
            }
            b"VP8L" if picture.is_none() => {
                if let Some(packed) = number(body, 1).map(u32::from_le_bytes) {
                    picture = Some((1 + (packed & 0x3fff), 1 + (packed >> 14 & 0x3fff)));
                }
            }
            _ => {}
        }
        at = end + length % 2;
    }
    match (canvas, picture) {
        (Some(canvas), Some(picture)) if canvas != picture => {
            Err(damaged(text!("photo-states-two-sizes")))
        }
        (Some((width, height)), _) | (None, Some((width, height))) => match first {
            Some((first, _)) if first != (width, height) => Err(Problem::Unsupported(
                text!("photo-animated-webp-whose-first").to_owned(),
            )),
            first => Ok(WebP {
                width,
                height,
                still: first
                    .filter(|_| picture.is_none())
                    .map(|(_, data)| still_webp((width, height), flags, icc, exif, data)),
            }),
        },
        (None, None) => Err(damaged(text!("photo-holds-no-picture"))),
    }
}

/// A WebP file of the chunks of one picture of an animation; `flags` are the animation's.
fn still_webp(
    (width, height): (u32, u32),
    flags: u8,
    icc: &[u8],
    exif: &[u8],
    picture: &[u8],
) -> Vec<u8> {
    const ALPHA: u8 = 0x10;
    let transparent =
        picture.starts_with(b"ALPH") || (picture.starts_with(b"VP8L") && flags & ALPHA != 0);
    let flag = |on: bool, flag: u8| if on { flag } else { 0 };
    let flags = flag(!icc.is_empty(), 0x20) | flag(transparent, ALPHA) | flag(!exif.is_empty(), 8);
    let [w0, w1, w2, _] = (width - 1).to_le_bytes();
    let [h0, h1, h2, _] = (height - 1).to_le_bytes();
    let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
    let chunk = |file: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]| {
        if !body.is_empty() {
            file.extend_from_slice(kind);
            file.extend_from_slice(&(body.len() as u32).to_le_bytes());
            file.extend_from_slice(body);
            file.resize(file.len().next_multiple_of(2), 0);
        }
    };
    let head = [flags, 0, 0, 0, w0, w1, w2, h0, h1, h2];
    chunk(&mut file, b"VP8X", &head);
    chunk(&mut file, b"ICCP", icc);
    // It already consists of chunks.
    file.extend_from_slice(picture);
    chunk(&mut file, b"EXIF", exif);
    let length = (file.len() as u32 - 8).to_le_bytes();
    if let Some(place) = file.get_mut(4..8) {
        place.copy_from_slice(&length);
    }
    file
}

/// Checks that an uncompressed bitmap's data have the length that its size asks for.
pub(super) fn bmp(bytes: &[u8]) -> Result<(), Problem> {
    let truncated = || Problem::Truncated(text!("photo-bmp-shorter-than-header").to_owned());
    let long = |at| {
        number(bytes, at)
            .map(u32::from_le_bytes)
            .ok_or_else(truncated)
    };
    let short = |at| {
        number(bytes, at)
            .map(u16::from_le_bytes)
            .ok_or_else(truncated)
    };
    let (stated, start, header) = (u64::from(long(2)?), u64::from(long(10)?), long(14)?);
    if stated > bytes.len() as u64 || start > bytes.len() as u64 {
        return Err(truncated());
    }
    let (width, height, bits, compression) = if header == 12 {
        (u32::from(short(18)?), u32::from(short(20)?), short(24)?, 0)
    } else {
        let (width, height) = (long(18)?.cast_signed(), long(22)?.cast_signed());
        (
            width.unsigned_abs(),
            height.unsigned_abs(),
            short(28)?,
            long(30)?,
        )
    };
    super::preflight::check_size(width, height)?;
    if !matches!(compression, 0 | 3 | 6) {
        return Ok(()); // run-length coding: checked by the decoder
    }
    let row = (u64::from(width) * u64::from(bits)).div_ceil(32) * 4;
    let needed = row * u64::from(height);
    if bytes.len() as u64 - start < needed {
        return Err(truncated());
    }
    let profile = if header >= 124 {
        u64::from(long(14 + 116)?)
    } else {
        0
    };
    if stated.saturating_sub(start + profile) >= needed + row.max(8) {
        return Err(Problem::Damaged(
            text!("photo-bmp-holds-more-data").to_owned(),
        ));
    }
    Ok(())
}
