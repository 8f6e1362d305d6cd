//! Where in the tour a person is, as plain data.

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::view::Layout;
use crate::explorer::tour::flip::Flip;

/// A step of the tour: something that the person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Open the sample; its verdict appears.
    Open,
    /// Move a slider; the verdict follows.
    Alter,
    /// Show original and altered picture in another layout.
    Compare,
    /// Put everything back.
    Reset,
    /// Flip the verdict.
    Flip,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Alter,
        Self::Compare,
        Self::Reset,
        Self::Flip,
    ];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().take_while(|step| **step < self).count() + 1
    }

    /// The step after it; none after the last.
    pub(crate) fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }
}

/// The sample that the tour added to the lesions of a person: it is taken out again at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lent {
    /// The sample.
    pub sample: LesionId,
    /// What was explored before.
    pub before: Option<LesionId>,
}

/// The tour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tour {
    /// Not under way.
    #[default]
    Off,
    /// A step is to be done.
    At {
        /// Which.
        step: Step,
        /// The layout of the pictures when it began: another one is the deed of [`Step::Compare`].
        layout: Layout,
        /// The layout before the tour.
        before: Layout,
        /// The lesion that was explored when it began, until the sample is opened for it: that it is open already is not a step.
        from: Option<LesionId>,
    },
    /// The person has flipped a verdict.
    Done {
        /// The lesion.
        lesion: LesionId,
        /// What was changed, in words, and the verdicts before and after.
        flip: Box<Flip>,
        /// The layout before the tour.
        before: Layout,
    },
}

impl Tour {
    /// The layout before the tour, which its end restores; none where it is not under way.
    pub(crate) fn layout_before(&self) -> Option<Layout> {
        match self {
            Self::Off => None,
            Self::At { before, .. } | Self::Done { before, .. } => Some(*before),
        }
    }
}
