//! The panels of the page Explore.

pub(crate) mod alter;
pub(crate) mod lesion;
pub(crate) mod library;
pub(crate) mod photograph;
pub(crate) mod pictures;
pub(crate) mod resampling;
pub(crate) mod tools;
pub(crate) mod verdict;
