//! The margin as it is expected between the points that were judged, with what the slopes say around those where they were taken.
//!
//! It costs no frame, so that thousands of points can be asked about.

use super::colour_effect::Places;
use super::gaussian_process::{Known, Process};
use super::looks::Looks;
use super::margin::margin;
use super::ray::Rays;
use crate::search::attack::Genes;

/// The margin is smooth up to this, as a standard deviation: truncation to 8 bits moves every value by up to a level, and the margin
/// answers to that as to noise. On lesions of ISIC-2017, gains that differ by 0.001 differ in margin by 0.1 to 0.2.
const ROUGH: f64 = 0.12;
/// So far apart, in levels, frames are as good as unrelated in this; nearer ones differ less, as the root of their distance.
const UNRELATED: f64 = 0.25;
/// Places whose squared distance is smaller are one frame.
const SAME: f64 = 1e-9;
/// Points around one with a slope, at which the slope is believed: changes of about this size.
const BELIEVED: f64 = 0.7;
/// The most points that are taken into account: those whose margin is nearest to the threshold.
const MOST: usize = 90;

/// What is expected of the margin.
pub(super) struct Expected<'e> {
    genes: &'e dyn Genes,
    places: &'e Places,
    process: Process,
}

impl<'e> Expected<'e> {
    /// From everything judged; none if nothing is.
    pub(super) fn new(looks: &Looks<'e, '_>, rays: &Rays, places: &'e Places) -> Option<Self> {
        let genes = looks.genes;
        let threshold = margin(looks.session.flipping_energy());
        let known = |point: &[f64], value: f64| Known {
            at: places.of(&genes.perturbation(point)),
            value,
            deviation: ROUGH,
        };
        let mut all: Vec<Known> = (looks.judged().iter())
            .map(|one| known(&one.genes, margin(one.energy)))
            .collect();
        let far = |one: &Known| (one.value - threshold).abs();
        all.sort_by(|a, b| far(a).total_cmp(&far(b)));
        all.truncate(MOST);
        for slope in looks.slopes() {
            for number in 0..slope.at.len() {
                if let Some(point) = rays.beside(&slope.at, number, BELIEVED) {
                    all.push(known(&point, slope.expect(genes, &point)));
                }
            }
        }
        Some(Self {
            process: Process::new(all)?,
            genes,
            places,
        })
    }

    /// The expected margin of a point, and its standard deviation; none for a point whose frame was judged.
    pub(super) fn at(&self, point: &[f64]) -> Option<(f64, f64)> {
        let place = self.places.of(&self.genes.perturbation(point));
        let apart = self.process.nearest(&place);
        (apart > SAME).then(|| {
            let (mean, doubt) = self.process.at(&place);
            let rough = ROUGH * (apart.sqrt() / UNRELATED).sqrt().min(1.0);
            (mean, doubt.hypot(rough))
        })
    }
}
