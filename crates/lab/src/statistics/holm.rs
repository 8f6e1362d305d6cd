//! Correction for multiple tests, some of which would be significant by chance.

use super::{StatisticsError, check_probability};

/// Holm's step-down correction: p-values, in order, adjusted so that calling those at or below α significant is wrong about any
/// of them with probability at most α, whatever the dependence between them.
///
/// With p₍₁₎ ≤ … ≤ p₍ₙ₎, the adjusted p₍ᵢ₎ is the largest of min(1, (n − j + 1) p₍ⱼ₎) over j ≤ i. Holm 1979, Scand J Stat 6:65–70.
///
/// # Errors
/// If one of them is not from 0 to 1.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, StatisticsError> {
    for &p in p_values {
        check_probability(p)?;
    }
    let mut order: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut largest = 0.0_f64;
    for (rank, (at, p)) in order.into_iter().enumerate() {
        let questions = (p_values.len() - rank) as f64;
        largest = largest.max((questions * p).min(1.0));
        if let Some(its) = adjusted.get_mut(at) {
            *its = largest;
        }
    }
    Ok(adjusted)
}
