//! ResNet-50 and ResNet-152 (He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv 1512.03385) as torchvision
//! builds them (`torchvision/models/resnet.py`), with the names of torchvision's state dict. In its version, 1.5, a block that
//! halves the picture does so in its 3 × 3 convolution; the paper's does so in its first 1 × 1.
//!
//! Sizes are for a frame of 299 × 299: 150 × 150 after `conv1`, then 75 × 75 in `layer1`, 38 × 38 in `layer2`, 19 × 19 in
//! `layer3`, 10 × 10 in `layer4`.

use super::Architecture;
use flipscope_nn::{ConvSpec, Node, NormName};

/// Their names in checkpoints.
pub(crate) const NAME_50: &str = "resnet50";
pub(crate) const NAME_152: &str = "resnet152";

/// A bottleneck block outputs this many times the channels of its 3 × 3 convolution.
const EXPANSION: usize = 4;

/// ResNet-50 without its weights.
pub(crate) fn resnet50() -> Architecture {
    architecture(NAME_50, [3, 4, 6, 3])
}

/// ResNet-152 without its weights.
pub(crate) fn resnet152() -> Architecture {
    architecture(NAME_152, [3, 8, 36, 3])
}

/// A network of four layers with these numbers of bottleneck blocks.
fn architecture(name: &'static str, depths: [usize; 4]) -> Architecture {
    const STEM: usize = 64;
    let stem = ConvSpec {
        name: "conv1".to_owned(),
        norm: NormName::Separate("bn1".to_owned()),
        c_in: 3,
        c_out: STEM,
        kernel: [7, 7],
        stride: 2,
        padding: [3, 3],
        relu: true,
    };
    let mut blocks = vec![
        ("conv1", Node::Conv(stem)),
        ("maxpool", Node::MaxPool { padding: 1 }),
    ];
    let (mut c_in, mut width) = (STEM, STEM);
    let layers = ["layer1", "layer2", "layer3", "layer4"];
    for (layer, depth) in layers.into_iter().zip(depths) {
        let mut nodes = Vec::with_capacity(depth);
        for block in 0..depth {
            let halves = block == 0 && layer != "layer1";
            nodes.push(bottleneck(&format!("{layer}.{block}"), c_in, width, halves));
            c_in = EXPANSION * width;
        }
        width *= 2;
        blocks.push((layer, Node::Chain(nodes)));
    }
    Architecture {
        name,
        norm_eps: 1e-5,
        side: 299,
        transforms_input: false,
        fresh_deviation: None,
        blocks,
        features: c_in,
        auxiliary: None,
    }
}

/// 1 × 1, 3 × 3 and 1 × 1, added to the input, which is projected if its shape differs.
fn bottleneck(at: &str, c_in: usize, width: usize, halves: bool) -> Node<ConvSpec> {
    let c_out = EXPANSION * width;
    let stride = if halves { 2 } else { 1 };
    let conv = |conv: &str, norm: &str, [c_in, c_out]: [usize; 2], side: usize, stride, relu| {
        Node::Conv(ConvSpec {
            name: format!("{at}.{conv}"),
            norm: NormName::Separate(format!("{at}.{norm}")),
            c_in,
            c_out,
            kernel: [side; 2],
            stride,
            padding: [side / 2; 2],
            relu,
        })
    };
    let projection = || {
        conv(
            "downsample.0",
            "downsample.1",
            [c_in, c_out],
            1,
            stride,
            false,
        )
    };
    Node::Residual {
        main: Box::new(Node::Chain(vec![
            conv("conv1", "bn1", [c_in, width], 1, 1, true),
            conv("conv2", "bn2", [width, width], 3, stride, true),
            conv("conv3", "bn3", [width, c_out], 1, 1, false),
        ])),
        shortcut: (halves || c_in != c_out).then(|| Box::new(projection())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_have_the_convolutions_of_their_names() {
        for (architecture, convs, weights) in [
            // Convolutions, norms and the head of 1000 classes: torchvision counts 25,557,032 and 60,192,808 parameters.
            (resnet50(), 53, 25_557_032_usize),
            (resnet152(), 155, 60_192_808),
        ] {
            let all = architecture.convs();
            assert_eq!(all.len(), convs, "{}", architecture.name);
            let own: usize = all
                .iter()
                .map(|conv| conv.weight_shape().iter().product::<usize>() + 2 * conv.c_out)
                .sum();
            assert_eq!(own + 2048 * 1000 + 1000, weights, "{}", architecture.name);
            assert_eq!(architecture.features, 2048);
        }
    }
}
