//! What a reader study came to: per reader, pooled, across readers, beside the network on the same pictures.
//!
//! - Rates are over answers that were given; cases that timed out are counted beside them.
//! - *Pooled* rates add up all readers' answers. Their Wilson intervals take each answer as drawn alone, which answers of one reader, or
//!   about one lesion, are not: the interval of the difference between the forms is that of [`Across`], which allows for both.
//! - A class that votes is no reader: its hands are counted ([`Hands`]), and never enter the rates.

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
pub use reveal::{CaseAnswers, Disclosed, Revealed};
pub use tally::Tally;
pub use times::{Quartiles, Times};

use super::error::ReaderError;
use super::plan::Form;
use super::store::{Phase, Reader, Store};
use flipscope_model::Label;

/// What one reader, all of them, or the network said.
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
    /// All readers' answers together; none where nobody has answered.
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

/// What one reader said.
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

/// Reads the answers of a file, and computes what they came to.
///
/// # Errors
/// If the file cannot be read, or an answer is damaged.
pub fn results(store: &Store) -> Result<Results, ReaderError> {
    store.check()?;
    let (readers, answers) = (store.readers()?, store.answers(Phase::Reading)?);
    Ok(Evidence::new(store.plan(), &readers, &answers).results())
}
