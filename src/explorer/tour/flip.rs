//! A flip that a person has made: what was changed, and the verdicts before and after. It ends the tour, and solves a sample's task.

use flipscope_base::human::probability_beside;
use flipscope_image::perturb::Perturbation;
use flipscope_model::Label;

/// A change that flips, with the verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// What the person changed.
    pub change: Perturbation,
    /// The verdict and P(melanoma) before and after.
    pub verdicts: [(Label, f32); 2],
    /// The threshold between them.
    pub threshold: f32,
}

impl Eq for Flip {}

impl Flip {
    /// Both verdicts in words, with P(melanoma): "melanoma (0.53)".
    pub(crate) fn in_words(&self) -> [String; 2] {
        (self.verdicts).map(|(label, p)| {
            format!(
                "{} ({})",
                label.in_words(),
                probability_beside(p, self.threshold, 2)
            )
        })
    }
}
