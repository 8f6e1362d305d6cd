//! What one alteration does to many lesions: counts, and what is said about them. Needs no window.

use flipscope_language::text;
use flipscope_model::Label;

/// One lesion of the batch, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Its diagnosis, if a table states one of the two.
    pub truth: Option<Label>,
    /// The verdict on the unaltered frame.
    pub before: Option<Label>,
    /// The verdict on the altered frame.
    pub after: Option<Label>,
    /// Whether its photograph cannot be read.
    pub failed: bool,
}

/// How often the model is wrong about the lesions of one diagnosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// Lesions with both verdicts.
    pub judged: usize,
    /// Wrong about the unaltered frame.
    pub before: usize,
    /// Wrong about the altered frame.
    pub after: usize,
}

/// The counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lesions that were altered.
    pub total: usize,
    /// Of these, those whose photograph cannot be read.
    pub failed: usize,
    /// Those with both verdicts.
    pub judged: usize,
    /// Those whose verdict changed.
    pub changed: usize,
    /// Of these counts, what concerns lesions without a truth: judged, changed.
    pub unknown: [usize; 2],
    /// Melanomas.
    pub melanomas: Wrong,
    /// Nevi.
    pub nevi: Wrong,
}

impl Counts {
    /// Counts the lesions of a batch.
    pub fn of(cases: impl Iterator<Item = Case>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.total += 1;
            counts.failed += usize::from(case.failed);
            let (Some(before), Some(after)) = (case.before, case.after) else {
                continue;
            };
            counts.judged += 1;
            let changed = usize::from(before != after);
            counts.changed += changed;
            let wrong = match case.truth {
                Some(Label::Melanoma) => &mut counts.melanomas,
                Some(Label::Nevus) => &mut counts.nevi,
                None => {
                    let [judged, flipped] = &mut counts.unknown;
                    *judged += 1;
                    *flipped += changed;
                    continue;
                }
            };
            wrong.judged += 1;
            wrong.before += usize::from(Some(before) != case.truth);
            wrong.after += usize::from(Some(after) != case.truth);
        }
        counts
    }

    /// Whether every lesion that can be read has been judged.
    pub fn is_complete(&self) -> bool {
        self.judged + self.failed >= self.total
    }

    /// What it does, one line each: "17 of 59 melanomas missed (unaltered: 4)".
    pub fn in_words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let Wrong {
            judged,
            before,
            after,
        } = self.melanomas;
        if judged > 0 {
            lines.push(text!(
                "batch-missed",
                missed = after,
                count = judged,
                before = before
            ));
        }
        let Wrong {
            judged,
            before,
            after,
        } = self.nevi;
        if judged > 0 {
            lines.push(text!(
                "batch-false-alarms",
                called = after,
                count = judged,
                before = before
            ));
        }
        let [judged, changed] = self.unknown;
        if judged > 0 {
            lines.push(if judged < self.judged {
                text!("batch-changed-others", changed = changed, count = judged)
            } else {
                text!("batch-changed", changed = changed, count = judged)
            });
        }
        lines
    }

    /// How far it is: "12 of 59 judged"; nothing once all are.
    pub fn progress(&self) -> Option<String> {
        (!self.is_complete()).then(|| {
            let readable = self.total - self.failed;
            text!("batch-judged", judged = self.judged, count = readable)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Melanoma, Nevus};

    fn case(truth: Option<Label>, before: Label, after: Label) -> Case {
        Case {
            truth,
            before: Some(before),
            after: Some(after),
            failed: false,
        }
    }

    #[test]
    fn melanomas_nevi_and_unknown_lesions_are_counted_apart() {
        let mut cases = vec![case(Some(Melanoma), Melanoma, Nevus); 17];
        cases.extend(vec![case(Some(Melanoma), Melanoma, Melanoma); 38]);
        // Missed already, and found by the alteration.
        cases.extend(vec![case(Some(Melanoma), Nevus, Melanoma); 4]);
        cases.extend(vec![case(Some(Nevus), Nevus, Melanoma); 1]);
        cases.extend(vec![case(Some(Nevus), Nevus, Nevus); 9]);
        cases.extend(vec![case(None, Nevus, Melanoma); 2]);
        cases.push(case(None, Nevus, Nevus));
        let counts = Counts::of(cases.iter().copied());
        assert_eq!(
            counts.in_words(),
            [
                "17 of 59 melanomas missed (unaltered: 4)",
                "1 of 10 nevi called melanoma (unaltered: 0)",
                "2 of 3 verdicts of other lesions changed",
            ]
        );
        assert!(counts.is_complete() && counts.progress().is_none());
        assert_eq!((counts.changed, counts.judged), (24, 72));
    }

    #[test]
    fn what_is_not_judged_yet_is_said_and_what_cannot_be_read_is_not_waited_for() {
        let waiting = Case {
            truth: Some(Melanoma),
            before: Some(Melanoma),
            ..Case::default()
        };
        let failed = Case {
            failed: true,
            ..Case::default()
        };
        let counts = Counts::of([case(None, Nevus, Nevus), waiting, failed].into_iter());
        assert_eq!(counts.progress().unwrap(), "1 of 2 judged");
        assert_eq!(counts.in_words(), ["0 of 1 verdict changed"]);
        let done = Counts::of([case(Some(Melanoma), Melanoma, Nevus), failed].into_iter());
        assert!(done.is_complete());
        assert_eq!(done.in_words(), ["1 of 1 melanoma missed (unaltered: 0)"]);
        assert!(Counts::default().in_words().is_empty());
    }
}
