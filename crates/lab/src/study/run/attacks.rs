//! Attack campaigns: one search per picture, and its outcome.

use std::sync::Arc;

use super::{Unopened, Work};
use crate::search::{
    Scorer, Search, SearchError, SearchOutcome, Subject, TwoStageScorer, run_together,
};
use crate::study::error::StudyError;
use crate::study::plan::{AttackJob, Job, WorkUnit};
use crate::study::store::{Outcome, Queue, Store};

use super::progress::Event;

/// What came of a search.
type Searched = Result<SearchOutcome, SearchError>;

impl Work<'_> {
    /// Everything that is an attack.
    pub(super) fn attack(
        &mut self,
        store: &mut Store,
        queue: &mut Queue,
    ) -> Result<(), StudyError> {
        while !self.cancel.is_requested() {
            let units = store.claim(self.runner, queue, self.together)?;
            if units.is_empty() {
                break;
            }
            let mut prepared = Vec::new();
            for unit in units {
                match self.search(unit) {
                    Some(Ok(search)) => prepared.push((unit, search)),
                    Some(Err(problem)) => self.problem(unit.image, problem),
                    None => {}
                }
            }
            let mut failed = None;
            for (unit, outcome) in self.searched(&prepared)? {
                // Half a search would be taken for a complete one.
                if self.cancel.is_requested() {
                    return Ok(());
                }
                // What failed ends the run, once what the others have found is kept.
                let outcome = match outcome_of(outcome) {
                    Ok(outcome) => outcome,
                    Err(error) => {
                        failed.get_or_insert(error);
                        continue;
                    }
                };
                let new = u64::from(store.keep_outcome(self.runner, unit, &outcome)?);
                let most = self.plan.job(unit).map_or(0, Job::frames);
                self.did(outcome.evaluations * new, most, new, unit.job);
            }
            if let Some(error) = failed {
                return Err(error);
            }
        }
        Ok(())
    }

    /// The search of a unit, if its picture can be read.
    fn search(&self, unit: WorkUnit) -> Option<Result<Search, Unopened>> {
        let (Some(Job::Attack(attack_job)), Some(image)) =
            (self.plan.job(unit), self.plan.image(unit))
        else {
            return None;
        };
        let attack_job: &AttackJob = attack_job;
        let frame = match self.places.open(self.plan, image, self.model.framing) {
            Ok(frame) => frame,
            Err(problem) => return Some(Err(problem)),
        };
        let name = image.path.file_name().unwrap_or_default();
        Some(Ok(Search {
            subject: Subject {
                image: name.to_string_lossy().into_owned(),
                image_sha256: Some(image.sha256.clone()),
                framing: self.model.framing,
                color_handling: self.plan.color_handling,
            },
            frame: Arc::new(frame),
            attack: attack_job.attack.clone(),
            mode: attack_job.mode,
            strategy: attack_job.followed(),
            direction: attack_job.direction,
            threshold: self.model.threshold,
            seed: attack_job.seed,
            budget: attack_job.budget(),
        }))
    }

    /// Runs some searches, those of one job together.
    fn searched(
        &mut self,
        prepared: &[(WorkUnit, Search)],
    ) -> Result<Vec<(WorkUnit, Searched)>, StudyError> {
        let mut found = Vec::with_capacity(prepared.len());
        // A batch of proposals has one type: that of its job.
        for of_job in prepared.chunk_by(|(one, _), (next, _)| one.job == next.job) {
            let searches: Vec<Search> = of_job.iter().map(|(_, search)| search.clone()).collect();
            let job = of_job.first().and_then(|(unit, _)| self.plan.job(*unit));
            let proposer = match (job, &mut self.proposer) {
                (Some(Job::Attack(job)), Some(proposer)) => {
                    proposer.of_job(self.model, job, self.tell)?
                }
                _ => None,
            };
            let two_stage = proposer.map(|proposer| TwoStageScorer {
                proposer,
                verifier: self.scorer,
            });
            let scorer: &dyn Scorer = match &two_stage {
                Some(two_stage) => two_stage,
                None => self.scorer,
            };
            let tell = &mut *self.tell;
            let outcomes = run_together(scorer, &searches, self.cancel, &mut |at, progress| {
                let one = searches.get(at);
                let image = one.map_or("", |one| one.subject.image.as_str());
                tell(Event::Search(image, progress));
            });
            let units = of_job.iter().map(|(unit, _)| *unit);
            found.extend(units.zip(outcomes));
        }
        Ok(found)
    }
}

/// What is stored about a search.
fn outcome_of(searched: Result<SearchOutcome, SearchError>) -> Result<Outcome, StudyError> {
    let found = match searched {
        Ok(found) => found,
        Err(SearchError::NothingToFlip { p_melanoma, .. }) => {
            return Ok(Outcome {
                attacked: false,
                flipped: false,
                p_before: f64::from(p_melanoma),
                p_after: None,
                size: None,
                unit: None,
                evaluations: 0,
                json: String::new(),
            });
        }
        Err(error) => return Err(error.into()),
    };
    let mut finding = found.finding;
    // The seed reproduces it; the noise alone would take a third of a megabyte.
    finding.perturbation.noise = None;
    (finding.seconds, finding.evaluations_per_second) = (0.0, 0.0);
    let json = serde_json::to_string(&finding);
    Ok(Outcome {
        attacked: true,
        flipped: finding.success,
        p_before: f64::from(finding.p_before),
        p_after: Some(f64::from(finding.p_after)),
        size: Some(finding.size.value),
        unit: Some(finding.size.unit.text().to_owned()),
        evaluations: finding.evaluations,
        json: json.map_err(|error| StudyError::Plan(error.to_string()))?,
    })
}
