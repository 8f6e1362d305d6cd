//! How long a study will take, measured before it begins.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use super::places::Places;
use super::settings::Settings;
use crate::search::Scorer;
use crate::study::error::StudyError;
use crate::study::plan::{Job, Model, Plan, Role};
use crate::study::sweep::Variant;
use flipscope_model::Candidate;

/// Frames that are judged for the estimate, after a first one that is not counted.
const FRAMES: usize = 16;

/// How long a study will take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Frames per second, including altering them.
    pub frames_per_second: f64,
    /// Frames in total, for all models; for attacks and proofs, the most that they take.
    pub frames: u64,
}

impl Estimate {
    /// Seconds in total.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.frames as f64 / self.frames_per_second.max(1e-9)
    }
}

/// Measures the rate on the first picture of the study that can be read, under variants from all over the plan. Photographs are
/// decoded in parallel with the network, and so are not counted.
///
/// # Errors
/// If no picture can be read, or the network fails.
pub fn estimate(
    plan: &Plan,
    model: &Model,
    settings: &Settings,
    scorer: &dyn Scorer,
) -> Result<Estimate, StudyError> {
    let mut problem = String::new();
    let places = Places::new(plan, settings, None)?;
    let images = plan.images.iter().filter(|image| image.role == Role::Study);
    for image in images {
        match places.open(plan, image, model.framing) {
            Err(why) => problem = why.said,
            Ok(frame) => {
                let all: Vec<&Variant> = plan.jobs.iter().flat_map(Job::variants).collect();
                let frame = Arc::new(frame);
                let candidate = |variant: &Variant| -> Result<Candidate, StudyError> {
                    let (corrupted, perturbation) = variant
                        .prepare(&frame, plan.seed, &image.sha256)
                        .map_err(|error| StudyError::Plan(error.to_string()))?;
                    Ok(Candidate {
                        frame: corrupted.map_or_else(|| Arc::clone(&frame), Arc::new),
                        perturbation: Arc::new(perturbation),
                    })
                };
                let go_on = &mut |_: &[_]| ControlFlow::Continue(());
                if let Some(first) = all.first() {
                    scorer.score(&[candidate(first)?], go_on)?;
                }
                let began = Instant::now();
                let spread = (0..FRAMES).filter_map(|at| all.get(at * all.len() / FRAMES));
                let candidates: Vec<Candidate> = spread
                    .map(|variant| candidate(variant))
                    .collect::<Result<_, _>>()?;
                scorer.score(&candidates, go_on)?;
                let seconds = began.elapsed().as_secs_f64();
                return Ok(Estimate {
                    frames_per_second: candidates.len() as f64 / seconds.max(1e-9),
                    frames: plan.frames(),
                });
            }
        }
    }
    Err(StudyError::NoPicture(problem))
}
