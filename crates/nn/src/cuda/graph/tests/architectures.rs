//! Inception-v3 and ResNet-50 as convolutions without weights: their definitions are in a crate that depends on this one.

use crate::{Conv, Node};

/// A convolution whose weights nobody looks at.
fn conv(c_in: usize, c_out: usize, kernel: [usize; 2], stride: usize, same: bool) -> Node<Conv> {
    Node::Conv(Conv {
        c_in,
        c_out,
        kernel,
        stride,
        padding: if same {
            kernel.map(|side| side / 2)
        } else {
            [0, 0]
        },
        weight: vec![0.0; c_in * c_out * kernel[0] * kernel[1]],
        bias: vec![0.0; c_out],
        relu: true,
    })
}

fn one(c_in: usize, c_out: usize) -> Node<Conv> {
    conv(c_in, c_out, [1, 1], 1, false)
}

/// One after another, of kernels that keep the size.
fn chain<const N: usize>(c_in: usize, rest: [(usize, [usize; 2]); N]) -> Vec<Node<Conv>> {
    let mut before = c_in;
    let convs = rest.into_iter().map(|(c_out, kernel)| {
        let made = conv(before, c_out, kernel, 1, true);
        before = c_out;
        made
    });
    convs.collect()
}

fn pooled(c_in: usize, c_out: usize) -> Node<Conv> {
    Node::Chain(vec![Node::AvgPool, one(c_in, c_out)])
}

/// `Mixed_5*`.
fn block_a(c_in: usize, c_pool: usize) -> Node<Conv> {
    Node::Branches(vec![
        one(c_in, 64),
        Node::Chain(chain(c_in, [(48, [1, 1]), (64, [5, 5])])),
        Node::Chain(chain(c_in, [(64, [1, 1]), (96, [3, 3]), (96, [3, 3])])),
        pooled(c_in, c_pool),
    ])
}

/// `Mixed_6b` to `Mixed_6e`.
fn block_c(c: usize) -> Node<Conv> {
    let (across, down) = ([1, 7], [7, 1]);
    Node::Branches(vec![
        one(768, 192),
        Node::Chain(chain(768, [(c, [1, 1]), (c, across), (192, down)])),
        Node::Chain(chain(
            768,
            [
                (c, [1, 1]),
                (c, down),
                (c, across),
                (c, down),
                (192, across),
            ],
        )),
        pooled(768, 192),
    ])
}

/// `Mixed_7b` and `Mixed_7c`.
fn block_e(c_in: usize) -> Node<Conv> {
    let split = || {
        let half = |kernel| conv(384, 384, kernel, 1, true);
        Node::Branches(vec![half([1, 3]), half([3, 1])])
    };
    Node::Branches(vec![
        one(c_in, 320),
        Node::Chain(vec![one(c_in, 384), split()]),
        Node::Chain(vec![
            one(c_in, 448),
            conv(448, 384, [3, 3], 1, true),
            split(),
        ]),
        pooled(c_in, 192),
    ])
}

pub(super) fn inception_v3() -> Vec<Node<Conv>> {
    let halving = |c_in, c_out| conv(c_in, c_out, [3, 3], 2, false);
    let then = |mut nodes: Vec<Node<Conv>>, last| {
        nodes.push(last);
        Node::Chain(nodes)
    };
    vec![
        halving(3, 32),
        conv(32, 32, [3, 3], 1, false),
        conv(32, 64, [3, 3], 1, true),
        Node::MaxPool { padding: 0 },
        one(64, 80),
        conv(80, 192, [3, 3], 1, false),
        Node::MaxPool { padding: 0 },
        block_a(192, 32),
        block_a(256, 64),
        block_a(288, 64),
        Node::Branches(vec![
            halving(288, 384),
            then(chain(288, [(64, [1, 1]), (96, [3, 3])]), halving(96, 96)),
            Node::MaxPool { padding: 0 },
        ]),
        block_c(128),
        block_c(160),
        block_c(160),
        block_c(192),
        Node::Branches(vec![
            then(vec![one(768, 192)], halving(192, 320)),
            then(
                chain(768, [(192, [1, 1]), (192, [1, 7]), (192, [7, 1])]),
                halving(192, 192),
            ),
            Node::MaxPool { padding: 0 },
        ]),
        block_e(1280),
        block_e(2048),
    ]
}

pub(super) fn resnet_50() -> Vec<Node<Conv>> {
    let without_relu = |node| match node {
        Node::Conv(conv) => Node::Conv(Conv {
            relu: false,
            ..conv
        }),
        other => other,
    };
    let mut blocks = vec![conv(3, 64, [7, 7], 2, true), Node::MaxPool { padding: 1 }];
    let mut c_in = 64;
    for (layer, depth) in [3, 4, 6, 3].into_iter().enumerate() {
        let width = 64 << layer;
        for block in 0..depth {
            let stride = if block == 0 && layer > 0 { 2 } else { 1 };
            let project = || Box::new(without_relu(conv(c_in, 4 * width, [1, 1], stride, false)));
            blocks.push(Node::Residual {
                main: Box::new(Node::Chain(vec![
                    one(c_in, width),
                    conv(width, width, [3, 3], stride, true),
                    without_relu(one(width, 4 * width)),
                ])),
                shortcut: (block == 0).then(project),
            });
            c_in = 4 * width;
        }
    }
    blocks
}
