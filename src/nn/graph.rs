//! A network as a tree: chains, and parallel branches whose channels are stacked.

use candle_core::{Result, Tensor};

use super::conv::Conv;
use super::pool::{avg_pool, max_pool};

/// A piece of a network over convolutions `C`: a [`super::ConvSpec`] while it is only described, a [`Conv`] once it is loaded.
#[derive(Clone, Debug)]
pub enum Node<C> {
    /// A convolution with its batch norm and ReLU.
    Conv(C),
    /// [`max_pool`].
    MaxPool,
    /// [`avg_pool`].
    AvgPool,
    /// One after another.
    Chain(Vec<Node<C>>),
    /// All on the same input; the outputs' channels stacked in this order.
    Branches(Vec<Node<C>>),
}

impl<C> Node<C> {
    /// Calls `visit` with every convolution, in the order of execution.
    pub fn for_each<'a>(&'a self, visit: &mut impl FnMut(&'a C)) {
        match self {
            Self::Conv(conv) => visit(conv),
            Self::MaxPool | Self::AvgPool => {}
            Self::Chain(nodes) | Self::Branches(nodes) => {
                for node in nodes {
                    node.for_each(visit);
                }
            }
        }
    }

    /// The same tree over other convolutions.
    ///
    /// # Errors
    /// The first error of `make`.
    pub fn try_map<D, E>(
        &self,
        make: &mut impl FnMut(&C) -> std::result::Result<D, E>,
    ) -> std::result::Result<Node<D>, E> {
        let mut all = |nodes: &[Self]| -> std::result::Result<Vec<Node<D>>, E> {
            nodes.iter().map(|node| node.try_map(make)).collect()
        };
        Ok(match self {
            Self::Chain(nodes) => Node::Chain(all(nodes)?),
            Self::Branches(nodes) => Node::Branches(all(nodes)?),
            Self::Conv(conv) => Node::Conv(make(conv)?),
            Self::MaxPool => Node::MaxPool,
            Self::AvgPool => Node::AvgPool,
        })
    }
}

impl Node<Conv> {
    /// The output of a batch `[n, c, h, w]`.
    ///
    /// # Errors
    /// If the shape does not fit, or the device fails.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        match self {
            Self::Conv(conv) => conv.forward(x),
            Self::MaxPool => max_pool(x),
            Self::AvgPool => avg_pool(x),
            Self::Chain(nodes) => nodes.iter().try_fold(x.clone(), |x, node| node.forward(&x)),
            Self::Branches(nodes) => {
                let outputs = nodes
                    .iter()
                    .map(|node| node.forward(x))
                    .collect::<Result<Vec<_>>>()?;
                Tensor::cat(&outputs, 1)
            }
        }
    }
}
