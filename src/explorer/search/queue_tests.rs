//! The queue over the demo model on the processor: several run together where the test says so, and find what each finds alone.

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{ColorHandling, Frame, Framing, synthetic};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{
    Budget, Direction, Finding, Mode, Preset, StopReason, Strategy, Subject,
};
use flipscope_model::scheduler::{Loaded, ModelSlot, Scheduler};
use flipscope_model::{DeviceChoice, ModelSource, Overrides};

use super::*;
use crate::explorer::search::worker::Searcher;

/// A queue with the demo model.
struct Bench {
    searcher: Searcher,
    answers: Receiver<Answer>,
    loaded: Loaded,
    frame: Arc<Frame>,
    /// Ends after the queue.
    _scheduler: Scheduler,
}

/// What was heard of some searches, what each found, and which had the network to themselves.
#[derive(Default)]
struct Run {
    heard: Vec<Heard>,
    found: BTreeMap<u64, Result<Finding, String>>,
    alone: Vec<u64>,
}

/// What is heard of a search, without its progress.
#[derive(Debug, PartialEq)]
enum Heard {
    Began(u64),
    Ended(u64),
}

impl Bench {
    fn new() -> Self {
        let scheduler = Scheduler::start(Overrides::default()).unwrap();
        let (sender, loaded) = crossbeam_channel::bounded(1);
        scheduler.load(
            ModelSlot::Primary,
            ModelSource::DEMO,
            DeviceChoice::Cpu,
            Box::new(move |loaded| sender.send(loaded).unwrap()),
        );
        let (sender, answers) = crossbeam_channel::unbounded();
        let outbox = Outbox {
            sender,
            wake: Arc::new(|| {}),
        };
        let recipe = &synthetic::samples()[1].recipe;
        let drawing = synthetic::draw(recipe, 600, 450).unwrap();
        Self {
            searcher: Searcher::start(scheduler.jobs(), outbox).unwrap(),
            answers,
            loaded: loaded.recv().unwrap().unwrap(),
            frame: Arc::new(Framing::Squash.apply(&drawing)),
            _scheduler: scheduler,
        }
    }

    /// A search of the colours, which judges so many frames at most, with its seed as its number.
    fn request(&self, seed: u64, evaluations: u64, together: usize) -> SearchRequest {
        let search = Search {
            subject: Subject {
                image: "synthetic".to_owned(),
                image_sha256: None,
                framing: Framing::Squash,
                color_handling: ColorHandling::Converted,
            },
            frame: Arc::clone(&self.frame),
            attack: Attack::preset(AttackKind::Colour, Preset::Default),
            mode: Mode::Lowest,
            strategy: Strategy::Evolution,
            direction: Direction::MelanomaToNevus,
            threshold: 0.5,
            seed,
            budget: Budget {
                evaluations: Some(evaluations),
                seconds: None,
            },
        };
        SearchRequest {
            id: SearchId(seed),
            search: Arc::new(search),
            cancel: Cancel::default(),
            loaded: Box::new(self.loaded.clone()),
            together,
        }
    }

    /// Runs searches to their end. `progress` is called with the number of a search for its reports.
    fn run(&self, requests: &[SearchRequest], mut progress: impl FnMut(u64)) -> Run {
        for request in requests {
            self.searcher.search(request.clone());
        }
        let mut run = Run::default();
        while run.found.len() < requests.len() {
            let Answer::Search(answer) = self.answers.recv().unwrap() else {
                continue;
            };
            match answer {
                SearchAnswer::Began(id) => run.heard.push(Heard::Began(id.0)),
                SearchAnswer::Progress { id, .. } => progress(id.0),
                SearchAnswer::Ended { id, result, alone } => {
                    run.heard.push(Heard::Ended(id.0));
                    run.alone.extend(alone.then_some(id.0));
                    run.found
                        .insert(id.0, result.map(|found| timeless(found.finding)));
                }
                other => panic!("{other:?}"),
            }
        }
        // The first of those that run together is said to begin twice: before a copy is loaded that proposes.
        run.heard.dedup();
        run
    }
}

fn timeless(mut finding: Finding) -> Finding {
    (finding.seconds, finding.evaluations_per_second) = (0.0, 0.0);
    finding
}

impl Run {
    fn place(&self, what: &Heard) -> usize {
        self.heard.iter().position(|one| one == what).unwrap()
    }
}

#[test]
fn several_run_together_and_find_what_they_find_one_after_another() {
    let bench = Bench::new();
    let requests = |together| [1, 2, 3].map(|seed| bench.request(seed, 8, together));
    let one_by_one = bench.run(&requests(1), |_| {});
    let order = [1, 2, 3].map(|n| [Heard::Began(n), Heard::Ended(n)]);
    assert!(one_by_one.heard.iter().eq(order.iter().flatten()));
    assert_eq!(one_by_one.alone, [1, 2, 3]);
    let mut reports = BTreeMap::<u64, usize>::new();
    let together = bench.run(&requests(3), |number| {
        *reports.entry(number).or_default() += 1;
    });
    let mut heard = together.heard.iter();
    let first_end = heard.position(|one| matches!(one, Heard::Ended(_)));
    assert_eq!(first_end, Some(3), "all have begun: {:?}", together.heard);
    assert!(together.alone.is_empty(), "their seconds are those of all");
    assert_eq!(together.found, one_by_one.found);
    assert!(together.found.values().all(Result::is_ok));
    assert_eq!(reports.len(), 3, "each reports its own progress");
}

#[test]
fn one_is_cancelled_and_one_fails_while_the_others_go_on() {
    let bench = Bench::new();
    let endless = bench.request(1, 1_000_000, 3);
    // It is called a nevus already, at this threshold.
    let mut nothing = bench.request(2, 8, 3);
    Arc::make_mut(&mut nothing.search).threshold = 0.999_999;
    let sound = bench.request(3, 8, 3);
    let cancel = endless.cancel.clone();
    let run = bench.run(&[endless, nothing, sound], |number| {
        if number == 1 {
            cancel.request();
        }
    });
    let cancelled = run.found[&1].as_ref().unwrap();
    assert_eq!(cancelled.ended, StopReason::Cancelled);
    assert!(cancelled.evaluations > 0);
    let why = run.found[&2].as_ref().unwrap_err();
    assert!(why.contains("nevus"), "{why}");
    let alone = bench.run(&[bench.request(3, 8, 1)], |_| {});
    assert_eq!(run.found[&3], alone.found[&3]);
    assert!(run.place(&Heard::Began(3)) < run.place(&Heard::Ended(1)));
}

#[test]
fn what_is_cancelled_while_it_waits_never_begins_and_another_kind_waits_for_all() {
    let bench = Bench::new();
    let waiting = bench.request(2, 8, 2);
    waiting.cancel.request();
    bench.searcher.search(waiting);
    // Of another model, which is not there any more.
    let mut other = bench.request(4, 8, 2);
    other.loaded.generation = 7;
    let requests = [
        bench.request(1, 8, 2),
        bench.request(3, 8, 2),
        other,
        bench.request(5, 8, 2),
    ];
    let run = bench.run(&requests, |_| {});
    assert!(!run.heard.contains(&Heard::Began(2)));
    for before in [1, 3] {
        assert!(run.place(&Heard::Ended(before)) < run.place(&Heard::Began(4)));
    }
    assert!(run.place(&Heard::Ended(4)) < run.place(&Heard::Began(5)));
    assert!(run.found[&4].is_err());
    for number in [1, 3, 5] {
        assert!(run.found[&number].is_ok(), "{number}");
    }
}
