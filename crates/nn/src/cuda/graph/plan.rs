//! A plan for a convolution with its bias and ReLU: the first in cuDNN's order that computes as is asked, fits, and runs.

use std::sync::Arc;

use super::backend::Backend;
use super::descriptor::{Descriptor, Draft, GraphError, Result};
use super::engine::{self, Choice};
use super::fusion::{Addresses, Fusion};
use super::names::{Kind, Name};

/// A plan that cuDNN says it can run.
pub(in crate::cuda) struct Plan<B: Backend> {
    pub(super) descriptor: Arc<Descriptor<B>>,
    fusion: Fusion,
    /// Bytes.
    pub(in crate::cuda) workspace: usize,
    /// What it was made by; `None` if cuDNN does not tell.
    pub(in crate::cuda) choice: Option<Choice>,
}

impl<B: Backend> Plan<B> {
    /// The best plan; `largest`: bytes of workspace that it may want. `known`: what was chosen before, which is taken if it still
    /// can be.
    pub(in crate::cuda) fn new(
        backend: &B,
        fusion: &Fusion,
        largest: usize,
        known: Option<&Choice>,
    ) -> Result<Self> {
        let graph = fusion.describe(backend)?;
        if let Some(choice) = known {
            let made = engine::chosen(backend, &graph, choice)
                .and_then(|config| Self::by(backend, fusion, &config, largest));
            match made {
                // Knobs that are set to what they are anyway may be told or not.
                Ok(plan) => {
                    return Ok(Self {
                        choice: Some(choice.clone()),
                        ..plan
                    });
                }
                Err(error) => log::debug!("a plan that was chosen before is not taken: {error}"),
            }
        }
        let mut refusals = Vec::new();
        for config in engine::offered(backend, &graph)? {
            match Self::by(backend, fusion, &config, largest) {
                Ok(plan) => return Ok(plan),
                Err(error) => refusals.push(error.to_string()),
            }
        }
        Err(GraphError::Other(format!(
            "of {} engines none is taken ({})",
            refusals.len(),
            refusals.join("; ")
        )))
    }

    fn by(
        backend: &B,
        fusion: &Fusion,
        config: &Arc<Descriptor<B>>,
        largest: usize,
    ) -> Result<Self> {
        let engine = engine::engine_of(config)?;
        if let Some(objection) = engine::objection(&engine, fusion.allowed())? {
            return Err(GraphError::Other(objection));
        }
        let (descriptor, workspace) = engine::plan(backend, config)?;
        if workspace > largest {
            let trouble = format!("{workspace} bytes of workspace");
            return Err(GraphError::Other(trouble));
        }
        Ok(Self {
            descriptor,
            fusion: *fusion,
            workspace,
            choice: engine::choice(config, &engine).ok(),
        })
    }

    /// Starts it.
    ///
    /// # Safety
    /// The addresses must hold what the plan's [`Fusion`] says, and at `workspace` there must be room for as much as it wants.
    pub(in crate::cuda) unsafe fn run(&self, at: &Addresses, workspace: u64) -> Result<()> {
        let tensors = self.fusion.in_memory(at);
        for (id, shape, at) in tensors {
            if at % shape.alignment as u64 != 0 {
                let trouble = format!("tensor {id} is not aligned as its plan expects");
                return Err(GraphError::Other(trouble));
            }
        }
        let pack = Draft::new(self.descriptor.backend(), Kind::VariantPack)?
            .set(Name::PackIds, &tensors.map(|(id, ..)| id))?
            .addresses(Name::PackPointers, &tensors.map(|(.., at)| at))?
            .addresses(Name::PackWorkspace, &[workspace])?
            .finalize()?;
        // SAFETY: as the caller says.
        unsafe { self.descriptor.execute(&pack) }
    }
}
