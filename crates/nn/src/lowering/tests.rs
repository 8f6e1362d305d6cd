//! Shapes, order, lifetimes and what is refused, without a device.

use super::{Layer, Lowered};
use crate::{Conv, Node};

fn conv(c_in: usize, c_out: usize, side: usize, stride: usize, relu: bool) -> Node<Conv> {
    Node::Conv(Conv {
        c_in,
        c_out,
        kernel: [side; 2],
        stride,
        padding: [0, 0],
        weight: vec![0.0; c_in * c_out * side * side],
        bias: vec![0.0; c_out],
        relu,
    })
}

fn residual(main: Node<Conv>, shortcut: Option<Node<Conv>>) -> Node<Conv> {
    Node::Residual {
        main: Box::new(main),
        shortcut: shortcut.map(Box::new),
    }
}

#[test]
fn branches_within_branches_write_their_parts_of_one_output() {
    let tree = Node::Branches(vec![
        conv(4, 20, 1, 1, true),
        Node::Chain(vec![
            conv(4, 6, 1, 1, true),
            Node::Branches(vec![conv(6, 3, 1, 1, true), Node::AvgPool]),
        ]),
    ]);
    let lowered = Lowered::of_tree(&tree, [4, 5, 7]).unwrap();
    let output = lowered.shape(lowered.output).unwrap();
    assert_eq!(
        (&output.parts[..], output.size()),
        (&[20, 3, 6][..], [5, 7])
    );
    let steps: Vec<_> = lowered
        .steps
        .iter()
        .map(|step| (step.input, step.output, step.parts.clone()))
        .collect();
    // 0: the input, 1: the output, 2: the inner branches' input.
    assert_eq!(
        steps,
        [(0, 1, 0..1), (0, 2, 0..1), (2, 1, 1..2), (2, 1, 2..3),]
    );
    let indices: Vec<_> = lowered.steps.iter().map(|step| step.layer).collect();
    assert!(matches!(
        indices[..],
        [
            Layer::Conv { index: 0, .. },
            Layer::Conv { index: 1, .. },
            Layer::Conv { index: 2, .. },
            Layer::AvgPool
        ]
    ));
    let lifetimes: Vec<_> = lowered
        .lifetimes()
        .iter()
        .map(|l| (l.first, l.last))
        .collect();
    assert_eq!(lifetimes, [(0, 1), (0, 3), (1, 3)]);
    // The last reader of an activation writes its gradient, and the earlier ones add to it.
    assert_eq!(lowered.accumulates(), [true, false, true, false]);
    assert_eq!(lowered.blocks, [(4, 1)]);
}

#[test]
fn a_residual_adds_its_shortcut_to_the_main_path() {
    let tree = Node::Chain(vec![
        residual(conv(16, 16, 1, 1, false), None),
        residual(conv(16, 8, 1, 2, false), Some(conv(16, 8, 1, 2, false))),
    ]);
    let lowered = Lowered::of_tree(&tree, [16, 6, 6]).unwrap();
    let steps: Vec<_> = lowered
        .steps
        .iter()
        .map(|step| (step.input, step.output, step.layer == Layer::AddRelu))
        .collect();
    assert_eq!(
        steps,
        [
            (0, 1, false),
            (0, 1, true),
            (1, 2, false),
            (1, 3, false),
            (3, 2, true)
        ]
    );
    assert_eq!(lowered.blocks, [(2, 1), (5, 2)]);
}

/// The processor's engine and the card's programs once disagreed on these.
#[test]
fn every_device_refuses_the_same_networks() {
    let refuse = |tree: &Node<Conv>, input, expected: &str| {
        let error = Lowered::of_tree(tree, input).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    let unequal = Node::Branches(vec![conv(4, 8, 1, 1, true), conv(4, 8, 3, 1, true)]);
    refuse(&unequal, [4, 9, 9], "different sizes: 9 × 9 and 7 × 7");
    let within = Node::Chain(vec![unequal, conv(16, 4, 1, 1, true)]);
    refuse(&Node::Branches(vec![within]), [4, 9, 9], "different sizes");
    refuse(
        &Node::Branches(vec![Node::Chain(vec![])]),
        [4, 9, 9],
        "a chain has no layers",
    );
    refuse(&conv(4, 8, 1, 1, true), [4, 0, 9], "is empty");
    // The same channels, at other places of their blocks.
    let parts = Node::Branches(vec![conv(4, 8, 1, 1, true), conv(4, 8, 1, 1, true)]);
    let shifted = Node::Chain(vec![parts, residual(conv(16, 16, 1, 1, false), None)]);
    refuse(
        &shifted,
        [4, 9, 9],
        "the paths of a residual give [16] channels of 9 × 9 and [8, 8]",
    );
    let mut short = conv(4, 8, 3, 1, true);
    if let Node::Conv(conv) = &mut short {
        conv.weight.pop();
    }
    refuse(&short, [4, 9, 9], "has 287 weights");
}

fn steps_of(lowered: &Lowered) -> Vec<(Layer, [usize; 2], [usize; 4])> {
    let steps = lowered.steps.iter();
    let places = |step: &super::Step| {
        let (reads, parts) = (step.reads.clone(), step.parts.clone());
        [reads.start, reads.end, parts.start, parts.end]
    };
    steps
        .map(|step| (step.layer, [step.input, step.output], places(step)))
        .collect()
}

fn wide(index: usize, padding: usize) -> Layer {
    Layer::Conv {
        index,
        padding: [padding; 2],
        relu: true,
        pointwise: false,
    }
}

#[test]
fn what_is_merged_comes_before_the_blocks_output() {
    let mut wider = conv(8, 16, 3, 1, true);
    if let Node::Conv(conv) = &mut wider {
        conv.padding = [1, 1];
    }
    let tree = Node::Chain(vec![
        Node::Branches(vec![
            conv(4, 24, 1, 1, true),
            Node::Chain(vec![conv(4, 8, 1, 1, true), wider]),
            Node::Chain(vec![Node::AvgPool, conv(4, 2, 1, 1, true)]),
        ]),
        Node::MaxPool { padding: 0 },
    ]);
    let lowered = Lowered::of_tree(&tree, [4, 5, 7]).unwrap();
    let fewer = lowered.in_fewer();
    // 0: the input; 1: 8 merged channels, then the block's 24, 16 and 2; 2: what is pooled later; 3: the output.
    let parts: Vec<_> = fewer.activations.iter().map(|one| &one.parts[..]).collect();
    assert_eq!(parts, [&[4][..], &[8, 24, 16, 2], &[2], &[24, 16, 2]]);
    let bare = Layer::Conv {
        index: 4,
        padding: [0, 0],
        relu: false,
        pointwise: true,
    };
    let later = Layer::AvgPoolBias {
        index: 3,
        relu: true,
    };
    assert_eq!(
        steps_of(&fewer),
        [
            (wide(5, 0), [0, 1], [0, 1, 0, 2]),
            (wide(2, 1), [1, 1], [0, 1, 2, 3]),
            (bare, [0, 2], [0, 1, 0, 1]),
            (later, [2, 1], [0, 1, 3, 4]),
            (Layer::MaxPool { padding: 0 }, [1, 3], [1, 4, 0, 3]),
        ]
    );
    let made: Vec<_> = fewer
        .filters
        .iter()
        .map(|one| (&one.of[..], one.bare))
        .collect();
    assert_eq!(made[4..], [(&[3][..], true), (&[1, 0], false)]);
    assert_eq!((fewer.output, fewer.output_parts), (3, 0..3));
}

#[test]
fn convolutions_with_another_relu_or_an_uneven_number_of_channels_are_not_merged() {
    for other in [conv(4, 8, 1, 1, false), conv(4, 9, 1, 1, true)] {
        let tree = Node::Branches(vec![conv(4, 8, 1, 1, true), other]);
        let lowered = Lowered::of_tree(&tree, [4, 9, 9]).unwrap();
        assert_eq!(lowered.in_fewer().steps, lowered.steps);
    }
}

#[test]
fn pooling_stays_first_where_something_else_reads_it_or_there_are_no_fewer_channels() {
    let two = Node::Branches(vec![conv(16, 8, 1, 1, true), conv(16, 2, 1, 1, true)]);
    for after in [two, conv(16, 16, 1, 1, true), conv(16, 8, 3, 1, true)] {
        let tree = Node::Chain(vec![Node::AvgPool, after]);
        let lowered = Lowered::of_tree(&tree, [16, 9, 9]).unwrap();
        assert_eq!(lowered.in_fewer().steps, lowered.steps);
    }
}
