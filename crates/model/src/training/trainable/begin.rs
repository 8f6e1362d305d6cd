//! A network at the start of its training: from one checkpoint, the mean of several, or random weights.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Trainable;
use super::average::Mean;
use super::initial::{Start, initial, interpret, refuse, weigh};
use crate::architectures::supported;
use crate::error::ClassifierError;
use crate::inference::device::DeviceChoice;

/// A network at the start of its training.
pub struct InitialisedModel {
    /// The network.
    pub net: Trainable,
    /// Where its weights come from: the name and SHA-256 of each checkpoint, or the seed.
    pub origin: String,
    /// Of a mean, what each network says of its training: its name, its SHA-256, and its recipe, start and validation.
    pub averaged: Vec<Value>,
    /// A sentence for each thing that was initialised or assumed.
    pub notes: Vec<String>,
}

impl Trainable {
    /// Makes a network at the start of its training.
    ///
    /// # Errors
    /// If the architecture or device does not exist, a checkpoint is unreadable, damaged or of another architecture, or several do not
    /// belong together.
    pub fn begin(start: &Start, choice: DeviceChoice) -> Result<InitialisedModel, ClassifierError> {
        let nowhere = Path::new("--init none");
        let architecture = supported::named(&start.architecture).ok_or_else(|| {
            refuse(
                start.init.first().map_or(nowhere, PathBuf::as_path),
                format!(
                    "there is no architecture {:?}: it is one of {}",
                    start.architecture,
                    supported::offered()
                ),
            )
        })?;
        let device = Self::open(choice)?;
        let mut averaged = Vec::new();
        let (checkpoint, info, origin, notes) = match start.init.as_slice() {
            [] => {
                let (tensors, _) =
                    weigh(&architecture, start, None).map_err(|why| refuse(nowhere, why))?;
                let checkpoint = tensors.checkpoint(nowhere)?;
                let info = interpret(&checkpoint, &architecture, start, Some("drawn weights"))?;
                let origin = drawn_by(start);
                (checkpoint, info, origin, Vec::new())
            }
            [one] => {
                let mut one = initial(&architecture, start, one)?;
                let missing = one.missing_heads();
                (one.notes)
                    .extend(missing.map(|missing| format!("{missing}: {}.", drawn_by(start))));
                (one.checkpoint()?, one.info, one.origin, one.notes)
            }
            [first, others @ ..] => {
                let first = initial(&architecture, start, first)?;
                averaged.push(first.provenance());
                let mut mean = Mean::of(first)?;
                for other in others {
                    let other = initial(&architecture, start, other)?;
                    averaged.push(other.provenance());
                    mean.add(other)?;
                }
                let mean = mean.finish(&drawn_by(start));
                (mean.checkpoint()?, mean.info, mean.origin, mean.notes)
            }
        };
        let net = Self::build(&checkpoint, &architecture, info, device)?;
        Ok(InitialisedModel {
            net,
            origin,
            averaged,
            notes,
        })
    }
}

/// Says where weights come from that no checkpoint has.
fn drawn_by(start: &Start) -> String {
    format!("drawn by seed {}", start.seed)
}
