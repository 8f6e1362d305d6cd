//! Numbers as pixels of the frame: a range of values, their colours, and the map over the picture.

use flipscope_image::lesion::Frame;

use super::Scale;
use crate::explain::map::{Extent, Map, Method};

const SIDE: usize = Frame::SIDE as usize;
/// Of 1000 values, how many may lie beyond the ends of a scale: a few spikes would leave everything else white.
const BEYOND: usize = 5;

/// Which values the ends of a scale stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The scale.
    pub scale: Scale,
    /// The value of the lowest colour.
    pub low: f32,
    /// The value of the highest colour.
    pub high: f32,
    /// Whether values lie beyond the ends, and are painted like them.
    pub clipped: bool,
    /// The part of the range that a legend shows: of a probability, no more than 0 to 1.
    pub shown: [f32; 2],
}

impl Range {
    /// The range for values: around the value of the frame itself (occlusion) or 0 (signed attributions), equally far both ways; from 0
    /// for what is never negative; 0 to 1 for a landscape.
    ///
    /// `None` if there is nothing to paint.
    #[must_use]
    pub fn of(map: &Map, values: &[f32]) -> Option<Self> {
        let Extent::Varies { low, high, .. } = Extent::of(values) else {
            return None;
        };
        let around = |centre: f32, reach: f32, clipped| Self {
            scale: Scale::Diverging,
            low: centre - reach,
            high: centre + reach,
            clipped,
            shown: [centre - reach, centre + reach],
        };
        Some(match map.method {
            Method::Landscape => Self {
                scale: Scale::Sequential,
                low: 0.0,
                high: 1.0,
                clipped: false,
                shown: [0.0, 1.0],
            },
            Method::Occlusion { .. } => {
                let reach = (high - map.base).abs().max((low - map.base).abs());
                let all = around(map.base, reach, false);
                Self {
                    shown: all.shown.map(|end| end.clamp(0.0, 1.0)),
                    ..all
                }
            }
            Method::Gradient | Method::Integrated { .. } => {
                let (reach, clipped) = most(values);
                around(0.0, reach, clipped)
            }
            Method::Smoothgrad { .. } | Method::Gradcam { .. } => {
                let (high, clipped) = match map.method {
                    Method::Gradcam { .. } => (high, false),
                    _ => most(values),
                };
                Self {
                    scale: Scale::Sequential,
                    low: 0.0,
                    high,
                    clipped,
                    shown: [0.0, high],
                }
            }
        })
    }

    /// Where a value lies, 0 to 1.
    #[must_use]
    pub fn share(&self, value: f32) -> f64 {
        let (low, high) = (f64::from(self.low), f64::from(self.high));
        (f64::from(value) - low) / (high - low)
    }
}

/// The magnitude that all but a few values stay within, and whether any does not.
fn most(values: &[f32]) -> (f32, bool) {
    let mut sizes: Vec<f32> = values
        .iter()
        .filter(|value| value.is_finite())
        .map(|value| value.abs())
        .collect();
    sizes.sort_by(f32::total_cmp);
    let largest = sizes.last().copied().unwrap_or_default();
    let at = sizes.len().saturating_sub(1 + sizes.len() * BEYOND / 1000);
    match sizes.get(at).copied() {
        Some(size) if size > 0.0 => (size, size < largest),
        _ => (largest, false),
    }
}

/// The colour of a value; none if it is not a number.
#[must_use]
pub fn colour_of(range: &Range, value: f32) -> Option<[u8; 3]> {
    value
        .is_finite()
        .then(|| range.scale.colour(range.share(value)))
}

/// A picture of values, one for each pixel of the frame: over the frame in grey at an opacity (0 to 1; 1: the colours alone).
/// Where there is no number, the grey frame shows.
#[must_use]
pub fn painted(frame: &Frame, values: &[f32], range: &Range, opacity: f64) -> Frame {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let mixed = pixels.iter().zip(values).flat_map(|([r, g, b], value)| {
        // Luma of Rec. 601.
        let grey = 0.299 * f64::from(*r) + 0.587 * f64::from(*g) + 0.114 * f64::from(*b);
        match colour_of(range, *value) {
            Some(colour) => {
                colour.map(|channel| (grey + (f64::from(channel) - grey) * opacity).round() as u8)
            }
            None => [grey.round() as u8; 3],
        }
    });
    Frame::from_rgb(mixed.collect()).unwrap_or_else(|_| frame.clone())
}

/// A coarse grid stretched over the frame, linearly between the centres of its cells, as `OpenCV`'s `resize` does.
#[must_use]
pub(super) fn stretched(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let along = |at: usize, count: usize| {
        let place = (at as f64 + 0.5) * count as f64 / SIDE as f64 - 0.5;
        let place = place.clamp(0.0, count.saturating_sub(1) as f64);
        let first = place.floor() as usize;
        (
            first,
            (first + 1).min(count.saturating_sub(1)),
            place - place.floor(),
        )
    };
    let value = |row: usize, column: usize| {
        f64::from(
            values
                .get(row * columns + column)
                .copied()
                .unwrap_or(f32::NAN),
        )
    };
    let mut wide = Vec::with_capacity(SIDE * SIDE);
    for y in 0..SIDE {
        let (top, bottom, down) = along(y, rows);
        for x in 0..SIDE {
            let (left, right, across) = along(x, columns);
            let mix = |row: usize| {
                let (a, b) = (value(row, left), value(row, right));
                a + (b - a) * across
            };
            wide.push((mix(top) + (mix(bottom) - mix(top)) * down) as f32);
        }
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coarse_grid_keeps_its_values_at_the_centres() {
        let values: Vec<f32> = (0..64_u8).map(f32::from).collect();
        let wide = stretched(&values, 8, 8);
        assert_eq!(wide.len(), SIDE * SIDE);
        // Corners reach to the first and last centre.
        assert_eq!((wide[0], wide[SIDE * SIDE - 1]), (0.0, 63.0));
        // torch.nn.functional.interpolate(0..64 as 8 × 8, size=(299, 299), mode="bilinear")[100, 200]
        assert!(
            (wide[100 * SIDE + 200] - 22.376_25).abs() < 1e-4,
            "{}",
            wide[100 * SIDE + 200]
        );
    }

    #[test]
    fn spikes_do_not_hide_the_rest() {
        let mut values = vec![0.1; 1000];
        values[3] = -50.0;
        assert_eq!(most(&values), (0.1, true));
        assert_eq!(most(&[0.0, 0.0, 2.0]), (2.0, false));
    }

    #[test]
    fn what_is_not_a_number_shows_the_frame() {
        let frame = Frame::from_rgb(vec![100; Frame::BYTES]).unwrap();
        let range = Range {
            scale: Scale::Sequential,
            low: 0.0,
            high: 1.0,
            clipped: false,
            shown: [0.0, 1.0],
        };
        let mut values = vec![1.0; SIDE * SIDE];
        values[0] = f32::NAN;
        let shown = painted(&frame, &values, &range, 1.0);
        assert_eq!(shown.pixels()[..3], [100; 3]);
        assert_eq!(shown.pixels()[3..6], Scale::Sequential.colour(1.0));
        let half = painted(&frame, &values, &range, 0.0);
        assert_eq!(half.pixels()[3..6], [100; 3]);
    }
}
