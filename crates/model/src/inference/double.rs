//! Gradients of probes in f64.

use super::input::Normalisation;
use super::network::NetworkError;
use super::probe::{Probe, Score};
use super::shuffle::Shuffle;
use crate::architectures::Architecture;
use crate::checkpoint::parsed::Checkpoint;
use crate::checkpoint::state_dict::{conv_values, finite};
use flipscope_image::lesion::Frame;
use flipscope_nn::double::{DoubleConv, DoubleNetwork, Planes};
use flipscope_nn::{ConvSpec, Linear, Node};

/// Channels of a frame.
const CHANNELS: usize = 3;

/// A network in f64, on the processor.
pub(crate) struct Double {
    network: DoubleNetwork,
    side: usize,
}

impl Double {
    /// The network of a checkpoint whose names, shapes and values have been checked; with `shuffle`, from weights in a random order.
    ///
    /// # Errors
    /// A sentence that names the tensor, as [`super::weights::load`].
    pub(crate) fn load(
        checkpoint: &Checkpoint,
        architecture: &Architecture,
        classes: usize,
        mut shuffle: Option<Shuffle>,
    ) -> Result<Self, String> {
        let mut blocks = Vec::with_capacity(architecture.blocks.len());
        for (_, block) in &architecture.blocks {
            blocks.push(block.try_map(&mut |spec: &ConvSpec| {
                let (weight, norm) = conv_values(checkpoint, spec, architecture.norm_eps)?;
                let mut arrange = |values: &mut [f64]| {
                    if let Some(shuffle) = &mut shuffle {
                        shuffle.values(values);
                    }
                };
                DoubleConv::folded(spec, &weight, &norm, &mut arrange)
                    .map_err(|error| error.to_string())
            })?);
        }
        let mut weight = finite(checkpoint, "fc.weight", &[classes, architecture.features])?;
        if let Some(shuffle) = &mut shuffle {
            shuffle.values(&mut weight);
        }
        let bias = finite(checkpoint, "fc.bias", &[classes])?;
        let head = Linear::new(weight, bias).map_err(|error| error.to_string())?;
        Ok(Self {
            network: DoubleNetwork::new(Node::Chain(blocks), head),
            side: architecture.side,
        })
    }

    /// A probe's logits, and the gradient of the score with respect to its normalised pixels, `[row][column][channel]`. Both are
    /// rounded to f32 at the end; the probability of a class is differentiated at the rounded logits.
    pub(crate) fn gradient(
        &self,
        probe: &Probe,
        score: &Score,
        normalisation: &Normalisation,
    ) -> Result<(Vec<f32>, Vec<f32>), NetworkError> {
        let mut normalised = vec![0.0; Frame::BYTES];
        normalisation.normalise(&probe.frame, &mut normalised);
        let mut pixels: Vec<f64> = normalised.into_iter().map(f64::from).collect();
        probe.change.apply(&mut pixels);
        let transform = normalisation.transform_double();
        let channel = |channel: usize, (factor, summand): (f64, f64)| {
            let values = pixels.iter().skip(channel).step_by(CHANNELS);
            values.map(move |value| value * factor + summand)
        };
        let values = transform.into_iter().enumerate();
        let frame = Planes {
            channels: CHANNELS,
            rows: self.side,
            columns: self.side,
            values: values
                .flat_map(|(at, affine)| channel(at, affine))
                .collect(),
        };
        let (logits, by_input) = self
            .network
            .gradient(frame, &|logits| score.by_logit(&rounded(logits)))?;
        let area = self.side * self.side;
        let mut gradient = vec![0.0; by_input.values.len()];
        let planes = by_input.values.chunks_exact(area.max(1)).zip(transform);
        for (at, (plane, (factor, _))) in planes.enumerate() {
            for (to, value) in (gradient.iter_mut().skip(at).step_by(CHANNELS)).zip(plane) {
                *to = (value * factor) as f32;
            }
        }
        Ok((rounded(&logits), gradient))
    }
}

fn rounded(values: &[f64]) -> Vec<f32> {
    values.iter().map(|value| *value as f32).collect()
}
