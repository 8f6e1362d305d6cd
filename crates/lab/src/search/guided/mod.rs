//! Carries out every strategy. Evolution alone is passed on to `run_evolution`; the others: cheap looks first, along the network's gradient
//! ([`descent`]) or by the size of the movement ([`pose`]), then DIRECT, then evolution with what is left of the budget. The smallest flip
//! is looked for by [`smallest`].
//!
//! They work on any [`Genes`]: bounds, the point that changes nothing, and how numbers become a perturbation; of the pixels of a frame
//! they know nothing. So another control of colour needs only its genes.

mod candidates;
mod colour_effect;
mod colour_flips;
mod descent;
mod direct;
mod expected;
mod first_byte_step;
mod gaussian_process;
mod lattice;
mod looks;
mod margin;
mod pixels;
mod pose;
mod ray;
mod slope;
mod smallest;
mod stages;

use super::attack::Genes;
use super::error::SearchError;
use super::evolution::Settings;
use super::question::{Mode, StopReason};
use super::run_evolution;
use super::session::Session;
use super::strategy::Strategy;
use looks::Looks;

pub(super) use looks::Start;
pub(super) use pixels::{evaluations as evaluations_of_pixels, run as pixels};

/// An attack that a strategy carries out.
#[derive(Clone, Copy)]
pub(super) struct Task<'t> {
    pub(super) genes: &'t dyn Genes,
    pub(super) evolution: &'t Settings,
    pub(super) start: Start,
}

/// Carries out an attack by the strategy of its search.
pub(super) fn run(session: &mut Session<'_>, task: Task<'_>) -> Result<StopReason, SearchError> {
    let (strategy, mode) = (session.search().strategy, session.search().mode);
    let Task {
        genes,
        evolution,
        start,
    } = task;
    if strategy == Strategy::Evolution {
        return match mode {
            Mode::Smallest => run_evolution::smallest(session, genes, evolution, None),
            Mode::First | Mode::Lowest => {
                run_evolution::lowest(session, genes, evolution, start.stop)
            }
        };
    }
    let mut looks = Looks::new(session, genes, start);
    match (strategy, mode) {
        (Strategy::Random, _) => stages::random(&mut looks, evolution)?,
        (Strategy::Direct, _) => stages::direct(&mut looks, evolution)?,
        (_, Mode::Smallest) => return smallest::run(&mut looks, evolution),
        (Strategy::Gradient, _) => stages::gradient(&mut looks)?,
        _ => {
            stages::before_evolution(&mut looks)?;
            if !looks.done() {
                looks.session.stage = Strategy::Evolution;
                let most = evolution.max_evaluations(&looks.bounds);
                looks.session.will_take(most);
                return run_evolution::lowest(looks.session, genes, evolution, start.stop);
            }
        }
    }
    Ok(ended(&looks))
}

/// Why it ended: as the session says, or because it was enough, or because everything was tried.
fn ended(looks: &Looks<'_, '_>) -> StopReason {
    match looks.session.ended() {
        Some(reason) => reason,
        None if looks.is_enough() => StopReason::Confident,
        None => StopReason::Exhausted,
    }
}

/// The most frames that a strategy takes before evolution, as far as is known beforehand; some for each number that varies.
pub(super) fn evaluations_before_evolution(genes: &dyn Genes, mode: Mode) -> u64 {
    let looks = if genes.is_colour() {
        descent::EVALUATIONS
    } else {
        pose::first::EVALUATIONS
    };
    match mode {
        Mode::First => looks + stages::divided(genes),
        Mode::Lowest => looks,
        Mode::Smallest if genes.is_colour() => smallest::EVALUATIONS,
        Mode::Smallest => pose::smallest::EVALUATIONS,
    }
}
