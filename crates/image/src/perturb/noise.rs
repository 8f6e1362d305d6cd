//! The noise field, and how it is written in JSON.
//!
//! A field has 268,203 values, so JSON holds it as one string, `FORM:BASE64` (standard alphabet, padded), in the shortest of
//! three forms; each holds exactly the values of [`Noise::field`] in order:
//! - `signs-E`: every value is −E, 0 or E (as FGSM makes it): two bits per value, the first value in the lowest bits of the
//!   first byte; 0, 1 and 2 stand for 0, E and −E; unused bits are 0;
//! - `i8`: one signed byte per value;
//! - `i16`: two bytes per value, little-endian.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flipscope_language::{as_text, text};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::error::PerturbationError;
use crate::lesion::Frame;

/// A signed value for every channel of every pixel, in units of 1/255, added and clamped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noise {
    /// Interleaved as the frame's pixels: 299 · 299 · 3 values in −255..=255.
    pub field: Vec<i16>,
}

impl Noise {
    /// Checks length and range.
    ///
    /// # Errors
    /// If the number of values is not one per channel of every pixel, or one is beyond ±255.
    pub fn validate(&self) -> Result<(), PerturbationError> {
        if self.field.len() != Frame::BYTES {
            return Err(PerturbationError::NoiseLength {
                values: self.field.len(),
            });
        }
        match self.field.iter().find(|v| v.unsigned_abs() > 255) {
            Some(&value) => Err(PerturbationError::NoiseValue { value }),
            None => Ok(()),
        }
    }

    /// The largest absolute value: ε as the L∞ norm, in units of 1/255.
    #[must_use]
    pub fn epsilon(&self) -> u16 {
        (self.field.iter())
            .map(|v| v.unsigned_abs())
            .max()
            .unwrap_or(0)
    }

    fn encode(&self) -> String {
        let epsilon = i32::from(self.epsilon());
        let all = |fits: fn(i32, i32) -> bool| {
            (self.field.iter()).all(|&value| fits(i32::from(value), epsilon))
        };
        if all(|value, epsilon| value == 0 || value.abs() == epsilon) {
            let bytes: Vec<u8> = (self.field.chunks(4))
                .map(|four| {
                    four.iter().rev().fold(0, |byte, value| {
                        byte << 2
                            | match value.signum() {
                                1 => 1,
                                -1 => 2,
                                _ => 0,
                            }
                    })
                })
                .collect();
            format!("signs-{epsilon}:{}", STANDARD.encode(bytes))
        } else if all(|value, _| i8::try_from(value).is_ok()) {
            let bytes: Vec<u8> = self.field.iter().map(|&value| value as u8).collect();
            format!("i8:{}", STANDARD.encode(bytes))
        } else {
            let bytes: Vec<u8> = self.field.iter().flat_map(|v| v.to_le_bytes()).collect();
            format!("i16:{}", STANDARD.encode(bytes))
        }
    }

    fn decode(text: &str) -> Result<Self, String> {
        let (form, data) = text
            .split_once(':')
            .ok_or(text!("perturb-noise-no-form-before"))?;
        // Longer than the longest form: refused before anything is allocated for it.
        if data.len() > Frame::BYTES * 3 {
            return Err(text!(
                "perturb-noise-characters-too-many",
                data = as_text(&data.len())
            ));
        }
        let bytes = (STANDARD.decode(data))
            .map_err(|e| text!("perturb-noise-not-base64", e = as_text(&e)))?;
        let length = |expected: usize| {
            if bytes.len() == expected {
                Ok(())
            } else {
                Err(text!(
                    "perturb-noise-bytes-form-frame",
                    bytes = as_text(&bytes.len()),
                    form = as_text(&form),
                    expected = as_text(&expected)
                ))
            }
        };
        let field = match form {
            "i8" => {
                length(Frame::BYTES)?;
                bytes.iter().map(|&b| i16::from(b as i8)).collect()
            }
            "i16" => {
                length(Frame::BYTES * 2)?;
                let (pairs, _) = bytes.as_chunks::<2>();
                pairs.iter().map(|&pair| i16::from_le_bytes(pair)).collect()
            }
            _ => {
                let epsilon: u8 = (form.strip_prefix("signs-"))
                    .and_then(|number| number.parse().ok())
                    .ok_or_else(|| {
                        text!("perturb-noise-unknown-form-use", form = as_text(&form))
                    })?;
                length(Frame::BYTES.div_ceil(4))?;
                let mut codes = (bytes.iter())
                    .flat_map(|byte| [byte & 3, byte >> 2 & 3, byte >> 4 & 3, byte >> 6]);
                let field = (codes.by_ref().take(Frame::BYTES))
                    .map(|code| match code {
                        0 => Ok(0),
                        1 => Ok(i16::from(epsilon)),
                        2 => Ok(-i16::from(epsilon)),
                        _ => Err(text!("perturb-noise-bad-sign")),
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                if codes.any(|code| code != 0) {
                    return Err(text!("perturb-noise-more-signs-than").into());
                }
                field
            }
        };
        let noise = Self { field };
        noise.validate().map_err(|e| e.to_string())?;
        Ok(noise)
    }
}

impl Serialize for Noise {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.validate().map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&self.encode())
    }
}

impl<'de> Deserialize<'de> for Noise {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::decode(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(value: impl Fn(usize) -> i16) -> Noise {
        Noise {
            field: (0..Frame::BYTES).map(value).collect(),
        }
    }

    #[test]
    fn each_form_reads_back() {
        for (form, noise) in [
            ("signs-8:", noise(|i| [8, -8, 0, -8, 8][i % 5])),
            ("signs-255:", noise(|i| [255, -255][i % 2])),
            ("signs-0:", noise(|_| 0)),
            ("i8:", noise(|i| (i % 257) as i16 / 2 - 64)),
            ("i16:", noise(|i| (i % 511) as i16 - 255)),
        ] {
            let json = serde_json::to_string(&noise).unwrap();
            assert!(json.starts_with(&format!("\"{form}")), "{form}");
            assert_eq!(serde_json::from_str::<Noise>(&json).unwrap(), noise);
        }
    }

    #[test]
    fn signs_are_short() {
        let json = serde_json::to_string(&noise(|i| [2, -2][i % 2])).unwrap();
        assert!(json.len() < 90_000, "{}", json.len());
    }

    #[test]
    fn wrong_lengths_forms_and_values_are_refused() {
        let long = STANDARD.encode(vec![0_u8; Frame::BYTES + 1]);
        let large = STANDARD.encode([0x00_u8, 0x7f].repeat(Frame::BYTES));
        let threes = STANDARD.encode(vec![0xff_u8; Frame::BYTES.div_ceil(4)]);
        for text in [
            "",
            "i8:",
            "i8:????",
            "i4:AAAA",
            "signs-300:AAAA",
            "signs-8:AAAA",
            &format!("i8:{long}"),
            &format!("i16:{large}"),
            &format!("signs-8:{threes}"),
        ] {
            let json = serde_json::to_string(text).unwrap();
            assert!(serde_json::from_str::<Noise>(&json).is_err(), "{text:.20}");
        }
        assert!(serde_json::to_string(&Noise { field: vec![1; 4] }).is_err());
    }
}
