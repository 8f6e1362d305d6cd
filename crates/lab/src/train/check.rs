//! Checks of a recipe's numbers.

use super::error::TrainError;

/// Refuses an invalid value.
pub(super) fn check(
    name: &'static str,
    value: impl std::fmt::Display,
    fits: bool,
    range: &'static str,
) -> Result<(), TrainError> {
    if fits {
        return Ok(());
    }
    Err(TrainError::Recipe {
        name,
        value: value.to_string(),
        range,
    })
}
