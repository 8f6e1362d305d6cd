//! `flipscope train`: labelled photographs become a checkpoint.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::classifier::{DeviceChoice, Start};
use crate::lesion::{Framing, Reading};
use crate::search::{Cancel, Preset};
use crate::train::{
    self, Augmentations, Course, Data, Event, Job, Optimiser, Outcome as Trained, Recipe, StepDone,
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
    /// The photographs: a folder per class (melanoma/, nevus/)
    #[arg(long, value_name = "FOLDER")]
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
