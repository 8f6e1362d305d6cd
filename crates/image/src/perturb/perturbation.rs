//! The perturbation as plain values, and their allowed ranges. The identity is [`Perturbation::default`].

use flipscope_language::id;
use serde::{Deserialize, Serialize};

use super::error::PerturbationError;
use super::illuminant::NEUTRAL_KELVIN;
use super::noise::Noise;
use crate::lesion::Frame;

/// How a resampled pixel is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sampling {
    /// The nearest pixel (the letter's; Pillow's default).
    #[default]
    Nearest,
    /// Linear between four pixels, truncated to u8 after each resampling, as Pillow does.
    Bilinear,
}

/// What fills the area that the moved picture no longer covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Black (the letter's; Pillow's default).
    #[default]
    Black,
    /// The nearest pixel of the border.
    Edge,
    /// The picture mirrored at its border.
    Reflect,
    /// The mean colour of the skin around the lesion.
    MeanSkin,
}

/// One pixel set to a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PixelEdit {
    /// Column, 0 at the left.
    pub x: u32,
    /// Row, 0 at the top.
    pub y: u32,
    /// Its new value.
    pub rgb: [u8; 3],
}

/// What is done to a frame. Serialises flat, as the goldens and the command line name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Perturbation {
    /// Shift in pixels of the frame: +x moves the content right, +y down. At most [`Perturbation::MAX_SHIFT`] either way.
    pub shift: [f64; 2],
    /// Rotation about the frame's centre after the shift, degrees, counter-clockwise. Any finite angle up to
    /// [`Perturbation::MAX_ROTATE`] either way; full turns change nothing.
    pub rotate: f64,
    /// Resampling of shift and rotation.
    pub sampling: Sampling,
    /// What fills the uncovered area.
    pub fill: Fill,
    /// A circular field of view, black outside, on the original as well as on the altered frame.
    pub field_of_view: bool,
    /// The lamp's correlated colour temperature in kelvin, while the white balance is set for [`NEUTRAL_KELVIN`];
    /// [`Perturbation::KELVIN`]. Fewer kelvin are redder. Not written where nothing changes, as older versions do not know it.
    #[serde(skip_serializing_if = "is_neutral_kelvin")]
    pub kelvin: f64,
    /// The lamp's tint: its distance Duv from the Planckian locus, positive is greenish; at most [`Perturbation::MAX_TINT`] either
    /// way. Not written where it is 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub tint: f64,
    /// Colour balance, factor per channel (R, G, B): `trunc(v · gain)`. 0 to [`Perturbation::MAX_GAIN`].
    pub gain: [f64; 3],
    /// Colour balance, added per channel after the gain, in units of 0..255. −255 to 255.
    pub offset: [f64; 3],
    /// Pixels set to given colours, in this order: of two edits of one pixel the later one counts.
    pub pixels: Vec<PixelEdit>,
    /// Noise, last of all.
    pub noise: Option<Noise>,
}

impl Default for Perturbation {
    fn default() -> Self {
        Self {
            shift: [0.0; 2],
            rotate: 0.0,
            sampling: Sampling::Nearest,
            fill: Fill::Black,
            field_of_view: false,
            kelvin: NEUTRAL_KELVIN,
            tint: 0.0,
            gain: [1.0; 3],
            offset: [0.0; 3],
            pixels: Vec::new(),
            noise: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_neutral_kelvin(kelvin: &f64) -> bool {
    *kelvin == NEUTRAL_KELVIN
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

impl Perturbation {
    /// Largest shift either way, in pixels of the frame: well past the point where nothing of the picture is left.
    pub const MAX_SHIFT: f64 = 1000.0;
    /// Largest angle either way, in degrees: beyond it an f64 no longer resolves small angles well.
    pub const MAX_ROTATE: f64 = 1e6;
    /// Lowest and highest colour temperature of the lamp, in kelvin: from a candle to the blue sky.
    pub const KELVIN: [f64; 2] = [1_700.0, 25_000.0];
    /// Largest tint of the lamp either way: beyond it a colour temperature has no meaning.
    pub const MAX_TINT: f64 = 0.05;
    /// Largest gain of a channel.
    pub const MAX_GAIN: f64 = 10.0;
    /// Largest offset of a channel either way.
    pub const MAX_OFFSET: f64 = 255.0;

    /// The perturbation that makes the frame to compare with: its field of view, and nothing else.
    #[must_use]
    pub fn of_original(&self) -> Self {
        Self {
            field_of_view: self.field_of_view,
            ..Self::default()
        }
    }

    /// Checks that every value makes sense for a frame.
    ///
    /// # Errors
    /// The first value that does not: not finite, out of range, a pixel outside the frame, noise of the wrong length or beyond
    /// ±255.
    pub fn validate(&self) -> Result<(), PerturbationError> {
        let [x, y] = self.shift;
        let [red, green, blue] = self.gain;
        let [red_offset, green_offset, blue_offset] = self.offset;
        let (shift, turn, offset) = (Self::MAX_SHIFT, Self::MAX_ROTATE, Self::MAX_OFFSET);
        let [coldest, hottest] = Self::KELVIN;
        for (name, value, min, max) in [
            (id!("perturb-shift-x"), x, -shift, shift),
            (id!("perturb-shift-y"), y, -shift, shift),
            (id!("perturb-rotate"), self.rotate, -turn, turn),
            (id!("perturb-kelvin-lamp"), self.kelvin, coldest, hottest),
            (
                id!("perturb-tint-lamp"),
                self.tint,
                -Self::MAX_TINT,
                Self::MAX_TINT,
            ),
            (id!("perturb-gain-red"), red, 0.0, Self::MAX_GAIN),
            (id!("perturb-gain-green"), green, 0.0, Self::MAX_GAIN),
            (id!("perturb-gain-blue"), blue, 0.0, Self::MAX_GAIN),
            (id!("perturb-offset-red"), red_offset, -offset, offset),
            (id!("perturb-offset-green"), green_offset, -offset, offset),
            (id!("perturb-offset-blue"), blue_offset, -offset, offset),
        ] {
            if !value.is_finite() {
                return Err(PerturbationError::NotFinite {
                    name: name.get(),
                    value,
                });
            }
            if !(min..=max).contains(&value) {
                return Err(PerturbationError::OutOfRange {
                    name: name.get(),
                    value,
                    min,
                    max,
                });
            }
        }
        if let Some(edit) = (self.pixels.iter()).find(|p| p.x >= Frame::SIDE || p.y >= Frame::SIDE)
        {
            return Err(PerturbationError::PixelOutside {
                x: edit.x,
                y: edit.y,
            });
        }
        self.noise.as_ref().map_or(Ok(()), Noise::validate)
    }

    /// Whether the pose moves nothing: no shift, and a rotation by whole turns.
    #[must_use]
    pub fn keeps_pose(&self) -> bool {
        self.shift == [0.0; 2] && self.rotate % 360.0 == 0.0
    }

    /// Whether lamp and colour balance change nothing.
    #[must_use]
    pub fn keeps_colour(&self) -> bool {
        self.keeps_lamp() && self.gain == [1.0; 3] && self.offset == [0.0; 3]
    }

    /// Whether the lamp is the one for which the white balance is set.
    #[must_use]
    pub fn keeps_lamp(&self) -> bool {
        self.kelvin == NEUTRAL_KELVIN && self.tint == 0.0
    }

    /// Whether it leaves every frame unchanged, apart from the field of view, which the original has as well. Sampling and fill
    /// do not matter then. Noise of zeros counts as none.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.keeps_pose()
            && self.keeps_colour()
            && self.pixels.is_empty()
            && (self.noise.as_ref()).is_none_or(|noise| noise.field.iter().all(|&v| v == 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_is_valid_and_the_identity() {
        let p = Perturbation::default();
        assert_eq!(p.validate(), Ok(()));
        assert!(p.is_identity());
        assert!(
            Perturbation {
                rotate: -720.0,
                fill: Fill::Edge,
                sampling: Sampling::Bilinear,
                ..p
            }
            .is_identity()
        );
    }

    #[test]
    fn one_changed_value_is_not_the_identity() {
        for text in [
            r#"{"shift":[0,-0.25]}"#,
            r#"{"rotate":0.1}"#,
            r#"{"kelvin":6000}"#,
            r#"{"tint":0.001}"#,
            r#"{"gain":[1,1,1.001]}"#,
            r#"{"offset":[0,-1,0]}"#,
            r#"{"pixels":[{"x":0,"y":0,"rgb":[0,0,0]}]}"#,
        ] {
            let p: Perturbation = serde_json::from_str(text).unwrap();
            assert!(!p.is_identity(), "{text}");
            assert_eq!(p.validate(), Ok(()), "{text}");
        }
    }

    #[test]
    fn meaningless_values_are_refused_by_name() {
        for (p, part) in [
            (
                Perturbation {
                    rotate: f64::NAN,
                    ..Default::default()
                },
                "rotate",
            ),
            (
                Perturbation {
                    shift: [0.0, 1e9],
                    ..Default::default()
                },
                "shift y",
            ),
            (
                Perturbation {
                    gain: [1.0, -0.1, 1.0],
                    ..Default::default()
                },
                "gain of green",
            ),
            (
                Perturbation {
                    offset: [0.0, 0.0, f64::INFINITY],
                    ..Default::default()
                },
                "offset of blue",
            ),
            (
                Perturbation {
                    kelvin: 0.0,
                    ..Default::default()
                },
                "kelvin",
            ),
            (
                Perturbation {
                    tint: 0.06,
                    ..Default::default()
                },
                "tint",
            ),
            (
                Perturbation {
                    pixels: vec![PixelEdit {
                        x: 299,
                        y: 0,
                        rgb: [0; 3],
                    }],
                    ..Default::default()
                },
                "(299, 0)",
            ),
            (
                Perturbation {
                    noise: Some(Noise { field: vec![0; 3] }),
                    ..Default::default()
                },
                "3 values",
            ),
        ] {
            let message = p.validate().unwrap_err().to_string();
            assert!(message.contains(part), "{message} does not name {part}");
        }
    }

    #[test]
    fn a_lamp_is_written_only_where_there_is_one() {
        let text = |p: &Perturbation| serde_json::to_string(p).unwrap();
        let plain = text(&Perturbation::default());
        assert!(!plain.contains("kelvin") && !plain.contains("tint"));
        let p = Perturbation {
            kelvin: 5400.0,
            tint: -0.004,
            ..Default::default()
        };
        assert!(text(&p).contains(r#""kelvin":5400.0,"tint":-0.004"#));
        assert_eq!(serde_json::from_str::<Perturbation>(&text(&p)).unwrap(), p);
    }

    #[test]
    fn unknown_fields_are_refused() {
        assert!(serde_json::from_str::<Perturbation>(r#"{"rotation":45}"#).is_err());
    }
}
