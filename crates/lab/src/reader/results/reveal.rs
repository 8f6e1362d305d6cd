//! The reveal of a lesion: the truth, what was changed, and what the network and the readers said about each form.

use super::{Evidence, Forms, Judgement};
use crate::reader::plan::{Altered, Case, Form, Plan, Turn};
use crate::search::AttackKind;
use flipscope_base::human::probability_beside;
use flipscope_language::{as_text, text};
use flipscope_model::Label;

/// A lesion, revealed.
#[derive(Clone, Debug, PartialEq)]
pub struct Revealed {
    /// Its index in [`Plan::lesions`].
    pub lesion: u32,
    /// The ground truth.
    pub truth: Label,
    /// Its pictures; a lesion that was never altered has only one.
    pub pictures: Forms<Option<RevealedPicture>>,
}

/// A picture, revealed.
#[derive(Clone, Debug, PartialEq)]
pub struct RevealedPicture {
    /// The name of its case; none for a picture that readers were not shown.
    pub case: Option<String>,
    /// The network's P(melanoma).
    pub p_melanoma: f32,
    /// The threshold of its verdict.
    pub threshold: f32,
    /// The network's verdict.
    pub call: Label,
    /// What was changed, by which attack, and how much.
    pub change: Option<String>,
    /// The readers' answers.
    pub answers: CaseAnswers,
}

/// The readers' answers about a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseAnswers {
    /// The readers who said melanoma.
    pub melanoma: Vec<String>,
    /// The readers who said nevus.
    pub nevus: Vec<String>,
    /// For how many readers time ran out.
    pub timed_out: usize,
    /// How many would biopsy.
    pub would_biopsy: usize,
    /// Hands of all classes for melanoma, for nevus, and for a biopsy if that was asked; none if no class voted.
    pub hands: Option<([u64; 2], Option<u64>)>,
}

impl Plan {
    /// The indices of the lesions that are shown in the reading, without practice.
    #[must_use]
    pub fn read_lesions(&self) -> Vec<u32> {
        (self.lesions.iter().zip(0_u32..))
            .filter(|(lesion, _)| lesion.turn != Turn::Practice)
            .map(|(_, at)| at)
            .collect()
    }
}

impl Evidence<'_> {
    /// Reveals the lesion at an index of [`Plan::lesions`]; none if there is none.
    #[must_use]
    pub fn reveal(&self, lesion: u32) -> Option<Revealed> {
        let planned = self.plan().lesions.get(lesion as usize)?;
        let judged: Vec<Judgement<'_>> = self
            .judgements()
            .filter(|one| one.case.lesion == lesion)
            .collect();
        let picture = |form: Form| {
            let p_melanoma = planned.p_melanoma(form)?;
            let case = Case {
                id: String::new(),
                lesion,
                form,
            };
            let mut cases = self.plan().cases.iter();
            let shown = cases.find(|case| case.lesion == lesion && case.form == form);
            let altered = (planned.altered.as_ref()).filter(|_| form == Form::Adversarial);
            Some(RevealedPicture {
                case: shown.map(|case| case.id.clone()),
                p_melanoma,
                threshold: self.plan().network.threshold,
                call: self.plan().verdict(&case)?,
                change: altered.map(changed),
                answers: CaseAnswers::of(judged.iter().filter(|one| one.case.form == form)),
            })
        };
        Some(Revealed {
            lesion,
            truth: planned.truth,
            pictures: Forms::each(picture),
        })
    }
}

/// "colour: 5 % more red (1.20 ΔE2000 on average)", in the thread's language: the plan has it as the numbers of the command line, and of
/// noise only the size.
fn changed(altered: &Altered) -> String {
    let (kind, size) = (altered.attack.kind(), altered.size.value);
    if kind == AttackKind::Fgsm {
        // Its size is all that the noise is said to be.
        let noise = text!("smallest-noise", size = format!("{size:.0}"));
        return format!("FGSM: {noise}");
    }
    let changed = if altered.perturbation.is_identity() {
        altered.changed.clone()
    } else {
        altered.perturbation.in_words()
    };
    let unit = altered.size.unit;
    if unit.is_said_in_words() {
        return format!("{}: {changed}", kind.in_words());
    }
    let size = unit.size_in_words(size);
    format!("{}: {changed} ({size})", kind.in_words())
}

impl CaseAnswers {
    fn of<'a>(judgements: impl Iterator<Item = &'a Judgement<'a>>) -> Self {
        let mut answers = Self::default();
        for one in judgements {
            let reply = one.reply;
            let who = one.reader.pseudonym.clone();
            match reply.call {
                Some(Label::Melanoma) => answers.melanoma.push(who),
                Some(Label::Nevus) => answers.nevus.push(who),
                None => {}
            }
            answers.timed_out += usize::from(reply.timed_out);
            answers.would_biopsy += usize::from(reply.biopsy == Some(true));
            if let Some(hands) = reply.hands {
                let ([melanoma, nevus], biopsy) = answers.hands.get_or_insert_default();
                *melanoma += u64::from(hands.melanoma);
                *nevus += u64::from(hands.nevus);
                if let Some(wanted) = hands.biopsy {
                    *biopsy.get_or_insert_default() += u64::from(wanted);
                }
            }
        }
        answers
    }

    /// As a sentence, with the counts and the names.
    #[must_use]
    pub fn sentence(&self) -> String {
        let late = match self.timed_out {
            0 => String::new(),
            late => text!("reveal-late", count = late),
        };
        if let Some(([melanoma, nevus], biopsy)) = self.hands {
            return match biopsy {
                Some(biopsy) => text!(
                    "reveal-hands-biopsy",
                    melanoma = melanoma,
                    nevus = nevus,
                    biopsy = biopsy,
                    late = late,
                ),
                None => text!(
                    "reveal-hands",
                    melanoma = melanoma,
                    nevus = nevus,
                    late = late
                ),
            };
        }
        let readers = self.melanoma.len() + self.nevus.len() + self.timed_out;
        if readers == self.timed_out {
            return match readers {
                0 => text!("reveal-nobody").to_owned(),
                all => text!("reveal-nobody-in-time", count = as_text(&all)),
            };
        }
        if let ([one], 1) = ([&*self.melanoma, &*self.nevus].concat().as_slice(), readers) {
            return match (self.melanoma.is_empty(), self.would_biopsy) {
                (false, 0) => text!("reveal-answer-melanoma", who = one),
                (false, _) => text!("reveal-answer-melanoma-biopsy", who = one),
                (true, 0) => text!("reveal-answer-nevus", who = one),
                (true, _) => text!("reveal-answer-nevus-biopsy", who = one),
            };
        }
        let who = |names: &[String]| match names {
            [] => text!("reveal-no-one").to_owned(),
            names => names.join(", "),
        };
        let biopsy = match self.would_biopsy {
            0 => String::new(),
            wanted => text!("reveal-biopsy", count = wanted),
        };
        text!(
            "reveal-answers",
            melanoma = self.melanoma.len(),
            readers = readers,
            who = who(&self.melanoma),
            nevus = self.nevus.len(),
            others = who(&self.nevus),
            late = late,
            biopsy = biopsy,
        )
    }
}

impl RevealedPicture {
    /// Which picture it is, in a study for a class or for readers, and the network's verdict on it.
    #[must_use]
    pub fn caption(&self, form: Form, class: bool) -> String {
        let case = match self.case.as_deref() {
            Some(case) => case_in_words(case),
            None if class => text!("reveal-not-shown-class").to_owned(),
            None => text!("reveal-not-shown").to_owned(),
        };
        text!(
            "reveal-caption",
            form = form.in_words(),
            case = case,
            label = self.call.in_words(),
            p = self.p_in_words()
        )
    }

    /// The network's P(melanoma), on its side of the threshold: 0.4996 is no "0.500" where 0.500 is called melanoma.
    #[must_use]
    pub fn p_in_words(&self) -> String {
        probability_beside(self.p_melanoma, self.threshold, 3)
    }
}

/// A case by its number, in this thread's language: its name in tables is "case 017".
fn case_in_words(id: &str) -> String {
    let number = id.strip_prefix("case ");
    number.map_or_else(
        || id.to_owned(),
        |number| text!("reveal-case", number = number),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_language::{Language, within};

    #[test]
    fn one_reader_one_hand_and_one_biopsy_are_said_as_one() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let read = |melanoma: &[&str], nevus: &[&str], would_biopsy| CaseAnswers {
            melanoma: names(melanoma),
            nevus: names(nevus),
            would_biopsy,
            ..CaseAnswers::default()
        };
        let hands = CaseAnswers {
            hands: Some(([1, 20], Some(1))),
            ..CaseAnswers::default()
        };
        for (answers, english, german) in [
            (
                read(&[], &["anna"], 0),
                "anna said nevus.",
                "anna sagte Nävus.",
            ),
            (
                read(&["anna"], &[], 1),
                "anna said melanoma, and would biopsy.",
                "anna sagte Melanom und würde biopsieren.",
            ),
            (
                read(&["anna"], &["ben"], 1),
                "1 of 2 readers said melanoma (anna), 1 nevus (ben); 1 would biopsy.",
                "1 von 2 Befundern sagte Melanom (anna), 1 Nävus (ben); 1 würde biopsieren.",
            ),
            (
                hands,
                "1 hand was for melanoma, 20 for nevus, 1 for a biopsy.",
                "1 Hand war für Melanom, 20 für Nävus, 1 für eine Biopsie.",
            ),
        ] {
            assert_eq!(answers.sentence(), english);
            assert_eq!(within(Language::German, || answers.sentence()), german);
        }
    }

    #[test]
    fn p_is_said_on_its_side_of_the_threshold() {
        let picture = |p_melanoma: f32| RevealedPicture {
            case: Some("c07".to_owned()),
            p_melanoma,
            threshold: 0.5,
            call: Label::at(p_melanoma, 0.5),
            change: None,
            answers: CaseAnswers::default(),
        };
        for language in Language::ALL {
            let said = |p| within(language, || picture(p).caption(Form::Adversarial, false));
            let label = |label: Label| within(language, || label.in_words());
            let (below, at) = (said(0.499_54), said(0.5));
            let [close, even] = within(language, || {
                [" 0.4995)", " 0.500)"].map(flipscope_language::decimal)
            });
            assert!(
                below.contains(&close) && below.contains(label(Label::Nevus)),
                "{below}"
            );
            assert!(
                at.contains(&even) && at.contains(label(Label::Melanoma)),
                "{at}"
            );
        }
    }
}
