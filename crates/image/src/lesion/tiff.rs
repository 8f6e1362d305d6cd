//! TIFF, decoded by the `tiff` crate: the file's page with the photograph; uncompressed, LZW, Deflate or `PackBits`.

use flipscope_language::{as_text, text};
use std::io::Cursor;

use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::channels::{Channels, to_rgb};
use super::colours::{Exif, Space};
use super::decoded::Decoded;
use super::error::Problem;
use super::limits::{MAX_MEMORY_BYTES, MAX_METADATA_BYTES};
use super::orientation;
use super::photograph::ColorHandling;
use super::preflight::{admit, check_size};
use super::sniff::Format;
use super::tiff_file::{File, Paged, problem};
use super::{tiff_pages, tiff_pieces};

/// Decodes the photograph of a TIFF file.
pub(super) fn decode(bytes: &[u8], color_handling: ColorHandling) -> Result<Decoded, Problem> {
    let page = tiff_pages::choose(bytes)?;
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MAX_MEMORY_BYTES as usize;
    limits.intermediate_buffer_size = MAX_MEMORY_BYTES as usize / 4;
    limits.ifd_value_size = MAX_METADATA_BYTES as usize;
    let paged = Paged {
        header: page.header,
        file: Cursor::new(bytes),
    };
    let mut file = Decoder::new(paged).map_err(problem)?.with_limits(limits);
    let (width, height) = file.dimensions().map_err(problem)?;
    check_size(width, height)?;
    let channels = channels(file.colortype().map_err(problem)?)?;
    let bands = Bands::of(&mut file, channels)?;
    let planar: Option<u16> = file
        .find_tag_unsigned(Tag::PlanarConfiguration)
        .map_err(problem)?;
    if bands.stored > 1 && planar.is_some_and(|p| p != 1) {
        return Err(Problem::Unsupported(
            text!("photo-tiff-with-separate-colour").to_owned(),
        ));
    }
    let turn: Option<u16> = file.find_tag_unsigned(Tag::Orientation).unwrap_or_default();
    let exif_orientation = turn.filter(|t| (1..=8).contains(t)).map_or(1, |t| t as u8);
    let pixels = u64::from(width) * u64::from(height);
    let sample = if channels.wide { 2 } else { 1 };
    let permit = admit(&[
        bytes.len() as u64,
        pixels
            * (channels.peak_bytes()
                + if channels.wide {
                    channels.count as u64
                } else {
                    0
                }),
        // One strip or tile as stored: the largest possible for the picture's size.
        if bands.stored > channels.count {
            pixels * (bands.stored * sample) as u64
        } else {
            0
        },
        orientation::turning_bytes(color_handling, exif_orientation, pixels),
    ])?;
    tiff_pieces::check(
        &mut file,
        bytes,
        width,
        height,
        u64::from(width) * (bands.stored * sample) as u64,
    )?;
    let mut notes = page.notes;
    notes.extend(bands.notes(channels));
    let icc = match file.find_tag(Tag::IccProfile) {
        Ok(value) => value.and_then(|v| v.into_u8_vec().ok()),
        Err(error) => {
            notes.push(text!(
                "photo-embedded-colour-profile-unusable-not",
                error = as_text(&error)
            ));
            None
        }
    };
    let mut colours: Vec<Space> = icc.map(Space::Icc).into_iter().collect();
    Exif::of(bytes).tell(&mut colours, &mut notes);
    let samples = match file.read_image().map_err(problem)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|v| (v >> 8) as u8).collect(),
        _ => {
            return Err(Problem::Unsupported(
                text!("photo-tiff-whose-samples-not").to_owned(),
            ));
        }
    };
    let narrow = Channels {
        wide: false,
        ..channels
    };
    if samples.len() as u64 != pixels * narrow.bytes() as u64 {
        return Err(Problem::Damaged(
            text!("photo-tiff-samples-do-not").to_owned(),
        ));
    }
    let pixels = to_rgb(samples, narrow)?;
    notes.extend(channels.shallow(&pixels));
    Ok(Decoded {
        format: Format::Tiff,
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

/// The bands that a TIFF stores for each pixel, one or three of which are colours.
struct Bands {
    /// How many there are.
    stored: usize,
    /// How many of them are neither colours nor transparency, according to the file.
    other: usize,
}

impl Bands {
    fn of(file: &mut File<'_>, channels: Channels) -> Result<Self, Problem> {
        let samples: Option<u16> = file
            .find_tag_unsigned(Tag::SamplesPerPixel)
            .map_err(problem)?;
        let kinds: Vec<u16> = file
            .find_tag_unsigned_vec(Tag::ExtraSamples)
            .map_err(problem)?
            .unwrap_or_default();
        let stored = usize::from(samples.unwrap_or(1));
        let extra = stored.saturating_sub(channels.colours());
        let alpha = match kinds.as_slice() {
            // If the file does not say, a single additional band is taken for transparency, as other programs do.
            [] => usize::from(extra == 1),
            kinds => kinds.iter().filter(|kind| matches!(kind, 1 | 2)).count(),
        };
        Ok(Self {
            stored,
            other: extra.saturating_sub(alpha),
        })
    }

    /// What is lost.
    fn notes(&self, channels: Channels) -> Vec<String> {
        let mut notes = channels.notes();
        let count = self.stored.saturating_sub(channels.colours());
        let transparency = text!("photo-transparency-dropped");
        notes.retain(|note| note != transparency);
        if count > self.other {
            notes.push(transparency.to_owned());
        }
        if self.other > 0 {
            notes.push(text!(
                "photo-tiff-bands-ignored-file",
                other = as_text(&self.other),
                stored = as_text(&self.stored)
            ));
        }
        notes
    }
}

/// The kinds of pixels that are read.
fn channels(colours: ColorType) -> Result<Channels, Problem> {
    let grey = matches!(
        colours,
        ColorType::Gray(_) | ColorType::GrayA(_) | ColorType::Multiband { .. }
    );
    let (count, bits) = match colours {
        ColorType::Gray(bits) => (1, bits),
        ColorType::GrayA(bits) => (2, bits),
        ColorType::RGB(bits) => (3, bits),
        ColorType::RGBA(bits) => (4, bits),
        // Grey and whatever other bands there are.
        ColorType::Multiband {
            bit_depth,
            num_samples,
        } => (usize::from(num_samples), bit_depth),
        other => {
            return Err(Problem::Unsupported(text!(
                "photo-tiff-with-pixels",
                other = format!("{other:?}")
            )));
        }
    };
    match bits {
        8 | 16 => Ok(Channels {
            count,
            grey,
            wide: bits == 16,
        }),
        _ => Err(Problem::Unsupported(text!(
            "photo-tiff-bits-channel",
            bits = as_text(&bits)
        ))),
    }
}
