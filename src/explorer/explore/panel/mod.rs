//! The panels of the page Explore.

mod alter;
mod gestures;
pub(crate) mod lesion;
pub(crate) mod list;
mod photograph;
mod pictures;
pub(crate) mod resampling;
mod task;
pub(crate) mod tools;
pub(crate) mod verdict;
