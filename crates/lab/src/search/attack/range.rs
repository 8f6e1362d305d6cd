//! Checks of ranges.

use crate::search::error::SearchError;

/// Checks a range against the smallest and the largest allowed value.
pub(super) fn check_range(
    parameter: &'static str,
    [low, high]: [f64; 2],
    [least, most]: [f64; 2],
    reason: &'static str,
) -> Result<(), SearchError> {
    // Written so that a NaN is refused.
    if least <= low && low <= high && high <= most {
        Ok(())
    } else {
        Err(SearchError::Parameter { parameter, reason })
    }
}

/// Checks that a search has something to vary.
pub(super) fn check_some_vary(
    parameter: &'static str,
    bounds: &[[f64; 2]],
    reason: &'static str,
) -> Result<(), SearchError> {
    if bounds.iter().any(|[low, high]| low < high) {
        Ok(())
    } else {
        Err(SearchError::Parameter { parameter, reason })
    }
}
