//! The covariance of reads: the second moments over pairs of reads, of one form or across two.
//!
//! Two reads share their reader, their lesion, both or neither. Over all pairs of a read of form A and a read of form B, let
//! `m₁₁`, `m₀₁`, `m₁₀`, `m₀₀` be the mean products of the scores if both are shared, only the reader, only the lesion, neither,
//! and `c₁₁`, `c₀₁`, `c₁₀`, `c₀₀` the shares of such pairs; the shares add up to 1. With random readers and random lesions the
//! products of unrelated reads average to the product of the means, so that
//!
//! > cov(mean A, mean B) = c₁₁ m₁₁ + c₀₁ m₀₁ + c₁₀ m₁₀ + (c₀₀ − 1) m₀₀,
//!
//! each m being an average over tuples: U-statistics. Gallas, Pennello and Myers 2007, J Opt Soc Am A 24:B70–B80, doi
//! 10.1364/JOSAA.24.000B70, for binary scores; with a design matrix, so that readers may read different lesions: Gallas and
//! Brown 2008, Neural Netw 21:387–397, doi 10.1016/j.neunet.2007.12.013; Gallas, Bandos, Samuelson and Wagner 2009, Commun Stat
//! Theory Methods 38:2586–2603, doi 10.1080/03610920802610084. This is `uStat11.jointD` of iMRMC (github.com/DIDSR/iMRMC,
//! `Rpackage/iMRMC/R/uStats.R`), with one difference:
//!
//! **Scores are centred on the form's mean first.** If every read has equally many unrelated partners (all readers read all
//! lesions; counterbalanced designs), that changes nothing. Otherwise the published moments depend on where the zero of the
//! scores is: the share of right answers and that of wrong ones get different variances. In exchange, the estimate is then no
//! longer exactly unbiased, by a fraction of itself as small as the imbalance. In simulated studies of six readers of whom two
//! leave early, a fifth of the published variances of a mean were below zero and their standard deviation was 1.17 times the
//! true variance; with centring none was, it was 0.46 times, and both averaged within 2 % of the true value
//! (`tests/golden/readers/centring.py`).
//! was, it was 0.46 times, and both averaged within 2 % of the truth (`tests/golden/readers/centring.py`).

use flipscope_language::text;
use std::collections::BTreeMap;

use super::{Read, StatisticsError, at_least};

/// The reads of one form, centred.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The mean score.
    pub(super) mean: f64,
    reads: BTreeMap<(u32, u32), f64>,
    readers: BTreeMap<u32, Sum>,
    cases: BTreeMap<u32, Sum>,
}

/// Reads of one reader, or of one lesion.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    score: f64,
    count: f64,
}

impl Form {
    /// One form's reads, out of all reads. The order of the reads does not matter.
    ///
    /// # Errors
    /// If a score is not finite, a lesion was read twice by one reader, or there are fewer than two readers or two lesions.
    pub(super) fn new(reads: &[Read], adversarial: bool) -> Result<Self, StatisticsError> {
        let mut scores = BTreeMap::new();
        for &Read {
            reader,
            case,
            score,
            ..
        } in reads.iter().filter(|read| read.adversarial == adversarial)
        {
            if !score.is_finite() {
                return Err(StatisticsError::ReadScore { reader, case });
            }
            if scores.insert((reader, case), score).is_some() {
                return Err(StatisticsError::Twice {
                    reader,
                    case,
                    adversarial,
                });
            }
        }
        let mean = scores.values().sum::<f64>() / scores.len() as f64;
        let (mut readers, mut cases) = (BTreeMap::new(), BTreeMap::new());
        for (&(reader, case), score) in &mut scores {
            *score -= mean;
            for sum in [
                readers.entry(reader).or_insert_with(Sum::default),
                cases.entry(case).or_insert_with(Sum::default),
            ] {
                sum.score += *score;
                sum.count += 1.0;
            }
        }
        let kinds = if adversarial {
            [
                text!("kind-readers-of-altered"),
                text!("kind-lesions-altered"),
            ]
        } else {
            [
                text!("kind-readers-of-unmodified"),
                text!("kind-lesions-unmodified"),
            ]
        };
        for (kind, have) in kinds.into_iter().zip([readers.len(), cases.len()]) {
            at_least(2, have, kind)?;
        }
        Ok(Self {
            mean,
            reads: scores,
            readers,
            cases,
        })
    }

    /// The readers.
    pub(super) fn readers(&self) -> impl Iterator<Item = u32> + '_ {
        self.readers.keys().copied()
    }

    /// The lesions that were read.
    pub(super) fn cases(&self) -> impl Iterator<Item = u32> + '_ {
        self.cases.keys().copied()
    }
}

/// A quantity for each source: readers, lesions, and both together (a reader's response to a particular lesion, chance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sources {
    pub(super) readers: f64,
    pub(super) cases: f64,
    pub(super) both: f64,
}

/// The covariance of two forms' means, or the variance of one form's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moments {
    /// By U-statistics.
    pub(super) unbiased: f64,
    /// Components of the variance of one read by V-statistics, whose averages also include the pairs that share more: the
    /// maximum-likelihood values, which tend to be too large.
    pub(super) components: Sources,
    /// The weight of each component in the mean of all reads: 1 / their number if all read all.
    pub(super) shares: Sources,
}

impl Moments {
    /// For form `a` with form `b`, which may be the same.
    ///
    /// # Errors
    /// If no read of one has another reader and another lesion than some read of the other.
    pub(super) fn new(a: &Form, b: &Form) -> Result<Self, StatisticsError> {
        // Sums and counts over the pairs that share at least this.
        let both = over(&a.reads, &b.reads, |&score| Sum { score, count: 1.0 });
        let reader = over(&a.readers, &b.readers, |&sum| sum);
        let case = over(&a.cases, &b.cases, |&sum| sum);
        let all = product(total(a), total(b));
        // And over those that share no more than this.
        let only_reader = minus(reader, both);
        let only_case = minus(case, both);
        let neither = minus(minus(all, reader), only_case);
        if neither.count <= 0.0 {
            return Err(StatisticsError::NoPairs);
        }
        let unrelated = average(neither);
        let unbiased = [both, only_reader, only_case]
            .into_iter()
            .map(|pairs| pairs.count / all.count * (average(pairs) - unrelated))
            .sum();
        let shares = Sources {
            readers: reader.count / all.count,
            cases: case.count / all.count,
            both: both.count / all.count,
        };
        // A source that no pair shares has no component.
        let above = |pairs: Sum, less: f64| {
            if pairs.count > 0.0 {
                average(pairs) - less
            } else {
                0.0
            }
        };
        let base = average(all);
        Ok(Self {
            unbiased,
            components: Sources {
                readers: above(reader, base),
                cases: above(case, base),
                both: above(both, average(reader) + average(case) - base),
            },
            shares,
        })
    }
}

/// The sum of the products, and the number of pairs, over the keys that both have.
fn over<K: Ord, V>(a: &BTreeMap<K, V>, b: &BTreeMap<K, V>, sum: impl Fn(&V) -> Sum) -> Sum {
    let mut whole = Sum::default();
    for (key, one) in a {
        if let Some(other) = b.get(key) {
            let pairs = product(sum(one), sum(other));
            whole.score += pairs.score;
            whole.count += pairs.count;
        }
    }
    whole
}

fn total(form: &Form) -> Sum {
    Sum {
        score: form.reads.values().sum(),
        count: form.reads.len() as f64,
    }
}

fn product(a: Sum, b: Sum) -> Sum {
    Sum {
        score: a.score * b.score,
        count: a.count * b.count,
    }
}

fn minus(a: Sum, b: Sum) -> Sum {
    Sum {
        score: a.score - b.score,
        count: a.count - b.count,
    }
}

/// 0 if there are no pairs; such an average has no weight anywhere.
fn average(pairs: Sum) -> f64 {
    if pairs.count > 0.0 {
        pairs.score / pairs.count
    } else {
        0.0
    }
}
