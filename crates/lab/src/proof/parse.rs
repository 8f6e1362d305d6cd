//! A box as one word: `KIND[:RADIUS[:CHANNELS or FILL]]`, for lists on the command line; e.g. `offset:5`, `gain:0.1:green`,
//! `rotation:0.3`. What is left out is as in [`ProofBox::usual`].

use std::str::FromStr;

use super::proof_box::{BoxKind, ProofBox};
use flipscope_image::perturb::UnknownName;

impl FromStr for BoxKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.name() == name);
        found.ok_or_else(|| {
            format!("{name:?} is no box: choose offset, gain, illuminant or rotation")
        })
    }
}

impl FromStr for ProofBox {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(':').map(str::trim);
        let kind: BoxKind = parts.next().unwrap_or_default().parse()?;
        let mut region = Self::usual(kind);
        if let Some(number) = parts.next() {
            let wanted: f64 = number
                .parse()
                .map_err(|_| format!("{number:?} is no radius: give a number, e.g. {kind}:5"))?;
            *region.radius_mut() = wanted;
        }
        if let Some(more) = parts.next() {
            match &mut region {
                Self::Offset { channels, .. } | Self::Gain { channels, .. } => {
                    *channels = more
                        .parse()
                        .map_err(|error: UnknownName| error.to_string())?;
                }
                Self::Rotation { fill, .. } => {
                    *fill = more
                        .parse()
                        .map_err(|error: UnknownName| error.to_string())?;
                }
                Self::Illuminant { .. } => {
                    return Err(format!("{text:?}: a lamp has a radius and nothing else"));
                }
            }
        }
        if parts.next().is_some() {
            return Err(format!(
                "{text:?} has too many parts: give KIND:RADIUS:CHANNELS"
            ));
        }
        region.validate().map_err(|error| error.to_string())?;
        Ok(region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::Channels;
    use flipscope_image::perturb::Fill;

    #[test]
    fn a_word_is_a_box() {
        let parsed = |text: &str| text.parse::<ProofBox>();
        assert_eq!(parsed("offset").unwrap(), ProofBox::usual(BoxKind::Offset));
        assert_eq!(
            parsed("offset:40:green").unwrap(),
            ProofBox::Offset {
                radius: 40.0,
                channels: Channels::Green
            }
        );
        assert_eq!(
            parsed("illuminant:500").unwrap(),
            ProofBox::Illuminant { radius: 500.0 }
        );
        assert_eq!(
            parsed("rotation:0.3:edge").unwrap(),
            ProofBox::Rotation {
                radius: 0.3,
                fill: Fill::Edge
            }
        );
        for (text, part) in [
            ("", "is no box"),
            ("hue:3", "is no box"),
            ("offset:x", "is no radius"),
            ("offset:2.5", "whole number"),
            ("gain:0.1:cyan", "cyan"),
            ("illuminant:500:red", "nothing else"),
            ("offset:1:each:2", "too many parts"),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
