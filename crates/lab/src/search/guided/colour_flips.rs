//! Flips of colour, hunted with what is expected of the margin: any flip, and the smallest.
//!
//! What was judged, and the slopes, say where the margin is expected to reach the threshold, and how sure that is ([`super::expected`]); the
//! point from which most is hoped is looked at next ([`super::candidates`]), with its slope where the expectation is doubtful.

use super::candidates::{Aim, Candidate, Candidates};
use super::colour_effect::Places;
use super::expected::Expected;
use super::lattice::lattice;
use super::looks::Looks;
use super::margin::margin;
use super::ray::Rays;
use crate::search::error::SearchError;
use flipscope_base::random::Seeded;

/// The most looks for a first flip.
pub(super) const LOOKS: usize = 24;
/// The most looks for smaller ones after it. The margin is rough: as long as it looks on, it finds smaller ones, the more slowly the later.
pub(super) const SMALLER: usize = 120;
/// It ends after so many looks that found none that is smaller by [`NOTICEABLE`]. On 11 lesions of ISIC-2017 this costs as much, in the
/// median, as 40 looks on each, and spends it where it helps.
const BARREN: usize = 25;
/// The same where a budget was given: what it is for is looking longer.
const BARREN_WITH_BUDGET: usize = 60;
/// A share of the size.
const NOTICEABLE: f64 = 0.02;
/// Slopes that are taken before the first flip, and in all.
pub(super) const SLOPES: (usize, usize) = (6, 10);
/// With a larger standard deviation of the expected margin a slope is worth its cost.
const DOUBTFUL: f64 = 0.3;
/// Less chance than this, where nothing flips yet, is no hope.
const HOPELESS: f64 = 0.01;
/// With less hope than this it ends: a change that is 2 % smaller, with a probability of a two-hundredth.
const ENOUGH: f64 = 1e-4;
/// Where any flip will do, how much the chance counts: a change that is smaller by a tenth counts as much as a chance that is larger by
/// a hundredth of itself.
const ANY: f64 = 1e4;
/// Where a small flip is wanted, the first may be about as large as this says.
const SMALL: f64 = 2.0;
/// The stream of random numbers.
const STREAM: u64 = (1 << 32) + 2;

/// What a hunt knows of the frame and the bounds.
pub(super) struct Hunt<'h> {
    rays: Rays,
    places: Places,
    candidates: Candidates<'h>,
    random: Seeded,
}

impl<'h> Hunt<'h> {
    pub(super) fn new(looks: &Looks<'h, '_>) -> Self {
        let rays = Rays::new(looks);
        let mut random = Seeded::stream(looks.session.search().seed, STREAM);
        let corners = lattice(&looks.bounds, &looks.origin);
        Self {
            places: Places::new(looks.session.frame()),
            candidates: Candidates::new(looks.genes, &rays, &corners, &mut random),
            rays,
            random,
        }
    }

    /// Any flip.
    pub(super) fn any(&mut self, looks: &mut Looks<'h, '_>) -> Result<(), SearchError> {
        self.first(looks, ANY)
    }

    /// A flip that is small.
    pub(super) fn small(&mut self, looks: &mut Looks<'h, '_>) -> Result<(), SearchError> {
        self.first(looks, SMALL)
    }

    /// Looks where most is hoped until something flips; `larger`: what counts as small, of the largest change.
    fn first(&mut self, looks: &mut Looks<'h, '_>, larger: f64) -> Result<(), SearchError> {
        let largest = self.candidates.largest();
        let aim = Aim {
            reach: largest,
            size: largest * larger,
            threshold: margin(looks.session.flipping_energy()),
        };
        for _ in 0..LOOKS {
            if !looks.session.goes_on() || looks.smallest_flip().is_some() {
                break;
            }
            let Some(next) = self.next(looks, aim) else {
                break;
            };
            if next.chance < HOPELESS {
                break;
            }
            look(looks, &next, SLOPES.0)?;
        }
        Ok(())
    }

    /// Smaller flips than the smallest, until little is hoped from any other.
    pub(super) fn smaller(&mut self, looks: &mut Looks<'h, '_>) -> Result<(), SearchError> {
        let threshold = margin(looks.session.flipping_energy());
        let patience = match looks.session.search().budget.evaluations {
            Some(_) => BARREN_WITH_BUDGET,
            None => BARREN,
        };
        let (mut reference, mut barren) = (f64::INFINITY, 0);
        for _ in 0..SMALLER {
            if !looks.session.goes_on() {
                break;
            }
            let Some((genes, smallest)) = looks.smallest_flip() else {
                break;
            };
            if smallest < reference * (1.0 - NOTICEABLE) {
                (reference, barren) = (smallest, 0);
            } else {
                barren += 1;
            }
            if barren >= patience {
                break;
            }
            self.candidates.add(&self.rays, self.rays.direction(&genes));
            let size = self.rays.sizes.of(&looks.genes.perturbation(&genes));
            let aim = Aim {
                reach: size,
                size,
                threshold,
            };
            let Some(next) = self.next(looks, aim).filter(|next| next.hope > ENOUGH) else {
                break;
            };
            look(looks, &next, SLOPES.1)?;
        }
        Ok(())
    }

    fn next(&mut self, looks: &Looks<'h, '_>, aim: Aim) -> Option<Candidate> {
        let expected = Expected::new(looks, &self.rays, &self.places)?;
        self.candidates
            .best(&self.rays, &expected, aim, &mut self.random)
    }
}

/// Looks at a candidate, with its slope where the expectation is doubtful and fewer than so many slopes were taken.
fn look(looks: &mut Looks<'_, '_>, next: &Candidate, slopes: usize) -> Result<(), SearchError> {
    // Where there are no gradients, there are none.
    let with_slope = next.doubt > DOUBTFUL && (1..slopes).contains(&looks.slopes().len());
    if !(with_slope && looks.slope(&next.point)?) {
        looks.judge(std::slice::from_ref(&next.point))?;
        looks.session.generation += 1;
    }
    Ok(())
}
