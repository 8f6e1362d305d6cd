//! A network on a card: its weights, its programs, and what crosses between it and the host.
//!
//! A batch alone is sent, rendered into the network's input and judged on the card's own stream, one thing after another. A list of batches
//! goes over two streams, so that the next one is sent and rendered while this one runs (`pipeline`); where the second stream, or memory for
//! the rendered inputs, is not to be had, they go one by one.

use std::sync::{Arc, Mutex, PoisonError};

use candle_core::{Device, Error, Result};

use super::card::{Card, LockedCard, failed};
use super::convolution::NumericFormat;
use super::operand::Order;
use super::overlapped::SecondStream;
use super::program::Purpose;
use super::ready::{Programs, rounded};
use super::render::Batch;
use super::steps::Steps;
use super::transfer::Transfer;
use super::trust::OfList;
use super::weights::Weights;
use crate::engine::Activation;
use crate::{Conv, Node, Precision};

/// A network on a card.
pub struct CardNetwork {
    // Before the card: plans go before the handle that they were made for.
    inner: Mutex<Inner>,
    card: Arc<Card>,
}

struct Inner {
    programs: Programs,
    transfer: Transfer,
    second: Option<SecondStream>,
}

/// The slot of a batch alone.
const ALONE: usize = 0;

impl CardNetwork {
    /// Puts a network onto a card, and runs it once on one frame. `table`: what becomes of each byte of each channel of an input
    /// `[channels, side, side]`.
    ///
    /// # Errors
    /// If the network's pieces do not fit each other, the card has no memory for it, or cuDNN has no algorithm.
    pub fn new(
        blocks: &[Node<Conv>],
        input: [usize; 3],
        table: &[f32],
        device: &Device,
        precision: Precision,
    ) -> Result<Self> {
        let card = Card::of(device)?;
        let mut numbers = NumericFormat::of(precision);
        loop {
            let made = Self::with(&card, blocks, input, table, numbers);
            match made {
                // Not every cuDNN takes every type with the channels together.
                Err(_) if numbers.order == Order::Pixels => numbers.order = Order::Planes,
                made => return made,
            }
        }
    }

    fn with(
        card: &Arc<Card>,
        blocks: &[Node<Conv>],
        input: [usize; 3],
        table: &[f32],
        numbers: NumericFormat,
    ) -> Result<Self> {
        let mut convs = Vec::new();
        for block in blocks {
            block.for_each(&mut |conv| convs.push(conv));
        }
        let second = SecondStream::new(card.stream().context());
        if let Err(error) = &second {
            log::warn!("batches go to the card one by one: {error}");
        }
        let second = second.ok();
        let home = second.as_ref().map_or(card.stream(), SecondStream::stream);
        let steps = Steps::new(blocks, input).map_err(Error::wrap)?;
        let weights = Weights::new(&convs, steps.filters(), card, numbers)?;
        let mut inner = Inner {
            programs: Programs::new(steps, weights, numbers),
            transfer: Transfer::new(home, table)?,
            second,
        };
        let key = (1, Purpose::Features);
        inner.programs.make_ready(&mut card.locked()?, key)?;
        card.stream().synchronize().map_err(failed)?;
        Ok(Self {
            card: Arc::clone(card),
            inner: Mutex::new(inner),
        })
    }

    /// Does something with the card in this thread's hands.
    fn on_card<T>(
        &self,
        act: impl FnOnce(&mut Inner, &mut LockedCard<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut locked = self.card.locked()?;
        act(&mut inner, &mut locked)
    }

    /// The features of a batch, one frame after another.
    ///
    /// # Errors
    /// If the card fails.
    pub fn features(&self, batch: &Batch) -> Result<Vec<f32>> {
        self.on_card(|inner, locked| inner.features(locked, batch, Purpose::Features))
    }

    /// The features of a list of batches, each of up to `largest` frames; `None`, before any is taken from the list, if there is no second
    /// stream or no memory for it.
    ///
    /// # Errors
    /// If the card fails.
    pub fn features_of_list(
        &self,
        batches: &mut dyn Iterator<Item = Batch>,
        largest: usize,
    ) -> Result<OfList> {
        self.on_card(|inner, locked| inner.features_of_list(locked, batches, largest))
    }

    /// The features of a batch, and the gradient `[frame][row][column][channel]` towards its normalised pixels of functions of
    /// which `towards` gives the derivative by each feature of a frame.
    ///
    /// # Errors
    /// If the card fails.
    pub fn gradient(
        &self,
        batch: &Batch,
        towards: &dyn Fn(usize, &[f32]) -> Vec<f32>,
    ) -> Result<(Vec<f32>, Vec<f32>)> {
        self.on_card(|inner, locked| {
            let features = inner.features(locked, batch, Purpose::Gradient)?;
            let gradient = inner.backward(locked, batch.candidates.len(), &features, towards)?;
            Ok((features, gradient))
        })
    }

    /// What each block gives for a batch of one.
    ///
    /// # Errors
    /// If the card fails.
    pub fn activations(&self, batch: &Batch) -> Result<Vec<Activation>> {
        self.on_card(|inner, locked| {
            inner.features(locked, batch, Purpose::Gradient)?;
            inner.programs.blocks(locked)
        })
    }
}

impl Inner {
    /// Renders a batch, and runs the network on it.
    fn features(
        &mut self,
        locked: &mut LockedCard<'_>,
        batch: &Batch,
        purpose: Purpose,
    ) -> Result<Vec<f32>> {
        let made = self.try_features(locked, batch, purpose);
        if made.is_err() {
            self.after_failure(locked);
        }
        made
    }

    fn try_features(
        &mut self,
        locked: &mut LockedCard<'_>,
        batch: &Batch,
        purpose: Purpose,
    ) -> Result<Vec<f32>> {
        if let Some(second) = &mut self.second {
            second.settle(locked, &mut self.programs, &mut self.transfer)?;
        }
        let key = (rounded(batch.candidates.len()), purpose);
        self.programs.make_ready(locked, key)?;
        let Some(program) = self.programs.get(key) else {
            candle_core::bail!("a program is gone");
        };
        let (input, at) = (program.input.0, program.features);
        let values = batch.candidates.len() * program.width;
        let stream = Arc::clone(locked.card.stream());
        let to = (input, self.programs.numbers.dtype);
        self.transfer.fill(ALONE, batch)?;
        // SAFETY: nothing is under way on the other stream, and this one is waited for before the slot is used again, also after a failure.
        // The input has room for as many frames as the program, which are not fewer than the batch's.
        unsafe {
            self.transfer.send(ALONE, &stream, batch)?;
            self.transfer.render(locked, &stream, batch, to)?;
        }
        self.programs.forward(locked, key)?;
        self.fetched(locked, at, values)
    }

    /// Values that are there when the card's stream has come to its end.
    fn fetched(&mut self, locked: &LockedCard<'_>, at: u64, values: usize) -> Result<Vec<f32>> {
        let stream = locked.card.stream();
        // SAFETY: they are in the programs' memory, and the stream is waited for in the next line.
        unsafe { self.transfer.fetch(ALONE, stream, at, values) }?;
        stream.synchronize().map_err(failed)?;
        self.transfer.results(ALONE, values)
    }

    fn features_of_list(
        &mut self,
        locked: &mut LockedCard<'_>,
        batches: &mut dyn Iterator<Item = Batch>,
        largest: usize,
    ) -> Result<OfList> {
        let Some(second) = &mut self.second else {
            return Ok(None);
        };
        let (programs, transfer) = (&mut self.programs, &mut self.transfer);
        if let Err(error) = second.prepare(locked, programs, transfer, largest) {
            log::info!("batches of {largest} go to the card one by one: {error}");
            self.after_failure(locked);
            return Ok(None);
        }
        let made = second.features(locked, programs, transfer, batches);
        if made.is_err() {
            self.after_failure(locked);
        }
        made.map(Some)
    }

    /// Waits for what was begun, and leaves as much memory as possible to what comes next.
    fn after_failure(&mut self, locked: &LockedCard<'_>) {
        let ended = locked.card.stream().synchronize();
        let others = self
            .second
            .as_ref()
            .map(|second| second.stream().synchronize());
        // If the card does not answer, nothing is known to have ended: it says so again when it is next asked.
        if ended.is_ok() && others.is_none_or(|ended| ended.is_ok()) {
            self.transfer.release_inputs();
        }
    }

    /// The gradient towards the pixels, after a forward pass for gradients.
    fn backward(
        &mut self,
        locked: &mut LockedCard<'_>,
        n: usize,
        features: &[f32],
        towards: &dyn Fn(usize, &[f32]) -> Vec<f32>,
    ) -> Result<Vec<f32>> {
        let key = (rounded(n), Purpose::Gradient);
        let Some(program) = self.programs.get(key) else {
            candle_core::bail!("there was no forward pass");
        };
        let width = program.width;
        let (at, values) = (program.d_input, program.input.1.count() / key.0 * n);
        let mut by_feature = Vec::with_capacity(features.len());
        for (frame, features) in features.chunks_exact(width.max(1)).enumerate() {
            by_feature.extend(towards(frame, features));
        }
        // What no frame asks for.
        by_feature.resize(key.0 * width, 0.0);
        let gradient = (self.programs.backward(locked, key, &by_feature))
            .and_then(|()| self.fetched(locked, at, values));
        if gradient.is_err() {
            self.after_failure(locked);
        }
        gradient
    }
}
