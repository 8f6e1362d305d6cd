//! `flipscope prove`: every distinct frame of a box of perturbations, judged.

mod common;
mod line;
mod one;
mod work;

use clap::{Args, Subcommand};

use flipscope_base::human::counted;
use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion;
use flipscope_image::perturb::Fill;
use flipscope_lab::proof::{Channels, ProofBox};
use flipscope_lab::search::TwoStageScorer;
use flipscope_model::Precision;

use super::{Incomplete, Outcome, misuse, out_folder, output};
use crate::cli::interrupt::on_ctrl_c;
use common::Common;
use work::Work;

const EXAMPLES: &str = "\
Examples:
  flipscope prove offset mole.jpg --radius 5 --out proofs
  flipscope prove gain ~/moles --json
  flipscope prove illuminant mole.jpg --radius 1000 --out proofs
  flipscope prove rotation mole.jpg --radius 0.3 --out proofs
  flipscope replay proofs/*.proof.json

  # Green alone: 81 frames
  flipscope prove offset mole.jpg --radius 40 --channels green

  # Too many to enumerate: a bound
  flipscope prove gain mole.jpg --channels each --draws 5000";

/// Judge every distinct frame of a box of perturbations: fragile, or proved steady
///
/// A frame holds bytes, so a box of perturbations gives finitely many frames. Outcomes: fragile (a frame has the other verdict;
/// the one nearest to the photograph is given, and becomes a finding in --out) or steady (all distinct frames were judged, and
/// none has). Both are proofs, in f32 on the named device. With --precision bf16 or tf32 frames are looked at in that type, and
/// only those near the threshold in f32: that is screened, not proved. Where a box has more than 2,000,000 distinct frames, random
/// ones are judged, and the share of the box that flips is bounded: not proved either.
///
/// For NAME.jpg, --out gets NAME.BOX.proof.json (the record, which `flipscope replay` checks) and the unaltered frame, and for a
/// flip the finding NAME.BOX.*. The record is also what an interrupted run resumes from: start it again. Ctrl-C stops at the
/// next batch. The exit status is 1 if a proof did not get to its end, for Ctrl-C or --seconds.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ProveCommand {
    #[command(subcommand)]
    region: Region,
}

#[derive(Debug, Subcommand)]
enum Region {
    /// Offsets of the colour balance from −RADIUS to RADIUS
    Offset {
        /// Largest offset either way, a whole number from 1 to 255
        #[arg(long, value_name = "R", default_value_t = 10.0)]
        radius: f64,
        /// Which channels vary: each (every combination of three offsets), together (one offset for all), red, green or blue
        #[arg(long, value_name = "CHANNELS", default_value_t = Channels::Each)]
        channels: Channels,
        #[command(flatten)]
        common: Box<Common>,
    },
    /// A gain of the colour balance from 1 − RADIUS to 1 + RADIUS
    Gain {
        /// Largest change of the gain either way, above 0 and at most 1
        #[arg(long, value_name = "R", default_value_t = 0.1)]
        radius: f64,
        /// Which channels vary: together (one gain for all), red, green, blue, or each (too many frames to enumerate: a bound)
        #[arg(long, value_name = "CHANNELS", default_value_t = Channels::Together)]
        channels: Channels,
        #[command(flatten)]
        common: Box<Common>,
    },
    /// A lamp of 6,504 K − RADIUS to 6,504 K + RADIUS, while the white balance stays
    Illuminant {
        /// Largest change of the colour temperature either way, in kelvin, above 0 and at most 4804
        #[arg(long, value_name = "K", default_value_t = 1000.0)]
        radius: f64,
        #[command(flatten)]
        common: Box<Common>,
    },
    /// A rotation about the centre by up to RADIUS degrees either way, nearest sampling
    Rotation {
        /// Largest angle either way, in degrees, above 0 and at most 5
        #[arg(long, value_name = "DEG", default_value_t = 1.0)]
        radius: f64,
        /// What fills the uncovered area: black (the letter's), edge, reflect or mean-skin
        #[arg(long, default_value_t = Fill::Black)]
        fill: Fill,
        #[command(flatten)]
        common: Box<Common>,
    },
}

impl ProveCommand {
    pub(super) fn run(self) -> Outcome {
        let (region, common) = match self.region {
            Region::Offset {
                radius,
                channels,
                common,
            } => (ProofBox::Offset { radius, channels }, common),
            Region::Gain {
                radius,
                channels,
                common,
            } => (ProofBox::Gain { radius, channels }, common),
            Region::Illuminant { radius, common } => (ProofBox::Illuminant { radius }, common),
            Region::Rotation {
                radius,
                fill,
                common,
            } => (ProofBox::Rotation { radius, fill }, common),
        };
        common.run(&region)
    }
}

impl Common {
    fn run(&self, region: &ProofBox) -> Outcome {
        region.validate().map_err(misuse)?;
        let cancel = on_ctrl_c()?;
        let classifier = self.model.load_in(Precision::F32)?;
        let screens = self.model.precision() != Precision::F32;
        let proposer = screens.then(|| self.model.load()).transpose()?;
        let two_stage = proposer.as_ref().map(|proposer| TwoStageScorer {
            proposer,
            verifier: &classifier,
        });
        if let Some(note) = classifier.device_note() {
            output::report(note);
        }
        output::assumptions(classifier.info());
        if let Some(out) = &self.out {
            out_folder::make(out)?;
        }
        let listing = lesion::find_pictures(&self.photographs);
        for problem in &listing.problems {
            output::report(problem);
        }
        let photographs = one::choose(listing.files, &self.photographs);
        let model = self.model.file();
        let inputs: Vec<_> = (photographs.iter().map(|one| one.path.as_path()))
            .chain(model.as_deref())
            .collect();
        let info = classifier.info();
        let mut work = Work {
            common: self,
            region,
            framing: self.model.framing().unwrap_or(info.framing),
            threshold: self.model.threshold().unwrap_or(info.threshold),
            scorer: match &two_stage {
                Some(two_stage) => two_stage,
                None => &classifier,
            },
            cancel: &cancel,
            careful: Overwrite::new(self.force, inputs.iter().copied()),
            own: Overwrite::new(true, inputs.iter().copied()),
            seconds_a_frame: None,
            counts: line::Counts::default(),
        };
        for photograph in &photographs {
            if cancel.is_requested() {
                break;
            }
            work.one(photograph)?;
        }
        let interrupted = cancel.is_requested();
        if interrupted {
            let left = match work.counts.left_of(photographs.len()) {
                0 => String::new(),
                left => {
                    let of = counted(photographs.len(), "photograph", "photographs");
                    format!(" with {left} of {of} not begun")
                }
            };
            let resumes = match self.out {
                Some(_) => "what was done is kept; the same command resumes from there",
                None => "with --out, the same command would resume from there",
            };
            output::report(&format!("cancelled{left}: {resumes}"));
        }
        let table = work.counts.table(region);
        if self.json {
            output::report(&table);
        } else {
            output::line(&table)?;
        }
        let unfinished = work.counts.unfinished > 0;
        if unfinished && !interrupted {
            output::report(match self.out {
                Some(_) => {
                    "out of time: what was done is kept; the same command resumes from there"
                }
                None => "out of time: with --out, the same command would resume from there",
            });
        }
        let complete =
            listing.problems.is_empty() && work.counts.errors == 0 && !unfinished && !interrupted;
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }
}
