//! Which rows of the list are shown, and in which order. Needs no window, and does not change the list itself.
//!
//! Names are in the order in which people count: `mole-3` before `mole-10`. Rows that have nothing in the column that is sorted by come
//! last, in both directions; rows with equal values keep the order in which they were opened.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use flipscope_base::natural;
use flipscope_model::Label;

use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::rows::{FlippedBy, Outcome, Row};
use crate::explorer::explore::list::truth::Truth;

/// How far P(melanoma) may be from the threshold to count as near.
pub const NEAR: f32 = 0.1;

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

    pub(crate) fn keeps(self, row: &Row, threshold: f32) -> bool {
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
        Column::Name => last(Some(&*a.name), Some(&*b.name), sort, |a, b| {
            natural::order(a, b)
        }),
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
