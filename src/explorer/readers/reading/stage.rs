//! The words between a reader and the state: what the screen shows, which part of an answer it asks for, and what a person does.

use std::time::Instant;

use flipscope_lab::reader::Feedback;
use flipscope_lab::reader::store::Hands;
use flipscope_model::Label;

/// What the screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The question for the pseudonym.
    Name,
    /// A study is being opened.
    Joining,
    /// What to expect, and the keys.
    Welcome,
    /// Nothing, until the next picture.
    Blank {
        /// Start time.
        since: Instant,
    },
    /// A picture and its question.
    Case,
    /// An answer is being stored; the start time.
    Keeping(Instant),
    /// In practice: the truth about the lesion.
    Feedback(Feedback),
    /// Paused by the reader.
    Paused,
    /// All cases are answered.
    Finished,
    /// The next case cannot be shown; [`Reading::error`](super::state::Reading::error) says why.
    Stopped,
}

/// Which part of an answer is asked for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Melanoma or nevus.
    Call,
    /// From 1 (a guess) to 5 (certain).
    Confidence,
    /// Whether to biopsy.
    Biopsy,
    /// The votes of a class.
    Hands,
}

/// What a person does: by key or by button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Change the pseudonym that is typed in.
    Type(String),
    /// Begin, or continue.
    Next,
    /// Melanoma or nevus.
    Call(Label),
    /// From 1 to 5.
    Confidence(u8),
    /// Whether to biopsy.
    Biopsy(bool),
    /// Change the typed votes of the class.
    Hands(Hands),
    /// Enter them.
    EnterHands,
    /// Take back the last part of the answer, before it is complete.
    Back,
    /// Interrupt.
    Pause,
}
