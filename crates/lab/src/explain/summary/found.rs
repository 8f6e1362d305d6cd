//! What was found: the smallest change of each family, and the summary of a lesion.

use serde::{Deserialize, Deserializer, Serialize};

use super::families::Family;
use flipscope_image::perturb::Perturbation;
use flipscope_model::Label;

/// What was found of one family.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Smallest {
    /// The family.
    pub family: Family,
    /// The largest change that it may make, in [`Smallest::unit`].
    pub up_to: f64,
    /// The unit of the sizes: "°", "% of the frame", "%", "of 255", "ΔE2000".
    pub unit: &'static str,
    /// Settings that were looked at: of a grid, up to the first that flips; of a search, all that it judged.
    pub judged: usize,
    /// The smallest change that flips; none if nothing that was looked at does.
    pub flip: Option<Flip>,
    /// Whether every setting up to that was looked at (a grid), or a search looked for it.
    pub exhaustive: bool,
}

/// What a file says of a family; its unit follows from it.
#[derive(Deserialize)]
struct Stored {
    family: Family,
    up_to: f64,
    judged: usize,
    flip: Option<Flip>,
    exhaustive: bool,
}

impl<'de> Deserialize<'de> for Smallest {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(from)?;
        Ok(Self {
            family: stored.family,
            up_to: stored.up_to,
            unit: stored.family.unit(),
            judged: stored.judged,
            flip: stored.flip,
            exhaustive: stored.exhaustive,
        })
    }
}

/// A change that flips.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// Its size.
    pub size: f64,
    /// What is changed, in words.
    pub words: String,
    /// P(melanoma) of the altered frame, from its PNG, judged alone.
    pub p_melanoma: f32,
    /// How far the altered frame is from the original: CIEDE2000, the mean over the frame.
    pub delta_e: f64,
    /// SHA-256 of the altered frame.
    pub altered_sha256: String,
    /// The change itself; of noise, only its size is kept, since the field is as large as the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perturbation: Option<Perturbation>,
}

/// The summary of one lesion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The verdict of the frame.
    pub label: Label,
    /// P(melanoma) of the frame.
    pub p_melanoma: f32,
    /// The threshold.
    pub threshold: f32,
    /// What was found, the cheapest family first.
    pub families: Vec<Smallest>,
    /// The statement of stability.
    pub statement: String,
}
