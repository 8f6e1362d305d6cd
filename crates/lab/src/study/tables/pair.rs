//! Pictures that were judged both unaltered and altered, for the tables of variants and of families.

use crate::statistics::Confusion;
use crate::study::plan::Image;
use crate::study::sweep::{Change, Variant};

/// A picture that was judged both unaltered and altered.
pub(super) struct Pair<'a> {
    pub(super) place: u32,
    pub(super) image: &'a Image,
    pub(super) before: f64,
    pub(super) after: f64,
}

/// How a variant is rendered: for poses the resampling and the fill, for corruptions their parameters.
pub(super) fn parameters(variant: &Variant) -> String {
    match &variant.change {
        Change::Perturbation(perturbation) if perturbation.keeps_pose() => String::new(),
        Change::Perturbation(perturbation) => {
            format!(
                "sampling {}; fill {}",
                perturbation.sampling, perturbation.fill
            )
        }
        Change::Corruption(corruption) => serde_json::to_string(corruption).unwrap_or_default(),
    }
}

/// One minus balanced accuracy.
pub(super) fn balanced_error(counts: &Confusion) -> Option<f64> {
    counts
        .balanced_accuracy()
        .ok()
        .map(|accuracy| 1.0 - accuracy)
}
