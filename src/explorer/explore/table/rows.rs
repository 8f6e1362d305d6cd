//! The rows of the list: which are shown, in which order, and how they are counted. Needs no window, and does not change the
//! list itself.
//!
//! Rows that have nothing in the column that is sorted by come last, in both directions; rows with equal values keep the order
//! in which they were opened.

use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_language::{Language, text, within};
use flipscope_model::Label;

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::table::truth::Truth;

/// How far P(melanoma) may be from the threshold to count as near.
pub const NEAR: f32 = 0.1;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The lesion.
    pub id: LesionId,
    /// Its name in lower case: rows are sorted by it and searched in it.
    pub name: Arc<str>,
    /// Its diagnosis, if a table states it.
    pub truth: Option<Truth>,
    /// P(melanoma) of the unaltered frame, once it is judged.
    pub p_melanoma: Option<f32>,
    /// P(melanoma) of the frame as its sliders alter it, once it is judged; none if they alter nothing.
    pub p_altered: Option<f32>,
    /// What flips its verdict.
    pub flipped_by: Option<FlippedBy>,
    /// The smallest change that is known to flip it.
    pub smallest: Option<Change>,
}

/// What flips a verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlippedBy {
    /// The sliders, as they are.
    pub sliders: bool,
    /// The findings, oldest first.
    pub findings: Vec<Title>,
}

/// What is called otherwise in files than in the window.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Title {
    /// In files.
    pub name: String,
    /// In the window's language when the row was made.
    pub shown: String,
}

impl Title {
    /// A text in both.
    pub(crate) fn of(text: impl Fn() -> String) -> Self {
        Self {
            name: within(Language::English, &text),
            shown: text(),
        }
    }
}

impl FlippedBy {
    fn in_words(&self, title: fn(&Title) -> &String) -> String {
        let sliders = self.sliders.then(|| text!("list-by-sliders"));
        let findings = self.findings.iter().map(|one| title(one).as_str());
        let by: Vec<&str> = sliders.into_iter().chain(findings).collect();
        by.join(", ")
    }

    /// In words, as it is written to files.
    pub fn name(&self) -> String {
        within(Language::English, || self.in_words(|title| &title.name))
    }

    /// The same in the thread's language.
    pub(crate) fn shown(&self) -> String {
        self.in_words(|title| &title.shown)
    }
}

/// The size of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Mean CIEDE2000 over the frame.
    pub delta_e: f64,
    /// What was found, and its size in the unit of its attack.
    pub title: Title,
}

/// Whether the verdict agrees with the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It does not.
    Wrong,
    /// It does.
    Right,
}

impl Outcome {
    /// In one word, as it is written to files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Right => "right",
        }
    }

    /// Whether the verdict agrees with the label, in the thread's language.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Wrong => text!("list-wrong"),
            Self::Right => text!("list-right"),
        }
    }
}

impl Row {
    /// The verdict at a threshold.
    pub fn verdict(&self, threshold: f32) -> Option<Label> {
        self.p_melanoma.map(|p| {
            if p >= threshold {
                Label::Melanoma
            } else {
                Label::Nevus
            }
        })
    }

    /// Whether the verdict is right; none without verdict, without truth, or for a lesion that is neither melanoma nor nevus.
    pub fn outcome(&self, threshold: f32) -> Option<Outcome> {
        let truth = self.truth.as_ref()?.label?;
        Some(if self.verdict(threshold)? == truth {
            Outcome::Right
        } else {
            Outcome::Wrong
        })
    }

    /// The same without anything that gives the verdict away.
    #[must_use]
    pub fn concealed(&self) -> Self {
        Self {
            truth: None,
            p_melanoma: None,
            p_altered: None,
            flipped_by: None,
            smallest: None,
            ..self.clone()
        }
    }

    fn is(&self, label: Label) -> bool {
        self.truth.as_ref().and_then(|truth| truth.label) == Some(label)
    }
}

/// What a row shows, and what rows can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The file's name.
    Name,
    /// The diagnosis.
    Truth,
    /// P(melanoma).
    P,
    /// Melanoma or nevus, as the model has it.
    Verdict,
    /// Right or wrong.
    Outcome,
    /// P(melanoma) of the altered frame.
    Altered,
    /// What flips it.
    FlippedBy,
    /// The smallest change that flips it.
    Smallest,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Truth,
        Self::P,
        Self::Verdict,
        Self::Outcome,
        Self::Altered,
        Self::FlippedBy,
        Self::Smallest,
    ];

    /// Whether the order by it tells something about the verdicts.
    pub(crate) fn gives_away(self) -> bool {
        self != Self::Name
    }
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those whose verdict is wrong.
    Wrong,
    /// Those that something flips.
    Flipped,
    /// Those with P(melanoma) within [`NEAR`] of the threshold.
    NearThreshold,
    /// Those that are melanomas.
    Melanomas,
    /// Those that are nevi.
    Nevi,
}

impl Filter {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Wrong,
        Self::Flipped,
        Self::NearThreshold,
        Self::Melanomas,
        Self::Nevi,
    ];

    /// Whether it tells something about the verdicts.
    pub(crate) fn gives_away(self) -> bool {
        self != Self::All
    }

    /// Whether it needs the truth.
    pub fn needs_truth(self) -> bool {
        matches!(self, Self::Wrong | Self::Melanomas | Self::Nevi)
    }

    fn keeps(self, row: &Row, threshold: f32) -> bool {
        match self {
            Self::All => true,
            Self::Wrong => row.outcome(threshold) == Some(Outcome::Wrong),
            Self::Flipped => row.flipped_by.is_some(),
            Self::NearThreshold => row
                .p_melanoma
                .is_some_and(|p| (p - threshold).abs() <= NEAR + f32::EPSILON),
            Self::Melanomas => row.is(Label::Melanoma),
            Self::Nevi => row.is(Label::Nevus),
        }
    }
}

/// A column that rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// From the largest down.
    pub reversed: bool,
}

impl Sort {
    /// What follows a click on a column's header: sorted, then reversed, then as opened.
    pub fn clicked(now: Option<Self>, column: Column) -> Option<Self> {
        match now {
            Some(sort) if sort.column == column && sort.reversed => None,
            Some(sort) if sort.column == column => Some(Self {
                column,
                reversed: true,
            }),
            _ => Some(Self {
                column,
                reversed: false,
            }),
        }
    }
}

/// What a person has chosen to see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The order; none is the order in which the lesions were opened.
    pub sort: Option<Sort>,
    /// Which rows.
    pub filter: Filter,
    /// Rows whose name has this in it, in any case.
    pub search: String,
}

/// Which rows are shown, in order; then the others, as opened. As indices of the rows, and how many are shown.
pub fn arrange(rows: &[Row], chosen: &Chosen, threshold: f32) -> (Vec<usize>, usize) {
    let search = chosen.search.trim().to_lowercase();
    let (mut shown, hidden): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(|(_, row)| {
        chosen.filter.keeps(row, threshold) && row.name.contains(search.as_str())
    });
    if let Some(sort) = chosen.sort {
        // A stable sort: what is equal stays in the order as opened.
        shown.sort_by(|(_, a), (_, b)| compare(a, b, sort, threshold));
    }
    let count = shown.len();
    let order = shown.into_iter().chain(hidden).map(|(at, _)| at);
    (order.collect(), count)
}

fn compare(a: &Row, b: &Row, sort: Sort, threshold: f32) -> Ordering {
    match sort.column {
        Column::Name => last(Some(&*a.name), Some(&*b.name), sort, Ord::cmp),
        Column::Truth => last(truth(a), truth(b), sort, Ord::cmp),
        Column::P => last(a.p_melanoma, b.p_melanoma, sort, f32::total_cmp),
        Column::Verdict => {
            let name = |row: &Row| row.verdict(threshold).map(Label::name);
            last(name(a), name(b), sort, Ord::cmp)
        }
        Column::Outcome => last(a.outcome(threshold), b.outcome(threshold), sort, Ord::cmp),
        Column::Altered => last(a.p_altered, b.p_altered, sort, f32::total_cmp),
        Column::FlippedBy => {
            let by = |row: &Row| row.flipped_by.as_ref().map(FlippedBy::name);
            last(by(a), by(b), sort, Ord::cmp)
        }
        Column::Smallest => {
            let size = |row: &Row| row.smallest.as_ref().map(|change| change.delta_e);
            last(size(a), size(b), sort, f64::total_cmp)
        }
    }
}

fn truth(row: &Row) -> Option<&str> {
    row.truth.as_ref().map(Truth::name)
}

/// Compares two values; nothing comes last in both directions.
fn last<T>(
    a: Option<T>,
    b: Option<T>,
    sort: Sort,
    order: impl FnOnce(&T, &T) -> Ordering,
) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if sort.reversed => order(&b, &a),
        (Some(a), Some(b)) => order(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

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

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
