//! The structure of a JPEG file, read before any of it is decoded: size, components, scans, EXIF and ICC blocks.
//!
//! It lets the decoder refuse absurd sizes before it allocates, and detect a progressive file that lacks its last scans (which
//! libjpeg decodes without a warning, blurred). Marker codes and layouts: ITU-T T.81, annex B.

use super::error::Problem;
use super::limits::MAX_METADATA_BYTES;
use super::preflight::check_size;
use flipscope_language::{as_text, text};

/// More scans than this are treated as an attack: encoders write about ten.
const MAX_SCANS: usize = 100;
/// "This coefficient was never sent", in the table that keeps the bits still missing.
const NEVER: u8 = u8::MAX;

/// What the markers of a JPEG file declare.
#[derive(Debug, Default)]
pub(super) struct Structure<'a> {
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// The colour components, 1 to 4.
    pub(super) components: Vec<Component>,
    /// SOF2: spectral selection and successive approximation.
    pub(super) progressive: bool,
    /// Scans up to the end of the picture.
    pub(super) scans: usize,
    /// Whether the file has its end marker.
    pub(super) has_end: bool,
    /// Bytes of entropy-coded data in all scans.
    pub(super) scan_bytes: u64,
    /// The TIFF structure of the first EXIF block.
    pub(super) exif: Option<&'a [u8]>,
    /// Whether the file ends with the data of its last scan.
    ends_with_scan: bool,
    /// The pieces of the ICC profile, as (number, of how many, bytes).
    icc: Vec<(u8, u8, &'a [u8])>,
}

/// One colour component of the frame header.
#[derive(Debug)]
pub(super) struct Component {
    id: u8,
    /// Horizontal sampling factor, 1 to 4.
    horizontal: u32,
    /// Vertical sampling factor, 1 to 4.
    vertical: u32,
    /// For each of the 64 coefficients, the low bits that no scan has sent yet, or [`NEVER`].
    missing: [u8; 64],
}

/// Reads the markers up to the end of the picture. A file that ends after the data of a scan may lack only its end marker: it
/// is then up to the decoder to find out whether rows are missing.
///
/// # Errors
/// [`Problem::Truncated`] if the file ends elsewhere or lacks scans, [`Problem::Damaged`], and [`Problem::Unsupported`] for
/// arithmetic, lossless, hierarchical and 12-bit files.
pub(super) fn read(bytes: &[u8]) -> Result<Structure<'_>, Problem> {
    let mut structure = Structure::default();
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        let (marker, after) = match next_marker(rest) {
            Ok(found) => found,
            Err(_) if structure.ends_with_scan => break,
            Err(problem) => return Err(problem),
        };
        rest = after;
        match marker {
            0xd9 => {
                structure.has_end = true;
                break;
            }
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let length = match rest {
            [high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
            _ => return Err(ends_in(text!("photo-marker"))),
        };
        if length < 2 {
            return Err(Problem::Damaged(
                text!("photo-jpeg-segment-has-no").to_owned(),
            ));
        }
        let segment = rest
            .get(2..length)
            .ok_or_else(|| ends_in(text!("photo-segment")))?;
        rest = rest.get(length..).unwrap_or_default();
        match marker {
            0xc0..=0xc2 => structure.frame_header(segment, marker == 0xc2)?,
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(Problem::Unsupported(
                    text!("photo-jpeg-rare-kind-lossless").to_owned(),
                ));
            }
            0xda => {
                structure.scan_header(segment)?;
                let length = scan_length(rest);
                structure.scan_bytes += length as u64;
                rest = rest.get(length..).unwrap_or_default();
                structure.ends_with_scan = !rest.iter().any(|byte| *byte != 0xff);
            }
            0xe1 if structure.exif.is_none() => structure.exif = segment.strip_prefix(b"Exif\0\0"),
            0xe2 => {
                if let Some([number, count, piece @ ..]) = segment.strip_prefix(b"ICC_PROFILE\0") {
                    structure.icc.push((*number, *count, piece));
                }
            }
            _ => {}
        }
    }
    structure.check()?;
    Ok(structure)
}

fn ends_in(place: &str) -> Problem {
    Problem::Truncated(text!("photo-jpeg-ends-within", place = as_text(&place)))
}

/// The next marker's code and what follows it; bytes before it are skipped, as libjpeg does.
fn next_marker(bytes: &[u8]) -> Result<(u8, &[u8]), Problem> {
    let mut at_marker = bytes.iter().enumerate().skip_while(|(_, b)| **b != 0xff);
    at_marker
        .find(|(_, b)| **b != 0xff)
        .and_then(|(at, code)| Some((*code, bytes.get(at + 1..)?)))
        .ok_or_else(|| Problem::Truncated(text!("photo-jpeg-has-no-end").to_owned()))
        .and_then(|(code, rest)| {
            if code == 0 {
                next_marker_after(rest)
            } else {
                Ok((code, rest))
            }
        })
}

/// As [`next_marker`], after a stuffed zero outside a scan: not recursive, so that no file can overflow the stack.
fn next_marker_after(bytes: &[u8]) -> Result<(u8, &[u8]), Problem> {
    let at = bytes
        .windows(2)
        .position(|pair| matches!(pair, [0xff, code] if *code != 0 && *code != 0xff));
    match at.and_then(|at| Some((bytes.get(at + 1)?, bytes.get(at + 2..)?))) {
        Some((code, rest)) => Ok((*code, rest)),
        None => Err(Problem::Truncated(
            text!("photo-jpeg-has-no-end").to_owned(),
        )),
    }
}

/// Bytes of entropy-coded data before the next marker that ends a scan.
fn scan_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| *b == 0xff))
    {
        at += offset;
        match bytes.get(at + 1) {
            None => break,
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return at,
        }
    }
    bytes.len()
}

impl Structure<'_> {
    /// SOF0 to SOF2.
    fn frame_header(&mut self, segment: &[u8], progressive: bool) -> Result<(), Problem> {
        if !self.components.is_empty() {
            return Err(Problem::Damaged(
                text!("photo-has-two-jpeg-frame").to_owned(),
            ));
        }
        let [precision, h1, h0, w1, w0, count, table @ ..] = segment else {
            return Err(Problem::Damaged(
                text!("photo-jpeg-frame-header-too").to_owned(),
            ));
        };
        if *precision != 8 {
            return Err(Problem::Unsupported(text!(
                "photo-jpeg-bits-channel",
                precision = as_text(&precision)
            )));
        }
        if !matches!(count, 1 | 3 | 4) {
            return Err(Problem::Unsupported(text!(
                "photo-jpeg-colour-channels",
                count = as_text(&count)
            )));
        }
        self.height = u32::from(u16::from_be_bytes([*h1, *h0]));
        self.width = u32::from(u16::from_be_bytes([*w1, *w0]));
        check_size(self.width, self.height)?;
        self.progressive = progressive;
        self.components = table
            .chunks_exact(3)
            .take(usize::from(*count))
            .map(|entry| match entry {
                [id, sampling, _] if matches!((sampling >> 4, sampling & 15), (1..=4, 1..=4)) => {
                    Ok(Component {
                        id: *id,
                        horizontal: u32::from(sampling >> 4),
                        vertical: u32::from(sampling & 15),
                        missing: [NEVER; 64],
                    })
                }
                _ => Err(Problem::Damaged(
                    text!("photo-jpeg-sampling-factors-impossible").to_owned(),
                )),
            })
            .collect::<Result<_, _>>()?;
        if self.components.len() == usize::from(*count) {
            Ok(())
        } else {
            Err(Problem::Damaged(
                text!("photo-jpeg-frame-header-too").to_owned(),
            ))
        }
    }

    /// SOS: records which coefficients of which components it carries, and how many of their bits.
    fn scan_header(&mut self, segment: &[u8]) -> Result<(), Problem> {
        let short = || Problem::Damaged(text!("photo-jpeg-scan-header-impossible").to_owned());
        if self.components.is_empty() {
            return Err(Problem::Damaged(
                text!("photo-jpeg-data-come-before").to_owned(),
            ));
        }
        self.scans += 1;
        if self.scans > MAX_SCANS {
            return Err(Problem::Damaged(text!(
                "photo-has-more-than-jpeg",
                max_scans = as_text(&MAX_SCANS)
            )));
        }
        let (count, rest) = segment.split_first().ok_or_else(short)?;
        let (table, parameters) = rest
            .split_at_checked(2 * usize::from(*count))
            .ok_or_else(short)?;
        let [first, last, approximation] = match parameters {
            [a, b, c] if self.progressive => [*a, *b, *c],
            [_, _, _] => [0, 63, 0],
            _ => return Err(short()),
        };
        for id in table.chunks_exact(2).filter_map(<[u8]>::first) {
            let component = self
                .components
                .iter_mut()
                .find(|c| c.id == *id)
                .ok_or_else(short)?;
            component
                .missing
                .get_mut(usize::from(first)..=usize::from(last))
                .ok_or_else(short)?
                .fill(approximation & 15);
        }
        Ok(())
    }

    /// Whether the scans together can be the whole picture.
    fn check(&self) -> Result<(), Problem> {
        if self.components.is_empty() || self.scans == 0 {
            return Err(Problem::Truncated(
                text!("photo-jpeg-has-no-picture").to_owned(),
            ));
        }
        if self
            .components
            .iter()
            .flat_map(|c| c.missing)
            .any(|bits| bits != 0)
        {
            return Err(Problem::Truncated(
                text!("photo-jpeg-lacks-last-scans").to_owned(),
            ));
        }
        // A block takes at least two Huffman codes of one bit (DC, end of block); in a progressive file at least one.
        let bits = if self.progressive { 1 } else { 2 };
        if self.blocks() * bits > 8 * self.scan_bytes {
            return Err(Problem::Truncated(text!(
                "photo-bytes-jpeg-data-cannot",
                scan_bytes = as_text(&self.scan_bytes),
                width = as_text(&self.width),
                height = as_text(&self.height)
            )));
        }
        Ok(())
    }

    /// Blocks of 8 × 8 samples in all components.
    fn blocks(&self) -> u64 {
        let widest = self
            .components
            .iter()
            .map(|c| c.horizontal)
            .max()
            .unwrap_or(1);
        let tallest = self
            .components
            .iter()
            .map(|c| c.vertical)
            .max()
            .unwrap_or(1);
        self.components
            .iter()
            .map(|c| {
                let across = (self.width * c.horizontal).div_ceil(8 * widest);
                let down = (self.height * c.vertical).div_ceil(8 * tallest);
                u64::from(across) * u64::from(down)
            })
            .sum()
    }

    /// Bytes that libjpeg holds besides the pixels: all coefficients if there are several scans, otherwise a few rows.
    pub(super) fn store_bytes(&self) -> u64 {
        let rows = 64 * u64::from(self.width) * self.components.len() as u64;
        if self.scans > 1 || self.progressive {
            self.blocks() * 128 + rows
        } else {
            rows
        }
    }

    /// The ICC profile, its pieces joined in order.
    ///
    /// # Errors
    /// What is wrong with the pieces, in words.
    pub(super) fn icc(&self) -> Result<Option<Vec<u8>>, String> {
        let Some((_, count, _)) = self.icc.first() else {
            return Ok(None);
        };
        let mut profile = Vec::new();
        for number in 1..=*count {
            let mut pieces = self
                .icc
                .iter()
                .filter(|piece| piece.0 == number && piece.1 == *count);
            match (pieces.next(), pieces.next()) {
                (Some((_, _, piece)), None) => profile.extend_from_slice(piece),
                _ => {
                    return Err(text!(
                        "photo-piece-missing-doubled",
                        number = as_text(&number),
                        count = as_text(&count)
                    ));
                }
            }
        }
        if profile.len() as u64 > MAX_METADATA_BYTES {
            return Err(text!("photo-has-bytes", profile = as_text(&profile.len())));
        }
        Ok(Some(profile))
    }
}
