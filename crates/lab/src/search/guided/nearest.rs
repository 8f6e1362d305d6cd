//! The smallest change that flips.
//!
//! For colours: `DeepFool`'s idea (Moosavi-Dezfooli, Fawzi and Frossard 2016, arXiv 1511.04599) in the space of the numbers that vary, under
//! the metric that the size is measured in. The slopes taken so far give the smallest change that is expected to flip; the slope is taken
//! there, and so on until it no longer moves; then the flip is searched for along that ray, and on a shell of slightly smaller changes in
//! other directions. For poses, whose margin is rugged, shells of equal movement are judged from small to large ([`super::shells`]).
//!
//! If no flip is found on the way, the stages of any flip are run, evolution last. Where a budget was given, what is left of it goes to
//! evolution within bounds that shrink.

use super::descent;
use super::looks::Looks;
use super::margin::margin;
use super::ray::Rays;
use super::shells;
use super::slope::Slope;
use super::stages;
use super::steps;
use super::surrogate::Surrogate;
use crate::search::approach::Strategy;
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use crate::search::options::StopReason;
use crate::search::run_evolution;
use flipscope_base::random::Seeded;

/// Slopes that are taken at expected flips, in one go.
const SLOPES: usize = 5;
/// An expected flip this much larger or smaller than the smallest found is no progress.
const PROGRESS: f64 = 0.01;
/// Along the ray of the smallest flip, changes of these shares of its size are looked at: bold first, then between what flips and what
/// does not.
const INWARD: [[f64; 4]; 2] = [[0.7, 0.85, 0.93, 0.975], [0.2, 0.4, 0.6, 0.8]];
/// Where the expected flips do not flip, these shares of the last one's distance.
const OUTWARD: [f64; 4] = [1.03, 1.08, 1.16, 1.3];
/// How far beyond the threshold the margin of an expected flip is: near it, rounding to u8 moves the margin about as much. Doubled as
/// long as nothing flips.
const BEYOND: f64 = 0.05;
/// Other directions are looked at for changes of this share of the smallest flip.
const SHELL: f64 = 0.98;
/// How many other directions, and from how many they are chosen.
const OTHERS: (usize, usize) = (8, 96);
/// How often the shell may lead on.
const SHELLS: usize = 3;
/// The stream of random numbers.
const STREAM: u64 = (1 << 32) + 2;

/// Frames of a search for the smallest change of colour that finds a flip soon: an estimate.
pub(super) const EVALUATIONS: u64 = ((1 + SHELLS) * (SLOPES + 8 + OTHERS.0)) as u64;

/// Finds the smallest flip.
pub(super) fn run(
    looks: &mut Looks<'_, '_>,
    evolution: &Settings,
) -> Result<StopReason, SearchError> {
    looks.any_flip = true;
    if looks.genes.is_colour() {
        colour(looks, evolution)?;
    } else {
        pose(looks, evolution)?;
    }
    if let Some(reason) = looks.session.ended() {
        return Ok(reason);
    }
    let Some((best, _)) = looks.smallest_flip() else {
        return Ok(StopReason::Exhausted);
    };
    let strategy = looks.session.search().strategy;
    if strategy == Strategy::Auto && looks.session.search().budget.evaluations.is_some() {
        looks.session.stage = Strategy::Evolution;
        let genes = looks.genes;
        return run_evolution::smallest(looks.session, genes, evolution, Some(&best));
    }
    Ok(StopReason::Converged)
}

/// Any flip, by all stages that the strategy has; evolution last.
fn any_flip(looks: &mut Looks<'_, '_>, evolution: &Settings) -> Result<(), SearchError> {
    looks.any_flip = true;
    if looks.session.search().strategy == Strategy::Gradient {
        return stages::gradient(looks);
    }
    stages::before_evolution(looks)?;
    if looks.done() {
        return Ok(());
    }
    looks.session.stage = Strategy::Evolution;
    let most = evolution.max_evaluations(&looks.bounds);
    looks.session.will_take(most);
    let genes = looks.genes;
    if let Some(found) = run_evolution::any_flip(looks.session, genes, evolution)? {
        // It has been judged already; what is asked for again is its energy.
        looks.judge(&[found])?;
    }
    Ok(())
}

fn pose(looks: &mut Looks<'_, '_>, evolution: &Settings) -> Result<(), SearchError> {
    if looks.session.search().strategy == Strategy::Gradient {
        stages::gradient(looks)?;
    } else {
        shells::rise(looks)?;
        if looks.smallest_flip().is_none() && looks.session.goes_on() {
            any_flip(looks, evolution)?;
        }
    }
    looks.any_flip = false;
    shells::shrink(looks)
}

fn colour(looks: &mut Looks<'_, '_>, evolution: &Settings) -> Result<(), SearchError> {
    let rays = Rays::new(looks);
    let mut random = Seeded::stream(looks.session.search().seed, STREAM);
    let mut slopes: Vec<Slope> = Vec::new();
    looks.session.stage = Strategy::Gradient;
    let origin = looks.origin.clone();
    slopes.extend(looks.slope(&origin)?);
    looks.any_flip = false;
    approach(looks, &rays, &mut slopes, &mut random)?;
    if looks.smallest_flip().is_none() && looks.session.goes_on() {
        any_flip(looks, evolution)?;
        looks.any_flip = false;
        looks.session.stage = Strategy::Gradient;
        approach(looks, &rays, &mut slopes, &mut random)?;
    }
    if slopes.is_empty() {
        // Without gradients, the way back from the flip, and shells of smaller changes around it.
        return shells::shrink(looks);
    }
    let threshold = margin(looks.session.flipping_energy());
    steps::judge(looks, &rays, &slopes, threshold)?;
    for _ in 0..SHELLS {
        let Some((_, before)) = looks.smallest_flip() else {
            return Ok(());
        };
        line(looks, &rays)?;
        around(looks, &rays, &slopes, &mut random)?;
        approach(looks, &rays, &mut slopes, &mut random)?;
        if !looks.session.goes_on() {
            return Ok(());
        }
        let after = looks.smallest_flip().map_or(before, |(_, size)| size);
        if after > before * (1.0 - PROGRESS) {
            break;
        }
    }
    line(looks, &rays)
}

/// Takes slopes where the smallest change is expected to flip, until this makes no progress.
fn approach(
    looks: &mut Looks<'_, '_>,
    rays: &Rays,
    slopes: &mut Vec<Slope>,
    random: &mut Seeded,
) -> Result<(), SearchError> {
    let threshold = margin(looks.session.flipping_energy());
    let mut beyond = BEYOND;
    let lattice = descent::lattice(&looks.bounds, &looks.origin);
    for _ in 0..SLOPES {
        if !looks.session.goes_on() || slopes.is_empty() {
            return Ok(());
        }
        let found = looks.smallest_flip();
        let mut known: Vec<Vec<f64>> = (lattice.iter())
            .filter(|point| **point != looks.origin)
            .map(|point| rays.direction(point))
            .collect();
        // With six numbers there are hundreds: their order is arbitrary, so that every n-th is as good as the first.
        let every = known.len().div_ceil(64).max(1);
        known = known.into_iter().step_by(every).collect();
        known.extend(found.iter().map(|(genes, _)| rays.direction(genes)));
        let surrogate = Surrogate::new(looks, slopes);
        // Where nothing is expected to flip: where the margin is expected to be lowest.
        let lowest = || {
            (lattice.iter())
                .filter(|point| looks.energy(point).is_none())
                .min_by(|a, b| surrogate.expect(a).total_cmp(&surrogate.expect(b)))
                .cloned()
        };
        let nearest = surrogate.smallest(rays, &known, threshold - beyond, random);
        let nearest = nearest.map(|(direction, far)| rays.along(&direction, far));
        let Some(at) = nearest.or_else(lowest) else {
            return Ok(());
        };
        let size = looks.session.size(&looks.genes.perturbation(&at));
        // As small as what is found already: the rest is for the line.
        if let Some((_, found)) = found
            && size > found * (1.0 - PROGRESS)
        {
            return Ok(());
        }
        if looks.energy(&at).is_some() {
            return Ok(());
        }
        slopes.extend(looks.slope(&at)?);
        looks.session.generation += 1;
        let flipped = (looks.energy(&at)).is_some_and(|energy| looks.session.flips(energy));
        beyond = if flipped { BEYOND } else { beyond * 2.0 };
    }
    match (looks.smallest_flip(), slopes.last()) {
        (None, Some(last)) => outward(looks, rays, &last.at.clone()),
        _ => Ok(()),
    }
}

/// Looks a little further along the ray of a point that was expected to flip.
fn outward(looks: &mut Looks<'_, '_>, rays: &Rays, at: &[f64]) -> Result<(), SearchError> {
    let further: Vec<Vec<f64>> = (OUTWARD.iter())
        .map(|&share| Looks::between(&looks.origin, at, share))
        .filter(|point| rays.contains(point))
        .collect();
    looks.judge(&further)?;
    Ok(())
}

/// Looks along the ray of the smallest flip, towards the original.
fn line(looks: &mut Looks<'_, '_>, rays: &Rays) -> Result<(), SearchError> {
    let Some((genes, size)) = looks.smallest_flip() else {
        return Ok(());
    };
    let direction = rays.direction(&genes);
    let (mut low, mut high) = (0.0, size);
    for shares in INWARD {
        let sizes = shares.map(|share| low + (high - low) * share);
        let points: Vec<(f64, Vec<f64>)> = (sizes.into_iter())
            .filter_map(|size| Some((size, rays.of_size(looks.genes, &direction, size)?)))
            .collect();
        let judged: Vec<Vec<f64>> = points.iter().map(|(_, point)| point.clone()).collect();
        let energies = looks.judge(&judged)?;
        looks.session.generation += 1;
        for ((size, _), energy) in points.iter().zip(energies) {
            if looks.session.flips(energy) {
                high = high.min(*size);
                break;
            }
            low = low.max(*size);
        }
        if low >= high * (1.0 - PROGRESS) || !looks.session.goes_on() {
            break;
        }
    }
    Ok(())
}

/// Looks at changes slightly smaller than the smallest flip, in the directions where the margin is expected to be lowest.
fn around(
    looks: &mut Looks<'_, '_>,
    rays: &Rays,
    slopes: &[Slope],
    random: &mut Seeded,
) -> Result<(), SearchError> {
    let Some((best, size)) = looks.smallest_flip() else {
        return Ok(());
    };
    let (count, from) = OTHERS;
    let mut shell: Vec<(f64, Vec<f64>, Vec<f64>)> = Vec::new();
    {
        let surrogate = Surrogate::new(looks, slopes);
        let drawn = (0..from).map(|_| super::surrogate::drawn(rays.dimensions(), random));
        for direction in drawn {
            if let Some(point) = rays.of_size(looks.genes, &direction, size * SHELL) {
                shell.push((surrogate.expect(&point), direction, point));
            }
        }
    }
    shell.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Directions that differ from one another, and from the best.
    let mut taken = vec![rays.direction(&best)];
    let mut points = Vec::new();
    for (_, direction, point) in shell {
        let close = |other: &Vec<f64>| {
            let cosine: f64 = other.iter().zip(&direction).map(|(a, b)| a * b).sum();
            cosine > 0.9
        };
        if points.len() < count && !taken.iter().any(close) {
            taken.push(direction);
            points.push(point);
        }
    }
    looks.judge(&points)?;
    looks.session.generation += 1;
    Ok(())
}
