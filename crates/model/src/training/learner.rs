//! The network in training with everything that its steps need: gradients, the optimiser's state, the moving average.
//!
//! A [`Learner`] takes one step after another on frames that it is given. Everything else in a training (order, augmentation,
//! schedule, validation, files) is done outside.

use std::collections::BTreeMap;

use candle_core::{Result as CandleResult, Var};

use super::in_place::blend;
use super::optimiser::{Optimiser, OptimizerState};
use crate::checkpoint::tensors::Tensors;
use crate::training::{Objective, Trainable};
use crate::{ClassifierError, Values};
use flipscope_image::lesion::Frame;
use flipscope_nn::RunningStatistics;

/// Prefix of the optimiser's tensors in the state.
const FIRST: &str = "optimiser.first/";
const SECOND: &str = "optimiser.second/";
/// Prefix of the moving average's tensors.
const AVERAGE: &str = "average/";

/// A network in training.
pub struct Learner {
    net: Trainable,
    optimiser: Optimiser,
    /// One for each of the network's variables, in their order.
    states: Vec<OptimizerState>,
    average: Option<Ema>,
    /// Steps done.
    steps: u64,
}

/// Exponential moving average of the weights and of the running statistics.
struct Ema {
    decay: f64,
    /// In the order of the network's variables.
    variables: Vec<Var>,
    /// In the order of [`Trainable::running`].
    running: Vec<(String, RunningStatistics)>,
}

impl Learner {
    /// Before the first step. `average`: decay of the moving average of the weights, 0 for none.
    ///
    /// # Errors
    /// If the device fails.
    pub fn new(
        net: Trainable,
        optimiser: Optimiser,
        average: f64,
    ) -> Result<Self, ClassifierError> {
        let make = || -> CandleResult<_> {
            let mut states = Vec::new();
            let mut variables = Vec::new();
            for (_, variable) in net.variables() {
                states.push(OptimizerState::new(optimiser, variable)?);
                if average > 0.0 {
                    variables.push(Var::from_tensor(&variable.as_detached_tensor().copy()?)?);
                }
            }
            Ok((states, variables))
        };
        let (states, variables) = make().map_err(|error| failed(&net, &error))?;
        let average = (average > 0.0).then(|| Ema {
            decay: average,
            variables,
            running: net.running(),
        });
        Ok(Self {
            net,
            optimiser,
            states,
            average,
            steps: 0,
        })
    }

    /// The network.
    #[must_use]
    pub fn net(&self) -> &Trainable {
        &self.net
    }

    /// One step on frames of known classes, at a learning rate. Returns the loss before it; if that is not finite, nothing
    /// changes but the running statistics.
    ///
    /// # Errors
    /// As [`Trainable::gradients_of`].
    pub fn step(
        &mut self,
        objective: &Objective,
        lr: f64,
        frames: &[Frame],
        labels: &[u32],
    ) -> Result<f64, ClassifierError> {
        let gradients = self.net.gradients_of(objective, frames, labels)?;
        if !gradients.loss.is_finite() {
            return Ok(gradients.loss);
        }
        self.steps += 1;
        let (optimiser, step) = (self.optimiser, self.steps);
        let mut change = || -> CandleResult<()> {
            for ((_, variable), memory) in self.net.variables().into_iter().zip(&self.states) {
                if let Some(gradient) = gradients.of(variable) {
                    memory.update(optimiser, lr, step, variable, gradient)?;
                }
            }
            if let Some(average) = &mut self.average {
                average.follow(&self.net, step)?;
            }
            Ok(())
        };
        change().map_err(|error| failed(&self.net, &error))?;
        Ok(gradients.loss)
    }

    /// A checkpoint of the network: of the moving average, if there is one.
    ///
    /// # Errors
    /// If the device fails.
    pub fn checkpoint(&self) -> Result<Tensors, ClassifierError> {
        let mut tensors = self.net.tensors()?;
        if let Some(average) = &self.average {
            tensors.tensors.extend(average.tensors(&self.net)?);
        }
        Ok(tensors)
    }

    /// Everything that the next step depends on.
    ///
    /// # Errors
    /// If the device fails.
    pub fn state(&self) -> Result<BTreeMap<String, Values>, ClassifierError> {
        let mut tensors = self.net.tensors()?.tensors;
        for ((name, _), memory) in self.net.variables().into_iter().zip(&self.states) {
            tensors.insert(format!("{FIRST}{name}"), self.net.values(&memory.first)?);
            if let Some(second) = &memory.second {
                tensors.insert(format!("{SECOND}{name}"), self.net.values(second)?);
            }
        }
        if let Some(average) = &self.average {
            let named = average.tensors(&self.net)?.into_iter();
            tensors.extend(named.map(|(name, values)| (format!("{AVERAGE}{name}"), values)));
        }
        Ok(tensors)
    }

    /// Restores what [`Learner::state`] returned after this many steps, except for the network's own weights, with which it was
    /// made.
    ///
    /// # Errors
    /// If the state does not belong to this network and optimiser, or the device fails.
    pub fn restore(
        &mut self,
        state: &BTreeMap<String, Values>,
        steps: u64,
    ) -> Result<(), ClassifierError> {
        self.steps = steps;
        let net = &self.net;
        let find = |name: String| {
            state.get(&name).ok_or_else(|| {
                failed(
                    net,
                    &format!("the state of the training lacks `{name}`: start again"),
                )
            })
        };
        let set = |variable: &Var, values: &Values| -> Result<(), ClassifierError> {
            let tensor = net.upload(values)?;
            variable.set(&tensor).map_err(|error| failed(net, &error))
        };
        for ((name, _), memory) in net.variables().into_iter().zip(&self.states) {
            set(&memory.first, find(format!("{FIRST}{name}"))?)?;
            if let Some(second) = &memory.second {
                set(second, find(format!("{SECOND}{name}"))?)?;
            }
        }
        if let Some(average) = &mut self.average {
            for ((name, _), variable) in net.variables().into_iter().zip(&average.variables) {
                set(variable, find(format!("{AVERAGE}{name}"))?)?;
            }
            for (name, running) in &mut average.running {
                let part = |part: &str| find(format!("{AVERAGE}{name}.running_{part}"));
                running.mean.clone_from(&part("mean")?.values);
                running.var.clone_from(&part("var")?.values);
            }
        }
        Ok(())
    }
}

impl Ema {
    /// Moves the average towards the network. The first steps count more, as in TensorFlow's `ExponentialMovingAverage` with
    /// `num_updates`: the decay is (1 + step) / (10 + step) until it has reached its final value.
    fn follow(&mut self, net: &Trainable, step: u64) -> CandleResult<()> {
        let early = (1.0 + step as f64) / (10.0 + step as f64);
        let keep = self.decay.min(early) as f32;
        for ((_, variable), average) in net.variables().into_iter().zip(&self.variables) {
            blend(average, keep, variable, 1.0 - keep)?;
        }
        for ((_, now), (_, average)) in net.running().into_iter().zip(&mut self.running) {
            let pairs = [(&mut average.mean, now.mean), (&mut average.var, now.var)];
            for (average, now) in pairs {
                for (average, now) in average.iter_mut().zip(now) {
                    *average = *average * keep + now * (1.0 - keep);
                }
            }
        }
        Ok(())
    }

    /// Under the names of the state dict.
    fn tensors(&self, net: &Trainable) -> Result<BTreeMap<String, Values>, ClassifierError> {
        let mut tensors = BTreeMap::new();
        for ((name, _), average) in net.variables().into_iter().zip(&self.variables) {
            tensors.insert(name, net.values(average)?);
        }
        for (name, running) in &self.running {
            for (part, values) in [("mean", &running.mean), ("var", &running.var)] {
                let one = Values {
                    shape: vec![values.len()],
                    values: values.clone(),
                };
                tensors.insert(format!("{name}.running_{part}"), one);
            }
        }
        Ok(tensors)
    }
}

fn failed(net: &Trainable, reason: &dyn std::fmt::Display) -> ClassifierError {
    ClassifierError::Run {
        device: net.device().to_owned(),
        reason: reason.to_string(),
    }
}
