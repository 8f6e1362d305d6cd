//! The area under the ROC curve.

use super::{ScoredCase, StatisticsError, sides};

/// The area under the empirical ROC curve: the share of pairs of a melanoma and a nevus in which the melanoma scores higher,
/// ties counting one half; U / (m n) of Mann and Whitney 1947 (doi 10.1214/aoms/1177730491). Hanley and McNeil 1982, Radiology
/// 143:29–36, doi 10.1148/radiology.143.1.7063747.
///
/// # Errors
/// If a score is not finite, or there is no melanoma or no nevus.
pub fn auc(judged: &[ScoredCase]) -> Result<f64, StatisticsError> {
    let (melanomas, nevi) = sides(judged, 1)?;
    let m = melanomas.len() as f64;
    let all: Vec<f64> = melanomas.iter().chain(&nevi).copied().collect();
    let ranks: f64 = midranks(&all).iter().take(melanomas.len()).sum();
    Ok((ranks - m * (m + 1.0) / 2.0) / (m * nevi.len() as f64))
}

/// The rank of each value, from 1; equal values share the mean of their ranks.
pub(super) fn midranks(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    sorted.sort_unstable_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    // -0.0 and 0.0 are equal, and adjacent.
    for ties in sorted.chunk_by(|(_, a), (_, b)| a == b) {
        let rank = before as f64 + f64::midpoint(1.0, ties.len() as f64);
        for &(at, _) in ties {
            if let Some(its) = ranks.get_mut(at) {
                *its = rank;
            }
        }
        before += ties.len();
    }
    ranks
}
