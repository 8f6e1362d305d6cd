//! A finding from what a search or a proof knows: what was judged, with what, and how it was come by.

use super::attack::{Attack, SizeUnit};
use super::finding::{Finding, SCHEMA, Size, Subject};
use super::judge::Judged;
use super::proposals::MeasuredMargin;
use super::question::{Budget, Direction, Mode, StopReason};
use super::scorer::Scorer;
use super::strategy::Strategy;
use flipscope_image::distance::distances;
use flipscope_image::perturb::Perturbation;

/// What was asked.
pub(crate) struct Question<'q> {
    pub(crate) attack: Attack,
    pub(crate) mode: Mode,
    pub(crate) strategy: Strategy,
    pub(crate) direction: Direction,
    pub(crate) seed: u64,
    pub(crate) budget: Budget,
    pub(crate) threshold: f32,
    pub(crate) subject: &'q Subject,
}

/// What it took.
pub(crate) struct Effort {
    pub(crate) evaluations: u64,
    pub(crate) gradients: u64,
    pub(crate) forward_equivalents: f64,
    /// If the finding is a flip.
    pub(crate) to_first_flip: Option<f64>,
    pub(crate) found_by: Option<Strategy>,
    pub(crate) without_gradients: Option<String>,
    /// Of searches whose candidates are judged in a faster type.
    pub(crate) proposal_margin: Option<MeasuredMargin>,
    pub(crate) rounds: usize,
    pub(crate) ended: StopReason,
    pub(crate) seconds: f64,
}

/// The finding of a perturbation, with the frame before and after as they were judged. `size` is that of the change in the attack's
/// unit; for colours it is measured over all pixels here.
pub(crate) fn finding(
    scorer: &dyn Scorer,
    question: Question<'_>,
    effort: Effort,
    (perturbation, size): (&Perturbation, f64),
    [original, altered]: [&Judged; 2],
) -> Finding {
    let Question {
        attack,
        threshold,
        direction,
        ..
    } = question;
    let (before, after) = (&original.verdict, &altered.verdict);
    let (label_before, label_after) = (before.label(threshold), after.label(threshold));
    let success = label_before == direction.from() && label_after == direction.to();
    let distances = distances(&original.frame, &altered.frame);
    let unit = attack.unit();
    let value = match unit {
        SizeUnit::DeltaE2000 => distances.delta_e_mean,
        SizeUnit::Epsilon | SizeUnit::PixelsSet | SizeUnit::PixelsMoved => size,
    };
    let info = scorer.info();
    Finding {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        preset: attack.which_preset(),
        attack,
        mode: question.mode,
        strategy: question.strategy,
        direction,
        seed: question.seed,
        budget: question.budget,
        success,
        p_before: before.p_melanoma,
        p_after: after.p_melanoma,
        label_before,
        label_after,
        threshold,
        evaluations: effort.evaluations,
        gradients: effort.gradients,
        forward_equivalents: Some(effort.forward_equivalents),
        forward_equivalents_to_first_flip: effort.to_first_flip.filter(|_| success),
        found_by: effort.found_by,
        without_gradients: effort.without_gradients,
        rounds: effort.rounds,
        ended: effort.ended,
        seconds: effort.seconds,
        evaluations_per_second: effort.evaluations as f64 / effort.seconds.max(1e-9),
        subject: question.subject.clone(),
        frame_sha256: original.frame.sha256(),
        altered_sha256: altered.frame.sha256(),
        perturbation: perturbation.clone(),
        size: Size { value, unit },
        distances,
        model: info.name.clone(),
        model_sha256: info.sha256.clone(),
        remedy: info.remedy,
        assumptions: info.assumptions.clone(),
        classes: info.classes.clone(),
        probabilities_before: before.probabilities.clone(),
        probabilities_after: after.probabilities.clone(),
        device: scorer.device().to_owned(),
        precision: scorer.precision().to_owned(),
        proposal_precision: scorer.proposal_precision().map(str::to_owned),
        proposal_margin: effort.proposal_margin.map(|margin| margin.log_odds),
        proposal_margin_frames: effort.proposal_margin.map(|margin| margin.frames),
        frame_png: String::new(),
        altered_png: String::new(),
    }
}
