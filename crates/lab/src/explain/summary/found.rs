//! What was found: the smallest change of each family, and the summary of a lesion.

use std::cmp::Ordering;

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

impl Summary {
    /// The families in the order of tables, figures and the window, since their sizes have no unit in common: first those that flip, by the
    /// mean ΔE2000 of the smallest change, the smallest first; then those in which no flip was found; then those that were not judged, as
    /// `None`.
    #[must_use]
    pub fn in_order(&self) -> Vec<(Family, Option<&Smallest>)> {
        let delta_e = |one: &Smallest| one.flip.as_ref().map(|flip| flip.delta_e);
        let mut judged: Vec<&Smallest> = self.families.iter().collect();
        judged.sort_by(|a, b| match (delta_e(a), delta_e(b)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        });
        let judged = judged.into_iter().map(|one| (one.family, Some(one)));
        let not_judged = self.not_judged().map(|family| (family, None));
        judged.chain(not_judged).collect()
    }

    /// The families that were not judged: of a summary that is under way, or was cancelled.
    pub fn not_judged(&self) -> impl Iterator<Item = Family> {
        let judged = |family: &Family| self.families.iter().any(|one| one.family == *family);
        Family::ALL
            .into_iter()
            .filter(move |family| !judged(family))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flips_come_first_by_what_they_change_and_what_was_not_judged_last() {
        let one = |family: Family, delta_e: Option<f64>| Smallest {
            family,
            up_to: 10.0,
            unit: family.unit(),
            judged: 3,
            flip: delta_e.map(|delta_e| Flip {
                size: 1.0,
                words: String::new(),
                p_melanoma: 0.4,
                delta_e,
                altered_sha256: String::new(),
                perturbation: None,
            }),
            exhaustive: true,
        };
        let summary = Summary {
            label: Label::Melanoma,
            p_melanoma: 0.6,
            threshold: 0.5,
            families: vec![
                one(Family::Noise, Some(2.0)),
                one(Family::Brightness, None),
                one(Family::Red, Some(0.5)),
            ],
            statement: String::new(),
        };
        let order: Vec<(Family, bool)> = (summary.in_order().into_iter())
            .map(|(family, one)| (family, one.is_some()))
            .collect();
        let judged = [Family::Red, Family::Noise, Family::Brightness];
        assert_eq!(order[..3], judged.map(|family| (family, true)));
        assert!(order[3..].iter().all(|(_, judged)| !judged) && order.len() == 9);
        assert_eq!(summary.not_judged().next(), Some(Family::Green));
    }
}
