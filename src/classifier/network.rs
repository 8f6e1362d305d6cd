//! Architectures without their weights, and networks with them.

use candle_core::{Result, Tensor};

use crate::nn::{Conv, ConvSpec, Linear, Node, global_avg_pool};

/// A network without its weights: what a checkpoint must hold.
pub(super) struct Architecture {
    /// Its name in checkpoints.
    pub(super) name: &'static str,
    /// ε of every batch norm.
    pub(super) norm_eps: f64,
    /// The body: named pieces, one after another.
    pub(super) blocks: Vec<(&'static str, Node<ConvSpec>)>,
    /// Features that the head (`fc`) takes.
    pub(super) features: usize,
    /// The second head that helps training.
    pub(super) auxiliary: Option<Auxiliary>,
}

/// A head that hangs on an inner block and takes part in training only.
pub(super) struct Auxiliary {
    /// What the names of its tensors begin with.
    pub(super) prefix: &'static str,
    /// Its convolutions, after a mean over 5 × 5 at stride 3.
    pub(super) convs: Vec<ConvSpec>,
    /// Features that its own `fc` takes.
    pub(super) features: usize,
}

impl Architecture {
    /// Every convolution of the body, in the order of execution.
    pub(super) fn convs(&self) -> Vec<&ConvSpec> {
        let mut convs = Vec::new();
        for (_, block) in &self.blocks {
            block.for_each(&mut |conv| convs.push(conv));
        }
        convs
    }
}

/// A loaded network.
pub(super) struct Network {
    /// The body: named pieces, one after another.
    pub(super) blocks: Vec<(&'static str, Node<Conv>)>,
    /// Features to logits.
    pub(super) head: Linear,
}

impl Network {
    /// Logits `[n, classes]` of a normalised batch `[n, 3, side, side]`.
    pub(super) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        self.forward_with(x, &mut |_, _| Ok(()))
    }

    /// The same; `see` is shown the output of every block, the pooled features and the logits.
    pub(super) fn forward_with(
        &self,
        x: &Tensor,
        see: &mut dyn FnMut(&str, &Tensor) -> Result<()>,
    ) -> Result<Tensor> {
        let mut x = x.clone();
        for (name, block) in &self.blocks {
            x = block.forward(&x)?;
            see(name, &x)?;
        }
        let x = global_avg_pool(&x)?;
        see("avgpool", &x)?;
        let x = self.head.forward(&x)?;
        see("fc", &x)?;
        Ok(x)
    }
}
