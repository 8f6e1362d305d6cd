//! What is judged: every distinct frame of a box, each once, or random frames where these are too many.
//!
//! A box with several axes is the product of their values: channels do not influence one another. Frames are numbered with the
//! first axis fastest; record and hash use this order.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::ProofError;
use super::present_values::{Present, Tables, steps};
use super::proof_box::{BoxKind, ProofBox};
use super::{critical_angles, walk};
use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, lamp_gains};

/// The random frames that stand for a box which cannot be enumerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    /// How many.
    pub count: u64,
    /// Their seed.
    pub seed: u64,
}

/// The frames of a box.
#[derive(Clone, Debug)]
pub struct Plan {
    region: ProofBox,
    /// The distinct values of each axis, in rising order.
    axes: Vec<Vec<f64>>,
    /// The values of random frames, instead of every frame.
    drawn: Option<Vec<Vec<f64>>>,
}

impl Plan {
    /// The most frames that are judged one by one.
    pub const MOST_FRAMES: u64 = 2_000_000;

    /// Counts the distinct frames of a box around a frame: parameters that give the same frame count once. If there are more
    /// than [`Plan::MOST_FRAMES`], `draws` random ones are planned instead.
    ///
    /// # Errors
    /// If the box is impossible, or the number of random frames is.
    pub fn new(region: &ProofBox, frame: &Frame, draws: Draws) -> Result<Self, ProofError> {
        region.validate()?;
        let mut plan = Self {
            region: region.clone(),
            axes: axes(region, frame),
            drawn: None,
        };
        if plan.frames() > Self::MOST_FRAMES {
            plan.drawn = Some(draw(region, draws)?);
        }
        Ok(plan)
    }

    /// Plans `draws` random frames, however many distinct ones there are.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn sample(region: &ProofBox, frame: &Frame, draws: Draws) -> Result<Self, ProofError> {
        let drawn = Some(draw(region, draws)?);
        Ok(Self {
            drawn,
            ..Self::new(region, frame, draws)?
        })
    }

    /// The box.
    #[must_use]
    pub fn region(&self) -> &ProofBox {
        &self.region
    }

    /// The number of distinct frames of the box, the unaltered one among them.
    #[must_use]
    pub fn frames(&self) -> u64 {
        (self.axes.iter()).fold(1, |product: u64, axis| {
            product.saturating_mul(axis.len() as u64)
        })
    }

    /// Whether every frame is judged, not a random sample.
    #[must_use]
    pub fn is_exhaustive(&self) -> bool {
        self.drawn.is_none()
    }

    /// The number of frames that are to be judged.
    #[must_use]
    pub fn len(&self) -> usize {
        let drawn = self.drawn.as_ref().map(Vec::len);
        drawn.unwrap_or_else(|| usize::try_from(self.frames()).unwrap_or(usize::MAX))
    }

    /// Whether there is nothing to judge: never, since the unaltered frame is in every box.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of the axes for a frame, by its number below [`Plan::len`].
    #[must_use]
    pub fn values(&self, number: usize) -> Vec<f64> {
        if let Some(drawn) = &self.drawn {
            return drawn.get(number).cloned().unwrap_or_default();
        }
        let positions = self.positions(number);
        (self.axes.iter().zip(positions))
            .filter_map(|(axis, at)| axis.get(at).copied())
            .collect()
    }

    /// The perturbation that gives a frame.
    #[must_use]
    pub fn perturbation(&self, number: usize) -> Perturbation {
        self.region.perturbation(&self.values(number))
    }

    /// How far a frame is from the unaltered one: the largest change of an axis, then the root of the sum of squares. The first
    /// is the radius of the smallest box that holds it.
    #[must_use]
    pub fn distance(&self, number: usize) -> [f64; 2] {
        let neutral = self.region.neutral();
        let (mut largest, mut squares) = (0.0_f64, 0.0);
        for value in self.values(number) {
            let change = (value - neutral).abs();
            largest = largest.max(change);
            squares += change * change;
        }
        [largest, squares.sqrt()]
    }

    /// The values of each axis as a record holds them: base64 of f64, little-endian. None for random frames.
    pub(super) fn axes_text(&self) -> Vec<String> {
        if !self.is_exhaustive() {
            return Vec::new();
        }
        let text = |axis: &Vec<f64>| {
            let bytes: Vec<u8> = axis.iter().flat_map(|value| value.to_le_bytes()).collect();
            STANDARD.encode(bytes)
        };
        self.axes.iter().map(text).collect()
    }

    /// The values of each axis.
    pub(super) fn axes(&self) -> &[Vec<f64>] {
        &self.axes
    }

    /// Where a frame is on each axis.
    pub(super) fn positions(&self, number: usize) -> impl Iterator<Item = usize> {
        let mut rest = number;
        self.axes.iter().map(move |axis| {
            let at = rest % axis.len().max(1);
            rest /= axis.len().max(1);
            at
        })
    }
}

/// The distinct values of every axis.
fn axes(region: &ProofBox, frame: &Frame) -> Vec<Vec<f64>> {
    if let ProofBox::Rotation { radius, fill } = *region {
        return vec![critical_angles::angles(frame, radius, fill)];
    }
    let present = Present::of(frame);
    let count = region.axes();
    (0..count)
        .map(|axis| {
            let tables = |value: f64| {
                let mut values = vec![region.neutral(); count];
                if let Some(own) = values.get_mut(axis) {
                    *own = value;
                }
                present.tables(&region.perturbation(&values))
            };
            match region.kind() {
                BoxKind::Offset => whole_numbers(region, &tables),
                BoxKind::Illuminant => one_axis(region, &extremes(region), &tables),
                BoxKind::Gain | BoxKind::Rotation => one_axis(region, &[], &tables),
            }
        })
        .collect()
}

/// Whole numbers, outward from the one that changes nothing; one that gives the same frame as another is left out.
fn whole_numbers(region: &ProofBox, tables: &impl Fn(f64) -> Tables) -> Vec<f64> {
    let [_, radius] = region.interval();
    let mut seen = HashSet::from([tables(0.0)]);
    let mut values = vec![0.0];
    for size in 1..=radius as i64 {
        for value in [size as f64, -size as f64] {
            if seen.insert(tables(value)) {
                values.push(value);
            }
        }
    }
    values.sort_by(f64::total_cmp);
    values
}

/// One number for each distinct frame along an axis on which every value of a frame only rises or only falls between some turning
/// points.
fn one_axis(region: &ProofBox, turning: &[f64], tables: &impl Fn(f64) -> Tables) -> Vec<f64> {
    let (neutral, interval) = (region.neutral(), region.interval());
    let mut seen = HashSet::from([tables(neutral)]);
    let mut values = vec![neutral];
    for end in interval {
        let between = |at: &f64| (neutral.min(end)..=neutral.max(end)).contains(at);
        let mut stops: Vec<f64> = turning
            .iter()
            .copied()
            .filter(between)
            .chain([end])
            .collect();
        stops.sort_by(|a, b| (a - neutral).abs().total_cmp(&(b - neutral).abs()));
        let mut from = neutral;
        for to in stops {
            for value in walk::states(from, to, tables, &steps) {
                if seen.insert(tables(value)) {
                    values.push(walk::short(value, interval, tables));
                }
            }
            from = to;
        }
    }
    values.sort_by(f64::total_cmp);
    values
}

/// Where the gain of a channel is largest within a box of lamps: at one of the ends, or, for green, where it turns. By thirds, as
/// far as doubles can tell.
fn extremes(region: &ProofBox) -> Vec<f64> {
    let gain = |kelvin: f64, channel: usize| {
        let gains = lamp_gains(kelvin, 0.0);
        gains.get(channel).copied().unwrap_or(1.0)
    };
    let search = |channel: usize| {
        let [mut low, mut high] = region.interval();
        for _ in 0..60 {
            let third = (high - low) / 3.0;
            if gain(low + third, channel) < gain(high - third, channel) {
                low += third;
            } else {
                high -= third;
            }
        }
        f64::midpoint(low, high)
    };
    (0..3).map(search).collect()
}

/// Uniform random values within the box.
fn draw(region: &ProofBox, draws: Draws) -> Result<Vec<Vec<f64>>, ProofError> {
    if !(1..=Plan::MOST_FRAMES).contains(&draws.count) {
        return Err(ProofError::Draws {
            most: Plan::MOST_FRAMES,
        });
    }
    let mut stream = Seeded::new(draws.seed);
    let [low, high] = region.interval();
    let mut value = || match region.kind() {
        BoxKind::Offset => low + stream.below((high - low) as usize + 1) as f64,
        BoxKind::Gain | BoxKind::Illuminant | BoxKind::Rotation => {
            low + (high - low) * stream.uniform()
        }
    };
    Ok((0..draws.count)
        .map(|_| (0..region.axes()).map(|_| value()).collect())
        .collect())
}
