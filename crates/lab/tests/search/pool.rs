//! Several searches by one network: each is cancelled by itself, others join, one fails; what each finds is what it finds alone.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use flipscope_base::cancel::Cancel;
use flipscope_lab::search::attack::{Colour, Grid};
use flipscope_lab::search::evolution::Settings;
use flipscope_lab::search::{
    Answering, Attack, Ended, Host, Joining, Mode, Pool, Progress, Scorer, Search, SearchError,
    StopReason, run_together,
};
use flipscope_model::{Candidate, ClassifierError, Verdict};

use crate::stand_in::{BATCH, StandIn, find, lesion, mean, search, timeless};

/// Falls with green, and flips at a gain of about 0.96.
fn network() -> StandIn {
    let green = mean(lesion().pixels().as_chunks().0, 1);
    StandIn::new(move |pixels| 0.7 + 0.04 * (mean(pixels, 1) - green))
}

fn colour(seed: u64) -> Search {
    let letter = Colour::letter();
    let evolution = Settings {
        population_per_gene: 8,
        generations: 4,
        ..letter.evolution.clone()
    };
    let attack = Attack::Colour(Colour {
        evolution,
        ..letter
    });
    Search {
        seed,
        ..search(attack, Mode::Lowest)
    }
}

/// 775 poses, in one list.
fn grid() -> Search {
    search(Attack::Grid(Grid::letter()), Mode::Lowest)
}

/// Called with the number of a search, its progress, and what cancels each; a search that it returns joins next.
type Heard<'b> = Box<dyn FnMut(usize, &Progress, &[Cancel]) -> Option<Search> + 'b>;

/// Searches that join as the test lets them, and what is heard of them.
struct Bench<'b> {
    waiting: VecDeque<Search>,
    cancels: Vec<Cancel>,
    heard: Heard<'b>,
    ended: Vec<(usize, Ended)>,
}

impl<'b> Bench<'b> {
    fn new(
        searches: impl IntoIterator<Item = Search>,
        heard: impl FnMut(usize, &Progress, &[Cancel]) -> Option<Search> + 'b,
    ) -> Self {
        Self {
            waiting: searches.into_iter().collect(),
            cancels: Vec::new(),
            heard: Box::new(heard),
            ended: Vec::new(),
        }
    }

    /// Whether a search found what it finds alone.
    fn is_as_alone(&self, number: usize, search: &Search) {
        let found = self.ended.iter().find(|(of, _)| *of == number).unwrap();
        let alone = find(&network(), search).unwrap();
        let finding = &found.1.result.as_ref().unwrap().finding;
        assert_eq!(timeless(finding), timeless(&alone.finding));
    }
}

impl Host for Bench<'_> {
    fn next(&mut self, number: usize) -> Option<Joining> {
        let search = Arc::new(self.waiting.pop_front()?);
        assert_eq!(number, self.cancels.len());
        self.cancels.push(Cancel::default());
        let cancel = self.cancels[number].clone();
        Some(Joining { search, cancel })
    }

    fn hear(&mut self, number: usize, progress: &Progress) {
        let joins = (self.heard)(number, progress, &self.cancels);
        self.waiting.extend(joins);
    }

    fn ended(&mut self, number: usize, ended: Ended) {
        self.ended.push((number, ended));
    }
}

/// With and without patience, as many threads as searches or fewer.
const WAYS: [(usize, Option<Duration>); 4] = [
    (4, None),
    (4, Some(Duration::ZERO)),
    (2, None),
    (2, Some(Duration::from_millis(20))),
];

fn pool(network: &dyn Scorer, (together, patience): (usize, Option<Duration>)) -> Pool<'_> {
    let pool = Pool::new(network, together);
    match patience {
        Some(patience) => pool.patient(patience),
        None => pool,
    }
}

#[test]
fn one_is_cancelled_and_the_others_find_what_they_find_alone() {
    for way in WAYS {
        let searches: Vec<Search> = (0..4).map(colour).collect();
        let network = network();
        let mut bench = Bench::new(searches.clone(), |number, progress, cancels| {
            if number == 1 && progress.evaluations >= 24 {
                cancels[1].request();
            }
            None
        });
        pool(&network, way).run(&mut bench);
        assert_eq!(bench.ended.len(), 4);
        assert!(bench.ended.iter().all(|(_, ended)| !ended.alone), "{way:?}");
        for (number, search) in searches.iter().enumerate() {
            if number != 1 {
                bench.is_as_alone(number, search);
            }
        }
        let cancelled = bench.ended.iter().find(|(of, _)| *of == 1).unwrap();
        let finding = &cancelled.1.result.as_ref().unwrap().finding;
        assert_eq!(finding.ended, StopReason::Cancelled);
        let all = find(&network, &searches[1]).unwrap().finding.evaluations;
        assert!((24..all).contains(&finding.evaluations), "{way:?}");
        assert!(finding.p_after < finding.p_before, "its best is kept");
    }
}

#[test]
fn a_search_joins_a_long_one_and_ends_before_it() {
    let network = network();
    let (long, mut short) = (grid(), colour(7));
    short.budget.evaluations = Some(24);
    let (mut joining, mut times) = (Some(short.clone()), 0);
    let mut bench = Bench::new([long.clone()], |number, _, _| {
        times += usize::from(number == 0);
        joining.take()
    });
    pool(&network, (2, None)).run(&mut bench);
    let order: Vec<usize> = bench.ended.iter().map(|(number, _)| *number).collect();
    assert_eq!(order, [1, 0]);
    bench.is_as_alone(0, &long);
    bench.is_as_alone(1, &short);
    let batches = long.evaluations() as usize / BATCH;
    drop(bench);
    assert!(times >= batches, "it hears of every batch: {times}");
}

#[test]
fn a_single_search_has_the_network_to_itself_until_another_joins() {
    for together in [1, 3] {
        let network = network();
        let mut bench = Bench::new([colour(1)], |_, _, _| None);
        pool(&network, (together, None)).run(&mut bench);
        assert!(bench.ended[0].1.alone, "{together}");
        let mut another = Some(colour(2));
        let mut bench = Bench::new([colour(1)], |_, _, _| another.take());
        pool(&network, (together, None)).run(&mut bench);
        assert_eq!(bench.ended.len(), 2);
        let alone = bench.ended.iter().all(|(_, ended)| ended.alone);
        assert_eq!(alone, together == 1, "one after the other");
    }
}

/// Where the verdicts of a batch go.
type OnBatch<'o> = dyn FnMut(&[Verdict]) -> ControlFlow<()> + 'o;

/// Judges lists of frames as a test says, and answers everything else as the stand-in does.
struct Judging<F>(StandIn, F);

impl<F> Scorer for Judging<F>
where
    F: Fn(&StandIn, &[Candidate], &mut OnBatch<'_>) -> Result<(), ClassifierError>,
{
    fn answering(&self) -> Answering<'_> {
        self.0.answering()
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut OnBatch<'_>,
    ) -> Result<(), ClassifierError> {
        let Self(network, score) = self;
        score(network, candidates, on_batch)
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        self.0.gradient(candidate, class)
    }
}

/// Fails for every list that has a turned frame in it.
fn picky(
    network: &StandIn,
    candidates: &[Candidate],
    on_batch: &mut OnBatch<'_>,
) -> Result<(), ClassifierError> {
    if let Some(at) = (candidates.iter()).position(|one| one.perturbation.rotate != 0.0) {
        // What comes before it is judged.
        network.score(&candidates[..at], on_batch)?;
        return Err(ClassifierError::Run {
            device: "a formula".to_owned(),
            reason: "it cannot be turned".to_owned(),
        });
    }
    network.score(candidates, on_batch)
}

#[test]
fn one_fails_with_its_own_error_and_the_others_find_what_they_find_alone() {
    for way in WAYS {
        let searches = [colour(0), grid(), colour(2)];
        let network = Judging(network(), picky);
        let mut bench = Bench::new(searches.clone(), |_, _, _| None);
        pool(&network, way).run(&mut bench);
        for number in [0, 2] {
            bench.is_as_alone(number, &searches[number]);
        }
        let failed = bench.ended.iter().find(|(of, _)| *of == 1).unwrap();
        let error = failed.1.result.as_ref().unwrap_err();
        assert!(matches!(error, SearchError::Network { .. }), "{error}");
        assert!(error.to_string().contains("it cannot be turned"));
    }
}

/// What is judged together, and in which order, does not depend on which thread was faster: a device may depend on it.
#[test]
fn the_same_list_is_judged_in_the_same_lists_again() {
    let searches: Vec<Search> = (0..4).map(colour).collect();
    let [first, again] = [(); 2].map(|()| {
        // Lists of more than one frame; final verdicts come in between.
        let lists: RefCell<Vec<Vec<[f64; 3]>>> = RefCell::default();
        let listening =
            |network: &StandIn, candidates: &[Candidate], on_batch: &mut OnBatch<'_>| {
                if candidates.len() > 1 {
                    let list = candidates.iter().map(|one| one.perturbation.gain).collect();
                    lists.borrow_mut().push(list);
                }
                network.score(candidates, on_batch)
            };
        let network = Judging(network(), listening);
        run_together(&network, &searches, &Cancel::default(), &mut |_, _| {});
        lists.take()
    });
    assert_eq!(first, again);
    assert!(first.iter().all(|list| list.len() >= 4 * 24), "all of them");
}
