//! Intervals with their method, or the reason why there is none: a point is never presented as an interval.

use super::options::Options;
use crate::figures::csv_writer::number;
use crate::statistics::{DeLong, Interval, LEVEL, ScoredCase, StatisticsError, auc, bootstrap};

/// Below this number of lesions the bootstrap's interval is too narrow.
const FEW: usize = 20;

/// The reason if all resamples have the same value.
const ONE_VALUE: &str = "none: all resamples have the same value";

/// An AUC with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AucEstimate {
    /// The AUC.
    pub auc: f64,
    /// Its 95 % interval; none if no method gives one.
    pub interval: Option<Interval>,
    /// The method of the interval, or why there is none.
    pub method: &'static str,
}

/// The AUC of some pictures; none without melanomas or nevi.
pub(super) fn area(judged: &[ScoredCase]) -> Option<AucEstimate> {
    let auc = auc(judged).ok()?;
    let found = DeLong::new(judged).and_then(|delong| delong.sound_interval(LEVEL));
    Some(match found {
        Ok((interval, method)) => AucEstimate {
            auc,
            interval: Some(interval),
            method: method.name(),
        },
        Err(_) => AucEstimate {
            auc,
            interval: None,
            method: "none: DeLong's needs two melanomas and two nevi at least",
        },
    })
}

/// Cells for an AUC: value, lower, upper, method.
pub(super) fn area_cells(area: Option<AucEstimate>) -> [String; 4] {
    let interval = area.and_then(|area| area.interval);
    [
        number(area.map(|area| area.auc)),
        number(interval.map(|interval| interval.lower)),
        number(interval.map(|interval| interval.upper)),
        area.map_or("", |area| area.method).to_owned(),
    ]
}

/// Cells for the bootstrap's interval by lesion: lower, upper, and the method with any remarks.
pub(super) fn by_lesion(
    clusters: &[Vec<ScoredCase>],
    statistic: impl Fn(&[ScoredCase]) -> Option<f64> + Sync,
    options: &Options,
    seed: u64,
) -> [String; 3] {
    let found = bootstrap(clusters, statistic, options.resamples, LEVEL, seed);
    let none = |why: &str| [String::new(), String::new(), why.to_owned()];
    match found {
        Ok(found) => match found.sound_interval() {
            Some(interval) => {
                let resamples = found.resamples;
                let method = match clusters.len() {
                    few if few < FEW => {
                        format!(
                            "percentile bootstrap, {resamples} resamples (too narrow for {few} lesions)"
                        )
                    }
                    _ => format!("percentile bootstrap, {resamples} resamples"),
                };
                [
                    number(Some(interval.lower)),
                    number(Some(interval.upper)),
                    method,
                ]
            }
            None => none(ONE_VALUE),
        },
        Err(StatisticsError::TooFew { .. }) => none("none: fewer than two lesions"),
        Err(error) => none(&format!("none: {error}")),
    }
}
