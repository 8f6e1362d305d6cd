//! A network of three convolutions for tests of training, which a processor runs in milliseconds where Inception-v3 takes
//! seconds. It is of no use for anything but synthetic lesions.

use super::Architecture;
use flipscope_nn::{ConvSpec, Node, NormName};

/// Its name in checkpoints.
pub(crate) const NAME: &str = "small-test";

/// The network without its weights: 299 → 149 → 74 → 36 → 17 → 8 pixels a side.
pub(crate) fn architecture() -> Architecture {
    Architecture {
        name: NAME,
        norm_eps: 1e-3,
        side: 299,
        blocks: vec![
            ("conv1", conv("conv1", 3, 16)),
            ("maxpool1", Node::MaxPool { padding: 0 }),
            ("conv2", conv("conv2", 16, 16)),
            ("maxpool2", Node::MaxPool { padding: 0 }),
            ("conv3", conv("conv3", 16, 32)),
        ],
        features: 32,
        auxiliary: None,
        transforms_input: true,
        fresh_deviation: Some(0.1),
    }
}

/// 3 × 3 at stride 2 without padding.
fn conv(name: &str, c_in: usize, c_out: usize) -> Node<ConvSpec> {
    Node::Conv(ConvSpec {
        name: name.to_owned(),
        c_in,
        c_out,
        kernel: [3, 3],
        stride: 2,
        padding: [0, 0],
        relu: true,
        norm: NormName::Inside,
    })
}
