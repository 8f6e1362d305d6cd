//! What comes out of a network's pieces.

use super::call::Window;
use crate::conv::output_size;
use crate::{Conv, Node};

/// The window of [`Node::MaxPool`].
pub(super) fn max_pool(padding: usize) -> Window {
    Window {
        kernel: 3,
        stride: 2,
        padding: padding as i32,
    }
}

/// The window of [`Node::AvgPool`].
pub(super) const AVG_POOL: Window = Window {
    kernel: 3,
    stride: 1,
    padding: 1,
};

/// Channels, rows and columns.
pub(super) type Shape = (usize, [usize; 2]);

/// A layer that does not fit its input.
#[derive(Debug, thiserror::Error)]
#[error("{0} does not fit into {1:?} channels, rows and columns")]
pub(crate) struct Misfit(&'static str, [usize; 3]);

impl Misfit {
    fn new(what: &'static str, (channels, [rows, columns]): Shape) -> Self {
        Self(what, [channels, rows, columns])
    }
}

/// Channels, rows and columns that come out of a node.
pub(super) fn shape_of(node: &Node<Conv>, input: Shape) -> Result<Shape, Misfit> {
    let (channels, size) = input;
    let pooled = |what, window: Window, channels| {
        let [kernel, stride, padding] =
            [window.kernel, window.stride, window.padding].map(|v| v as usize);
        let size = output_size([kernel; 2], stride, [padding; 2], size);
        Ok((channels, size.ok_or_else(|| Misfit::new(what, input))?))
    };
    match node {
        Node::Conv(conv) => {
            let size = output_size(conv.kernel, conv.stride, conv.padding, size);
            match size.filter(|_| conv.c_in == channels) {
                Some(size) => Ok((conv.c_out, size)),
                None => Err(Misfit::new("a convolution", input)),
            }
        }
        Node::MaxPool { padding } if *padding > 1 => {
            Err(Misfit::new("a maximum over nothing but padding", input))
        }
        Node::MaxPool { padding } => pooled("a maximum over 3 × 3", max_pool(*padding), channels),
        Node::AvgPool => pooled("a mean over 3 × 3", AVG_POOL, channels),
        Node::Chain(nodes) => nodes
            .iter()
            .try_fold(input, |shape, node| shape_of(node, shape)),
        Node::Branches(nodes) => {
            let mut stacked: Option<Shape> = None;
            for node in nodes {
                let (channels, size) = shape_of(node, input)?;
                stacked = match stacked {
                    None => Some((channels, size)),
                    Some((all, first)) if first == size => Some((all + channels, size)),
                    Some(_) => return Err(Misfit::new("a branch of another size", input)),
                };
            }
            stacked.ok_or_else(|| Misfit::new("a block without branches", input))
        }
        Node::Residual { main, shortcut } => {
            let made = shape_of(main, input)?;
            let added = match shortcut {
                Some(shortcut) => shape_of(shortcut, input)?,
                None => input,
            };
            // The sum takes the place of the main path's output, which its backward form must not need.
            if made != added || main.last_conv().is_none_or(|conv| conv.relu) {
                return Err(Misfit::new("a residual", input));
            }
            Ok(made)
        }
    }
}
