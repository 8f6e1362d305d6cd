//! Embedded ICC colour profiles: their names, and conversion to sRGB.

use flipscope_language::text;
use std::sync::OnceLock;

use moxcms::{ColorProfile, DataColorSpace, Layout, ProfileText, TransformOptions};

use super::catch_panic::{contain, message};
use super::rows;

/// The profile's own description, e.g. "Adobe RGB (1998)"; "unnamed profile" if it has none that can be read.
pub(super) fn describe(icc: &[u8]) -> String {
    let name = contain(|| {
        let profile = ColorProfile::new_from_slice(icc).ok()?;
        match profile.description? {
            ProfileText::PlainString(text) => Some(text),
            ProfileText::Localizable(texts) => {
                let english = texts.iter().position(|t| t.language == "en").unwrap_or(0);
                texts.into_iter().nth(english).map(|t| t.value)
            }
            ProfileText::Description(text) => Some(if text.ascii_string.is_empty() {
                text.unicode_string
            } else {
                text.ascii_string
            }),
        }
    });
    let name = name.ok().flatten().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    if name.trim().is_empty() {
        text!("photo-unnamed-profile").to_owned()
    } else {
        name.trim().to_owned()
    }
}

/// The effect of applying a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The pixels were converted.
    Converted,
    /// The profile is sRGB except for rounding: the pixels were left unchanged.
    AlreadySrgb,
}

/// Converts interleaved RGB pixels from the profile's colours to sRGB, in place (perceptual intent, as Pillow's
/// `ImageCms.profileToProfile` does by default).
///
/// # Errors
/// Why the profile cannot be used, in words; the pixels are then unchanged.
pub(super) fn convert_to_srgb(
    pixels: &mut [u8],
    width: u32,
    icc: &[u8],
) -> Result<Outcome, String> {
    contain(|| {
        let profile = ColorProfile::new_from_slice(icc).map_err(|e| e.to_string())?;
        convert(pixels, width, &profile)
    })
    .unwrap_or_else(|payload| Err(message(&*payload)))
}

/// As [`convert_to_srgb`], from a parsed profile.
pub(super) fn convert_from(
    pixels: &mut [u8],
    width: u32,
    profile: &ColorProfile,
) -> Result<Outcome, String> {
    contain(|| convert(pixels, width, profile)).unwrap_or_else(|payload| Err(message(&*payload)))
}

fn convert(pixels: &mut [u8], width: u32, profile: &ColorProfile) -> Result<Outcome, String> {
    let srgb = ColorProfile::new_srgb();
    let grey = match profile.color_space {
        DataColorSpace::Rgb => false,
        DataColorSpace::Gray
            if pixels
                .chunks_exact(3)
                .all(|p| matches!(p, [r, g, b] if r == g && g == b)) =>
        {
            true
        }
        other => {
            return Err(text!(
                "photo-describes-values-picture-holds",
                other = format!("{other:?}")
            ));
        }
    };
    let layout = if grey { Layout::Gray } else { Layout::Rgb };
    let transform = profile
        .create_transform_8bit(layout, &srgb, Layout::Rgb, TransformOptions::default())
        .map_err(|e| e.to_string())?;
    let source = |rgb: &[u8]| -> Vec<u8> {
        if grey {
            rgb.chunks_exact(3)
                .filter_map(<[u8]>::first)
                .copied()
                .collect()
        } else {
            rgb.to_vec()
        }
    };

    let probe = probe_colours();
    let mut answer = vec![0; probe.len()];
    transform
        .transform(&source(&probe), &mut answer)
        .map_err(|e| e.to_string())?;
    let same = |a: &[u8], b: &[u8]| a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= 1);
    let relevant = |(a, b): (&[u8], &[u8])| {
        (grey && !matches!(a, [r, g, b] if r == g && g == b)) || same(a, b)
    };
    if probe
        .chunks_exact(3)
        .zip(answer.chunks_exact(3))
        .all(relevant)
    {
        return Ok(Outcome::AlreadySrgb);
    }

    let failed = OnceLock::new();
    let work = pixels.len();
    rows::each(pixels, 3 * width as usize, work, &|_, row| {
        let done = contain(|| {
            transform
                .transform(&source(row), row)
                .map_err(|e| e.to_string())
        });
        if let Err(why) = done.unwrap_or_else(|payload| Err(message(&*payload))) {
            failed.set(why).ok();
        }
    });
    match failed.into_inner() {
        Some(why) => Err(why),
        None => Ok(Outcome::Converted),
    }
}

/// A grid of 9 × 9 × 9 colours over the whole cube.
fn probe_colours() -> Vec<u8> {
    let levels: Vec<u8> = (0..=8u16).map(|i| (i * 255 / 8) as u8).collect();
    let mut colours = Vec::with_capacity(3 * 9 * 9 * 9);
    for r in &levels {
        for g in &levels {
            for b in &levels {
                colours.extend_from_slice(&[*r, *g, *b]);
            }
        }
    }
    colours
}
