//! The smallest change that flips.
//!
//! For colours: `DeepFool`'s idea (Moosavi-Dezfooli, Fawzi and Frossard 2016, arXiv 1511.04599) in the space of the numbers that vary, under
//! the metric that the size is measured in: the smallest change that is expected to flip is looked at, and so on, until no other promises to be
//! smaller by a noticeable share ([`super::colour_flips`]). For poses, whose margin is rugged, the same by what is
//! expected of the margin without a gradient ([`super::pose`]).
//!
//! If no flip is found on the way, the stages of any flip are run, evolution last. Where a budget was given, what is left of it goes to
//! evolution within bounds that shrink.

use super::colour_flips::{self, Hunt};
use super::looks::Looks;
use super::pose;
use super::stages;
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use crate::search::question::StopReason;
use crate::search::run_evolution;
use crate::search::strategy::Strategy;

/// Frames of a search for the smallest change of colour that finds a flip soon: an estimate.
pub(super) const EVALUATIONS: u64 = (colour_flips::LOOKS + colour_flips::SMALLER) as u64;

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
    let mut hunt = pose::smallest::Hunt::new(looks);
    if looks.session.search().strategy == Strategy::Gradient {
        stages::gradient(looks)?;
    } else {
        hunt.first(looks)?;
        if looks.smallest_flip().is_none() && looks.session.goes_on() {
            any_flip(looks, evolution)?;
        }
    }
    looks.any_flip = false;
    hunt.smaller(looks)
}

fn colour(looks: &mut Looks<'_, '_>, evolution: &Settings) -> Result<(), SearchError> {
    let mut hunt = Hunt::new(looks);
    looks.session.stage = Strategy::Gradient;
    looks.any_flip = false;
    let origin = looks.origin.clone();
    if looks.slope(&origin)? {
        hunt.small(looks)?;
    }
    if looks.smallest_flip().is_none() && looks.session.goes_on() {
        any_flip(looks, evolution)?;
        looks.any_flip = false;
        looks.session.stage = Strategy::Gradient;
    }
    hunt.smaller(looks)
}
