//! `flipscope train`: trains a checkpoint on labelled photographs.

mod flags;
mod progress;

use std::path::{Path, PathBuf};

use anyhow::ensure;
use clap::Args;

use flipscope_base::cancel::Cancel;
use flipscope_base::human::counted;
use flipscope_lab::dataset::split::{Duplicates, Fractions, Origin, Split};
use flipscope_lab::dataset::{Dataset, Part};
use flipscope_lab::train::{self, Data, Example, Job, Outcome as Trained};
use flipscope_model::training::Start;
use flipscope_model::{DeviceChoice, Label};

use super::{Incomplete, Outcome, labels, misuse, out_folder, output};
use crate::cli::interrupt::on_ctrl_c;
use flags::{NetworkFlags, RecipeFlags};
use progress::ProgressDisplay;

const EXAMPLES: &str = "\
Examples:
  flipscope train --data isic2017/labels.csv --init backbone.safetensors \\
      --out run1

  # Resume it: the recipe is kept
  flipscope train --data isic2017/labels.csv --out run1 --resume

  # The letter's recipe; its retraining, two values replaced
  flipscope train --data moles --split split.json --preset letter \\
      --init backbone.safetensors --out letter
  flipscope train … --preset letter-jitter --epochs 15 --framing squash

  # The photographs of the table's own split, divided anew
  flipscope train … --resplit 2

  # On from the demo model; the mean of two models, judged
  flipscope train … --init demo --auxiliary 0 \\
      --augment flips,rotate=180,shift=50,fill=black
  flipscope train … --init a.safetensors --init b.safetensors --epochs 0

  # Against colour attacks; against pose attacks, at ten forward passes a frame
  flipscope train … --augment flips,crop=0.5,rotate=180,gain=0.1,offset=10
  flipscope train … --augment flips,worst-pose=10

  # With the altered frames of `flipscope attack --out findings`
  flipscope train … --adversarial findings

Training Inception-v3 takes about a quarter of a second a frame on two cores,
and hours for twenty epochs of 2,000.";

/// Train a classifier on labelled photographs, or resume it
///
/// The weights are fitted to the training part; after each epoch the validation part is judged, and the checkpoint with the
/// best area under its ROC curve (AUC) is kept. The test part is never used: judge the finished checkpoint on it, once.
///
/// At the operating point, the highest threshold at which enough melanomas of the validation part are found (--sensitivity), it is
/// judged as well; the checkpoint's header says it (`operating_point`), and `--threshold operating-point` of other commands takes it.
///
/// --out gets best.safetensors (the checkpoint, with torchvision's names, for --model and for PyTorch; `flipscope model info`
/// prints its recipe), curve.csv and curve.svg, log.jsonl, and state.safetensors, from which --resume continues: after Ctrl-C,
/// a crash or a power cut, with the same weights as without the interruption (on the processor; a card's sums may differ in
/// their last bits). The state is three or four times as large as the network, and may be deleted when the training is over.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct TrainCommand {
    /// The labelled photographs: an ISIC or HAM10000 table (CSV), or a folder per class (melanoma/, nevus/)
    #[arg(long, value_name = "TABLE|FOLDER")]
    data: PathBuf,

    /// Folder of the training; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Resume the training in --out, with the recipe that it started with
    #[arg(long)]
    resume: bool,

    /// Processor: auto, cpu, cuda, cuda:N or metal
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: DeviceChoice,

    /// Save the state after this many steps, in addition to every epoch; 0: only after epochs
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

impl TrainCommand {
    pub(super) fn run(self) -> Outcome {
        let cancel = on_ctrl_c()?;
        let recipe = self.recipe.recipe(&self.network.arch).map_err(misuse)?;
        let init = self.network.init().map_err(misuse)?;
        out_folder::make(&self.out)?;
        let (data, unreadable) = self.data(&cancel)?;
        let job = Job {
            out: &self.out,
            data: &data,
            device: self.device,
            save_every: self.save_every,
        };
        let mut shown = ProgressDisplay::new();
        let trained = if self.resume {
            train::resume(&job, &cancel, &mut |event| shown.tell(&event))
        } else {
            let start = Start {
                architecture: self.network.arch.clone(),
                init,
                classes: [Label::Melanoma, Label::Nevus]
                    .map(|label| label.name().to_owned())
                    .into(),
                melanoma_classes: vec![Label::Melanoma.name().to_owned()],
                framing: self.network.framing.or(self.recipe.framing()),
                seed: self.recipe.seed,
            };
            train::begin(&job, &start, recipe, &cancel, &mut |event| {
                shown.tell(&event);
            })
        };
        shown.bar.finish_and_clear();
        self.end(&trained?, shown.problems + unreadable)
    }

    /// The examples of the split's training and validation parts, and how many pictures could not be read when it was made.
    fn data(&self, cancel: &Cancel) -> anyhow::Result<(Data, usize)> {
        let dataset = Dataset::read(&self.data, self.network.images.as_deref())?;
        labels::report(&dataset);
        let own = self.out.join("split.json");
        let mut unreadable = 0;
        let (split, origin) = match &self.network.split {
            Some(file) => (Split::read(file)?, file.clone()),
            None if own.exists() => (self.own_split(&own)?, own),
            None => {
                let (split, problems) = self.divide(&dataset, cancel)?;
                unreadable = problems;
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
        let origin = origin.file_name().unwrap_or_default();
        let data = Data {
            name: dataset.name.clone(),
            split: format!(
                "{}, data hash {}",
                origin.to_string_lossy(),
                split.data_hash()
            ),
            training: part(Part::Train)?,
            validation: part(Part::Validation)?,
            adversarial: self.adversarial.clone(),
        };
        Ok((data, unreadable))
    }

    /// The split in the training's folder, which must be the one that is asked for.
    fn own_split(&self, file: &Path) -> anyhow::Result<Split> {
        let split = Split::read(file)?;
        if let Some(seed) = self.network.resplit {
            ensure!(
                split.origin() == Origin::Redraw { seed },
                "{} is there already, and is not the split that --resplit {seed} draws: name another folder with --out",
                file.display()
            );
        }
        Ok(split)
    }

    /// The table's own split, that one drawn anew, or one that is drawn, and how many pictures cannot be read.
    fn divide(&self, dataset: &Dataset, cancel: &Cancel) -> anyhow::Result<(Split, usize)> {
        let fingerprints = dataset.fingerprint(&|_, _| (), cancel)?;
        for problem in &fingerprints.problems {
            output::report(&problem.to_string());
        }
        let divided = dataset
            .labelled()
            .any(|(example, _)| example.part.is_some());
        let split = if divided {
            let own = Split::of_table(dataset, &fingerprints, Duplicates::LeaveOut)?;
            match self.network.resplit {
                Some(seed) => own.redraw(dataset, &fingerprints, seed)?,
                None => own,
            }
        } else {
            ensure!(
                self.network.resplit.is_none(),
                "--resplit divides the table's own split anew, and {} has none: leave it out, and a split is drawn by --seed",
                dataset.name
            );
            let shares = Fractions::default();
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
                "left out of the split (duplicates, unreadable; split.json gives the reasons): {}",
                split.left_out().len()
            ));
        }
        Ok((split, fingerprints.problems.len()))
    }

    /// Reports the outcome.
    fn end(&self, trained: &Trained, problems: usize) -> Outcome {
        let progress = &trained.progress;
        if let Some(best) = progress.best {
            let one = best.validation;
            let when = match progress.epoch {
                0 => "as it starts".to_owned(),
                epochs => format!("after epoch {} of {epochs}", best.epoch),
            };
            output::line(&format!(
                "{}  validation AUC {:.4}  sensitivity {:.3}  specificity {:.3}  {when}",
                self.out.join("best.safetensors").display(),
                one.auc,
                one.sensitivity,
                one.specificity,
            ))?;
            if let Some(point) = one.operating_point {
                output::line(&format!(
                    "operating point: P(melanoma) {} or more finds {} of {} validation melanomas (wanted: {}) and leaves {} of {} \
                     others",
                    // All its digits: rounded up, it would miss the melanoma whose P(melanoma) it is. --threshold takes 32 bits.
                    point.threshold as f32,
                    point.true_positives,
                    point.melanomas,
                    point.wanted,
                    point.true_negatives,
                    point.nevi
                ))?;
            }
        }
        if trained.cancelled {
            output::report(
                "cancelled: what was done is kept; `flipscope train --data … --out … --resume`, without the recipe's flags, continues from there",
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
            let files = counted(problems, "file", "files");
            output::report(&format!("{files} could not be used"));
        }
        let complete = !trained.cancelled && problems == 0;
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }
}
