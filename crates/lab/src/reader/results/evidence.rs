//! The answers with what the plan says about them: the basis of the results.

use crate::reader::plan::{Case, Lesion, Plan};
use crate::reader::store::{AnswerRecord, Reader, Reply};

/// An answer about one case, with what the plan says about it.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'a> {
    /// The reader.
    pub reader: &'a Reader,
    /// Position in their order, from 0.
    pub position: u32,
    /// Number of the case.
    pub number: u32,
    /// The case.
    pub case: &'a Case,
    /// Its lesion.
    pub lesion: &'a Lesion,
    /// The answer.
    pub reply: Reply,
}

impl Judgement<'_> {
    /// Whether the call is right; none if there is no call.
    #[must_use]
    pub fn right(&self) -> Option<bool> {
        self.reply.call.map(|call| call == self.lesion.truth)
    }
}

/// All answers of a study, with the plan.
pub struct Evidence<'a> {
    plan: &'a Plan,
    readers: &'a [Reader],
    answers: &'a [AnswerRecord],
}

impl<'a> Evidence<'a> {
    /// Combines what was read from a file.
    #[must_use]
    pub fn new(plan: &'a Plan, readers: &'a [Reader], answers: &'a [AnswerRecord]) -> Self {
        Self {
            plan,
            readers,
            answers,
        }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The readers.
    #[must_use]
    pub fn readers(&self) -> &'a [Reader] {
        self.readers
    }

    /// The answers, by reader and position.
    pub fn judgements(&self) -> impl Iterator<Item = Judgement<'a>> + '_ {
        self.answers.iter().filter_map(|given| {
            let case = self.plan.case(given.case)?;
            let mut readers = self.readers.iter();
            Some(Judgement {
                reader: readers.find(|reader| reader.number == given.reader)?,
                position: given.position,
                number: given.case,
                case,
                lesion: self.plan.lesion(case)?,
                reply: given.reply,
            })
        })
    }

    /// The answers of persons, not of classes.
    pub fn persons(&self) -> impl Iterator<Item = Judgement<'a>> + '_ {
        let of_class = self.plan.settings.classroom;
        self.judgements().filter(move |_| !of_class)
    }
}
