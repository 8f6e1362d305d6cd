//! What the window of a reader study shows, and what a key or a button changes. Times are passed in.

use std::time::{Duration, Instant};

use crate::explorer::readers::reading::session_thread::{Request, Response};
use crate::explorer::readers::reading::stage::{Act, Part, Stage};
use flipscope_lab::reader::store::Hands;
use flipscope_lab::reader::{Answer, Progress, Question, Shown};
use flipscope_language::text;
use flipscope_model::Label;

/// How long the screen is empty before a picture: long enough that it is not compared with an after-image of the last one.
pub const BLANK: Duration = Duration::from_millis(500);

/// The state of the reading window.
#[derive(Debug)]
pub struct Reading {
    /// The reader's pseudonym, or what has been typed of it.
    pub pseudonym: String,
    /// Whether it is asked for.
    pub asks: bool,
    /// The classes that have answered before, to choose from; of single readers, no one is shown the others.
    pub known: Vec<String>,
    /// What the screen shows.
    pub stage: Stage,
    /// What there is to show; none at the end.
    pub shown: Option<Shown>,
    /// The practice case whose truth is told.
    pub practised: Option<Shown>,
    /// The reader's progress.
    pub progress: Progress,
    /// Why an answer was not stored.
    pub error: Option<String>,
    /// The votes of the class, as typed.
    pub hands: Hands,
    /// How many hands the class raised at the case before.
    raised: Option<u32>,
    /// Whether it was asked if the counts are meant: they are far from those of the case before, and an answer cannot be changed.
    doubted: bool,
    call: Option<Label>,
    confidence: Option<u8>,
    /// Since when the picture has been visible without interruption.
    since: Option<Instant>,
    /// How long it had been visible before.
    seen: Duration,
}

const NO_HANDS: Hands = Hands {
    melanoma: 0,
    nevus: 0,
    biopsy: None,
};

/// How many hands were raised for either diagnosis.
fn raised(hands: Hands) -> u32 {
    hands.melanoma.saturating_add(hands.nevus)
}

/// Whether one of two numbers of hands is more than twice the other: of the same class, a digit was left out or typed twice.
fn far_apart(a: u32, b: u32) -> bool {
    a.max(b) > a.min(b).saturating_mul(2)
}

impl Reading {
    /// A session that nobody has joined yet; `pseudonym` is offered.
    #[must_use]
    pub fn new(pseudonym: String) -> Self {
        Self {
            asks: pseudonym.is_empty(),
            pseudonym,
            known: Vec::new(),
            stage: Stage::Name,
            shown: None,
            practised: None,
            progress: Progress::default(),
            error: None,
            hands: NO_HANDS,
            raised: None,
            doubted: false,
            call: None,
            confidence: None,
            since: None,
            seen: Duration::ZERO,
        }
    }

    /// Whether Escape closes the window: nothing is under way that could be interrupted.
    #[must_use]
    pub fn closes(&self) -> bool {
        match self.stage {
            Stage::Name | Stage::Finished | Stage::Stopped | Stage::Paused => true,
            Stage::Welcome => !self.asks,
            _ => false,
        }
    }

    /// The question, the same for all cases.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        self.shown.as_ref().map(|shown| shown.question)
    }

    /// Which part of the answer is asked for now; none while no picture is visible.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        let in_sight = self.stage == Stage::Case && self.since.is_some();
        let question = self.question().filter(|_| in_sight)?;
        Some(if question.hands {
            Part::Hands
        } else if self.call.is_none() {
            Part::Call
        } else if question.confidence && self.confidence.is_none() {
            Part::Confidence
        } else {
            Part::Biopsy
        })
    }

    /// The picture is visible: its time runs. Called whenever it is drawn.
    pub fn in_sight(&mut self, now: Instant) {
        if self.stage == Stage::Case && self.since.is_none() {
            self.since = Some(now);
        }
    }

    /// The picture is not visible, for instance because the window is too small for it: its time stops.
    pub fn out_of_sight(&mut self, now: Instant) {
        self.seen = self.time_seen(now);
        self.since = None;
    }

    /// How long the picture has been visible.
    #[must_use]
    pub fn time_seen(&self, now: Instant) -> Duration {
        let running = self.since.map(|since| now.saturating_duration_since(since));
        self.seen + running.unwrap_or_default()
    }

    /// What is left of the time limit, from 1 down to 0; none without a limit.
    #[must_use]
    pub fn time_left(&self, now: Instant) -> Option<f32> {
        let limit = self.shown.as_ref()?.time_limit?.as_secs_f32();
        Some((1.0 - self.time_seen(now).as_secs_f32() / limit).clamp(0.0, 1.0))
    }

    /// Lets time pass; returns what to store, and the latest time to call this again.
    pub fn tick(&mut self, now: Instant) -> (Option<Request>, Option<Duration>) {
        match self.stage {
            Stage::Blank { since } => {
                let left = BLANK.saturating_sub(now.saturating_duration_since(since));
                if !left.is_zero() {
                    return (None, Some(left));
                }
                let (done, of) = self.progress.reading;
                self.stage = match &self.shown {
                    Some(_) => Stage::Case,
                    None if done < of => Stage::Stopped,
                    None => Stage::Finished,
                };
                (None, Some(Duration::ZERO))
            }
            Stage::Case => {
                let Some(limit) = self.shown.as_ref().and_then(|shown| shown.time_limit) else {
                    return (None, None);
                };
                let left = limit.saturating_sub(self.time_seen(now));
                if left.is_zero() {
                    let ms = self.response_ms(now);
                    return (Some(self.keep(Request::TimeOut(ms), now)), None);
                }
                // Often enough for the shrinking bar.
                (None, Some(left.min(Duration::from_millis(100))))
            }
            _ => (None, None),
        }
    }

    /// Carries out what a person does; returns what to store.
    pub fn act(&mut self, act: Act, now: Instant) -> Option<Request> {
        match (act, self.stage) {
            (Act::Type(pseudonym), Stage::Name) => {
                self.pseudonym = pseudonym;
                None
            }
            (Act::Next, Stage::Name) => {
                self.stage = Stage::Joining;
                Some(Request::Join(self.pseudonym.trim().to_owned()))
            }
            (Act::Next, Stage::Welcome | Stage::Feedback(_)) => {
                self.empty_the_screen(now);
                None
            }
            (Act::Next, Stage::Paused) => {
                self.empty_the_screen(now);
                Some(Request::Resume)
            }
            // Nothing has begun: another name can be given.
            (Act::Pause, Stage::Welcome) if self.asks => {
                self.stage = Stage::Name;
                self.error = None;
                None
            }
            (Act::Pause, Stage::Case | Stage::Blank { .. } | Stage::Feedback(_)) => {
                self.out_of_sight(now);
                self.stage = Stage::Paused;
                Some(Request::Pause)
            }
            (Act::Back, Stage::Case) if self.part().is_some() => {
                if self.confidence.take().is_none() {
                    self.call = None;
                }
                None
            }
            (act, Stage::Case) => self.answer(act, now),
            _ => None,
        }
    }

    /// A part of an answer: accepted if it is the part that is asked for.
    fn answer(&mut self, act: Act, now: Instant) -> Option<Request> {
        let question = self.question()?;
        let mut biopsy = None;
        match (act, self.part()?) {
            (Act::Call(call), Part::Call) => self.call = Some(call),
            (Act::Confidence(confidence), Part::Confidence) if (1..=5).contains(&confidence) => {
                self.confidence = Some(confidence);
            }
            (Act::Biopsy(yes), Part::Biopsy) => biopsy = Some(yes),
            (Act::Hands(hands), Part::Hands) => {
                self.hands = hands;
                // What was wrong with the counts was said about others.
                self.error = None;
                self.doubted = false;
                return None;
            }
            (Act::EnterHands, Part::Hands) => {
                if let Some(before) = self.raised.filter(|_| !self.doubted)
                    && far_apart(before, raised(self.hands))
                {
                    self.doubted = true;
                    let now = raised(self.hands);
                    self.error = Some(text!("reading-hands-doubted", now = now, before = before));
                    return None;
                }
                let ms = self.response_ms(now);
                let hands = Hands {
                    biopsy: question.biopsy.then_some(self.hands.biopsy.unwrap_or(0)),
                    ..self.hands
                };
                return Some(self.keep(Request::Hands(hands, ms), now));
            }
            _ => return None,
        }
        let call = self.call?;
        let whole = (!question.confidence || self.confidence.is_some())
            && (!question.biopsy || biopsy.is_some());
        whole.then(|| {
            let answer = Answer {
                call,
                confidence: self.confidence,
                biopsy,
            };
            let ms = self.response_ms(now);
            self.keep(Request::Answer(answer, ms), now)
        })
    }

    /// Processes the response to a request.
    pub fn hear(&mut self, response: Response, now: Instant) {
        self.progress = response.progress;
        self.error = response.error;
        let before = std::mem::replace(&mut self.shown, response.shown);
        self.practised = before.filter(|_| response.feedback.is_some());
        if self.stage == Stage::Joining {
            // As the study spells it.
            if let Some(pseudonym) = &response.pseudonym {
                self.pseudonym.clone_from(pseudonym);
            }
            self.stage = match (response.pseudonym, &self.shown) {
                (None, _) => Stage::Name,
                (Some(_), Some(_)) => Stage::Welcome,
                (Some(_), None) if self.error.is_some() => Stage::Stopped,
                (Some(_), None) => Stage::Finished,
            };
            return;
        }
        let Stage::Keeping(since) = self.stage else {
            return;
        };
        // If it was not stored, it is asked again; its time continues, and hands need not be counted again.
        (self.call, self.confidence) = (None, None);
        if self.error.is_none() {
            if raised(self.hands) > 0 {
                self.raised = Some(raised(self.hands));
            }
            self.doubted = false;
            self.hands = NO_HANDS;
            self.seen = Duration::ZERO;
        }
        self.stage = match response.feedback {
            Some(feedback) => Stage::Feedback(feedback),
            None if self.error.is_some() => Stage::Blank { since: now },
            // The empty time counts from the answer, however long storing it took.
            None => Stage::Blank { since },
        };
    }

    fn keep(&mut self, request: Request, now: Instant) -> Request {
        self.out_of_sight(now);
        self.stage = Stage::Keeping(now);
        request
    }

    fn empty_the_screen(&mut self, now: Instant) {
        self.error = None;
        self.stage = Stage::Blank { since: now };
    }

    fn response_ms(&self, now: Instant) -> u32 {
        u32::try_from(self.time_seen(now).as_millis()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
