//! Along the gradient: where the network's slope says that a change of colour (or a small movement) does most, look there.
//!
//! The point where the slope is taken and the corner that it names are far apart, and the margin bends between them. So the corner, the
//! second-best corner and the point half-way are judged together, and the slope is taken again at the lowest of them. What remains
//! is looked at in the order of what the slopes promise, and then around points of a Sobol sequence.

use super::colour_flips::{self, Hunt};
use super::lattice::lattice;
use super::looks::Looks;
use crate::search::error::SearchError;
use crate::search::evolution::sobol;
use crate::search::strategy::Strategy;
use flipscope_base::random::Seeded;

/// Slopes that are taken from the original on.
const ROUNDS: usize = 4;
/// The most points of the lattice of bounds that are judged.
const LATTICE: usize = 32;
/// Points of the Sobol sequence from which to start again.
const RESTARTS: usize = 16;
/// How many of them are followed.
const FOLLOWED: usize = 2;
/// Slopes that are taken from each.
const ROUNDS_AGAIN: usize = 2;
/// Looks after each slope.
const LOOKS: usize = 3;
/// The stream of random numbers that scrambles the sequence: those of the evolution's rounds count from 0.
const STREAM: u64 = 1 << 32;

/// The most frames that it takes.
pub(in crate::search) const EVALUATIONS: u64 =
    ((1 + LOOKS) * (ROUNDS + FOLLOWED * ROUNDS_AGAIN) + colour_flips::LOOKS + LATTICE + RESTARTS)
        as u64;

/// The stage as a whole; it ends early if the search ends, or if it is enough.
pub(super) fn run(looks: &mut Looks<'_, '_>) -> Result<(), SearchError> {
    looks.session.stage = Strategy::Gradient;
    let lattice = lattice(&looks.bounds, &looks.origin);
    let origin = looks.origin.clone();
    descend(looks, &lattice, origin, ROUNDS)?;
    if looks.done() || looks.slopes().is_empty() {
        return Ok(());
    }
    if looks.wants_flip() {
        Hunt::new(looks).any(looks)?;
        if looks.done() {
            return Ok(());
        }
    }
    let mut rest: Vec<(f64, &Vec<f64>)> = (lattice.iter())
        .filter(|point| looks.energy(point).is_none())
        .map(|point| (promised(looks, point), point))
        .collect();
    rest.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rest: Vec<Vec<f64>> = (rest.into_iter().take(LATTICE))
        .map(|(_, point)| point.clone())
        .collect();
    looks.judge(&rest)?;
    looks.session.generation += 1;
    if looks.done() {
        return Ok(());
    }
    let points = sobol_points(looks, RESTARTS);
    looks.judge(&points)?;
    for _ in 0..FOLLOWED {
        if looks.done() {
            break;
        }
        let Some(from) = lowest_without_slope(looks) else {
            break;
        };
        descend(looks, &lattice, from, ROUNDS_AGAIN)?;
    }
    Ok(())
}

/// Takes slopes, each time at the lowest point that has none, as long as this leads lower.
fn descend(
    looks: &mut Looks<'_, '_>,
    lattice: &[Vec<f64>],
    from: Vec<f64>,
    rounds: usize,
) -> Result<(), SearchError> {
    let mut at = from;
    for _ in 0..rounds {
        if looks.done() || !looks.slope(&at)? {
            return Ok(());
        }
        let Some(slope) = looks.slope_at(&at) else {
            return Ok(());
        };
        let mut corners: Vec<(f64, &Vec<f64>)> = (lattice.iter())
            .filter(|point| looks.energy(point).is_none())
            .map(|point| (slope.expect(looks.genes, point), point))
            .collect();
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (margin, mut points) = (slope.margin, Vec::with_capacity(LOOKS));
        let mut corners = corners.into_iter().map(|(_, point)| point.clone());
        if let Some(corner) = corners.next() {
            let half = Looks::between(&at, &corner, 0.5);
            points.extend([corner, half]);
        }
        points.extend(corners.next());
        looks.judge(&points)?;
        if looks.done() {
            return Ok(());
        }
        match lowest_without_slope(looks) {
            Some(next) if looks.margin(&next).is_some_and(|next| next < margin) => at = next,
            _ => break,
        }
    }
    Ok(())
}

/// What the slopes promise for a point: the mean of their expectations, the nearer ones weighing more.
fn promised(looks: &Looks<'_, '_>, point: &[f64]) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for slope in looks.slopes() {
        let weight = 1.0 / (apart(&looks.bounds, &slope.at, point) + 1e-6);
        sum += weight * slope.expect(looks.genes, point);
        weights += weight;
    }
    sum / f64::max(weights, 1e-300)
}

/// Squared distance of two points, each number as a share of its range.
fn apart(bounds: &[[f64; 2]], a: &[f64], b: &[f64]) -> f64 {
    (a.iter().zip(b).zip(bounds))
        .filter(|(_, [low, high])| high > low)
        .map(|((a, b), [low, high])| ((a - b) / (high - low)).powi(2))
        .sum()
}

/// The lowest point judged where no slope was taken.
fn lowest_without_slope(looks: &Looks<'_, '_>) -> Option<Vec<f64>> {
    (looks.judged().iter())
        .filter(|one| looks.slope_at(&one.genes).is_none())
        .min_by(|a, b| a.energy.total_cmp(&b.energy))
        .map(|one| one.genes.clone())
}

/// The first points of a Sobol sequence over the bounds, scrambled by the search's seed.
pub(super) fn sobol_points(looks: &Looks<'_, '_>, count: usize) -> Vec<Vec<f64>> {
    let mut random = Seeded::stream(looks.session.search().seed, STREAM);
    let points = sobol::points(looks.bounds.len(), count, &mut random);
    points.iter().map(|point| looks.scaled(point)).collect()
}
