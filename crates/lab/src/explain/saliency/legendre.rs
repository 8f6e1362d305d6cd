//! The points and weights of Gauss and Legendre on 0 to 1, by Newton's method from the usual first guess (Press et al., Numerical
//! Recipes, 4.6): those of `numpy.polynomial.legendre.leggauss`, moved.

/// Points from 0 to 1, in order, and weights, which sum to 1. Empty for no points.
pub(super) fn points(count: usize) -> Vec<(f64, f64)> {
    let n = count as f64;
    let mut all = vec![(0.0, 0.0); count];
    for at in 0..count.div_ceil(2) {
        let mut x = (std::f64::consts::PI * (at as f64 + 0.75) / (n + 0.5)).cos();
        let mut slope = 1.0;
        // It converges in three or four.
        for _ in 0..16 {
            let (value, derivative) = legendre(count, x);
            slope = derivative;
            let step = value / derivative;
            x -= step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        let weight = 1.0 / ((1.0 - x * x) * slope * slope);
        for (place, x) in [(at, -x), (count - 1 - at, x)] {
            if let Some(point) = all.get_mut(place) {
                *point = (f64::midpoint(1.0, x), weight);
            }
        }
    }
    all
}

/// The polynomial of a degree, and its derivative.
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for k in 1..=degree {
        let k = k as f64;
        let next = ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k;
        (before, value) = (value, next);
    }
    (value, degree as f64 * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_numpys() {
        // numpy.polynomial.legendre.leggauss(5): nodes and weights on −1 to 1.
        let known = [
            (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
            (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
            (0.0, 0.568_888_888_888_888_9),
        ];
        for ((x, weight), (node, theirs)) in points(5).into_iter().zip(known) {
            assert!((x - f64::midpoint(1.0, node)).abs() < 1e-15, "{x}");
            assert!((weight - theirs / 2.0).abs() < 1e-15, "{weight}");
        }
    }

    #[test]
    fn polynomials_are_integrated_exactly() {
        for count in [1, 2, 7, 50, 401] {
            let points = points(count);
            assert_eq!(points.len(), count);
            assert!(points.windows(2).all(|two| two[0].0 < two[1].0));
            for power in [0, 1, (2 * count - 1).min(60) as i32] {
                let sum: f64 = points.iter().map(|(x, w)| w * x.powi(power)).sum();
                let wanted = 1.0 / (f64::from(power) + 1.0);
                assert!((sum - wanted).abs() < 1e-13, "{count} {power}: {sum}");
            }
        }
        assert!(points(0).is_empty());
    }
}
