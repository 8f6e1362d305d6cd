//! Which values the ends of a scale of colours stand for.

use super::Scale;
use crate::explain::map::{Extent, Map, Method};

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
    /// Probabilities.
    pub const PROBABILITY: Self = Self::from_zero(1.0, false);

    /// What is never negative.
    const fn from_zero(high: f32, clipped: bool) -> Self {
        Self {
            scale: Scale::Sequential,
            low: 0.0,
            high,
            clipped,
            shown: [0.0, high],
        }
    }

    /// Equally far both ways.
    fn around(centre: f32, reach: f32, clipped: bool) -> Self {
        Self {
            scale: Scale::Diverging,
            low: centre - reach,
            high: centre + reach,
            clipped,
            shown: [centre - reach, centre + reach],
        }
    }

    /// The range for values: around the value of the frame itself (occlusion) or 0 (signed attributions), equally far both ways; from 0
    /// for what is never negative; 0 to 1 for a landscape.
    ///
    /// `None` if there is nothing to paint.
    #[must_use]
    pub fn of(map: &Map, values: &[f32]) -> Option<Self> {
        let Extent::Varies { low, high, .. } = Extent::of(values) else {
            return None;
        };
        Some(match map.method {
            Method::Landscape => Self::PROBABILITY,
            Method::Occlusion { .. } => {
                let reach = (high - map.base).abs().max((low - map.base).abs());
                let all = Self::around(map.base, reach, false);
                Self {
                    shown: all.shown.map(|end| end.clamp(0.0, 1.0)),
                    ..all
                }
            }
            Method::Gradient | Method::Integrated { .. } => {
                let (reach, clipped) = most(values);
                Self::around(0.0, reach, clipped)
            }
            Method::Smoothgrad { .. } => {
                let (high, clipped) = most(values);
                Self::from_zero(high, clipped)
            }
            // Of the map's own cells: stretched over the frame, the largest is a little less.
            Method::Gradcam { .. } => {
                Self::from_zero(map.values.iter().copied().fold(high, f32::max), false)
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
            Scale::Diverging => Self::around(0.0, (self.high - self.low) / 2.0, self.clipped),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::map::{Axis, Quantity};
    use flipscope_model::{Score, Verdict};

    #[test]
    fn spikes_do_not_hide_the_rest() {
        let mut values = vec![0.1; 1000];
        values[3] = -50.0;
        assert_eq!(most(&values), (0.1, true));
        assert_eq!(most(&[0.0, 0.0, 2.0]), (2.0, false));
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
}
