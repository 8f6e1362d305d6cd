//! Attacks by differential evolution: within the bounds, and the smallest change.

use super::attack::{EarlyStop, Genes, Pixels};
use super::error::SearchError;
use super::evolution::{DifferentialEvolution, Settings};
use super::question::StopReason;
use super::session::Session;
use flipscope_base::random::Seeded;
use flipscope_image::perturb::Perturbation;

/// Points on the way from the identity to a flip that are judged in one batch.
const STEPS: usize = 8;
/// The bounds stop shrinking once those that flip and those that do not are this close, relative to the former.
const CLOSE: f64 = 0.05;

/// Evolves within the bounds until a flip is confident enough, or nothing is left to try. Returns why it ended.
pub(super) fn lowest(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    settings: &Settings,
    stop: EarlyStop,
) -> Result<StopReason, SearchError> {
    let mut evolution = begin(session, settings, genes.bounds(), 0)?;
    let enough = |session: &Session<'_>, energy: f64| {
        session.flips(energy) && 1.0 - energy > stop.confidence
    };
    loop {
        let Some((_, energy)) = generation(session, genes, &mut evolution)? else {
            return Ok(session.ended().unwrap_or(StopReason::Cancelled));
        };
        let looked_at = stop.after_start || evolution.generation() > 0;
        if looked_at && enough(session, energy) {
            return Ok(StopReason::Confident);
        }
        if evolution.has_converged() {
            return Ok(StopReason::Converged);
        }
        if evolution.is_exhausted() {
            return Ok(StopReason::Exhausted);
        }
    }
}

/// The smallest change: shrinks the bounds towards the identity, by bisection between those within which a flip was found and
/// those within which none was. The genes of each flip are pulled back towards the identity one after another, then all
/// together, as far as the flip holds. It can go on from a flip that was `found` before.
pub(super) fn smallest(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    settings: &Settings,
    found: Option<&[f64]>,
) -> Result<StopReason, SearchError> {
    let full = genes.bounds();
    // The genes within the bounds that change least.
    let origin: Vec<f64> = (genes.identity().iter().zip(&full))
        .map(|(identity, &[low, high])| identity.clamp(low, high))
        .collect();
    // The share of the bounds within which a flip was found, if one was, and the one within which none was.
    let mut within = found.map(|found| reach(found, &origin, &full));
    let mut without = 0.0;
    for round in 0.. {
        let share = within.map_or(1.0, |within| f64::midpoint(without, within));
        let bounds: Vec<[f64; 2]> = (full.iter().zip(&origin))
            .map(|(bounds, o)| bounds.map(|bound| o + (bound - o) * share))
            .collect();
        let mut evolution = begin(session, settings, bounds, round)?;
        if let Some(flip) = first_flip(session, genes, &mut evolution)? {
            let nearer = pull_back(session, genes, &origin, flip)?;
            let nearer = walk_back(session, genes, &origin, &nearer)?;
            within = Some(share.min(reach(&nearer, &origin, &full)));
        } else {
            without = share;
        }
        let shrinks = within.is_some_and(|within| within - without > CLOSE * within);
        if !session.goes_on() || !shrinks {
            break;
        }
    }
    Ok(session.ended().unwrap_or(StopReason::Exhausted))
}

/// Evolves within the bounds until something flips: its genes.
pub(super) fn any_flip(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    settings: &Settings,
) -> Result<Option<Vec<f64>>, SearchError> {
    let mut evolution = begin(session, settings, genes.bounds(), 0)?;
    first_flip(session, genes, &mut evolution)
}

/// The fewest pixels, beginning with `count`: drops those that a flip does not need, then searches for a flip with one pixel fewer.
pub(super) fn fewest(
    session: &mut Session<'_>,
    pixels: &Pixels,
    mut count: usize,
) -> Result<StopReason, SearchError> {
    for round in 0.. {
        if count == 0 {
            break;
        }
        let fewer = Pixels {
            count,
            ..pixels.clone()
        };
        let mut evolution = begin(session, &pixels.evolution, Genes::bounds(&fewer), round)?;
        let Some(found) = first_flip(session, &fewer, &mut evolution)? else {
            break;
        };
        let kept = without_idle(session, fewer.perturbation(&found))?;
        count = kept.pixels.len().saturating_sub(1);
        if count == 0 || !session.goes_on() {
            break;
        }
    }
    Ok(session.ended().unwrap_or(StopReason::Exhausted))
}

/// Leaves out one pixel after another, as long as the verdict stays flipped.
pub(super) fn without_idle(
    session: &mut Session<'_>,
    mut found: Perturbation,
) -> Result<Perturbation, SearchError> {
    loop {
        let fewer: Vec<Perturbation> = (0..found.pixels.len())
            .filter(|_| found.pixels.len() > 1)
            .map(|at| {
                let mut fewer = found.clone();
                fewer.pixels.remove(at);
                fewer
            })
            .collect();
        let energies = session.score(fewer.clone())?;
        let flipped = (fewer.into_iter().zip(energies)).find(|&(_, energy)| session.flips(energy));
        match flipped {
            Some((fewer, _)) => found = fewer,
            None => return Ok(found),
        }
    }
}

/// The population of a round: each round has its own random stream.
fn begin(
    session: &Session<'_>,
    settings: &Settings,
    bounds: Vec<[f64; 2]>,
    round: u64,
) -> Result<DifferentialEvolution, SearchError> {
    let random = Seeded::stream(session.search().seed, round);
    Ok(DifferentialEvolution::new(
        settings.clone(),
        bounds,
        random,
    )?)
}

/// One generation: the best after it, with its energy; `None` if the search has ended.
fn generation(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    evolution: &mut DifferentialEvolution,
) -> Result<Option<(Vec<f64>, f64)>, SearchError> {
    let asked = evolution.ask();
    let perturbations = asked
        .iter()
        .map(|asked| genes.perturbation(asked))
        .collect();
    let energies = session.score(perturbations)?;
    evolution.tell(&energies)?;
    session.generation += 1;
    let best = evolution.best().filter(|(_, energy)| energy.is_finite());
    Ok(if session.goes_on() { best } else { None })
}

/// Evolves until something flips; its genes.
fn first_flip(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    evolution: &mut DifferentialEvolution,
) -> Result<Option<Vec<f64>>, SearchError> {
    while let Some((best, energy)) = generation(session, genes, evolution)? {
        if session.flips(energy) {
            return Ok(Some(best));
        }
        if evolution.has_converged() || evolution.is_exhausted() {
            break;
        }
    }
    Ok(None)
}

/// A flip with each gene moved as near to the origin as the flip holds, one after another, in steps of an eighth of the way.
fn pull_back(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    origin: &[f64],
    mut found: Vec<f64>,
) -> Result<Vec<f64>, SearchError> {
    for (at, o) in origin.iter().enumerate() {
        let nearer: Vec<Vec<f64>> = (0..STEPS)
            .map(|step| {
                let mut nearer = found.clone();
                if let Some(gene) = nearer.get_mut(at) {
                    *gene = o + (*gene - o) * step as f64 / STEPS as f64;
                }
                nearer
            })
            .collect();
        let judged = nearer.iter().map(|genes_of| genes.perturbation(genes_of));
        let energies = session.score(judged.collect())?;
        let flipped = (nearer.into_iter().zip(energies)).find(|&(_, energy)| session.flips(energy));
        if let Some((nearer, _)) = flipped {
            found = nearer;
        }
    }
    Ok(found)
}

/// The point nearest to the origin that still flips, of those judged on the straight line from the origin to a flip: in steps
/// of an eighth of the way, then an eighth of that.
fn walk_back(
    session: &mut Session<'_>,
    genes: &dyn Genes,
    origin: &[f64],
    found: &[f64],
) -> Result<Vec<f64>, SearchError> {
    let between = |share: f64| -> Vec<f64> {
        (origin.iter().zip(found))
            .map(|(o, f)| o + (f - o) * share)
            .collect()
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..2 {
        let shares: Vec<f64> = (1..STEPS)
            .map(|step| low + (high - low) * step as f64 / STEPS as f64)
            .collect();
        let judged = shares
            .iter()
            .map(|&share| genes.perturbation(&between(share)));
        let energies = session.score(judged.collect())?;
        let flipped = (shares.iter().zip(energies)).find(|&(_, energy)| session.flips(energy));
        let step = (high - low) / STEPS as f64;
        match flipped {
            Some((&share, _)) => (low, high) = (share - step, share),
            None => low = high - step,
        }
    }
    Ok(between(high))
}

/// How far genes reach from the origin, as a fraction of the bounds.
fn reach(genes: &[f64], origin: &[f64], bounds: &[[f64; 2]]) -> f64 {
    let shares = (genes.iter().zip(origin).zip(bounds)).map(|((gene, o), &[low, high])| {
        let room = if gene < o { o - low } else { high - o };
        if room > 0.0 {
            (gene - o).abs() / room
        } else {
            0.0
        }
    });
    shares.fold(0.0, f64::max)
}
