//! One running search: scores candidates within its budget, has the judge look at flips, and reports its progress.

mod propose;

use std::ops::ControlFlow;
use std::sync::Arc;

use flipscope_language::text;

use super::attack::{Attack, moved};
use super::best::Best;
use super::cost::{Progress, RunningCost};
use super::error::{BestCandidate, SearchError};
use super::judge::{Judged, judge};
use super::proposals::{MeasuredMargin, Proposals};
use super::question::{Direction, Mode, StopReason};
use super::request::Search;
use super::sampled_delta_e::SampledDeltaE;
use super::scorer::Scorer;
use super::strategy::Strategy;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Candidate, ClassifierError, Verdict};

/// Frames that are judged at once where the first flip ends the search: few enough that little is judged in vain, and a number of its
/// own, so that what a search costs does not depend on the number of processors.
const FIRST_FLIP_BATCH: usize = 8;

/// The state of a running search.
pub(super) struct Session<'a> {
    scorer: &'a dyn Scorer,
    search: &'a Search,
    /// The frame that is altered.
    frame: Arc<Frame>,
    sampled_delta_e: SampledDeltaE,
    /// Where candidates are judged in a faster type.
    proposals: Option<Proposals>,
    cancel: &'a Cancel,
    watch: &'a mut dyn FnMut(&Progress),
    cost: RunningCost,
    pub(super) generation: usize,
    /// Which stage of a strategy proposes.
    pub(super) stage: Strategy,
    /// Why there are no gradients, where the strategy can do without.
    pub(super) without_gradients: Option<String>,
    best: Best,
    /// The flip that ends the search, once the judge has confirmed it.
    confirmed: Option<(Arc<BestCandidate>, Judged, Strategy)>,
    ended: Option<StopReason>,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        scorer: &'a dyn Scorer,
        search: &'a Search,
        unaltered: &Verdict,
        cancel: &'a Cancel,
        watch: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        Self {
            scorer,
            search,
            frame: Arc::clone(&search.frame),
            sampled_delta_e: SampledDeltaE::new(&search.frame),
            proposals: Proposals::new(scorer, search, unaltered),
            cancel,
            watch,
            cost: RunningCost::begin(search.budget, search.evaluations()),
            generation: 0,
            stage: search.strategy,
            without_gradients: None,
            best: Best::new(search),
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
        self.cost.evaluations()
    }

    /// What it has cost so far.
    pub(super) fn cost(&self) -> &RunningCost {
        &self.cost
    }

    /// The best candidates, in order of preference, and what proposed each.
    pub(super) fn best(&self) -> &[(Arc<BestCandidate>, Strategy)] {
        self.best.all()
    }

    /// Whether anything judged so far flips.
    pub(super) fn has_flipped(&self) -> bool {
        self.best.first().is_some_and(|(best, _)| best.flips)
    }

    /// The flip that ended the search, as the judge saw it.
    pub(super) fn confirmed(&self) -> Option<&(Arc<BestCandidate>, Judged, Strategy)> {
        self.confirmed.as_ref()
    }

    /// The margin of its proposals, where candidates are judged in a faster type.
    pub(super) fn proposal_margin(&self) -> Option<MeasuredMargin> {
        self.proposals.as_ref().and_then(Proposals::margin)
    }

    /// Raises the number of frames that it takes at most, where a stage turns out to need more.
    pub(super) fn will_take(&mut self, more: u64) {
        self.cost.will_take(more);
    }

    /// Why it has stopped, once it has.
    pub(super) fn ended(&self) -> Option<StopReason> {
        self.ended
    }

    /// Whether it should continue; checks for cancellation and the budget.
    pub(super) fn goes_on(&mut self) -> bool {
        if self.ended.is_none() {
            if self.cancel.is_requested() {
                self.ended = Some(StopReason::Cancelled);
            } else if self.cost.is_used_up() {
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
            match self.proposals.take() {
                None => self.score_together(candidates, energies)?,
                Some(mut proposals) => {
                    let scored = self.propose(&mut proposals, candidates, energies);
                    self.proposals = Some(proposals);
                    scored?;
                }
            }
            self.confirm_flips()?;
        }
        Ok(energies)
    }

    fn score_together(
        &mut self,
        candidates: &[Candidate],
        energies: &mut [f64],
    ) -> Result<(), SearchError> {
        let left = usize::try_from(self.cost.left()).unwrap_or(usize::MAX);
        let affordable = candidates.len().min(left);
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
                            self.cost.note_flip(position as u64 + 1);
                        }
                        self.remember(&candidate.perturbation, verdict.p_melanoma);
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
        self.cost.count_gradient();
        let energy = self.search.direction.energy(verdict.p_melanoma);
        if self.flips(energy) {
            self.cost.note_flip(1);
        }
        if let Some(proposals) = &mut self.proposals {
            proposals.decided(&verdict);
        }
        self.remember(&candidate.perturbation, verdict.p_melanoma);
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
            self.best.drop_first();
            let refused = BestCandidate {
                p_melanoma,
                flips: false,
                ..BestCandidate::clone(&best)
            };
            self.best.insert(refused, by);
        }
        self.cost.forget_flips();
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
        self.cost.count(frames);
        let best = self.best.first().map(|(best, _)| Arc::clone(best));
        (self.watch)(&self.cost.progress(self.generation, best));
    }

    /// Keeps a candidate among the best, if it is better than one of them.
    fn remember(&mut self, perturbation: &Arc<Perturbation>, p_melanoma: f32) {
        let energy = self.search.direction.energy(p_melanoma);
        let flips = self.flips(energy);
        let size = if self.best.compares_size(flips) {
            self.size(perturbation)
        } else {
            0.0
        };
        if self.best.takes(flips, size, energy) {
            let size = if size > 0.0 {
                size
            } else {
                self.size(perturbation)
            };
            let best = BestCandidate {
                perturbation: Arc::clone(perturbation),
                p_melanoma,
                flips,
                size,
            };
            self.best.insert(best, self.stage);
        }
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
