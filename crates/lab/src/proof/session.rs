//! A proof under way: what is judged, which frame flips nearest, and what is still wanted.
//!
//! What is judged depends only on the order and on P(melanoma), not on how frames are batched: verdicts are taken one by one, and
//! after a flip the rest of its batch is dropped. So a run that was interrupted ends with the record of one that was not.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use super::error::ProofError;
use super::judged::Judged;
use super::plan::{Draws, Plan};
use super::proof_box::ProofBox;
use super::record::{ProofOutcome, ProofRecord};
use crate::search::{self, Direction, Scorer, Subject, judge};
use flipscope_base::cancel::Cancel;
use flipscope_base::human::probability_beside;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::Candidate;

/// The request for a proof.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The photograph, and how it became the frame.
    pub subject: Subject,
    /// The unaltered frame.
    pub frame: Arc<Frame>,
    /// The box.
    pub region: ProofBox,
    /// Random frames, where the box has too many.
    pub draws: Draws,
    /// Whether random frames are judged even if all could be.
    pub sample: bool,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The most seconds; then what is known is returned.
    pub seconds: Option<f64>,
    /// The most frames that are judged, all runs together; then what is known is returned.
    pub most: Option<u64>,
}

/// What earlier runs of a proof have judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Frames by their numbers in the plan, with P(melanoma).
    pub judged: Vec<(u32, f32)>,
    /// The seconds that they took.
    pub seconds: f64,
}

impl Known {
    /// What a record of the same plan knows; nothing if it is of another one.
    #[must_use]
    pub fn of(record: &ProofRecord, plan: &Plan) -> Self {
        let Some(judged) = Judged::from_text(&record.probabilities, plan.len()) else {
            return Self::default();
        };
        let numbered = (judged.iter()).filter_map(|(at, p)| Some((u32::try_from(at).ok()?, p)));
        Self {
            judged: numbered.collect(),
            seconds: record.seconds,
        }
    }
}

impl Proof {
    /// What is to be judged.
    ///
    /// # Errors
    /// If the box or the number of random frames is impossible.
    pub fn plan(&self) -> Result<Plan, ProofError> {
        if self.sample {
            Plan::sample(&self.region, &self.frame, self.draws)
        } else {
            Plan::new(&self.region, &self.frame, self.draws)
        }
    }
}

/// The progress of a proof, reported after every batch.
#[derive(Clone, Copy, Debug)]
pub struct ProofProgress {
    /// Frames judged, those of earlier runs included.
    pub judged: usize,
    /// The most frames that it takes, as far as is known.
    pub at_most: usize,
    /// Frames judged a second in this run.
    pub frames_per_second: f64,
    /// Seconds left, at most.
    pub eta_seconds: Option<f64>,
    /// P(melanoma) of the closest frame.
    pub closest: f32,
    /// Where melanoma begins.
    pub threshold: f32,
    /// Whether a frame flips: then only nearer ones are left.
    pub flips: bool,
}

impl ProofProgress {
    /// P(melanoma) of the closest frame, on its side of the threshold: as long as none flips, 0.4996 is no "0.500".
    #[must_use]
    pub fn closest_in_words(&self) -> String {
        probability_beside(self.closest, self.threshold, 3)
    }
}

/// A proof under way.
pub struct ProofSession<'a> {
    pub(super) scorer: &'a dyn Scorer,
    pub(super) proof: &'a Proof,
    pub(super) plan: &'a Plan,
    pub(super) original: search::Judged,
    pub(super) direction: Direction,
    pub(super) judged: Judged,
    /// The nearest flip.
    pub(super) nearest: Option<usize>,
    /// The frame with P(melanoma) closest to the other verdict.
    closest: Option<usize>,
    began: Instant,
    /// Seconds of earlier runs.
    before: f64,
    /// Frames judged in this run, with P(melanoma), in this order.
    here: Vec<(u32, f32)>,
    at_most: usize,
}

impl<'a> ProofSession<'a> {
    pub(super) fn new(
        scorer: &'a dyn Scorer,
        proof: &'a Proof,
        plan: &'a Plan,
        known: &Known,
    ) -> Result<Self, ProofError> {
        let original = judge(scorer, &proof.frame, &Perturbation::default())?;
        let direction = Direction::starting_from(original.verdict.label(proof.threshold));
        let mut session = Self {
            scorer,
            proof,
            plan,
            original,
            direction,
            before: known.seconds,
            judged: Judged::none(plan.len()),
            nearest: None,
            closest: None,
            began: Instant::now(),
            here: Vec::new(),
            at_most: plan.len(),
        };
        for &(number, p) in &known.judged {
            if (number as usize) < plan.len() {
                session.take(number as usize, p);
            }
        }
        session.count_ahead();
        Ok(session)
    }

    /// Where it stands.
    #[must_use]
    pub fn progress(&self) -> ProofProgress {
        let rate = self.here.len() as f64 / self.began.elapsed().as_secs_f64().max(1e-9);
        let at_most = self
            .at_most
            .min(self.judged.count().saturating_add(self.affordable()));
        let left = at_most.saturating_sub(self.judged.count()) as f64 / rate.max(1e-9);
        let until = (self.proof.seconds).map(|s| (s - self.seconds_here()).max(0.0));
        ProofProgress {
            judged: self.judged.count(),
            at_most,
            frames_per_second: rate,
            eta_seconds: (!self.here.is_empty())
                .then(|| until.map_or(left, |until| left.min(until))),
            closest: self.p_closest(),
            threshold: self.proof.threshold,
            flips: self.nearest.is_some(),
        }
    }

    /// The unaltered frame as PNG.
    #[must_use]
    pub fn original_png(&self) -> &[u8] {
        &self.original.png
    }

    /// The frames judged in this run, by their numbers, with P(melanoma), in the order in which they were judged.
    #[must_use]
    pub fn judged_here(&self) -> &[(u32, f32)] {
        &self.here
    }

    /// How many more frames may be judged.
    pub(super) fn affordable(&self) -> usize {
        self.proof.most.map_or(usize::MAX, |most| {
            usize::try_from(most)
                .unwrap_or(usize::MAX)
                .saturating_sub(self.judged.count())
        })
    }

    pub(super) fn seconds(&self) -> f64 {
        self.before + self.seconds_here()
    }

    fn seconds_here(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// The nearest flip, or the frame that comes closest to one; none before the first frame.
    pub(super) fn closest(&self) -> Option<usize> {
        self.nearest.or(self.closest)
    }

    fn p_closest(&self) -> f32 {
        let judged = self.closest().and_then(|number| self.judged.get(number));
        judged.unwrap_or(self.original.verdict.p_melanoma)
    }

    pub(super) fn flips(&self, p_melanoma: f32) -> bool {
        (p_melanoma >= self.proof.threshold)
            != (self.original.verdict.p_melanoma >= self.proof.threshold)
    }

    /// A frame whose P(melanoma) is no further from the threshold is judged alone. In a batch of f32, only the last bits may
    /// differ; in bf16, P(melanoma) is about 0.01 off.
    pub(super) fn margin(&self) -> f32 {
        if self.scorer.proposal_precision().is_some() {
            0.05
        } else {
            1e-3
        }
    }

    /// Whether everything that the outcome needs has been judged.
    pub(super) fn is_finished(&self) -> bool {
        self.judged.count() >= self.at_most
    }

    pub(super) fn outcome(&self) -> ProofOutcome {
        if self.nearest.is_some() {
            ProofOutcome::Fragile
        } else if !self.is_finished() {
            ProofOutcome::Open
        } else if !self.plan.is_exhaustive() {
            ProofOutcome::Bounded
        } else if self.scorer.proposal_precision().is_some() {
            ProofOutcome::Screened
        } else {
            ProofOutcome::Steady
        }
    }

    pub(super) fn is_stopped(&self, cancel: &Cancel) -> bool {
        let late = (self.proof.seconds).is_some_and(|s| self.seconds_here() >= s);
        late || self.affordable() == 0 || cancel.is_requested()
    }

    /// Whether a frame is still to be judged: after a flip, only if it is nearer. Of random frames, all are, since their share
    /// is what counts.
    pub(super) fn wants(&self, number: usize) -> bool {
        let nearer = |flip| self.plan.distance(number) < self.plan.distance(flip);
        self.judged.get(number).is_none()
            && (!self.plan.is_exhaustive() || self.nearest.is_none_or(nearer))
    }

    /// Judges frames until the batch with the first flip; returns how many are done.
    pub(super) fn judge(
        &mut self,
        numbers: &[usize],
        cancel: &Cancel,
        watch: &mut dyn FnMut(&ProofSession<'_>),
    ) -> Result<usize, ProofError> {
        let candidates: Vec<Candidate> = (numbers.iter())
            .map(|&number| Candidate {
                frame: Arc::clone(&self.proof.frame),
                perturbation: Arc::new(self.plan.perturbation(number)),
            })
            .collect();
        let scorer = self.scorer;
        let (mut done, mut failed) = (0, None);
        scorer.score(&candidates, &mut |verdicts| {
            for verdict in verdicts {
                let (Some(&number), Some(candidate)) = (numbers.get(done), candidates.get(done))
                else {
                    break;
                };
                done += 1;
                let mut p = verdict.p_melanoma;
                if self.flips(p) || (p - self.proof.threshold).abs() <= self.margin() {
                    match judge(scorer, &self.proof.frame, &candidate.perturbation) {
                        Ok(alone) => p = alone.verdict.p_melanoma,
                        Err(error) => {
                            failed = Some(error);
                            return ControlFlow::Break(());
                        }
                    }
                }
                self.here.push((number as u32, p));
                if self.take(number, p) && self.plan.is_exhaustive() {
                    self.count_ahead();
                    watch(self);
                    return ControlFlow::Break(());
                }
            }
            watch(self);
            if self.is_stopped(cancel) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        failed.map_or(Ok(done), |error| Err(error.into()))
    }

    /// Keeps a verdict; returns whether it is a flip, nearer than those before.
    fn take(&mut self, number: usize, p: f32) -> bool {
        self.judged.set(number, p);
        let energy = |p: f32| self.direction.energy(p);
        let lower = |known: usize| {
            let known = self.judged.get(known).unwrap_or(p);
            energy(p).total_cmp(&energy(known)).is_lt()
        };
        if self.closest.is_none_or(lower) {
            self.closest = Some(number);
        }
        if !self.flips(p) {
            return false;
        }
        let nearer = self.nearest.is_none_or(|known| {
            let key = |number| (self.plan.distance(number), number);
            key(number) < key(known)
        });
        if nearer {
            self.nearest = Some(number);
        }
        nearer
    }

    /// Counts how many frames it takes at most.
    fn count_ahead(&mut self) {
        self.at_most = if self.nearest.is_none() || !self.plan.is_exhaustive() {
            self.plan.len()
        } else {
            let ahead = (0..self.plan.len()).filter(|&number| self.wants(number));
            self.judged.count() + ahead.count()
        };
    }
}
