//! First looks at a pose: points of a Sobol sequence, a few at a time and the small movements of each first; then what lies around
//! the lowest of them, along the gradient where the sampling is bilinear.
//!
//! The margin of a pose is rugged: a corner of the bounds says nothing of what lies between. So the sequence fills the bounds, and
//! DIRECT, which comes next, divides them.

use crate::search::error::SearchError;
use crate::search::guided::descent::sobol_points;
use crate::search::guided::looks::Looks;
use crate::search::guided::margin::margin;
use crate::search::guided::ray::Sizes;
use crate::search::guided::slope::Slope;
use crate::search::strategy::Strategy;
use flipscope_image::perturb::Sampling;

/// Points of the sequence.
const POINTS: usize = 48;
/// Points that are judged before what is around the lowest is looked at.
const TOGETHER: usize = 8;
/// Looks around the lowest, after each of these.
const AROUND: usize = 4;
/// Starts of the gradient alone.
const STARTS: usize = 12;
/// Slopes that are taken from each.
const ROUNDS: usize = 3;
/// Steps along the slope, as shares of the ranges.
const STEPS: [f64; 3] = [0.02, 0.06, 0.15];

/// The most frames that it takes.
pub(in crate::search) const EVALUATIONS: u64 = (POINTS + POINTS / TOGETHER * AROUND) as u64;

/// The looks before DIRECT.
pub(in crate::search::guided) fn run(looks: &mut Looks<'_, '_>) -> Result<(), SearchError> {
    // Looks that no other strategy has.
    looks.session.stage = Strategy::Auto;
    let sizes = Sizes::new(looks);
    // Between pixels, a frame follows a movement only where sampling does.
    let mut smooth = looks.genes.perturbation(&looks.origin).sampling == Sampling::Bilinear;
    let mut followed = Vec::new();
    let points = sobol_points(looks, POINTS);
    for (round, points) in points.chunks(TOGETHER).enumerate() {
        if looks.done() {
            return Ok(());
        }
        let mut points: Vec<(f64, Vec<f64>)> = (points.iter())
            .map(|point| (sizes.of(&looks.genes.perturbation(point)), point.clone()))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let points: Vec<Vec<f64>> = points.into_iter().map(|(_, point)| point).collect();
        looks.judge(&points)?;
        looks.session.generation += 1;
        if looks.done() {
            return Ok(());
        }
        let lowest = lowest(looks).filter(|lowest| smooth && *lowest != followed);
        if let Some(lowest) = lowest {
            followed.clone_from(&lowest);
            looks.session.stage = Strategy::Gradient;
            smooth = follow(looks, lowest, 1)?;
            looks.session.stage = Strategy::Auto;
        } else {
            around(looks, round)?;
        }
    }
    Ok(())
}

/// Looks around the lowest point: a step of one number after another, either way, the smaller the later.
fn around(looks: &mut Looks<'_, '_>, round: usize) -> Result<(), SearchError> {
    let Some(lowest) = lowest(looks) else {
        return Ok(());
    };
    let varying: Vec<usize> = (looks.bounds.iter().enumerate())
        .filter(|(_, [low, high])| high > low)
        .map(|(at, _)| at)
        .collect();
    let share = 0.08 / (1.0 + 0.5 * round as f64);
    let mut points = Vec::with_capacity(AROUND);
    let offsets = varying.iter().flat_map(|&at| [(at, share), (at, -share)]);
    for (at, share) in offsets.cycle().skip(round * AROUND).take(AROUND) {
        let mut point = lowest.clone();
        if let (Some(value), Some(&[low, high])) = (point.get_mut(at), looks.bounds.get(at)) {
            *value = (*value + share * (high - low)).clamp(low, high);
        }
        points.push(point);
    }
    looks.judge(&points)?;
    Ok(())
}

/// The gradient alone: from points of the sequence, against the slope, in three steps after each.
pub(in crate::search::guided) fn along_gradient(
    looks: &mut Looks<'_, '_>,
) -> Result<(), SearchError> {
    looks.session.stage = Strategy::Gradient;
    let origin = looks.origin.clone();
    let starts = sobol_points(looks, STARTS);
    for start in std::iter::once(origin).chain(starts) {
        if looks.done() {
            return Ok(());
        }
        follow(looks, start, ROUNDS)?;
    }
    Ok(())
}

/// Goes against the slope from a point, as long as this leads lower; returns whether there was a slope to follow.
fn follow(looks: &mut Looks<'_, '_>, from: Vec<f64>, rounds: usize) -> Result<bool, SearchError> {
    let mut at = from;
    for round in 0..rounds {
        if looks.done() {
            return Ok(true);
        }
        if !looks.slope(&at)? {
            return Ok(round > 0);
        }
        let Some(slope) = looks.slope_at(&at) else {
            return Ok(round > 0);
        };
        let (before, points) = (slope.margin, downhill(looks, slope));
        let energies = looks.judge(&points)?;
        let best = (points.into_iter().zip(energies)).min_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((point, energy)) if margin(energy) < before => at = point,
            _ => break,
        }
    }
    Ok(true)
}

/// Points against a slope, each number moved by its share of the whole range; none where it is flat.
fn downhill(looks: &Looks<'_, '_>, slope: &Slope) -> Vec<Vec<f64>> {
    let ranges: Vec<f64> = looks.bounds.iter().map(|[low, high]| high - low).collect();
    // The slope of each number over its whole range: what a step of the same share changes.
    let slopes: Vec<f64> = (0..ranges.len())
        .map(|number| {
            let mut point = slope.at.clone();
            let range = ranges.get(number).copied().unwrap_or(0.0);
            if let Some(value) = point.get_mut(number) {
                *value += range;
            }
            slope.expect(looks.genes, &point) - slope.margin
        })
        .collect();
    let length = slopes.iter().map(|slope| slope * slope).sum::<f64>().sqrt();
    if length <= 0.0 {
        return Vec::new();
    }
    (STEPS.iter())
        .map(|step| {
            let numbers = slope.at.iter().zip(&slopes).zip(&looks.bounds);
            numbers
                .map(|((value, slope), &[low, high])| {
                    (value - step * (high - low) * slope / length).clamp(low, high)
                })
                .collect()
        })
        .collect()
}

/// The lowest point judged so far.
fn lowest(looks: &Looks<'_, '_>) -> Option<Vec<f64>> {
    let lowest = (looks.judged().iter()).min_by(|a, b| a.energy.total_cmp(&b.energy));
    lowest.map(|one| one.genes.clone())
}
