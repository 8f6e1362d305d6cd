//! A landscape as far as it is known: points are judged coarse to fine, and what is not judged yet is shown as the coarser point.

use serde::{Deserialize, Serialize};

/// The step of the first, coarsest pass.
const COARSEST: usize = 16;

/// The points of a landscape, row by row, the first row the lowest value of `y`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Grid {
    columns: usize,
    rows: usize,
    /// P; NaN where it is not judged.
    values: Vec<f32>,
    judged: Vec<bool>,
}

/// A grid as a file keeps it: what is not a number was not judged.
#[derive(Serialize, Deserialize)]
struct Stored {
    columns: usize,
    rows: usize,
    #[serde(with = "crate::explain::base64_values")]
    values: Vec<f32>,
}

impl From<Grid> for Stored {
    fn from(grid: Grid) -> Self {
        Self {
            columns: grid.columns,
            rows: grid.rows,
            values: grid.values,
        }
    }
}

impl TryFrom<Stored> for Grid {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        if stored.columns.checked_mul(stored.rows) != Some(stored.values.len()) {
            return Err("the landscape does not have as many values as points");
        }
        Ok(Self {
            columns: stored.columns,
            rows: stored.rows,
            judged: stored.values.iter().map(|p| !p.is_nan()).collect(),
            values: stored.values,
        })
    }
}

/// What is known of one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Known {
    /// P there.
    Judged(f32),
    /// P at a coarser point that stands for it.
    Provisional(f32),
    /// Nothing.
    Unknown,
}

impl Grid {
    /// Nothing is known of a landscape of so many columns and rows.
    #[must_use]
    pub fn new(columns: usize, rows: usize) -> Self {
        Self {
            columns,
            rows,
            values: vec![f32::NAN; columns * rows],
            judged: vec![false; columns * rows],
        }
    }

    /// Points in a row.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// P at every point, NaN where it is not judged.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Points that are judged.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.judged.iter().filter(|judged| **judged).count()
    }

    /// Whether every point is judged.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.judged.iter().all(|judged| *judged)
    }

    /// Takes in what was found: the number of a point, and P there.
    pub fn put(&mut self, found: &[(usize, f32)]) {
        for (point, p) in found {
            if let (Some(value), Some(judged)) =
                (self.values.get_mut(*point), self.judged.get_mut(*point))
            {
                *value = *p;
                *judged = true;
            }
        }
    }

    /// The points that are not judged, coarse to fine: every 16th in both directions, then every 8th, and so on.
    #[must_use]
    pub fn open(&self) -> Vec<usize> {
        let mut taken = self.judged.clone();
        let mut order = Vec::new();
        let mut step = COARSEST;
        while step > 0 {
            for row in (0..self.rows).step_by(step) {
                for column in (0..self.columns).step_by(step) {
                    let point = row * self.columns + column;
                    if let Some(taken) = taken.get_mut(point)
                        && !*taken
                    {
                        *taken = true;
                        order.push(point);
                    }
                }
            }
            step /= 2;
        }
        order
    }

    /// What is known of a point.
    #[must_use]
    pub fn known(&self, row: usize, column: usize) -> Known {
        let at = |row: usize, column: usize| {
            let point = row * self.columns + column;
            let judged = self.judged.get(point).copied().unwrap_or(false);
            judged.then(|| self.values.get(point).copied().unwrap_or(f32::NAN))
        };
        if let Some(p) = at(row, column) {
            return Known::Judged(p);
        }
        let mut step = 2;
        while step <= COARSEST {
            if let Some(p) = at(row - row % step, column - column % step) {
                return Known::Provisional(p);
            }
            step *= 2;
        }
        Known::Unknown
    }

    /// P at every point as it is shown: its own, or that of the coarser point; NaN where neither is known.
    #[must_use]
    pub fn shown(&self) -> Vec<f32> {
        let points = (0..self.rows).flat_map(|row| (0..self.columns).map(move |at| (row, at)));
        points
            .map(|(row, column)| match self.known(row, column) {
                Known::Judged(p) | Known::Provisional(p) => p,
                Known::Unknown => f32::NAN,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_coarse_to_fine_and_each_once() {
        for (columns, rows) in [(2, 1), (25, 25), (37, 5), (361, 3)] {
            let order = Grid::new(columns, rows).open();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..columns * rows));
            assert_eq!(order[0], 0);
        }
        let order = Grid::new(25, 25).open();
        assert_eq!(order[..4], [0, 16, 16 * 25, 16 * 25 + 16]);
        assert_eq!(order[4], 8);
    }

    #[test]
    fn what_is_not_judged_is_provisional_and_the_rest_goes_on_later() {
        let mut grid = Grid::new(20, 20);
        assert_eq!(grid.known(3, 3), Known::Unknown);
        let open = grid.open();
        let first: Vec<(usize, f32)> = open[..4].iter().map(|at| (*at, *at as f32)).collect();
        grid.put(&first);
        assert_eq!(grid.known(0, 0), Known::Judged(0.0));
        assert_eq!(grid.known(15, 15), Known::Provisional(0.0));
        assert_eq!(grid.known(3, 17), Known::Provisional(16.0));
        assert_eq!((grid.judged(), grid.is_complete()), (4, false));
        assert_eq!(grid.open(), open[4..]);
        assert!(grid.shown().iter().all(|p| p.is_finite()));
        let rest: Vec<(usize, f32)> = open[4..].iter().map(|at| (*at, 0.5)).collect();
        grid.put(&rest);
        assert!(grid.is_complete() && grid.open().is_empty());
        assert_eq!(grid.values(), grid.shown());
    }
}
