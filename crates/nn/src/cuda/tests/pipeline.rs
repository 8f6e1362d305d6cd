//! The order of things on two streams, held by a device that knows who reads and writes what: every access must come after all those
//! that it must not meet, by what the host and the streams have waited for.

use std::collections::HashMap;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::super::pipeline::{Device, Event, Pipeline, SLOTS, Stream};

/// Who does something: the host, or a stream.
const HOST: usize = 0;
const ACTORS: usize = 3;

fn actor(stream: Stream) -> usize {
    match stream {
        Stream::Sending => 1,
        Stream::Network => 2,
    }
}

/// How much of what each actor has done is known to have ended.
type Clock = [usize; ACTORS];

fn joined(a: Clock, b: Clock) -> Clock {
    std::array::from_fn(|at| a[at].max(b[at]))
}

/// What is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    ToSend(usize),
    RenderedFrom,
    Input(usize),
    Network,
    Results(usize),
}

/// Last accesses of a place, and which batch it holds.
#[derive(Default)]
struct Held {
    batch: Option<usize>,
    written: Option<(usize, usize)>,
    read: Vec<(usize, usize)>,
}

/// A batch: its number, and its size, for which there may be no program yet.
type Batch = (usize, usize);

/// A device that checks.
#[derive(Default)]
struct Checked {
    clocks: [Clock; ACTORS],
    places: HashMap<Place, Held>,
    events: HashMap<String, Clock>,
    /// Sizes that programs are there for, and how many there may be.
    programs: Vec<usize>,
    most_programs: usize,
    /// What was called, and the numbers of the calls that fail.
    calls: Vec<&'static str>,
    failing: Vec<usize>,
    /// They do what they should all the same.
    late: bool,
    under_way: usize,
    most_under_way: usize,
    /// Calls by the time of which a stream of the network was still busy when the next was sent.
    overlapped: usize,
}

impl Checked {
    fn new(most_programs: usize) -> Self {
        Self {
            most_programs,
            ..Self::default()
        }
    }

    fn called(&mut self, name: &'static str) -> Result<(), String> {
        let number = self.calls.len();
        self.calls.push(name);
        if self.failing.contains(&number) {
            return Err(format!("{name} ({number}) failed"));
        }
        Ok(())
    }

    /// Whether a call that fails does nothing.
    fn skips(&self, outcome: &Result<(), String>) -> bool {
        outcome.is_err() && !self.late
    }

    /// Something is begun on a stream: it comes after all that the host knows of when it begins it.
    fn tick(&mut self, who: usize) {
        self.clocks[who] = joined(self.clocks[who], self.clocks[HOST]);
        self.clocks[who][who] += 1;
    }

    fn ended_before(&self, (by, when): (usize, usize), who: usize) -> bool {
        by == who || self.clocks[who][by] >= when
    }

    fn read(&mut self, who: usize, place: Place) -> usize {
        let clock = self.clocks[who][who];
        let held = self.places.remove(&place).unwrap_or_default();
        let written = held
            .written
            .unwrap_or_else(|| panic!("{place:?} was never written"));
        assert!(
            self.ended_before(written, who),
            "{place:?} is read by {who} while {} writes it",
            written.0
        );
        let batch = held.batch.unwrap();
        let mut held = held;
        held.read.push((who, clock));
        self.places.insert(place, held);
        batch
    }

    fn write(&mut self, who: usize, place: Place, batch: usize) {
        let clock = self.clocks[who][who];
        let held = self.places.remove(&place).unwrap_or_default();
        for other in held.read.into_iter().chain(held.written) {
            assert!(
                self.ended_before(other, who),
                "{place:?} is written by {who} while {} uses it",
                other.0
            );
        }
        let held = Held {
            batch: Some(batch),
            written: Some((who, clock)),
            read: Vec::new(),
        };
        self.places.insert(place, held);
    }

    fn moves(&mut self, who: usize, from: Place, to: Place, batch: usize) {
        self.tick(who);
        assert_eq!(self.read(who, from), batch, "{from:?} holds another batch");
        self.write(who, to, batch);
    }
}

impl Device for Checked {
    type Batch = Batch;
    type Output = usize;
    type Error = String;

    fn is_prepared(&self, (_, size): &Batch) -> bool {
        self.programs.contains(size)
    }

    fn prepare(&mut self, (number, size): &Batch) -> Result<(), String> {
        let outcome = self.called("prepare");
        if self.skips(&outcome) {
            return outcome;
        }
        assert_eq!(self.under_way, 0, "memory moves under a running network");
        self.tick(HOST);
        self.write(HOST, Place::Network, *number);
        if self.programs.len() >= self.most_programs {
            self.programs.remove(0);
        }
        self.programs.push(*size);
        outcome
    }

    fn fill(&mut self, slot: usize, (number, _): &Batch) -> Result<(), String> {
        let outcome = self.called("fill");
        if self.skips(&outcome) {
            return outcome;
        }
        self.tick(HOST);
        self.write(HOST, Place::ToSend(slot), *number);
        outcome
    }

    fn send(&mut self, slot: usize, (number, _): &Batch) -> Result<(), String> {
        let outcome = self.called("send");
        if self.skips(&outcome) {
            return outcome;
        }
        let busy = self.clocks[HOST][2] < self.clocks[2][2];
        self.overlapped += usize::from(busy);
        self.moves(1, Place::ToSend(slot), Place::RenderedFrom, *number);
        outcome
    }

    fn render(&mut self, slot: usize, (number, _): &Batch) -> Result<(), String> {
        let outcome = self.called("render");
        if self.skips(&outcome) {
            return outcome;
        }
        self.moves(1, Place::RenderedFrom, Place::Input(slot), *number);
        outcome
    }

    fn take_input(&mut self, slot: usize, (number, _): &Batch) -> Result<(), String> {
        let outcome = self.called("take_input");
        if self.skips(&outcome) {
            return outcome;
        }
        self.moves(2, Place::Input(slot), Place::Network, *number);
        outcome
    }

    fn run(&mut self, (number, size): &Batch) -> Result<(), String> {
        let outcome = self.called("run");
        if self.skips(&outcome) {
            return outcome;
        }
        assert!(self.programs.contains(size), "there is no program");
        self.moves(2, Place::Network, Place::Network, *number);
        self.under_way += 1;
        self.most_under_way = self.most_under_way.max(self.under_way);
        outcome
    }

    fn fetch(&mut self, slot: usize, (number, _): &Batch) -> Result<(), String> {
        let outcome = self.called("fetch");
        if self.skips(&outcome) {
            return outcome;
        }
        self.moves(2, Place::Network, Place::Results(slot), *number);
        outcome
    }

    fn record(&mut self, stream: Stream, event: Event) -> Result<(), String> {
        let outcome = self.called("record");
        if self.skips(&outcome) {
            return outcome;
        }
        self.tick(actor(stream));
        let clock = self.clocks[actor(stream)];
        self.events.insert(format!("{event:?}"), clock);
        outcome
    }

    fn wait(&mut self, stream: Stream, event: Event) -> Result<(), String> {
        let outcome = self.called("wait");
        if self.skips(&outcome) {
            return outcome;
        }
        self.tick(actor(stream));
        let clock = self.events[&format!("{event:?}")];
        self.clocks[actor(stream)] = joined(self.clocks[actor(stream)], clock);
        outcome
    }

    fn wait_here(&mut self, event: Event) -> Result<(), String> {
        let outcome = self.called("wait_here");
        if self.skips(&outcome) {
            return outcome;
        }
        let clock = self.events[&format!("{event:?}")];
        self.clocks[HOST] = joined(self.clocks[HOST], clock);
        outcome
    }

    fn output(&mut self, slot: usize, (number, _): &Batch) -> Result<usize, String> {
        let outcome = self.called("output");
        if self.skips(&outcome) {
            return outcome.map(|()| 0);
        }
        self.tick(HOST);
        let read = self.read(HOST, Place::Results(slot));
        assert_eq!(read, *number, "these are the results of another batch");
        self.under_way -= 1;
        outcome.map(|()| read)
    }

    fn drain(&mut self) -> Result<(), String> {
        let outcome = self.called("drain");
        if self.skips(&outcome) {
            return outcome;
        }
        self.clocks[HOST] = self.clocks.into_iter().fold(self.clocks[HOST], joined);
        self.under_way = 0;
        outcome
    }
}

/// What comes of batches of these sizes, up to so many.
fn run(
    pipeline: &mut Pipeline,
    device: &mut Checked,
    sizes: &[usize],
    most: usize,
) -> (Vec<usize>, Result<(), String>) {
    let mut made = Vec::new();
    let mut batches = sizes.iter().copied().enumerate();
    let done = pipeline.run(device, &mut batches, &mut |number| {
        made.push(number);
        if made.len() < most {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    (made, done)
}

fn numbers(count: usize) -> Vec<usize> {
    (0..count).collect()
}

#[test]
fn the_next_batch_is_sent_while_the_network_runs() {
    let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(1));
    let (made, done) = run(&mut pipeline, &mut device, &[256; 7], usize::MAX);
    assert_eq!((made, done), (numbers(7), Ok(())));
    assert_eq!(device.most_under_way, SLOTS);
    assert_eq!(device.overlapped, 6, "all but the first");
    assert_eq!(
        device
            .calls
            .iter()
            .filter(|name| **name == "prepare")
            .count(),
        1
    );
}

#[test]
fn a_batch_is_taken_from_the_list_when_the_one_before_is_under_way() {
    let taken = std::cell::Cell::new(0);
    let mut batches = (0..5).map(|number| {
        taken.set(number + 1);
        (number, 8)
    });
    let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(1));
    let mut ahead = Vec::new();
    pipeline
        .run(&mut device, &mut batches, &mut |number| {
            ahead.push(taken.get() - number - 1);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(ahead, [2, 2, 2, 1, 0]);
}

#[test]
fn a_list_that_is_ended_leaves_nothing_under_way() {
    let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(1));
    let (made, done) = run(&mut pipeline, &mut device, &[16; 9], 3);
    assert_eq!((made, done), (numbers(3), Ok(())));
    assert_eq!(device.calls.last(), Some(&"drain"));
    let runs = device.calls.iter().filter(|name| **name == "run").count();
    assert_eq!(runs, 4, "one was under way");
    assert_eq!(device.under_way, 0);
}

#[test]
fn a_failure_at_any_call_leaves_it_usable() {
    let sizes = [8, 8, 16, 8, 8];
    let calls = {
        let mut device = Checked::new(1);
        let (made, done) = run(&mut Pipeline::default(), &mut device, &sizes, usize::MAX);
        assert_eq!((made, done), (numbers(5), Ok(())));
        device.calls.len()
    };
    for (fails, late) in (0..calls).flat_map(|fails| [(fails, false), (fails, true)]) {
        let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(1));
        (device.failing, device.late) = (vec![fails], late);
        let (made, done) = run(&mut pipeline, &mut device, &sizes, usize::MAX);
        let error = done.unwrap_err();
        assert!(error.contains(&format!("({fails})")), "{error}");
        assert_eq!(
            made,
            numbers(made.len()),
            "in order, before call {fails} failed"
        );
        let (made, done) = run(&mut pipeline, &mut device, &sizes, usize::MAX);
        assert_eq!(
            (made, done),
            (numbers(5), Ok(())),
            "after call {fails} failed"
        );
    }
}

#[test]
fn where_waiting_fails_too_the_next_list_waits_first() {
    for fails in 4..20 {
        let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(1));
        // The call, the drain after it, and the first drain of the next list.
        device.failing = vec![fails, fails + 1, fails + 2];
        let (_, done) = run(&mut pipeline, &mut device, &[8; 5], usize::MAX);
        assert!(
            done.unwrap_err().contains(&format!("({fails})")),
            "the first failure is told"
        );
        let (made, done) = run(&mut pipeline, &mut device, &[8; 5], usize::MAX);
        assert_eq!(
            made,
            numbers(0),
            "nothing is begun on top of what is unknown"
        );
        assert!(done.unwrap_err().contains("drain"));
        let (made, done) = run(&mut pipeline, &mut device, &[8; 5], usize::MAX);
        assert_eq!((made, done), (numbers(5), Ok(())));
    }
}

#[test]
fn after_a_panic_of_who_is_told_the_next_list_waits_first() {
    let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(1));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut batches = (0..4).map(|number| (number, 8));
        pipeline.run(&mut device, &mut batches, &mut |_| panic!("by intent"))
    }));
    assert!(panicked.is_err());
    let before = device.calls.len();
    let (made, done) = run(&mut pipeline, &mut device, &[8; 4], usize::MAX);
    assert_eq!((made, done), (numbers(4), Ok(())));
    assert_eq!(device.calls[before], "drain");
}

proptest! {
    #[test]
    fn no_access_meets_another(
        sizes in prop::collection::vec(prop::sample::select(vec![1, 8, 10, 256]), 0..9),
        most_programs in 1..4_usize, most in 1..10_usize, failing in prop::collection::vec(0..140_usize, 0..3), late: bool,
    ) {
        let (mut pipeline, mut device) = (Pipeline::default(), Checked::new(most_programs));
        (device.failing, device.late) = (failing, late);
        // Until it no longer fails.
        for _ in 0..4 {
            let (made, done) = run(&mut pipeline, &mut device, &sizes, most);
            let wanted = numbers(sizes.len().min(most));
            prop_assert_eq!(&made[..], &wanted[..made.len()]);
            if done.is_ok() {
                prop_assert_eq!(made, wanted);
            }
        }
        device.failing.clear();
        let (made, done) = run(&mut pipeline, &mut device, &sizes, usize::MAX);
        prop_assert_eq!(done, Ok(()));
        prop_assert_eq!(made, numbers(sizes.len()));
    }
}
