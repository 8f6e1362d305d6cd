//! The folders next to the page of a report.

/// The folder of the tables.
pub(crate) const TABLES: &str = "tables";
/// The folder of the figures.
pub(crate) const FIGURES: &str = "figures";
