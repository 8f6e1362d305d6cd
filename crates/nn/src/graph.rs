//! A network as a tree: chains, parallel branches whose channels are stacked, and residuals, whose two paths are added.

use super::ConvSpec;

/// A piece of a network over convolutions `C`: a [`super::ConvSpec`] while it is only described, a [`super::Conv`]
/// once its weights are read, a [`super::candle_backend::DeviceConv`] once they are on a graphics card.
#[derive(Clone, Debug)]
pub enum Node<C> {
    /// A convolution with its batch norm, and its ReLU where it has one.
    Conv(C),
    /// Maximum over 3 × 3 at stride 2.
    MaxPool {
        /// Pixels around the input, 1 at most, which are less than anything.
        padding: usize,
    },
    /// Mean over 3 × 3 at stride 1 with one pixel of padding. The padding counts: at a border the sum is divided by 9 as well
    /// (`F.avg_pool2d` with its default `count_include_pad=True`, as torchvision calls it).
    AvgPool,
    /// One after another.
    Chain(Vec<Node<C>>),
    /// All on the same input; the outputs' channels stacked in this order.
    Branches(Vec<Node<C>>),
    /// Both paths on the same input, added, and a ReLU (He et al. 2016, arXiv 1512.03385).
    Residual {
        /// Ends in a convolution without ReLU.
        main: Box<Node<C>>,
        /// The projection of the input, or nothing where the input itself is added. Executed after the main path.
        shortcut: Option<Box<Node<C>>>,
    },
}

impl From<ConvSpec> for Node<ConvSpec> {
    fn from(spec: ConvSpec) -> Self {
        Self::Conv(spec)
    }
}

impl<C> Node<C> {
    /// Calls `visit` with every convolution, in the order of execution.
    pub fn for_each<'a>(&'a self, visit: &mut impl FnMut(&'a C)) {
        match self {
            Self::Conv(conv) => visit(conv),
            Self::MaxPool { .. } | Self::AvgPool => {}
            Self::Chain(nodes) | Self::Branches(nodes) => {
                for node in nodes {
                    node.for_each(visit);
                }
            }
            Self::Residual { main, shortcut } => {
                main.for_each(visit);
                if let Some(shortcut) = shortcut {
                    shortcut.for_each(visit);
                }
            }
        }
    }

    /// Visits every convolution, to change it, in the order of execution.
    pub fn for_each_mut(&mut self, visit: &mut impl FnMut(&mut C)) {
        match self {
            Self::Conv(conv) => visit(conv),
            Self::MaxPool { .. } | Self::AvgPool => {}
            Self::Chain(nodes) | Self::Branches(nodes) => {
                for node in nodes {
                    node.for_each_mut(visit);
                }
            }
            Self::Residual { main, shortcut } => {
                main.for_each_mut(visit);
                if let Some(shortcut) = shortcut {
                    shortcut.for_each_mut(visit);
                }
            }
        }
    }

    /// All convolutions, in the order of execution.
    #[must_use]
    pub fn into_convs(self) -> Vec<C> {
        match self {
            Self::Conv(conv) => vec![conv],
            Self::MaxPool { .. } | Self::AvgPool => Vec::new(),
            Self::Chain(nodes) | Self::Branches(nodes) => {
                nodes.into_iter().flat_map(Self::into_convs).collect()
            }
            Self::Residual { main, shortcut } => {
                let mut convs = main.into_convs();
                convs.extend(shortcut.map_or_else(Vec::new, |shortcut| shortcut.into_convs()));
                convs
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
            Self::MaxPool { padding } => Node::MaxPool { padding: *padding },
            Self::AvgPool => Node::AvgPool,
            Self::Residual { main, shortcut } => Node::Residual {
                main: Box::new(main.try_map(make)?),
                shortcut: match shortcut {
                    Some(shortcut) => Some(Box::new(shortcut.try_map(make)?)),
                    None => None,
                },
            },
        })
    }

    /// The convolution that it ends in, if it ends in one.
    pub(crate) fn last_conv(&self) -> Option<&C> {
        match self {
            Self::Conv(conv) => Some(conv),
            Self::Chain(nodes) => nodes.last()?.last_conv(),
            Self::MaxPool { .. } | Self::AvgPool | Self::Branches(_) | Self::Residual { .. } => {
                None
            }
        }
    }
}
