//! The one place that calls `statistics::readers`: the analysis across readers and lesions, and agreement.

use std::collections::BTreeMap;

use super::{Evidence, Judgement};
use crate::reader::plan::Form;
use crate::statistics::readers::{
    Kappa, Mrmc, Read, StatisticsError, cohen_kappa, fleiss_kappa, mrmc,
};
use flipscope_model::Label;

/// The lesions that a share of right answers refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// All lesions.
    Accuracy,
    /// Melanomas.
    Sensitivity,
    /// Nevi.
    Specificity,
}

/// The multi-reader multi-case analysis of a measure.
#[derive(Clone, Debug)]
pub struct Across {
    /// The measure.
    pub measure: Measure,
    /// The analysis, or why there is none.
    pub analysis: Result<Mrmc, StatisticsError>,
}

/// How far two readers, or all, agree on pictures of one form.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// On which form.
    pub form: Form,
    /// A pseudonym, or "all readers".
    pub first: String,
    /// Another pseudonym, or the network's name; empty for all readers.
    pub second: String,
    /// Cases that both, or all, classified.
    pub cases: usize,
    /// Of these, cases that were classified the same.
    pub same: usize,
    /// κ: Cohen's for two, Fleiss' for all; or why there is none.
    pub kappa: Result<Kappa, StatisticsError>,
}

impl Measure {
    /// All measures, in the order used in tables.
    pub const ALL: [Self; 3] = [Self::Accuracy, Self::Sensitivity, Self::Specificity];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::Sensitivity => "sensitivity",
            Self::Specificity => "specificity",
        }
    }

    fn is_about(self, truth: Label) -> bool {
        match self {
            Self::Accuracy => true,
            Self::Sensitivity => truth == Label::Melanoma,
            Self::Specificity => truth == Label::Nevus,
        }
    }
}

/// The analysis of every measure.
pub(super) fn across(evidence: &Evidence<'_>) -> Vec<Across> {
    let analysed = |measure: Measure| {
        let read = |one: Judgement<'_>| {
            let right = one.right()?;
            measure.is_about(one.lesion.truth).then(|| Read {
                reader: one.reader.number,
                case: one.case.lesion,
                adversarial: one.case.form == Form::Adversarial,
                score: f64::from(u8::from(right)),
            })
        };
        let reads: Vec<Read> = evidence.persons().filter_map(read).collect();
        Across {
            measure,
            analysis: mrmc(&reads),
        }
    };
    Measure::ALL.map(analysed).into()
}

/// The calls of one reader, or of the network, by case.
type Calls = BTreeMap<u32, Label>;

/// Agreement of all readers, of every pair, and of each with the network.
pub(super) fn agreement(evidence: &Evidence<'_>) -> Vec<Agreement> {
    let plan = evidence.plan();
    let mut all = Vec::new();
    for form in Form::ALL {
        let mut who: Vec<(String, Calls)> = Vec::new();
        for reader in evidence.readers() {
            let own = evidence
                .persons()
                .filter(|one| one.reader.number == reader.number && one.case.form == form);
            let calls: Calls = own
                .filter_map(|one| Some((one.number, one.reply.call?)))
                .collect();
            if !calls.is_empty() {
                who.push((reader.pseudonym.clone(), calls));
            }
        }
        if who.is_empty() {
            continue;
        }
        all.push(of_all(form, &who));
        let numbered = plan.cases.iter().zip(0_u32..);
        let of_form = numbered.filter(|(case, _)| case.form == form);
        let network = of_form.filter_map(|(case, number)| Some((number, plan.verdict(case)?)));
        who.push((plan.network.name.clone(), network.collect()));
        for (at, first) in who.iter().enumerate() {
            let others = who.iter().skip(at + 1);
            all.extend(others.map(|second| of_two(form, first, second)));
        }
    }
    all
}

/// For the cases that every reader classified.
fn of_all(form: Form, who: &[(String, Calls)]) -> Agreement {
    let mut counts: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
    for (number, call) in who.iter().flat_map(|(_, calls)| calls) {
        let [melanoma, nevus] = counts.entry(*number).or_default();
        match call {
            Label::Melanoma => *melanoma += 1,
            Label::Nevus => *nevus += 1,
        }
    }
    let readers = who.len() as u32;
    let table: Vec<Vec<u32>> = counts
        .into_values()
        .filter(|row| row.iter().sum::<u32>() == readers)
        .map(Vec::from)
        .collect();
    let same = |row: &&Vec<u32>| row.contains(&0);
    Agreement {
        form,
        first: "all readers".to_owned(),
        second: String::new(),
        cases: table.len(),
        same: table.iter().filter(same).count(),
        kappa: fleiss_kappa(&table),
    }
}

fn of_two(form: Form, first: &(String, Calls), second: &(String, Calls)) -> Agreement {
    let category = |call: &Label| u32::from(*call == Label::Melanoma);
    let both = first.1.iter().filter_map(|(number, call)| {
        let other = second.1.get(number)?;
        Some((category(call), category(other)))
    });
    let pairs: Vec<(u32, u32)> = both.collect();
    Agreement {
        form,
        first: first.0.clone(),
        second: second.0.clone(),
        cases: pairs.len(),
        same: pairs.iter().filter(|(a, b)| a == b).count(),
        kappa: cohen_kappa(&pairs),
    }
}
