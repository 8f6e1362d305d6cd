//! Candidates judged in a faster type, and by whom it is decided: the proposals of one search.
//!
//! The network of a [`TwoStageScorer`](super::TwoStageScorer) that proposes is off by its rounding. How far is measured on frames of this
//! very search that are judged in both types: the unaltered one, the first [`AT_FIRST`] candidates, the first of some later lists, and whatever is
//! judged again. Every candidate that may decide something within that [margin](MARGIN_FACTOR) is judged again, alone, as the judge would
//! judge it: one that flips or nearly does where a flip is looked for, one that may be the lowest where that is asked for. The search is told
//! that verdict. So it never believes a flip that the deciding network denies, and a flip that the proposing one misses by its rounding is found.
//!
//! What is judged depends on the lists that the search asks for alone, not on how a device cuts them into batches.

mod choice;
mod margin;

pub use choice::{Proposing, not_loaded};
pub use margin::MARGIN_FACTOR;

use std::ops::ControlFlow;
use std::sync::Arc;

use super::question::{Direction, Mode};
use super::request::Search;
use super::scorer::Scorer;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_model::{Candidate, Classifier, ClassifierError, Label, Verdict};
use margin::{Margin, log_odds, log_odds_of, probability};

/// Candidates that are judged in both types before any is dismissed.
const AT_FIRST: usize = 4;

/// Candidates that are remembered, the likeliest to count first: those that a margin may reach when it grows.
const REMEMBERED: usize = 4096;

/// What the session is told.
pub(super) enum Heard<'h> {
    /// So many frames were judged, in either type.
    Frames(usize),
    /// The verdict of a candidate.
    Judged {
        /// Its place in the list; `None` for one of an earlier list, which the margin has reached since.
        at: Option<usize>,
        perturbation: &'h Arc<Perturbation>,
        p_melanoma: f32,
    },
}

/// Hears what was judged, and says whether to go on.
pub(super) type Hear<'h> = dyn FnMut(Heard<'_>) -> ControlFlow<()> + 'h;

/// The margin of a search, as its finding states it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MeasuredMargin {
    /// In log-odds of melanoma.
    pub(crate) log_odds: f64,
    /// Frames that were judged in both types.
    pub(crate) frames: u64,
}

/// A candidate that only the proposing network has judged.
struct Open {
    /// Its place in the list that is being judged.
    at: Option<usize>,
    candidate: Candidate,
    proposed: f64,
    /// The same, downwards to the flip.
    towards: f64,
    p_melanoma: f32,
}

/// The proposals of one search.
pub(super) struct Proposals {
    melanoma_classes: Vec<usize>,
    direction: Direction,
    threshold: f32,
    mode: Mode,
    /// Log-odds that a candidate has to reach to count, downwards to the flip: those of the threshold, or of the lowest so far.
    to_reach: f64,
    margin: Margin,
    /// The unaltered frame, until it is judged in the other type, and its log-odds.
    unaltered: Option<(Candidate, f64)>,
    open: Vec<Open>,
    /// Lists that were judged.
    lists: usize,
}

impl Proposals {
    /// Of a search whose unaltered frame has a verdict; `None` where one network both proposes and decides.
    pub(super) fn new(scorer: &dyn Scorer, search: &Search, unaltered: &Verdict) -> Option<Self> {
        scorer.proposal_precision()?;
        let melanoma_classes = scorer.info().melanoma_classes.clone();
        let original = Candidate {
            frame: Arc::clone(&search.frame),
            perturbation: Arc::new(search.attack.of_original()),
        };
        let exact = log_odds(unaltered, &melanoma_classes);
        let threshold = log_odds_of(f64::from(search.threshold));
        Some(Self {
            to_reach: match search.mode {
                Mode::Lowest => f64::INFINITY,
                Mode::First | Mode::Smallest => towards(search.direction, threshold),
            },
            melanoma_classes,
            direction: search.direction,
            threshold: search.threshold,
            mode: search.mode,
            margin: Margin::default(),
            unaltered: Some((original, exact)),
            open: Vec::new(),
            lists: 0,
        })
    }

    /// The margin, once it is measured.
    pub(super) fn margin(&self) -> Option<MeasuredMargin> {
        (self.margin.frames() > 0).then(|| MeasuredMargin {
            log_odds: self.margin.value(),
            frames: self.margin.frames(),
        })
    }

    /// How many of some candidates are proposed together, so that all of them can be judged again with the frames that are left; none if
    /// the next one is to be judged by the deciding network at once.
    pub(super) fn together(&self, candidates: usize, left: u64) -> usize {
        let left = left.saturating_sub(u64::from(self.unaltered.is_some())) / 2;
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        candidates.min(left).min(Classifier::MAX_BATCH)
    }

    /// Judges candidates in the faster type, and again those that may count. If the session stops, the rest is told as it was proposed: the search
    /// has ended, and what it kept is judged before it is reported. Where a flip that holds ends the search, other flips are told nothing of.
    pub(super) fn judge(
        &mut self,
        scorer: &dyn Scorer,
        candidates: &[Candidate],
        hear: &mut Hear<'_>,
    ) -> Result<(), ClassifierError> {
        let unaltered = self.unaltered.take();
        let mut going = true;
        let asked: Vec<Candidate> = (unaltered.iter().map(|(original, _)| original))
            .chain(candidates)
            .cloned()
            .collect();
        let mut verdicts: Vec<Verdict> = Vec::with_capacity(asked.len());
        scorer.score(&asked, &mut |batch| {
            verdicts.extend_from_slice(batch);
            let flow = hear(Heard::Frames(batch.len()));
            going = flow.is_continue();
            flow
        })?;
        let mut verdicts = verdicts.iter();
        if let Some((_, exact)) = unaltered
            && let Some(verdict) = verdicts.next()
        {
            let proposed = log_odds(verdict, &self.melanoma_classes);
            self.margin.measured(proposed, exact);
        }
        for (at, (candidate, verdict)) in candidates.iter().zip(verdicts).enumerate() {
            let proposed = log_odds(verdict, &self.melanoma_classes);
            self.open.push(Open {
                at: Some(at),
                candidate: candidate.clone(),
                proposed,
                towards: towards(self.direction, proposed),
                p_melanoma: verdict.p_melanoma,
            });
        }
        // Where a flip ends the search, one that holds leaves nothing to dismiss, and nothing to measure for.
        let mut found = false;
        while let Some(place) = self.place_of_flip().filter(|_| going && !found) {
            (going, found) = self.again(scorer, place, hear)?;
        }
        for at in 0..self.next_list() {
            let place = self.open.iter().position(|one| one.at == Some(at));
            if let Some(place) = place.filter(|_| going && !found) {
                (going, found) = self.again(scorer, place, hear)?;
            }
        }
        while let Some(place) = self.may_count().filter(|_| going && !found) {
            (going, found) = self.again(scorer, place, hear)?;
        }
        for one in &mut self.open {
            let flips = Label::at(one.p_melanoma, self.threshold) == self.direction.to();
            if let Some(at) = one.at.take().filter(|_| !(found && flips)) {
                let _ = hear(Heard::Judged {
                    at: Some(at),
                    perturbation: &one.candidate.perturbation,
                    p_melanoma: one.p_melanoma,
                });
            }
        }
        if self.open.len() > REMEMBERED {
            self.open.sort_by(|a, b| a.towards.total_cmp(&b.towards));
            self.open.truncate(REMEMBERED);
        }
        Ok(())
    }

    /// Has the deciding network judge a candidate that was not proposed.
    pub(super) fn decide(
        &mut self,
        scorer: &dyn Scorer,
        candidate: &Candidate,
        hear: &mut Hear<'_>,
    ) -> Result<(), ClassifierError> {
        let verdict = alone(scorer, candidate)?;
        self.decided(&verdict);
        let _ = hear(Heard::Frames(1));
        let _ = hear(Heard::Judged {
            at: Some(0),
            perturbation: &candidate.perturbation,
            p_melanoma: verdict.p_melanoma,
        });
        Ok(())
    }

    /// The deciding network has judged a candidate: with its gradient, or again.
    pub(super) fn decided(&mut self, verdict: &Verdict) {
        if self.mode == Mode::Lowest {
            let exact = log_odds(verdict, &self.melanoma_classes);
            self.to_reach = self.to_reach.min(towards(self.direction, exact));
        }
    }

    /// Begins a list: how many of its first candidates are judged in both types whatever they are: some of the first list, one of the second, of the
    /// fourth, the eighth and so on.
    fn next_list(&mut self) -> usize {
        self.lists += 1;
        match self.lists {
            1 => AT_FIRST,
            lists => usize::from(lists.is_power_of_two()),
        }
    }

    /// Judges a candidate again, alone. Returns whether the session goes on, and whether this flip ends the search.
    fn again(
        &mut self,
        scorer: &dyn Scorer,
        place: usize,
        hear: &mut Hear<'_>,
    ) -> Result<(bool, bool), ClassifierError> {
        let one = self.open.remove(place);
        let verdict = alone(scorer, &one.candidate)?;
        let exact = log_odds(&verdict, &self.melanoma_classes);
        self.margin.measured(one.proposed, exact);
        self.decided(&verdict);
        let goes_on = hear(Heard::Frames(1)).is_continue();
        let _ = hear(Heard::Judged {
            at: one.at,
            perturbation: &one.candidate.perturbation,
            p_melanoma: verdict.p_melanoma,
        });
        let flips = Label::at(verdict.p_melanoma, self.threshold) == self.direction.to();
        Ok((goes_on, flips && self.mode == Mode::First))
    }

    /// Where a flip ends the search: of those that flip as proposed, the lowest.
    fn place_of_flip(&self) -> Option<usize> {
        let flips = |one: &Open| Label::at(one.p_melanoma, self.threshold) == self.direction.to();
        (self.open.iter().enumerate())
            .filter(|(_, one)| self.mode == Mode::First && flips(one))
            .min_by(|(_, a), (_, b)| a.towards.total_cmp(&b.towards))
            .map(|(place, _)| place)
    }

    /// Of those that may count within the margin, the one nearest to it or furthest beyond.
    fn may_count(&self) -> Option<usize> {
        let counts = |one: &Open| match self.mode {
            Mode::Lowest => one.towards - self.margin.value() < self.to_reach,
            Mode::First | Mode::Smallest => {
                one.towards - self.margin.value() <= self.to_reach
                    || Label::at(one.p_melanoma, self.threshold) == self.direction.to()
            }
        };
        (self.open.iter().enumerate())
            .filter(|(_, one)| counts(one))
            .min_by(|(_, a), (_, b)| a.towards.total_cmp(&b.towards))
            .map(|(place, _)| place)
    }
}

/// Between which probabilities a margin of log-odds about a threshold lies.
#[must_use]
pub fn about_threshold(threshold: f32, margin: f64) -> [f64; 2] {
    let at = log_odds_of(f64::from(threshold));
    [at - margin, at + margin].map(probability)
}

/// Log-odds of melanoma, downwards to the flip.
fn towards(direction: Direction, log_odds: f64) -> f64 {
    match direction {
        Direction::MelanomaToNevus => log_odds,
        Direction::NevusToMelanoma => -log_odds,
    }
}

/// The final verdict of a candidate: its frame as the judge renders it, in a batch of one.
fn alone(scorer: &dyn Scorer, candidate: &Candidate) -> Result<Verdict, ClassifierError> {
    let altered = perturb::render(&candidate.frame, &candidate.perturbation);
    scorer.verdict(&altered)
}

#[cfg(test)]
mod tests;
