//! What a proof leaves behind: its record, and the nearest flip as a finding.

use super::error::ProofError;
use super::plan::Plan;
use super::proof_box::{BoxKind, ProofBox};
use super::record::{Bound, Closest, ProofOutcome, ProofRecord, SCHEMA};
use super::session::ProofSession;
use crate::search::attack::{Balance, Colour, Pose, moved};
use crate::search::make_finding::{self, Effort, Question};
use crate::search::{self, Attack, Budget, Mode, SearchOutcome, StopReason, Strategy, judge};
use crate::statistics::{LEVEL, Proportion};
use flipscope_image::perturb::Perturbation;

/// What came out, with the pictures of the nearest flip.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The record; its PNG is not named yet.
    pub record: ProofRecord,
    /// The unaltered frame as it was judged.
    pub original: search::Judged,
    /// The flip nearest to the unaltered frame, as a finding.
    pub nearest: Option<SearchOutcome>,
}

impl ProofSession<'_> {
    /// The record of what is judged so far, from which another run can go on.
    #[must_use]
    pub fn record(&self) -> ProofRecord {
        record(self)
    }
}

fn record(session: &ProofSession<'_>) -> ProofRecord {
    let (proof, plan, scorer) = (session.proof, session.plan, session.scorer);
    let (outcome, finished) = (session.outcome(), session.is_finished());
    let info = scorer.info();
    let closest = session.closest();
    let judged = closest.and_then(|number| session.judged.get(number));
    let p_melanoma = judged.unwrap_or(session.original.verdict.p_melanoma);
    let label = session.direction.from();
    ProofRecord {
        proof_schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        outcome,
        finished,
        region: proof.region.clone(),
        frames: plan.frames(),
        judged: session.judged.count() as u64,
        closest: Closest {
            perturbation: closest
                .map_or_else(Perturbation::default, |number| plan.perturbation(number)),
            p_melanoma,
            label: if session.flips(p_melanoma) {
                session.direction.to()
            } else {
                label
            },
        },
        steady_within: steady_within(plan, outcome, finished, session.nearest),
        bound: bound(session),
        hash: session.judged.hash(plan),
        direction: session.direction,
        threshold: proof.threshold,
        p_before: session.original.verdict.p_melanoma,
        subject: proof.subject.clone(),
        frame_sha256: session.original.frame.sha256(),
        model: info.name.clone(),
        model_sha256: info.sha256.clone(),
        remedy: info.remedy,
        assumptions: info.assumptions.clone(),
        device: scorer.device().to_owned(),
        precision: scorer.precision().to_owned(),
        screened_in: scorer.proposal_precision().map(str::to_owned),
        margin: session.margin(),
        seconds: session.seconds(),
        frame_png: String::new(),
        axes: plan.axes_text(),
        probabilities: session.judged.to_text(),
        checksum: String::new(),
    }
}

/// Of whole numbers, the radius of the largest box around the unaltered frame in which everything was judged and nothing flips.
pub(super) fn steady_within(
    plan: &Plan,
    outcome: ProofOutcome,
    finished: bool,
    nearest: Option<usize>,
) -> Option<f64> {
    let whole = plan.region().kind() == BoxKind::Offset && plan.is_exhaustive() && finished;
    match (whole, outcome, nearest) {
        (true, ProofOutcome::Steady, None) => plan.region().interval().last().copied(),
        (true, ProofOutcome::Fragile, Some(number)) => {
            let [largest, _] = plan.distance(number);
            Some((largest - 1.0).max(0.0))
        }
        _ => None,
    }
}

/// What random frames say about the rest.
fn bound(session: &ProofSession<'_>) -> Option<Bound> {
    if session.plan.is_exhaustive() {
        return None;
    }
    let draws = session.judged.count() as u64;
    let flips = (session.judged.iter())
        .filter(|&(_, p)| session.flips(p))
        .count() as u64;
    let interval = Proportion::new(flips, draws).and_then(|share| share.clopper_pearson(LEVEL));
    // Before the first frame nothing is known.
    let (lower, upper) = interval.map_or((0.0, 1.0), |known| (known.lower, known.upper));
    Some(Bound {
        draws,
        seed: session.proof.draws.seed,
        flips,
        share_at_least: lower,
        share_at_most: upper,
        level: LEVEL,
    })
}

/// The record and the finding of a session that has ended.
pub(super) fn proved(session: ProofSession<'_>) -> Result<Proved, ProofError> {
    let nearest = session
        .nearest
        .map(|number| finding(&session, number))
        .transpose()?;
    Ok(Proved {
        record: record(&session),
        nearest,
        original: session.original,
    })
}

/// The attack whose bounds are those of the box.
fn attack(region: &ProofBox) -> Attack {
    let interval = region.interval();
    match *region {
        ProofBox::Offset { .. } => Attack::Colour(Colour {
            balance: Balance::Offset,
            offset: interval,
            ..Colour::default()
        }),
        ProofBox::Gain { .. } => Attack::Colour(Colour {
            balance: Balance::Gain,
            gain: interval,
            ..Colour::default()
        }),
        ProofBox::Illuminant { .. } => Attack::Colour(Colour {
            balance: Balance::Lamp,
            kelvin: interval,
            ..Colour::default()
        }),
        ProofBox::Rotation { fill, .. } => Attack::Pose(Pose {
            rotate: interval,
            shift_x: [0.0; 2],
            shift_y: [0.0; 2],
            fill,
            ..Pose::letter()
        }),
    }
}

/// A flip as a finding.
fn finding(session: &ProofSession<'_>, number: usize) -> Result<SearchOutcome, ProofError> {
    let (proof, scorer) = (session.proof, session.scorer);
    let perturbation = session.plan.perturbation(number);
    let original = session.original.clone();
    let altered = judge(scorer, &proof.frame, &perturbation)?;
    let evaluations = session.judged.count() as u64;
    let question = Question {
        attack: attack(&proof.region),
        mode: Mode::Smallest,
        strategy: Strategy::Exhaustive,
        direction: session.direction,
        seed: 0,
        budget: Budget::default(),
        threshold: proof.threshold,
        subject: &proof.subject,
    };
    let effort = Effort {
        evaluations,
        gradients: 0,
        forward_equivalents: evaluations as f64,
        to_first_flip: None,
        found_by: None,
        without_gradients: None,
        proposal_margin: None,
        rounds: 0,
        ended: StopReason::Exhausted,
        seconds: session.seconds(),
    };
    let found = (&perturbation, moved(&perturbation));
    let finding = make_finding::finding(scorer, question, effort, found, [&original, &altered]);
    Ok(SearchOutcome {
        finding,
        original,
        altered,
    })
}
