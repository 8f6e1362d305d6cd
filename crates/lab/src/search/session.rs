//! One running search: scores candidates within its budget, remembers the best, and reports its progress.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use flipscope_language::text;
use serde::Serialize;

use super::attack::{Attack, moved};
use super::error::{BestCandidate, SearchError};
use super::finding::GRADIENT_COST;
use super::judge::{Judged, judge};
use super::question::{Direction, Mode, StopReason};
use super::request::Search;
use super::sampled_delta_e::SampledDeltaE;
use super::scorer::Scorer;
use super::strategy::Strategy;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Candidate, ClassifierError, Verdict};

/// Flips that are kept for the judge, in order of preference: on a device where a batch differs in the last bits from a single
/// frame, the first may not hold.
const KEPT: usize = 4;

/// Frames that are judged at once where the first flip ends the search: few enough that little is judged in vain, and a number of its
/// own, so that what a search costs does not depend on the number of processors.
const FIRST_FLIP_BATCH: usize = 8;

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
    gradients: u64,
    at_most: u64,
    pub(super) generation: usize,
    /// Which stage of a strategy proposes.
    pub(super) stage: Strategy,
    /// Why there are no gradients, where the strategy can do without.
    pub(super) without_gradients: Option<String>,
    /// What it had cost up to the first frame that flips.
    first_flip: Option<f64>,
    /// The best candidates, in order of preference, and what proposed each.
    best: Vec<(Arc<BestCandidate>, Strategy)>,
    /// The flip that ends the search, once the judge has confirmed it.
    confirmed: Option<(Arc<BestCandidate>, Judged, Strategy)>,
    ended: Option<StopReason>,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        scorer: &'a dyn Scorer,
        search: &'a Search,
        cancel: &'a Cancel,
        watch: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        Self {
            scorer,
            search,
            frame: Arc::clone(&search.frame),
            sampled_delta_e: SampledDeltaE::new(&search.frame),
            cancel,
            watch,
            began: Instant::now(),
            evaluations: 0,
            gradients: 0,
            at_most: search.evaluations(),
            generation: 0,
            stage: search.strategy,
            without_gradients: None,
            first_flip: None,
            best: Vec::new(),
            confirmed: None,
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

    /// How many of the frames judged had their gradient computed.
    pub(super) fn gradients(&self) -> u64 {
        self.gradients
    }

    /// What it has cost so far.
    pub(super) fn forward_equivalents(&self) -> f64 {
        cost(self.evaluations, self.gradients)
    }

    /// What it had cost up to the first frame that flips.
    pub(super) fn first_flip(&self) -> Option<f64> {
        self.first_flip
    }

    /// The best candidates, in order of preference, and what proposed each.
    pub(super) fn best(&self) -> &[(Arc<BestCandidate>, Strategy)] {
        &self.best
    }

    /// Whether anything judged so far flips.
    pub(super) fn has_flipped(&self) -> bool {
        self.best.first().is_some_and(|(best, _)| best.flips)
    }

    /// The flip that ended the search, as the judge saw it.
    pub(super) fn confirmed(&self) -> Option<&(Arc<BestCandidate>, Judged, Strategy)> {
        self.confirmed.as_ref()
    }

    /// Raises the number of frames that it takes at most, where a stage turns out to need more.
    pub(super) fn will_take(&mut self, more: u64) {
        let budget = self.search.budget.evaluations.unwrap_or(u64::MAX);
        let most = self.evaluations.saturating_add(more).min(budget);
        self.at_most = self.at_most.max(most);
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

    /// The energy at which the verdict flips.
    pub(super) fn flipping_energy(&self) -> f64 {
        self.search.direction.energy(self.search.threshold)
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

    /// Energies of valid perturbations, in order; infinite for those that were not judged because the search was cancelled, its
    /// budget is used up or its first flip is found ([`Session::goes_on`] then says so).
    pub(super) fn score(
        &mut self,
        perturbations: Vec<Perturbation>,
    ) -> Result<Vec<f64>, SearchError> {
        let together = match self.search.mode {
            Mode::First => FIRST_FLIP_BATCH,
            Mode::Lowest | Mode::Smallest => perturbations.len().max(1),
        };
        let mut energies = vec![f64::INFINITY; perturbations.len()];
        let candidates: Vec<Candidate> = (perturbations.into_iter())
            .map(|perturbation| Candidate {
                frame: Arc::clone(&self.frame),
                perturbation: Arc::new(perturbation),
            })
            .collect();
        for (candidates, energies) in
            (candidates.chunks(together)).zip(energies.chunks_mut(together))
        {
            if !self.goes_on() {
                break;
            }
            self.score_together(candidates, energies)?;
            self.confirm_flips()?;
        }
        Ok(energies)
    }

    fn score_together(
        &mut self,
        candidates: &[Candidate],
        energies: &mut [f64],
    ) -> Result<(), SearchError> {
        let left =
            (self.search.budget.evaluations).map_or(u64::MAX, |n| n - self.evaluations.min(n));
        let affordable = candidates
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        let scorer = self.scorer;
        let mut at = 0;
        let scored = scorer.score(
            candidates.get(..affordable).unwrap_or_default(),
            &mut |verdicts| {
                for (position, verdict) in verdicts.iter().enumerate() {
                    if let (Some(candidate), Some(energy)) =
                        (candidates.get(at), energies.get_mut(at))
                    {
                        *energy = self.search.direction.energy(verdict.p_melanoma);
                        if self.flips(*energy) {
                            let paid = self.evaluations + position as u64 + 1;
                            self.first_flip
                                .get_or_insert_with(|| cost(paid, self.gradients));
                        }
                        self.remember(&candidate.perturbation, verdict);
                    }
                    at += 1;
                }
                self.count_and_report(verdicts.len());
                if self.goes_on() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
        );
        scored.map_err(|source| self.network_error(source))
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
        let (verdict, gradient) = answer.map_err(|source| self.network_error(source))?;
        self.gradients += 1;
        let energy = self.search.direction.energy(verdict.p_melanoma);
        if self.flips(energy) {
            let paid = cost(self.evaluations + 1, self.gradients);
            self.first_flip.get_or_insert(paid);
        }
        self.remember(&candidate.perturbation, &verdict);
        self.count_and_report(1);
        self.confirm_flips()?;
        Ok(Some((energy, gradient)))
    }

    /// Where the first flip ends the search: has the judge look at those that are new, the lowest probability first. One that the
    /// judge does not confirm is kept with the judge's verdict.
    fn confirm_flips(&mut self) -> Result<(), SearchError> {
        if self.search.mode != Mode::First || self.confirmed.is_some() {
            return Ok(());
        }
        while let Some((best, by)) = self.best.first().filter(|(best, _)| best.flips).cloned() {
            let judged = judge(self.scorer, &self.search.frame, &best.perturbation)
                .map_err(|error| self.with_best(error))?;
            let p_melanoma = judged.verdict.p_melanoma;
            if self.flips(self.search.direction.energy(p_melanoma)) {
                self.confirmed = Some((best, judged, by));
                // A confirmed flip outranks a limit that was reached in the same batch.
                self.ended = Some(StopReason::Flipped);
                return Ok(());
            }
            self.best.remove(0);
            let refused = BestCandidate {
                p_melanoma,
                flips: false,
                ..BestCandidate::clone(&best)
            };
            self.insert(refused, by);
        }
        // All flips so far were refuted: the cost counts up to the next one.
        self.first_flip = None;
        Ok(())
    }

    /// The network answered, but with no gradient of this frame.
    pub(super) fn no_gradient(&self) -> SearchError {
        self.network_error(ClassifierError::Run {
            device: self.scorer.device().to_owned(),
            reason: text!("scheduler-no-gradient").to_owned(),
        })
    }

    /// The network failed; the best so far is told with it.
    fn network_error(&self, source: ClassifierError) -> SearchError {
        self.with_best(SearchError::Network { source, best: None })
    }

    fn with_best(&self, error: SearchError) -> SearchError {
        match error {
            SearchError::Network { source, best: None } => SearchError::Network {
                source,
                best: (self.best.first()).map(|(best, _)| Box::new(BestCandidate::clone(best))),
            },
            other => other,
        }
    }

    fn count_and_report(&mut self, frames: usize) {
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
            best: self.best.first().map(|(best, _)| Arc::clone(best)),
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
        let at = self.place((!flips, size, energy));
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
            self.insert(best, self.stage);
        }
    }

    /// How candidates are ordered: flips first, the smallest of them if sizes matter, the lowest energy.
    fn rank(&self, one: &BestCandidate) -> (bool, f64, f64) {
        let size = if one.flips && self.search.mode == Mode::Smallest {
            one.size
        } else {
            0.0
        };
        let energy = self.search.direction.energy(one.p_melanoma);
        (!one.flips, size, energy)
    }

    /// Where a rank belongs among the best; the first of equal candidates stays.
    fn place(&self, rank: (bool, f64, f64)) -> usize {
        self.best
            .partition_point(|(best, _)| self.rank(best) <= rank)
    }

    fn insert(&mut self, one: BestCandidate, by: Strategy) {
        let at = self.place(self.rank(&one));
        self.best.insert(at, (Arc::new(one), by));
        self.best.truncate(KEPT);
    }

    /// The size of a change, in the attack's unit.
    pub(super) fn size(&self, p: &Perturbation) -> f64 {
        match self.search.attack {
            Attack::Fgsm(_) => (p.noise.as_ref()).map_or(0.0, |noise| f64::from(noise.epsilon())),
            Attack::Pixels(_) => p.pixels.len() as f64,
            Attack::Colour(_) => self.sampled_delta_e.delta_e(p),
            Attack::Pose(_) | Attack::Grid(_) => moved(p),
        }
    }
}

/// What a search has cost, in forward passes of one frame.
fn cost(evaluations: u64, gradients: u64) -> f64 {
    evaluations.saturating_sub(gradients) as f64 + gradients as f64 * GRADIENT_COST
}
