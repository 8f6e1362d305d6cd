//! What a session shows and asks, and the answers it takes.

use std::sync::Arc;
use std::time::Duration;

use crate::reader::store::Phase;
use flipscope_image::lesion::Frame;
use flipscope_model::Label;

/// The question about a case: melanoma or nevus always, and these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Confidence from 1 (a guess) to 5 (certain).
    pub confidence: bool,
    /// Whether they would biopsy.
    pub biopsy: bool,
    /// A class answers: [`super::ReadingSession::answer_hands`] instead of [`super::ReadingSession::answer`].
    pub hands: bool,
}

/// What to show now.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Practice or reading.
    pub phase: Phase,
    /// Which case of the phase, from 1.
    pub position: u32,
    /// How many cases the phase has.
    pub of: u32,
    /// The picture: 299 × 299 pixels of 8-bit sRGB.
    pub frame: Arc<Frame>,
    /// Its width and height on screen, in points.
    pub side: u32,
    /// What is asked.
    pub question: Question,
    /// How long it may be viewed, without pauses; none: no limit. Then call [`super::ReadingSession::time_out`].
    pub time_limit: Option<Duration>,
}

/// An answer of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Melanoma or nevus.
    pub call: Label,
    /// From 1 (a guess) to 5 (certain): present exactly if asked for.
    pub confidence: Option<u8>,
    /// Whether they would biopsy: present exactly if asked for.
    pub biopsy: Option<bool>,
}

/// The feedback after a case of the practice round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// The ground truth.
    pub truth: Label,
    /// Whether the call was right; none if there was no call: time ran out, or a class voted.
    pub right: Option<bool>,
}

/// A reader's progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Practice cases answered, and how many there are.
    pub practice: (u32, u32),
    /// Cases answered, and how many there are.
    pub reading: (u32, u32),
}
