//! The shape of what a layer gives, and whether layers fit together.

use std::ops::Range;

use crate::conv::output_size;
use crate::engine::LANES;
use crate::{Conv, Node};

/// Layers that do not fit together, or not on their input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ShapeError(pub(crate) String);

/// The shape of an activation. Its channels come in parts, one for each branch that wrote some: the processor's engine begins
/// each part at a new block of channels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Channels of each part.
    pub(crate) parts: Vec<usize>,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Shape {
    /// All channels.
    pub(crate) fn channels(&self) -> usize {
        self.parts.iter().sum()
    }

    /// The channels of some parts.
    pub(crate) fn channels_of(&self, parts: &Range<usize>) -> Range<usize> {
        let before = |part: usize| self.parts.iter().take(part).sum();
        before(parts.start)..before(parts.end)
    }

    /// Rows and columns.
    pub(crate) fn size(&self) -> [usize; 2] {
        [self.rows, self.columns]
    }

    /// Whether two activations can be added element by element: same size, and each channel at the same place of its block.
    fn adds_to(&self, other: &Self) -> bool {
        let places = |shape: &Self| {
            let mut block = 0;
            let mut places = Vec::new();
            for &channels in &shape.parts {
                places.extend((0..channels).map(|channel| block * LANES + channel));
                block += channels.div_ceil(LANES);
            }
            places
        };
        self.size() == other.size() && places(self) == places(other)
    }
}

/// The shape of a node's output.
///
/// # Errors
/// If its layers do not fit together, or not on this input: the message says which and why.
pub(super) fn output_shape(node: &Node<Conv>, input: &Shape) -> Result<Shape, ShapeError> {
    let sized = |parts, [rows, columns]: [usize; 2]| Shape {
        parts,
        rows,
        columns,
    };
    match node {
        Node::Conv(conv) => {
            let channels = input.channels();
            if conv.c_in != channels {
                return Err(ShapeError(format!(
                    "a convolution takes {} channels and is given {channels}",
                    conv.c_in
                )));
            }
            let size = conv.view().output(input.rows, input.columns)?;
            Ok(sized(vec![conv.c_out], size))
        }
        Node::MaxPool { padding } => {
            match output_size([3; 2], 2, [*padding; 2], input.size()).filter(|_| *padding <= 1) {
                Some(size) => Ok(sized(input.parts.clone(), size)),
                None => Err(ShapeError(format!(
                    "a maximum over 3 × 3 needs 3 rows and columns and a padding of 1 at most, and the input has {} × {}, padded by {padding}",
                    input.rows, input.columns
                ))),
            }
        }
        Node::AvgPool => Ok(input.clone()),
        Node::Chain(nodes) => {
            let (first, rest) = nodes
                .split_first()
                .ok_or_else(|| ShapeError("a chain has no layers".to_owned()))?;
            let shape = output_shape(first, input)?;
            rest.iter()
                .try_fold(shape, |shape, node| output_shape(node, &shape))
        }
        Node::Branches(nodes) => stacked(nodes, input),
        Node::Residual { main, shortcut } => sum(main, shortcut.as_deref(), input),
    }
}

/// Branches whose channels are stacked.
fn stacked(nodes: &[Node<Conv>], input: &Shape) -> Result<Shape, ShapeError> {
    let mut all: Option<Shape> = None;
    for node in nodes {
        let shape = output_shape(node, input)?;
        match &mut all {
            None => all = Some(shape),
            Some(all) if all.size() == shape.size() => all.parts.extend(shape.parts),
            Some(all) => {
                return Err(ShapeError(format!(
                    "the branches of a block give different sizes: {} × {} and {} × {}",
                    all.rows, all.columns, shape.rows, shape.columns
                )));
            }
        }
    }
    all.ok_or_else(|| ShapeError("there are no branches".to_owned()))
}

/// The two paths of a residual.
fn sum(
    main: &Node<Conv>,
    shortcut: Option<&Node<Conv>>,
    input: &Shape,
) -> Result<Shape, ShapeError> {
    // The sum overwrites the output of the main path, so the gradient must not need that output.
    if main.last_conv().is_none_or(|conv| conv.relu) {
        return Err(ShapeError(
            "the main path of a residual does not end in a convolution without ReLU".to_owned(),
        ));
    }
    let made = output_shape(main, input)?;
    let added = match shortcut {
        Some(shortcut) => output_shape(shortcut, input)?,
        None => input.clone(),
    };
    if !made.adds_to(&added) {
        return Err(ShapeError(format!(
            "the paths of a residual give {:?} channels of {} × {} and {:?} of {} × {}",
            made.parts, made.rows, made.columns, added.parts, added.rows, added.columns
        )));
    }
    Ok(made)
}
