//! The distributions that the tests and intervals need, based on `statrs`' special functions.

use std::f64::consts::SQRT_2;

use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::{erfc, erfc_inv};

/// Degrees of freedom above which Student's t equals the normal distribution to nine digits.
const NORMAL: f64 = 1e9;

/// The standard normal quantile z with P(|Z| ≤ z) = `level`, for a level between 0 and 1.
pub(crate) fn two_sided_z(level: f64) -> f64 {
    SQRT_2 * erfc_inv(1.0 - level)
}

/// P(|Z| ≥ |z|) for a standard normal Z.
pub(super) fn two_sided_p(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// The quantile t with P(|T| ≤ t) = `level` of Student's t with `freedom` degrees of freedom (at least 1), for a level between
/// 0 and 1: T² / (ν + T²) has the beta distribution with 1/2 and ν/2.
pub(crate) fn two_sided_t(level: f64, freedom: f64) -> f64 {
    if freedom > NORMAL {
        return two_sided_z(level);
    }
    let x = beta_quantile(0.5, freedom / 2.0, level);
    (freedom * x / (1.0 - x)).sqrt()
}

/// P(|T| ≥ |t|) for Student's t with `freedom` degrees of freedom (at least 1); `t` may be infinite.
pub(crate) fn two_sided_t_p(t: f64, freedom: f64) -> f64 {
    if freedom > NORMAL {
        return two_sided_p(t);
    }
    beta_cdf(freedom / 2.0, 0.5, freedom / (freedom + t * t))
}

/// P(X ≥ x) for chi-square with one degree of freedom: the square of a standard normal.
pub(super) fn chi_square_tail(x: f64) -> f64 {
    two_sided_p(x.sqrt())
}

/// P(X ≤ `count`) for a binomial X with `total` trials of probability `p`: I₁₋ₚ(total − count, count + 1).
pub(super) fn binomial_cdf(count: u64, total: u64, p: f64) -> f64 {
    if count >= total {
        return 1.0;
    }
    beta_cdf((total - count) as f64, count as f64 + 1.0, 1.0 - p)
}

/// The quantile of the beta distribution: the x where the regularised incomplete beta function Iₓ(a, b) is `q`; a, b > 0.
///
/// By bisection, to the last bit: Iₓ increases with x, and there is no start value to go wrong.
pub(super) fn beta_quantile(a: f64, b: f64, q: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        if beta_cdf(a, b, middle) < q {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// Iₓ(a, b). The arguments from callers in this file are in range; otherwise the result would be meaningless.
fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    checked_beta_reg(a, b, x).unwrap_or(f64::NAN)
}
