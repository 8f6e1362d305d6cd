//! What the user states about a model, which takes precedence over what its file states.

use flipscope_image::lesion::Framing;
use flipscope_nn::Precision;

use crate::remedy::Remedy;

/// What the user states about a model, in place of what its file states or leaves out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// The framing it was trained with.
    pub framing: Option<Framing>,
    /// Class names in the order of the logits.
    pub classes: Option<Vec<String>>,
    /// Names of the classes that mean melanoma.
    pub melanoma_classes: Option<Vec<String>>,
    /// Mean of the channels R, G, B in 0..1.
    pub mean: Option<[f32; 3]>,
    /// Standard deviation of the channels R, G, B in 0..1.
    pub std: Option<[f32; 3]>,
    /// Whether torchvision's `transform_input` is applied.
    pub transform_input: Option<bool>,
    /// P(melanoma) at or above which it says melanoma.
    pub threshold: Option<f32>,
    /// Which of several sets of weights in the file to use, by its key.
    pub weights: Option<String>,
    /// What the single output of a network with a sigmoid means: the name of its class.
    pub positive_class: Option<String>,
    /// The type that the network computes in: a property of the run, not of the file.
    pub precision: Precision,
    /// What stands between a frame and its verdict: a property of the run too.
    pub remedy: Remedy,
}
