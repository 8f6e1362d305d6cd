//! The stages of which strategies consist, other than evolution: gradient, DIRECT, random draws.

use super::descent;
use super::direct::Direct;
use super::looks::Looks;
use super::margin::margin;
use super::pose;
use crate::search::attack::Genes;
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use crate::search::question::Mode;
use crate::search::strategy::Strategy;
use flipscope_base::random::{RandomStream as _, Seeded};

/// Frames that DIRECT gets for each number that varies, where evolution follows it.
const FOR_EACH: u64 = 60;
/// Random points that are judged together.
const DRAWN: usize = 32;
/// The stream of the random draws.
const STREAM: u64 = (1 << 32) + 1;

/// Everything that comes before evolution.
pub(super) fn before_evolution(looks: &mut Looks<'_, '_>) -> Result<(), SearchError> {
    if looks.genes.is_colour() {
        descent::run(looks)?;
    } else {
        pose::first::run(looks)?;
    }
    // How low it goes is evolution's strength: DIRECT is for whether it flips.
    if looks.session.search().mode == Mode::Lowest || looks.done() {
        return Ok(());
    }
    let frames = divided(looks.genes);
    divide(looks, frames)
}

/// The frames that DIRECT gets where evolution follows it.
pub(super) fn divided(genes: &dyn Genes) -> u64 {
    let bounds = genes.bounds();
    FOR_EACH * bounds.iter().filter(|[low, high]| high > low).count() as u64
}

/// The gradient alone.
pub(super) fn gradient(looks: &mut Looks<'_, '_>) -> Result<(), SearchError> {
    if looks.genes.is_colour() {
        descent::run(looks)
    } else {
        pose::first::along_gradient(looks)
    }
}

/// DIRECT alone: as many frames as evolution would take.
pub(super) fn direct(looks: &mut Looks<'_, '_>, evolution: &Settings) -> Result<(), SearchError> {
    let frames = evolution.max_evaluations(&looks.bounds);
    divide(looks, frames)
}

/// DIRECT over the bounds, for about so many frames.
fn divide(looks: &mut Looks<'_, '_>, frames: u64) -> Result<(), SearchError> {
    looks.session.stage = Strategy::Direct;
    let varying: Vec<usize> = (looks.bounds.iter().enumerate())
        .filter(|(_, [low, high])| high > low)
        .map(|(at, _)| at)
        .collect();
    let end = looks.session.evaluations().saturating_add(frames);
    let mut direct = Direct::new(varying.len());
    while looks.session.evaluations() < end && !looks.done() {
        let points: Vec<Vec<f64>> = (direct.ask().iter())
            .map(|unit| {
                let mut whole = vec![0.0; looks.bounds.len()];
                for (&at, &value) in varying.iter().zip(unit) {
                    if let Some(place) = whole.get_mut(at) {
                        *place = value;
                    }
                }
                looks.scaled(&whole)
            })
            .collect();
        if points.is_empty() {
            break;
        }
        let energies = looks.judge(&points)?;
        looks.session.generation += 1;
        let values: Vec<f64> = (points.iter().zip(energies))
            .map(|(point, energy)| value(looks, point, energy))
            .collect();
        direct.tell(&values);
    }
    Ok(())
}

/// What DIRECT minimises: the margin; where the smallest change is asked for, all flips lie below all others, the smaller the lower.
fn value(looks: &Looks<'_, '_>, point: &[f64], energy: f64) -> f64 {
    if !energy.is_finite() {
        return f64::INFINITY;
    }
    if looks.session.search().mode == Mode::Smallest && looks.session.flips(energy) {
        let size = looks.session.size(&looks.genes.perturbation(point));
        return -1e3 / (1.0 + size);
    }
    margin(energy)
}

/// Uniform random draws: as many as evolution would take.
pub(super) fn random(looks: &mut Looks<'_, '_>, evolution: &Settings) -> Result<(), SearchError> {
    let frames = evolution.max_evaluations(&looks.bounds);
    let mut random = Seeded::stream(looks.session.search().seed, STREAM);
    let mut left = usize::try_from(frames).unwrap_or(usize::MAX);
    while left > 0 && !looks.done() {
        let points: Vec<Vec<f64>> = (0..left.min(DRAWN))
            .map(|_| {
                let unit: Vec<f64> = (looks.bounds.iter()).map(|_| random.uniform()).collect();
                looks.scaled(&unit)
            })
            .collect();
        left -= points.len();
        looks.judge(&points)?;
        looks.session.generation += 1;
    }
    Ok(())
}
