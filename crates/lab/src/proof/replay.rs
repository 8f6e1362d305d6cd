//! Whether the record of a proof still holds: its frames are counted again, everything that follows from P(melanoma) is derived
//! again, and some or all of the frames are judged again.
//!
//! Changing one P(melanoma) without the hash, or the hash without the outcome, is noticed for certain; someone who changes all of
//! them consistently is noticed if one of the changed frames is among those judged again, for certain if all are.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::error::ProofError;
use super::judged::Judged;
use super::plan::{Draws, Plan};
use super::record::{ProofOutcome, ProofRecord};
use super::report::steady_within;
use crate::search::replay::read;
use crate::search::{Replay, ReplayError, Scorer, TOLERANCE, judge};
use flipscope_base::cancel::Cancel;
use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Candidate, Label};

/// How many frames are judged again, unless all are.
pub const SAMPLE: usize = 100;

/// Why a record cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ProofReplayError {
    /// The picture is missing.
    #[error(transparent)]
    Files(#[from] ReplayError),
    /// The box is impossible, or the network failed.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// Cancelled before it was done.
    #[error("cancelled before all frames were judged again")]
    Cancelled,
}

/// Replays a record whose picture is in `folder`. Of the frames, `all` or [`SAMPLE`] are judged again, the closest always among
/// them; which ones follows from the hash, so that nobody chooses them.
///
/// # Errors
/// If the picture is missing, the network fails, or it is cancelled.
pub fn replay(
    scorer: &dyn Scorer,
    record: &ProofRecord,
    folder: &Path,
    all: bool,
    cancel: &Cancel,
) -> Result<Replay, ProofReplayError> {
    let here = &scorer.info().sha256;
    if *here != record.model_sha256 {
        return Ok(Replay::ModelNotTheSame {
            finding: record.model_sha256.clone(),
            here: here.clone(),
        });
    }
    if scorer.info().remedy != record.remedy {
        return Ok(Replay::RemedyNotTheSame {
            finding: record.remedy,
            here: scorer.info().remedy,
        });
    }
    let other = |why: &str| {
        let why = format!("{} {why}", record.frame_png);
        Ok(Replay::ImageNotTheSame { why })
    };
    let frame = match read(folder, &record.frame_png)? {
        Ok(frame) if frame.sha256() == record.frame_sha256 => Arc::new(frame),
        Ok(_) => return other("holds other pixels"),
        Err(why) => return other(&why),
    };
    let mut differences = Vec::new();
    if !record.is_sealed() {
        differences.push("its checksum, so it was changed after it was written".to_owned());
    }
    let plan = plan(record, &frame)?;
    let Some(judged) = Judged::from_text(&record.probabilities, plan.len()) else {
        differences.push(format!(
            "its probabilities, which are not those of {} frames",
            plan.len()
        ));
        return Ok(Replay::Differs {
            by: differences.join("; "),
        });
    };
    let original = judge(scorer, &frame, &Perturbation::default()).map_err(ProofError::from)?;
    let p = original.verdict.p_melanoma;
    let mut largest = (p - record.p_before).abs();
    if far(largest) {
        differences.push(format!(
            "P(melanoma) of the unaltered frame: {p} here, {} in the record",
            record.p_before
        ));
    }
    differences.extend(contradictions(record, &plan, &judged));
    let again = Again {
        scorer,
        record,
        frame: &frame,
        plan: &plan,
        judged: &judged,
    };
    let numbers = again.chosen(all);
    largest = largest.max(again.run(&numbers, cancel, &mut differences)?);
    Ok(if differences.is_empty() {
        Replay::Holds { apart: largest }
    } else {
        Replay::Differs {
            by: differences.join("; "),
        }
    })
}

/// What the record's own numbers contradict.
fn contradictions(record: &ProofRecord, plan: &Plan, judged: &Judged) -> Vec<String> {
    let mut found = Vec::new();
    if record.frames != plan.frames() {
        found.push(format!(
            "the number of distinct frames: {} here, {} in the record",
            plan.frames(),
            record.frames
        ));
    }
    if record.axes != plan.axes_text() {
        found.push("the values of its axes".to_owned());
    }
    if record.judged != judged.count() as u64 {
        found.push(format!(
            "the number of judged frames: {} here, {} in the record",
            judged.count(),
            record.judged
        ));
    }
    if record.hash != judged.hash(plan) {
        found.push("the hash over its parameters and probabilities".to_owned());
    }
    let flips = |p: f32| (p >= record.threshold) != (record.p_before >= record.threshold);
    let nearest = (judged.iter())
        .filter(|&(_, p)| flips(p))
        .map(|(number, p)| (plan.distance(number), number, p))
        .min_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let wanted = |number: &usize| {
        judged.get(*number).is_none()
            && (!plan.is_exhaustive()
                || nearest.is_none_or(|(distance, ..)| plan.distance(*number) < distance))
    };
    let finished = !(0..plan.len()).any(|number| wanted(&number));
    let outcome = match (nearest, finished, plan.is_exhaustive()) {
        (Some(_), ..) => ProofOutcome::Fragile,
        (None, false, _) => ProofOutcome::Open,
        (None, true, false) => ProofOutcome::Bounded,
        (None, true, true) if record.screened_in.is_some() => ProofOutcome::Screened,
        (None, true, true) => ProofOutcome::Steady,
    };
    if (outcome, finished) != (record.outcome, record.finished) {
        found.push(format!(
            "its outcome: {} follows from its probabilities, not {}",
            outcome.name(),
            record.outcome.name()
        ));
    }
    if record.outcome == ProofOutcome::Steady && record.precision != "f32" {
        found.push(format!(
            "its precision: a proof is in f32, not in {}",
            record.precision
        ));
    }
    let from_melanoma = record.direction.from() == Label::Melanoma;
    let closest = nearest.map(|(_, number, p)| (number, p)).or_else(|| {
        let energy = |p: f32| if from_melanoma { p } else { -p };
        (judged.iter()).reduce(|best, one| {
            if energy(one.1) < energy(best.1) {
                one
            } else {
                best
            }
        })
    });
    if let Some((number, p)) = closest
        && (record.closest.p_melanoma != p
            || (nearest.is_some() && record.closest.perturbation != plan.perturbation(number)))
    {
        found.push("the closest frame".to_owned());
    }
    let within = steady_within(
        plan,
        outcome,
        finished,
        nearest.map(|(_, number, _)| number),
    );
    if record.steady_within != within {
        found.push("the radius within which it is steady".to_owned());
    }
    if let Some(bound) = record.bound {
        let flipping = judged.iter().filter(|&(_, p)| flips(p)).count() as u64;
        if (bound.draws, bound.flips) != (judged.count() as u64, flipping) {
            found.push("the number of random frames that flip".to_owned());
        }
    }
    found
}

/// The frames of the record's box.
fn plan(record: &ProofRecord, frame: &Frame) -> Result<Plan, ProofError> {
    match record.bound {
        Some(bound) => {
            // An interrupted run drew more than it judged: its probabilities say how many.
            let count = Judged::frames_in(&record.probabilities) as u64;
            let draws = Draws {
                count,
                seed: bound.seed,
            };
            Plan::sample(&record.region, frame, draws)
        }
        None => Plan::new(&record.region, frame, Draws { count: 1, seed: 0 }),
    }
}

/// Judging frames again.
struct Again<'a> {
    scorer: &'a dyn Scorer,
    record: &'a ProofRecord,
    frame: &'a Arc<Frame>,
    plan: &'a Plan,
    judged: &'a Judged,
}

impl Again<'_> {
    /// The frames that are judged again: all that were, or the closest and some that the hash picks.
    fn chosen(&self, all: bool) -> Vec<usize> {
        let known: Vec<usize> = self.judged.iter().map(|(number, _)| number).collect();
        if all || known.len() <= SAMPLE {
            return known;
        }
        let digits = self.record.hash.get(..16).unwrap_or_default();
        let mut stream = Seeded::new(u64::from_str_radix(digits, 16).unwrap_or(0));
        let mut chosen: BTreeSet<usize> = (known.iter().copied())
            .filter(|&number| self.judged.get(number) == Some(self.record.closest.p_melanoma))
            .take(1)
            .collect();
        while chosen.len() < SAMPLE {
            chosen.extend(known.get(stream.below(known.len())));
        }
        chosen.into_iter().collect()
    }

    /// Judges them; returns the largest difference of P(melanoma).
    fn run(
        &self,
        numbers: &[usize],
        cancel: &Cancel,
        differences: &mut Vec<String>,
    ) -> Result<f32, ProofReplayError> {
        let candidates: Vec<Candidate> = (numbers.iter())
            .map(|&number| Candidate {
                frame: Arc::clone(self.frame),
                perturbation: Arc::new(self.plan.perturbation(number)),
            })
            .collect();
        // What was screened in a coarser type is allowed to be off by as much as was looked at again.
        let tolerance = if self.record.screened_in.is_some() {
            self.record.margin
        } else {
            TOLERANCE
        };
        let (mut largest, mut wrong, mut at) = (0.0_f32, Vec::new(), 0);
        let flips = |p: f32| p >= self.record.threshold;
        self.scorer
            .score(&candidates, &mut |verdicts| {
                for verdict in verdicts {
                    let Some(&number) = numbers.get(at) else {
                        break;
                    };
                    at += 1;
                    let (p, then) = (
                        verdict.p_melanoma,
                        self.judged.get(number).unwrap_or(f32::NAN),
                    );
                    let apart = (p - then).abs();
                    largest = largest.max(apart);
                    let at_the_threshold = (p - self.record.threshold).abs() <= TOLERANCE;
                    if apart.is_nan()
                        || apart > tolerance
                        || (flips(p) != flips(then) && !at_the_threshold)
                    {
                        wrong.push((number, p, then));
                    }
                }
                if cancel.is_requested() {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .map_err(ProofError::from)?;
        if at < numbers.len() {
            return Err(ProofReplayError::Cancelled);
        }
        if let Some(&(number, p, then)) = wrong.first() {
            differences.push(format!(
                "P(melanoma) of {} of {} frames that were judged again, the first of them {}: {p} here, {then} in the record",
                wrong.len(),
                numbers.len(),
                self.plan.perturbation(number)
            ));
        }
        Ok(largest)
    }
}

fn far(apart: f32) -> bool {
    apart.is_nan() || apart > TOLERANCE
}
