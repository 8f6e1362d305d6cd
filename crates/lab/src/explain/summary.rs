//! The smallest change that flips a verdict, for each family of changes, in units that people picture, and a statement of stability in
//! words.
//!
//! Families of one number (a turn, a move, brighter or darker, one colour) are looked at step by step, the smallest change first, so that the
//! first flip is the smallest on that grid, and no flip means that none of the settings looked at flips; what lies between them is not
//! known. Noise is FGSM's, and colour balance is found by a search, so that theirs are upper bounds. Every flip is confirmed as any
//! finding is: read back from its PNG and judged alone.

mod families;
mod found;
mod memory;
pub(super) mod words;

use std::ops::ControlFlow;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::distance::distances;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_language::{Language, within};
use flipscope_model::{Candidate, Label};

use super::error::ExplainError;
use super::progress::Watch;
use crate::search::{
    Attack, Budget, Direction, Mode, Scorer, Search, SearchError, Strategy, Subject, judge, run,
};
use families::Look;

pub use families::Family;
pub use found::{Flip, Smallest, Summary};
pub use memory::{Memory, Remembering};

/// What a summary is asked.
#[derive(Clone, Debug)]
pub struct SummaryRequest {
    /// The photograph, and how it became the frame.
    pub subject: Subject,
    /// The frame.
    pub frame: Arc<Frame>,
    /// P(melanoma) at or above which the verdict is melanoma.
    pub threshold: f32,
    /// The seed of the searches.
    pub seed: u64,
    /// The most frames that one family may take.
    pub budget: usize,
}

impl SummaryRequest {
    /// Looks at every family.
    ///
    /// # Errors
    /// If the network fails, or it is cancelled.
    pub fn run(&self, scorer: &dyn Scorer, watch: &mut Watch<'_>) -> Result<Summary, ExplainError> {
        self.run_telling(scorer, watch, &[], &mut |_| {})
    }

    /// The same without the families that are `known` from an earlier run that was cancelled; it tells what was found after each family.
    ///
    /// # Errors
    /// As [`SummaryRequest::run`].
    pub fn run_telling(
        &self,
        scorer: &dyn Scorer,
        watch: &mut Watch<'_>,
        known: &[Smallest],
        found_so_far: &mut dyn FnMut(&Summary),
    ) -> Result<Summary, ExplainError> {
        let original = judge(scorer, &self.frame, &Perturbation::default())?.verdict;
        let label = original.label(self.threshold);
        let summary = |families: Vec<Smallest>| Summary {
            label,
            p_melanoma: original.p_melanoma,
            threshold: self.threshold,
            // Files keep it.
            statement: within(Language::English, || words::statement(label, &families)),
            families,
        };
        let mut families = Vec::new();
        let at_most = Family::ALL.map(|family| family.at_most(self.budget));
        let known_of = |family| known.iter().find(|found| found.family == family);
        let all = Family::ALL.into_iter().zip(at_most);
        let known_already = all.filter(|(family, _)| known_of(*family).is_some());
        watch.expect_with(
            at_most.iter().sum(),
            known_already.map(|(_, at_most)| at_most).sum(),
        );
        for (family, at_most) in Family::ALL.into_iter().zip(at_most) {
            watch.check()?;
            if let Some(found) = known_of(family) {
                families.push(found.clone());
                continue;
            }
            let (found, seen) = match family.look() {
                Look::Grid(settings) => self.grid(scorer, family, settings, label, watch)?,
                Look::Search(attack) => self.search(scorer, family, &attack, label, watch)?,
            };
            // What a family did not need.
            watch.judged(at_most.saturating_sub(seen))?;
            families.push(found);
            found_so_far(&summary(families.clone()));
        }
        Ok(summary(families))
    }

    /// Settings in the order of their size, up to the first that flips; and how many frames the network has judged, the rest of the last batch
    /// included.
    fn grid(
        &self,
        scorer: &dyn Scorer,
        family: Family,
        mut settings: Vec<(f64, Perturbation)>,
        label: Label,
        watch: &mut Watch<'_>,
    ) -> Result<(Smallest, usize), ExplainError> {
        settings.truncate(self.budget);
        let candidates: Vec<Candidate> = settings
            .iter()
            .map(|(_, perturbation)| Candidate {
                frame: Arc::clone(&self.frame),
                perturbation: Arc::new(perturbation.clone()),
            })
            .collect();
        let (mut judged, mut cancelled, mut flip, mut up_to_flip) = (0, false, None, 0);
        let mut failed = None;
        scorer.score(&candidates, &mut |verdicts| {
            for verdict in verdicts {
                let setting = settings.get(judged);
                judged += 1;
                if flip.is_none()
                    && verdict.label(self.threshold) != label
                    && let Some((size, perturbation)) = setting
                {
                    up_to_flip = judged;
                    match self.confirm(scorer, *size, perturbation, label) {
                        Ok(found) => flip = found,
                        Err(error) => failed = Some(error),
                    }
                }
            }
            cancelled = watch.judged(verdicts.len()).is_err();
            if cancelled || flip.is_some() || failed.is_some() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        if cancelled {
            return Err(ExplainError::Cancelled);
        }
        let up_to = settings.last().map_or(0.0, |(size, _)| *size);
        let smallest = Smallest {
            family,
            up_to,
            unit: family.unit(),
            judged: if flip.is_some() { up_to_flip } else { judged },
            flip,
            exhaustive: true,
        };
        Ok((smallest, judged))
    }

    /// The flip, if the judge agrees.
    fn confirm(
        &self,
        scorer: &dyn Scorer,
        size: f64,
        perturbation: &Perturbation,
        label: Label,
    ) -> Result<Option<Flip>, ExplainError> {
        let judged = judge(scorer, &self.frame, perturbation)?;
        if judged.verdict.label(self.threshold) == label {
            return Ok(None);
        }
        Ok(Some(Flip {
            size,
            words: within(Language::English, || perturbation.in_words()),
            p_melanoma: judged.verdict.p_melanoma,
            delta_e: distances(&self.frame, &judged.frame).delta_e_mean,
            altered_sha256: judged.frame.sha256(),
            perturbation: Some(perturbation.clone()),
        }))
    }

    fn search(
        &self,
        scorer: &dyn Scorer,
        family: Family,
        attack: &Attack,
        label: Label,
        watch: &mut Watch<'_>,
    ) -> Result<(Smallest, usize), ExplainError> {
        let search = Search {
            subject: self.subject.clone(),
            frame: Arc::clone(&self.frame),
            attack: attack.clone(),
            mode: Mode::Smallest,
            strategy: Strategy::Auto,
            direction: Direction::starting_from(label),
            threshold: self.threshold,
            seed: self.seed,
            budget: Budget {
                evaluations: Some(self.budget as u64),
                seconds: None,
            },
        };
        let cancel: &Cancel = watch.cancel();
        let mut judged = 0;
        let outcome = run(scorer, &search, cancel, &mut |progress| {
            let now = usize::try_from(progress.evaluations).unwrap_or(usize::MAX);
            // A cancel ends the search itself.
            watch.judged(now.saturating_sub(judged)).ok();
            judged = now;
        });
        watch.check()?;
        let found = match outcome {
            Ok(found) => found,
            // A model with one kind of class has nothing to flip to.
            Err(SearchError::NoSuchClass(_)) => {
                let none = Smallest {
                    family,
                    up_to: family.limit(),
                    unit: family.unit(),
                    judged,
                    flip: None,
                    exhaustive: false,
                };
                return Ok((none, judged));
            }
            Err(error) => return Err(error.into()),
        };
        let finding = &found.finding;
        let noisy = finding.perturbation.noise.is_some();
        let flip = finding.success.then(|| Flip {
            size: finding.size.value,
            words: within(Language::English, || finding.perturbation.in_words()),
            p_melanoma: finding.p_after,
            delta_e: finding.distances.delta_e_mean,
            altered_sha256: finding.altered_sha256.clone(),
            perturbation: (!noisy).then(|| finding.perturbation.clone()),
        });
        let smallest = Smallest {
            family,
            up_to: family.limit(),
            unit: family.unit(),
            judged,
            flip,
            exhaustive: false,
        };
        Ok((smallest, judged))
    }
}
