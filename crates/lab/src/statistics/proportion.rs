//! A rate with its counts, and its uncertainty.

use super::special::{beta_quantile, two_sided_z};
use super::{Interval, StatisticsError, check_level};

/// `count` of `total`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proportion {
    count: u64,
    total: u64,
}

impl Proportion {
    /// `count` of `total`.
    ///
    /// # Errors
    /// If the total is zero, or less than the count.
    pub fn new(count: u64, total: u64) -> Result<Self, StatisticsError> {
        if total == 0 || count > total {
            return Err(StatisticsError::Proportion { count, total });
        }
        Ok(Self { count, total })
    }

    /// How many are counted.
    #[must_use]
    pub fn count(self) -> u64 {
        self.count
    }

    /// Of how many.
    #[must_use]
    pub fn total(self) -> u64 {
        self.total
    }

    /// p = count / total, from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.count as f64 / self.total as f64
    }

    /// Wilson's score interval: the p₀ with |p − p₀| ≤ z √(p₀ (1 − p₀) / n), which is
    /// (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n).
    ///
    /// On average close to its nominal level; preferred for rates with moderate counts. Wilson 1927, J Am Stat Assoc
    /// 22:209–212, doi 10.1080/01621459.1927.10502953; Brown, Cai and DasGupta 2001, Stat Sci 16:101–133.
    ///
    /// # Errors
    /// If the level is not between 0 and 1.
    pub fn wilson(self, level: f64) -> Result<Interval, StatisticsError> {
        check_level(level)?;
        let n = self.total as f64;
        let p = self.value();
        let z = two_sided_z(level);
        let spread = z / n * (p * (1.0 - p) * n + z * z / 4.0).sqrt();
        let scale = 1.0 + z * z / n;
        let centre = p + z * z / (2.0 * n);
        // At the ends the difference is 0 except for rounding.
        let none = self.count == 0;
        let all = self.count == self.total;
        Ok(Interval {
            lower: if none { 0.0 } else { (centre - spread) / scale },
            upper: if all { 1.0 } else { (centre + spread) / scale },
        })
    }

    /// Clopper and Pearson's interval: the p₀ for which neither tail of the binomial distribution is below (1 − level)/2; its
    /// ends are the quantiles B(α/2; k, n − k + 1) and B(1 − α/2; k + 1, n − k) of the beta distribution.
    ///
    /// Never below its nominal level, and so wider than Wilson's. Clopper and Pearson 1934, Biometrika 26:404–413, doi
    /// 10.1093/biomet/26.4.404.
    ///
    /// # Errors
    /// If the level is not between 0 and 1.
    pub fn clopper_pearson(self, level: f64) -> Result<Interval, StatisticsError> {
        check_level(level)?;
        let (k, rest) = (self.count as f64, (self.total - self.count) as f64);
        let tail = (1.0 - level) / 2.0;
        let lower = match self.count {
            0 => 0.0,
            _ => beta_quantile(k, rest + 1.0, tail),
        };
        // By symmetry: the upper end for k of n is one minus the lower end for n − k of n.
        let upper = match self.total - self.count {
            0 => 1.0,
            _ => 1.0 - beta_quantile(rest, k + 1.0, tail),
        };
        Ok(Interval { lower, upper })
    }
}
