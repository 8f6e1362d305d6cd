//! What the thread that has the network does with what searches ask for: the tests are the searches, and say it while a list is judged.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossbeam_channel::{Sender, unbounded};

use super::*;
use crate::search::cost::Progress;
use crate::search::scorer::Answering;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{ClassifierError, DeviceChoice, ModelInfo, ModelSource};

/// Frames of a batch.
const BATCH: usize = 4;

/// Nobody who has further searches.
struct Nobody;

impl Host for Nobody {
    fn next(&mut self, _: usize) -> Option<Joining> {
        None
    }

    fn hear(&mut self, _: usize, _: &Progress) {}

    fn ended(&mut self, _: usize, _: Ended) {}
}

/// P(melanoma) is a candidate's rotation; `between` is called after every batch.
struct Network<'n> {
    info: ModelInfo,
    batches: RefCell<Vec<Vec<f64>>>,
    between: Box<dyn Fn(usize) + 'n>,
}

impl<'n> Network<'n> {
    fn new(between: impl Fn(usize) + 'n) -> Self {
        let demo = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu).unwrap();
        Self {
            info: demo.info().clone(),
            batches: RefCell::default(),
            between: Box::new(between),
        }
    }
}

fn verdict(rotate: f64) -> Verdict {
    Verdict {
        probabilities: vec![1.0 - rotate as f32, rotate as f32],
        p_melanoma: rotate as f32,
    }
}

impl Scorer for Network<'_> {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: &self.info,
            device: "a stand-in",
            precision: "f32",
            proposal_precision: None,
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        for batch in candidates.chunks(BATCH) {
            let rotations: Vec<f64> = batch.iter().map(|one| one.perturbation.rotate).collect();
            let verdicts: Vec<Verdict> = rotations.iter().copied().map(verdict).collect();
            self.batches.borrow_mut().push(rotations);
            (self.between)(self.batches.borrow().len());
            if on_batch(&verdicts).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn gradient(&self, _: &Candidate, _: usize) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        Err(ClassifierError::NoSuchModel)
    }
}

/// Has candidates judged, called `from` and so on, for the search with a number; where the verdicts come.
fn ask(
    messages: &Sender<Message>,
    (number, cancel): (usize, &Cancel),
    (from, count): (usize, usize),
) -> Receiver<Result<Vec<Verdict>, ClassifierError>> {
    let frame = Arc::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap());
    let candidates = (from..from + count).map(|n| Candidate {
        frame: Arc::clone(&frame),
        perturbation: Arc::new(Perturbation {
            rotate: n as f64,
            ..Perturbation::default()
        }),
    });
    let (reply, answer) = unbounded();
    let message = Message::Score {
        number,
        candidates: candidates.collect(),
        cancel: cancel.clone(),
        reply,
    };
    messages.send(message).unwrap();
    answer
}

fn numbers(range: std::ops::Range<usize>) -> Vec<usize> {
    range.collect()
}

/// The verdicts that have come, and whether others may follow.
fn heard(answer: &Receiver<Result<Vec<Verdict>, ClassifierError>>) -> (Vec<usize>, bool) {
    let mut all = Vec::new();
    loop {
        match answer.try_recv() {
            Ok(verdicts) => all.extend(verdicts.unwrap().iter().map(|v| v.p_melanoma as usize)),
            Err(error) => return (all, error.is_empty()),
        }
    }
}

#[test]
fn a_list_is_judged_once_all_wait_in_the_order_of_the_searches() {
    let (sender, receiver) = unbounded();
    let (mut nobody, network) = (Nobody, Network::new(|_| {}));
    let mut desk = Desk::new(&mut nobody, receiver, None);
    let cancel = Cancel::default();
    desk.joined(0);
    desk.joined(1);
    let second = ask(&sender, (1, &cancel), (20, 3));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&second), (Vec::new(), true), "the other one computes");
    let first = ask(&sender, (0, &cancel), (10, 3));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&first).0, [10, 11, 12]);
    assert_eq!(heard(&second).0, [20, 21, 22]);
    let batches = network.batches.borrow();
    assert_eq!(*batches, [vec![10.0, 11.0, 12.0, 20.0], vec![21.0, 22.0]]);
}

#[test]
fn who_is_patient_for_so_long_waits_no_longer() {
    let (sender, receiver) = unbounded();
    let (mut nobody, network) = (Nobody, Network::new(|_| {}));
    let mut desk = Desk::new(&mut nobody, receiver, Some(Duration::ZERO));
    desk.joined(0);
    desk.joined(1);
    let answer = ask(&sender, (1, &Cancel::default()), (0, 2));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&answer).0, [0, 1]);
}

/// A final verdict is judged after the batch in flight, before the rest of the list, which then continues where it was interrupted; without
/// patience, it is judged after the list.
#[test]
fn a_list_ends_after_its_batch_if_another_search_waits_and_goes_on_afterwards() {
    for patience in [Some(Duration::ZERO), None] {
        let (sender, receiver) = unbounded();
        let other = sender.clone();
        let (reply, final_verdict) = unbounded();
        let network = Network::new(move |batch| {
            if batch == 2 {
                let verdict = Message::Verdict {
                    number: 1,
                    frame: Box::new(Frame::from_rgb(vec![0; Frame::BYTES]).unwrap()),
                    reply: reply.clone(),
                };
                other.send(verdict).unwrap();
            }
        });
        let mut nobody = Nobody;
        let mut desk = Desk::new(&mut nobody, receiver, patience);
        let cancel = Cancel::default();
        desk.joined(0);
        let answer = ask(&sender, (0, &cancel), (0, 20));
        desk.wait();
        desk.serve(&network);
        desk.joined(1);
        let judged = if patience.is_some() { 8 } else { 20 };
        assert_eq!(heard(&answer).0, numbers(0..judged));
        assert!(final_verdict.is_empty());
        desk.wait();
        desk.serve(&network);
        assert!(final_verdict.try_recv().unwrap().is_ok());
        assert_eq!(heard(&answer).0, numbers(judged..20));
    }
}

#[test]
fn of_a_long_list_a_slice_at_a_time_is_judged() {
    let (sender, receiver) = unbounded();
    let (mut nobody, network) = (Nobody, Network::new(|_| {}));
    let mut desk = Desk::new(&mut nobody, receiver, None);
    let cancel = Cancel::default();
    desk.joined(0);
    desk.joined(1);
    let long = ask(&sender, (0, &cancel), (0, SLICE + 5));
    let short = ask(&sender, (1, &cancel), (1000, 2));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&long), (numbers(0..SLICE), true));
    assert_eq!(heard(&short).0, [1000, 1001]);
    // The rest goes with what the other one asks for next.
    desk.wait();
    desk.serve(&network);
    assert!(heard(&long).0.is_empty());
    let short = ask(&sender, (1, &cancel), (1002, 2));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&long).0, numbers(SLICE..SLICE + 5));
    assert_eq!(heard(&short).0, [1002, 1003]);
}

#[test]
fn who_is_cancelled_leaves_within_a_batch_and_the_others_go_on() {
    let (sender, receiver) = unbounded();
    let [one, other] = [Cancel::default(), Cancel::default()];
    let cancelling = one.clone();
    let network = Network::new(move |batch| {
        if batch == 1 {
            cancelling.request();
        }
    });
    let mut nobody = Nobody;
    let mut desk = Desk::new(&mut nobody, receiver, None);
    desk.joined(0);
    desk.joined(1);
    let cancelled = ask(&sender, (0, &one), (0, 9));
    let goes_on = ask(&sender, (1, &other), (100, 9));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&cancelled), (vec![0, 1, 2, 3], false));
    assert_eq!(heard(&goes_on).0, numbers(100..109));
    // One that only waits for others leaves as soon as that is noticed.
    let waits = ask(&sender, (1, &other), (200, 1));
    other.request();
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&waits), (Vec::new(), false));
}

#[test]
fn who_stops_listening_holds_up_nobody_and_is_not_judged_again() {
    let (sender, receiver) = unbounded();
    let network = Network::new(|_| {});
    let mut nobody = Nobody;
    let mut desk = Desk::new(&mut nobody, receiver, None);
    let cancel = Cancel::default();
    desk.joined(0);
    drop(ask(&sender, (0, &cancel), (0, 20)));
    desk.wait();
    desk.serve(&network);
    assert_eq!(network.batches.borrow().len(), 1);
    let again = ask(&sender, (0, &cancel), (50, 2));
    desk.wait();
    desk.serve(&network);
    assert_eq!(heard(&again).0, [50, 51]);
    assert_eq!(*network.batches.borrow().last().unwrap(), [50.0, 51.0]);
}
