//! Proofs: one picture after another, its frames kept batch by batch, so that a killed run goes on at the frame where it was.

use std::sync::Arc;

use super::Work;
use super::progress::Event;
use crate::proof::{Known, Proof, ProofSession, prove_on};
use crate::search::{Subject, judge};
use crate::study::error::StudyError;
use crate::study::plan::{Job, ProofJob, WorkUnit};
use crate::study::store::{Queue, Store, StoredProof};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;

impl Work<'_> {
    /// Everything that is a proof.
    pub(super) fn prove(&mut self, store: &mut Store, queue: &mut Queue) -> Result<(), StudyError> {
        while !self.cancel.is_requested() {
            let units = store.claim(self.runner, queue, 1)?;
            let Some(&unit) = units.first() else {
                break;
            };
            let (plan, model) = (self.plan, self.model);
            let (Some(Job::Proof(job)), Some(image)) = (plan.job(unit), plan.image(unit)) else {
                continue;
            };
            match self.places.open(plan, image, model.framing) {
                Ok(frame) => self.one_proof(store, unit, job, Arc::new(frame))?,
                Err(problem) => self.problem(unit.image, problem),
            }
        }
        Ok(())
    }

    fn one_proof(
        &mut self,
        store: &mut Store,
        unit: WorkUnit,
        job: &ProofJob,
        frame: Arc<Frame>,
    ) -> Result<(), StudyError> {
        let (plan, model) = (self.plan, self.model);
        let before = judge(self.scorer, &frame, &Perturbation::default())?.verdict;
        if before.label(model.threshold) != job.direction.from() {
            let region = serde_json::to_string(&job.region);
            let nothing = StoredProof {
                outcome: None,
                region: region.map_err(|error| StudyError::Plan(error.to_string()))?,
                frames: 0,
                judged: 0,
                p_before: f64::from(before.p_melanoma),
                p_closest: None,
                closest: None,
                hash: None,
                record: String::new(),
            };
            let new = store.keep_proof(self.runner, unit, &nothing)?;
            self.pace.skip(job.frames());
            self.did(0, 0, u64::from(new), unit.job);
            return Ok(());
        }
        let image = plan.image(unit);
        let name = image.and_then(|image| image.path.file_name());
        let proof = Proof {
            subject: Subject {
                image: name.unwrap_or_default().to_string_lossy().into_owned(),
                image_sha256: image.map(|image| image.sha256.clone()),
                framing: model.framing,
                color_handling: plan.color_handling,
            },
            frame,
            region: job.region.clone(),
            draws: job.draws(),
            sample: job.is_sampled(),
            threshold: model.threshold,
            // Never seconds: they would make results depend on the speed of the machine.
            seconds: None,
            most: job.budget,
        };
        let frames = proof.plan()?;
        let known = Known {
            judged: store.judged_frames(unit)?,
            seconds: 0.0,
        };
        // What was planned for the frames that an earlier run has judged.
        let mut planned = share(job, known.judged.len(), frames.len());
        self.pace.skip(planned);
        let (batch, cancel) = (self.batch, self.cancel);
        let (stop, scorer) = (Cancel::default(), self.scorer);
        let (mut kept, mut failed) = (0, None);
        let mut watch = |session: &ProofSession<'_>| {
            let progress = session.progress();
            (self.tell)(Event::Proof(&proof.subject.image, &progress));
            let new = session.judged_here().get(kept..).unwrap_or_default();
            let last = progress.judged >= progress.at_most;
            let enough = new.len() >= batch || (cancel.is_requested() && !new.is_empty());
            if enough && !last && failed.is_none() {
                match store.keep_frames(unit, new) {
                    // Another run was faster.
                    Ok(false) => stop.request(),
                    Ok(true) => {
                        let now = share(job, progress.judged, frames.len()).max(planned);
                        let more = new.len() as u64;
                        kept += new.len();
                        self.did(more, now - planned, 0, unit.job);
                        planned = now;
                    }
                    Err(error) => failed = Some(error),
                }
            }
            if failed.is_some() || cancel.is_requested() {
                stop.request();
            }
        };
        let proved = prove_on(scorer, &proof, &frames, &known, &stop, &mut watch)?;
        if let Some(error) = failed {
            return Err(error);
        }
        let record = &proved.record;
        let new = (record.judged as usize).saturating_sub(known.judged.len() + kept);
        let spent = job.budget.is_some_and(|most| record.judged >= most);
        if !record.finished && !spent {
            // Cancelled: what is judged is kept already.
            return Ok(());
        }
        let counts = u64::from(store.keep_proof(self.runner, unit, &StoredProof::of(record)?)?);
        let left = job.frames().saturating_sub(planned);
        let these = share(job, new, frames.len()).min(left);
        self.pace.skip(left - these);
        self.did(new as u64 * counts, these, counts, unit.job);
        Ok(())
    }
}

/// Of the frames that were planned for a picture, those that so many judged ones of so many stand for.
fn share(job: &ProofJob, judged: usize, of: usize) -> u64 {
    let part = judged as f64 / of.max(1) as f64;
    (job.frames() as f64 * part.min(1.0)) as u64
}
