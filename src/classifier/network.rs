//! Architectures without their weights, and networks with them.

use candle_core::{Device, Tensor};

use crate::nn::device::{DeviceConv, global_avg_pool};
use crate::nn::engine::{EngineError, Isa, Plan};
use crate::nn::{Conv, ConvSpec, Linear, Node};

/// A network without its weights: what a checkpoint must hold.
pub(super) struct Architecture {
    /// Its name in checkpoints.
    pub(super) name: &'static str,
    /// ε of every batch norm.
    pub(super) norm_eps: f64,
    /// Rows and columns of a frame.
    pub(super) side: usize,
    /// The body: named pieces, one after another.
    pub(super) blocks: Vec<(&'static str, Node<ConvSpec>)>,
    /// Features that the head (`fc`) takes.
    pub(super) features: usize,
    /// The second head that helps training.
    pub(super) auxiliary: Option<Auxiliary>,
}

/// A head that hangs on an inner block and takes part in training only.
pub(super) struct Auxiliary {
    /// What the names of its tensors begin with.
    pub(super) prefix: &'static str,
    /// The block on whose output it hangs.
    pub(super) after: &'static str,
    /// Its convolutions, after a mean over 5 × 5 at stride 3.
    pub(super) convs: Vec<ConvSpec>,
    /// Features that its own `fc` takes.
    pub(super) features: usize,
}

impl Architecture {
    /// Every convolution of the body, in the order of execution.
    pub(super) fn convs(&self) -> Vec<&ConvSpec> {
        let mut convs = Vec::new();
        for (_, block) in &self.blocks {
            block.for_each(&mut |conv| convs.push(conv));
        }
        convs
    }
}

/// Why a network gives no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum NetworkError {
    /// The processor's engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Candle, or the device behind it.
    #[error(transparent)]
    Device(#[from] candle_core::Error),
}

/// A loaded network.
pub(super) struct Network {
    names: Vec<&'static str>,
    body: Body,
    /// Features to logits.
    head: Linear,
}

/// Frames to features.
enum Body {
    Processor(Box<Plan>),
    Card {
        blocks: Vec<Node<DeviceConv>>,
        device: Device,
        side: usize,
    },
}

/// What one piece of the network gives for one frame.
pub(super) struct Output {
    pub(super) name: &'static str,
    /// Batch, channels, rows, columns; batch and features after the last pooling.
    pub(super) shape: Vec<usize>,
    pub(super) values: Vec<f32>,
}

impl Network {
    /// Makes a network ready for a device.
    pub(super) fn new(
        blocks: Vec<(&'static str, Node<Conv>)>,
        head: Linear,
        side: usize,
        device: &Device,
    ) -> Result<Self, NetworkError> {
        let (names, nodes): (Vec<_>, Vec<_>) = blocks.into_iter().unzip();
        let body = if device.is_cpu() {
            let tree = Node::Chain(nodes);
            Body::Processor(Box::new(Plan::new(tree, [3, side, side], Isa::best())?))
        } else {
            let blocks = nodes
                .iter()
                .map(|node| node.try_map(&mut |conv: &Conv| DeviceConv::new(conv, device)))
                .collect::<Result<_, _>>()?;
            Body::Card {
                blocks,
                device: device.clone(),
                side,
            }
        };
        Ok(Self { names, body, head })
    }

    /// Logits of `n` frames. `render` writes the normalised, interleaved pixels of each, `[row][column][channel]`, on the
    /// thread that will run it.
    pub(super) fn logits(
        &self,
        n: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
    ) -> Result<Vec<Vec<f32>>, NetworkError> {
        let features = match &self.body {
            Body::Processor(plan) => plan.run_with(n, render)?,
            Body::Card { blocks, .. } => {
                let x = self.upload(n, render)?;
                let x = blocks.iter().try_fold(x, |x, block| block.forward(&x))?;
                global_avg_pool(&x)?.flatten_all()?.to_vec1()?
            }
        };
        let frames = features.chunks_exact(self.head.features().max(1));
        Ok(frames.map(|features| self.head.forward(features)).collect())
    }

    /// Logits of `n` frames, and for each the gradient towards its normalised pixels of a function of which `towards` gives
    /// the derivative by each logit.
    pub(super) fn gradient(
        &self,
        n: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
        towards: &(impl Fn(usize, &[f32]) -> Vec<f32> + Sync),
    ) -> Result<(Vec<Vec<f32>>, Vec<f32>), NetworkError> {
        match &self.body {
            Body::Processor(plan) => {
                let by_feature = |frame: usize, features: &[f32]| {
                    let logits = self.head.forward(features);
                    self.head.backward(&towards(frame, &logits))
                };
                let (features, gradients) = plan.gradient(n, render, &by_feature)?;
                let frames = features.chunks_exact(self.head.features().max(1));
                let logits = frames.map(|features| self.head.forward(features)).collect();
                Ok((logits, gradients))
            }
            Body::Card { .. } => Err(NetworkError::Device(candle_core::Error::Msg(
                "gradients are not made on this device yet: use --device cpu".to_owned(),
            ))),
        }
    }

    /// What every piece gives for one frame, the pooled features, and the logits.
    pub(super) fn outputs(
        &self,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
    ) -> Result<Vec<Output>, NetworkError> {
        let mut outputs = Vec::new();
        let names = self.names.iter().copied();
        let features: Vec<f32> = match &self.body {
            Body::Processor(plan) => {
                let mut pixels = vec![0.0; plan.frame_len()];
                render(0, &mut pixels);
                for (name, activation) in names.zip(plan.activations(&pixels)?) {
                    outputs.push(Output {
                        name,
                        shape: vec![1, activation.channels, activation.rows, activation.columns],
                        values: activation.values,
                    });
                }
                plan.run(&pixels)?
            }
            Body::Card { blocks, .. } => {
                let mut x = self.upload(1, render)?;
                for (name, block) in names.zip(blocks) {
                    x = block.forward(&x)?;
                    outputs.push(Output {
                        name,
                        shape: x.dims().to_vec(),
                        values: x.flatten_all()?.to_vec1()?,
                    });
                }
                global_avg_pool(&x)?.flatten_all()?.to_vec1()?
            }
        };
        let logits = self.head.forward(&features);
        for (name, values) in [("avgpool", features), ("fc", logits)] {
            outputs.push(Output {
                name,
                shape: vec![1, values.len()],
                values,
            });
        }
        Ok(outputs)
    }

    /// Some frames as a batch `[n, 3, side, side]` on the card.
    fn upload(
        &self,
        n: usize,
        render: &(impl Fn(usize, &mut [f32]) + Sync),
    ) -> Result<Tensor, NetworkError> {
        use rayon::prelude::*;
        let Body::Card { device, side, .. } = &self.body else {
            return Err(EngineError::Internal("the processor takes no tensors").into());
        };
        let mut pixels = vec![0.0; n * side * side * 3];
        pixels
            .par_chunks_mut(side * side * 3)
            .enumerate()
            .for_each(|(frame, pixels)| render(frame, pixels));
        let x = Tensor::from_vec(pixels, (n, *side, *side, 3), device)?;
        Ok(x.permute((0, 3, 1, 2))?.contiguous()?)
    }
}
