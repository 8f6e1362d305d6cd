//! The weights and running statistics in the form stored in a file, and back.

use std::collections::BTreeMap;

use candle_core::{Tensor, Var};

use super::Trainable;
use crate::checkpoint::tensors::{Tensors, Values};
use crate::error::ClassifierError;
use flipscope_nn::{RunningStatistics, TrainableConv};

impl Trainable {
    /// Calls `visit` with every convolution, the auxiliary head's included.
    fn for_each_conv<'a>(&'a self, visit: &mut impl FnMut(&'a TrainableConv)) {
        for (_, block) in &self.blocks {
            block.for_each(visit);
        }
        if let Some(auxiliary) = &self.auxiliary {
            auxiliary.convs.for_each(visit);
        }
    }

    /// Running mean and variance of every batch norm, by the prefix of its tensors' names.
    #[must_use]
    pub fn running(&self) -> Vec<(String, RunningStatistics)> {
        let mut all = Vec::new();
        self.for_each_conv(&mut |conv| all.push((conv.spec().norm_prefix(), conv.running())));
        all
    }

    /// A checkpoint of the current weights: the state dict with torchvision's names, and the metadata that a reader needs.
    ///
    /// # Errors
    /// If the device fails.
    pub fn tensors(&self) -> Result<Tensors, ClassifierError> {
        let mut tensors = BTreeMap::new();
        for (name, variable) in self.variables() {
            tensors.insert(name, self.values(variable)?);
        }
        for (name, running) in self.running() {
            let shape = vec![running.mean.len()];
            for (part, values) in [("mean", running.mean), ("var", running.var)] {
                let shape = shape.clone();
                tensors.insert(format!("{name}.running_{part}"), Values { shape, values });
            }
        }
        Ok(Tensors {
            metadata: self.info.header(),
            tensors,
        })
    }

    /// The values of a tensor on the device.
    ///
    /// # Errors
    /// If the device fails.
    pub(crate) fn values(&self, tensor: &Tensor) -> Result<Values, ClassifierError> {
        let read = || -> candle_core::Result<Values> {
            Ok(Values {
                shape: tensor.dims().to_vec(),
                values: tensor.flatten_all()?.to_vec1()?,
            })
        };
        read().map_err(|error| self.failed(&error))
    }

    /// A tensor on the device.
    ///
    /// # Errors
    /// If the values do not fit their shape, or the device fails.
    pub(crate) fn upload(&self, values: &Values) -> Result<Tensor, ClassifierError> {
        let shape = values.shape.as_slice();
        Tensor::from_slice(&values.values, shape, &self.device.device)
            .map_err(|error| self.failed(&error))
    }

    /// Sets the weights and running statistics to those that [`Trainable::tensors`] returned; other tensors are ignored.
    ///
    /// # Errors
    /// If one is missing or has another shape, or the device fails.
    pub fn set(&self, tensors: &BTreeMap<String, Values>) -> Result<(), ClassifierError> {
        let find = |name: &str| {
            tensors
                .get(name)
                .ok_or_else(|| self.failed(&format!("`{name}` is missing")))
        };
        for (name, variable) in self.variables() {
            self.put(variable, find(&name)?)?;
        }
        let mut convs = Vec::new();
        self.for_each_conv(&mut |conv| convs.push(conv));
        for conv in convs {
            let part = |part: &str| find(&conv.spec().norm_name(&format!("running_{part}")));
            let running = RunningStatistics {
                mean: part("mean")?.values.clone(),
                var: part("var")?.values.clone(),
            };
            conv.set_running(running)
                .map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    fn put(&self, variable: &Var, values: &Values) -> Result<(), ClassifierError> {
        variable
            .set(&self.upload(values)?)
            .map_err(|error| self.failed(&error))
    }
}
