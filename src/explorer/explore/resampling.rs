//! How a moved picture is sampled and filled, in words.

use flipscope_image::perturb::{Fill, Sampling};
use flipscope_language::text;

/// How a moved picture is sampled.
pub(crate) fn sampling_in_words(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Nearest => text!("resampling-nearest"),
        Sampling::Bilinear => text!("resampling-bilinear"),
    }
}

/// What fills the area that a moved picture uncovers.
pub(crate) fn fill_in_words(fill: Fill) -> &'static str {
    match fill {
        Fill::Black => text!("fill-black"),
        Fill::Edge => text!("fill-edge"),
        Fill::Reflect => text!("fill-reflect"),
        Fill::MeanSkin => text!("fill-skin"),
    }
}
