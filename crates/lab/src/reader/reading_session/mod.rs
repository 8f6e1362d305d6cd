//! A reading session without a window: what to show, the answers, and its position.
//!
//! ```text
//! open ─▶ current() ─ Some(shown) ─▶ show it ─▶ answer(…) ─ Feedback in practice ─▶ current() …
//!                   └ None: finished
//! ```
//!
//! - Every answer is on disk before [`ReadingSession::answer`] returns, and so before the next picture can be shown. After a
//!   kill at any time, [`ReadingSession::open`] with the same pseudonym resumes with the first unanswered case.
//! - [`Shown`] holds the pixels and the question, and nothing that distinguishes one form from the other: no name, no case
//!   number, no truth. The window draws every frame at [`Shown::side`] points, with the same resampling, border and delay.
//! - Timing is up to the caller: response times are passed in, measured from the moment that the picture was on screen, without
//!   pauses. While paused, no answer is accepted; the window then hides the picture.
//! - The file is not kept locked between calls. If the same pseudonym answers in two windows, the second one gets
//!   [`ReaderError::AnsweredElsewhere`] and moves to the file's current state.

mod shown;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use flipscope_language::{Text, id};

pub use shown::{Answer, Feedback, Progress, Question, Shown};

use crate::reader::error::ReaderError;
use crate::reader::plan::Case;
use crate::reader::store::{AnswerRecord, Event, Hands, Phase, Reader, Reply, Store};

/// A reading session.
pub struct ReadingSession {
    store: Store,
    reader: Reader,
    /// Numbers of the cases, in the reader's order.
    order: Vec<u32>,
    progress: Progress,
    paused: bool,
    shown: Option<Shown>,
}

impl ReadingSession {
    /// Opens a study under a pseudonym: a new one joins in the lowest free slot, a known one resumes where it left off.
    ///
    /// # Errors
    /// If the file cannot be opened ([`Store::open`]) or written, or the pseudonym is invalid.
    pub fn open(file: &Path, pseudonym: &str) -> Result<Self, ReaderError> {
        Self::open_in_slot(file, pseudonym, None)
    }

    /// As [`ReadingSession::open`], in a given slot (from 0): for copies of one file on several machines, whose readers would
    /// otherwise all have the first slots.
    ///
    /// # Errors
    /// As [`ReadingSession::open`], and if the pseudonym already reads in another slot.
    pub fn open_in_slot(
        file: &Path,
        pseudonym: &str,
        slot: Option<u32>,
    ) -> Result<Self, ReaderError> {
        let mut store = Store::open(file)?;
        let reader = store.join(pseudonym, slot)?;
        let order = store.plan().order(reader.slot);
        let practice = store.plan().practice.len() as u32;
        let mut session = Self {
            progress: Progress {
                practice: (0, practice),
                reading: (0, order.len() as u32),
            },
            store,
            reader,
            order,
            paused: false,
            shown: None,
        };
        session.reload()?;
        session.note(Event::Opened)?;
        Ok(session)
    }

    /// The reader.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// What to show now; none once all cases are answered. It stays the same until an answer or a time-out.
    #[must_use]
    pub fn current(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// The reader's progress.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Whether all cases are answered.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.place().is_none()
    }

    /// Whether the session is paused.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Stores an answer, and moves on to the next case. In practice it returns the truth.
    ///
    /// # Errors
    /// If a part of the answer is missing, not asked for or out of range, if there is no open case, or if the session is paused
    /// or a class's: nothing is stored. If the file cannot be written: nothing is stored, and the same case is still shown. If
    /// the case was answered elsewhere. If the next picture cannot be read: the answer is stored.
    pub fn answer(
        &mut self,
        answer: Answer,
        response_ms: u32,
    ) -> Result<Option<Feedback>, ReaderError> {
        let question = self.asked()?;
        if question.hands {
            return Err(ReaderError::Answer(id!("answer-of-a-class")));
        }
        check(question.confidence, answer.confidence.is_some(), CONFIDENCE)?;
        check(question.biopsy, answer.biopsy.is_some(), BIOPSY)?;
        if (answer.confidence).is_some_and(|confidence| !(1..=5).contains(&confidence)) {
            return Err(ReaderError::Answer(id!("answer-confidence-range")));
        }
        self.keep(Reply {
            call: Some(answer.call),
            confidence: answer.confidence,
            biopsy: answer.biopsy,
            response_ms,
            ..Reply::default()
        })
    }

    /// Stores the votes of a class, and moves on to the next case.
    ///
    /// # Errors
    /// As [`ReadingSession::answer`]; and if no hand was raised, if more hands are for a biopsy than were raised, or if this is
    /// not a class's session.
    pub fn answer_hands(
        &mut self,
        hands: Hands,
        response_ms: u32,
    ) -> Result<Option<Feedback>, ReaderError> {
        let question = self.asked()?;
        if !question.hands {
            return Err(ReaderError::Answer(id!("answer-not-of-a-class")));
        }
        check(question.biopsy, hands.biopsy.is_some(), BIOPSY)?;
        let raised = u64::from(hands.melanoma) + u64::from(hands.nevus);
        if raised == 0 {
            return Err(ReaderError::Answer(id!("answer-no-hands")));
        }
        if hands
            .biopsy
            .is_some_and(|biopsy| u64::from(biopsy) > raised)
        {
            return Err(ReaderError::Answer(id!("answer-more-for-biopsy")));
        }
        self.keep(Reply {
            hands: Some(hands),
            response_ms,
            ..Reply::default()
        })
    }

    /// Records that time ran out, and moves on to the next case.
    ///
    /// # Errors
    /// As [`ReadingSession::answer`]; and if the study has no time limit.
    pub fn time_out(&mut self, response_ms: u32) -> Result<Option<Feedback>, ReaderError> {
        self.asked()?;
        if self.store.plan().settings.time_limit.is_none() {
            return Err(ReaderError::Answer(id!("answer-no-time-limit")));
        }
        self.keep(Reply {
            timed_out: true,
            response_ms,
            ..Reply::default()
        })
    }

    /// Pauses the session; hide the picture, and stop the clock. Does nothing if it is already paused.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn pause(&mut self) -> Result<(), ReaderError> {
        if !self.paused {
            self.note(Event::Paused)?;
            self.paused = true;
        }
        Ok(())
    }

    /// Resumes after [`ReadingSession::pause`].
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn resume(&mut self) -> Result<(), ReaderError> {
        if self.paused {
            self.note(Event::Resumed)?;
            self.paused = false;
        }
        Ok(())
    }

    /// The current question.
    fn asked(&self) -> Result<Question, ReaderError> {
        if self.paused {
            return Err(ReaderError::Answer(id!("answer-paused")));
        }
        if self.is_finished() {
            return Err(ReaderError::Answer(id!("answer-none-left")));
        }
        Ok(self.question())
    }

    fn question(&self) -> Question {
        let settings = &self.store.plan().settings;
        Question {
            confidence: settings.confidence,
            biopsy: settings.biopsy,
            hands: settings.classroom,
        }
    }

    /// The phase, the position in it, and the case number; none at the end.
    fn place(&self) -> Option<(Phase, u32, u32)> {
        let Progress { practice, reading } = self.progress;
        if practice.0 < practice.1 {
            // The practice round has the same order for everyone.
            return Some((Phase::Practice, practice.0, practice.0));
        }
        let case = self.order.get(reading.0 as usize)?;
        Some((Phase::Reading, reading.0, *case))
    }

    fn case(&self, phase: Phase, number: u32) -> Option<&Case> {
        let plan = self.store.plan();
        match phase {
            Phase::Practice => plan.practice.get(number as usize),
            Phase::Reading => plan.case(number),
        }
    }

    fn keep(&mut self, reply: Reply) -> Result<Option<Feedback>, ReaderError> {
        let Some((phase, position, case)) = self.place() else {
            return Ok(None);
        };
        let given = AnswerRecord {
            reader: self.reader.number,
            position,
            case,
            reply,
            at: 0,
        };
        let is_last = phase == Phase::Reading && position + 1 == self.progress.reading.1;
        let mut events = Vec::new();
        if reply.timed_out {
            events.push(Event::TimedOut);
        }
        if is_last {
            events.push(Event::Finished);
        }
        let kept = self.store.keep(phase, &given, &events)?;
        let truth = self
            .case(phase, case)
            .and_then(|case| self.store.plan().lesion(case));
        let truth = truth.map(|lesion| lesion.truth);
        self.reload()?;
        if !kept {
            return Err(ReaderError::AnsweredElsewhere);
        }
        let feedback = truth.filter(|_| phase == Phase::Practice);
        Ok(feedback.map(|truth| Feedback {
            truth,
            right: reply.call.map(|call| call == truth),
        }))
    }

    /// Reads the current position from the file, and the picture that belongs to it.
    fn reload(&mut self) -> Result<(), ReaderError> {
        let answered = |phase| self.store.next_position(phase, self.reader.number);
        (self.progress.practice.0, self.progress.reading.0) =
            (answered(Phase::Practice)?, answered(Phase::Reading)?);
        self.shown = None;
        let Some((phase, position, number)) = self.place() else {
            return Ok(());
        };
        let Some(case) = self.case(phase, number) else {
            return Ok(());
        };
        let (_, frame) = self.store.picture(case.lesion, case.form)?;
        let settings = &self.store.plan().settings;
        self.shown = Some(Shown {
            phase,
            position: position + 1,
            of: match phase {
                Phase::Practice => self.progress.practice.1,
                Phase::Reading => self.progress.reading.1,
            },
            frame: Arc::new(frame),
            side: settings.side,
            question: self.question(),
            time_limit: settings
                .time_limit
                .map(|limit| Duration::from_secs(u64::from(limit))),
        });
        Ok(())
    }

    fn note(&mut self, what: Event) -> Result<(), ReaderError> {
        let end = (Phase::Reading, self.progress.reading.0, 0);
        let (phase, position, _) = self.place().unwrap_or(end);
        self.store.note(self.reader.number, phase, position, what)
    }
}

/// The message for a part that is missing, and for one that was not asked for.
type Words = [Text; 2];
const CONFIDENCE: Words = [
    id!("answer-confidence-missing"),
    id!("answer-confidence-unasked"),
];
const BIOPSY: Words = [id!("answer-biopsy-missing"), id!("answer-biopsy-unasked")];

/// A part must be present exactly if it is asked for.
fn check(asked: bool, given: bool, words: Words) -> Result<(), ReaderError> {
    let [missing, unasked] = words;
    match (asked, given) {
        (true, false) => Err(ReaderError::Answer(missing)),
        (false, true) => Err(ReaderError::Answer(unasked)),
        _ => Ok(()),
    }
}
