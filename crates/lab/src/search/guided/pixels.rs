//! A few pixels: the gradient ranks places and colours, then evolution.
//!
//! For each pixel, the colour at the end of the range of each channel that its slope favours is what a linear network would take. The
//! most promising places are judged one by one, the best is kept, and the slope is taken again with it: so the number of pixels grows one
//! by one, which is also how few are found.

use super::looks::{Looks, Start, gradient};
use super::margin::margin;
use crate::search::attack::Pixels;
use crate::search::error::SearchError;
use crate::search::question::{Mode, StopReason};
use crate::search::run_evolution;
use crate::search::session::Session;
use crate::search::strategy::Strategy;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, PixelEdit};

/// Places that are judged after each slope.
const PLACES: usize = 12;
/// Rounds after all pixels are set, in which one after another is set anew.
const ROUNDS_AGAIN: usize = 3;

/// The most frames before evolution.
pub(in crate::search) fn evaluations(count: usize) -> u64 {
    ((count + ROUNDS_AGAIN) * (PLACES + 2)) as u64
}

/// Carries out the attack along the gradient; with [`Strategy::Auto`], evolution after it.
pub(in crate::search) fn run(
    session: &mut Session<'_>,
    pixels: &Pixels,
    start: Start,
) -> Result<StopReason, SearchError> {
    session.stage = Strategy::Gradient;
    let mode = session.search().mode;
    let found = grow(session, pixels, start)?;
    let enough = |session: &Session<'_>, energy: f64| {
        mode == Mode::Lowest && session.flips(energy) && 1.0 - energy > start.stop.confidence
    };
    if !session.goes_on() {
        return Ok(session.ended().unwrap_or(StopReason::Exhausted));
    }
    if enough(session, found.energy) {
        return Ok(StopReason::Confident);
    }
    let flips = session.flips(found.energy);
    let fewest = if mode == Mode::Smallest && flips {
        run_evolution::without_idle(session, found.perturbation)?
            .pixels
            .len()
    } else {
        pixels.count + 1
    };
    if session.search().strategy != Strategy::Auto {
        return Ok(session.ended().unwrap_or(StopReason::Exhausted));
    }
    session.stage = Strategy::Evolution;
    let looks = Looks::new(session, pixels, start);
    let most = pixels.evolution.max_evaluations(&looks.bounds);
    session.will_take(most);
    match mode {
        Mode::Smallest => run_evolution::fewest(session, pixels, fewest - 1),
        Mode::First | Mode::Lowest => {
            run_evolution::lowest(session, pixels, &pixels.evolution, start.stop)
        }
    }
}

/// Some pixels, and the energy with them.
struct Found {
    perturbation: Perturbation,
    energy: f64,
}

/// Sets one pixel after another, then each anew, as long as the margin falls; where the smallest change is asked for, until it flips.
fn grow(session: &mut Session<'_>, pixels: &Pixels, start: Start) -> Result<Found, SearchError> {
    let mut found = Found {
        perturbation: Perturbation::default(),
        energy: start.energy,
    };
    let smallest = session.search().mode == Mode::Smallest;
    for round in 0..pixels.count + ROUNDS_AGAIN {
        let over = smallest && session.flips(found.energy);
        if over || !session.goes_on() {
            break;
        }
        let mut base = found.perturbation.clone();
        let anew = base.pixels.len() == pixels.count;
        if anew {
            // The first of them is the oldest.
            base.pixels.remove(0);
        }
        let answer = gradient(session, base.clone(), start.class)?;
        let Some((_, slopes)) = answer else {
            break;
        };
        let mut places = ranked(session.frame(), &slopes, &base);
        places.truncate(PLACES);
        let mut tries: Vec<Perturbation> = (places.iter())
            .map(|&edit| {
                let mut with = base.clone();
                with.pixels.push(edit);
                with
            })
            .collect();
        if round == 0 && !smallest {
            let mut all = base.clone();
            all.pixels.extend(places.iter().take(pixels.count));
            tries.insert(0, all);
        }
        let energies = session.score(tries.clone())?;
        session.generation += 1;
        let best = (tries.into_iter().zip(energies)).min_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((perturbation, energy)) if margin(energy) < margin(found.energy) => {
                found = Found {
                    perturbation,
                    energy,
                };
            }
            // With all pixels set, another one may still be worth setting anew.
            _ if anew => found.perturbation.pixels.rotate_left(1),
            _ => break,
        }
    }
    Ok(found)
}

/// The most promising edits, best first, no two next to one another.
fn ranked(frame: &Frame, slopes: &[f32], base: &Perturbation) -> Vec<PixelEdit> {
    let (values, _) = frame.pixels().as_chunks::<3>();
    let (slopes, _) = slopes.as_chunks::<3>();
    let mut all: Vec<(f64, usize)> = (values.iter().zip(slopes).enumerate())
        .map(|(at, (value, slope))| {
            let gains = value.iter().zip(slope).map(|(&value, &slope)| {
                let room = if slope > 0.0 {
                    f64::from(value)
                } else {
                    255.0 - f64::from(value)
                };
                f64::from(slope.abs()) * room
            });
            (gains.sum(), at)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let side = Frame::SIDE;
    let mut edits: Vec<PixelEdit> = Vec::with_capacity(PLACES);
    for (_, at) in all {
        let (x, y) = (at as u32 % side, at as u32 / side);
        let close = |edit: &PixelEdit| edit.x.abs_diff(x) <= 1 && edit.y.abs_diff(y) <= 1;
        if edits.iter().any(close) || base.pixels.iter().any(|edit| (edit.x, edit.y) == (x, y)) {
            continue;
        }
        let Some(slope) = slopes.get(at) else {
            continue;
        };
        edits.push(PixelEdit {
            x,
            y,
            rgb: slope.map(|slope| if slope > 0.0 { 0 } else { 255 }),
        });
        if edits.len() >= 2 * PLACES {
            break;
        }
    }
    edits
}
