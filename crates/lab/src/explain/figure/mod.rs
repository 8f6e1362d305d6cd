//! Maps as figures: SVG, and from it PNG and PDF. The same map gives the same bytes.
//!
//! - [`picture()`]: a map of the picture: the frame, the map over it, the map alone, with one scale of colours
//! - [`pair()`]: the maps of a lesion before and after an alteration, with the same colours
//! - [`landscape()`]: a landscape, of one model or of two side by side, with the contour of the threshold; of one axis, curves
//! - [`bars()`]: a summary: for each family the smallest change that flips
//! - [`scale`]: the colours; [`Range`]: which values their ends stand for; [`paint`]: numbers as pixels; [`contour()`]: where a landscape crosses the threshold
//!
//! A map that is flat, or has no finite value, is not painted: the figure says so instead. A figure speaks the language of the thread that
//! draws it; the command line's is English.

mod bars;
mod contour;
mod curves;
mod file_kind;
mod landscape;
mod paint;
mod pair;
mod picture;
mod plane;
mod range;
mod scale;
mod text;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use bars::bars;
pub use contour::{Segment, contour};
pub use file_kind::FileKind;
pub use landscape::landscape;
pub use paint::{coloured, grey, painted};
pub use pair::pair;
pub use picture::{of_pixels, picture};
pub use range::{Range, colour_of};
pub use scale::Scale;
pub use text::number;

use crate::figures::{FigureError, draw, pdf};
use flipscope_image::perturb::UnknownName;

/// What a figure says about the lesion and the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Caption {
    /// File name of the photograph, or the name of a sample.
    pub image: String,
    /// What was altered, as [`flipscope_image::perturb::Perturbation::in_words`] says it in English; nothing if nothing was.
    pub altered: Option<String>,
    /// P(melanoma) of the unaltered picture, 0 to 1, where something was altered and it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_original: Option<f32>,
    /// The diagnosis that a table of labels states for the lesion, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truth: Option<String>,
    /// The model's name.
    pub model: String,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// How sure one can be of the map, if that was checked: a sentence for each check.
    pub checks: Vec<String>,
}

/// What a figure is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pixels, at twice the size.
    Png,
    /// Vectors, with the pictures inside.
    Svg,
    /// Vectors on a page of their own size.
    Pdf,
}

impl Format {
    /// The figure in this format.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn bytes(self, svg: &str) -> Result<Vec<u8>, FigureError> {
        match self {
            Self::Svg => Ok(svg.as_bytes().to_vec()),
            Self::Png => Ok(draw(svg)?.to_png()?),
            Self::Pdf => pdf(svg),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        })
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    /// By the ending of a file's name, in capitals or not.
    fn from_str(ending: &str) -> Result<Self, UnknownName> {
        let all = [Self::Png, Self::Svg, Self::Pdf];
        let found = (all.into_iter()).find(|one| one.to_string().eq_ignore_ascii_case(ending));
        found.ok_or_else(|| UnknownName {
            what: "kind of figure",
            name: ending.to_owned(),
            known: "png, svg, pdf",
        })
    }
}
