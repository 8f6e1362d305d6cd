//! How often readers are right on each form, and whether the alteration changes it, generalised to other readers and other
//! lesions: the multi-reader multi-case analysis of a mean score, by one-shot U-statistics (`u_statistics.rs`).
//!
//! Written here since no crate has it; the references are iMRMC (R and Java).
//!
//! # Degrees of freedom
//! Those of iMRMC (`dfBDG`; github.com/DIDSR/iMRMC, `Rpackage/iMRMC/R/doAUCMRMC.R`, `doAUCmrmcCov` and `doDFdifference`), after
//! Satterthwaite 1946, Biometrics Bull 2:110–114, doi 10.2307/3002019: variance² / (ρ² / m³ + λ² / n³), with the components ρ
//! of readers and λ of lesions from the biased moments (for the difference: those of A and B minus twice the cross terms), and
//! m and n each 1 / share − 1, rounded (one less than the number of readers, or of lesions, if all read all); at least min(m,
//! n) after Gaylor and Hopper 1969, Technometrics 11:691–706, doi 10.1080/00401706.1969.10490732. Those of Hillis (2007, Stat
//! Med 26:596–619, doi 10.1002/sim.2532) come from an analysis of variance and require that all readers read all lesions; in
//! such studies the two are close. As in iMRMC, the quantile of t is that of whole degrees of freedom, rounded down. Three
//! things differ: m and n are at least 1; above 50 the quantile is still that of t, where iMRMC uses the normal's; and iMRMC's
//! two kinds of cases (an AUC needs both) are one here.
//!
//! # Variances below zero
//! An unbiased estimate of a small variance can come out negative, most often that of the difference. Then, as iMRMC advises,
//! the biased moments (V-statistics, the maximum-likelihood values) are used instead, which tend to be too large, and the
//! estimate says so ([`Estimate::biased`]). They are not a mean square if readers miss lesions; so each source's part (readers,
//! lesions, both) is taken as at least 0, which changes nothing if all read all.

use std::collections::BTreeSet;

use super::u_statistics::{Form, Moments, Sources};
use super::{Interval, LEVEL, Read, StatisticsError};
use crate::statistics::special::{two_sided_t, two_sided_t_p};

/// If the unbiased variance is less than this fraction of the biased one, it is 0 except for rounding.
const ROUNDING: f64 = 1e-12;

/// A variance below this is 0 except for rounding: right and wrong answers in any realistic study vary more.
const NO_VARIANCE: f64 = 1e-15;

/// A statistic over all readers and all lesions, with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean score over all reads, equally weighted; for the difference: the altered form's minus the unmodified form's.
    pub value: f64,
    /// Its variance over studies with other readers and other lesions in the same design. 0 if no score varies, and then the
    /// interval is misleadingly narrow.
    pub variance: f64,
    /// Degrees of freedom of the variance, at least 1.
    pub degrees_of_freedom: f64,
    /// value ± t √variance, 95 %, with t for the degrees of freedom rounded down. Not clipped to the range of the scores.
    pub interval: Interval,
    /// P(|T| ≥ |value| / √variance) if the true difference were 0; none for the mean of one form. 1 if the value is 0.
    pub p: Option<f64>,
    /// Whether the unbiased variance was negative, and the biased one is used.
    pub biased: bool,
}

/// The analysis of a reader study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mrmc {
    /// Readers of at least one form.
    pub readers: usize,
    /// Lesions in at least one form.
    pub cases: usize,
    /// The unmodified form.
    pub unmodified: Estimate,
    /// The altered form.
    pub adversarial: Estimate,
    /// The altered form's minus the unmodified form's: below 0 if the alteration misleads readers.
    pub difference: Estimate,
}

/// The mean score for each form, and their difference, with both readers and lesions treated as samples.
///
/// Any design is allowed: readers may read different lesions, and a lesion in one form or in both. All reads of a form have
/// equal weight.
///
/// # Errors
/// If a score is not finite, a reader read a lesion twice in one form, a form has fewer than two readers or two lesions, or no
/// read of one form has another reader and another lesion than some read of the other.
pub fn mrmc(reads: &[Read]) -> Result<Mrmc, StatisticsError> {
    let unmodified = Form::new(reads, false)?;
    let adversarial = Form::new(reads, true)?;
    let of_unmodified = Moments::new(&unmodified, &unmodified)?;
    let of_adversarial = Moments::new(&adversarial, &adversarial)?;
    let across = Moments::new(&unmodified, &adversarial)?;
    let freedom = [
        freedom(of_unmodified.shares),
        freedom(of_adversarial.shares),
    ];
    let [first, second] = freedom;
    let readers: BTreeSet<u32> = unmodified.readers().chain(adversarial.readers()).collect();
    let cases: BTreeSet<u32> = unmodified.cases().chain(adversarial.cases()).collect();
    let difference = Estimate::new(
        adversarial.mean - unmodified.mean,
        &[(1.0, of_unmodified), (1.0, of_adversarial), (-2.0, across)],
        DegreesOfFreedom {
            readers: first.readers.min(second.readers),
            cases: first.cases.min(second.cases),
        },
    );
    Ok(Mrmc {
        readers: readers.len(),
        cases: cases.len(),
        unmodified: Estimate::new(unmodified.mean, &[(1.0, of_unmodified)], first),
        adversarial: Estimate::new(adversarial.mean, &[(1.0, of_adversarial)], second),
        difference: Estimate {
            p: Some(difference.p_of_none()),
            ..difference
        },
    })
}

/// Degrees of freedom of the readers and of the lesions.
#[derive(Clone, Copy, Debug)]
struct DegreesOfFreedom {
    readers: f64,
    cases: f64,
}

/// 1 / share − 1, rounded (to even, as R), at least 1.
fn freedom(shares: Sources) -> DegreesOfFreedom {
    let of = |share: f64| (1.0 / share - 1.0).round_ties_even().max(1.0);
    DegreesOfFreedom {
        readers: of(shares.readers),
        cases: of(shares.cases),
    }
}

impl Mrmc {
    /// The interval of each quantity that is best reported for right and wrong answers, in the order unmodified, adversarial,
    /// difference: for the two forms on the log-odds scale, for the difference value ± t √variance.
    #[must_use]
    pub fn intervals(&self) -> [Interval; 3] {
        [
            self.unmodified.on_log_odds(),
            self.adversarial.on_log_odds(),
            self.difference.interval,
        ]
    }

    /// As [`Mrmc::intervals`], without those with variance 0: they are points, and say nothing.
    #[must_use]
    pub fn sound_intervals(&self) -> [Option<Interval>; 3] {
        let [unmodified, adversarial, difference] = self.intervals();
        [
            (&self.unmodified, unmodified),
            (&self.adversarial, adversarial),
            (&self.difference, difference),
        ]
        .map(|(of, interval)| of.varies().then_some(interval))
    }
}

impl Estimate {
    /// Whether there is any variance. Without it there is neither an interval nor a test.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.variance > NO_VARIANCE
    }

    /// The 95 % interval of a share between 0 and 1, symmetric on the log-odds scale: ln(v / (1 − v)) ± t √variance / (v (1 −
    /// v)), transformed back. It stays between 0 and 1, and its coverage is closer to the nominal level if few readers are
    /// mostly right (`experiments/run simulate-readers`): Pepe 2003, The Statistical Evaluation of Medical Tests for Classification and
    /// Prediction, section 5.2. [`Estimate::interval`] if the value is not a share, or exactly 0 or 1.
    #[must_use]
    pub fn on_log_odds(&self) -> Interval {
        let spread = self.value * (1.0 - self.value);
        if spread <= 0.0 {
            return self.interval;
        }
        let half = (self.interval.upper - self.value) / spread;
        let odds = (self.value / (1.0 - self.value)).ln();
        let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
        Interval {
            lower: share(odds - half),
            upper: share(odds + half),
        }
    }

    /// A value whose variance is the weighted sum of variances and covariances.
    fn new(value: f64, terms: &[(f64, Moments)], freedom: DegreesOfFreedom) -> Self {
        let sum = |part: fn(&Moments) -> f64| -> f64 {
            terms.iter().map(|(weight, of)| weight * part(of)).sum()
        };
        let unbiased = sum(|of| of.unbiased);
        let parts: [fn(&Moments) -> f64; 3] = [
            |of| of.shares.readers * of.components.readers,
            |of| of.shares.cases * of.components.cases,
            |of| of.shares.both * of.components.both,
        ];
        let stand_in: f64 = parts.into_iter().map(|part| sum(part).max(0.0)).sum();
        let biased = stand_in > 0.0 && unbiased <= ROUNDING * stand_in;
        let variance = if biased { stand_in } else { unbiased.max(0.0) };
        let spread = sum(|of| of.components.readers).powi(2) / freedom.readers.powi(3)
            + sum(|of| of.components.cases).powi(2) / freedom.cases.powi(3);
        let least = freedom.readers.min(freedom.cases);
        let degrees_of_freedom = if spread > 0.0 {
            (variance * variance / spread).max(least)
        } else {
            least
        };
        let half = two_sided_t(LEVEL, degrees_of_freedom.floor()) * variance.sqrt();
        Self {
            value,
            variance,
            degrees_of_freedom,
            interval: Interval {
                lower: value - half,
                upper: value + half,
            },
            p: None,
            biased,
        }
    }

    /// The probability of a value this large if the true one is 0.
    fn p_of_none(&self) -> f64 {
        if self.value == 0.0 {
            return 1.0;
        }
        two_sided_t_p(
            self.value / self.variance.sqrt(),
            self.degrees_of_freedom.floor(),
        )
    }
}
