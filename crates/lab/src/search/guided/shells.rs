//! Shells: changes of the same size in many directions. From small to large they find a flip that is small; around the smallest flip they
//! find smaller ones. This needs no gradient, and no margin that bends smoothly.

use super::lattice::lattice;
use super::looks::Looks;
use super::ray::{Rays, nearby, normalised};
use crate::search::error::SearchError;
use crate::search::evolution::sobol;
use crate::search::strategy::Strategy;
use flipscope_base::random::{RandomStream as _, Seeded};

/// The smallest shell, as a share of the largest change within the bounds: for poses about a pixel.
const SMALLEST: f64 = 0.003;
/// From one shell to the next.
const GROWTH: f64 = 1.5;
/// Directions on a shell.
const ON_A_SHELL: usize = 8;
/// Directions that are known; each shell takes those that come next.
const KNOWN: usize = 512;
/// Shrinking ends after so many batches that find nothing smaller.
const BARREN: usize = 5;
/// The most batches of shrinking.
const BATCHES: usize = 30;
/// How much smaller the next flips should be, by the number of batches that found nothing: bold first.
const SHARES: [[f64; 4]; 3] = [
    [0.6, 0.75, 0.87, 0.94],
    [0.8, 0.88, 0.94, 0.97],
    [0.92, 0.95, 0.97, 0.985],
];
/// How far directions are from that of the smallest flip.
const WIDTHS: [f64; 4] = [0.0, 0.06, 0.18, 0.5];
/// The stream of random numbers.
const STREAM: u64 = (1 << 32) + 3;

/// Frames of a search for the smallest change, first from small to large, then shrinking: an estimate.
pub(super) const EVALUATIONS: u64 =
    (16 * ON_A_SHELL + BATCHES * (ON_A_SHELL + ON_A_SHELL / 2)) as u64;

/// Shells from small to large, until one has a flip.
pub(super) fn rise(looks: &mut Looks<'_, '_>) -> Result<(), SearchError> {
    // Looks that no other strategy has.
    looks.session.stage = Strategy::Auto;
    let rays = Rays::new(looks);
    let corners = lattice(&looks.bounds, &looks.origin);
    let largest = rays.largest(looks.genes, &corners);
    let mut directions = directions(looks).into_iter().cycle();
    let mut size = largest * SMALLEST;
    while size < largest && !looks.done() {
        let points: Vec<Vec<f64>> = (directions.by_ref().take(KNOWN / 8))
            .filter_map(|direction| rays.of_size(looks.genes, &direction, size))
            .take(ON_A_SHELL)
            .collect();
        looks.judge(&points)?;
        looks.session.generation += 1;
        size *= GROWTH;
    }
    Ok(())
}

/// Smaller flips than the smallest: along its ray, near it, and in other directions, until several batches found none.
pub(super) fn shrink(looks: &mut Looks<'_, '_>) -> Result<(), SearchError> {
    let rays = Rays::new(looks);
    let mut random = Seeded::stream(looks.session.search().seed, STREAM);
    let mut others = directions(looks).into_iter().cycle();
    let (mut barren, mut batches) = (0, 0);
    while barren < BARREN && batches < BATCHES && looks.session.goes_on() {
        let Some((best, size)) = looks.smallest_flip() else {
            return Ok(());
        };
        let direction = rays.direction(&best);
        let shares = SHARES
            .get(barren)
            .or(SHARES.last())
            .copied()
            .unwrap_or([0.95; 4]);
        let mut points = Vec::with_capacity(ON_A_SHELL);
        for (share, wide) in shares.into_iter().zip(WIDTHS) {
            let near = nearby(&direction, wide, &mut random);
            points.extend(rays.of_size(looks.genes, &near, size * share));
            // The bold step with a small turn, and the small step with a bold turn.
            let near = nearby(&direction, 0.5 * random.uniform(), &mut random);
            points.extend(rays.of_size(looks.genes, &near, size * share));
        }
        let other = others.by_ref().take(KNOWN / 8);
        let other = other.filter_map(|other| rays.of_size(looks.genes, &other, size * 0.97));
        points.extend(other.take(if barren == 0 { 0 } else { ON_A_SHELL / 2 }));
        looks.judge(&points)?;
        looks.session.generation += 1;
        batches += 1;
        let after = looks.smallest_flip().map_or(size, |(_, size)| size);
        barren = if after < size * 0.995 { 0 } else { barren + 1 };
    }
    Ok(())
}

/// Directions that fill the sphere evenly: points of a Sobol sequence through the normal distribution.
fn directions(looks: &Looks<'_, '_>) -> Vec<Vec<f64>> {
    let mut random = Seeded::stream(looks.session.search().seed, STREAM + 1);
    let points = sobol::points(looks.bounds.len(), KNOWN, &mut random);
    (points.into_iter())
        .map(|point| normalised(point.into_iter().map(normal).collect()))
        .collect()
}

/// The quantile of the normal distribution, to a thousandth: good enough for directions (Shore 1982, Appl Stat 31: 108).
fn normal(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    let upper = p.max(1.0 - p);
    let quantile = 5.5556 * (1.0 - ((1.0 - upper) / upper).powf(0.1186));
    if p < 0.5 { -quantile } else { quantile }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_near_the_normal_ones() {
        for (p, quantile) in [
            (0.5, 0.0),
            (0.841_345, 1.0),
            (0.158_655, -1.0),
            (0.977_25, 2.0),
        ] {
            assert!((normal(p) - quantile).abs() < 0.02, "{p}: {}", normal(p));
        }
    }
}
