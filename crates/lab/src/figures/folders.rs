//! The folders beside the page of a report.

/// Of the tables.
pub(crate) const TABLES: &str = "tables";
/// Of the figures.
pub(crate) const FIGURES: &str = "figures";
