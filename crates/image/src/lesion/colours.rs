//! What a file declares about its colours, in whatever form, and its conversion to sRGB.

use flipscope_language::{as_text, text};
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile,
    MatrixCoefficients, ToneReprCurve, TransferCharacteristics,
};

use super::ifd::Structure;
use super::profile::{self, Outcome};

/// A statement about the colours of RGB values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Space {
    /// An embedded ICC profile.
    Icc(Vec<u8>),
    /// PNG's `cICP`: primaries, transfer, matrix, range, numbered as in ITU-T H.273.
    Cicp([u8; 4]),
    /// PNG's `gAMA` and `cHRM`, if they differ from sRGB.
    Measured(Measured),
    /// sRGB, stated explicitly: nothing after it counts.
    Srgb,
    /// Adobe RGB (1998), by the option of the camera file standard (DCF) in the EXIF data.
    AdobeRgb,
}

/// PNG's `gAMA` and `cHRM`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    /// Exponent from values to light; `None` for sRGB's curve.
    exponent: Option<f32>,
    /// x and y of white, red, green, blue.
    chromaticities: [f32; 8],
}

/// x and y of sRGB's white, red, green and blue, as PNG writes them.
const SRGB: [u32; 8] = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
/// sRGB's curve as a `gAMA` value; writers round it.
const SRGB_GAMMA: u32 = 45455;

impl Measured {
    /// What the two chunks declare; `None` if that is sRGB or impossible.
    pub(super) fn of(gamma: Option<u32>, chromaticities: Option<[u32; 8]>) -> Option<Self> {
        let near = |a: u32, b: u32, by: u32| a.abs_diff(b) <= by;
        let gamma = gamma.filter(|gamma| !near(*gamma, SRGB_GAMMA, 1000));
        let chromaticities = chromaticities
            .filter(|these| !these.iter().zip(SRGB).all(|(a, b)| near(*a, b, 200)))
            .filter(possible);
        let gamma = gamma.filter(|gamma| (10_000..=1_000_000).contains(gamma));
        if gamma.is_none() && chromaticities.is_none() {
            return None;
        }
        Some(Self {
            exponent: gamma.map(|gamma| 100_000.0 / gamma as f32),
            chromaticities: chromaticities.unwrap_or(SRGB).map(|v| v as f32 / 100_000.0),
        })
    }
}

/// Whether chromaticities lie within the chromaticity triangle and are not collinear.
fn possible(of: &[u32; 8]) -> bool {
    let within = of
        .chunks_exact(2)
        .all(|point| matches!(point, [x, y] if *y > 0 && u64::from(*x) + u64::from(*y) <= 100_000));
    let [_, _, rx, ry, gx, gy, bx, by] = of.map(i64::from);
    let area = (gx - rx) * (by - ry) - (bx - rx) * (gy - ry);
    within && area.abs() > 100_000_000
}

impl Space {
    /// Its name: a profile's own description, or the standard's name; `None` for plain sRGB.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Icc(icc) => Some(profile::describe(icc)),
            Self::Cicp([primaries, transfer, ..]) => Some(match (primaries, transfer) {
                (1, 13) => "sRGB (cICP)".to_owned(),
                (12, 13) => "Display P3 (cICP)".to_owned(),
                (1, 1 | 6 | 14 | 15) => "BT.709 (cICP)".to_owned(),
                (9, 1 | 6 | 14 | 15) => "BT.2020 (cICP)".to_owned(),
                _ => format!("primaries {primaries}, transfer {transfer} (cICP)"),
            }),
            Self::Measured(_) => Some("gAMA and cHRM of the PNG".to_owned()),
            Self::Srgb => None,
            Self::AdobeRgb => Some("Adobe RGB (1998), by EXIF".to_owned()),
        }
    }

    /// What a note calls it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Icc(_) => text!("photo-embedded-colour-profile"),
            Self::Cicp(_) => text!("photo-cicp-chunk"),
            Self::Measured(_) => text!("photo-gama-chrm-chunk"),
            Self::Srgb => "sRGB",
            Self::AdobeRgb => text!("photo-adobe-rgb-by-exif"),
        }
    }

    /// The note for a conversion to sRGB.
    pub(super) fn converted(&self) -> String {
        match self {
            Self::AdobeRgb => text!("photo-exif-says-adobe-rgb").to_owned(),
            _ => text!("photo-colours-converted-srgb").to_owned(),
        }
    }

    /// Converts interleaved RGB pixels to sRGB, in place.
    ///
    /// # Errors
    /// Why it cannot be used, in words; the pixels are then unchanged.
    pub(super) fn convert(&self, pixels: &mut [u8], width: u32) -> Result<Outcome, String> {
        match self {
            Self::Icc(icc) => profile::convert_to_srgb(pixels, width, icc),
            Self::Cicp(code) => profile::convert_from(pixels, width, &cicp(*code)?),
            Self::Measured(of) => profile::convert_from(pixels, width, &measured(*of)),
            Self::Srgb => Ok(Outcome::AlreadySrgb),
            Self::AdobeRgb => profile::convert_from(pixels, width, &ColorProfile::new_adobe_rgb()),
        }
    }
}

/// The profile of a `cICP` chunk, for the kinds of 8-bit or 16-bit RGB that pictures for a screen can have.
fn cicp([primaries, transfer, matrix, range]: [u8; 4]) -> Result<ColorProfile, String> {
    if matrix != 0 {
        return Err(text!(
            "photo-states-matrix-png-holds",
            matrix = as_text(&matrix)
        ));
    }
    if range != 1 {
        return Err(text!("photo-states-narrow-range-values").to_owned());
    }
    if matches!(transfer, 16 | 18) {
        return Err(text!("photo-states-high-dynamic-range").to_owned());
    }
    let known = matches!(primaries, 1 | 4..=9 | 11 | 12 | 22)
        && matches!(transfer, 1 | 4..=8 | 11 | 13..=15);
    let numbers = (
        CicpColorPrimaries::try_from(primaries),
        TransferCharacteristics::try_from(transfer),
    );
    let (true, (Ok(color_primaries), Ok(transfer_characteristics))) = (known, numbers) else {
        return Err(text!(
            "photo-states-primaries-transfer-which",
            primaries = as_text(&primaries),
            transfer = as_text(&transfer)
        ));
    };
    Ok(ColorProfile::new_from_cicp(CicpProfile {
        color_primaries,
        transfer_characteristics,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    }))
}

fn measured(of: Measured) -> ColorProfile {
    let [wx, wy, rx, ry, gx, gy, bx, by] = of.chromaticities;
    let mut profile = ColorProfile::new_srgb();
    let primaries = ColorPrimaries {
        red: Chromaticity::new(rx, ry),
        green: Chromaticity::new(gx, gy),
        blue: Chromaticity::new(bx, by),
    };
    profile.update_rgb_colorimetry(Chromaticity::new(wx, wy).to_xyyb(), primaries);
    if let Some(exponent) = of.exponent {
        let curve = ToneReprCurve::Parametric(vec![exponent]);
        profile.red_trc = Some(curve.clone());
        profile.green_trc = Some(curve.clone());
        profile.blue_trc = Some(curve);
    }
    profile
}

/// What EXIF declares about the colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exif {
    /// Nothing, or sRGB.
    Nothing,
    /// Adobe RGB: DCF's optional colour space.
    AdobeRgb,
    /// "Uncalibrated", without further information.
    Uncalibrated,
}

impl Exif {
    /// Reads an EXIF block, or the directories of a TIFF (with or without the block's "Exif" prefix).
    ///
    /// Adobe RGB is the interoperability index R03 (DCF 2.0), or the value 2 that some cameras give the tag `ColorSpace`.
    pub(super) fn of(block: &[u8]) -> Self {
        Self::read(block.strip_prefix(b"Exif\0\0").unwrap_or(block)).unwrap_or(Self::Nothing)
    }

    fn read(block: &[u8]) -> Option<Self> {
        const EXIF: u16 = 0x8769;
        const COLOUR_SPACE: u16 = 0xa001;
        const INTEROPERABILITY: u16 = 0xa005;
        const INDEX: u16 = 1;
        let structure = Structure::open(block)?;
        let first = structure.directory(structure.first()?)?;
        let exif = structure.directory(first.number(EXIF)?)?;
        let space = exif.number(COLOUR_SPACE);
        let index = (exif.number(INTEROPERABILITY))
            .or_else(|| first.number(INTEROPERABILITY))
            .and_then(|at| structure.directory(at))
            .and_then(|directory| directory.text(INDEX));
        let optional = index.is_some_and(|index| index.starts_with(b"R03"));
        Some(match space {
            Some(2) => Self::AdobeRgb,
            Some(1) => Self::Nothing,
            _ if optional => Self::AdobeRgb,
            Some(0xffff) => Self::Uncalibrated,
            _ => Self::Nothing,
        })
    }

    /// Adds this to what the file has already declared.
    pub(super) fn tell(self, spaces: &mut Vec<Space>, notes: &mut Vec<String>) {
        match self {
            Self::AdobeRgb => spaces.push(Space::AdobeRgb),
            Self::Uncalibrated if spaces.is_empty() => {
                notes.push(text!("photo-exif-calls-colours-uncalibrated").to_owned());
            }
            _ => {}
        }
    }
}
