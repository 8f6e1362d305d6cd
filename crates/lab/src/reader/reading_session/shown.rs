//! What a session shows and asks, and what is said to it.

use std::sync::Arc;
use std::time::Duration;

use crate::reader::store::Phase;
use flipscope_image::lesion::Frame;
use flipscope_model::Label;

/// What is asked about a case: melanoma or nevus always, and these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Confidence from 1 (a guess) to 5 (certain).
    pub confidence: bool,
    /// Whether they would biopsy.
    pub biopsy: bool,
    /// A class answers: [`super::ReadingSession::answer_hands`] instead of [`super::ReadingSession::answer`].
    pub hands: bool,
}

/// What is to be shown now.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Practice, or what counts.
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
    /// How long it may be looked at, pauses not counted; none: as long as one likes. Then [`super::ReadingSession::time_out`].
    pub time_limit: Option<Duration>,
}

/// An answer of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Melanoma or nevus.
    pub call: Label,
    /// From 1 (a guess) to 5 (certain): exactly where it is asked.
    pub confidence: Option<u8>,
    /// Whether they would biopsy: exactly where it is asked.
    pub biopsy: Option<bool>,
}

/// What is told after a case of the practice round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// What the lesion is.
    pub truth: Label,
    /// Whether the call was right; none where there was no call: time ran out, or a class voted.
    pub right: Option<bool>,
}

/// How far a reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Practice cases answered, and how many there are.
    pub practice: (u32, u32),
    /// Cases answered, and how many there are.
    pub reading: (u32, u32),
}
