//! The first step of 8 bits: values are truncated, so that a gain just below 1, or an offset just below 0, takes one level from every value
//! of a channel at once. Along such a ray the size of a change begins with that step, and a flip may need no more. All combinations of
//! these steps are few enough to be candidates.

use super::ray::Rays;
use crate::search::attack::Genes;

/// Such a share of a number's range is certain to lie within the first step.
const JUST: f64 = 1e-3;
/// Numbers whose steps are combined: with six, there would be 63 combinations, most of them two steps of the same channel.
const MOST: usize = 3;

/// The combinations of the steps that change anything.
pub(super) fn points(genes: &dyn Genes, rays: &Rays) -> Vec<Vec<f64>> {
    let below = |number: usize| -> Option<f64> {
        let (from, &[low, high]) = rays.origin.get(number).zip(rays.bounds.get(number))?;
        let to = (from - JUST * (high - low)).max(low);
        let mut point = rays.origin.clone();
        *point.get_mut(number)? = to;
        (rays.sizes.of(&genes.perturbation(&point)) > 0.0).then_some(to)
    };
    let steps: Vec<(usize, f64)> = (0..rays.origin.len())
        .filter_map(|number| Some((number, below(number)?)))
        .take(MOST)
        .collect();
    (1..1_usize << steps.len())
        .map(|chosen| {
            let mut point = rays.origin.clone();
            for (at, &(number, to)) in steps.iter().enumerate() {
                if let Some(value) = point.get_mut(number).filter(|_| chosen >> at & 1 == 1) {
                    *value = to;
                }
            }
            point
        })
        .collect()
}
