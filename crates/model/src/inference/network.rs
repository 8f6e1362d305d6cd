//! A network on its device: logits, gradients, and the output of each block.

use candle_core::{Device, Tensor};
use flipscope_language::text;

use super::device::OpenDevice;
use super::input::{Batch, Normalisation};
use flipscope_nn::candle_backend::{DeviceConv, global_avg_pool};
use flipscope_nn::engine::{Activation, EngineError, Isa, Plan};
use flipscope_nn::{Conv, Linear, Node};

/// Why a network failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NetworkError {
    /// The processor's engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Candle, or the device behind it.
    #[error(transparent)]
    Device(#[from] candle_core::Error),
}

/// The output of the last block for one frame, and how a function of the logits depends on it.
pub(crate) struct LastBlock {
    pub(crate) name: &'static str,
    /// `[channels, rows, columns]`.
    pub(crate) shape: [usize; 3],
    /// `[row][column][channel]`.
    pub(crate) values: Vec<f32>,
    pub(crate) logits: Vec<f32>,
    /// The derivative of the function by each value of a channel: the same everywhere, since what follows is the mean over the
    /// pixels and a linear layer.
    pub(crate) by_value: Vec<f32>,
}

/// A loaded network.
pub(crate) struct Network {
    names: Vec<&'static str>,
    body: Body,
    /// Features to logits.
    head: Linear,
}

/// Frames to features.
enum Body {
    Processor(Box<Plan>),
    /// By cuDNN.
    #[cfg(feature = "cudnn")]
    Nvidia(Box<super::on_card::OnCard>),
    /// By Candle's own layers.
    Card {
        blocks: Vec<Node<DeviceConv>>,
        device: Device,
        side: usize,
    },
}

/// The output of one piece of the network for one frame.
pub(crate) struct Output {
    pub(crate) name: &'static str,
    /// Batch, channels, rows, columns; batch and features after the last pooling.
    pub(crate) shape: Vec<usize>,
    pub(crate) values: Vec<f32>,
}

impl Network {
    /// Prepares a network for a device.
    #[cfg_attr(
        not(feature = "cudnn"),
        expect(
            unused_variables,
            reason = "the normalisation's tables go to a card alone"
        )
    )]
    pub(crate) fn new(
        blocks: Vec<(&'static str, Node<Conv>)>,
        head: Linear,
        side: usize,
        open: &OpenDevice,
        normalisation: &Normalisation,
    ) -> Result<Self, NetworkError> {
        let (names, nodes): (Vec<_>, Vec<_>) = blocks.into_iter().unzip();
        let device = &open.device;
        #[cfg(feature = "cudnn")]
        if device.is_cuda() {
            let on_card = super::on_card::OnCard::new(&nodes, side, open, normalisation)?;
            let body = Body::Nvidia(Box::new(on_card));
            return Ok(Self { names, body, head });
        }
        let body = if device.is_cpu() {
            let tree = Node::Chain(nodes);
            let plan = Plan::with(tree, [3, side, side], Isa::best(), open.precision)?;
            Body::Processor(Box::new(plan))
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

    /// A card renders what it judges itself, from bytes.
    #[cfg(feature = "cudnn")]
    fn check_bytes(&self, batch: &Batch<'_>) -> Result<(), NetworkError> {
        if matches!(self.body, Body::Nvidia(_)) && !batch.is_of_bytes() {
            return Err(NetworkError::Device(candle_core::Error::Msg(
                text!("device-takes-frames-only").to_owned(),
            )));
        }
        Ok(())
    }

    /// Logits of some frames.
    pub(crate) fn logits(&self, batch: &Batch<'_>) -> Result<Vec<Vec<f32>>, NetworkError> {
        #[cfg(feature = "cudnn")]
        self.check_bytes(batch)?;
        let features = match &self.body {
            Body::Processor(plan) => plan.run_with(batch.len(), &|at, pixels: &mut [f32]| {
                batch.write(at, pixels);
            })?,
            #[cfg(feature = "cudnn")]
            Body::Nvidia(card) => card.features(batch)?,
            Body::Card { blocks, .. } => {
                let x = self.upload(batch)?;
                let x = blocks.iter().try_fold(x, |x, block| block.forward(&x))?;
                global_avg_pool(&x)?.flatten_all()?.to_vec1()?
            }
        };
        Ok(self.logits_from(&features))
    }

    fn logits_from(&self, features: &[f32]) -> Vec<Vec<f32>> {
        let frames = features.chunks_exact(self.head.features().max(1));
        frames.map(|features| self.head.forward(features)).collect()
    }

    /// Logits of several batches, one after another: a card gets the next one while it is busy with this one.
    pub(crate) fn logits_of_list(
        &self,
        batches: &[Batch<'_>],
    ) -> Result<Vec<Vec<f32>>, NetworkError> {
        #[cfg(feature = "cudnn")]
        if let Body::Nvidia(card) = &self.body {
            batches
                .iter()
                .try_for_each(|batch| self.check_bytes(batch))?;
            let features = card.features_of_list(batches)?;
            return Ok(features
                .iter()
                .flat_map(|one| self.logits_from(one))
                .collect());
        }
        let mut all = Vec::with_capacity(batches.iter().map(Batch::len).sum());
        for batch in batches {
            all.extend(self.logits(batch)?);
        }
        Ok(all)
    }

    /// Logits of some frames, and for each the gradient, with respect to its normalised pixels, of a function whose derivative
    /// with respect to each logit `towards` gives.
    pub(crate) fn gradient(
        &self,
        batch: &Batch<'_>,
        towards: &(impl Fn(usize, &[f32]) -> Vec<f32> + Sync),
    ) -> Result<(Vec<Vec<f32>>, Vec<f32>), NetworkError> {
        #[cfg(feature = "cudnn")]
        self.check_bytes(batch)?;
        let by_feature = |frame: usize, features: &[f32]| {
            let logits = self.head.forward(features);
            self.head.backward(&towards(frame, &logits))
        };
        let (features, gradients) = match &self.body {
            Body::Processor(plan) => {
                let render = |at: usize, pixels: &mut [f32]| batch.write(at, pixels);
                plan.gradient(batch.len(), &render, &by_feature)?
            }
            #[cfg(feature = "cudnn")]
            Body::Nvidia(card) => card.gradient(batch, &by_feature)?,
            Body::Card { .. } => {
                return Err(NetworkError::Device(candle_core::Error::Msg(
                    text!("device-without-gradients").to_owned(),
                )));
            }
        };
        Ok((self.logits_from(&features), gradients))
    }

    /// The output of every piece for one frame, the pooled features, and the logits.
    pub(crate) fn outputs(&self, batch: &Batch<'_>) -> Result<Vec<Output>, NetworkError> {
        let mut outputs = Vec::new();
        let names = self.names.iter().copied();
        let features: Vec<f32> = match &self.body {
            Body::Processor(plan) => {
                let mut pixels = vec![0.0; plan.frame_len()];
                batch.write(0, &mut pixels);
                let activations = plan.activations(&pixels)?;
                outputs.extend(names.zip(activations).map(Output::of));
                plan.run(&pixels)?
            }
            #[cfg(feature = "cudnn")]
            Body::Nvidia(card) => {
                outputs.extend(names.zip(card.activations(batch)?).map(Output::of));
                card.features(batch)?
            }
            Body::Card { blocks, .. } => {
                let mut x = self.upload(batch)?;
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

    /// The output of the last block for one frame, with the derivative of a function of the logits, of which `towards` gives the
    /// derivative by each logit.
    pub(crate) fn last_block(
        &self,
        batch: &Batch<'_>,
        towards: &dyn Fn(&[f32]) -> Vec<f32>,
    ) -> Result<LastBlock, NetworkError> {
        let missing = || NetworkError::from(EngineError::Internal("the network has no last block"));
        let mut outputs = self.outputs(batch)?;
        let logits = outputs.pop().ok_or_else(missing)?.values;
        outputs.pop();
        let last = outputs.pop().ok_or_else(missing)?;
        let [_, channels, rows, columns] = *last.shape.as_slice() else {
            return Err(missing());
        };
        let area = (rows * columns) as f32;
        let by_feature = self.head.backward(&towards(&logits));
        let planes = matches!(self.body, Body::Card { .. });
        Ok(LastBlock {
            name: last.name,
            shape: [channels, rows, columns],
            values: if planes {
                interleaved(&last.values, channels)
            } else {
                last.values
            },
            logits,
            by_value: by_feature.into_iter().map(|value| value / area).collect(),
        })
    }

    /// Some frames as a batch `[n, 3, side, side]` on the card.
    fn upload(&self, batch: &Batch<'_>) -> Result<Tensor, NetworkError> {
        use rayon::prelude::*;
        let Body::Card { device, side, .. } = &self.body else {
            return Err(EngineError::Internal("this network takes no tensors").into());
        };
        let mut pixels = vec![0.0; batch.len() * side * side * 3];
        pixels
            .par_chunks_mut(side * side * 3)
            .enumerate()
            .for_each(|(frame, pixels)| batch.write(frame, pixels));
        let x = Tensor::from_vec(pixels, (batch.len(), *side, *side, 3), device)?;
        Ok(x.permute((0, 3, 1, 2))?.contiguous()?)
    }
}

/// `[channel][pixel]` as `[pixel][channel]`.
fn interleaved(planes: &[f32], channels: usize) -> Vec<f32> {
    let area = planes.len() / channels.max(1);
    let pixel = |at: usize| planes.iter().skip(at).step_by(area.max(1));
    (0..area).flat_map(pixel).copied().collect()
}

impl Output {
    /// The display form of an activation.
    fn of((name, activation): (&'static str, Activation)) -> Self {
        Self {
            name,
            shape: vec![1, activation.channels, activation.rows, activation.columns],
            values: activation.values,
        }
    }
}
