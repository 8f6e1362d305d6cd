//! The layers in f64, forwards and back to the input, one frame at a time on the processor.
//!
//! In f32 a value before a ReLU can be 0 up to the rounding: whether it passes a gradient, and with it a patch of pixels, is then not
//! determined. In f64 such values are too rare to be met. It takes several times as long.
//!
//! An activation is [`Planes`], `[channel][row][column]`; a batch norm is folded into its convolution in f64, and never rounded.

mod conv;
mod planes;
mod pool;
#[cfg(test)]
mod tests;

use candle_core::Result;

use crate::{Linear, Node};

pub use conv::DoubleConv;
pub use planes::Planes;
use pool::{avg_pool, max_pool, max_pool_backward};

/// A network in f64: its body, the mean over the pixels of each channel, and a linear layer.
pub struct DoubleNetwork {
    body: Node<DoubleConv>,
    head: Linear,
}

impl DoubleNetwork {
    /// A network from its parts.
    #[must_use]
    pub fn new(body: Node<DoubleConv>, head: Linear) -> Self {
        Self { body, head }
    }

    /// The logits of a frame, and the gradient with respect to its values of a function of the logits whose derivative by each
    /// logit `towards` gives.
    ///
    /// # Errors
    /// If the frame does not fit the network, or there is no memory.
    pub fn gradient(
        &self,
        frame: Planes,
        towards: &dyn Fn(&[f64]) -> Vec<f64>,
    ) -> Result<(Vec<f64>, Planes)> {
        let (y, cache) = self.body.forward(frame)?;
        let area = (y.rows * y.columns) as f64;
        let features: Vec<f64> = (y.planes())
            .map(|plane| plane.iter().sum::<f64>() / area)
            .collect();
        if features.len() != self.head.features() {
            candle_core::bail!(
                "the linear layer takes {} features, and the body gives {}",
                self.head.features(),
                features.len()
            );
        }
        let logits = self.head.forward_double(&features);
        let by_feature = self.head.backward_double(&towards(&logits));
        let shares = by_feature
            .iter()
            .flat_map(|by| std::iter::repeat_n(by / area, y.rows * y.columns));
        let dy = y.like(shares.collect());
        Ok((logits, self.body.backward(cache, dy)?))
    }
}

/// What the backward pass of a piece of a network needs of its forward pass.
enum Cache {
    Conv {
        /// Rows and columns of the input.
        input: [usize; 2],
        /// The output, where a ReLU follows.
        y: Option<Planes>,
    },
    MaxPool {
        x: Planes,
    },
    AvgPool,
    Chain(Vec<Cache>),
    /// Each with the channels of its part of the output.
    Branches(Vec<(Cache, usize)>),
    Residual {
        main: Box<Cache>,
        shortcut: Option<Box<Cache>>,
        y: Planes,
    },
}

impl Node<DoubleConv> {
    fn forward(&self, x: Planes) -> Result<(Planes, Cache)> {
        Ok(match self {
            Self::Conv(conv) => {
                let input = [x.rows, x.columns];
                let y = conv.forward(&x)?;
                let kept = conv.relu.then(|| y.clone());
                (y, Cache::Conv { input, y: kept })
            }
            Self::MaxPool { padding } => (max_pool(&x, *padding)?, Cache::MaxPool { x }),
            Self::AvgPool => (avg_pool(&x), Cache::AvgPool),
            Self::Chain(nodes) => {
                let mut caches = Vec::with_capacity(nodes.len());
                let mut y = x;
                for node in nodes {
                    let (next, cache) = node.forward(y)?;
                    caches.push(cache);
                    y = next;
                }
                (y, Cache::Chain(caches))
            }
            Self::Branches(nodes) => {
                let mut outputs = Vec::with_capacity(nodes.len());
                let mut caches = Vec::with_capacity(nodes.len());
                for node in nodes {
                    let (y, cache) = node.forward(x.clone())?;
                    caches.push((cache, y.channels));
                    outputs.push(y);
                }
                (Planes::stacked(outputs)?, Cache::Branches(caches))
            }
            Self::Residual { main, shortcut } => {
                let (beside, shortcut) = match shortcut {
                    Some(shortcut) => {
                        let (beside, cache) = shortcut.forward(x.clone())?;
                        (beside, Some(Box::new(cache)))
                    }
                    None => (x.clone(), None),
                };
                let (mut y, main) = main.forward(x)?;
                y.add(&beside)?;
                y.relu();
                let main = Box::new(main);
                (y.clone(), Cache::Residual { main, shortcut, y })
            }
        })
    }

    /// The gradient of the input from that of the output.
    fn backward(&self, cache: Cache, mut dy: Planes) -> Result<Planes> {
        match (self, cache) {
            (Self::Conv(conv), Cache::Conv { input, y }) => {
                if let Some(y) = y {
                    dy.mask(&y)?;
                }
                conv.backward(&dy, input)
            }
            (Self::MaxPool { padding }, Cache::MaxPool { x }) => {
                max_pool_backward(&x, &dy, *padding)
            }
            // The mean over a window is its own transpose, zeros around included.
            (Self::AvgPool, Cache::AvgPool) => Ok(avg_pool(&dy)),
            (Self::Chain(nodes), Cache::Chain(caches)) => (nodes.iter().zip(caches))
                .rev()
                .try_fold(dy, |dy, (node, cache)| node.backward(cache, dy)),
            (Self::Branches(nodes), Cache::Branches(caches)) => {
                let mut sum: Option<Planes> = None;
                let mut from = 0;
                for (node, (cache, channels)) in nodes.iter().zip(caches) {
                    let dx = node.backward(cache, dy.part(from, channels)?)?;
                    from += channels;
                    match &mut sum {
                        Some(sum) => sum.add(&dx)?,
                        None => sum = Some(dx),
                    }
                }
                sum.ok_or_else(|| candle_core::Error::Msg("there are no branches".to_owned()))
            }
            (
                Self::Residual { main, shortcut },
                Cache::Residual {
                    main: behind,
                    shortcut: beside,
                    y,
                },
            ) => {
                dy.mask(&y)?;
                let mut dx = match (shortcut, beside) {
                    (Some(shortcut), Some(cache)) => shortcut.backward(*cache, dy.clone())?,
                    _ => dy.clone(),
                };
                dx.add(&main.backward(*behind, dy)?)?;
                Ok(dx)
            }
            _ => candle_core::bail!("a forward pass belongs to another network"),
        }
    }
}
