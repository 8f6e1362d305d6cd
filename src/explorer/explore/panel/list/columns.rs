//! Which columns fit into the list, and where everything stands in a row.

use egui::{Rect, pos2, vec2};

use crate::explorer::explore::list::columns::Column;

/// Side of a thumbnail, in points.
pub(super) const THUMBNAIL: f32 = 54.0;
/// The same in a table, whose rows are lower.
const SMALL: f32 = 38.0;
/// Space between rows, and between pictures of the grid.
pub(super) const BETWEEN: f32 = 4.0;
/// Space between columns.
const GAP: f32 = 8.0;
/// Minimum width of the name.
const NAME: f32 = 110.0;
/// Width of the edge around a row's contents.
const EDGE: f32 = 4.0;

/// Side of a picture in the grid, and height of the line below it.
const TILE: f32 = 84.0;
const BELOW: f32 = 18.0;
/// Share of a card's text that P takes in its line; right or wrong takes the rest.
pub(super) const P_OF_CARD: f32 = 0.45;

/// Left edge of a card's text.
const CARD_TEXT: f32 = EDGE + THUMBNAIL + GAP;

/// How rows are drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// Pictures alone.
    Thumbnails,
    /// Pictures side by side, this many in a row, each with its verdict below.
    Grid(usize),
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

    /// Pictures side by side, in a width in points.
    pub(super) fn grid(row: f32) -> Self {
        let across = (row + BETWEEN) / (TILE + 2.0 * EDGE + BETWEEN);
        Self::Grid((across as usize).max(1))
    }

    /// How many lesions stand in a row.
    pub(super) fn across(&self) -> usize {
        match self {
            Self::Grid(across) => *across,
            Self::Thumbnails | Self::Cards | Self::Table(_) => 1,
        }
    }

    /// The place of a lesion in a row that begins here.
    pub(super) fn place(&self, row: Rect, column: usize) -> Rect {
        match self {
            Self::Grid(_) => {
                let wide = TILE + 2.0 * EDGE;
                let left = row.left() + column as f32 * (wide + BETWEEN);
                Rect::from_min_size(pos2(left, row.top()), vec2(wide, row.height()))
            }
            Self::Thumbnails | Self::Cards | Self::Table(_) => row,
        }
    }

    /// Height of a row in points.
    pub(super) fn height(&self) -> f32 {
        match self {
            Self::Grid(_) => TILE + EDGE + BELOW,
            Self::Thumbnails | Self::Cards => THUMBNAIL + 6.0,
            Self::Table(_) => SMALL + 4.0,
        }
    }

    /// Place of the thumbnail in a row.
    pub(super) fn thumbnail(&self, row: Rect) -> Rect {
        let side = match self {
            Self::Grid(_) => {
                let min = row.left_top() + vec2(EDGE, EDGE);
                return Rect::from_min_size(min, vec2(TILE, TILE));
            }
            Self::Thumbnails | Self::Cards => THUMBNAIL,
            Self::Table(_) => SMALL,
        };
        let min = pos2(row.left() + EDGE, row.center().y - side / 2.0);
        Rect::from_min_size(min, vec2(side, side))
    }

    /// The line below a picture of the grid.
    pub(super) fn below(row: Rect) -> Rect {
        let edge = EDGE + 1.0;
        let (left, right) = (row.left() + edge, row.right() - edge);
        Rect::from_min_max(pos2(left, row.bottom() - BELOW), pos2(right, row.bottom()))
    }
}

/// The lines of a card: the name; below it P and the verdict; below that the label.
pub(super) struct Card {
    pub name: Rect,
    pub verdict: Rect,
    pub label: Rect,
}

impl Card {
    /// Where they stand in a row.
    pub(super) fn of(row: Rect) -> Self {
        let (left, right) = (row.left() + CARD_TEXT, row.right() - EDGE);
        let line = |y: f32| Rect::from_min_max(pos2(left, y - 8.0), pos2(right, y + 8.0));
        Self {
            name: line(row.top() + 12.0),
            verdict: line(row.center().y + 1.0),
            label: line(row.bottom() - 11.0),
        }
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
        assert_eq!(columns(840.0), Column::ALL);
        let mut before = Column::ALL.len();
        let mut row = 840.0;
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
    fn the_grid_uses_the_width_and_its_pictures_stand_beside_each_other() {
        assert_eq!(Form::grid(10.0), Form::Grid(1));
        assert_eq!(Form::grid(184.0), Form::Grid(1));
        assert_eq!(Form::grid(188.0), Form::Grid(2));
        let form = Form::grid(700.0);
        let row = Rect::from_min_size(pos2(10.0, 20.0), vec2(700.0, form.height()));
        for column in 1..form.across() {
            let (one, next) = (form.place(row, column - 1), form.place(row, column));
            assert!(one.right() + BETWEEN <= next.left() && row.contains_rect(next));
            assert!(one.contains_rect(form.thumbnail(one)) && one.contains_rect(Form::below(one)));
            assert!(form.thumbnail(one).bottom() <= Form::below(one).top());
        }
    }

    #[test]
    fn the_lines_of_a_card_do_not_overlap() {
        let card = Card::of(Rect::from_min_size(pos2(0.0, 0.0), vec2(174.0, 60.0)));
        assert!(card.name.bottom() <= card.verdict.top() + 4.0);
        assert!(card.verdict.bottom() <= card.label.top() + 4.0);
        assert!(card.label.bottom() <= 60.0 && card.verdict.width() > 80.0);
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
