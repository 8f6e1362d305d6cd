//! `flipscope train`: labelled photographs become a checkpoint.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::classifier::{DeviceChoice, Label, Start};
use crate::lesion::{Framing, Reading};
use crate::search::{Cancel, Preset};
use crate::study::dataset::{Dataset, Part};
use crate::study::split::{Duplicates, Shares, Split};
use crate::train::{
    self, Augmentations, Course, Data, Event, Example, Job, Optimiser, Outcome as Trained, Recipe,
    StepDone,
};

use super::{Incomplete, Outcome, output};

/// Trains a classifier on labelled photographs.
///
/// The weights are fitted to the training part; after each epoch the validation part is judged, and the checkpoint with the best
/// area under its ROC curve (AUC) is kept. A test part is never looked at: judge the finished checkpoint on it, once.
///
/// --out gets best.safetensors (the checkpoint, under torchvision's names, for --model and for PyTorch alike; `flipscope model
/// info` prints its recipe), curve.csv and curve.svg, log.jsonl, and state.safetensors, from which --resume goes on: after
/// Ctrl-C, a crash or a power cut, to the same weights as if nothing had happened (on the processor; a card's sums may differ in
/// their last bits). The state is as large as the network three or four times, and may be deleted when the training is over.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  flipscope train --data isic2017/labels.csv --init backbone.safetensors --out run1\n  \
    flipscope train --data isic2017/labels.csv --init backbone.safetensors --out run1 --resume    go on with it\n  \
    flipscope train --data moles --split split.json --preset letter --init backbone.safetensors --out letter\n  \
    flipscope train … --augment flips,crop=0.5,rotate=180,gain=0.1,offset=10    against colour attacks\n  \
    flipscope train … --augment flips,worst-pose=10    against pose attacks, at ten forward passes a frame\n  \
    flipscope train … --adversarial findings    with the altered frames of `flipscope attack --out findings`\n\n\
    Training Inception-v3 takes about a quarter of a second a frame on two cores, and hours for twenty epochs of 2,000."
)]
pub(super) struct TrainCommand {
    /// The labelled photographs: a table of ISIC or HAM10000 (CSV), or a folder per class (melanoma/, nevus/)
    #[arg(long, value_name = "TABLE|FOLDER")]
    data: PathBuf,

    /// Folder of the training; made where it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Go on with the training in --out, by the recipe that it began with
    #[arg(long)]
    resume: bool,

    /// Processor: auto, cpu, cuda, cuda:N or metal
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: DeviceChoice,

    /// Save the state after so many steps, beside after every epoch; 0: after epochs only
    #[arg(long, value_name = "STEPS", default_value_t = 100)]
    save_every: u64,

    /// A folder of findings whose altered frames are mixed into the training part, under their photographs' true class
    #[arg(long, value_name = "DIR")]
    adversarial: Option<PathBuf>,

    #[command(flatten)]
    network: NetworkFlags,

    #[command(flatten)]
    recipe: RecipeFlags,
}

/// What is trained.
#[derive(Debug, Args)]
#[command(next_help_heading = "Network and data")]
struct NetworkFlags {
    /// Folder with the table's photographs, where they are not beside it
    #[arg(long, value_name = "FOLDER")]
    images: Option<PathBuf>,

    /// The split to train by; without it, the table's own, or one that is drawn by --seed (7 of 10 to train, the rest shared by
    /// validation and test) and written to DIR/split.json
    #[arg(long, value_name = "FILE")]
    split: Option<PathBuf>,

    /// Architecture: inception-v3, resnet50, resnet152, or small-test (three convolutions, for tests)
    #[arg(
        long,
        value_name = "NAME",
        default_value = "inception-v3",
        conflicts_with = "resume"
    )]
    arch: String,

    /// Checkpoint or backbone to begin with (.safetensors or .pth), or none; heads that it lacks are drawn by --seed
    #[arg(
        long,
        value_name = "FILE|none",
        conflicts_with = "resume",
        required_unless_present = "resume"
    )]
    init: Option<PathBuf>,

    /// How a photograph becomes a frame of 299 × 299: crop or squash; without it, what --init says, or squash
    #[arg(long, value_name = "FRAMING", conflicts_with = "resume")]
    framing: Option<Framing>,
}

/// How it is trained: each flag replaces one number of the preset.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recipe (each replaces what the preset says)")]
struct RecipeFlags {
    /// letter (as the letter's code: SGD 1e-3, momentum 0.9, batch 8, 30 epochs, its augmentations) or default (the product's own)
    #[arg(
        long,
        value_name = "PRESET",
        default_value = "default",
        conflicts_with = "resume"
    )]
    preset: Preset,

    /// Seed of the split, drawn weights, order, augmentations and dropout
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// How often every example is seen
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    epochs: Option<usize>,

    /// Frames a step
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    batch: Option<usize>,

    /// Largest learning rate
    #[arg(long, value_name = "RATE", conflicts_with = "resume")]
    lr: Option<f64>,

    /// sgd or adamw
    #[arg(long, value_name = "NAME", conflicts_with = "resume")]
    optimizer: Option<Optimiser>,

    /// Momentum of sgd
    #[arg(long, value_name = "M", conflicts_with = "resume")]
    momentum: Option<f64>,

    /// Weight decay of either optimiser
    #[arg(long, value_name = "D", conflicts_with = "resume")]
    weight_decay: Option<f64>,

    /// Learning rate after the warm-up: constant, cosine (to 0 at the end), or step (see --step-every)
    #[arg(long, value_name = "NAME", conflicts_with = "resume", value_parser = ["constant", "cosine", "step"])]
    schedule: Option<String>,

    /// Epochs after which --schedule step multiplies the rate by --step-factor
    #[arg(
        long,
        value_name = "N",
        default_value_t = 10,
        conflicts_with = "resume"
    )]
    step_every: usize,

    /// What --schedule step multiplies the rate by
    #[arg(
        long,
        value_name = "F",
        default_value_t = 0.1,
        conflicts_with = "resume"
    )]
    step_factor: f64,

    /// Epochs (also parts of one) over which the rate grows to its largest
    #[arg(long, value_name = "EPOCHS", conflicts_with = "resume")]
    warmup: Option<f64>,

    /// Draw every class equally often, whatever its share
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true", conflicts_with = "resume")]
    balance: Option<bool>,

    /// Label smoothing, 0 to below 1
    #[arg(long, value_name = "S", conflicts_with = "resume")]
    smoothing: Option<f64>,

    /// Share of the auxiliary head's loss
    #[arg(long, value_name = "W", conflicts_with = "resume")]
    auxiliary: Option<f64>,

    /// Share of the features before the head that each step drops, 0 to below 1
    #[arg(long, value_name = "P", conflicts_with = "resume")]
    dropout: Option<f64>,

    /// Decay of the moving average of the weights, which is then what is validated and kept; 0: none
    #[arg(long, value_name = "DECAY", conflicts_with = "resume")]
    average: Option<f64>,

    /// Stop after so many epochs without a better validation AUC
    #[arg(long, value_name = "EPOCHS", conflicts_with = "resume")]
    patience: Option<usize>,

    /// Augmentations by name and strength, separated by commas: flips, crop=SHARE, rotate=DEGREES, gain=G, offset=O, hue=TURNS,
    /// worst-pose=K, fill=black|edge|reflect|mean-skin, sampling=nearest|bilinear, or none
    #[arg(long, value_name = "LIST", conflicts_with = "resume")]
    augment: Option<Augmentations>,

    /// Ignore EXIF orientation and ICC profile, as the letter's pipeline did
    #[arg(long, conflicts_with = "resume")]
    raw_values: bool,
}

impl RecipeFlags {
    fn recipe(&self) -> Recipe {
        let preset = Recipe::preset(self.preset);
        let mut schedule = preset.schedule;
        schedule.warmup = self.warmup.unwrap_or(schedule.warmup);
        schedule.course = match self.schedule.as_deref() {
            Some("constant") => Course::Constant,
            Some("cosine") => Course::Cosine,
            Some(_) => Course::Step {
                every: self.step_every,
                factor: self.step_factor,
            },
            None => schedule.course,
        };
        let mut optimiser = self.optimizer.unwrap_or(preset.optimiser);
        match &mut optimiser {
            Optimiser::Sgd {
                momentum,
                weight_decay,
            } => {
                *momentum = self.momentum.unwrap_or(*momentum);
                *weight_decay = self.weight_decay.unwrap_or(*weight_decay);
            }
            Optimiser::AdamW { weight_decay, .. } => {
                *weight_decay = self.weight_decay.unwrap_or(*weight_decay);
            }
        }
        Recipe {
            epochs: self.epochs.unwrap_or(preset.epochs),
            batch: self.batch.unwrap_or(preset.batch),
            lr: self.lr.unwrap_or(preset.lr),
            optimiser,
            schedule,
            balance: self.balance.unwrap_or(preset.balance),
            smoothing: self.smoothing.unwrap_or(preset.smoothing),
            auxiliary: self.auxiliary.unwrap_or(preset.auxiliary),
            dropout: self.dropout.unwrap_or(preset.dropout),
            average: self.average.unwrap_or(preset.average),
            patience: self.patience.or(preset.patience),
            reading: if self.raw_values {
                Reading::Raw
            } else {
                Reading::Converted
            },
            augment: self.augment.clone().unwrap_or(preset.augment),
            seed: self.seed,
        }
    }
}

impl TrainCommand {
    pub(super) fn run(self) -> Outcome {
        let cancel = Cancel::default();
        let theirs = cancel.clone();
        ctrlc::set_handler(move || theirs.request()).context("Ctrl-C cannot be caught")?;
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("{}: the folder cannot be made", self.out.display()))?;
        let data = self.data(&cancel)?;
        let job = Job {
            out: &self.out,
            data: &data,
            device: self.device,
            save_every: self.save_every,
        };
        let mut shown = Shown::new();
        let trained = if self.resume {
            train::resume(&job, &cancel, &mut |event| shown.tell(&event))
        } else {
            let init = self.network.init.clone();
            let start = Start {
                architecture: self.network.arch.clone(),
                init: init.filter(|path| path.as_os_str() != "none"),
                classes: [Label::Melanoma, Label::Nevus]
                    .map(|label| label.name().to_owned())
                    .into(),
                melanoma_classes: vec![Label::Melanoma.name().to_owned()],
                framing: self.network.framing,
                seed: self.recipe.seed,
            };
            let recipe = self.recipe.recipe();
            train::begin(&job, &start, recipe, &cancel, &mut |event| {
                shown.tell(&event);
            })
        };
        shown.bar.finish_and_clear();
        self.end(&trained?, shown.problems)
    }

    /// The examples of the split's training and validation parts.
    fn data(&self, cancel: &Cancel) -> anyhow::Result<Data> {
        let dataset = Dataset::read(&self.data, self.network.images.as_deref())?;
        for assumption in &dataset.assumptions {
            output::report(&format!("{}: {assumption}", dataset.name));
        }
        if !dataset.problems.is_empty() {
            output::report(&format!(
                "{}: left out are {}",
                dataset.name,
                dataset.summary()
            ));
        }
        let own = self.out.join("split.json");
        let (split, origin) = match &self.network.split {
            Some(file) => (Split::read(file)?, file.clone()),
            None if own.exists() => (Split::read(&own)?, own),
            None => {
                let split = self.divide(&dataset, cancel)?;
                split.write(&own)?;
                (split, own)
            }
        };
        let part = |part: Part| -> anyhow::Result<Vec<Example>> {
            let examples = split.examples(&dataset, part)?.into_iter();
            let numbered = examples.map(|(example, label)| Example {
                path: example.path.clone(),
                class: u32::from(label == Label::Nevus),
            });
            Ok(numbered.collect())
        };
        Ok(Data {
            name: dataset.name.clone(),
            split: format!(
                "{}, data hash {}",
                origin.file_name().unwrap_or_default().to_string_lossy(),
                split.data_hash()
            ),
            training: part(Part::Train)?,
            validation: part(Part::Validation)?,
            adversarial: self.adversarial.clone(),
        })
    }

    /// The table's own split, or one that is drawn.
    fn divide(&self, dataset: &Dataset, cancel: &Cancel) -> anyhow::Result<Split> {
        let fingerprints = dataset.fingerprint(&|_, _| (), cancel)?;
        for problem in &fingerprints.problems {
            output::report(&problem.to_string());
        }
        let divided = dataset
            .labelled()
            .any(|(example, _)| example.part.is_some());
        let split = if divided {
            Split::of_table(dataset, &fingerprints, Duplicates::LeaveOut)?
        } else {
            let shares = Shares::default();
            Split::draw(
                dataset,
                &fingerprints,
                shares,
                self.recipe.seed,
                Duplicates::LeaveOut,
            )?
        };
        if !split.left_out().is_empty() {
            output::report(&format!(
                "{} photographs are in no part, duplicates for the most: split.json says which and why",
                split.left_out().len()
            ));
        }
        Ok(split)
    }

    /// Says what came of it.
    fn end(&self, trained: &Trained, problems: usize) -> Outcome {
        let progress = &trained.progress;
        if let Some(best) = progress.best {
            let one = best.validation;
            output::line(&format!(
                "{}  validation AUC {:.4}  sensitivity {:.3}  specificity {:.3}  after epoch {} of {}",
                self.out.join("best.safetensors").display(),
                one.auc,
                one.sensitivity,
                one.specificity,
                best.epoch,
                progress.epoch
            ))?;
        }
        if trained.called_off {
            output::report(
                "called off: what was done is kept; the same command with --resume goes on from there",
            );
        } else if progress.epoch < progress.recipe.epochs {
            output::report(&format!(
                "ended after epoch {} of {}: no better validation AUC since epoch {}",
                progress.epoch,
                progress.recipe.epochs,
                progress.best.map_or(0, |best| best.epoch)
            ));
        }
        if problems > 0 {
            output::report(&format!("{problems} files could not be used"));
        }
        let complete = !trained.called_off && problems == 0;
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }
}

/// What a person sees of it: a bar for the epoch, and a line for each that is done.
struct Shown {
    bar: ProgressBar,
    problems: usize,
    /// Seconds a step, smoothed.
    pace: f64,
}

impl Shown {
    fn new() -> Self {
        let bar = ProgressBar::new(0);
        let template = "{prefix} {pos} of {len} {bar:24} {wide_msg}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self {
            bar,
            problems: 0,
            pace: 0.0,
        }
    }

    fn tell(&mut self, event: &Event<'_>) {
        let bar = &self.bar;
        let say = |text: &str| bar.suspend(|| output::report(text));
        match event {
            Event::Note(note) => say(note),
            Event::Problem(problem) => {
                self.problems += 1;
                say(problem);
            }
            Event::Read(training, validation) => say(&format!(
                "{training} training and {validation} validation photographs"
            )),
            Event::Device(device) => say(&format!("training on {device}")),
            Event::Step(step) => self.step(step),
            Event::Epoch(row) => say(&format!(
                "epoch {}: loss {:.4}, validation AUC {:.4}, sensitivity {:.3}, specificity {:.3}, loss {:.4}",
                row.epoch,
                row.loss,
                row.validation.auc,
                row.validation.sensitivity,
                row.validation.specificity,
                row.validation.loss
            )),
            _ => {}
        }
    }

    fn step(&mut self, step: &StepDone) {
        self.pace = if self.pace == 0.0 {
            step.seconds
        } else {
            0.9 * self.pace + 0.1 * step.seconds
        };
        let left = step.steps * (step.epochs - step.epoch) + step.steps - step.step;
        let left = Duration::from_secs_f64(self.pace * left as f64);
        self.bar.set_length(step.steps as u64);
        self.bar.set_position(step.step as u64);
        self.bar
            .set_prefix(format!("epoch {} of {}, step", step.epoch, step.epochs));
        let best = step
            .best
            .map_or_else(String::new, |auc| format!(", best AUC {auc:.4}"));
        self.bar.set_message(format!(
            "loss {:.4} (mean {:.4}){best}, {:.2} s a step, left {}",
            step.loss,
            step.mean_loss,
            self.pace,
            indicatif::HumanDuration(left)
        ));
    }
}
