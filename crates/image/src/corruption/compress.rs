//! What storage does to a picture: JPEG, and too few pixels.

use mozjpeg::qtable::{AnnexK_Chroma, AnnexK_Luma};
use mozjpeg::{ColorSpace, Compress};

use super::canvas::SIDE;
use super::parameters::CorruptionError;
use crate::lesion::{self, ColorHandling, Frame};

/// Encodes and decodes as JPEG the way libjpeg does by default (and so Pillow, at the same quality): chroma at half the
/// resolution, the tables of the standard's Annex K, baseline.
pub(super) fn jpeg(frame: &Frame, quality: u8) -> Result<Frame, CorruptionError> {
    let failed = |reason: String| CorruptionError::Jpeg { quality, reason };
    let encode = || -> std::io::Result<Vec<u8>> {
        let mut encoder = Compress::new(ColorSpace::JCS_RGB);
        // Without MozJPEG's extensions: other tables, trellis quantisation, progressive scans.
        encoder.set_fastest_defaults();
        encoder.set_size(SIDE, SIDE);
        let quality = table_quality(quality);
        encoder.set_luma_qtable(&AnnexK_Luma.scaled(quality, quality));
        encoder.set_chroma_qtable(&AnnexK_Chroma.scaled(quality, quality));
        let mut started = encoder.start_compress(Vec::new())?;
        started.write_scanlines(frame.pixels())?;
        started.finish()
    };
    let bytes = encode().map_err(|error| failed(error.to_string()))?;
    let photograph = lesion::decode(&bytes, "the corrupted frame", ColorHandling::Raw)
        .map_err(|error| failed(error.to_string()))?;
    Frame::try_from(photograph.raster.as_ref().clone()).map_err(|error| failed(error.to_string()))
}

/// libjpeg scales its tables by a whole number of percent, below quality 50 truncated from 5000 / quality; the crate scales
/// them by any f32. This returns the quality that gives the same tables: slightly coarser, so that halves are rounded up.
fn table_quality(quality: u8) -> f32 {
    const HAIR: f64 = 2e-6;
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 {
        5000 / quality
    } else {
        200 - 2 * quality
    };
    let percent = f64::from(percent) * (1.0 + HAIR);
    let exact = if quality < 50 {
        5000.0 / percent
    } else {
        100.0 - percent / 2.0
    };
    exact as f32
}

/// Shrinks and enlarges again with box filters, as Pillow's `resize(…, Image.BOX)`.
pub(super) fn pixelate(frame: &Frame, scale: f64) -> Frame {
    let small = ((SIDE as f64 * scale) as usize).max(1);
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let shrunk = both(pixels, SIDE, small);
    let large = both(&shrunk, small, SIDE);
    Frame::from_rgb(large.into_flattened()).unwrap_or_else(|_| frame.clone())
}

/// A square of side `from` resampled to one of side `to`: along the rows, then along the columns.
fn both(pixels: &[[u8; 3]], from: usize, to: usize) -> Vec<[u8; 3]> {
    let across = transposed(&boxed(pixels, from, to), to);
    transposed(&boxed(&across, from, to), to)
}

/// Rows of `from` pixels resampled to rows of `to`: the mean of the pixels whose centres fall inside a new pixel.
fn boxed(pixels: &[[u8; 3]], from: usize, to: usize) -> Vec<[u8; 3]> {
    let scale = from as f64 / to as f64;
    let support = scale.max(1.0) / 2.0;
    let ranges: Vec<(usize, usize)> = (0..to)
        .map(|at| {
            let centre = (at as f64 + 0.5) * scale;
            // A centre on the lower edge counts as outside, on the upper edge as inside.
            let first = (centre - support + 0.5).floor().max(0.0) as usize;
            let covers = |pixel: usize| {
                let off = (pixel as f64 + 0.5 - centre) / (2.0 * support);
                off > -0.5 && off <= 0.5
            };
            let start = if covers(first) { first } else { first + 1 };
            let count = (start..from).take_while(|pixel| covers(*pixel)).count();
            (start.min(from - 1), count.max(1))
        })
        .collect();
    let rows = pixels.chunks(from);
    rows.flat_map(|row| {
        ranges.iter().map(|&(start, count)| {
            let covered = row.get(start..start + count).unwrap_or_default();
            let mut mean = [0; 3];
            for (channel, mean) in mean.iter_mut().enumerate() {
                let values = covered.iter().filter_map(|pixel| pixel.get(channel));
                let sum: u32 = values.map(|value| u32::from(*value)).sum();
                *mean = (f64::from(sum) / count as f64).round() as u8;
            }
            mean
        })
    })
    .collect()
}

/// Transposes; `width` is the length of a row before.
fn transposed(pixels: &[[u8; 3]], width: usize) -> Vec<[u8; 3]> {
    (0..width)
        .flat_map(|x| pixels.iter().skip(x).step_by(width).copied())
        .collect()
}
