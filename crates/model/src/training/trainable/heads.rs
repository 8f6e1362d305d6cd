//! The linear layers after the blocks: the head, and the auxiliary one.

use candle_core::{Tensor, Var};

use flipscope_nn::{Node, TrainableConv};

/// A linear layer.
pub(crate) struct Head {
    /// Its name in the state dict, e.g. `fc`.
    pub(crate) name: String,
    /// `[classes, features]`.
    pub(crate) weight: Var,
    /// `[classes]`.
    pub(crate) bias: Var,
    pub(crate) features: usize,
}

/// The head that branches off an inner block.
pub(crate) struct AuxiliaryHead {
    /// The block whose output it takes.
    pub(crate) after: &'static str,
    /// One after another.
    pub(crate) convs: Node<TrainableConv>,
    pub(crate) head: Head,
}

impl Head {
    /// Logits of features `[n, features]`.
    pub(super) fn forward(&self, x: &Tensor) -> candle_core::Result<Tensor> {
        x.matmul(&self.weight.t()?)?.broadcast_add(&self.bias)
    }

    pub(super) fn variables(&self) -> [(String, &Var); 2] {
        [
            (format!("{}.weight", self.name), &self.weight),
            (format!("{}.bias", self.name), &self.bias),
        ]
    }
}
