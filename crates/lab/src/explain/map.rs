//! The map: what every method gives, as plain data.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use flipscope_language::{as_text, decimal, text};
use flipscope_model::{ModelInfo, Probed, Score, Verdict, class_in_words};

use super::error::ExplainError;
use crate::json::value;

/// The method that made a map, with its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// A square over each place.
    Occlusion {
        /// Side of the square in pixels.
        size: usize,
        /// Pixels from one square to the next.
        stride: usize,
    },
    /// One or two parameters of the perturbation.
    Landscape,
    /// The gradient times the normalised pixel.
    Gradient,
    /// The mean gradient of noisy copies.
    Smoothgrad {
        /// Copies.
        samples: usize,
        /// Standard deviation of the noise, of normalised values.
        deviation: f32,
        /// Seed of the noise.
        seed: u64,
    },
    /// The mean gradient on the way from the mean colour to the frame, times the normalised pixel.
    Integrated {
        /// Points on the way that were looked at.
        steps: usize,
        /// Parts of the way, each with points of Gauss and Legendre.
        parts: usize,
        /// The sum of all attributions.
        sum: f64,
        /// What it should be: the score of the frame, less that of a frame of the mean colour.
        difference: f64,
    },
    /// The last block's channels, weighted by their gradients.
    Gradcam {
        /// The block.
        block: String,
    },
}

/// The number that a map is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The class, or "melanoma" for all classes that mean it.
    pub class: String,
    /// The number.
    pub score: Score,
}

/// One axis of a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// What it is, e.g. "rotate".
    pub name: String,
    /// The unit, e.g. "°".
    pub unit: String,
    /// The position of every column or row.
    pub values: Vec<f64>,
}

/// A grid of numbers that explains a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// How it was made.
    pub method: Method,
    /// What its numbers are about.
    pub quantity: Quantity,
    /// From left to right.
    pub columns: Axis,
    /// From top to bottom; of a landscape, from bottom to top.
    pub rows: Axis,
    /// One row after another.
    #[serde(with = "super::base64_values")]
    pub values: Vec<f32>,
    /// The quantity of the frame itself.
    pub base: f32,
    /// The verdict of the frame itself.
    pub verdict: Verdict,
}

/// Whether there is something to see in a map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "values", rename_all = "kebab-case")]
pub enum Extent {
    /// It has a smallest and a largest value.
    Varies {
        /// Smallest.
        low: f32,
        /// Largest.
        high: f32,
        /// Values that are not finite.
        missing: usize,
    },
    /// All values are the same, to the precision of the arithmetic.
    Flat {
        /// The value.
        value: f32,
    },
    /// No value is finite.
    Nothing,
}

/// Relative to the largest value, less than this is rounding.
const ROUNDING: f32 = 1e-6;

impl Extent {
    /// Of some values.
    #[must_use]
    pub fn of(values: &[f32]) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let low = finite().fold(f32::INFINITY, f32::min);
        let high = finite().fold(f32::NEG_INFINITY, f32::max);
        if low > high {
            Self::Nothing
        } else if high - low <= ROUNDING * low.abs().max(high.abs()) {
            Self::Flat { value: low }
        } else {
            let missing = values.iter().filter(|value| !value.is_finite()).count();
            Self::Varies { low, high, missing }
        }
    }

    /// What is wrong with the map, as a sentence in the thread's language; nothing if it varies and is complete.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        match self {
            Self::Varies { missing: 0, .. } => None,
            Self::Varies { missing, .. } => Some(text!("map-missing", count = as_text(missing))),
            Self::Flat { value } => Some(text!("map-flat", value = decimal(value))),
            Self::Nothing => Some(text!("map-empty").to_owned()),
        }
    }
}

impl Quantity {
    /// P of the classes that mean melanoma, or of one named class.
    ///
    /// # Errors
    /// If there is no such class.
    pub fn probability(info: &ModelInfo, class: Option<&str>) -> Result<Self, ExplainError> {
        match class {
            None => Ok(Self {
                class: "melanoma".to_owned(),
                score: Score::Probability(info.melanoma_classes.clone()),
            }),
            Some(name) => Ok(Self {
                class: name.to_owned(),
                score: Score::Probability(vec![named(info, name)?]),
            }),
        }
    }

    /// The logit of a named class; without a name, of the melanoma class that the network finds most likely.
    ///
    /// # Errors
    /// If there is no such class.
    pub fn logit(
        info: &ModelInfo,
        class: Option<&str>,
        frame: &Probed,
    ) -> Result<Self, ExplainError> {
        let logit = |class: usize| frame.logits.get(class).copied().unwrap_or(f32::MIN);
        let at = match class {
            Some(name) => named(info, name)?,
            None => (info.melanoma_classes.iter().copied())
                .reduce(|best, one| if logit(one) > logit(best) { one } else { best })
                .unwrap_or(0),
        };
        Ok(Self {
            class: info.classes.get(at).cloned().unwrap_or_default(),
            score: Score::Logit(at),
        })
    }

    /// As people read it, in the thread's language; [`Self::name`] in English.
    #[must_use]
    pub fn in_words(&self) -> String {
        let class = class_in_words(&self.class);
        match self.score {
            Score::Logit(_) => text!("map-logit-of", class = class),
            Score::Probability(_) => text!("map-p-of", class = class),
        }
    }

    /// As files have it: "P(melanoma)", "logit of melanoma".
    #[must_use]
    pub fn name(&self) -> String {
        match self.score {
            Score::Logit(_) => format!("logit of {}", self.class),
            Score::Probability(_) => format!("P({})", self.class),
        }
    }
}

fn named(info: &ModelInfo, name: &str) -> Result<usize, ExplainError> {
    let same = |class: &String| class.eq_ignore_ascii_case(name);
    (info.classes.iter().position(same)).ok_or_else(|| ExplainError::NoSuchClass {
        name: name.to_owned(),
        known: info.classes.join(", "),
    })
}

impl Axis {
    /// Columns or rows of something that has no unit but its pixels, by their first pixel or their number.
    pub(super) fn counted(name: &str, values: impl IntoIterator<Item = usize>) -> Self {
        Self {
            name: name.to_owned(),
            unit: "px".to_owned(),
            values: values.into_iter().map(|value| value as f64).collect(),
        }
    }
}

impl Map {
    /// Rows of values, from the top.
    pub fn lines(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks(self.columns.values.len().max(1))
    }

    /// Whether there is something to see.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent::of(&self.values)
    }

    /// Everything but the values, for a line of JSON.
    #[must_use]
    pub fn about(&self) -> Value {
        json!({
            "explanation": value(&self.method), "quantity": self.quantity.name(), "class": self.quantity.class,
            "of_the_frame": value(&self.base), "p_melanoma": value(&self.verdict.p_melanoma),
            "extent": value(&self.extent()),
            "columns": self.columns, "rows": self.rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_map_and_one_without_numbers_say_so() {
        assert_eq!(Extent::of(&[0.0; 4]), Extent::Flat { value: 0.0 });
        assert_eq!(Extent::of(&[f32::NAN, f32::INFINITY]), Extent::Nothing);
        assert_eq!(Extent::of(&[]), Extent::Nothing);
        assert!(matches!(
            Extent::of(&[0.7, 0.700_000_05]),
            Extent::Flat { .. }
        ));
        let some = Extent::of(&[1e-9, f32::NAN, 3e-9]);
        assert_eq!(
            some,
            Extent::Varies {
                low: 1e-9,
                high: 3e-9,
                missing: 1
            }
        );
        assert!(
            some.complaint()
                .is_some_and(|words| words.starts_with("1 of"))
        );
        assert!(Extent::of(&[0.0, 1.0]).complaint().is_none());
        for values in [&[0.5; 3][..], &[f32::NAN; 3]] {
            assert!(Extent::of(values).complaint().is_some());
        }
    }
}
