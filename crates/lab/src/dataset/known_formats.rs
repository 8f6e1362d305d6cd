//! The formats of tables in words, for messages.

/// Whose tables are recognised, for messages; their columns are in `docs/studies.md`.
pub(super) const KNOWN: &str = "ISIC, HAM10000, BCN20000, Derm7pt, PAD-UFES-20";
