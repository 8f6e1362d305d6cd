//! The cluster bootstrap: the uncertainty of a statistic if several pictures show one lesion or one patient.

use rayon::prelude::*;

use super::{Interval, StatisticsError, check_level};
use flipscope_base::random::{RandomStream as _, Seeded};

/// Values that are closer than this differ only by rounding.
const ROUNDING: f64 = 1e-12;

/// The result of [`bootstrap()`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    /// The percentile interval.
    pub interval: Interval,
    /// The standard deviation of the statistic over the resamples: its standard error. 0 if only one was defined.
    pub standard_error: f64,
    /// Resamples that were drawn.
    pub resamples: usize,
    /// Resamples for which the statistic was undefined (no melanoma among them, say); they are left out.
    pub undefined: usize,
}

impl Bootstrap {
    /// The interval, unless it is a point: if (nearly) all resamples give one value, the bootstrap says nothing about the
    /// uncertainty.
    #[must_use]
    pub fn sound_interval(&self) -> Option<Interval> {
        let Interval { lower, upper } = self.interval;
        (upper - lower > ROUNDING).then_some(self.interval)
    }
}

/// The percentile interval of a statistic, over resamples of whole groups (lesions, patients): as many groups as there are,
/// drawn with replacement, all of their items each time.
///
/// The (1 − level)/2 and (1 + level)/2 quantiles ([`quantile`]) of the statistic over the resamples. Efron 1979, Ann Stat
/// 7:1–26, doi 10.1214/aos/1176344552; of clusters: Davison and Hinkley 1997, Bootstrap Methods and their Application, 3.8;
/// Field and Welsh 2007, J R Stat Soc B 69:369–390, doi 10.1111/j.1467-9868.2007.00593.x. With few groups (below 20 or so)
/// it is too narrow.
///
/// Resample i uses stream i of the seed, so that the number of threads does not matter. If a statistic is undefined for a
/// resample, it returns none.
///
/// # Errors
/// If the level is not between 0 and 1, there are fewer than two groups, or the statistic is undefined for every resample.
pub fn bootstrap<T: Clone + Send + Sync>(
    groups: &[Vec<T>],
    statistic: impl Fn(&[T]) -> Option<f64> + Sync,
    resamples: usize,
    level: f64,
    seed: u64,
) -> Result<Bootstrap, StatisticsError> {
    check_level(level)?;
    if groups.len() < 2 {
        return Err(StatisticsError::TooFew {
            kind: "groups",
            have: groups.len(),
            need: 2,
        });
    }
    let drawn: Vec<Option<f64>> = (0..resamples)
        .into_par_iter()
        .map(|number| {
            let mut random = Seeded::stream(seed, number as u64);
            let items: Vec<T> = (0..groups.len())
                .filter_map(|_| groups.get(random.below(groups.len())))
                .flatten()
                .cloned()
                .collect();
            statistic(&items)
        })
        .collect();
    let mut values: Vec<f64> = drawn.into_iter().flatten().collect();
    values.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let (Some(lower), Some(upper)) = (quantile(&values, tail), quantile(&values, 1.0 - tail))
    else {
        return Err(StatisticsError::Undefined(resamples));
    };
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Ok(Bootstrap {
        interval: Interval { lower, upper },
        standard_error: (squares / (n - 1.0).max(1.0)).sqrt(),
        resamples,
        undefined: resamples - values.len(),
    })
}

/// The quantile of sorted values at `q` from 0 to 1, by linear interpolation between the values at ⌊(n − 1) q⌋ and above:
/// definition 7 of Hyndman and Fan 1996 (doi 10.1080/00031305.1996.10473566), the default of NumPy and R. None if there are no
/// values.
#[must_use]
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = (last as f64 * q).clamp(0.0, last as f64);
    let low = sorted.get(place.floor() as usize)?;
    let high = sorted.get(place.ceil() as usize)?;
    Some(low + (high - low) * place.fract())
}
