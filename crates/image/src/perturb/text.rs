//! Names of sampling and fill as on the command line, and the one-line summary of a perturbation.

use std::fmt;
use std::str::FromStr;

use flipscope_language::{Language, decimal, decimal_mark, text, within};

use super::error::UnknownName;
use super::illuminant::NEUTRAL_KELVIN;
use super::perturbation::{Fill, Perturbation, Sampling};

impl Sampling {
    /// Every sampling, in menu order.
    pub const ALL: [Self; 2] = [Self::Nearest, Self::Bilinear];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Bilinear => "bilinear",
        }
    }
}

impl Fill {
    /// Every fill, in menu order.
    pub const ALL: [Self; 4] = [Self::Black, Self::Edge, Self::Reflect, Self::MeanSkin];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Black => "black",
            Self::Edge => "edge",
            Self::Reflect => "reflect",
            Self::MeanSkin => "mean-skin",
        }
    }
}

impl fmt::Display for Sampling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Fill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Sampling {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "sampling",
            name: name.to_owned(),
            known: "nearest, bilinear",
        })
    }
}

impl FromStr for Fill {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "fill",
            name: name.to_owned(),
            known: "black, edge, reflect, mean-skin",
        })
    }
}

/// A number as a person writes it: no trailing zeros, a true minus sign, the decimal mark of the language. Rounded to 4 decimals: for
/// reading, not for replay.
pub fn number_in_words(value: f64) -> String {
    let text = format!("{value:.4}");
    signed(text.trim_end_matches('0').trim_end_matches('.'))
}

/// The same with every digit that it takes to read the same number again.
fn exact_in_words(value: f64) -> String {
    signed(&value.to_string())
}

fn signed(text: &str) -> String {
    decimal(match text.strip_prefix('-') {
        Some("0") => "0".to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text.to_owned(),
    })
}

/// Several numbers; where the decimal mark is a comma, it does not separate them too.
fn numbers(values: &[f64], separator: &str, number: fn(f64) -> String) -> String {
    let separator = match (separator, decimal_mark()) {
        (", ", ',') => "; ",
        (separator, _) => separator,
    };
    let texts: Vec<String> = values.iter().map(|&value| number(value)).collect();
    texts.join(separator)
}

impl Perturbation {
    /// What changes, as numbers in the order of the controls, in the thread's language: `rotate 45°, shift −31, −8, gain 0.95 1.02 1.07`, or
    /// `unchanged`. With every digit: typed again, they give the same frame. [`Self::shortest`] has no more of them than that takes.
    #[must_use]
    pub fn numbers_in_words(&self) -> String {
        self.with_numbers(exact_in_words)
    }

    fn with_numbers(&self, number: fn(f64) -> String) -> String {
        let mut parts = Vec::new();
        if self.rotate != 0.0 {
            parts.push(text!("numbers-rotate", degrees = number(self.rotate)));
        }
        if self.shift != [0.0; 2] {
            let pixels = numbers(&self.shift, ", ", number);
            parts.push(text!("numbers-shift", pixels = pixels));
        }
        if !self.keeps_pose() {
            if self.sampling == Sampling::Bilinear {
                parts.push(text!("numbers-bilinear").to_owned());
            }
            let fill = match self.fill {
                Fill::Black => None,
                Fill::Edge => Some(text!("numbers-fill-edge")),
                Fill::Reflect => Some(text!("numbers-fill-reflect")),
                Fill::MeanSkin => Some(text!("numbers-fill-mean-skin")),
            };
            parts.extend(fill.map(str::to_owned));
        }
        if self.field_of_view {
            parts.push(text!("numbers-field-of-view").to_owned());
        }
        if self.kelvin != NEUTRAL_KELVIN {
            parts.push(text!("numbers-lamp", kelvin = number(self.kelvin)));
        }
        if self.tint != 0.0 {
            parts.push(text!("numbers-tint", duv = number(self.tint)));
        }
        if self.gain != [1.0; 3] {
            parts.push(text!(
                "numbers-gain",
                gains = numbers(&self.gain, " ", number)
            ));
        }
        if self.offset != [0.0; 3] {
            let offsets = numbers(&self.offset, " ", number);
            parts.push(text!("numbers-offset", offsets = offsets));
        }
        if !self.pixels.is_empty() {
            parts.push(text!("numbers-pixels", count = self.pixels.len()));
        }
        if let Some(noise) = &self.noise {
            parts.push(text!("numbers-noise", epsilon = noise.epsilon()));
        }
        if parts.is_empty() {
            return text!("changed-nothing").to_owned();
        }
        parts.join(", ")
    }
}

/// The same in English and rounded to 4 decimals, as tables have it: for reading, not for replay.
impl fmt::Display for Perturbation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&within(Language::English, || {
            self.with_numbers(number_in_words)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perturb::PixelEdit;

    #[test]
    fn names_are_those_of_the_files() {
        for sampling in Sampling::ALL {
            assert_eq!(sampling.to_string().parse(), Ok(sampling));
            assert_eq!(
                serde_json::to_string(&sampling).unwrap(),
                format!("\"{sampling}\"")
            );
        }
        for fill in Fill::ALL {
            assert_eq!(fill.to_string().parse(), Ok(fill));
            assert_eq!(serde_json::to_string(&fill).unwrap(), format!("\"{fill}\""));
        }
        let error = "cubic".parse::<Sampling>().unwrap_err().to_string();
        assert_eq!(
            error,
            "unknown sampling \"cubic\": use one of nearest, bilinear"
        );
    }

    #[test]
    fn summaries_are_short_and_say_what_changes() {
        let mut p = Perturbation::default();
        assert_eq!(p.to_string(), "unchanged");
        p.rotate = 45.0;
        p.shift = [-31.0, -8.0];
        p.gain = [0.95, 1.02, 1.07];
        assert_eq!(
            p.to_string(),
            "rotate 45°, shift −31, −8, gain 0.95 1.02 1.07"
        );
        p.sampling = Sampling::Bilinear;
        p.fill = Fill::MeanSkin;
        p.offset = [0.0, -10.0, -0.000_01];
        p.pixels = vec![
            PixelEdit {
                x: 1,
                y: 2,
                rgb: [3; 3]
            };
            2
        ];
        assert_eq!(
            p.to_string(),
            "rotate 45°, shift −31, −8, bilinear, fill mean-skin, gain 0.95 1.02 1.07, offset 0 −10 0, 2 pixels"
        );
        let german = || {
            let file = p.to_string();
            (p.numbers_in_words(), file)
        };
        assert_eq!(
            p.numbers_in_words(),
            p.to_string().replace("−10 0,", "−10 −0.00001,"),
            "every digit"
        );
        let (german, file) = within(Language::German, german);
        assert_eq!(
            german,
            "Drehung 45°, Verschiebung −31; −8, bilinear, freie Fläche: mittlere Haut, Verstärkung 0,95 1,02 1,07, Offset 0 −10 −0,00001, 2 Pixel"
        );
        assert_eq!(file, p.to_string(), "what a file keeps is English");
    }
}
