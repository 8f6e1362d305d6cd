//! How long answers took.

use super::Evidence;
use crate::reader::plan::Form;
use crate::statistics::quantile;

/// Response times of some answers, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quartiles {
    /// Answers.
    pub count: usize,
    /// A quarter took at most this.
    pub lower: f64,
    /// Half took at most this.
    pub median: f64,
    /// Three quarters took at most this.
    pub upper: f64,
}

/// Response times of one reader, or of all, on pictures of one form, of right or wrong calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// The pseudonym, or "all readers".
    pub who: String,
    /// The form.
    pub form: Form,
    /// Whether the calls were right.
    pub right: bool,
    /// The times; none if there are no such calls.
    pub quartiles: Option<Quartiles>,
}

impl Quartiles {
    /// Of times in any order; none if there are none.
    #[must_use]
    pub fn of(mut times: Vec<f64>) -> Option<Self> {
        times.sort_unstable_by(f64::total_cmp);
        Some(Self {
            count: times.len(),
            lower: quantile(&times, 0.25)?,
            median: quantile(&times, 0.5)?,
            upper: quantile(&times, 0.75)?,
        })
    }
}

/// The times of each reader, then of all readers.
pub(super) fn times(evidence: &Evidence<'_>) -> Vec<Times> {
    let mut all = Vec::new();
    if evidence.plan().settings.classroom {
        return all;
    }
    let readers = evidence.readers().iter().map(Some).chain([None]);
    for reader in readers {
        for form in Form::ALL {
            for right in [true, false] {
                let of = evidence.persons().filter(|one| {
                    one.case.form == form
                        && one.right() == Some(right)
                        && reader.is_none_or(|reader| reader.number == one.reader.number)
                });
                let times = of.map(|one| f64::from(one.reply.response_ms)).collect();
                all.push(Times {
                    who: reader
                        .map_or("all readers", |reader| &reader.pseudonym)
                        .to_owned(),
                    form,
                    right,
                    quartiles: Quartiles::of(times),
                });
            }
        }
    }
    all
}
