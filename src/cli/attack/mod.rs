//! `flipscope attack`: searches for changes that flip the verdict of photographs, and writes findings.

mod common;
mod one;
mod parameters;
mod summary;
mod work;

use anyhow::anyhow;
use clap::{Args, Subcommand};

use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion;
use flipscope_lab::search::{
    Attack, Budget, Mode, Proposing, Strategy, TwoStageScorer, not_loaded, together_on,
};
use flipscope_model::Classifier;

use super::{Incomplete, Outcome, glossary, misuse, out_folder, output};
use crate::cli::interrupt::on_ctrl_c;
use common::Common;
use one::{AttackRequest, Chosen};
use parameters::{ColourFlags, FgsmFlags, GridFlags, PixelsFlags, PopulationFlags, PoseFlags};
use summary::Summary;
use work::{Work, bar};

const EXAMPLES: &str = "\
Examples:
  flipscope attack colour mole.jpg --out findings
  flipscope attack pose ~/moles --out findings --preset letter --seed 7
  flipscope attack fgsm mole.jpg --out findings --mode smallest --json

  # How little colour flips it; the smallest turn
  flipscope attack colour mole.jpg --out findings --mode smallest
  flipscope attack pose mole.jpg --out findings --mode smallest \\
      --shift-x 0,0 --shift-y 0,0

  # Every pose of a grid, to compare the search with
  flipscope attack grid mole.jpg --out findings --fine";

/// Search for a change that flips the verdict of photographs, and write findings
///
/// Only photographs that the model calls melanoma are attacked (with --direction nevus-to-melanoma: nevus); the others are
/// counted. Without --mode a search ends at the first flip. A finding counts as a flip only if the altered frame, read back from its PNG and judged in a batch of one, has the
/// other verdict.
///
/// For NAME.jpg, --out gets NAME.ATTACK.json (the finding: parameters, seed, verdicts, hashes; `flipscope replay` checks it),
/// NAME.ATTACK.frame.png and NAME.ATTACK.altered.png (the frames, 299 × 299), NAME.ATTACK.figure.svg and .figure.png. Existing
/// findings are not searched again, so to continue an interrupted run, start it again; another file in their place is never
/// replaced without --force. Photographs of the same name are distinguished by their path below the folder that contains them
/// all (a/x.jpg and b/x.jpg: a-x and b-x). In folders, the pictures of findings are skipped. Ctrl-C stops at the next batch.
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}", glossary::SEARCH)
)]
pub(super) struct AttackCommand {
    #[command(subcommand)]
    attack: AttackSubcommand,
}

#[derive(Debug, Subcommand)]
enum AttackSubcommand {
    /// Noise along the sign of the gradient, different for every photograph
    #[command(after_long_help = glossary::SEARCH)]
    Fgsm {
        #[command(flatten)]
        flags: FgsmFlags,
        #[command(flatten)]
        common: Common,
    },
    /// A few pixels of any colour
    #[command(after_long_help = glossary::SEARCH)]
    Pixels {
        #[command(flatten)]
        flags: PixelsFlags,
        #[command(flatten)]
        common: Common,
    },
    /// Colour balance: a gain or an offset of each channel, or the lamp
    #[command(after_long_help = glossary::SEARCH)]
    Colour {
        #[command(flatten)]
        flags: ColourFlags,
        #[command(flatten)]
        common: Common,
    },
    /// Rotation and shift
    #[command(after_long_help = glossary::SEARCH)]
    Pose {
        #[command(flatten)]
        flags: PoseFlags,
        #[command(flatten)]
        population: PopulationFlags,
        #[command(flatten)]
        common: Common,
    },
    /// Rotation and shift, every combination of a grid: the exhaustive baseline
    #[command(after_long_help = glossary::SEARCH)]
    Grid {
        #[command(flatten)]
        flags: GridFlags,
        #[command(flatten)]
        common: Common,
    },
}

impl AttackCommand {
    pub(super) fn run(self) -> Outcome {
        let (attack, common) = match self.attack {
            AttackSubcommand::Fgsm { flags, common } => (flags.attack(common.preset), common),
            AttackSubcommand::Pixels { flags, common } => (flags.attack(common.preset), common),
            AttackSubcommand::Colour { flags, common } => {
                flags.check()?;
                (flags.attack(common.preset), common)
            }
            AttackSubcommand::Pose {
                flags,
                population,
                common,
            } => (flags.attack(common.preset, &population), common),
            AttackSubcommand::Grid { flags, common } => (flags.attack(common.preset), common),
        };
        common.run(attack)
    }
}

impl Common {
    /// Refuses a type of proposals where it would do nothing, or harm.
    fn check_proposals(&self, attack: &Attack, mode: Mode) -> anyhow::Result<()> {
        if self.proposal_precision.is_none() {
            return Ok(());
        }
        if matches!(attack, Attack::Fgsm(_)) {
            return Err(misuse(
                "--proposal-precision does not work with fgsm: all that it computes are gradients and the final verdicts, which are always \
                computed in --precision",
            ));
        }
        if mode == Mode::Smallest {
            return Err(misuse(
                "--proposal-precision works only with --mode first or lowest: the smallest change lies at the threshold, where rounding \
                decides",
            ));
        }
        Ok(())
    }

    /// The network that judges candidates, if another one decides. One that nobody asked for is done without if it cannot be loaded.
    fn proposer(
        &self,
        classifier: &Classifier,
        attack: &Attack,
        (mode, strategy): (Mode, Strategy),
    ) -> anyhow::Result<Option<Classifier>> {
        let proposing = Proposing {
            device: classifier.device_kind(),
            verdicts: self.model.precision(),
            attack,
            mode,
            strategy,
        };
        let Some(precision) = proposing.precision(self.proposal_precision) else {
            return Ok(None);
        };
        match classifier.load_in(precision) {
            Ok(proposer) => Ok(Some(proposer)),
            Err(error) if self.proposal_precision.is_none() => {
                output::report(&format!(
                    "candidates are judged in {}, not in {precision}: {error}",
                    classifier.precision()
                ));
                Ok(None)
            }
            Err(error) => Err(anyhow!(not_loaded(&error))),
        }
    }

    fn run(self, attack: Attack) -> Outcome {
        attack.validate().map_err(misuse)?;
        let mode = self.mode.unwrap_or(Mode::of_preset(self.preset));
        let strategy = (self.strategy).unwrap_or(attack.kind().strategy(self.preset));
        attack.check_strategy(strategy).map_err(misuse)?;
        self.check_proposals(&attack, mode)?;
        let cancel = on_ctrl_c()?;
        let classifier = self.model.load()?;
        let proposer = self.proposer(&classifier, &attack, (mode, strategy))?;
        let two_stage = proposer.as_ref().map(|proposer| TwoStageScorer {
            proposer,
            verifier: &classifier,
        });
        if let Some(note) = classifier.device_note() {
            output::report(note);
        }
        output::assumptions(classifier.info());
        let made = out_folder::make(&self.out)?;
        let listing = lesion::find_pictures(&self.photographs);
        for problem in &listing.problems {
            output::report(problem);
        }
        let name = attack.name();
        let Chosen {
            photographs,
            left_out,
        } = one::choose(listing.files, &self.photographs, &self.out, name);
        if let Some(left_out) = left_out {
            output::report(&left_out);
        }
        let model = self.model.file();
        let inputs = photographs.iter().map(|one| one.path.as_path());
        let request = AttackRequest {
            framing: self.model.framing().unwrap_or(classifier.info().framing),
            color_handling: self.model.color_handling(),
            threshold: (self.model.threshold()).unwrap_or(classifier.info().threshold),
            model: classifier.info().clone(),
            proposal_precision: proposer.as_ref().map(Classifier::precision),
            attack,
            mode,
            strategy,
            direction: self.direction,
            seed: self.seed,
            budget: Budget {
                evaluations: self.budget,
                seconds: self.seconds,
            },
        };
        let mut work = Work {
            common: &self,
            request: &request,
            scorer: match &two_stage {
                Some(two_stage) => two_stage,
                None => &classifier,
            },
            cancel: &cancel,
            bar: bar(photographs.len()),
            summary: Summary::new(&request),
            overwrite: Overwrite::new(self.force, inputs.chain(model.as_deref())),
        };
        let together = together_on(classifier.device_kind());
        let mut ended = Ok(());
        for photographs in photographs.chunks(together) {
            if cancel.is_requested() || ended.is_err() {
                break;
            }
            ended = work.several(photographs);
        }
        work.bar.finish_and_clear();
        // After Ctrl-C it stays: another run may have begun to use it.
        if work.summary.none_judged() && !cancel.is_requested() {
            made.remove_empty();
        }
        // Standard output is closed, or the disk is full: the next photograph would fail as well.
        ended?;
        let interrupted = cancel.is_requested() && work.summary.left_of(photographs.len()) > 0;
        if interrupted {
            output::report(&work.summary.cancelled(photographs.len()));
        }
        let complete = listing.problems.is_empty() && work.summary.errors == 0 && !interrupted;
        let table = work.summary.table();
        if self.json {
            for line in &table {
                output::report(line);
            }
        } else {
            table.iter().try_for_each(|line| output::line(line))?;
        }
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }
}
