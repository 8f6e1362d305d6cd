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

    /// One range for the maps of one lesion before and after an alteration, made in the same way: each around its own middle, and a
    /// colour stands for the same distance from it in both. `None` for a map without anything to paint.
    #[must_use]
    pub fn shared(maps: [(&Map, &[f32]); 2]) -> [Option<Self>; 2] {
        let ranges = maps.map(|(map, values)| Self::of(map, values));
        let all = || ranges.iter().flatten();
        let span = all()
            .map(|range| range.high - range.low)
            .fold(0.0, f32::max);
        let clipped = all().any(|range| range.clipped);
        ranges.map(|range| {
            let range = range?;
            let (low, high) = match range.scale {
                Scale::Sequential => (range.low, range.low + span),
                Scale::Diverging => {
                    let middle = f32::midpoint(range.low, range.high);
                    (middle - span / 2.0, middle + span / 2.0)
                }
            };
            // Of a probability, no more than 0 to 1.
            let shown = if range.shown == [range.low, range.high] {
                [low, high]
            } else {
                [low, high].map(|end| end.clamp(0.0, 1.0))
            };
            Some(Self {
                low,
                high,
                clipped,
                shown,
                ..range
            })
        })
    }

    /// The same colours for distances from the middle, if the scale has one.
    #[must_use]
    pub fn as_change(&self) -> Self {
        match self.scale {
            Scale::Sequential => *self,
            Scale::Diverging => {
                let reach = (self.high - self.low) / 2.0;
                Self {
                    low: -reach,
                    high: reach,
                    shown: [-reach, reach],
                    ..*self
                }
            }
        }
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

/// The frame in grey, that a map is laid over.
#[must_use]
pub fn grey(frame: &Frame) -> Frame {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let grey = pixels
        .iter()
        .flat_map(|pixel| [luma(*pixel).round() as u8; 3]);
    Frame::from_rgb(grey.collect()).unwrap_or_else(|_| frame.clone())
}

/// The colours of values as red, green, blue and opacity, not premultiplied; transparent where there is no number.
#[must_use]
pub fn coloured(values: &[f32], range: &Range) -> Vec<u8> {
    let pixel = |value: &f32| match colour_of(range, *value) {
        Some([r, g, b]) => [r, g, b, 255],
        None => [0; 4],
    };
    values.iter().flat_map(pixel).collect()
}

/// Luma of Rec. 601.
fn luma([r, g, b]: [u8; 3]) -> f64 {
    0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)
}

/// A picture of values, one for each pixel of the frame: over the frame in grey at an opacity (0 to 1; 1: the colours alone).
/// Where there is no number, the grey frame shows.
#[must_use]
pub fn painted(frame: &Frame, values: &[f32], range: &Range, opacity: f64) -> Frame {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let mixed = pixels.iter().zip(values).flat_map(|(pixel, value)| {
        let grey = luma(*pixel);
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
    use crate::explain::map::{Axis, Quantity};
    use flipscope_model::{Score, Verdict};

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

    #[test]
    fn two_maps_share_a_scale_around_their_own_middles() {
        let map = |base| Map {
            method: Method::Occlusion {
                size: 59,
                stride: 14,
            },
            quantity: Quantity {
                class: "melanoma".to_owned(),
                score: Score::Probability(vec![0]),
            },
            columns: Axis::counted("column", 0..2),
            rows: Axis::counted("row", 0..1),
            values: Vec::new(),
            base,
            verdict: Verdict {
                probabilities: vec![base, 1.0 - base],
                p_melanoma: base,
            },
        };
        let (before, after) = (map(0.75), map(0.25));
        let [first, second] = Range::shared([(&before, &[0.5, 0.75]), (&after, &[0.125, 0.25])]);
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!((first.low, first.high), (0.5, 1.0));
        assert_eq!((second.low, second.high), (0.0, 0.5));
        assert_eq!(first.as_change(), second.as_change());
        assert_eq!(first.as_change().shown, [-0.25, 0.25]);
        // The same change has the same colour.
        assert_eq!(colour_of(&first, 0.625), colour_of(&second, 0.125));
        let [first, second] = Range::shared([(&before, &[0.5, 0.5]), (&after, &[0.125, 0.25])]);
        assert!(first.is_none() && second.is_some_and(|range| range.low == 0.125));
    }

    #[test]
    fn colours_over_grey_are_the_painted_picture() {
        let frame = Frame::from_rgb([200, 30, 90].repeat(SIDE * SIDE)).unwrap();
        let range = Range {
            scale: Scale::Sequential,
            low: 0.0,
            high: 1.0,
            clipped: false,
            shown: [0.0, 1.0],
        };
        let mut values = vec![0.25; SIDE * SIDE];
        values[1] = f32::NAN;
        let colours = coloured(&values, &range);
        assert_eq!(colours[..3], Scale::Sequential.colour(0.25));
        assert_eq!((colours[3], colours[7]), (255, 0));
        let painted = painted(&frame, &values, &range, 0.0);
        assert_eq!(grey(&frame).pixels(), painted.pixels());
    }
}
