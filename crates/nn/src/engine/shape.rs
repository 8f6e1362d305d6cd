//! What comes out of a tree's pieces, and whether they fit together.

use super::EngineError;
use super::layout::Layout;
use super::simd::LANES;
use crate::conv::output_size;
use crate::{Conv, Node};

/// Parts, rows and columns of what a piece gives.
#[derive(Clone)]
pub(crate) struct Shape {
    pub(crate) parts: Vec<usize>,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Shape {
    /// Whether each value of the one lies where the other's does.
    fn fits(&self, other: &Self) -> bool {
        let lanes = |shape: &Self| Layout::stacked(shape.parts.clone(), 0, 0).lane_channels();
        let size = |shape: &Self| [shape.rows, shape.columns];
        size(self) == size(other) && lanes(self) == lanes(other)
    }
}

/// Blocks that hold some parts.
pub(crate) fn blocks_of(parts: &[usize]) -> usize {
    parts.iter().map(|channels| channels.div_ceil(LANES)).sum()
}

/// What a piece makes of an input.
pub(crate) fn output_shape(node: &Node<Conv>, input: Shape) -> Result<Shape, EngineError> {
    match node {
        Node::Conv(conv) => {
            let channels: usize = input.parts.iter().sum();
            if conv.c_in != channels {
                return Err(EngineError::Shape(format!(
                    "a convolution takes {} channels and is given {channels}",
                    conv.c_in
                )));
            }
            let [rows, columns] = conv.view().output(input.rows, input.columns)?;
            Ok(Shape {
                parts: vec![conv.c_out],
                rows,
                columns,
            })
        }
        Node::MaxPool { padding } => {
            let size = [input.rows, input.columns];
            match output_size([3; 2], 2, [*padding; 2], size).filter(|_| *padding <= 1) {
                Some([rows, columns]) => Ok(Shape {
                    rows,
                    columns,
                    ..input
                }),
                None => Err(EngineError::Shape(format!(
                    "a maximum over 3 × 3 needs 3 rows and columns and a padding of 1 at most, and the input has {} × {}, padded by {padding}",
                    input.rows, input.columns
                ))),
            }
        }
        Node::AvgPool => Ok(input),
        Node::Chain(nodes) => nodes
            .iter()
            .try_fold(input, |shape, node| output_shape(node, shape)),
        Node::Branches(nodes) => {
            let mut all = Shape {
                parts: Vec::new(),
                ..input
            };
            for node in nodes {
                let shape = output_shape(
                    node,
                    Shape {
                        parts: input.parts.clone(),
                        ..input
                    },
                )?;
                all.parts.extend(shape.parts);
                (all.rows, all.columns) = (shape.rows, shape.columns);
            }
            Ok(all)
        }
        Node::Residual { main, shortcut } => {
            if main.last_conv().is_none_or(|conv| conv.relu) {
                return Err(EngineError::Shape(
                    "the main path of a residual does not end in a convolution without ReLU"
                        .to_owned(),
                ));
            }
            let made = output_shape(main, input.clone())?;
            let added = match shortcut {
                Some(shortcut) => output_shape(shortcut, input)?,
                None => input,
            };
            if !made.fits(&added) {
                return Err(EngineError::Shape(format!(
                    "the paths of a residual give {:?} channels of {} × {} and {:?} of {} × {}",
                    made.parts, made.rows, made.columns, added.parts, added.rows, added.columns
                )));
            }
            Ok(made)
        }
    }
}
