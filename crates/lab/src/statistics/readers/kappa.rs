//! Whether readers agree more often than by chance: Cohen's κ for two, Fleiss' κ for many.
//!
//! κ = (p − e) / (1 − e), with the share p of agreeing pairs of answers and the share e that would agree by chance: 1 if all
//! agree, 0 if no more than by chance, below 0 if less. If one answer is far more common than the others, e is close to 1 and κ
//! says little. The intervals treat lesions as the sample and the readers as fixed; both are κ ± z × standard error.
//!
//! Written here since no crate has both with their intervals.

use flipscope_language::text;
use std::collections::BTreeMap;

use super::{Interval, LEVEL, StatisticsError, at_least};
use crate::statistics::special::two_sided_z;

/// A standard error below this is 0 except for rounding.
const ROUNDING: f64 = 1e-7;

/// Agreement beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    /// κ, at most 1.
    pub value: f64,
    /// Its standard error; 0 if all agree, and then the interval is misleadingly narrow.
    pub standard_error: f64,
    /// κ ± z × standard error, 95 %; not clipped to κ's range.
    pub interval: Interval,
}

impl Kappa {
    /// The interval, unless the standard error is 0 and the interval a point that says nothing.
    #[must_use]
    pub fn sound_interval(&self) -> Option<Interval> {
        (self.standard_error > ROUNDING).then_some(self.interval)
    }

    fn new(value: f64, variance: f64) -> Self {
        let standard_error = variance.max(0.0).sqrt();
        let half = two_sided_z(LEVEL) * standard_error;
        Self {
            value,
            standard_error,
            interval: Interval {
                lower: value - half,
                upper: value + half,
            },
        }
    }
}

/// Cohen's κ for two readers (or a reader and the network) who judged the same lesions, unweighted; one pair per lesion, with
/// any numbers for the answers.
///
/// With the shares pᵢⱼ of lesions where the first says i and the second j, and pᵢ₊, p₊ᵢ their sums: e = Σ pᵢ₊ p₊ᵢ. The variance
/// is that of κ itself, not under no agreement: \[Σ pᵢᵢ (1 − (pᵢ₊ + p₊ᵢ)(1 − κ))² + (1 − κ)² Σᵢ≠ⱼ pᵢⱼ (p₊ᵢ + pⱼ₊)² − (κ − e (1
/// − κ))²\] / (n (1 − e)²). Cohen 1960, Educ Psychol Meas 20:37–46, doi 10.1177/001316446002000104; Fleiss, Cohen and Everitt
/// 1969, Psychol Bull 72:323–327, doi 10.1037/h0028106.
///
/// # Errors
/// If there are fewer than two lesions, or both gave the same single answer throughout.
pub fn cohen_kappa(pairs: &[(u32, u32)]) -> Result<Kappa, StatisticsError> {
    at_least(2, pairs.len(), text!("kind-lesions-judged-by-both"))?;
    let n = pairs.len() as f64;
    let share = |answers: &mut dyn Iterator<Item = u32>| {
        let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
        for answer in answers {
            *shares.entry(answer).or_default() += 1.0 / n;
        }
        shares
    };
    let first = share(&mut pairs.iter().map(|pair| pair.0));
    let second = share(&mut pairs.iter().map(|pair| pair.1));
    if first.len() == 1 && first.keys().eq(second.keys()) {
        return Err(StatisticsError::OneCategory);
    }
    let of = |shares: &BTreeMap<u32, f64>, answer| shares.get(&answer).copied().unwrap_or(0.0);
    let chance: f64 = first
        .iter()
        .map(|(&answer, share)| share * of(&second, answer))
        .sum();
    let agreeing = pairs.iter().filter(|(one, other)| one == other).count() as f64 / n;
    let value = (agreeing - chance) / (1.0 - chance);
    let rest = 1.0 - value;
    // Each lesion's term: both sums run over the lesions.
    let terms: f64 = pairs
        .iter()
        .map(|&(one, other)| {
            if one == other {
                (1.0 - (of(&first, one) + of(&second, one)) * rest).powi(2)
            } else {
                (rest * (of(&second, one) + of(&first, other))).powi(2)
            }
        })
        .sum();
    let square = (value - chance * rest).powi(2);
    Ok(Kappa::new(
        value,
        (terms / n - square) / (n * (1.0 - chance).powi(2)),
    ))
}

/// Fleiss' κ for equally many judgements of each lesion, which need not be by the same readers: one row per lesion, with how
/// many judgements gave each category.
///
/// With n judgements per lesion, aᵢ the share of agreeing pairs for lesion i, rᵢⱼ the share of its judgements that say j, and
/// their means a and πⱼ over the N lesions: e = Σ πⱼ². Fleiss 1971, Psychol Bull 76:378–382, doi 10.1037/h0031619, whose own
/// standard error is wrong, and whose corrected one (Fleiss, Nee and Landis 1979) holds for κ = 0 only, so that it cannot give
/// an interval. Here it is the linearised one for κ itself: Σ (κᵢ − κ)² / (N (N − 1)) with κᵢ = (aᵢ − e − 2 (1 − κ)(Σ πⱼ rᵢⱼ −
/// e)) / (1 − e). Gwet 2008, Psychometrika 73:407–430, doi 10.1007/s11336-007-9054-8; R's and Python's `irrCAC` compute it.
///
/// # Errors
/// If there are fewer than two lesions, fewer than two judgements of a lesion, different numbers of judgements or categories,
/// or if all judgements are of one category.
pub fn fleiss_kappa(table: &[Vec<u32>]) -> Result<Kappa, StatisticsError> {
    at_least(2, table.len(), "lesions")?;
    let count = |row: &[u32]| row.iter().map(|&count| u64::from(count)).sum::<u64>();
    let (width, judgements) = table.first().map_or((0, 0), |row| (row.len(), count(row)));
    at_least(2, judgements as usize, text!("kind-judgements-of-a-lesion"))?;
    for (lesion, row) in table.iter().enumerate() {
        if row.len() != width {
            return Err(StatisticsError::Categories {
                lesion,
                have: row.len(),
                need: width,
            });
        }
        if count(row) != judgements {
            return Err(StatisticsError::Uneven {
                lesion,
                have: count(row),
                need: judgements,
            });
        }
    }
    let (lesions, each) = (table.len() as f64, judgements as f64);
    let mut common = vec![0.0; width];
    for row in table {
        for (sum, &count) in common.iter_mut().zip(row) {
            *sum += f64::from(count) / (each * lesions);
        }
    }
    let used = |category: usize| {
        let mut counts = table.iter().filter_map(|row| row.get(category));
        counts.any(|&count| count > 0)
    };
    if (0..width).filter(|&category| used(category)).count() < 2 {
        return Err(StatisticsError::OneCategory);
    }
    let chance: f64 = common.iter().map(|share| share * share).sum();
    let of_lesions: Vec<(f64, f64)> = table
        .iter()
        .map(|row| {
            let (mut agreeing, mut expected) = (0.0, 0.0);
            for (&count, share) in row.iter().zip(&common) {
                let count = f64::from(count);
                agreeing += count * (count - 1.0) / (each * (each - 1.0));
                expected += share * count / each;
            }
            (agreeing, expected)
        })
        .collect();
    let agreeing = of_lesions.iter().map(|(a, _)| a).sum::<f64>() / lesions;
    let value = (agreeing - chance) / (1.0 - chance);
    let squares: f64 = of_lesions
        .iter()
        .map(|(a, expected)| {
            let own = (a - chance - 2.0 * (1.0 - value) * (expected - chance)) / (1.0 - chance);
            (own - value).powi(2)
        })
        .sum();
    Ok(Kappa::new(value, squares / (lesions * (lesions - 1.0))))
}
