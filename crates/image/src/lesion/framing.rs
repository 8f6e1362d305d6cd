//! Framings: how a photograph of any size becomes a frame, equal to torchvision on Pillow images.

use flipscope_language::{as_text, text};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::frame::Frame;
use super::raster::Raster;
use super::resample::{Axis, resize};

/// How a photograph is brought to [`Frame::SIDE`] × [`Frame::SIDE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Framing {
    /// Shortest side to 299, then the centre: torchvision `Resize(299)`, `CenterCrop(299)` (the letter's validation).
    Crop,
    /// Both sides to 299, aspect ratio lost: torchvision `Resize((299, 299))` (the letter's attacks).
    #[default]
    Squash,
}

/// A rectangle of a photograph in its own pixels, from its top left corner; edges may lie between pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Left edge, ≥ 0.
    pub x0: f64,
    /// Upper edge, ≥ 0.
    pub y0: f64,
    /// Right edge, ≤ width.
    pub x1: f64,
    /// Lower edge, ≤ height.
    pub y1: f64,
}

/// A text that is not the name of a framing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", text!("photo-not-framing-use-crop", what = as_text(.0)))]
pub struct UnknownFramingError(String);

impl Framing {
    /// Both framings.
    pub const ALL: [Self; 2] = [Self::Crop, Self::Squash];

    /// The frame of a photograph of any size.
    ///
    /// Equal to the last bit to torchvision 0.26 on Pillow images (bilinear, antialiased). A photograph with a side of one
    /// pixel, or a thousand times as long as wide, takes no more memory than any other.
    #[must_use]
    pub fn apply(self, photograph: &Raster) -> Frame {
        let (across, down) = self.axes(photograph.width(), photograph.height());
        Frame::from_resampled(resize(photograph, across, down))
    }

    /// The part of a photograph of `width` × `height` pixels that the frame shows.
    ///
    /// With both framings, pixel `i` of the frame covers an equal share of it, `(x1 - x0) / 299` pixels wide.
    #[must_use]
    pub fn region(self, width: u32, height: u32) -> Region {
        let edges = |axis: Axis| {
            let scale = f64::from(axis.source) / axis.scaled as f64;
            let start = axis.start as f64 * scale;
            (start, start + f64::from(axis.length) * scale)
        };
        let (across, down) = self.axes(width.max(1), height.max(1));
        let ((x0, x1), (y0, y1)) = (edges(across), edges(down));
        Region { x0, y0, x1, y1 }
    }

    fn axes(self, width: u32, height: u32) -> (Axis, Axis) {
        match self {
            Self::Squash => (whole(width), whole(height)),
            Self::Crop if width <= height => (whole(width), centre(height, width)),
            Self::Crop => (centre(width, height), whole(height)),
        }
    }
}

/// A side that is scaled to the frame's.
fn whole(source: u32) -> Axis {
    Axis {
        source,
        scaled: u64::from(Frame::SIDE),
        start: 0,
        length: Frame::SIDE,
    }
}

/// The longer side, whose centre is kept.
fn centre(long: u32, short: u32) -> Axis {
    let side = f64::from(Frame::SIDE);
    // torchvision: `int(size * long / short)`, then `int(round((length - size) / 2.0))`, Python's round to even.
    let scaled = (side * f64::from(long) / f64::from(short)) as u64;
    let start = ((scaled as f64 - side) / 2.0).round_ties_even() as u64;
    Axis {
        source: long,
        scaled,
        start,
        length: Frame::SIDE,
    }
}

impl fmt::Display for Framing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Crop => "crop",
            Self::Squash => "squash",
        })
    }
}

impl FromStr for Framing {
    type Err = UnknownFramingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "crop" => Ok(Self::Crop),
            "squash" => Ok(Self::Squash),
            _ => Err(UnknownFramingError(text.to_owned())),
        }
    }
}
