//! The table of findings over lesions: its columns, its order, and how many flipped. Needs no window.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use flipscope_base::natural;
use flipscope_lab::search::attack::SizeUnit;
use flipscope_lab::search::{Finding, Mode, StopReason};
use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::search::state::TrayFinding;

/// What the findings can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingColumn {
    /// The lesion's name.
    Lesion,
    /// Whether it flips the verdict.
    Flipped,
    /// How the search ended.
    Ended,
    /// The attack.
    Attack,
    /// How much is changed, in the unit of the attack: those of one unit together.
    Size,
}

impl FindingColumn {
    /// All of them, from left to right.
    pub const ALL: [Self; 5] = [
        Self::Lesion,
        Self::Flipped,
        Self::Ended,
        Self::Attack,
        Self::Size,
    ];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lesion => text!("batch-column-lesion"),
            Self::Flipped => text!("batch-column-flipped"),
            Self::Ended => text!("batch-column-ended"),
            Self::Attack => text!("batch-column-attack"),
            Self::Size => text!("batch-column-size"),
        }
    }

    /// What it says.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Lesion => text!("batch-column-lesion.hover"),
            Self::Flipped => text!("batch-column-flipped.hover"),
            Self::Ended => text!("batch-column-ended.hover"),
            Self::Attack => text!("batch-column-attack.hover"),
            Self::Size => text!("batch-column-size.hover"),
        }
    }

    /// What its title does, as an accessible name.
    pub fn sorts(self) -> &'static str {
        match self {
            Self::Lesion => text!("batch-column-lesion.sort"),
            Self::Flipped => text!("batch-column-flipped.sort"),
            Self::Ended => text!("batch-column-ended.sort"),
            Self::Attack => text!("batch-column-attack.sort"),
            Self::Size => text!("batch-column-size.sort"),
        }
    }
}

/// The order of the table; by default, as found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingSort {
    /// The column.
    pub column: Option<FindingColumn>,
    /// Whether it is reversed.
    pub reversed: bool,
}

impl FindingSort {
    /// What follows from a click on a column's title: sorted, then reversed, then as found.
    #[must_use]
    pub fn clicked(self, column: FindingColumn) -> Self {
        match self.column {
            Some(now) if now == column && self.reversed => Self::default(),
            Some(now) if now == column => Self {
                reversed: true,
                ..self
            },
            _ => Self {
                column: Some(column),
                reversed: false,
            },
        }
    }
}

/// The order of findings, as indices; equal ones stay as found.
pub fn order(findings: &[TrayFinding], sort: FindingSort) -> Vec<usize> {
    let mut rows: Vec<(usize, &TrayFinding)> = findings.iter().enumerate().collect();
    if let Some(column) = sort.column {
        rows.sort_by(|(_, a), (_, b)| {
            let order = compare(a, b, column);
            if sort.reversed {
                order.reverse()
            } else {
                order
            }
        });
    }
    rows.into_iter().map(|(at, _)| at).collect()
}

fn compare(a: &TrayFinding, b: &TrayFinding, column: FindingColumn) -> Ordering {
    let [first, second] = [a, b].map(|kept| &kept.found.finding);
    match column {
        FindingColumn::Lesion => natural::order(&a.name.to_lowercase(), &b.name.to_lowercase()),
        FindingColumn::Flipped => {
            // Flips, then what has no flip, then what is open.
            let place = |finding: &Finding| (!finding.success, !finding.ended.is_conclusive());
            place(first).cmp(&place(second))
        }
        FindingColumn::Ended => first.ended.name().cmp(second.ended.name()),
        FindingColumn::Attack => first.attack.name().cmp(second.attack.name()),
        FindingColumn::Size => {
            let [first, second] = [first, second].map(|finding| &finding.size);
            by_size((first.unit, first.value), (second.unit, second.value))
        }
    }
}

/// Sizes of one unit together, the smallest first: 5 pixels are neither more nor less than 2 of ΔE2000.
fn by_size(first: (SizeUnit, f64), second: (SizeUnit, f64)) -> Ordering {
    let unit = |(of, _): (SizeUnit, f64)| SizeUnit::ALL.into_iter().position(|unit| unit == of);
    let units = unit(first).cmp(&unit(second));
    units.then_with(|| first.1.total_cmp(&second.1))
}

/// How many of some searches flipped the verdict, and why others say neither yes nor no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that found a flip, however they ended.
    pub flipped: usize,
    /// Those that ran to their end: a flip, all that their settings ask for, or their budget. Studies and the command line count the same.
    pub ended: usize,
    /// Of both, those whose picture was called melanoma before.
    pub of_melanoma: [usize; 2],
    /// Those of the ended that had no flip when the budget was spent.
    pub budget: usize,
    /// Without a flip when they were cancelled, or cancelled before they began.
    pub cancelled: usize,
    /// Failed.
    pub failed: usize,
}

impl Tally {
    /// Of findings.
    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            tally.add(finding);
        }
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, finding: &Finding) {
        if !finding.success && finding.ended == StopReason::Cancelled {
            self.cancelled += 1;
            return;
        }
        let flipped = usize::from(finding.success);
        self.flipped += flipped;
        self.ended += 1;
        if finding.direction.from() == Label::Melanoma {
            let [of_flipped, of_ended] = &mut self.of_melanoma;
            *of_flipped += flipped;
            *of_ended += 1;
        }
        let spent = !finding.success && finding.ended == StopReason::Budget;
        self.budget += usize::from(spent);
    }

    /// "3 of 5 flipped", and in brackets how many of either direction if there are both.
    fn flips(&self) -> String {
        let [flipped, ended] = self.of_melanoma;
        let (flipped_nevi, nevi) = (
            self.flipped.saturating_sub(flipped),
            self.ended.saturating_sub(ended),
        );
        if ended == 0 || nevi == 0 {
            return text!("batch-flipped", flipped = self.flipped, count = self.ended);
        }
        text!(
            "batch-flipped-both-ways",
            flipped = self.flipped,
            count = self.ended,
            melanomas = flipped,
            of_melanomas = ended,
            nevi = flipped_nevi,
            of_nevi = nevi
        )
    }

    /// "3 of 5 flipped; 1 with the budget spent; 2 cancelled"; what there is none of is left out.
    pub fn in_words(&self) -> String {
        let mut parts = Vec::new();
        if self.ended > 0 || self.cancelled + self.failed == 0 {
            parts.push(self.flips());
        }
        if self.budget > 0 {
            parts.push(text!("batch-out-of-budget", count = self.budget));
        }
        if self.cancelled > 0 {
            parts.push(text!("batch-cancelled", count = self.cancelled));
        }
        if self.failed > 0 {
            parts.push(text!("batch-tally-failed", count = self.failed));
        }
        parts.join("; ")
    }
}

/// How a search for this ended, in words.
pub fn ended_in_words(ended: StopReason, mode: Mode) -> &'static str {
    match ended {
        StopReason::Flipped => text!("batch-ended-flipped"),
        StopReason::Exhausted => text!("batch-ended-exhausted"),
        StopReason::Converged => match mode {
            Mode::Smallest => text!("batch-ended-no-smaller"),
            // The strength of a change is how far it takes P(melanoma).
            Mode::First | Mode::Lowest => text!("batch-ended-no-stronger"),
        },
        StopReason::Confident => text!("batch-ended-confident"),
        StopReason::Budget => text!("batch-ended-budget"),
        StopReason::Cancelled => text!("batch-ended-cancelled"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_found_nothing_better_says_so_in_the_words_of_its_question() {
        let said = |mode| ended_in_words(StopReason::Converged, mode);
        assert_eq!(said(Mode::Smallest), "no smaller change found");
        assert_eq!(said(Mode::Lowest), "no stronger change found");
        let german = || said(Mode::Smallest);
        let german = flipscope_language::within(flipscope_language::Language::German, german);
        assert_eq!(german, "keine kleinere Veränderung gefunden");
    }

    #[test]
    fn sizes_are_sorted_within_their_unit() {
        let mut sizes = [
            (SizeUnit::PixelsMoved, 1.5),
            (SizeUnit::DeltaE2000, 4.0),
            (SizeUnit::PixelsSet, 12.0),
            (SizeUnit::DeltaE2000, 0.3),
            (SizeUnit::PixelsSet, 2.0),
        ];
        sizes.sort_by(|a, b| by_size(*a, *b));
        let values = sizes.map(|(_, value)| value);
        assert_eq!(values, [2.0, 12.0, 0.3, 4.0, 1.5]);
    }

    #[test]
    fn what_was_cancelled_or_failed_counts_for_neither() {
        let tally = Tally {
            flipped: 3,
            ended: 5,
            budget: 1,
            cancelled: 2,
            failed: 1,
            ..Tally::default()
        };
        let words = "3 of 5 flipped; 1 with the budget spent; 2 cancelled; 1 failed";
        assert_eq!(tally.in_words(), words);
        let tally = Tally {
            flipped: 0,
            ended: 1,
            ..Tally::default()
        };
        assert_eq!(tally.in_words(), "0 of 1 flipped");
        let tally = Tally {
            cancelled: 20,
            ..Tally::default()
        };
        assert_eq!(tally.in_words(), "20 cancelled");
    }

    #[test]
    fn flips_of_both_directions_are_told_apart() {
        let both = Tally {
            flipped: 6,
            ended: 20,
            of_melanoma: [0, 3],
            ..Tally::default()
        };
        let words = "6 of 20 flipped (0 of 3 called melanoma, 6 of 17 called nevus)";
        assert_eq!(both.in_words(), words);
        let one_way = Tally {
            of_melanoma: [6, 20],
            ..both
        };
        assert_eq!(one_way.in_words(), "6 of 20 flipped");
    }
}
