//! Training: makes a checkpoint from a network, labelled photographs and a [`Recipe`].
//!
//! [`begin`] starts, [`resume`] continues. Each step's frames are augmented by threads ahead of the device ([`feed`]); batch
//! norms use the batch's statistics, and their running statistics follow with momentum 0.1. After each epoch the weights (their
//! moving average, if the recipe has one) are validated, and kept if their AUC is the best so far. All random numbers come from
//! [`draw`], so that on the processor a training that was killed and resumed ends with the same weights, to the last bit.
//!
//! The folder holds `best.safetensors` (a checkpoint with torchvision's names, whose header contains the recipe),
//! `state.safetensors` (from which [`resume`] continues), `curve.csv`, `curve.svg` and `log.jsonl`.

mod adversarial;
mod augment;
mod augment_text;
mod best;
mod check;
mod curve;
mod draw;
mod error;
mod events;
mod feed;
mod hue;
mod log_files;
mod order;
mod pictures;
mod preset;
mod preset_recipes;
mod progress;
mod recipe;
mod schedule;
mod session;
mod validation;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use adversarial::Mixed;
pub use augment::{Augmentations, WORST_SHIFT};
pub use augment_text::KNOWN as AUGMENTATIONS;
pub use error::TrainError;
pub use events::{Event, Outcome, StepDone};
pub use pictures::Example;
pub use preset::RecipePreset;
pub use progress::{EpochMetrics, Progress, Provenance};
pub use recipe::Recipe;
pub use schedule::{Decay, Schedule};
pub use validation::{ChosenThreshold, Validation};

use log_files::Records;
use pictures::{How, Pictures};
use session::Session;

use flipscope_base::cancel::Cancel;
use flipscope_base::human::counted;
use flipscope_base::system::in_words;
use flipscope_image::lesion::Framing;
use flipscope_model::DeviceChoice;
use flipscope_model::training::{InitialisedModel, Learner, Start, Trainable};

/// What to train on.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// The data set's name.
    pub name: String,
    /// How it was divided, e.g. the split file's name and hash.
    pub split: String,
    /// The examples that the weights are fitted to.
    pub training: Vec<Example>,
    /// The examples that the epoch is chosen on.
    pub validation: Vec<Example>,
    /// A folder of findings whose altered frames are mixed into the training examples.
    pub adversarial: Option<PathBuf>,
}

/// Where and how a training is carried out; nothing here changes the result, except for the device's rounding.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The training's folder; created if missing.
    pub out: &'a Path,
    /// The examples.
    pub data: &'a Data,
    /// The device.
    pub device: DeviceChoice,
    /// Steps after which the state is saved, in addition to every epoch; 0: only after epochs.
    pub save_every: u64,
}

/// Starts a training.
///
/// # Errors
/// If the recipe is invalid, the folder already holds a training or other files with its names, too little can be read, the
/// network cannot be made, a file cannot be written, or the training diverges.
pub fn begin(
    job: &Job<'_>,
    start: &Start,
    mut recipe: Recipe,
    cancel: &Cancel,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, TrainError> {
    recipe.validate()?;
    if progress::path(job.out).exists() {
        return Err(TrainError::Occupied {
            folder: job.out.to_owned(),
        });
    }
    log_files::is_free(job.out)?;
    let InitialisedModel {
        mut net,
        origin,
        averaged,
        notes,
    } = Trainable::begin(start, job.device)?;
    freeze(&mut net, &recipe)?;
    compute(&mut net, &recipe, watch)?;
    if recipe.auxiliary > 0.0 && !net.has_auxiliary_head() {
        watch(Event::Note(format!(
            "{} has no auxiliary head: its loss's weight {} becomes 0",
            net.info().architecture,
            recipe.auxiliary
        )));
        recipe.auxiliary = 0.0;
    }
    for note in notes {
        watch(Event::Note(note));
    }
    watch(Event::Device(net.device()));
    let framing = net.info().framing;
    let (training, validation, data) = read(job, &recipe, framing, cancel, watch)?;
    let classes = start.classes.len() as u32;
    check(
        &training,
        &validation,
        &net.info().melanoma_classes,
        classes,
    )?;
    std::fs::create_dir_all(job.out).map_err(|source| TrainError::Io {
        file: job.out.to_owned(),
        source: in_words(source),
    })?;
    let learner = Learner::new(net, recipe.optimiser, recipe.average)?;
    let mut progress = Progress::new(recipe, origin, data);
    progress.averaged = averaged;
    run(
        job,
        framing,
        (training, validation),
        learner,
        progress,
        cancel,
        watch,
    )
}

/// Resumes a training, with the recipe that it started with.
///
/// # Errors
/// As [`begin`], and if there is no training in the folder, or the examples differ from those that it started with.
pub fn resume(
    job: &Job<'_>,
    cancel: &Cancel,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, TrainError> {
    let file = progress::path(job.out);
    let (progress, state) = progress::read(job.out)?;
    best::settle(job.out, &progress)?;
    let refuse = |reason: String| TrainError::State {
        file: file.clone(),
        reason,
    };
    let own = state
        .tensors
        .iter()
        .filter(|(name, _)| !name.contains('/'))
        .map(|(name, values)| (name.clone(), values.clone()))
        .collect();
    let own = flipscope_model::Tensors {
        metadata: state.metadata.clone(),
        tensors: own,
    };
    let mut net = Trainable::from_tensors(&own, &file.display().to_string(), job.device)?;
    freeze(&mut net, &progress.recipe)?;
    compute(&mut net, &progress.recipe, watch)?;
    watch(Event::Device(net.device()));
    let framing = net.info().framing;
    let recipe = &progress.recipe;
    let mut learner = Learner::new(net, recipe.optimiser, recipe.average)?;
    learner.restore(&state.tensors, progress.steps_done)?;
    drop((own, state));
    let (training, validation, data) = read(job, &progress.recipe, framing, cancel, watch)?;
    for (what, now, then) in [
        (
            "training",
            &data.training_sha256,
            &progress.data.training_sha256,
        ),
        (
            "validation",
            &data.validation_sha256,
            &progress.data.validation_sha256,
        ),
    ] {
        if now != then {
            return Err(refuse(format!(
                "its {what} examples were different (then {}, now {}; not the same files or classes): name the same --data, \
                --split and --adversarial, or start again in another folder",
                progress.data.training + progress.data.validation,
                data.training + data.validation,
            )));
        }
    }
    run(
        job,
        framing,
        (training, validation),
        learner,
        progress,
        cancel,
        watch,
    )
}

/// Lets convolutions be computed in the recipe's precision, and says so where nothing is gained.
fn compute(
    net: &mut Trainable,
    recipe: &Recipe,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<(), TrainError> {
    net.compute_in(recipe.precision)?;
    if net.emulates() {
        watch(Event::Note(format!(
            "the processor emulates training in {}: it rounds as a card does, and takes longer than in f32",
            net.precision()
        )));
    }
    Ok(())
}

/// Freezes the blocks named in the recipe.
fn freeze(net: &mut Trainable, recipe: &Recipe) -> Result<(), TrainError> {
    match &recipe.freeze {
        Some(block) if !net.freeze(block) => Err(TrainError::Freeze {
            block: block.clone(),
            blocks: net.block_names().collect::<Vec<_>>().join(", "),
        }),
        _ => Ok(()),
    }
}

/// Trains from the current progress on.
fn run(
    job: &Job<'_>,
    framing: Framing,
    (training, validation): (Pictures, Pictures),
    learner: Learner,
    progress: Progress,
    cancel: &Cancel,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, TrainError> {
    best::settle(job.out, &progress)?;
    let records = Records::open(job.out, progress.steps_done, progress.epoch)?;
    Session {
        out: job.out,
        device: job.device,
        save_every: job.save_every,
        framing,
        training: Arc::new(training),
        validation,
        learner,
        progress,
        records,
        cancel,
        watch,
    }
    .run()
}

/// Reads the pictures, reports what cannot be used, and mixes in findings if asked for.
fn read(
    job: &Job<'_>,
    recipe: &Recipe,
    framing: Framing,
    cancel: &Cancel,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<(Pictures, Pictures, Provenance), TrainError> {
    let mut read = |examples: &[Example], whole: bool| {
        let how = How {
            framing,
            color_handling: recipe.color_handling,
            whole,
        };
        let mut tell = |done| {
            watch(Event::Reading {
                done,
                of: examples.len(),
            });
        };
        let (pictures, problems) =
            Pictures::read(examples, how, cancel, &mut tell).ok_or(TrainError::Cancelled)?;
        for problem in problems {
            watch(Event::Problem(problem));
        }
        Ok::<_, TrainError>(pictures)
    };
    let mut training = read(&job.data.training, recipe.augment.crops())?;
    let validation = read(&job.data.validation, false)?;
    let mut adversarial = 0;
    if let Some(folder) = &job.data.adversarial {
        let mixed = adversarial::mix(folder, &mut training)?;
        adversarial = mixed.added;
        watch(Event::Note(format!(
            "{}: {} mixed in; {} not flip; {} outside the training part",
            folder.display(),
            counted(mixed.added, "altered frame is", "altered frames are"),
            counted(mixed.no_flip, "finding does", "findings do"),
            counted(mixed.elsewhere, "is of a photograph", "are of photographs")
        )));
        for problem in mixed.problems {
            watch(Event::Problem(problem));
        }
    }
    watch(Event::Read(
        training.members.len(),
        validation.members.len(),
    ));
    let data = Provenance {
        name: job.data.name.clone(),
        split: job.data.split.clone(),
        training: training.members.len(),
        validation: validation.members.len(),
        training_sha256: training.sha256(),
        validation_sha256: validation.sha256(),
        adversarial,
    };
    Ok((training, validation, data))
}

/// Refuses examples that are useless for training or for validation.
fn check(
    training: &Pictures,
    validation: &Pictures,
    melanoma: &[usize],
    classes: u32,
) -> Result<(), TrainError> {
    for (part, pictures) in [("training", training), ("validation", validation)] {
        let all = pictures.classes();
        if let Some(class) = all.iter().find(|&&class| class >= classes) {
            return Err(TrainError::Data(format!(
                "a {part} example has class {class}, and there are {classes}"
            )));
        }
        let positive = all
            .iter()
            .filter(|&&class| melanoma.contains(&(class as usize)))
            .count();
        if positive == 0 || positive == all.len() {
            return Err(TrainError::Data(format!(
                "of {} readable {part} examples {positive} are melanomas: some must be, and some not",
                all.len()
            )));
        }
    }
    Ok(())
}
