//! Calibration: whether 70 % means 70 %.

use super::{Proportion, ScoredCase, StatisticsError, check_probability};

/// Lesions with similar P(melanoma).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// P(melanoma) is above this (or 0)...
    pub above: f64,
    /// ...and at most this.
    pub up_to: f64,
    /// The mean P(melanoma).
    pub predicted: f64,
    /// The melanomas among them.
    pub observed: Proportion,
}

/// The reliability curve and the statistics derived from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// From low to high; empty bins are left out.
    pub bins: Vec<Bin>,
    /// Expected calibration error: the mean of |predicted − observed| over the bins, each weighted by its lesions.
    pub ece: f64,
    /// Maximum calibration error: the largest |predicted − observed|.
    pub mce: f64,
    /// Brier score: the mean of (P(melanoma) − is melanoma)².
    pub brier: f64,
}

impl Reliability {
    /// Sorts lesions into `bins` bins of equal width by their P(melanoma). Naeini, Cooper and Hauskrecht 2015, AAAI; Guo et al.
    /// 2017, ICML (arXiv 1706.04599), with P(melanoma) instead of the larger of both probabilities, so that over- and
    /// underestimates of melanoma are visible; the bins are scikit-learn's (`calibration_curve`, `strategy="uniform"`). Brier
    /// 1950, Mon Weather Rev 78:1–3.
    ///
    /// # Errors
    /// If there is no bin or no lesion, or a score is not from 0 to 1.
    pub fn new(judged: &[ScoredCase], bins: usize) -> Result<Self, StatisticsError> {
        for (kind, have) in [("lesions", judged.len()), ("bins", bins)] {
            if have == 0 {
                return Err(StatisticsError::TooFew {
                    kind,
                    have,
                    need: 1,
                });
            }
        }
        for one in judged {
            check_probability(one.score)?;
        }
        let width = 1.0 / bins as f64;
        let edge = |at: usize| if at == bins { 1.0 } else { at as f64 * width };
        let inner: Vec<f64> = (1..bins).map(edge).collect();
        let mut members: Vec<Vec<&ScoredCase>> = vec![Vec::new(); bins];
        for one in judged {
            let at = inner.partition_point(|edge| *edge < one.score);
            if let Some(bin) = members.get_mut(at) {
                bin.push(one);
            }
        }
        let mut curve = Vec::new();
        let (mut ece, mut mce) = (0.0, 0.0_f64);
        for (at, members) in members.iter().enumerate().filter(|(_, of)| !of.is_empty()) {
            let total = members.len() as f64;
            let melanomas = members.iter().filter(|one| one.melanoma).count() as u64;
            let bin = Bin {
                above: edge(at),
                up_to: edge(at + 1),
                predicted: members.iter().map(|one| one.score).sum::<f64>() / total,
                observed: Proportion::new(melanomas, members.len() as u64)?,
            };
            let apart = (bin.predicted - bin.observed.value()).abs();
            ece += apart * total / judged.len() as f64;
            mce = mce.max(apart);
            curve.push(bin);
        }
        let miss = |one: &ScoredCase| (one.score - f64::from(u8::from(one.melanoma))).powi(2);
        let brier = judged.iter().map(miss).sum::<f64>() / judged.len() as f64;
        Ok(Self {
            bins: curve,
            ece,
            mce,
            brier,
        })
    }
}
