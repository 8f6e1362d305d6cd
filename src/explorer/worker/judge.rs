//! The thread that owns the network and its device.
//!
//! The newest question about what the hand does replaces an older one that still waits, and goes before everything else;
//! background questions are answered one at a time, and only once the hand has rested, so that the next move of the hand
//! never waits for one.

use std::collections::VecDeque;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::classifier::{Classifier, DeviceChoice, ModelSource, Overrides};
use crate::perturb;

use super::inbox::Inbox;
use super::{Answer, Answered, Asked, Loaded, Outbox, Purpose};

/// How long the hand rests before background questions are answered.
const REST: Duration = Duration::from_millis(350);

#[derive(Default)]
struct Requests {
    model: Option<ModelSource>,
    newest: Option<Asked>,
    later: VecDeque<Asked>,
    last_move: Option<Instant>,
}

enum Job {
    Load(ModelSource),
    Answer(Asked),
}

/// The thread's handle; dropping it ends the thread.
pub struct Judge {
    inbox: Inbox<Requests>,
    thread: Option<JoinHandle<()>>,
}

impl Judge {
    /// Starts the thread; it has no model until [`Judge::load`].
    ///
    /// # Errors
    /// If the system starts no thread.
    pub fn start(
        device: DeviceChoice,
        overrides: Overrides,
        outbox: Outbox,
    ) -> std::io::Result<Self> {
        let inbox = Inbox::<Requests>::new();
        let theirs = inbox.clone();
        let thread = std::thread::Builder::new()
            .name("network".to_owned())
            .spawn(move || run(&theirs, device, &overrides, &outbox))?;
        Ok(Self {
            inbox,
            thread: Some(thread),
        })
    }

    /// Loads another model; the one in use answers until it is there.
    pub fn load(&self, source: ModelSource) {
        self.inbox.put(|requests| requests.model = Some(source));
    }

    /// Asks at once.
    pub fn ask(&self, asked: Asked) {
        self.inbox.put(|requests| {
            requests.last_move = Some(Instant::now());
            requests.newest = Some(asked);
        });
    }

    /// Asks when there is time; replaces the earlier list.
    pub fn ask_later(&self, asked: Vec<Asked>) {
        self.inbox.put(|requests| requests.later = asked.into());
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.inbox.close();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn next(requests: &mut Requests) -> Result<Job, Option<Duration>> {
    if let Some(source) = requests.model.take() {
        return Ok(Job::Load(source));
    }
    if let Some(asked) = requests.newest.take() {
        return Ok(Job::Answer(asked));
    }
    if requests.later.is_empty() {
        return Err(None);
    }
    // The verdict of the original is half of what the person looks at: it waits for nothing but the hand's own question.
    let urgent = requests
        .later
        .front()
        .is_some_and(|asked| asked.purpose == Purpose::Before);
    let rested = requests.last_move.map_or(REST, |at| at.elapsed());
    if !urgent && rested < REST {
        return Err(Some(REST.saturating_sub(rested)));
    }
    requests.later.pop_front().map(Job::Answer).ok_or(None)
}

fn run(inbox: &Inbox<Requests>, device: DeviceChoice, overrides: &Overrides, outbox: &Outbox) {
    let mut classifier: Option<(Classifier, u64)> = None;
    let mut generation = 0;
    while let Some(job) = inbox.next(next) {
        match job {
            Job::Load(source) => {
                let result = match Classifier::load_with(&source, device, overrides) {
                    Ok(loaded) => {
                        generation += 1;
                        // That a CPU build chooses the CPU surprises nobody who did not ask for another.
                        let expected = device == DeviceChoice::Auto && !cfg!(feature = "cuda");
                        let note = loaded.device_note().filter(|_| !expected);
                        let answer = Loaded {
                            info: loaded.info().clone(),
                            device: loaded.device().to_owned(),
                            note: note.map(str::to_owned),
                            generation,
                        };
                        classifier = Some((loaded, generation));
                        Ok(Box::new(answer))
                    }
                    Err(error) => Err(error.to_string()),
                };
                outbox.send(Answer::Model { source, result });
            }
            Job::Answer(asked) => {
                // Without a model nothing was asked: the window asks again when one is there.
                if let Some((classifier, generation)) = &classifier {
                    let result = answer(classifier, &asked);
                    outbox.send(Answer::Judged {
                        asked,
                        generation: *generation,
                        result,
                    });
                }
            }
        }
    }
}

fn answer(classifier: &Classifier, asked: &Asked) -> Result<Answered, String> {
    let frame = match asked.purpose {
        Purpose::Before => perturb::original(&asked.frame, &asked.perturbation),
        Purpose::Altered | Purpose::Track(_) => {
            perturb::apply(&asked.frame, &asked.perturbation).map_err(|error| error.to_string())?
        }
    };
    let start = Instant::now();
    let verdict = classifier
        .classify(&[frame])
        .map_err(|error| error.to_string())?
        .pop()
        .ok_or_else(|| "the network gave no verdict for the frame".to_owned())?;
    Ok(Answered {
        verdict,
        forward_ms: start.elapsed().as_secs_f32() * 1000.0,
    })
}
