//! From a checkpoint to a network with variables for weights.

use candle_core::Var;

use super::heads::{AuxiliaryHead, Head};
use crate::architectures::Architecture;
use crate::checkpoint::parsed::Checkpoint;
use crate::checkpoint::state_dict::{check, conv_values, finite};
use crate::error::ClassifierError;
use crate::inference::device::OpenDevice;
use flipscope_nn::{ConvSpec, Node, TrainableConv};

/// A body, its head and its auxiliary head, if the checkpoint has one that fits.
type TrainableParts = (
    Vec<(&'static str, Node<TrainableConv>)>,
    Head,
    Option<AuxiliaryHead>,
);

/// Compares names and shapes with the architecture, and makes variables from the values.
pub(crate) fn trainable(
    checkpoint: &Checkpoint,
    architecture: &Architecture,
    classes: usize,
    device: &OpenDevice,
) -> Result<TrainableParts, ClassifierError> {
    let refuse = |reason: String| ClassifierError::Tensors {
        path: checkpoint.path.clone(),
        reason,
    };
    let failed = |error: candle_core::Error| ClassifierError::Run {
        device: device.shown.clone(),
        reason: error.to_string(),
    };
    let checked = check(checkpoint, architecture, classes).map_err(refuse)?;
    let conv = |spec: &ConvSpec| {
        let (weight, norm) =
            conv_values(checkpoint, spec, architecture.norm_eps).map_err(refuse)?;
        TrainableConv::new(spec, weight, norm, &device.device).map_err(failed)
    };
    let head = |name: String, features: usize| {
        let values = |part: &str, shape: &[usize]| {
            let values = finite(checkpoint, &format!("{name}.{part}"), shape).map_err(refuse)?;
            Var::from_vec(values, shape, &device.device).map_err(failed)
        };
        Ok::<_, ClassifierError>(Head {
            weight: values("weight", &[classes, features])?,
            bias: values("bias", &[classes])?,
            name,
            features,
        })
    };
    let mut blocks = Vec::with_capacity(architecture.blocks.len());
    for (name, block) in &architecture.blocks {
        blocks.push((*name, block.try_map(&mut |spec: &ConvSpec| conv(spec))?));
    }
    let auxiliary = match &architecture.auxiliary {
        Some(auxiliary) if checked.auxiliary => Some(AuxiliaryHead {
            after: auxiliary.after,
            convs: Node::Chain(
                auxiliary
                    .convs
                    .iter()
                    .map(|spec| conv(spec).map(Node::Conv))
                    .collect::<Result<_, _>>()?,
            ),
            head: head(format!("{}.fc", auxiliary.prefix), auxiliary.features)?,
        }),
        _ => None,
    };
    Ok((
        blocks,
        head("fc".to_owned(), architecture.features)?,
        auxiliary,
    ))
}
