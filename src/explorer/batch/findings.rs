//! The table of findings over lesions: its columns and its order. Needs no window.

use std::cmp::Ordering;

use flipscope_language::text;

use crate::explorer::search::state::TrayFinding;

/// What the findings can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingColumn {
    /// The lesion's name.
    Lesion,
    /// Whether it flips the verdict.
    Flipped,
    /// The attack.
    Attack,
    /// How much is changed: ΔE2000, mean over the picture, which every attack has.
    Size,
}

impl FindingColumn {
    /// All of them, from left to right.
    pub const ALL: [Self; 4] = [Self::Lesion, Self::Flipped, Self::Attack, Self::Size];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lesion => text!("batch-column-lesion"),
            Self::Flipped => text!("batch-column-flipped"),
            Self::Attack => text!("batch-column-attack"),
            Self::Size => text!("batch-column-size"),
        }
    }

    /// What it says.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Lesion => text!("batch-column-lesion.hover"),
            Self::Flipped => text!("batch-column-flipped.hover"),
            Self::Attack => text!("batch-column-attack.hover"),
            Self::Size => text!("batch-column-size.hover"),
        }
    }

    /// What its title does, as an accessible name.
    pub fn sorts(self) -> &'static str {
        match self {
            Self::Lesion => text!("batch-column-lesion.sort"),
            Self::Flipped => text!("batch-column-flipped.sort"),
            Self::Attack => text!("batch-column-attack.sort"),
            Self::Size => text!("batch-column-size.sort"),
        }
    }
}

/// The order of the table; by default, as found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
        FindingColumn::Lesion => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        FindingColumn::Flipped => second.success.cmp(&first.success),
        FindingColumn::Attack => first.attack.name().cmp(second.attack.name()),
        FindingColumn::Size => {
            let [first, second] = [first, second].map(|finding| finding.distances.delta_e_mean);
            first.total_cmp(&second)
        }
    }
}
