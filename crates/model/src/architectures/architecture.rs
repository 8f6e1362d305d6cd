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
    /// Whether torchvision's version has the option `transform_input`.
    pub(crate) transforms_input: bool,
    /// Standard deviation of the normal distribution from which fresh convolutions are drawn; none: that of Kaiming (He et al.
    /// 2015) by fan out, √(2 / (channels out · kernel)).
    pub(crate) fresh_deviation: Option<f64>,
    /// The body: named pieces, one after another.
    pub(crate) blocks: Vec<(&'static str, Node<ConvSpec>)>,
    /// Features that the head (`fc`) takes.
    pub(crate) features: usize,
    /// The auxiliary head, which helps training.
    pub(crate) auxiliary: Option<Auxiliary>,
}

/// A head that branches off an inner block and is used only in training.
pub(crate) struct Auxiliary {
    /// The prefix of its tensors' names.
    pub(crate) prefix: &'static str,
    /// The block whose output it takes.
    pub(crate) after: &'static str,
    /// Its convolutions, after a 5 × 5 average pooling at stride 3.
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
