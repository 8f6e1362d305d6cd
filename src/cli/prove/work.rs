//! A run in progress: photographs are read, their frames judged, records and findings written, lines printed.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::common::Common;
use super::line::{self, Counts};
use super::one;
use crate::cli::naming::Named;
use crate::cli::output;
use flipscope_base::cancel::Cancel;
use flipscope_base::human::{duration, grouped};
use flipscope_base::overwrite::{Overwrite, concerns_every_file};
use flipscope_base::untrusted::printable;
use flipscope_image::lesion::{self, Frame, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_lab::proof::save::{self, SaveProofError};
use flipscope_lab::proof::{
    Draws, Plan, Proof, ProofBox, ProofRecord, ProofSession, Proved, prove,
};
use flipscope_lab::search::save::SaveError;
use flipscope_lab::search::{Finding, Scorer, Subject};
use flipscope_model::Candidate;

/// Random frames, unless asked otherwise.
const DRAWS: u64 = 1000;
/// How often a record is kept while frames are left.
const KEPT_EVERY: Duration = Duration::from_secs(10);
/// Frames that are judged to measure how long one takes.
const MEASURED: usize = 16;

/// A run in progress.
pub(super) struct Work<'a> {
    pub(super) common: &'a Common,
    pub(super) region: &'a ProofBox,
    pub(super) framing: Framing,
    pub(super) threshold: f32,
    pub(super) scorer: &'a dyn Scorer,
    pub(super) cancel: &'a Cancel,
    /// What may be overwritten before a record is known to be this run's.
    pub(super) careful: Overwrite,
    /// What may be overwritten of this run's own.
    pub(super) own: Overwrite,
    pub(super) seconds_a_frame: Option<f64>,
    pub(super) counts: Counts,
}

impl Work<'_> {
    /// Proves one photograph, and writes what came out.
    ///
    /// # Errors
    /// If no further photograph could be done either.
    pub(super) fn one(&mut self, photograph: &Named) -> anyhow::Result<()> {
        match self.proved(photograph) {
            Ok(()) => Ok(()),
            Err(error) if is_fatal(&error) => Err(error),
            Err(error) => {
                self.counts.errors += 1;
                let text = output::describe(&error);
                let file = photograph.path.display().to_string();
                output::report(&if text.contains(&file) {
                    text
                } else {
                    format!("{file}: {text}")
                });
                Ok(())
            }
        }
    }

    fn proved(&mut self, photograph: &Named) -> anyhow::Result<()> {
        let read = lesion::open(&photograph.path, self.common.model.color_handling())?;
        let proof = Proof {
            subject: Subject {
                image: read.source.name(),
                image_sha256: read.source.sha256().map(str::to_owned),
                framing: self.framing,
                color_handling: self.common.model.color_handling(),
            },
            frame: Arc::new(self.framing.apply(&read.raster)),
            region: self.region.clone(),
            draws: Draws {
                count: self.common.draws.unwrap_or(DRAWS),
                seed: self.common.seed,
            },
            sample: self.common.draws.is_some(),
            threshold: self.threshold,
            seconds: self.common.seconds,
            most: None,
        };
        drop(read);
        let earlier = match &self.common.out {
            Some(out) => {
                let path = save::path(out, &photograph.name, self.region.kind());
                one::earlier(&proof, self.scorer, &path, self.common.force)?
            }
            None => None,
        };
        if let Some(done) = earlier.as_ref().filter(|record| record.finished) {
            return self.say(photograph, done, None, None);
        }
        let plan = proof.plan()?;
        self.announce(photograph, &plan, &proof.frame, earlier.as_ref())?;
        let proved = self.judge(photograph, &proof, &plan, earlier.as_ref())?;
        let mut finding_file = None;
        let record = match &self.common.out {
            Some(out) => {
                let name = &photograph.name;
                let overwrite = self.mine(earlier.as_ref());
                finding_file = save::save_finding(
                    (&proved.record, proved.nearest.as_ref()),
                    out,
                    name,
                    overwrite,
                )?;
                let (record, png) = (proved.record.clone(), &proved.original.png);
                save::save(record, png, out, name, &self.own)?
            }
            None => proved.record.clone(),
        };
        let finding = proved.nearest.as_ref().map(|found| &found.finding);
        self.say(photograph, &record, finding, finding_file.as_deref())
    }

    /// What may be overwritten: what an earlier run left may.
    fn mine(&self, earlier: Option<&ProofRecord>) -> &Overwrite {
        if earlier.is_some() {
            &self.own
        } else {
            &self.careful
        }
    }

    /// Says how many frames there are and how long they take, before it begins.
    fn announce(
        &mut self,
        photograph: &Named,
        plan: &Plan,
        frame: &Arc<Frame>,
        earlier: Option<&ProofRecord>,
    ) -> anyhow::Result<()> {
        let each = match self.seconds_a_frame {
            Some(known) => known,
            None => measure(self.scorer, frame)?,
        };
        self.seconds_a_frame = Some(each);
        let done = earlier.map_or(0, |record| record.judged as usize);
        let left = plan.len().saturating_sub(done);
        let frames = grouped(plan.frames());
        let what = if plan.is_exhaustive() {
            format!("{frames} distinct frames")
        } else {
            format!(
                "{frames} distinct frames, of which {} random ones are judged",
                grouped(plan.len() as u64)
            )
        };
        let resumed = if done > 0 {
            format!(", {} of them judged before", grouped(done as u64))
        } else {
            String::new()
        };
        output::report(&format!(
            "{}: {}: {what}{resumed}, at most about {}",
            photograph.path.display(),
            self.region,
            duration(left as f64 * each)
        ));
        Ok(())
    }

    fn judge(
        &self,
        photograph: &Named,
        proof: &Proof,
        plan: &Plan,
        earlier: Option<&ProofRecord>,
    ) -> anyhow::Result<Proved> {
        let bar = bar(plan.len());
        let mut kept: Option<Instant> = None;
        let mut failed = None;
        let mut keep = |session: &ProofSession<'_>| {
            show(&bar, &photograph.path, session);
            let Some(out) = &self.common.out else { return };
            // The first time right away: an unwritable file is noticed before hours of work.
            if failed.is_some() || kept.is_some_and(|at| at.elapsed() < KEPT_EVERY) {
                return;
            }
            let overwrite = match kept {
                Some(_) => &self.own,
                None => self.mine(earlier),
            };
            kept = Some(Instant::now());
            let (record, png) = (session.record(), session.original_png());
            if let Err(error) = save::save(record, png, out, &photograph.name, overwrite) {
                failed = Some(error);
                self.cancel.request();
            }
        };
        let proved = prove(self.scorer, proof, plan, earlier, self.cancel, &mut keep);
        bar.finish_and_clear();
        match failed {
            Some(error) => Err(output::or_force(error, self.common.force)),
            None => Ok(proved?),
        }
    }

    fn say(
        &mut self,
        photograph: &Named,
        record: &ProofRecord,
        finding: Option<&Finding>,
        finding_file: Option<&str>,
    ) -> anyhow::Result<()> {
        self.counts.add(record);
        let record_file = (self.common.out.as_ref()).and_then(|out| {
            let path = save::path(out, &photograph.name, self.region.kind());
            Some(path.file_name()?.to_string_lossy().into_owned())
        });
        let files = [record_file.as_deref(), finding_file];
        line::line(record, &photograph.path, files, finding, self.common.json).write()?;
        Ok(())
    }
}

/// Seconds that a frame takes in a batch, measured on a second batch.
fn measure(scorer: &dyn Scorer, frame: &Arc<Frame>) -> anyhow::Result<f64> {
    let candidate = Candidate {
        frame: Arc::clone(frame),
        perturbation: Arc::new(Perturbation::default()),
    };
    let candidates = vec![candidate; MEASURED];
    let mut seconds = 0.0;
    for _ in 0..2 {
        let began = Instant::now();
        scorer.score(&candidates, &mut |_| std::ops::ControlFlow::Continue(()))?;
        seconds = began.elapsed().as_secs_f64();
    }
    Ok(seconds / MEASURED as f64)
}

/// The progress bar on standard error; nothing if that is not a terminal.
fn bar(frames: usize) -> ProgressBar {
    let bar = ProgressBar::new(frames as u64);
    let template = "{pos} of {len} {bar:24} {elapsed_precise} {wide_msg}";
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}

fn show(bar: &ProgressBar, file: &Path, session: &ProofSession<'_>) {
    let progress = session.progress();
    bar.set_length(progress.at_most as u64);
    bar.set_position(progress.judged as u64);
    let left =
        (progress.eta_seconds).map_or_else(String::new, |s| format!("left {}, ", duration(s)));
    let flips = if progress.flips {
        "flips; looking for a nearer one"
    } else {
        "none flips"
    };
    bar.set_message(format!(
        "{}: {left}{:.1} frames/s, P(melanoma) {}, {flips}",
        printable(&file.to_string_lossy()),
        progress.frames_per_second,
        progress.closest_in_words()
    ));
}

/// Whether an error would also occur with the next photograph: standard output is closed, or the disk is full.
fn is_fatal(error: &anyhow::Error) -> bool {
    let write = |error: &SaveProofError| match error {
        SaveProofError::Write { source, .. }
        | SaveProofError::Finding(SaveError::Write { source, .. }) => concerns_every_file(source),
        _ => false,
    };
    output::is_broken_pipe(error)
        || error
            .chain()
            .any(|cause| cause.downcast_ref().is_some_and(write))
}
