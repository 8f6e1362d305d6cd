//! JPEG, decoded by libjpeg so that every pixel is the one that Pillow gives.
//!
//! The pure-Rust decoder behind `image` (zune-jpeg) rounds differently in its inverse cosine transform and its chroma
//! upsampling: up to 4 of 255 on a tenth of the pixels of every dermoscopic photograph tried. The network's input, and so every
//! published number, comes from libjpeg's integer transform and "fancy" upsampling; `MozJPEG` has exactly those.

use flipscope_language::{as_text, text};
use std::borrow::Cow;

use mozjpeg::{ColorSpace, Decompress};

use super::catch_panic::{contain, message};
use super::colours::{Exif, Space};
use super::decoded::Decoded;
use super::error::Problem;
use super::jpeg_errors::{self, Diagnostics};
use super::jpeg_markers::{self, Structure};
use super::orientation;
use super::photograph::ColorHandling;
use super::preflight::admit;
use super::sniff::Format;

/// Decodes a JPEG file to RGB: grey is repeated, CMYK is converted as Pillow does it.
pub(super) fn decode(bytes: &[u8], color_handling: ColorHandling) -> Result<Decoded, Problem> {
    let structure = jpeg_markers::read(bytes)?;
    let (width, height) = (structure.width, structure.height);
    let cmyk = structure.components.len() == 4;
    let pixels = u64::from(width) * u64::from(height);
    let exif_orientation = structure.exif.map_or(1, orientation::from_exif);
    let permit = admit(&[
        bytes.len() as u64 * if structure.has_end { 1 } else { 2 },
        pixels * if cmyk { 4 } else { 3 },
        structure.store_bytes(),
        orientation::turning_bytes(color_handling, exif_orientation, pixels),
    ])?;

    let space = if cmyk {
        ColorSpace::JCS_CMYK
    } else {
        ColorSpace::JCS_RGB
    };
    // The decoder must tell missing rows from a missing end marker: it is given the marker, and complains if rows are missing.
    let ended: Cow<'_, [u8]> = if structure.has_end {
        Cow::Borrowed(bytes)
    } else {
        Cow::Owned([bytes, &[0xff, 0xd9]].concat())
    };
    jpeg_errors::take_warnings();
    let outcome = contain(|| -> std::io::Result<Vec<u8>> {
        let decoder = Decompress::builder()
            .with_err(jpeg_errors::manager())
            .from_mem(&ended)?;
        let mut started = decoder.to_colorspace(space)?;
        let samples = started.read_scanlines::<u8>()?;
        started.finish()?;
        Ok(samples)
    });
    let warnings = jpeg_errors::take_warnings();
    let mut samples = match outcome {
        Ok(Ok(samples)) => samples,
        Ok(Err(error)) => {
            return Err(Problem::Damaged(text!(
                "photo-jpeg-cannot-be-decoded",
                error = as_text(&error)
            )));
        }
        Err(payload) => {
            return Err(payload.downcast_ref::<Diagnostics>().map_or_else(
                || {
                    Problem::Damaged(text!(
                        "photo-jpeg-decoder-gave-up",
                        payload = as_text(&message(&*payload))
                    ))
                },
                |report| report.problem(),
            ));
        }
    };
    let mut notes = warning_notes(&warnings, &structure)?;
    if !structure.has_end {
        notes.push(text!("photo-jpeg-lacks-end-marker").to_owned());
    }
    if cmyk {
        cmyk_to_rgb(&mut samples);
        notes.push(text!("photo-cmyk-converted-rgb-by").to_owned());
    }
    let icc = structure.icc().unwrap_or_else(|fault| {
        notes.push(text!(
            "photo-embedded-colour-profile-unusable-not-applied",
            fault = as_text(&fault)
        ));
        None
    });
    let mut colours: Vec<Space> = icc.map(Space::Icc).into_iter().collect();
    if let Some(block) = structure.exif.filter(|_| !cmyk) {
        Exif::of(block).tell(&mut colours, &mut notes);
    }
    Ok(Decoded {
        format: Format::Jpeg,
        width,
        height,
        pixels: samples,
        exif_orientation,
        colours,
        rgb_profile: !cmyk,
        notes,
        permit,
    })
}

/// Harmless warnings as notes. Much data that no pixel needed means that the header states too small a picture; but if the end
/// marker is missing, a camera's trailer (Samsung's, of some kilobytes) directly follows the last row, and counts as such data.
fn warning_notes(
    warnings: &[Diagnostics],
    structure: &Structure<'_>,
) -> Result<Vec<String>, Problem> {
    let extra: u64 = warnings
        .iter()
        .filter(|w| w.code == mozjpeg_sys::JWRN_EXTRANEOUS_DATA)
        .map(|w| u64::from(w.number))
        .sum();
    let share = if structure.has_end { 100 } else { 10 };
    if extra > 64 && extra > structure.scan_bytes / share {
        return Err(Problem::Damaged(text!(
            "photo-jpeg-holds-bytes-more",
            extra = as_text(&extra)
        )));
    }
    Ok(if extra > 0 {
        vec![text!(
            "photo-stray-bytes-jpeg-were",
            extra = as_text(&extra)
        )]
    } else {
        Vec::new()
    })
}

/// Pillow's `CMYK;I` → `RGB`, in place: the file's values are inverted ink (Adobe's convention), 255 is none.
fn cmyk_to_rgb(samples: &mut Vec<u8>) {
    let pixels = samples.len() / 4;
    for pixel in 0..pixels {
        let ink = match samples.get(4 * pixel..4 * pixel + 4) {
            Some(&[c, m, y, k]) => [c, m, y, k],
            _ => break,
        };
        let [c, m, y, paper] = ink.map(u32::from);
        let rgb = [c, m, y].map(|v| {
            let product = (255 - v) * paper + 128;
            (paper - (((product >> 8) + product) >> 8).min(paper)) as u8
        });
        if let Some(target) = samples.get_mut(3 * pixel..3 * pixel + 3) {
            target.copy_from_slice(&rgb);
        }
    }
    samples.truncate(3 * pixels);
    samples.shrink_to_fit();
}
