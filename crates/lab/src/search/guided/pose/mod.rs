//! Flips of pose: rotation and shift.
//!
//! The margin of a pose is rugged, but not without a pattern. The network's layers step over 2, 4, 8, 16 and 32 pixels, so that what a shift
//! does to the margin comes again after as many pixels; and a photograph that is moved far loses what lay at its edge. [`expected`] knows
//! both. [`first`] looks for any flip, [`smallest`] for the smallest.

mod candidates;
mod expected;
pub(super) mod first;
mod place;
pub(super) mod smallest;
