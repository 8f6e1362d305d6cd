//! How far apart verdicts in two types are: measured on frames of the search itself that are judged in both.

use flipscope_model::Verdict;

/// How many times the largest difference seen the margin is. Of five differences that are distributed normally about 0, the largest is 1.6
/// standard deviations in the median: twice that leaves 0.2 % of the next ones outside, and fewer with every frame that is added.
pub const MARGIN_FACTOR: f64 = 2.0;

/// Probabilities are not told apart from 0 and 1 beyond this: a type of 24 bits does not, beside 1.
const LEAST: f64 = f32::EPSILON as f64;

/// The margin within which a verdict in the other type decides nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Margin {
    largest: f64,
    frames: u64,
}

impl Margin {
    /// Log-odds of one frame in both types.
    pub(super) fn measured(&mut self, proposed: f64, exact: f64) {
        self.largest = self.largest.max((proposed - exact).abs());
        self.frames += 1;
    }

    /// In log-odds of melanoma.
    pub(super) fn value(&self) -> f64 {
        MARGIN_FACTOR * self.largest
    }

    /// How many frames it was measured on.
    pub(super) fn frames(&self) -> u64 {
        self.frames
    }
}

/// The log-odds of melanoma: where a type's rounding moves a verdict by as much near 0.5 as near 1. From the probabilities of the classes,
/// since 1 − P has lost its digits where P is near 1.
pub(super) fn log_odds(verdict: &Verdict, melanoma_classes: &[usize]) -> f64 {
    let mut sums = [0.0_f64; 2];
    for (class, p) in verdict.probabilities.iter().enumerate() {
        let [melanoma, other] = &mut sums;
        *(if melanoma_classes.contains(&class) {
            melanoma
        } else {
            other
        }) += f64::from(*p);
    }
    let [melanoma, other] = sums.map(|sum| sum.max(LEAST));
    (melanoma / other).ln()
}

/// The log-odds of a probability.
pub(super) fn log_odds_of(p: f64) -> f64 {
    (p.max(LEAST) / (1.0 - p).max(LEAST)).ln()
}

/// The probability of log-odds.
pub(super) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_twice_the_largest_difference_of_the_frames_seen() {
        let mut margin = Margin::default();
        assert_eq!((margin.value(), margin.frames()), (0.0, 0));
        margin.measured(1.0, 0.75);
        margin.measured(-2.0, -1.5);
        margin.measured(0.0, 0.125);
        assert_eq!((margin.value(), margin.frames()), (1.0, 3));
    }

    #[test]
    fn log_odds_are_those_of_the_classes_that_mean_melanoma() {
        let verdict = |probabilities: [f32; 3]| Verdict {
            probabilities: probabilities.to_vec(),
            p_melanoma: probabilities[1] + probabilities[2],
        };
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} {b}");
        close(log_odds(&verdict([0.5, 0.25, 0.25]), &[1, 2]), 0.0);
        close(log_odds(&verdict([0.25, 0.5, 0.25]), &[1, 2]), 3_f64.ln());
        // 1 − P would be 0 here.
        let sure = log_odds(&verdict([1e-6, 1.0, 0.0]), &[1]);
        close(sure, 1e6_f64.ln());
        assert!(log_odds(&verdict([0.0, 1.0, 0.0]), &[1]).is_finite());
        for p in [0.1, 0.5, 0.9] {
            close(probability(log_odds_of(p)), p);
        }
        assert!(log_odds_of(0.0).is_finite() && log_odds_of(1.0).is_finite());
    }
}
