//! Augmented batches, made by threads ahead of the device.
//!
//! Thread `t` of `T` makes the batches `t`, `t + T`, `t + 2 T` … and may be two ahead; the batches are taken in turn, so that
//! their order and content are the same whatever the number of threads.

use std::thread::{self, Scope};

use crossbeam_channel::{Receiver, bounded};

use super::augment::Augmentations;
use super::dice::{Dice, Purpose};
use super::error::TrainError;
use super::order;
use super::pictures::Pictures;
use super::recipe::Recipe;
use crate::lesion::{Frame, Framing};

/// A batch before the network has seen it.
pub(super) struct Batch {
    /// For each example its frames: one, or several to choose from.
    pub(super) frames: Vec<Vec<Frame>>,
    pub(super) labels: Vec<u32>,
}

/// The batches of an epoch, one after another.
pub(super) struct Feed {
    threads: Vec<Receiver<Result<Batch, TrainError>>>,
    next: usize,
    /// Batches of the epoch.
    pub(super) len: usize,
}

impl Feed {
    /// Begins an epoch at the batch `first`.
    pub(super) fn start<'scope>(
        scope: &'scope Scope<'scope, '_>,
        pictures: &'scope Pictures,
        framing: Framing,
        recipe: &'scope Recipe,
        epoch: usize,
        first: usize,
    ) -> std::io::Result<Self> {
        let order = order::epoch(&pictures.classes(), recipe.balance, recipe.seed, epoch);
        let batches = order::batches(&order, recipe.batch);
        let len = batches.len();
        let count = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(8);
        let mut shares: Vec<Vec<(usize, Vec<usize>)>> = vec![Vec::new(); count];
        for (at, batch) in batches.into_iter().enumerate().skip(first) {
            if let Some(share) = shares.get_mut((at - first) % count) {
                share.push((at * recipe.batch, batch));
            }
        }
        let mut threads = Vec::with_capacity(count);
        for (number, share) in shares.into_iter().enumerate() {
            let (to, from) = bounded(1);
            threads.push(from);
            thread::Builder::new()
                .name(format!("augmentation {number}"))
                .spawn_scoped(scope, move || {
                    for (start, batch) in share {
                        let made = make(pictures, framing, recipe, epoch, start, &batch);
                        // Nobody takes it any more: the training has ended.
                        if to.send(made).is_err() {
                            break;
                        }
                    }
                })?;
        }
        Ok(Self {
            threads,
            next: 0,
            len,
        })
    }

    /// The next batch; `None` after the last.
    pub(super) fn next(&mut self) -> Option<Result<Batch, TrainError>> {
        let turn = self.next % self.threads.len().max(1);
        self.next += 1;
        self.threads.get(turn)?.recv().ok()
    }
}

/// The batch of some examples, the first of which has the position `start` in the epoch.
fn make(
    pictures: &Pictures,
    framing: Framing,
    recipe: &Recipe,
    epoch: usize,
    start: usize,
    examples: &[usize],
) -> Result<Batch, TrainError> {
    let augment: &Augmentations = &recipe.augment;
    let mut batch = Batch {
        frames: Vec::with_capacity(examples.len()),
        labels: Vec::with_capacity(examples.len()),
    };
    for (position, &example) in (start..).zip(examples) {
        let Some((class, picture)) = pictures.get(example)? else {
            continue;
        };
        let mut dice = Dice::at(recipe.seed, Purpose::Augmentation, epoch, position);
        batch
            .frames
            .push(augment.frames(&picture, framing, &mut dice));
        batch.labels.push(class);
    }
    Ok(batch)
}
