//! The systematic perturbations: every picture altered in the same ways, one after another.
//!
//! A [`Family`] is one kind of change (green made darker or brighter, a rotation, blur) with its [`Variant`]s. The first
//! families are those of the letter's systematic study (Supplementary Figure S1: offsets of a channel, rotations), and gains
//! and shifts as in its searches; the others are the corruptions of [`flipscope_image::corruption`] at five severities.

mod family;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use family::{Channel, Family};

use flipscope_base::random::Seeded;
use flipscope_image::corruption::{Corruption, CorruptionError};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation, PerturbationError};

/// How a frame is altered before it is judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Pose and colour balance, rendered where the network runs.
    Perturbation(Box<Perturbation>),
    /// A corruption, rendered in advance.
    Corruption(Corruption),
}

/// One member of a family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its family.
    pub family: Family,
    /// Its level within its family: units of 255, a factor, kelvin, degrees, pixels, or a severity from 1; for flips 1 to 3.
    pub level: f64,
    /// The change.
    pub change: Change,
}

/// Why a variant cannot be made.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum ChangeError {
    /// An invalid perturbation.
    Perturbation(#[from] PerturbationError),
    /// An invalid corruption.
    Corruption(#[from] CorruptionError),
}

impl Variant {
    /// Its name in tables, e.g. "offset-green -10": unique within a study.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.family, self.level)
    }

    /// The frame to be judged, and the change that remains to be made where the network runs.
    ///
    /// Randomness is seeded from the study's seed, the variant and the picture's hash: neither the order of work nor the model
    /// matters, so that two models see the same pixels.
    ///
    /// # Errors
    /// If its numbers are invalid.
    pub fn prepare(
        &self,
        frame: &Frame,
        seed: u64,
        image_sha256: &str,
    ) -> Result<(Option<Frame>, Perturbation), ChangeError> {
        match &self.change {
            Change::Perturbation(perturbation) => {
                perturbation.validate()?;
                Ok((None, perturbation.as_ref().clone()))
            }
            Change::Corruption(corruption) => {
                let mut random = self.random(seed, image_sha256);
                let corrupted = corruption.apply(frame, &mut random)?;
                Ok((Some(corrupted), Perturbation::default()))
            }
        }
    }

    /// The altered frame, exactly as the network judges it.
    ///
    /// # Errors
    /// As [`Variant::prepare`].
    pub fn render(
        &self,
        frame: &Frame,
        seed: u64,
        image_sha256: &str,
    ) -> Result<Frame, ChangeError> {
        let (corrupted, perturbation) = self.prepare(frame, seed, image_sha256)?;
        Ok(match corrupted {
            Some(corrupted) => corrupted,
            None => perturb::apply(frame, &perturbation)?,
        })
    }

    fn random(&self, seed: u64, image_sha256: &str) -> Seeded {
        let text = format!("{seed}\t{}\t{image_sha256}", self.name());
        let hash = Sha256::digest(text.as_bytes());
        let first = hash.iter().take(8);
        Seeded::new(first.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use flipscope_image::corruption::CorruptionKind;
    use flipscope_image::perturb::{Fill, Sampling};

    fn everything() -> Vec<Variant> {
        let all = Family::all().into_iter();
        all.flat_map(|family| family.variants(Sampling::Nearest, Fill::Black))
            .collect()
    }

    #[test]
    fn names_are_unique_and_families_survive_json() {
        let variants = everything();
        let names: BTreeSet<String> = variants.iter().map(Variant::name).collect();
        assert_eq!(names.len(), variants.len());
        assert!(names.contains("offset-green -10") && names.contains("rotation 180"));
        assert!(names.contains("gain-all 1.06") && names.contains("jpeg 5"));
        for variant in &variants {
            let json = serde_json::to_string(variant).unwrap();
            assert_eq!(&serde_json::from_str::<Variant>(&json).unwrap(), variant);
        }
        assert!("blue-moon".parse::<Family>().is_err());
    }

    #[test]
    fn the_letters_points_are_there_and_mean_what_they_say() {
        let variants = everything();
        let find = |name: &str| variants.iter().find(|v| v.name() == name).unwrap();
        let Change::Perturbation(green) = &find("offset-green -10").change else {
            panic!("an offset is a perturbation");
        };
        assert_eq!(green.offset, [0.0, -10.0, 0.0]);
        let frame = Frame::from_rgb(vec![100; Frame::BYTES]).unwrap();
        let darker = find("offset-green -10").render(&frame, 1, "").unwrap();
        assert_eq!(darker.raster().pixel(7, 7), Some([100, 90, 100]));
    }

    #[test]
    fn random_corruptions_are_the_same_for_one_picture_and_others_for_another() {
        let frame = Frame::from_rgb(vec![100; Frame::BYTES]).unwrap();
        let noise = &Family::Corruption(CorruptionKind::GaussianNoise)
            .variants(Sampling::Nearest, Fill::Black)[0];
        let render = |seed, image: &str| noise.render(&frame, seed, image).unwrap();
        assert_eq!(render(1, "a"), render(1, "a"));
        assert_ne!(render(1, "a"), render(2, "a"));
        assert_ne!(render(1, "a"), render(1, "b"));
    }
}
