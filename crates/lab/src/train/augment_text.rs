//! Augmentations as text: names and strengths, separated by commas.

use std::str::FromStr;

use super::augment::Augmentations;
use super::error::TrainError;

/// The names and their values, for help and messages.
pub const KNOWN: &str = "flips, crop=SHARE, rotate=DEGREES, shift=PIXELS, gain=G, offset=O, hue=TURNS, worst-pose=K, fill=black|edge|reflect|mean-skin, sampling=nearest|bilinear, none";

impl FromStr for Augmentations {
    type Err = TrainError;

    fn from_str(text: &str) -> Result<Self, TrainError> {
        let mut all = Self::NONE;
        for item in text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
        {
            let (name, strength) = match item.split_once('=') {
                Some((name, strength)) => (name, Some(strength)),
                None => (item, None),
            };
            let unknown = || {
                TrainError::Augmentation(format!(
                    "{item:?} is not an augmentation; there are {KNOWN}"
                ))
            };
            let number = || -> Result<f64, TrainError> {
                strength
                    .and_then(|text| text.parse().ok())
                    .ok_or_else(unknown)
            };
            match name {
                "none" if strength.is_none() => all = Self::NONE,
                "flips" if strength.is_none() => all.flips = true,
                "crop" => all.crop = number()?,
                "rotate" => all.rotate = number()?,
                "shift" => all.shift = number()?,
                "gain" => all.gain = number()?,
                "offset" => all.offset = number()?,
                "hue" => all.hue = number()?,
                "worst-pose" => {
                    all.worst_of = strength
                        .and_then(|text| text.parse().ok())
                        .ok_or_else(unknown)?;
                }
                "fill" => {
                    all.fill = strength
                        .unwrap_or_default()
                        .parse()
                        .map_err(|_| unknown())?;
                }
                "sampling" => {
                    all.sampling = strength
                        .unwrap_or_default()
                        .parse()
                        .map_err(|_| unknown())?;
                }
                _ => return Err(unknown()),
            }
        }
        all.validate()?;
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::perturb::{Fill, Sampling};

    #[test]
    fn names_and_strengths_are_read_and_nonsense_is_refused() {
        let all: Augmentations =
            "flips,crop=0.5,rotate=30,shift=20,gain=0.1,offset=10,hue=0.4,fill=reflect,sampling=bilinear"
                .parse()
                .unwrap();
        assert_eq!((all.crop, all.hue, all.worst_of), (0.5, 0.4, 0));
        assert_eq!((all.rotate, all.shift), (30.0, 20.0));
        let worst: Augmentations = "flips,worst-pose=4".parse().unwrap();
        assert_eq!((worst.worst_of, worst.rotate), (4, 0.0));
        assert_eq!(
            (all.fill, all.sampling),
            (Fill::Reflect, Sampling::Bilinear)
        );
        assert_eq!(
            "none".parse::<Augmentations>().unwrap(),
            Augmentations::NONE
        );
        for nonsense in [
            "flip",
            "flips=2",
            "rotate",
            "rotate=x",
            "rotate=200",
            "shift=150",
            "shift=1.5",
            "shift=20,worst-pose=4",
            "rotate=30,worst-pose=4",
            "crop=0",
            "hue=0.6",
            "gain=NaN",
        ] {
            let error = nonsense.parse::<Augmentations>().unwrap_err().to_string();
            assert!(
                error.contains(nonsense.split('=').next().unwrap()),
                "{error}"
            );
        }
    }
}
