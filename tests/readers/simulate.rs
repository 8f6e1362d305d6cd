//! Simulated readers of known sensitivity and specificity, and how often intervals cover what is known.
//!
//! After Roe and Metz 1997, Acad Radiol 4:298–303, doi 10.1016/S1076-6332(97)80032-3, with a threshold, so that answers are right or
//! wrong. A reader is right about a lesion of a kind (melanoma or nevus) in a form where
//!
//! > Φ⁻¹(q) + R + F + C + G + L + E > 0,
//!
//! with the rate q of that kind and form; the effects R of the reader on that kind, F of the reader on that kind in that form, C of
//! the lesion, G of the lesion in that form, L of the reader's liking of that lesion; and E of this read alone. All are normal with
//! mean 0 and independent, but for R = S ± T: skill helps with both kinds, and a low threshold with melanomas as much as it harms
//! with nevi. Their variances ([`VARIANCES`]) add up to 1. So over all readers and lesions the share of right answers is q, and a
//! reader's own, over all lesions, is Φ((Φ⁻¹(q) + R + F) / √(1 − var R − var F)).

use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_lab::statistics::readers::{Read, mrmc};
use flipscope_lab::statistics::{Interval, Proportion};
use rayon::prelude::*;
use statrs::function::erf::{erfc, erfc_inv};

/// Of R, F, C, G, L and E.
pub(crate) const VARIANCES: [f64; 6] = [0.10, 0.02, 0.30, 0.10, 0.15, 0.33];

/// Which reader reads which lesion in which form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Design {
    /// Each lesion in both forms.
    Crossed,
    /// Each lesion in one form, half of the readers in each.
    Counterbalanced,
    /// Likewise, and every third reader leaves after half of the lesions.
    Leaving,
}

/// A study to be simulated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) readers: u32,
    /// Melanomas, and as many nevi.
    pub(crate) lesions: u32,
    pub(crate) design: Design,
    /// Sensitivity on unmodified and on altered melanomas, specificity on unmodified and on altered nevi.
    pub(crate) rates: [[f64; 2]; 2],
}

/// How often an interval covered the truth.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) truth: Option<f64>,
    pub(crate) covered: u64,
    /// How often the variance was the biased one.
    pub(crate) biased: u64,
    pub(crate) repetitions: u64,
}

const NAMES: [&str; 13] = [
    "one reader's sensitivity, unmodified (Wilson)",
    "one reader's sensitivity, altered (Wilson)",
    "one reader's specificity, unmodified (Wilson)",
    "one reader's specificity, altered (Wilson)",
    "sensitivity, unmodified (MRMC)",
    "sensitivity, altered (MRMC)",
    "sensitivity, difference (MRMC)",
    "specificity, unmodified (MRMC)",
    "specificity, altered (MRMC)",
    "specificity, difference (MRMC)",
    "share right, unmodified (MRMC)",
    "share right, altered (MRMC)",
    "share right, difference (MRMC)",
];

/// Whether the interval covered the truth, and whether its variance was the biased one.
type Outcome = (bool, bool);

/// As many studies as are asked for; study i draws from stream i of the seed.
///
/// # Errors
/// If a statistic is refused.
pub(crate) fn run(setting: &Setting, repetitions: u64, seed: u64) -> anyhow::Result<Vec<Row>> {
    let outcomes = (0..repetitions)
        .into_par_iter()
        .map(|number| one(setting, &mut Seeded::stream(seed, number)))
        .collect::<anyhow::Result<Vec<Vec<Outcome>>>>()?;
    let truths = [None; 4].into_iter().chain(truths(setting).map(Some));
    let rows = NAMES.into_iter().zip(truths).enumerate();
    Ok(rows
        .map(|(at, (name, truth))| {
            let count = |which: fn(&Outcome) -> bool| {
                let here = outcomes.iter().filter_map(|study| study.get(at));
                here.filter(|outcome| which(outcome)).count() as u64
            };
            Row {
                name,
                truth,
                covered: count(|outcome| outcome.0),
                biased: count(|outcome| outcome.1),
                repetitions,
            }
        })
        .collect())
}

/// The shares of right answers over all readers and lesions, and their differences; of melanomas, nevi, and as many of both.
fn truths(setting: &Setting) -> impl Iterator<Item = f64> {
    let [[a, b], [c, d]] = setting.rates;
    let both = [f64::midpoint(a, c), f64::midpoint(b, d)];
    [[a, b], [c, d], both]
        .into_iter()
        .flat_map(|[unmodified, altered]| [unmodified, altered, altered - unmodified])
}

/// One study: what it covers, in the order of the names.
fn one(setting: &Setting, random: &mut Seeded) -> anyhow::Result<Vec<Outcome>> {
    let people: Vec<[f64; 2]> = (0..setting.readers)
        .map(|_| {
            let half = (VARIANCES[0] / 2.0).sqrt();
            [half * normal(random), half * normal(random)]
        })
        .collect();
    let (melanomas, own_sensitivity) = reads(setting, true, &people, random);
    let (nevi, own_specificity) = reads(setting, false, &people, random);
    let mut outcomes = Vec::with_capacity(NAMES.len());
    for (kind, own) in [(&melanomas, own_sensitivity), (&nevi, own_specificity)] {
        for (adversarial, truth) in [false, true].into_iter().zip(own) {
            let first = kind
                .iter()
                .filter(|read| read.reader == 0 && read.adversarial == adversarial);
            let (mut right, mut total) = (0, 0);
            for read in first {
                total += 1;
                right += u64::from(read.score > 0.5);
            }
            let interval = Proportion::new(right, total)?.wilson(0.95)?;
            outcomes.push((covers(interval, truth), false));
        }
    }
    let all: Vec<Read> = melanomas.iter().chain(&nevi).copied().collect();
    let analyses = [mrmc(&melanomas)?, mrmc(&nevi)?, mrmc(&all)?];
    let estimates = analyses.iter().flat_map(|analysis| {
        let biased = [
            analysis.unmodified,
            analysis.adversarial,
            analysis.difference,
        ];
        let biased = biased.map(|estimate| estimate.biased);
        analysis.intervals().into_iter().zip(biased)
    });
    let covered = estimates.zip(truths(setting));
    outcomes.extend(covered.map(|((interval, biased), truth)| (covers(interval, truth), biased)));
    Ok(outcomes)
}

fn covers(interval: Interval, truth: f64) -> bool {
    interval.lower <= truth && truth <= interval.upper
}

/// The reads of the melanomas, or of the nevi, by readers of this skill and threshold; and how often the first reader is right over
/// all such lesions, unmodified and altered.
fn reads(
    setting: &Setting,
    melanomas: bool,
    people: &[[f64; 2]],
    random: &mut Seeded,
) -> (Vec<Read>, [f64; 2]) {
    let [
        of_readers,
        in_form,
        of_lesions,
        lesion_in_form,
        of_liking,
        rest,
    ] = VARIANCES;
    let [sensitivity, specificity] = setting.rates;
    let (rates, sign, number) = if melanomas {
        (sensitivity, 1.0, 0)
    } else {
        (specificity, -1.0, setting.lesions)
    };
    let lesions: Vec<[f64; 2]> = (0..setting.lesions)
        .map(|_| {
            let lesion = of_lesions.sqrt() * normal(random);
            [(); 2].map(|()| lesion + lesion_in_form.sqrt() * normal(random))
        })
        .collect();
    let means = rates.map(quantile);
    let mut own = None;
    let mut reads = Vec::new();
    for (reader, [skill, threshold]) in (0..).zip(people) {
        let able = skill + sign * threshold;
        let able = means.map(|mean| mean + able + in_form.sqrt() * normal(random));
        own.get_or_insert(able.map(|able| probability(able / (1.0 - of_readers - in_form).sqrt())));
        for (lesion, hard) in (0..).zip(&lesions) {
            let liking = of_liking.sqrt() * normal(random);
            for (adversarial, (able, hard)) in [false, true].into_iter().zip(able.iter().zip(hard))
            {
                let latent = able + hard + liking + rest.sqrt() * normal(random);
                if setting.design.shows(reader, lesion, adversarial) {
                    reads.push(Read {
                        reader,
                        case: number + lesion,
                        adversarial,
                        score: f64::from(u8::from(latent > 0.0)),
                    });
                }
            }
        }
    }
    (reads, own.unwrap_or_default())
}

impl Design {
    fn shows(self, reader: u32, lesion: u32, adversarial: bool) -> bool {
        let turn = (reader + lesion) % 2 == u32::from(adversarial);
        let left = reader % 3 == 2 && lesion / 2 % 2 == 1;
        match self {
            Self::Crossed => true,
            Self::Counterbalanced => turn,
            Self::Leaving => turn && !left,
        }
    }
}

/// A standard normal number: the quantile of a uniform one in (0, 1).
fn normal(random: &mut Seeded) -> f64 {
    quantile(random.uniform() + 0.5 / (1_u64 << 53) as f64)
}

/// Φ⁻¹.
fn quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

/// Φ.
fn probability(x: f64) -> f64 {
    erfc(-x * std::f64::consts::FRAC_1_SQRT_2) / 2.0
}
