//! The votes of classes: counts of hands. Hands in one class are not independent, so they get no interval.

use super::{Evidence, Forms};
use crate::reader::plan::Form;
use crate::reader::store;
use flipscope_model::Label;

/// The votes of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hands {
    /// The class's pseudonym.
    pub who: String,
    /// Its votes on each form.
    pub forms: Forms<ClassForm>,
    /// Its vote on each case, in its order.
    pub cases: Vec<ClassCase>,
}

/// The votes of a class on pictures of one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassForm {
    /// Cases that were voted on.
    pub cases: u64,
    /// Cases that the majority classified correctly.
    pub majority_right: u64,
    /// Hands for the correct class.
    pub right: u64,
    /// All hands.
    pub total: u64,
}

/// The vote of a class on one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassCase {
    /// Number of the case.
    pub case: u32,
    /// Hands for the correct class.
    pub right: u64,
    /// All hands.
    pub total: u64,
}

/// The votes of all classes.
pub(super) fn hands(evidence: &Evidence<'_>) -> Vec<Hands> {
    let mut all = Vec::new();
    for reader in evidence.readers() {
        let mut forms = Forms::<ClassForm>::default();
        let mut cases = Vec::new();
        for judgement in evidence.judgements() {
            let (own, Some(voted)) = (
                judgement.reader.number == reader.number,
                judgement.reply.hands,
            ) else {
                continue;
            };
            if !own {
                continue;
            }
            let (right, total) = right(voted, judgement.lesion.truth);
            cases.push(ClassCase {
                case: judgement.number,
                right,
                total,
            });
            let form = match judgement.case.form {
                Form::Unmodified => &mut forms.unmodified,
                Form::Adversarial => &mut forms.adversarial,
            };
            form.cases += 1;
            form.majority_right += u64::from(2 * right > total);
            form.right += right;
            form.total += total;
        }
        if !cases.is_empty() {
            all.push(Hands {
                who: reader.pseudonym.clone(),
                forms,
                cases,
            });
        }
    }
    all
}

/// Hands for the correct class, and all hands.
fn right(hands: store::Hands, truth: Label) -> (u64, u64) {
    let (melanoma, nevus) = (u64::from(hands.melanoma), u64::from(hands.nevus));
    let right = match truth {
        Label::Melanoma => melanoma,
        Label::Nevus => nevus,
    };
    (right, melanoma + nevus)
}
