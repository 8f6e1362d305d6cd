//! The smallest flip of pose: the poses from which most is hoped are judged next, a few at a time.
//!
//! What is hoped from a pose is the probability that it flips, as far as is expected, times the logarithm of how much smaller it is than
//! the smallest that flips so far: the expected improvement of Schonlau, Welch and Jones (1998, IMS Lecture Notes 34: 11) under a
//! constraint, for a size that is known beforehand.

use super::candidates::{Aim, Candidates};
use super::expected::Process;
use super::place::{Covariance, Place};
use crate::search::attack::moved;
use crate::search::error::SearchError;
use crate::search::guided::lattice::lattice;
use crate::search::guided::looks::Looks;
use crate::search::guided::margin::margin;
use crate::search::strategy::Strategy;
use flipscope_base::random::Seeded;

/// Poses that are judged together.
const TOGETHER: usize = 8;
/// Of these, so many are hardly smaller than the smallest flip: where a margin is smoother than expected, they lead on step by step.
const NEARBY: usize = 2;
/// The least share of its size that they have.
const HARDLY_SMALLER: f64 = 0.85;
/// Looks for a first flip that is small.
pub(in crate::search) const LOOKS: usize = 160;
/// The most looks, those before the first flip among them.
const MOST: usize = 400;
/// It ends after so many looks that found no flip that is smaller by [`NOTICEABLE`].
const BARREN: usize = 200;
/// The same where a budget was given: what it is for is looking longer.
const BARREN_WITH_BUDGET: usize = 280;
/// The most looks where a budget was given; evolution has the rest of it.
const MOST_WITH_BUDGET: usize = 500;
/// The most points of others that are taken into account: the smallest.
const LEARNED: usize = 250;
/// A share of the size.
const NOTICEABLE: f64 = 0.02;
/// Nothing flips yet: as if the smallest were so much larger than the largest change within the bounds.
const NONE_YET: f64 = 2.0;
/// With less hope than this it ends.
const ENOUGH: f64 = 1e-6;
/// Places around which others are drawn after each batch, beside the smallest flip.
const LOWEST: usize = 2;
/// The stream of random numbers.
const STREAM: u64 = (1 << 32) + 3;

/// The most frames that it takes, about.
pub(in crate::search) const EVALUATIONS: u64 = MOST as u64;

/// A search for the smallest flip of a pose.
pub(in crate::search::guided) struct Hunt<'h> {
    process: Process,
    candidates: Candidates<'h>,
    random: Seeded,
    /// How many of the points that were judged are taken into account.
    learned: usize,
    /// The largest change within the bounds.
    largest: f64,
    threshold: f64,
}

impl<'h> Hunt<'h> {
    pub(in crate::search::guided) fn new(looks: &Looks<'h, '_>) -> Self {
        let origin = looks.genes.perturbation(&looks.origin);
        let base = looks.margin(&looks.origin).unwrap_or_default();
        let corners = lattice(&looks.bounds, &looks.origin);
        let largest = (corners.iter())
            .map(|corner| moved(&looks.genes.perturbation(corner)))
            .fold(0.0, f64::max);
        let mut hunt = Self {
            process: Process::new(Covariance::of(origin.sampling), base),
            candidates: Candidates::new(looks.genes, &looks.bounds, moved(&origin)),
            random: Seeded::stream(looks.session.search().seed, STREAM),
            learned: 0,
            largest,
            threshold: margin(looks.session.flipping_energy()),
        };
        hunt.learn(looks);
        hunt.candidates.add_whole_shifts(&hunt.process, largest);
        hunt
    }

    /// Looks until something flips.
    pub(in crate::search::guided) fn first(
        &mut self,
        looks: &mut Looks<'h, '_>,
    ) -> Result<(), SearchError> {
        let aim = Aim {
            below: self.largest * (1.0 + 1e-9),
            size: self.largest * NONE_YET,
            threshold: self.threshold,
        };
        while looks.judged().len() < LOOKS
            && looks.smallest_flip().is_none()
            && looks.session.goes_on()
        {
            if !self.look(looks, aim)? {
                break;
            }
        }
        Ok(())
    }

    /// Smaller flips than the smallest, until many looks found none.
    pub(in crate::search::guided) fn smaller(
        &mut self,
        looks: &mut Looks<'h, '_>,
    ) -> Result<(), SearchError> {
        self.learn(looks);
        let (patience, most) = match looks.session.search().budget.evaluations {
            Some(_) => (BARREN_WITH_BUDGET, MOST_WITH_BUDGET),
            None => (BARREN, MOST),
        };
        let (mut reference, mut since) = (f64::INFINITY, 0);
        // The looks for a first flip are taken off, those that others took are not.
        let looked = looks.judged().len();
        let end = looked + most - looked.min(LOOKS);
        while looks.session.goes_on() && looks.judged().len() < end {
            let Some((best, smallest)) = looks.smallest_flip() else {
                break;
            };
            let judged = looks.judged().len();
            if smallest < reference * (1.0 - NOTICEABLE) {
                (reference, since) = (smallest, judged);
            }
            if judged - since >= patience {
                break;
            }
            self.candidates
                .add_around(&self.process, smallest, &best, &mut self.random);
            let aim = Aim {
                below: smallest,
                size: smallest,
                threshold: self.threshold,
            };
            if !self.look(looks, aim)? {
                break;
            }
        }
        Ok(())
    }

    /// Judges those from which most is hoped; says whether anything is hoped any more.
    fn look(&mut self, looks: &mut Looks<'h, '_>, aim: Aim) -> Result<bool, SearchError> {
        looks.session.stage = Strategy::Auto;
        self.candidates.refill(&self.process, aim, &mut self.random);
        for at in lowest(looks, aim.below) {
            self.candidates
                .add_around(&self.process, aim.below, &at, &mut self.random);
        }
        let mut points = Vec::with_capacity(TOGETHER);
        while points.len() < TOGETHER {
            let least = if points.len() < NEARBY {
                HARDLY_SMALLER * aim.below
            } else {
                0.0
            };
            let best = (self.candidates.take_best(&self.process, aim, least))
                .or_else(|| self.candidates.take_best(&self.process, aim, 0.0));
            let Some((next, _)) = best.filter(|(_, hope)| *hope >= ENOUGH) else {
                break;
            };
            if looks.energy(&next.point).is_some() || points.contains(&next.point) {
                continue;
            }
            self.process.announce(next.expectation());
            self.candidates.update(&self.process);
            points.push(next.point);
        }
        let energies = looks.judge(&points)?;
        let values: Vec<f64> = (energies.into_iter())
            .take_while(|energy| energy.is_finite())
            .map(margin)
            .collect();
        self.process.learn(&values);
        self.learned = looks.judged().len();
        self.candidates.update(&self.process);
        looks.session.generation += 1;
        Ok(!points.is_empty())
    }

    /// Takes into account what was judged otherwise.
    fn learn(&mut self, looks: &Looks<'h, '_>) {
        let others = looks.judged().iter().skip(self.learned);
        let mut others: Vec<_> = others
            .map(|one| (looks.genes.perturbation(&one.genes), one.energy))
            .collect();
        others.sort_by(|(a, _), (b, _)| moved(a).total_cmp(&moved(b)));
        for (perturbation, energy) in others.iter().take(LEARNED) {
            let expectation = self.process.expect(Place::of(perturbation));
            self.process.announce(&expectation);
            self.process.learn(&[margin(*energy)]);
        }
        self.learned = looks.judged().len();
    }
}

/// The points of a size below this with the lowest margins.
fn lowest(looks: &Looks<'_, '_>, below: f64) -> Vec<Vec<f64>> {
    let mut small: Vec<_> = (looks.judged().iter())
        .filter(|one| moved(&looks.genes.perturbation(&one.genes)) < below)
        .collect();
    small.sort_by(|a, b| a.energy.total_cmp(&b.energy));
    small.truncate(LOWEST);
    small.into_iter().map(|one| one.genes.clone()).collect()
}
