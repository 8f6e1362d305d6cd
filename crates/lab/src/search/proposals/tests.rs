//! Lists of candidates whose log-odds in both types are written down.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::*;
use crate::search::attack::{Attack, AttackKind};
use crate::search::finding::Subject;
use crate::search::question::{Budget, Preset};
use crate::search::scorer::Answering;
use crate::search::strategy::Strategy;
use flipscope_image::lesion::{ColorHandling, Frame, Framing};
use flipscope_model::{DeviceChoice, ModelInfo, ModelSource};

/// The frame's value is 100; candidate n adds n.
const VALUE: u8 = 100;

/// Log-odds as proposed and exact, of candidate n; 0 is the unaltered frame.
struct Table {
    info: ModelInfo,
    rows: Vec<[f64; 2]>,
    again: RefCell<Vec<usize>>,
}

impl Table {
    fn new(rows: &[[f64; 2]]) -> Self {
        let demo = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu).unwrap();
        Self {
            info: demo.info().clone(),
            rows: rows.to_vec(),
            again: RefCell::default(),
        }
    }

    fn verdict_of(&self, log_odds: f64) -> Verdict {
        let p = probability(log_odds);
        let mut probabilities = vec![(1.0 - p) as f32; 2];
        probabilities[self.info.melanoma_classes[0]] = p as f32;
        Verdict {
            probabilities,
            p_melanoma: p as f32,
        }
    }
}

impl Scorer for Table {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: &self.info,
            device: "a table",
            precision: "f32",
            proposal_precision: Some("bf16"),
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        for batch in candidates.chunks(3) {
            let rows = batch.iter().map(|one| one.perturbation.offset[0] as usize);
            let verdicts: Vec<_> = rows.map(|n| self.verdict_of(self.rows[n][0])).collect();
            if on_batch(&verdicts).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn gradient(&self, _: &Candidate, _: usize) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        Err(ClassifierError::NoSuchModel)
    }

    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        let n = usize::from(frame.pixels()[0] - VALUE);
        self.again.borrow_mut().push(n);
        Ok(self.verdict_of(self.rows[n][1]))
    }
}

struct Bench {
    table: Table,
    frame: Arc<Frame>,
    proposals: Proposals,
}

impl Bench {
    fn new(mode: Mode, rows: &[[f64; 2]]) -> Self {
        let table = Table::new(rows);
        let frame = Arc::new(Frame::from_rgb(vec![VALUE; Frame::BYTES]).unwrap());
        let search = Search {
            subject: Subject {
                image: String::new(),
                image_sha256: None,
                framing: Framing::Squash,
                color_handling: ColorHandling::Converted,
            },
            frame: Arc::clone(&frame),
            attack: Attack::preset(AttackKind::Colour, Preset::Default),
            mode,
            strategy: Strategy::Auto,
            direction: Direction::MelanomaToNevus,
            threshold: 0.5,
            seed: 1,
            budget: Budget::default(),
        };
        let unaltered = table.verdict_of(rows[0][1]);
        let proposals = Proposals::new(&table, &search, &unaltered).unwrap();
        Self {
            table,
            frame,
            proposals,
        }
    }

    /// Has candidates judged: which were judged again, in order; and what was told of each, by its number.
    fn judge(&mut self, numbers: std::ops::Range<usize>) -> (Vec<usize>, Vec<(usize, f64)>) {
        let candidates: Vec<Candidate> = numbers
            .map(|n| Candidate {
                frame: Arc::clone(&self.frame),
                perturbation: Arc::new(Perturbation {
                    offset: [n as f64; 3],
                    ..Perturbation::default()
                }),
            })
            .collect();
        self.table.again.borrow_mut().clear();
        let mut told = Vec::new();
        let mut frames = 0;
        let mut hear = |heard: Heard<'_>| {
            match heard {
                Heard::Frames(judged) => frames += judged,
                Heard::Judged {
                    at,
                    perturbation,
                    p_melanoma,
                } => {
                    let n = perturbation.offset[0] as usize;
                    let place = |at: usize| candidates[at].perturbation.offset[0] as usize;
                    assert!(at.is_none_or(|at| place(at) == n));
                    told.push((n, log_odds_of(f64::from(p_melanoma))));
                }
            }
            ControlFlow::Continue(())
        };
        let first = self.proposals.unaltered.is_some();
        (self.proposals)
            .judge(&self.table, &candidates, &mut hear)
            .unwrap();
        let again = self.table.again.borrow().clone();
        assert_eq!(frames, candidates.len() + again.len() + usize::from(first));
        (again, told)
    }

    fn margin(&self) -> f64 {
        self.proposals
            .margin()
            .map_or(0.0, |margin| margin.log_odds)
    }
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-4, "{a} {b}");
}

#[test]
fn what_is_within_the_margin_of_the_threshold_or_beyond_is_judged_again_and_told_so() {
    let mut bench = Bench::new(
        Mode::First,
        &[
            [2.1, 2.0],
            // Four to measure with: the third is off by most.
            [3.0, 3.0],
            [2.5, 2.4],
            [1.0, 0.8],
            [1.5, 1.5],
            // Within 0.4, beyond, and neither, twice.
            [0.39, 0.45],
            [-0.2, 0.1],
            [0.41, -0.1],
            [1.9, 1.9],
        ],
    );
    let (again, told) = bench.judge(1..9);
    // The flip that only the proposing network sees comes first, and is off by 0.3: the margin is 0.6, and the one at 0.41 is within, whose own
    // flip ends the search.
    assert_eq!(again, [6, 1, 2, 3, 4, 5, 7]);
    assert_eq!(told.len(), 8);
    let of = |n| told.iter().find(|(at, _)| *at == n).unwrap().1;
    close(of(6), 0.1);
    close(of(7), -0.1);
    close(of(8), 1.9);
    close(bench.margin(), 1.02);
}

#[test]
fn a_margin_that_grows_reaches_candidates_of_the_same_list_and_of_earlier_ones() {
    let mut rows = vec![[2.0, 2.0]];
    // The first list: nothing is off, and one candidate flips unseen, by 0.3.
    rows.extend([[3.0, 3.0], [2.0, 2.0], [2.0, 2.0], [2.0, 2.0], [0.2, -0.1]]);
    // The second list's first is measured, and off by 0.15.
    rows.extend([[3.0, 2.85], [0.5, 0.5], [4.0, 4.0]]);
    let mut bench = Bench::new(Mode::First, &rows);
    let (again, told) = bench.judge(1..6);
    assert_eq!(again, [1, 2, 3, 4]);
    assert_eq!(told.len(), 5);
    close(told.iter().find(|(n, _)| *n == 5).unwrap().1, 0.2);
    let (again, told) = bench.judge(6..9);
    // Then the flip of the earlier list, which ends the search.
    assert_eq!(again, [6, 5]);
    close(told.iter().find(|(n, _)| *n == 5).unwrap().1, -0.1);
    close(bench.margin(), 0.6);
    let measured = bench.proposals.margin().unwrap();
    assert_eq!(measured.frames, 7, "the unaltered one too");
}

#[test]
fn of_the_lowest_only_what_may_be_lower_is_judged_again() {
    let mut rows = vec![[2.0, 2.05]];
    rows.extend([[1.0, 1.0], [0.9, 0.9], [0.8, 0.8], [0.7, 0.7]]);
    rows.extend([[-2.0, -1.95], [-1.9, -1.9], [-1.88, -1.88], [-1.0, -1.0]]);
    rows.extend([[-1.87, -1.99], [-1.5, -1.5]]);
    let mut bench = Bench::new(Mode::Lowest, &rows);
    let (again, _) = bench.judge(1..9);
    // The margin is 0.1: below −1.85 a candidate may be lower than −1.95. A flip that cannot be is left as proposed.
    assert_eq!(again, [1, 2, 3, 4, 5, 6, 7]);
    let (again, told) = bench.judge(9..11);
    assert_eq!(again, [9], "one of the second list is measured");
    close(told[0].1, -1.99);
    close(bench.margin(), 0.24);
}

#[test]
fn later_lists_are_measured_ever_more_rarely() {
    let rows = vec![[2.0, 2.0]; 40];
    let mut bench = Bench::new(Mode::First, &rows);
    let measured: Vec<usize> = (0..16)
        .map(|list| bench.judge(1 + 2 * list..3 + 2 * list).0.len())
        .collect();
    // The first has but two.
    let mut expected = vec![0; 16];
    expected[0] = 2;
    for list in [2, 4, 8, 16] {
        expected[list - 1] = 1;
    }
    assert_eq!(measured, expected);
}

#[test]
fn a_list_is_as_long_as_its_frames_can_be_judged_twice() {
    let mut bench = Bench::new(Mode::First, &[[2.0, 2.0], [2.0, 2.0], [2.0, 2.0]]);
    // One frame more for the unaltered one.
    let together = |bench: &Bench, left| bench.proposals.together(60, left);
    assert_eq!(
        [0, 1, 2, 3, 5, 121, 122, u64::MAX].map(|left| together(&bench, left)),
        [0, 0, 0, 1, 2, 60, 60, 60]
    );
    bench.judge(1..3);
    assert_eq!(
        [1, 2, 3, 120].map(|left| together(&bench, left)),
        [0, 1, 1, 60]
    );
    let largest = bench.proposals.together(1000, u64::MAX);
    assert_eq!(largest, Classifier::MAX_BATCH);
}

#[test]
fn a_flip_that_holds_ends_the_search_before_anything_is_measured() {
    let mut rows = vec![[2.0, 2.05]];
    rows.extend([[1.0, 1.0], [-0.5, -0.4], [-0.3, -0.3], [0.1, 0.1]]);
    let mut bench = Bench::new(Mode::First, &rows);
    let (again, told) = bench.judge(1..5);
    assert_eq!(again, [2]);
    let told: Vec<usize> = told.iter().map(|(n, _)| *n).collect();
    assert_eq!(told, [2, 1, 4], "nothing is said of the other flip");
    let measured = bench.proposals.margin().unwrap();
    assert_eq!(measured.frames, 2);
    close(measured.log_odds, 0.2);
}
