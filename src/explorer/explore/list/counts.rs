//! How often the model is wrong about the rows of the list.

use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::explore::list::rows::{Outcome, Row};

/// How often the model is wrong about the lesions whose truth is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Melanomas and nevi that have been judged.
    pub judged: [usize; 2],
    /// Melanomas with the verdict nevus, and nevi with the verdict melanoma.
    pub wrong: [usize; 2],
    /// Melanomas and nevi that have not been judged yet.
    pub waiting: usize,
    /// Lesions whose truth is known, whatever it is.
    pub known: usize,
}

impl Counts {
    /// Of all rows.
    pub fn of(rows: &[Row], threshold: f32) -> Self {
        let mut counts = Self::default();
        let [of_melanomas, of_nevi] = &mut counts.judged;
        let [missed, called] = &mut counts.wrong;
        for row in rows {
            let Some(truth) = &row.truth else {
                continue;
            };
            counts.known += 1;
            let (judged, wrong) = match truth.label {
                Some(Label::Melanoma) => (&mut *of_melanomas, &mut *missed),
                Some(Label::Nevus) => (&mut *of_nevi, &mut *called),
                None => continue,
            };
            match row.outcome(threshold) {
                None => counts.waiting += 1,
                Some(outcome) => {
                    *judged += 1;
                    *wrong += usize::from(outcome == Outcome::Wrong);
                }
            }
        }
        counts
    }

    /// One line: how many melanomas are missed, how many nevi are called melanoma; none if nothing is known.
    pub fn in_words(&self) -> Option<String> {
        let ([melanomas, nevi], [missed, called]) = (self.judged, self.wrong);
        let mut parts = Vec::new();
        if melanomas > 0 {
            parts.push(text!(
                "list-melanomas-missed",
                count = melanomas,
                missed = missed
            ));
        }
        if nevi > 0 {
            parts.push(text!(
                "list-nevi-called-melanoma",
                count = nevi,
                called = called
            ));
        }
        if parts.is_empty() {
            return None;
        }
        let text = parts.join(", ");
        Some(if self.waiting > 0 {
            text!("list-so-far", text = text)
        } else {
            text
        })
    }
}
