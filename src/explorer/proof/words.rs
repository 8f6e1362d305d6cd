//! Boxes and outcomes of proofs in words, in the language of the window.

use flipscope_base::human::probability_beside;
use flipscope_lab::proof::{BoxKind, ProofOutcome, ProofRecord};
use flipscope_language::{decimal, text};

/// The name of a kind of box.
pub(crate) fn kind(kind: BoxKind) -> &'static str {
    match kind {
        BoxKind::Offset => text!("proof-offset"),
        BoxKind::Gain => text!("proof-gain"),
        BoxKind::Illuminant => text!("proof-lamp"),
        BoxKind::Rotation => text!("proof-rotation"),
    }
}

/// An outcome in one word.
pub(crate) fn outcome(outcome: ProofOutcome) -> &'static str {
    match outcome {
        ProofOutcome::Fragile => text!("proof-fragile"),
        ProofOutcome::Steady => text!("proof-steady"),
        ProofOutcome::Screened => text!("proof-screened"),
        ProofOutcome::Bounded => text!("proof-bounded"),
        ProofOutcome::Open => text!("proof-open-outcome"),
    }
}

/// What came out, as a sentence or two, and no more than was judged.
pub(crate) fn said(record: &ProofRecord) -> String {
    let of = record.region.in_words();
    let (frames, judged) = (record.frames, record.judged);
    let change = record.closest.perturbation.in_words();
    let p = probability_beside(record.closest.p_melanoma, record.threshold, 3);
    let label = record.closest.label.in_words();
    let share = |share: f64| decimal(format!("{:.2}", 100.0 * share));
    match (record.outcome, record.bound) {
        (ProofOutcome::Fragile, Some(bound)) => text!(
            "proof-said-fragile-random",
            region = of,
            judged = judged,
            flips = bound.flips,
            low = share(bound.share_at_least),
            high = share(bound.share_at_most),
            change = change,
            p = p
        ),
        (ProofOutcome::Fragile, None) if record.finished => {
            let flip = text!(
                "proof-said-fragile",
                region = of,
                judged = judged,
                frames = frames,
                change = change,
                label = label,
                p = p
            );
            match record.steady_within {
                Some(radius) if radius > 0.0 => {
                    let within = text!("proof-said-within", radius = decimal(radius));
                    format!("{flip} {within}")
                }
                _ => flip,
            }
        }
        (ProofOutcome::Fragile, None) => text!(
            "proof-said-fragile-open",
            region = of,
            judged = judged,
            frames = frames,
            change = change,
            label = label,
            p = p
        ),
        (ProofOutcome::Steady, _) => text!(
            "proof-said-steady",
            region = of,
            frames = frames,
            change = change,
            p = p
        ),
        (ProofOutcome::Screened, _) => text!("proof-said-screened", region = of, frames = frames),
        (ProofOutcome::Bounded, bound) => text!(
            "proof-said-bounded",
            region = of,
            frames = frames,
            judged = judged,
            high = share(bound.map_or(1.0, |bound| bound.share_at_most)),
            p = p
        ),
        (ProofOutcome::Open, bound) => {
            let all = match bound {
                Some(_) => judged.max(1),
                None => frames,
            };
            text!(
                "proof-said-open",
                region = of,
                judged = judged,
                frames = all,
                change = change,
                p = p
            )
        }
    }
}
