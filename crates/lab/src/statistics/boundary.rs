//! Intervals where the usual ones collapse: an AUC whose variance is estimated as 0 (perfect separation, or every score equal), and
//! the mean of two rates of which one may be 0 or 1.

use super::special::two_sided_z;
use super::{DeLong, Interval, Proportion, StatisticsError, check_level};

/// An estimated variance below this is 0 except for rounding: the smallest true one for 100,000 lesions of each kind is 1e-20.
const NO_VARIANCE: f64 = 1e-26;

/// The method for the interval of an AUC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AucIntervalMethod {
    /// [`DeLong::interval`].
    DeLong,
    /// [`newcombe_auc_interval`], since DeLong's variance is 0.
    Newcombe,
}

impl AucIntervalMethod {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DeLong => "DeLong",
            Self::Newcombe => "Newcombe 2006, method 5 (DeLong's variance is 0)",
        }
    }
}

impl DeLong {
    /// DeLong's interval, or Newcombe's if DeLong's variance is 0 and so gives none; with the method.
    ///
    /// # Errors
    /// If the level is not between 0 and 1.
    pub fn sound_interval(
        &self,
        level: f64,
    ) -> Result<(Interval, AucIntervalMethod), StatisticsError> {
        if self.variance() > NO_VARIANCE {
            return Ok((self.interval(level)?, AucIntervalMethod::DeLong));
        }
        let (melanomas, nevi) = self.counts();
        let interval = newcombe_auc_interval(self.auc(), melanomas, nevi, level)?;
        Ok((interval, AucIntervalMethod::Newcombe))
    }
}

/// Whether a variance is 0 except for rounding, so that nothing can be divided by its root.
#[must_use]
pub fn is_zero_variance(variance: f64) -> bool {
    variance <= NO_VARIANCE
}

/// The interval of an AUC θ̂ for m melanomas and n nevi by a score method that is valid up to 0 and 1: the θ with (θ − θ̂)² ≤
/// z² V(θ), V(θ) = θ (1 − θ) (1 + N (1 − θ) / (2 − θ) + N θ / (1 + θ)) / (m n), N = (m + n) / 2 − 1.
///
/// V is the variance of Hanley and McNeil 1982 (Radiology 143:29–36) for exponential scores with m − 1 and n − 1 replaced by their
/// mean. Newcombe 2006, Stat Med 25:559–573, doi 10.1002/sim.2324, method 5. It takes lesions as independent.
///
/// # Errors
/// If the level is not between 0 and 1, there is no melanoma or no nevus, or `auc` is not from 0 to 1.
pub fn newcombe_auc_interval(
    auc: f64,
    melanomas: usize,
    nevi: usize,
    level: f64,
) -> Result<Interval, StatisticsError> {
    check_level(level)?;
    super::check_probability(auc)?;
    for (kind, have) in [("melanomas", melanomas), ("nevi", nevi)] {
        super::at_least_one(kind, have)?;
    }
    let (m, n) = (melanomas as f64, nevi as f64);
    let z = two_sided_z(level);
    let mean = f64::midpoint(m, n) - 1.0;
    let variance = |area: f64| {
        let more = mean * (1.0 - area) / (2.0 - area) + mean * area / (1.0 + area);
        area * (1.0 - area) * (1.0 + more) / (m * n)
    };
    let is_outside = |area: f64| (area - auc).powi(2) > z * z * variance(area);
    Ok(Interval {
        lower: boundary(0.0, auc, &is_outside),
        upper: boundary(1.0, auc, &is_outside),
    })
}

/// Where the interval ends on the way from `inside` to `end`, by bisection to the last bit.
fn boundary(end: f64, inside: f64, is_outside: &dyn Fn(f64) -> bool) -> f64 {
    let (mut out, mut within) = (end, inside);
    if !is_outside(out) {
        return out;
    }
    loop {
        let middle = f64::midpoint(out, within);
        if middle == out || middle == within {
            return middle;
        }
        if is_outside(middle) {
            out = middle;
        } else {
            within = middle;
        }
    }
}

/// The interval of the mean of two independent rates (balanced accuracy: sensitivity and specificity) from Wilson's intervals
/// of both, by the method of variance estimates recovery (MOVER): below, half the root of the sum of the squared distances to
/// the lower ends; above likewise. It does not collapse if a rate is 0 or 1. Newcombe 1998, Stat Med 17:873–890, doi
/// `10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I`, method 10, for a sum: Zou and Donner 2008, Stat Med
/// 27:1693–1702, doi 10.1002/sim.3095. It takes lesions as independent.
///
/// # Errors
/// If the level is not between 0 and 1.
pub fn mean_proportion(
    first: Proportion,
    second: Proportion,
    level: f64,
) -> Result<Interval, StatisticsError> {
    let (one, two) = (first.wilson(level)?, second.wilson(level)?);
    let mean = f64::midpoint(first.value(), second.value());
    let below = (first.value() - one.lower).hypot(second.value() - two.lower);
    let above = (one.upper - first.value()).hypot(two.upper - second.value());
    Ok(Interval {
        lower: mean - below / 2.0,
        upper: mean + above / 2.0,
    })
}

#[cfg(test)]
#[allow(
    clippy::unreadable_literal,
    clippy::type_complexity,
    reason = "golden values as the script prints them"
)]
mod tests {
    use super::*;
    use crate::statistics::ScoredCase;

    fn judged(melanomas: &[f64], nevi: &[f64]) -> Vec<ScoredCase> {
        let of = |score: &f64, melanoma| ScoredCase {
            score: *score,
            melanoma,
        };
        let melanomas = melanomas.iter().map(|score| of(score, true));
        melanomas
            .chain(nevi.iter().map(|score| of(score, false)))
            .collect()
    }

    #[test]
    fn an_area_of_one_or_of_zero_has_an_interval_that_is_no_point() {
        let perfect = DeLong::new(&judged(&[0.9, 0.8, 0.7], &[0.1, 0.2, 0.3])).unwrap();
        let inverted = DeLong::new(&judged(&[0.1, 0.2, 0.3], &[0.9, 0.8, 0.7])).unwrap();
        let tied = DeLong::new(&judged(&[0.5; 3], &[0.5; 3])).unwrap();
        let (one, method) = perfect.sound_interval(0.95).unwrap();
        assert_eq!((one.upper, method), (1.0, AucIntervalMethod::Newcombe));
        assert!(one.lower > 0.3 && one.lower < 0.75, "{one:?}");
        let (zero, _) = inverted.sound_interval(0.95).unwrap();
        assert!(zero.lower == 0.0 && (zero.upper - (1.0 - one.lower)).abs() < 1e-12);
        let (half, method) = tied.sound_interval(0.95).unwrap();
        assert_eq!(method, AucIntervalMethod::Newcombe);
        assert!(half.lower < 0.3 && half.upper > 0.7, "{half:?}");
        let usual = DeLong::new(&judged(&[0.9, 0.4, 0.7], &[0.1, 0.5, 0.3])).unwrap();
        let (interval, method) = usual.sound_interval(0.95).unwrap();
        assert_eq!(method, AucIntervalMethod::DeLong);
        assert_eq!(interval, usual.interval(0.95).unwrap());
    }

    #[test]
    fn the_ends_solve_their_equation() {
        // tests/golden/statistics/boundary.py, which solves it in decimals of 50 digits.
        for (auc, m, n, lower, upper) in GOLDEN {
            let interval = newcombe_auc_interval(auc, m, n, 0.95).unwrap();
            assert!(
                (interval.lower - lower).abs() < 1e-9,
                "{auc} {m} {n}: {interval:?}"
            );
            assert!(
                (interval.upper - upper).abs() < 1e-9,
                "{auc} {m} {n}: {interval:?}"
            );
        }
        assert!(newcombe_auc_interval(1.0, 0, 3, 0.95).is_err());
        assert!(newcombe_auc_interval(1.5, 3, 3, 0.95).is_err());
        assert!(newcombe_auc_interval(1.0, 3, 3, 1.0).is_err());
    }

    #[test]
    fn a_balanced_accuracy_of_one_is_as_sure_as_its_rates() {
        let all = |total| Proportion::new(total, total).unwrap();
        for (first, second, lower, upper) in MEANS {
            let interval = mean_proportion(
                Proportion::new(first.0, first.1).unwrap(),
                Proportion::new(second.0, second.1).unwrap(),
                0.95,
            )
            .unwrap();
            assert!((interval.lower - lower).abs() < 1e-9, "{interval:?}");
            assert!((interval.upper - upper).abs() < 1e-9, "{interval:?}");
        }
        let perfect = mean_proportion(all(5), all(5), 0.95).unwrap();
        assert!(perfect.lower > 0.5 && perfect.lower < 0.8 && perfect.upper == 1.0);
    }

    include!("boundary_golden.rs");
}
