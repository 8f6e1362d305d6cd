//! An architecture: a network without its weights.

use flipscope_nn::{ConvSpec, Node};

/// A network without its weights: what a checkpoint must hold.
pub(crate) struct Architecture {
    /// Its name in checkpoints.
    pub(crate) name: &'static str,
    /// ε of every batch norm.
    pub(crate) norm_eps: f64,
    /// Rows and columns of a frame.
    pub(crate) side: usize,
    /// Whether torchvision's has the option `transform_input`.
    pub(crate) transforms_input: bool,
    /// Standard deviation of the normal distribution that fresh convolutions are drawn from; none: that of Kaiming (He et al. 2015)
    /// by the fan out, √(2 / (channels out · kernel)).
    pub(crate) fresh_deviation: Option<f64>,
    /// The body: named pieces, one after another.
    pub(crate) blocks: Vec<(&'static str, Node<ConvSpec>)>,
    /// Features that the head (`fc`) takes.
    pub(crate) features: usize,
    /// The second head that helps training.
    pub(crate) auxiliary: Option<Auxiliary>,
}

/// A head that depends on an inner block and takes part in training only.
pub(crate) struct Auxiliary {
    /// What the names of its tensors begin with.
    pub(crate) prefix: &'static str,
    /// The block on whose output it hangs.
    pub(crate) after: &'static str,
    /// Its convolutions, after a mean over 5 × 5 at stride 3.
    pub(crate) convs: Vec<ConvSpec>,
    /// Features that its own `fc` takes.
    pub(crate) features: usize,
}

impl Architecture {
    /// Every convolution of the body, in the order of execution.
    pub(crate) fn convs(&self) -> Vec<&ConvSpec> {
        let mut convs = Vec::new();
        for (_, block) in &self.blocks {
            block.for_each(&mut |conv| convs.push(conv));
        }
        convs
    }
}
