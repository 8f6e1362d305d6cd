//! Which columns fit into the list, and where they stand.

use egui::{Rect, pos2};

use crate::explorer::explore::table::rows::Column;

/// Side of a thumbnail, in points.
pub(super) const THUMBNAIL: f32 = 54.0;
/// The same in a table, whose rows are lower.
const SMALL: f32 = 38.0;
/// Space between columns.
const GAP: f32 = 8.0;
/// Minimum width of the name.
const NAME: f32 = 110.0;
/// Width of the edge around a row's contents.
const EDGE: f32 = 4.0;

/// How rows are drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// Pictures alone.
    Thumbnails,
    /// A picture; beside it name and verdict, one below the other.
    Cards,
    /// A line with columns.
    Table(Vec<Cell>),
}

/// A column's place in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub column: Column,
    /// From the row's left edge, in points.
    pub left: f32,
    pub width: f32,
}

impl Cell {
    /// Its place in a row.
    pub(super) fn within(&self, row: Rect) -> Rect {
        let left = row.left() + self.left;
        Rect::from_min_max(pos2(left, row.top()), pos2(left + self.width, row.bottom()))
    }
}

/// Width of a column; the name takes what is left.
fn width(column: Column) -> f32 {
    match column {
        Column::Name => NAME,
        Column::P => 42.0,
        Column::Altered => 66.0,
        Column::Outcome => 64.0,
        Column::Truth | Column::Verdict => 92.0,
        Column::FlippedBy => 104.0,
        Column::Smallest => 88.0,
    }
}

/// The columns by importance: those at the end are the first to be left out.
const BY_IMPORTANCE: [Column; 8] = [
    Column::Name,
    Column::P,
    Column::Outcome,
    Column::Truth,
    Column::Verdict,
    Column::Altered,
    Column::FlippedBy,
    Column::Smallest,
];

impl Form {
    /// What fits into rows of a width in points.
    pub(super) fn of(row: f32) -> Self {
        let start = EDGE + SMALL + GAP;
        let mut room = row - start - EDGE;
        let mut fitting = Vec::new();
        for column in BY_IMPORTANCE {
            let gap = if fitting.is_empty() { 0.0 } else { GAP };
            if width(column) + gap > room {
                break;
            }
            room -= width(column) + gap;
            fitting.push(column);
        }
        if !fitting.contains(&Column::Outcome) {
            return Self::Cards;
        }
        let mut left = start;
        let shown = Column::ALL.into_iter().filter(|one| fitting.contains(one));
        let cell = |column| {
            let extra = if column == Column::Name { room } else { 0.0 };
            let cell = Cell {
                column,
                left,
                width: width(column) + extra,
            };
            left += cell.width + GAP;
            cell
        };
        Self::Table(shown.map(cell).collect())
    }

    /// Height of a row in points.
    pub(super) fn height(&self) -> f32 {
        match self {
            Self::Thumbnails | Self::Cards => THUMBNAIL + 6.0,
            Self::Table(_) => SMALL + 4.0,
        }
    }

    /// Place of the thumbnail in a row.
    pub(super) fn thumbnail(&self, row: Rect) -> Rect {
        let side = match self {
            Self::Thumbnails | Self::Cards => THUMBNAIL,
            Self::Table(_) => SMALL,
        };
        let min = pos2(row.left() + EDGE, row.center().y - side / 2.0);
        Rect::from_min_size(min, egui::vec2(side, side))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(row: f32) -> Vec<Column> {
        match Form::of(row) {
            Form::Table(cells) => cells.iter().map(|cell| cell.column).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn columns_leave_by_importance_and_p_and_right_stay_longest() {
        assert_eq!(Form::of(180.0), Form::Cards);
        assert_eq!(columns(760.0), Column::ALL);
        let mut before = Column::ALL.len();
        let mut row = 760.0;
        while row > 180.0 {
            let now = columns(row);
            assert!(now.len() <= before);
            let least = [Column::Name, Column::P, Column::Outcome];
            assert!(now.is_empty() || least.iter().all(|one| now.contains(one)));
            before = now.len();
            row -= 1.0;
        }
        assert_eq!(before, 0);
    }

    #[test]
    fn cells_stand_beside_each_other_within_the_row() {
        for row in [300.0, 420.0, 555.5, 740.0] {
            let Form::Table(cells) = Form::of(row) else {
                panic!("a table at {row}");
            };
            for pair in cells.windows(2) {
                assert!(pair[0].left + pair[0].width < pair[1].left);
            }
            let last = cells.last().unwrap();
            assert!((last.left + last.width - (row - EDGE)).abs() < 0.01);
        }
    }
}
