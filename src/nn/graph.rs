//! A network as a tree: chains, and parallel branches whose channels are stacked.

/// A piece of a network over convolutions `C`: a [`super::ConvSpec`] while it is only described, a [`super::Conv`]
/// once its weights are read, a [`super::device::DeviceConv`] once they are on a graphics card.
#[derive(Clone, Debug)]
pub enum Node<C> {
    /// A convolution with its batch norm and ReLU.
    Conv(C),
    /// Maximum over 3 × 3 at stride 2 without padding.
    MaxPool,
    /// Mean over 3 × 3 at stride 1 with one pixel of padding. The padding counts: at a border the sum is divided by 9 as well
    /// (`F.avg_pool2d` with its default `count_include_pad=True`, as torchvision calls it).
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

    /// All convolutions, in the order of execution.
    #[must_use]
    pub fn into_convs(self) -> Vec<C> {
        match self {
            Self::Conv(conv) => vec![conv],
            Self::MaxPool | Self::AvgPool => Vec::new(),
            Self::Chain(nodes) | Self::Branches(nodes) => {
                nodes.into_iter().flat_map(Self::into_convs).collect()
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
