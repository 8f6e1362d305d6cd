//! The uncertainty of an AUC, and whether two AUCs on the same lesions differ, after DeLong.
//!
//! Of m melanomas with scores x and n nevi with scores y, each has a structural component: V₁₀(xᵢ), the share of nevi that
//! melanoma i scores above, and V₀₁(yⱼ), the share of melanomas that score above nevus j; ties count one half. The AUC is the
//! mean of either, and its variance s₁₀/m + s₀₁/n, with the sample variances s₁₀ of V₁₀ and s₀₁ of V₀₁; likewise the
//! covariance of two AUCs. DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837–845, doi 10.2307/2531595; the components
//! from midranks in O(n log n): Sun and Xu 2014, IEEE Signal Process Lett 21:1389–1393, doi 10.1109/LSP.2014.2337313.
//!
//! Written here since no crate has it: `statrs` stops at distributions.

use super::auc::midranks;
use super::special::{two_sided_p, two_sided_z};
use super::{Interval, ScoredCase, StatisticsError, check_level, sides};
use flipscope_language::{as_text, text};

/// An AUC with its structural components.
#[derive(Clone, Debug, PartialEq)]
pub struct DeLong {
    auc: f64,
    /// V₁₀, one per melanoma, in order.
    of_melanomas: Vec<f64>,
    /// V₀₁, one per nevus, in order.
    of_nevi: Vec<f64>,
    /// Which of the lesions were melanomas, to check that another model saw the same.
    melanomas: Vec<bool>,
}

/// Two AUCs on the same lesions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The AUC of the first minus that of the second.
    pub difference: f64,
    /// The variance of the difference.
    pub variance: f64,
    /// difference / √variance; 0 if the difference is 0, and infinite if only the variance is.
    pub z: f64,
    /// P(|Z| ≥ |z|), two-sided.
    pub p: f64,
}

impl DeLong {
    /// The AUC of a model's scores.
    ///
    /// # Errors
    /// If a score is not finite, or there are fewer than two melanomas or two nevi.
    pub fn new(judged: &[ScoredCase]) -> Result<Self, StatisticsError> {
        let (melanomas, nevi) = sides(judged, 2)?;
        let (m, n) = (melanomas.len() as f64, nevi.len() as f64);
        let all: Vec<f64> = melanomas.iter().chain(&nevi).copied().collect();
        let among_all = midranks(&all);
        let (first, second) = among_all.split_at(melanomas.len());
        let of_melanomas: Vec<f64> = first
            .iter()
            .zip(midranks(&melanomas))
            .map(|(all, own)| (all - own) / n)
            .collect();
        let of_nevi: Vec<f64> = second
            .iter()
            .zip(midranks(&nevi))
            .map(|(all, own)| 1.0 - (all - own) / m)
            .collect();
        // From the ranks, as `auc`: the only rounding is that of one division.
        let auc = (first.iter().sum::<f64>() - m * (m + 1.0) / 2.0) / (m * n);
        Ok(Self {
            auc,
            of_melanomas,
            of_nevi,
            melanomas: judged.iter().map(|one| one.melanoma).collect(),
        })
    }

    /// The AUC, as returned by [`super::auc()`].
    #[must_use]
    pub fn auc(&self) -> f64 {
        self.auc
    }

    /// How many melanomas and nevi there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.of_melanomas.len(), self.of_nevi.len())
    }

    /// The variance of the AUC.
    #[must_use]
    pub fn variance(&self) -> f64 {
        covariance(&self.of_melanomas, &self.of_melanomas) / self.of_melanomas.len() as f64
            + covariance(&self.of_nevi, &self.of_nevi) / self.of_nevi.len() as f64
    }

    /// AUC ± z √variance, clipped to 0..1 (as R's `pROC::ci.auc`). If the classes are separated perfectly, the variance is 0
    /// and the interval a point that says nothing: [`DeLong::sound_interval`] gives a valid one.
    ///
    /// # Errors
    /// If the level is not between 0 and 1.
    pub fn interval(&self, level: f64) -> Result<Interval, StatisticsError> {
        check_level(level)?;
        let spread = two_sided_z(level) * self.variance().sqrt();
        Ok(Interval {
            lower: (self.auc - spread).max(0.0),
            upper: (self.auc + spread).min(1.0),
        })
    }

    /// Whether two models' AUCs on the same lesions, given in the same order, differ.
    ///
    /// # Errors
    /// If the number of lesions differs, or different ones are melanomas.
    pub fn compare(&self, other: &Self) -> Result<Comparison, StatisticsError> {
        if self.melanomas.len() != other.melanomas.len() {
            return Err(StatisticsError::Unpaired(text!(
                "statistics-melanoma-counts-differ",
                melanomas = as_text(&self.melanomas.len()),
                melanomas_2 = as_text(&other.melanomas.len())
            )));
        }
        let pairs = self.melanomas.iter().zip(&other.melanomas);
        if let Some(at) = pairs.into_iter().position(|(one, two)| one != two) {
            return Err(StatisticsError::Unpaired(text!(
                "statistics-truths-differ",
                at = as_text(&at)
            )));
        }
        let minus = |ours: &[f64], theirs: &[f64]| -> Vec<f64> {
            ours.iter()
                .zip(theirs)
                .map(|(our, their)| our - their)
                .collect()
        };
        // Var(A − B) = Var A + Var B − 2 Cov(A, B), computed from the differences, which avoids cancellation.
        let of_melanomas = minus(&self.of_melanomas, &other.of_melanomas);
        let of_nevi = minus(&self.of_nevi, &other.of_nevi);
        let variance = covariance(&of_melanomas, &of_melanomas) / of_melanomas.len() as f64
            + covariance(&of_nevi, &of_nevi) / of_nevi.len() as f64;
        let difference = self.auc - other.auc;
        let z = if difference == 0.0 {
            0.0
        } else {
            difference / variance.sqrt()
        };
        Ok(Comparison {
            difference,
            variance,
            z,
            p: two_sided_p(z),
        })
    }
}

/// The sample covariance, with n − 1.
fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let products = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b));
    products.sum::<f64>() / (n - 1.0)
}
