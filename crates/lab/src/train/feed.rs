//! Augmented batches, prepared by threads ahead of the device.
//!
//! Thread `t` of `T` makes the batches `t`, `t + T`, `t + 2 T` … and may be two ahead; the batches are taken in turn, so that
//! their order and content are the same whatever the number of threads.

use std::thread::{self, Scope};

use crossbeam_channel::{Receiver, bounded};

use super::augment::Augmentations;
use super::draw::{self, Purpose};
use super::error::TrainError;
use super::order;
use super::pictures::Pictures;
use super::recipe::Recipe;
use flipscope_image::lesion::{Frame, Framing};

/// A batch that the network has not seen yet.
pub(super) struct Batch {
    /// The frames of each example: one, or several to choose from.
    pub(super) frames: Vec<Vec<Frame>>,
    pub(super) labels: Vec<u32>,
}

/// The source of an epoch's batches.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) pictures: &'a Pictures,
    pub(super) framing: Framing,
    pub(super) recipe: &'a Recipe,
    pub(super) epoch: usize,
}

/// Threads that prepare frames: one per thread of the processor, at most eight.
pub(super) fn threads() -> usize {
    thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8)
}

/// The batches of an epoch, one after another.
pub(super) struct Feed {
    threads: Vec<Receiver<Result<Batch, TrainError>>>,
    next: usize,
    /// Batches of the epoch.
    pub(super) len: usize,
}

impl Feed {
    /// Starts an epoch at the batch `first`, with this many threads.
    pub(super) fn start<'scope>(
        scope: &'scope Scope<'scope, '_>,
        count: usize,
        of: Source<'scope>,
        first: usize,
    ) -> std::io::Result<Self> {
        let Source {
            pictures,
            recipe,
            epoch,
            ..
        } = of;
        let order = order::epoch(&pictures.classes(), recipe.balance, recipe.seed, epoch);
        let batches = order::batches(&order, recipe.batch);
        let len = batches.len();
        let count = count.max(1);
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
                        let made = make(of, start, &batch);
                        // The receiver is gone: the training has ended.
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
fn make(of: Source<'_>, start: usize, examples: &[usize]) -> Result<Batch, TrainError> {
    let Source {
        pictures,
        framing,
        recipe,
        epoch,
    } = of;
    let augment: &Augmentations = &recipe.augment;
    let mut batch = Batch {
        frames: Vec::with_capacity(examples.len()),
        labels: Vec::with_capacity(examples.len()),
    };
    for (position, &example) in (start..).zip(examples) {
        let Some((class, picture)) = pictures.get(example)? else {
            continue;
        };
        let mut rng = draw::stream(recipe.seed, Purpose::Augmentation, epoch, position);
        batch
            .frames
            .push(augment.frames(&picture, framing, &mut rng));
        batch.labels.push(class);
    }
    Ok(batch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::RecipePreset;
    use flipscope_image::lesion::synthetic;

    /// All batches from `first` on, each as its labels and its frames.
    fn batches(
        pictures: &Pictures,
        threads: usize,
        first: usize,
    ) -> Vec<(Vec<u32>, Vec<Vec<Frame>>)> {
        let recipe = Recipe {
            batch: 3,
            augment: "flips,offset=9,worst-pose=2".parse().unwrap(),
            ..RecipePreset::Default.recipe("inception-v3")
        };
        let of = Source {
            pictures,
            framing: Framing::Squash,
            recipe: &recipe,
            epoch: 2,
        };
        thread::scope(|scope| {
            let mut feed = Feed::start(scope, threads, of, first).unwrap();
            let mut all = Vec::new();
            while let Some(batch) = feed.next() {
                let batch = batch.unwrap();
                all.push((batch.labels, batch.frames));
            }
            assert_eq!(all.len() + first, feed.len);
            all
        })
    }

    #[test]
    fn batches_hang_neither_on_the_threads_nor_on_where_the_epoch_is_entered() {
        let mut pictures = Pictures::none();
        for seed in 0..11 {
            let recipe = synthetic::Recipe::between(seed, 0.5);
            let raster = synthetic::draw(&recipe, 64, 64).unwrap();
            pictures.add(Framing::Squash.apply(&raster), u32::from(seed % 3 == 0));
        }
        let one = batches(&pictures, 1, 0);
        assert_eq!(one.len(), 4);
        assert_eq!(one, batches(&pictures, 3, 0));
        assert_eq!(one[2..], batches(&pictures, 2, 2)[..]);
    }
}
