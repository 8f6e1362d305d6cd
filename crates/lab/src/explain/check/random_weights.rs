//! The parameter-randomisation test (Adebayo et al. 2018, "Sanity Checks for Saliency Maps", arXiv 1810.03292): a map that looks the same
//! for a network whose weights are in a random order shows the picture, not what the network has learned.

use serde::{Deserialize, Serialize};

use super::super::map::Map;
use flipscope_language::{decimal, text};

/// From this rank correlation on, a map has survived.
pub const SURVIVES: f64 = 0.5;

/// How alike two maps are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Spearman's rank correlation of the values; none if one map is flat.
    pub values: Option<f64>,
    /// The same of their distances from the value of the frame itself (a probability), or from 0.
    pub sizes: Option<f64>,
    /// Whether either reaches [`SURVIVES`], so that the map should not be believed.
    pub survives: bool,
}

/// Compares a map with that of a network with random weights.
#[must_use]
pub fn compare(map: &Map, random: &Map) -> Comparison {
    let values = spearman(&map.values, &random.values);
    let sizes = spearman(&sizes(map), &sizes(random));
    let high = |correlation: Option<f64>| correlation.is_some_and(|value| value >= SURVIVES);
    Comparison {
        values,
        sizes,
        survives: high(values) || high(sizes),
    }
}

fn sizes(map: &Map) -> Vec<f32> {
    let centre = match map.method {
        super::Method::Occlusion { .. } | super::Method::Landscape => map.base,
        _ => 0.0,
    };
    map.values
        .iter()
        .map(|value| (value - centre).abs())
        .collect()
}

impl Comparison {
    /// In one sentence of the thread's language.
    #[must_use]
    pub fn sentence(&self) -> String {
        let said = |value: Option<f64>| {
            let flat = || text!("random-weights-flat").to_owned();
            value.map_or_else(flat, |value| decimal(format!("{value:.2}")))
        };
        let verdict = if self.survives {
            text!("random-weights-survives")
        } else {
            text!("random-weights-does-not")
        };
        text!(
            "random-weights-correlation",
            values = said(self.values),
            sizes = said(self.sizes),
            verdict = verdict
        )
    }
}

/// Spearman's rank correlation of the pairs in which both are finite; `None` if one side does not vary.
fn spearman(a: &[f32], b: &[f32]) -> Option<f64> {
    let pairs: Vec<(f32, f32)> = (a.iter().copied().zip(b.iter().copied()))
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .collect();
    let (a, b): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
    let (a, b) = (ranks(&a), ranks(&b));
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let (mut product, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(&b) {
        product += (a - mean) * (b - mean);
        of_a += (a - mean).powi(2);
        of_b += (b - mean).powi(2);
    }
    (of_a > 0.0 && of_b > 0.0).then(|| product / (of_a * of_b).sqrt())
}

/// Ranks from 0; equal values share the mean of theirs.
fn ranks(values: &[f32]) -> Vec<f64> {
    let mut order: Vec<(usize, f32)> = values.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    // −0 and 0 are equal, though they are sorted apart.
    for tied in order.chunk_by(|(_, a), (_, b)| a == b) {
        let rank = first as f64 + (tied.len() as f64 - 1.0) / 2.0;
        for (at, _) in tied {
            if let Some(place) = ranks.get_mut(*at) {
                *place = rank;
            }
        }
        first += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlations_are_scipys() {
        // scipy.stats.spearmanr([3, 1, 4, 1, 5, 9, 2], [2, 7, 1, 8, 2, 8, 1]).statistic
        let a = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0];
        let b = [2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0];
        let value = spearman(&a, &b).unwrap();
        assert!((value - -0.083_347_625_989_871_57).abs() < 1e-12, "{value}");
        assert_eq!(spearman(&a, &a), Some(1.0));
        assert_eq!(spearman(&a, &a.map(|value| -value)), Some(-1.0));
        assert_eq!(spearman(&a, &[0.5; 7]), None);
        assert_eq!(spearman(&[f32::NAN], &[1.0]), None);
        assert_eq!(ranks(&[0.0, -0.0, 1.0]), [0.5, 0.5, 2.0]);
    }
}
