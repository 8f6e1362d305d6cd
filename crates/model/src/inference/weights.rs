//! From a checkpoint to a network on its device.

use super::device::OpenDevice;
use super::input::Normalisation;
use super::network::{Network, NetworkError};
use super::shuffle::Shuffle;
use crate::architectures::Architecture;
use crate::checkpoint::assumption::Assumption;
use crate::checkpoint::parsed::Checkpoint;
use crate::checkpoint::state_dict::{check, conv_values, expected, finite};
use crate::error::ClassifierError;
use flipscope_language::text;
use flipscope_nn::{Conv, ConvSpec, Linear};

/// The result of loading.
pub(crate) struct Loaded {
    pub(crate) network: Network,
    /// Weights, biases and running statistics of the body and the head.
    pub(crate) parameters: usize,
    /// Types that they are stored in, e.g. "f16, f32".
    pub(crate) types: String,
    /// Whether the auxiliary head is present, complete and fits.
    pub(crate) auxiliary: bool,
    /// What was left out.
    pub(crate) notes: Vec<Assumption>,
}

/// Compares names and shapes, converts the values and builds the network on the device; with `shuffle`, from weights in a random
/// order.
pub(crate) fn load(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    classes: usize,
    device: &OpenDevice,
    normalisation: &Normalisation,
    mut shuffle: Option<Shuffle>,
) -> Result<Loaded, ClassifierError> {
    let refuse = |reason: String| ClassifierError::Tensors {
        path: checkpoint.path.clone(),
        reason,
    };
    let checked = check(checkpoint, architecture, classes).map_err(refuse)?;

    let failed = |error: NetworkError| ClassifierError::Run {
        device: device.shown.clone(),
        reason: error.to_string(),
    };
    let mut blocks = Vec::with_capacity(architecture.blocks.len());
    for (name, block) in &architecture.blocks {
        let block = block.try_map(&mut |spec: &ConvSpec| {
            let (weight, norm) =
                conv_values(checkpoint, spec, architecture.norm_eps).map_err(refuse)?;
            let mut conv =
                Conv::folded(spec, weight, &norm).map_err(|error| refuse(error.to_string()))?;
            if let Some(shuffle) = &mut shuffle {
                shuffle.values(&mut conv.weight);
                shuffle.values(&mut conv.bias);
            }
            Ok::<Conv, ClassifierError>(conv)
        })?;
        blocks.push((*name, block));
    }
    let mut weight =
        finite(checkpoint, "fc.weight", &[classes, architecture.features]).map_err(refuse)?;
    if let Some(shuffle) = &mut shuffle {
        shuffle.values(&mut weight);
    }
    let bias = finite(checkpoint, "fc.bias", &[classes]).map_err(refuse)?;
    let head = Linear::new(weight, bias).map_err(|error| refuse(error.to_string()))?;
    let network =
        Network::new(blocks, head, architecture.side, device, normalisation).map_err(failed)?;

    let wanted = expected(architecture, classes);
    let mut types: Vec<String> = wanted
        .iter()
        .map(|(name, _)| match checkpoint.tensors.get(name) {
            Some(stored) => stored.dtype.to_string(),
            None => text!("model-packed-codes").to_owned(),
        })
        .collect();
    types.sort();
    types.dedup();
    Ok(Loaded {
        network,
        parameters: wanted
            .iter()
            .map(|(_, shape)| shape.iter().product::<usize>())
            .sum(),
        types: types.join(", "),
        auxiliary: checked.auxiliary,
        notes: checked.notes,
    })
}
