//! The first step of 8 bits: values are truncated, so that a gain just below 1, or an offset just below 0, takes one level from every value
//! of a channel at once. Along such a ray the size of a change begins with that step, and a flip may need no more. All combinations of
//! these steps are few enough to be judged.

use super::looks::Looks;
use super::ray::Rays;
use super::slope::Slope;
use super::surrogate::Surrogate;
use crate::search::error::SearchError;

/// Such a share of a number's range is certain to lie within the first step.
const JUST: f64 = 1e-3;
/// Numbers whose steps are combined: with six, there would be 63 combinations, most of them two steps of the same channel.
const MOST: usize = 3;
/// A combination is judged if the slopes, taken this many times, bring it to the threshold: near the original they say too little.
const TRUST: f64 = 4.0;

/// Judges the combinations that may flip.
pub(super) fn judge(
    looks: &mut Looks<'_, '_>,
    rays: &Rays,
    slopes: &[Slope],
    threshold: f64,
) -> Result<(), SearchError> {
    let points = points(looks, rays);
    let Some(here) = looks.margin(&looks.origin) else {
        return Ok(());
    };
    let hopeful: Vec<Vec<f64>> = {
        let surrogate = Surrogate::new(looks, slopes);
        let reaches = |point: &Vec<f64>| {
            let expected = here - surrogate.expect(point);
            slopes.is_empty() || TRUST * expected >= here - threshold
        };
        points.into_iter().filter(reaches).collect()
    };
    looks.judge(&hopeful)?;
    looks.session.generation += 1;
    Ok(())
}

/// The combinations of the steps that change anything.
fn points(looks: &Looks<'_, '_>, rays: &Rays) -> Vec<Vec<f64>> {
    let below = |number: usize| -> Option<f64> {
        let (from, &[low, high]) = looks.origin.get(number).zip(looks.bounds.get(number))?;
        let to = (from - JUST * (high - low)).max(low);
        let mut point = looks.origin.clone();
        *point.get_mut(number)? = to;
        (rays.sizes.of(&looks.genes.perturbation(&point)) > 0.0).then_some(to)
    };
    let steps: Vec<(usize, f64)> = (0..looks.origin.len())
        .filter_map(|number| Some((number, below(number)?)))
        .take(MOST)
        .collect();
    (1..1_usize << steps.len())
        .map(|chosen| {
            let mut point = looks.origin.clone();
            for (at, &(number, to)) in steps.iter().enumerate() {
                if let Some(value) = point.get_mut(number).filter(|_| chosen >> at & 1 == 1) {
                    *value = to;
                }
            }
            point
        })
        .collect()
}
