//! A network on an NVIDIA card, with the frames that it has to judge.
//!
//! A list of batches goes over two streams, once it has been seen that this gives what each batch gives alone ([`Trust`]).

use std::sync::{Mutex, PoisonError};

use candle_core::Result;

use super::device::OpenDevice;
use super::input::{Batch, Normalisation};
use super::render::Packer;
use flipscope_nn::cuda::{CardNetwork, Trust, render};
use flipscope_nn::engine::Activation;
use flipscope_nn::{Conv, Node};

pub(crate) struct OnCard {
    network: CardNetwork,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    packer: Packer,
    lists: Trust,
}

impl OnCard {
    pub(crate) fn new(
        blocks: &[Node<Conv>],
        side: usize,
        open: &OpenDevice,
        normalisation: &Normalisation,
    ) -> Result<Self> {
        let (input, table) = ([3, side, side], normalisation.table());
        Ok(Self {
            network: CardNetwork::new(blocks, input, table, &open.device, open.precision)?,
            state: Mutex::default(),
        })
    }

    /// Locked to the end: the frames on the card must match the packer's record.
    fn with<T>(&self, run: impl FnOnce(&mut State) -> Result<T>) -> Result<T> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let made = run(&mut state);
        if made.is_err() {
            state.packer.forget();
        }
        made
    }

    fn alone<T>(
        &self,
        batch: &Batch<'_>,
        run: impl FnOnce(&render::Batch) -> Result<T>,
    ) -> Result<T> {
        self.with(|state| run(&state.packer.pack(batch)))
    }

    pub(crate) fn features(&self, batch: &Batch<'_>) -> Result<Vec<f32>> {
        self.alone(batch, |packed| self.network.features(packed))
    }

    /// The features of each batch of a list.
    pub(crate) fn features_of_list(&self, batches: &[Batch<'_>]) -> Result<Vec<Vec<f32>>> {
        self.with(|state| {
            let State { packer, lists } = state;
            let largest = batches.iter().map(Batch::len).max().unwrap_or(0);
            let packer = std::cell::RefCell::new(packer);
            lists.ask(
                batches,
                &mut |batches| {
                    let mut packer = packer.borrow_mut();
                    let mut packed = batches.iter().map(|batch| packer.pack(batch));
                    let made = self.network.features_of_list(&mut packed, largest);
                    if made.is_err() {
                        packer.forget();
                    }
                    made
                },
                &mut |batch| self.network.features(&packer.borrow_mut().pack(batch)),
            )
        })
    }

    pub(crate) fn gradient(
        &self,
        batch: &Batch<'_>,
        towards: &dyn Fn(usize, &[f32]) -> Vec<f32>,
    ) -> Result<(Vec<f32>, Vec<f32>)> {
        self.alone(batch, |packed| self.network.gradient(packed, towards))
    }

    pub(crate) fn activations(&self, batch: &Batch<'_>) -> Result<Vec<Activation>> {
        self.alone(batch, |packed| self.network.activations(packed))
    }
}
