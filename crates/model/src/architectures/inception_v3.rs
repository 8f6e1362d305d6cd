//! Inception-v3 (Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision", arXiv 1512.00567) as
//! torchvision builds it (`torchvision/models/inception.py`), under the names of torchvision's state dict.
//!
//! Sizes are for a frame of 299 × 299: 35 × 35 in the blocks `Mixed_5*`, 17 × 17 in `Mixed_6*`, 8 × 8 in `Mixed_7*`.

use super::Architecture;
use super::architecture::Auxiliary;
use flipscope_nn::{ConvSpec, Node, NormName};

/// Its name in checkpoints.
pub(crate) const NAME: &str = "inception-v3";

/// The network without its weights.
pub(crate) fn architecture() -> Architecture {
    Architecture {
        name: NAME,
        norm_eps: 1e-3,
        side: 299,
        transforms_input: true,
        fresh_deviation: Some(0.1),
        blocks: vec![
            (
                "Conv2d_1a_3x3",
                conv("Conv2d_1a_3x3", 3, 32, [3, 3]).stride_2(),
            ),
            (
                "Conv2d_2a_3x3",
                conv("Conv2d_2a_3x3", 32, 32, [3, 3]).into(),
            ),
            (
                "Conv2d_2b_3x3",
                conv("Conv2d_2b_3x3", 32, 64, [3, 3]).same(),
            ),
            ("maxpool1", Node::MaxPool { padding: 0 }),
            (
                "Conv2d_3b_1x1",
                conv("Conv2d_3b_1x1", 64, 80, [1, 1]).into(),
            ),
            (
                "Conv2d_4a_3x3",
                conv("Conv2d_4a_3x3", 80, 192, [3, 3]).into(),
            ),
            ("maxpool2", Node::MaxPool { padding: 0 }),
            ("Mixed_5b", block_a("Mixed_5b", 192, 32)),
            ("Mixed_5c", block_a("Mixed_5c", 256, 64)),
            ("Mixed_5d", block_a("Mixed_5d", 288, 64)),
            ("Mixed_6a", block_b("Mixed_6a", 288)),
            ("Mixed_6b", block_c("Mixed_6b", 128)),
            ("Mixed_6c", block_c("Mixed_6c", 160)),
            ("Mixed_6d", block_c("Mixed_6d", 160)),
            ("Mixed_6e", block_c("Mixed_6e", 192)),
            ("Mixed_7a", block_d("Mixed_7a")),
            ("Mixed_7b", block_e("Mixed_7b", 1280)),
            ("Mixed_7c", block_e("Mixed_7c", 2048)),
        ],
        features: 2048,
        auxiliary: Some(Auxiliary {
            prefix: "AuxLogits",
            after: "Mixed_6e",
            convs: vec![
                conv("AuxLogits.conv0", 768, 128, [1, 1]),
                conv("AuxLogits.conv1", 128, 768, [5, 5]),
            ],
            features: 768,
        }),
    }
}

/// 35 × 35: 1 × 1, 5 × 5, two 3 × 3 in a row, and pooling.
fn block_a(at: &str, c_in: usize, c_pool: usize) -> Node<ConvSpec> {
    let conv = |name, c_in, c_out, kernel| conv(&format!("{at}.{name}"), c_in, c_out, kernel);
    Node::Branches(vec![
        conv("branch1x1", c_in, 64, [1, 1]).into(),
        Node::Chain(vec![
            conv("branch5x5_1", c_in, 48, [1, 1]).into(),
            conv("branch5x5_2", 48, 64, [5, 5]).same(),
        ]),
        Node::Chain(vec![
            conv("branch3x3dbl_1", c_in, 64, [1, 1]).into(),
            conv("branch3x3dbl_2", 64, 96, [3, 3]).same(),
            conv("branch3x3dbl_3", 96, 96, [3, 3]).same(),
        ]),
        Node::Chain(vec![
            Node::AvgPool,
            conv("branch_pool", c_in, c_pool, [1, 1]).into(),
        ]),
    ])
}

/// From 35 × 35 to 17 × 17.
fn block_b(at: &str, c_in: usize) -> Node<ConvSpec> {
    let conv = |name, c_in, c_out, kernel| conv(&format!("{at}.{name}"), c_in, c_out, kernel);
    Node::Branches(vec![
        conv("branch3x3", c_in, 384, [3, 3]).stride_2(),
        Node::Chain(vec![
            conv("branch3x3dbl_1", c_in, 64, [1, 1]).into(),
            conv("branch3x3dbl_2", 64, 96, [3, 3]).same(),
            conv("branch3x3dbl_3", 96, 96, [3, 3]).stride_2(),
        ]),
        Node::MaxPool { padding: 0 },
    ])
}

/// 17 × 17: 7 × 7 kernels split into 1 × 7 and 7 × 1, with `c7` channels between them.
fn block_c(at: &str, c7: usize) -> Node<ConvSpec> {
    let conv = |name, c_in, c_out, kernel| conv(&format!("{at}.{name}"), c_in, c_out, kernel);
    Node::Branches(vec![
        conv("branch1x1", 768, 192, [1, 1]).into(),
        Node::Chain(vec![
            conv("branch7x7_1", 768, c7, [1, 1]).into(),
            conv("branch7x7_2", c7, c7, [1, 7]).same(),
            conv("branch7x7_3", c7, 192, [7, 1]).same(),
        ]),
        Node::Chain(vec![
            conv("branch7x7dbl_1", 768, c7, [1, 1]).into(),
            conv("branch7x7dbl_2", c7, c7, [7, 1]).same(),
            conv("branch7x7dbl_3", c7, c7, [1, 7]).same(),
            conv("branch7x7dbl_4", c7, c7, [7, 1]).same(),
            conv("branch7x7dbl_5", c7, 192, [1, 7]).same(),
        ]),
        Node::Chain(vec![
            Node::AvgPool,
            conv("branch_pool", 768, 192, [1, 1]).into(),
        ]),
    ])
}

/// From 17 × 17 to 8 × 8.
fn block_d(at: &str) -> Node<ConvSpec> {
    let conv = |name, c_in, c_out, kernel| conv(&format!("{at}.{name}"), c_in, c_out, kernel);
    Node::Branches(vec![
        Node::Chain(vec![
            conv("branch3x3_1", 768, 192, [1, 1]).into(),
            conv("branch3x3_2", 192, 320, [3, 3]).stride_2(),
        ]),
        Node::Chain(vec![
            conv("branch7x7x3_1", 768, 192, [1, 1]).into(),
            conv("branch7x7x3_2", 192, 192, [1, 7]).same(),
            conv("branch7x7x3_3", 192, 192, [7, 1]).same(),
            conv("branch7x7x3_4", 192, 192, [3, 3]).stride_2(),
        ]),
        Node::MaxPool { padding: 0 },
    ])
}

/// 8 × 8: the 3 × 3 kernels split into parallel 1 × 3 and 3 × 1.
fn block_e(at: &str, c_in: usize) -> Node<ConvSpec> {
    let conv = |name, c_in, c_out, kernel| conv(&format!("{at}.{name}"), c_in, c_out, kernel);
    Node::Branches(vec![
        conv("branch1x1", c_in, 320, [1, 1]).into(),
        Node::Chain(vec![
            conv("branch3x3_1", c_in, 384, [1, 1]).into(),
            Node::Branches(vec![
                conv("branch3x3_2a", 384, 384, [1, 3]).same(),
                conv("branch3x3_2b", 384, 384, [3, 1]).same(),
            ]),
        ]),
        Node::Chain(vec![
            conv("branch3x3dbl_1", c_in, 448, [1, 1]).into(),
            conv("branch3x3dbl_2", 448, 384, [3, 3]).same(),
            Node::Branches(vec![
                conv("branch3x3dbl_3a", 384, 384, [1, 3]).same(),
                conv("branch3x3dbl_3b", 384, 384, [3, 1]).same(),
            ]),
        ]),
        Node::Chain(vec![
            Node::AvgPool,
            conv("branch_pool", c_in, 192, [1, 1]).into(),
        ]),
    ])
}

/// A convolution at stride 1 without padding.
fn conv(name: &str, c_in: usize, c_out: usize, kernel: [usize; 2]) -> ConvSpec {
    ConvSpec {
        name: name.to_owned(),
        norm: NormName::Inside,
        c_in,
        c_out,
        kernel,
        stride: 1,
        padding: [0, 0],
        relu: true,
    }
}

/// How the blocks above write their convolutions.
trait ConvGeometry {
    /// At stride 2, without padding.
    fn stride_2(self) -> Node<ConvSpec>;
    /// Padded so that the size stays.
    fn same(self) -> Node<ConvSpec>;
}

impl ConvGeometry for ConvSpec {
    fn stride_2(mut self) -> Node<ConvSpec> {
        self.stride = 2;
        self.into()
    }

    fn same(mut self) -> Node<ConvSpec> {
        self.padding = self.kernel.map(|side| side / 2);
        self.into()
    }
}
