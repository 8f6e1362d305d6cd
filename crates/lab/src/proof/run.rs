//! Carries out a proof: frame after frame, in the order of risk, until one flips and none nearer is left, or none is left at all.

use super::error::ProofError;
use super::order::{Slopes, order};
use super::plan::Plan;
use super::record::ProofRecord;
use super::report::{self, Proved};
use super::session::{Known, Proof, ProofSession};
use crate::search::Scorer;
use flipscope_base::cancel::Cancel;

/// Frames that are handed to the scorer at a time; it divides them into batches.
const AT_A_TIME: usize = 64;

/// Judges the frames of a plan that [`Proof::plan`] made. With the record of an earlier run that did not finish, only what is
/// left. `watch` is called after every batch, on this thread.
///
/// # Errors
/// If the network fails; what was judged until then is in the last session that `watch` was given.
pub fn prove(
    scorer: &dyn Scorer,
    proof: &Proof,
    plan: &Plan,
    earlier: Option<&ProofRecord>,
    cancel: &Cancel,
    watch: &mut dyn FnMut(&ProofSession<'_>),
) -> Result<Proved, ProofError> {
    let known = earlier.map_or_else(Known::default, |record| Known::of(record, plan));
    prove_on(scorer, proof, plan, &known, cancel, watch)
}

/// The same, from what earlier runs are known to have judged.
///
/// # Errors
/// As [`prove`].
pub fn prove_on(
    scorer: &dyn Scorer,
    proof: &Proof,
    plan: &Plan,
    known: &Known,
    cancel: &Cancel,
    watch: &mut dyn FnMut(&ProofSession<'_>),
) -> Result<Proved, ProofError> {
    let mut session = ProofSession::new(scorer, proof, plan, known)?;
    let label = session.original.verdict.label(proof.threshold);
    // Without a gradient, grids alone give the order: what is proved is the same.
    let slopes = Slopes::measure(scorer, &proof.frame, &session.original.verdict, label)
        .ok()
        .flatten();
    let order = order(plan, slopes.as_ref());
    let mut ahead = order.iter().map(|&number| number as usize);
    while !session.is_stopped(cancel) {
        let some = AT_A_TIME.min(session.affordable());
        let mut numbers = Vec::with_capacity(some);
        while numbers.len() < some
            && let Some(number) = ahead.next()
        {
            if session.wants(number) {
                numbers.push(number);
            }
        }
        if numbers.is_empty() {
            break;
        }
        while !numbers.is_empty() && !session.is_stopped(cancel) {
            let done = session.judge(&numbers, cancel, watch)?;
            // After a flip, some of the rest are no longer wanted.
            numbers = (numbers.into_iter().skip(done))
                .filter(|&number| session.wants(number))
                .collect();
        }
    }
    report::proved(session)
}
