//! Runs a search: the attack proposes, the judge decides, and the result is stored in a finding.

use std::sync::Arc;

use super::attack::{Attack, EarlyStop, Genes};
use super::cost::Progress;
use super::error::{BestCandidate, SearchError};
use super::evolution::Settings;
use super::finding::Finding;
use super::judge::{Judged, judge};
use super::make_finding::{self, Effort, Question};
use super::question::{Mode, StopReason};
use super::request::Search;
use super::scorer::Scorer;
use super::session::Session;
use super::strategy::Strategy;
use super::{guided, run_evolution, run_fgsm};
use flipscope_base::cancel::Cancel;
use flipscope_model::{Label, Verdict};

/// The result, with the pictures that were judged.
#[derive(Clone, Debug)]
pub struct SearchOutcome {
    /// The finding; its PNGs are not named yet.
    pub finding: Finding,
    /// The original as it was judged (with the field of view, if the attack uses it).
    pub original: Judged,
    /// The altered frame as it was judged.
    pub altered: Judged,
}

/// Runs a search. `watch` is called with its progress after every batch, on this thread.
///
/// If cancelled, or at the end of its budget, it returns the best so far.
///
/// # Errors
/// If a parameter is invalid; if the frame already has the target verdict; if the network fails, with the best so far.
pub fn run(
    scorer: &dyn Scorer,
    search: &Search,
    cancel: &Cancel,
    watch: &mut dyn FnMut(&Progress),
) -> Result<SearchOutcome, SearchError> {
    search.attack.validate()?;
    search.attack.check_strategy(search.strategy)?;
    let original = judge(scorer, &search.frame, &search.attack.of_original())?;
    let label = label(&original.verdict, search.threshold);
    if label != search.direction.from() {
        return Err(SearchError::NothingToFlip {
            label,
            p_melanoma: original.verdict.p_melanoma,
            threshold: search.threshold,
        });
    }
    let mut session = Session::new(scorer, search, &original.verdict, cancel, watch);
    let ended = attack(&mut session, scorer, &original.verdict)?;
    let (best, altered, by) = confirm(&session, scorer)?;
    let finding = report(&session, scorer, (ended, by), &best, [&original, &altered]);
    Ok(SearchOutcome {
        finding,
        original,
        altered,
    })
}

/// Lets the attack propose.
fn attack(
    session: &mut Session<'_>,
    scorer: &dyn Scorer,
    verdict: &Verdict,
) -> Result<StopReason, SearchError> {
    let search = session.search();
    let melanoma = search.direction.to() == Label::Melanoma;
    let class = run_fgsm::target(verdict, &scorer.info().melanoma_classes, melanoma);
    let start = |stop: EarlyStop| guided::Start {
        class,
        energy: search.direction.energy(verdict.p_melanoma),
        stop,
    };
    match (&search.attack, search.mode) {
        (Attack::Fgsm(fgsm), _) => {
            let class = class.ok_or(SearchError::NoSuchClass(search.direction.to().name()))?;
            session.stage = Strategy::Gradient;
            run_fgsm::run(session, fgsm, class)
        }
        (Attack::Pixels(one), Mode::Smallest) if search.strategy == Strategy::Evolution => {
            run_evolution::fewest(session, one, one.count)
        }
        (Attack::Pixels(one), _) if is_guided(search.strategy) => {
            guided::pixels(session, one, start(one.early_stop))
        }
        (Attack::Pixels(one), _) => {
            let task = task(one, &one.evolution, start(one.early_stop));
            guided::run(session, task)
        }
        (Attack::Colour(one), _) => {
            let task = task(one, &one.evolution, start(one.early_stop));
            guided::run(session, task)
        }
        (Attack::Pose(one), mode) => {
            let around_zero = one.around_zero();
            let one = match mode {
                Mode::First | Mode::Lowest => one,
                Mode::Smallest => &around_zero,
            };
            let task = task(one, &one.evolution, start(one.early_stop));
            guided::run(session, task)
        }
        (Attack::Grid(grid), _) => {
            session.score(grid.poses())?;
            Ok(session.ended().unwrap_or(StopReason::Exhausted))
        }
    }
}

/// Whether a few pixels are searched along the gradient.
fn is_guided(strategy: Strategy) -> bool {
    matches!(strategy, Strategy::Auto | Strategy::Gradient)
}

fn task<'t>(
    genes: &'t dyn Genes,
    evolution: &'t Settings,
    start: guided::Start,
) -> guided::Task<'t> {
    guided::Task {
        genes,
        evolution,
        start,
    }
}

/// The best candidate that the judge confirms; if none flips, the best anyway. Without any candidate (cancelled before the
/// first batch), the unaltered frame.
fn confirm(
    session: &Session<'_>,
    scorer: &dyn Scorer,
) -> Result<(BestCandidate, Judged, Strategy), SearchError> {
    let search = session.search();
    if let Some((best, judged, by)) = session.confirmed() {
        return Ok((BestCandidate::clone(best), judged.clone(), *by));
    }
    let mut first = None;
    for (best, by) in session.best() {
        let judged = judge(scorer, &search.frame, &best.perturbation)?;
        let flipped = label(&judged.verdict, search.threshold) == search.direction.to();
        if flipped {
            return Ok((BestCandidate::clone(best), judged, *by));
        }
        first.get_or_insert((BestCandidate::clone(best), judged, *by));
        // If the search itself does not consider it a flip, no further candidates are tried.
        if !best.flips {
            break;
        }
    }
    if let Some(first) = first {
        return Ok(first);
    }
    let unaltered = search.attack.of_original();
    let judged = judge(scorer, &search.frame, &unaltered)?;
    let best = BestCandidate {
        perturbation: Arc::new(unaltered),
        p_melanoma: judged.verdict.p_melanoma,
        flips: false,
        size: 0.0,
    };
    Ok((best, judged, search.strategy))
}

fn report(
    session: &Session<'_>,
    scorer: &dyn Scorer,
    (ended, by): (StopReason, Strategy),
    best: &BestCandidate,
    pictures: [&Judged; 2],
) -> Finding {
    let search = session.search();
    let question = Question {
        attack: search.attack.clone(),
        mode: search.mode,
        strategy: search.strategy,
        direction: search.direction,
        seed: search.seed,
        budget: search.budget,
        threshold: search.threshold,
        subject: &search.subject,
    };
    let effort = Effort {
        evaluations: session.evaluations(),
        gradients: session.cost().gradients(),
        forward_equivalents: session.cost().forward_equivalents(),
        to_first_flip: session.cost().first_flip(),
        found_by: search.attack.has_strategies().then_some(by),
        without_gradients: session.without_gradients.clone(),
        proposal_margin: session.proposal_margin(),
        rounds: session.generation,
        ended,
        seconds: session.cost().seconds(),
    };
    let found = (&*best.perturbation, best.size);
    make_finding::finding(scorer, question, effort, found, pictures)
}

fn label(verdict: &Verdict, threshold: f32) -> Label {
    verdict.label(threshold)
}
