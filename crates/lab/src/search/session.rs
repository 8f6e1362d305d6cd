//! One running search: scores candidates within its budget, remembers the best, and reports its progress.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::attack::{Attack, moved};
use super::error::{BestCandidate, SearchError};
use super::options::{Direction, Mode, StopReason};
use super::request::Search;
use super::sampled_delta_e::SampledDeltaE;
use super::scorer::Scorer;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Candidate, ClassifierError, Verdict};

/// Flips that are kept for the judge, in order of preference: on a device where a batch differs in the last bits from a single
/// frame, the first may not hold.
const KEPT: usize = 4;

/// The progress of a search, reported after every batch.
#[derive(Clone, Debug, Serialize)]
pub struct Progress {
    /// Generation, or step; 0 is the start.
    pub generation: usize,
    /// Frames judged so far.
    pub evaluations: u64,
    /// The most frames that it takes, as far as is known.
    pub evaluations_at_most: u64,
    /// Frames judged a second.
    pub evaluations_per_second: f64,
    /// Seconds since it began.
    pub seconds: f64,
    /// Seconds left, if it uses everything that it may.
    pub eta_seconds: Option<f64>,
    /// The best so far.
    #[serde(skip)]
    pub best: Option<Arc<BestCandidate>>,
}

/// The state of a running search.
pub(super) struct Session<'a> {
    scorer: &'a dyn Scorer,
    search: &'a Search,
    /// The frame that is altered.
    frame: Arc<Frame>,
    sampled_delta_e: SampledDeltaE,
    cancel: &'a Cancel,
    watch: &'a mut dyn FnMut(&Progress),
    began: Instant,
    evaluations: u64,
    at_most: u64,
    pub(super) generation: usize,
    /// The best candidates, in order of preference.
    best: Vec<Arc<BestCandidate>>,
    ended: Option<StopReason>,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        scorer: &'a dyn Scorer,
        search: &'a Search,
        cancel: &'a Cancel,
        watch: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        let at_most = search.attack.evaluations(search.mode);
        let budget = search.budget.evaluations.unwrap_or(u64::MAX);
        Self {
            scorer,
            search,
            frame: Arc::clone(&search.frame),
            sampled_delta_e: SampledDeltaE::new(&search.frame),
            cancel,
            watch,
            began: Instant::now(),
            evaluations: 0,
            at_most: at_most.min(budget),
            generation: 0,
            best: Vec::new(),
            ended: None,
        }
    }

    pub(super) fn search(&self) -> &'a Search {
        self.search
    }

    pub(super) fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    pub(super) fn evaluations(&self) -> u64 {
        self.evaluations
    }

    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// The best candidates, in order of preference.
    pub(super) fn best(&self) -> &[Arc<BestCandidate>] {
        &self.best
    }

    /// Why it has stopped, once it has.
    pub(super) fn ended(&self) -> Option<StopReason> {
        self.ended
    }

    /// Whether it should continue; checks for cancellation and the budget.
    pub(super) fn goes_on(&mut self) -> bool {
        if self.ended.is_none() {
            let budget = self.search.budget;
            let used = budget.evaluations.is_some_and(|n| self.evaluations >= n);
            let late = budget.seconds.is_some_and(|s| self.seconds() >= s);
            if self.cancel.is_requested() {
                self.ended = Some(StopReason::Cancelled);
            } else if used || late {
                self.ended = Some(StopReason::Budget);
            }
        }
        self.ended.is_none()
    }

    /// Whether an energy means a flipped verdict.
    pub(super) fn flips(&self, energy: f64) -> bool {
        // 1 − p is exact for an f32 in an f64, so this is the same comparison as the label's.
        let p_melanoma = match self.search.direction {
            Direction::MelanomaToNevus => energy,
            Direction::NevusToMelanoma => 1.0 - energy,
        };
        let melanoma = p_melanoma >= f64::from(self.search.threshold);
        energy.is_finite()
            && melanoma == (self.search.direction.to() == flipscope_model::Label::Melanoma)
    }

    /// Energies of valid perturbations, in order; infinite for those that were not judged because the search was cancelled or
    /// its budget is used up ([`Session::goes_on`] then says so).
    pub(super) fn score(
        &mut self,
        perturbations: Vec<Perturbation>,
    ) -> Result<Vec<f64>, SearchError> {
        let mut energies = vec![f64::INFINITY; perturbations.len()];
        let candidates: Vec<Candidate> = (perturbations.into_iter())
            .map(|perturbation| Candidate {
                frame: Arc::clone(&self.frame),
                perturbation: Arc::new(perturbation),
            })
            .collect();
        let left =
            (self.search.budget.evaluations).map_or(u64::MAX, |n| n - self.evaluations.min(n));
        let affordable = candidates
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        if !self.goes_on() {
            return Ok(energies);
        }
        let scorer = self.scorer;
        let mut at = 0;
        let scored = scorer.score(
            candidates.get(..affordable).unwrap_or_default(),
            &mut |verdicts| {
                for verdict in verdicts {
                    if let (Some(candidate), Some(energy)) =
                        (candidates.get(at), energies.get_mut(at))
                    {
                        *energy = self.search.direction.energy(verdict.p_melanoma);
                        self.remember(&candidate.perturbation, verdict);
                    }
                    at += 1;
                }
                self.judged(verdicts.len());
                if self.goes_on() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
        );
        scored.map_err(|source| self.failed(source))?;
        Ok(energies)
    }

    /// The energy of one perturbation, and the gradient for a class; `None` if the search has ended.
    pub(super) fn gradient(
        &mut self,
        perturbation: Perturbation,
        class: usize,
    ) -> Result<Option<(f64, Vec<f32>)>, SearchError> {
        if !self.goes_on() {
            return Ok(None);
        }
        let candidate = Candidate {
            frame: Arc::clone(&self.frame),
            perturbation: Arc::new(perturbation),
        };
        let answer = self.scorer.gradient(&candidate, class);
        let (verdict, gradient) = answer.map_err(|source| self.failed(source))?;
        self.remember(&candidate.perturbation, &verdict);
        self.judged(1);
        Ok(Some((
            self.search.direction.energy(verdict.p_melanoma),
            gradient,
        )))
    }

    fn failed(&self, source: ClassifierError) -> SearchError {
        SearchError::Network {
            source,
            best: self
                .best
                .first()
                .map(|best| Box::new(BestCandidate::clone(best))),
        }
    }

    fn judged(&mut self, frames: usize) {
        self.evaluations += frames as u64;
        self.at_most = self.at_most.max(self.evaluations);
        let seconds = self.seconds();
        let rate = self.evaluations as f64 / seconds.max(1e-9);
        let open = (self.at_most - self.evaluations) as f64 / rate;
        let until = self.search.budget.seconds.map(|s| (s - seconds).max(0.0));
        let progress = Progress {
            generation: self.generation,
            evaluations: self.evaluations,
            evaluations_at_most: self.at_most,
            evaluations_per_second: rate,
            seconds,
            eta_seconds: Some(until.map_or(open, |until| open.min(until))),
            best: self.best.first().map(Arc::clone),
        };
        (self.watch)(&progress);
    }

    /// Keeps a candidate among the best, if it is better than one of them.
    fn remember(&mut self, perturbation: &Arc<Perturbation>, verdict: &Verdict) {
        let energy = self.search.direction.energy(verdict.p_melanoma);
        let flips = self.flips(energy);
        // With the unit ΔE, a size takes time to compute; sizes are compared only among flips.
        let size = if flips && self.search.mode == Mode::Smallest {
            self.size(perturbation)
        } else {
            0.0
        };
        let rank = |flips: bool, size: f64, energy: f64| (!flips, size, energy);
        let mine = rank(flips, size, energy);
        let before = |best: &Arc<BestCandidate>| {
            let energy = self.search.direction.energy(best.p_melanoma);
            let size = if best.flips && self.search.mode == Mode::Smallest {
                best.size
            } else {
                0.0
            };
            // The first of equal candidates stays.
            rank(best.flips, size, energy) <= mine
        };
        let at = self.best.partition_point(before);
        if at < KEPT {
            let size = if size > 0.0 {
                size
            } else {
                self.size(perturbation)
            };
            let best = BestCandidate {
                perturbation: Arc::clone(perturbation),
                p_melanoma: verdict.p_melanoma,
                flips,
                size,
            };
            self.best.insert(at, Arc::new(best));
            self.best.truncate(KEPT);
        }
    }

    /// The size of a change, in the attack's unit.
    fn size(&self, p: &Perturbation) -> f64 {
        match self.search.attack {
            Attack::Fgsm(_) => (p.noise.as_ref()).map_or(0.0, |noise| f64::from(noise.epsilon())),
            Attack::Pixels(_) => p.pixels.len() as f64,
            Attack::Colour(_) => self.sampled_delta_e.delta_e(p),
            Attack::Pose(_) | Attack::Grid(_) => moved(p),
        }
    }
}
