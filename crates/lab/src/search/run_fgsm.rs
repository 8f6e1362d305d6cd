//! Runs FGSM: fields of noise along the sign of the gradient.

use super::attack::Fgsm;
use super::error::SearchError;
use super::question::{Mode, StopReason};
use super::session::Session;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Noise, Perturbation};
use flipscope_model::Verdict;

/// Runs the attack towards a class.
pub(super) fn run(
    session: &mut Session<'_>,
    fgsm: &Fgsm,
    class: usize,
) -> Result<StopReason, SearchError> {
    match (session.search().mode, fgsm.steps) {
        (Mode::First | Mode::Lowest, 1) => one_step(session, &[fgsm.epsilon], class)?,
        (Mode::First | Mode::Lowest, _) => several_steps(session, fgsm, fgsm.epsilon, class)?,
        (Mode::Smallest, 1) => {
            let all: Vec<u8> = (1..=fgsm.epsilon).collect();
            one_step(session, &all, class)?;
        }
        (Mode::Smallest, _) => {
            for epsilon in 1..=fgsm.epsilon {
                several_steps(session, fgsm, epsilon, class)?;
                if !session.goes_on() || session.has_flipped() {
                    break;
                }
            }
        }
    }
    Ok(session.ended().unwrap_or(StopReason::Exhausted))
}

/// The target class of a search: of those with the wanted verdict, the one that is most likely for the unaltered frame.
pub(super) fn target(
    verdict: &Verdict,
    melanoma_classes: &[usize],
    melanoma: bool,
) -> Option<usize> {
    (verdict.probabilities.iter().enumerate())
        .filter(|(class, _)| melanoma_classes.contains(class) == melanoma)
        .reduce(|best, one| if one.1 > best.1 { one } else { best })
        .map(|(class, _)| class)
}

/// One gradient of the unaltered frame, and the step for each ε.
fn one_step(session: &mut Session<'_>, epsilons: &[u8], class: usize) -> Result<(), SearchError> {
    let Some((_, gradient)) = session.gradient(Perturbation::default(), class)? else {
        return Ok(());
    };
    let fields = epsilons.iter().map(|&epsilon| {
        let field = gradient.iter().map(|&slope| against(slope, epsilon));
        altered(field.collect())
    });
    session.score(fields.collect())?;
    session.generation += 1;
    Ok(())
}

/// Steps along new gradients, clipped to ±ε around the frame and to 0..=255.
fn several_steps(
    session: &mut Session<'_>,
    fgsm: &Fgsm,
    epsilon: u8,
    class: usize,
) -> Result<(), SearchError> {
    let frame = std::sync::Arc::clone(session.frame());
    let step = fgsm.step.min(epsilon);
    let bound = i16::from(epsilon);
    let mut field = vec![0_i16; Frame::BYTES];
    for _ in 0..fgsm.steps {
        let here = altered(field.clone());
        let Some((_, gradient)) = session.gradient(here, class)? else {
            return Ok(());
        };
        for ((value, slope), &pixel) in field.iter_mut().zip(gradient).zip(frame.pixels()) {
            let moved = (*value + against(slope, step)).clamp(-bound, bound);
            let pixel = i16::from(pixel);
            *value = (pixel + moved).clamp(0, 255) - pixel;
        }
        session.generation += 1;
    }
    session.score(vec![altered(field)])?;
    Ok(())
}

/// A step against the slope; none if it is flat.
fn against(slope: f32, step: u8) -> i16 {
    if slope > 0.0 {
        -i16::from(step)
    } else if slope < 0.0 {
        i16::from(step)
    } else {
        0
    }
}

fn altered(field: Vec<i16>) -> Perturbation {
    let flat = field.iter().all(|&value| value == 0);
    Perturbation {
        noise: (!flat).then_some(Noise { field }),
        ..Perturbation::default()
    }
}
