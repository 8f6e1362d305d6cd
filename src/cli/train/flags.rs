//! The flags of `flipscope train`: what is trained, and how.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_lab::train::{Augmentations, Decay, Recipe, RecipePreset, Schedule};
use flipscope_model::training::Optimiser;
use flipscope_model::{ARCHITECTURES, Precision};

/// Epochs after which `--schedule step` multiplies the rate, unless `--step-every` says it.
const STEP_EVERY: usize = 10;

/// Factor by which `--schedule step` multiplies the rate, unless `--step-factor` says it.
const STEP_FACTOR: f64 = 0.1;

/// A type that training computes in: not every one that a network is judged in.
fn of_training(text: &str) -> Result<Precision, String> {
    match text.parse() {
        Ok(precision @ (Precision::F32 | Precision::Bf16)) => Ok(precision),
        _ => Err("training computes in f32 or bf16".to_owned()),
    }
}

/// What is trained.
#[derive(Debug, Args)]
#[command(next_help_heading = "Network and data")]
pub(super) struct NetworkFlags {
    /// Folder with the table's photographs, if they are not next to it
    #[arg(long, value_name = "FOLDER")]
    pub(super) images: Option<PathBuf>,

    /// The split to train by; by default, the table's own, or one that is drawn by --seed (7 of 10 to train, the rest shared by
    /// validation and test) and written to DIR/split.json
    #[arg(long, value_name = "FILE")]
    pub(super) split: Option<PathBuf>,

    /// Divide the photographs of the table's own split anew, at random by this seed: whole lesions, parts of the same sizes, written
    /// to DIR/split.json, which studies of the checkpoint take by their --split
    #[arg(long, value_name = "SEED", conflicts_with_all = ["split", "resume"])]
    pub(super) resplit: Option<u64>,

    /// Architecture: inception-v3, resnet50, resnet152, or small-test (three convolutions, for tests)
    #[arg(
        long,
        value_name = "NAME",
        default_value = "inception-v3",
        value_parser = architecture,
        conflicts_with = "resume"
    )]
    pub(super) arch: String,

    /// Checkpoint or backbone to start from (.safetensors or .pth), an embedded model by its name, or none; heads that it lacks
    /// are initialised at random by --seed. Several, each with its own --init: the mean of their weights ("model soup", Wortsman et
    /// al. 2022), for networks that were trained from the same backbone. Needed, but for --resume
    #[arg(
        long,
        value_name = "FILE|none",
        conflicts_with = "resume",
        required_unless_present = "resume"
    )]
    init: Vec<PathBuf>,

    /// How a photograph becomes a frame of 299 × 299: crop or squash; by default, what the preset says (letter: crop), or else what
    /// --init says, or squash
    #[arg(long, value_name = "FRAMING", conflicts_with = "resume")]
    pub(super) framing: Option<Framing>,
}

impl NetworkFlags {
    /// The checkpoints to start from; none: random weights.
    ///
    /// # Errors
    /// If `none` is named beside a checkpoint.
    pub(super) fn init(&self) -> anyhow::Result<Vec<PathBuf>> {
        let named = |path: &&PathBuf| path.as_os_str() != "none";
        let files: Vec<PathBuf> = self.init.iter().filter(named).cloned().collect();
        ensure!(
            files.is_empty() || files.len() == self.init.len(),
            "--init none is for random weights: leave it out beside a checkpoint"
        );
        Ok(files)
    }
}

/// The name of an architecture, however it is punctuated.
fn architecture(text: &str) -> Result<String, String> {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let known = ARCHITECTURES.iter().find(|name| plain(name) == plain(text));
    known.map(|name| (*name).to_owned()).ok_or_else(|| {
        let all = ARCHITECTURES.join(", ");
        format!("there is no architecture {text:?}: it is one of {all}")
    })
}

/// How it is trained: each flag replaces one number of the preset.
#[derive(Debug, Args)]
#[command(next_help_heading = "Recipe (each replaces what the preset says)")]
pub(super) struct RecipeFlags {
    /// default (the product's own); letter (that of the letter's code: SGD 1e-3, momentum 0.9, batch 8, 30 epochs, framing crop, raw
    /// values, auxiliary loss 0.4; crops from 0.08 of the area, flips, rotations up to 180° with black corners); or letter-jitter (the
    /// same with the hue jitter of 0.4 turns of its retraining). The choice of epoch by the validation AUC, the seed and --sensitivity
    /// are ours. Every option below replaces one value; the checkpoint's header says the preset and every value
    #[arg(
        long,
        value_name = "PRESET",
        default_value = "default",
        conflicts_with = "resume"
    )]
    preset: RecipePreset,

    /// Seed of the split, initial weights, order, augmentations and dropout
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,

    /// Number of epochs; 0: the initial weights are judged on the validation part and become the checkpoint
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    epochs: Option<usize>,

    /// Frames per step
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    batch: Option<usize>,

    /// What convolutions are computed in: f32, or bf16, for which an NVIDIA card is fast; weights, batch norms, gradients and all that is saved
    /// stay f32. The processor only emulates bf16: with a card's rounding, and slower than f32. By default, f32
    #[arg(long, value_name = "TYPE", value_parser = of_training, conflicts_with = "resume")]
    precision: Option<Precision>,

    /// Largest learning rate
    #[arg(long, value_name = "RATE", conflicts_with = "resume")]
    lr: Option<f64>,

    /// sgd or adamw
    #[arg(long, value_name = "NAME", conflicts_with = "resume")]
    optimizer: Option<Optimiser>,

    /// Momentum of SGD; adamw has none
    #[arg(long, value_name = "M", conflicts_with = "resume")]
    momentum: Option<f64>,

    /// Weight decay of either optimiser
    #[arg(long, value_name = "D", conflicts_with = "resume")]
    weight_decay: Option<f64>,

    /// Learning rate after the warm-up: constant, cosine (to 0 at the end), or step (see --step-every)
    #[arg(long, value_name = "NAME", conflicts_with = "resume", value_parser = ["constant", "cosine", "step"])]
    schedule: Option<String>,

    #[arg(
        long,
        value_name = "N",
        conflicts_with = "resume",
        help = format!("Epochs after which --schedule step multiplies the rate by --step-factor ({STEP_EVERY})")
    )]
    step_every: Option<usize>,

    #[arg(
        long,
        value_name = "F",
        conflicts_with = "resume",
        help = format!("Factor by which --schedule step multiplies the rate ({STEP_FACTOR})")
    )]
    step_factor: Option<f64>,

    /// Epochs (or fractions of one) over which the rate grows to its largest
    #[arg(long, value_name = "EPOCHS", conflicts_with = "resume")]
    warmup: Option<f64>,

    /// Draw every class equally often, whatever its frequency
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true", conflicts_with = "resume")]
    balance: Option<bool>,

    /// Label smoothing, from 0 to below 1
    #[arg(long, value_name = "S", conflicts_with = "resume")]
    smoothing: Option<f64>,

    /// Weight of the auxiliary head's loss
    #[arg(long, value_name = "W", conflicts_with = "resume")]
    auxiliary: Option<f64>,

    /// Dropout: share of the features before the head that each step drops, from 0 to below 1
    #[arg(long, value_name = "P", conflicts_with = "resume")]
    dropout: Option<f64>,

    /// Decay of the moving average of the weights, which is then what is validated and kept; 0: none
    #[arg(long, value_name = "DECAY", conflicts_with = "resume")]
    average: Option<f64>,

    /// Freeze this block and all before it (`Conv2d_4a_3x3`, `Mixed_5d`, `layer2`, …): a step takes less time, and a few
    /// photographs change less of what was learned from many
    #[arg(long, value_name = "BLOCK", conflicts_with = "resume")]
    freeze: Option<String>,

    /// Stop after this many epochs without a better validation AUC
    #[arg(long, value_name = "EPOCHS", conflicts_with = "resume")]
    patience: Option<usize>,

    /// Sensitivity for which a threshold is chosen on the validation part: the operating point, which the checkpoint's header says
    /// beside the threshold of 0.5; without it 0.9, about the letter's
    #[arg(long, value_name = "P", conflicts_with = "resume")]
    sensitivity: Option<f64>,

    /// Augmentations by name and strength, separated by commas: flips, crop=SHARE, rotate=DEGREES, shift=PIXELS, gain=G, offset=O,
    /// hue=TURNS, worst-pose=K (in place of rotate and shift), fill=black|edge|reflect|mean-skin, sampling=nearest|bilinear, or none.
    /// The list replaces all of the preset's
    #[arg(long, value_name = "LIST", conflicts_with = "resume")]
    augment: Option<Augmentations>,

    /// Ignore EXIF orientation and ICC profile, as the letter's pipeline did; `--raw-values false` where a preset does
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true", conflicts_with = "resume")]
    raw_values: Option<bool>,
}

impl RecipeFlags {
    /// The preset's recipe for an architecture, with what the flags replace.
    ///
    /// # Errors
    /// If a number is invalid, or belongs to an optimiser or schedule that is not used.
    pub(super) fn recipe(&self, architecture: &str) -> anyhow::Result<Recipe> {
        let preset = self.preset.recipe(architecture);
        let recipe = Recipe {
            preset: preset.preset,
            epochs: self.epochs.unwrap_or(preset.epochs),
            batch: self.batch.unwrap_or(preset.batch),
            lr: self.lr.unwrap_or(preset.lr),
            precision: self.precision.unwrap_or(preset.precision),
            optimiser: self.optimiser(preset.optimiser)?,
            schedule: self.schedule(preset.schedule)?,
            balance: self.balance.unwrap_or(preset.balance),
            smoothing: self.smoothing.unwrap_or(preset.smoothing),
            auxiliary: self.auxiliary.unwrap_or(preset.auxiliary),
            dropout: self.dropout.unwrap_or(preset.dropout),
            average: self.average.unwrap_or(preset.average),
            freeze: self.freeze.clone().or(preset.freeze),
            patience: self.patience.or(preset.patience),
            sensitivity: self.sensitivity.unwrap_or(preset.sensitivity),
            color_handling: match self.raw_values {
                Some(true) => ColorHandling::Raw,
                Some(false) => ColorHandling::Converted,
                None => preset.color_handling,
            },
            augment: self.augment.clone().unwrap_or(preset.augment),
            seed: self.seed,
        };
        recipe.validate()?;
        Ok(recipe)
    }

    /// How photographs become frames, if the preset says so.
    pub(super) fn framing(&self) -> Option<Framing> {
        self.preset.framing()
    }

    fn optimiser(&self, of_preset: Optimiser) -> anyhow::Result<Optimiser> {
        let mut optimiser = self.optimizer.unwrap_or(of_preset);
        match &mut optimiser {
            Optimiser::Sgd {
                momentum,
                weight_decay,
            } => {
                *momentum = self.momentum.unwrap_or(*momentum);
                *weight_decay = self.weight_decay.unwrap_or(*weight_decay);
            }
            Optimiser::AdamW { weight_decay, .. } => {
                ensure!(
                    self.momentum.is_none(),
                    "--momentum belongs to --optimizer sgd: leave it out with adamw"
                );
                *weight_decay = self.weight_decay.unwrap_or(*weight_decay);
            }
        }
        Ok(optimiser)
    }

    fn schedule(&self, mut schedule: Schedule) -> anyhow::Result<Schedule> {
        schedule.warmup = self.warmup.unwrap_or(schedule.warmup);
        schedule.decay = match self.schedule.as_deref() {
            Some("constant") => Decay::Constant,
            Some("cosine") => Decay::Cosine,
            Some(_) => Decay::Step {
                every: self.step_every.unwrap_or(STEP_EVERY),
                factor: self.step_factor.unwrap_or(STEP_FACTOR),
            },
            None => schedule.decay,
        };
        let stepped = matches!(schedule.decay, Decay::Step { .. });
        ensure!(
            stepped || (self.step_every.is_none() && self.step_factor.is_none()),
            "--step-every and --step-factor belong to --schedule step"
        );
        Ok(schedule)
    }
}
