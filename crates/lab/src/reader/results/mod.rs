//! The results of a reader study: per reader, pooled, across readers, and of the network on the same pictures.
//!
//! - Rates are over the answers given; cases that timed out are counted separately.
//! - *Pooled* rates add up all readers' answers. Their Wilson intervals treat the answers as independent, which answers of one
//!   reader, or about one lesion, are not: for the difference between the forms, the interval of [`Across`] accounts for both.
//! - A class that votes is not a reader: its hands are counted ([`Hands`]), and never enter the rates.

mod across;
mod class_votes;
mod evidence;
mod forms;
mod paired;
mod reveal;
mod tally;
mod times;

use std::collections::BTreeMap;

pub use across::{Across, Agreement, Measure};
pub use class_votes::{ClassCase, ClassForm, Hands};
pub use evidence::{Evidence, Judgement};
pub use forms::Forms;
pub use paired::Paired;
pub use reveal::{CaseAnswers, Revealed, RevealedPicture};
pub use tally::Tally;
pub use times::{Quartiles, Times};

use super::error::ReaderError;
use super::plan::Form;
use super::store::{Phase, Reader, Store};
use flipscope_model::Label;

/// The performance of one reader, of all of them, or of the network.
#[derive(Clone, Debug)]
pub struct Performance {
    /// The pseudonym, "all readers", or the network's name.
    pub who: String,
    /// Right and wrong calls.
    pub tally: Forms<Tally>,
    /// The two forms of lesions that were judged in both.
    pub paired: Paired,
}

/// The results of a reader study.
#[derive(Debug)]
pub struct Results {
    /// Each reader, in the order in which they joined; no class.
    pub readers: Vec<Performance>,
    /// All readers' answers together; none if nobody has answered.
    pub pooled: Option<Performance>,
    /// The network, on every picture of the study.
    pub network: Performance,
    /// The analysis across readers and lesions, of each measure.
    pub across: Vec<Across>,
    /// How far readers agree, with each other and with the network.
    pub agreement: Vec<Agreement>,
    /// How long answers took.
    pub times: Vec<Times>,
    /// The votes of classes.
    pub hands: Vec<Hands>,
}

impl Evidence<'_> {
    /// Computes the results.
    #[must_use]
    pub fn results(&self) -> Results {
        let of = |reader: &Reader| {
            let own: Vec<Judgement<'_>> = self
                .persons()
                .filter(|one| one.reader.number == reader.number)
                .collect();
            (!own.is_empty()).then(|| performance(&reader.pseudonym, &own))
        };
        let readers: Vec<Performance> = self.readers().iter().filter_map(of).collect();
        let pooled = (!readers.is_empty()).then(|| {
            let all: Vec<Judgement<'_>> = self.persons().collect();
            Performance {
                who: "all readers".to_owned(),
                tally: Forms::each(|form| Tally::of(calls(&all, form))),
                paired: readers.iter().map(|reader| reader.paired).sum(),
            }
        });
        Results {
            pooled,
            network: self.network(),
            across: across::across(self),
            agreement: across::agreement(self),
            times: times::times(self),
            hands: class_votes::hands(self),
            readers,
        }
    }

    /// The network, on every picture of the study.
    fn network(&self) -> Performance {
        let plan = self.plan();
        let calls: Vec<(Form, u32, Label, Option<Label>)> = (plan.cases.iter())
            .filter_map(|case| {
                let truth = plan.lesion(case)?.truth;
                Some((case.form, case.lesion, truth, plan.verdict(case)))
            })
            .collect();
        let right = |form: Form| -> BTreeMap<u32, bool> {
            let of = calls.iter().filter(|one| one.0 == form);
            of.filter_map(|(_, lesion, truth, call)| Some((*lesion, *truth == (*call)?)))
                .collect()
        };
        Performance {
            who: plan.network.name.clone(),
            tally: Forms::each(|form| {
                let of = calls.iter().filter(|one| one.0 == form);
                Tally::of(of.map(|(_, _, truth, call)| (*truth, *call)))
            }),
            paired: Paired::of(&right(Form::Unmodified), &right(Form::Adversarial)),
        }
    }
}

/// The performance of one reader.
fn performance(who: &str, own: &[Judgement<'_>]) -> Performance {
    let right = |form: Form| -> BTreeMap<u32, bool> {
        let of = own.iter().filter(|one| one.case.form == form);
        of.filter_map(|one| Some((one.case.lesion, one.right()?)))
            .collect()
    };
    Performance {
        who: who.to_owned(),
        tally: Forms::each(|form| Tally::of(calls(own, form))),
        paired: Paired::of(&right(Form::Unmodified), &right(Form::Adversarial)),
    }
}

/// Truths and calls of a form.
fn calls<'a>(
    judgements: &'a [Judgement<'_>],
    form: Form,
) -> impl Iterator<Item = (Label, Option<Label>)> + 'a {
    let of = judgements.iter().filter(move |one| one.case.form == form);
    of.map(|one| (one.lesion.truth, one.reply.call))
}

/// Reads the answers in a file, and computes the results.
///
/// # Errors
/// If the file cannot be read, or an answer is damaged.
pub fn results(store: &Store) -> Result<Results, ReaderError> {
    store.check()?;
    let (readers, answers) = (store.readers()?, store.answers(Phase::Reading)?);
    Ok(Evidence::new(store.plan(), &readers, &answers).results())
}
